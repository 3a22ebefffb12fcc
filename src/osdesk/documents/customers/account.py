"""A customer's account on paper: what is owed piece by piece, and every movement that led there."""

from osdesk import texts
from osdesk.documents.customers.letter import STYLES, draw_letter
from osdesk.documents.kit.flow import Strip, space, text_strips
from osdesk.documents.kit.lines import Column, table
from osdesk.documents.kit.parts import (
    NONE,
    amount,
    day,
    document_text,
    field_rows,
    heading,
    joined,
    reais,
)
from osdesk.documents.kit.style import WIDTH
from osdesk.domain.calendar import format_date
from osdesk.domain.codes import ChargeKind
from osdesk.domain.views.account import Account, Movement, Piece
from osdesk.domain.views.shop import ShopView

TITLE = "Conta do cliente"


def account_pdf(account: Account, shop: ShopView, *, logo: bytes | None) -> bytes:
    """The account as of its day, in A4."""
    customer = account.customer
    phones = joined(*(phone.number for phone in customer.phones))
    body: list[Strip] = [
        *text_strips(customer.name, STYLES.figure, STYLES),
        *text_strips(
            joined(document_text(customer.document) if customer.document else None, phones)
            or "Sem telefone ou documento no cadastro",
            STYLES.text,
            STYLES,
        ),
        space(6),
        *field_rows(
            [
                ("Comprou", reais(account.bought)),
                ("Pagou", reais(account.paid)),
                ("Deve", reais(account.owed)),
                ("Vencido", _overdue(account)),
            ],
            STYLES,
        ),
        *_pieces(account),
        *_movements(account),
        space(4),
        *text_strips(_footnote(account), STYLES.note, STYLES),
    ]
    foot = f"Posição em {format_date(account.day)}. Não substitui documento fiscal."
    return draw_letter(TITLE, shop, body, account.day, foot, logo=logo)


def _overdue(account: Account) -> str:
    if account.since is None:
        return "nada"
    return f"{reais(account.overdue)} desde {format_date(account.since)}"


def _pieces(account: Account) -> list[Strip]:
    if not account.pieces:
        return text_strips("Nada em aberto.", STYLES.text, STYLES)
    columns = (
        Column("OS", 4, 0.46 * WIDTH),
        Column("Vencimento", 0.48 * WIDTH, 0.16 * WIDTH),
        Column("Atraso", 0.66 * WIDTH, 0.15 * WIDTH),
        Column("Valor (R$)", 0.83 * WIDTH, 0.17 * WIDTH - 4),
    )
    rows = [_piece(piece) for piece in account.pieces]
    return [*heading("Em aberto", STYLES), *table(columns, rows, STYLES)]


def _piece(piece: Piece) -> tuple[str, str, str, str]:
    late = texts.plural(piece.days_late, "dia", "dias") if piece.days_late else NONE
    return (
        f"{piece.number} · {piece.equipment}",
        day(piece.due_on),
        late,
        amount(piece.amount),
    )


def _movements(account: Account) -> list[Strip]:
    if not account.movements:
        return []
    columns = (
        Column("Data e movimento", 4, 0.6 * WIDTH),
        Column("Valor (R$)", 0.66 * WIDTH, 0.16 * WIDTH),
        Column("Saldo (R$)", 0.83 * WIDTH, 0.17 * WIDTH - 4),
    )
    rows = [
        (
            f"{format_date(move.day)} · {movement_words(move)}",
            amount(move.amount),
            amount(move.balance),
        )
        for move in account.movements
    ]
    return [space(4), *heading("Movimentos", STYLES), *table(columns, rows, STYLES)]


def movement_words(move: Movement) -> str:
    """``OS 12``, ``Pagamento da OS 12, Pix``."""
    if isinstance(move.kind, ChargeKind):
        return f"{texts.CHARGE_KIND[move.kind]} da OS {move.number}"
    if move.kind is None or move.method is None:
        return f"OS {move.number}"
    return f"{texts.PAYMENT_KIND[move.kind]} da OS {move.number}, {texts.METHOD[move.method]}"


def _footnote(account: Account) -> str:
    words = (
        "Cada OS entra na conta no dia em que fica pronta, é entregue ou devolvida. "
        "Valor com sinal de menos é dinheiro recebido; saldo com sinal de menos é crédito do "
        "cliente."
    )
    if account.ahead:
        words += f" Há {reais(account.ahead)} pagos adiantado por serviço ainda em andamento."
    return words
