"""A neutral letter about a debt: who charges, from where, with which CPF or CNPJ (CDC art. 42-A),
what is owed since when; no threat, and nobody else is to read it (art. 42).
"""

from osdesk.documents.customers.letter import STYLES, draw_letter
from osdesk.documents.kit.flow import Strip, kept_together, row, space, text_strips
from osdesk.documents.kit.flow import cell as text_cell
from osdesk.documents.kit.lines import Column, table
from osdesk.documents.kit.parts import (
    amount,
    day,
    document_text,
    heading,
    joined,
    percent,
    place_of,
    reais,
    terms_strips,
)
from osdesk.documents.kit.style import WIDTH
from osdesk.domain.calendar import format_date, format_long
from osdesk.domain.views.account import Letter

TITLE = "Aviso de valor em aberto"


def collection_pdf(letter: Letter, *, logo: bytes | None) -> bytes:
    """The letter as of its day, in A4."""
    customer, shop = letter.customer, letter.shop
    when = format_long(letter.day)
    who = document_text(customer.document) if customer.document else None
    body: list[Strip] = [
        *text_strips(f"{shop.city}, {when}." if shop.city else f"Em {when}.", STYLES.text, STYLES),
        space(8),
        *text_strips(f"A {customer.name}", STYLES.strong, STYLES),
        *(text_strips(who, STYLES.text, STYLES) if who else []),
        *(text_strips(customer.address, STYLES.text, STYLES) if customer.address else []),
        space(8),
        *terms_strips("Valor em aberto", letter.text, STYLES),
        space(6),
        *_table(letter),
        *_total(letter),
        space(10),
        *kept_together(_sender(letter)),
    ]
    foot = f"Posição em {format_date(letter.day)}."
    return draw_letter(TITLE, shop, body, letter.day, foot, logo=logo)


def _table(letter: Letter) -> list[Strip]:
    if not letter.fees:
        columns: tuple[Column, ...] = (
            Column("Ordem de serviço", 4, 0.56 * WIDTH),
            Column("Vencimento", 0.58 * WIDTH, 0.2 * WIDTH),
            Column("Valor (R$)", 0.8 * WIDTH, 0.2 * WIDTH - 4),
        )
        rows = [
            (f"{p.number} · {p.equipment}", day(p.due_on), amount(p.amount))
            for p, _ in letter.lines
        ]
        return [*heading("O que está em aberto", STYLES), *table(columns, rows, STYLES)]
    columns = (
        Column("Ordem de serviço", 4, 0.34 * WIDTH),
        Column("Vencimento", 0.36 * WIDTH, 0.15 * WIDTH),
        Column("Valor (R$)", 0.52 * WIDTH, 0.14 * WIDTH),
        Column("Multa", 0.67 * WIDTH, 0.08 * WIDTH),
        Column("Juros", 0.76 * WIDTH, 0.08 * WIDTH),
        Column("Total (R$)", 0.85 * WIDTH, 0.15 * WIDTH - 4),
    )
    full = [
        (
            f"{piece.number} · {piece.equipment}",
            day(piece.due_on),
            amount(piece.amount),
            amount(fees.fine),
            amount(fees.interest),
            amount(piece.amount + fees.total),
        )
        for piece, fees in letter.lines
    ]
    return [*heading("O que está em aberto", STYLES), *table(columns, full, STYLES)]


def _total(letter: Letter) -> list[Strip]:
    today = format_date(letter.day)
    name = f"Total para pagar em {today}" if letter.fees else "Total em aberto"
    total = reais(letter.total)
    strips = row(
        [
            text_cell(4, 0.6 * WIDTH, name, STYLES.strong),
            text_cell(0.6 * WIDTH, 0.4 * WIDTH - 4, total, STYLES.figure, "right"),
        ]
    )
    if not letter.fees:
        return [space(4), *strips]
    words = (
        f"Multa combinada de {percent(letter.shop.fine_bp)}, uma vez, e juros simples de "
        f"{percent(letter.shop.interest_bp)} ao mês, contados por dia até {today}."
    )
    return [space(4), *strips, space(3), *text_strips(words, STYLES.note, STYLES)]


def _sender(letter: Letter) -> list[Strip]:
    """Name, address and CPF/CNPJ of who charges, all in one place."""
    shop = letter.shop
    lines = [
        shop.name,
        document_text(shop.document) if shop.document else "",
        place_of(shop),
        joined(shop.phones, shop.email),
    ]
    strips = [text_strips(line, STYLES.text, STYLES) for line in lines if line]
    return [
        *text_strips("Quem cobra", STYLES.label, STYLES),
        *(strip for each in strips for strip in each),
    ]
