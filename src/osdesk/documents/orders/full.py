"""OS completa: all that is on record of an order and that its customer may read, in one paper."""

from dataclasses import replace

from osdesk import texts
from osdesk.documents.kit.copies import draw_copies
from osdesk.documents.kit.draw import Sheet
from osdesk.documents.kit.flow import Strip, rule, signatures, space, text_strips
from osdesk.documents.kit.lines import Column, is_charged, item_text, quantity, table, totals
from osdesk.documents.kit.parts import (
    amount,
    arrival_strips,
    day,
    device_marks,
    field_rows,
    findings_strips,
    heading,
    labelled,
    moment,
    people_and_device,
    promised_text,
    reais,
)
from osdesk.documents.kit.style import WIDTH, PaperStyles
from osdesk.documents.orders.delivery import collector, line_warranty
from osdesk.documents.orders.quote import approved_text
from osdesk.domain.codes import PaperFormat, PaymentKind
from osdesk.domain.orders.pick_up import refusal_of
from osdesk.domain.orders.status import Status
from osdesk.domain.views.orders import IssuedPaper, OrderView

ENTRY = {
    PaymentKind.PAYMENT: "Recebimento",
    PaymentKind.REVERSAL: "Estorno",
    PaymentKind.REFUND: "Devolução",
}


def draw_full(issue: IssuedPaper, form: PaperFormat, logo: bytes | None) -> Sheet:
    return draw_copies(issue, form, logo, body=_body, closing=_closing, pix=True)


def _body(issue: IssuedPaper, _copy: str, styles: PaperStyles) -> list[Strip]:
    order = issue.order
    strips = field_rows([*people_and_device(issue), *_more(order)], styles)
    customer = order.customer
    strips += labelled("Endereço do cliente", customer.address, styles)
    strips += labelled("E-mail do cliente", customer.email, styles)
    strips.append(rule(styles, above=2, below=3))
    strips += [*arrival_strips(order, styles), *findings_strips(order, styles)]
    strips += labelled("Motivo da recusa", refusal_of(order), styles)
    strips.append(space(5))
    if order.items:
        strips += _items(issue, styles)
    # the payments have a table of their own, with their receipts
    strips += totals(replace(order, payments=()), styles)
    strips += _agreed(issue, styles)
    if order.payments:
        strips += [*heading("Pagamentos", styles), *_payments(order, styles)]
    if order.instalments:
        strips += [*heading("Parcelas", styles), *_instalments(order, styles)]
    if order.log:
        strips += heading("Anotações para o cliente", styles)
        for note in order.log:
            strips += text_strips(f"{moment(note.at, issue)}: {note.body}", styles.text, styles)
    return [*strips, *heading("Datas", styles), *field_rows(_dates(issue), styles)]


def _more(order: OrderView) -> list[tuple[str, str]]:
    returned = order.warranty_return_of
    pairs: list[tuple[str, str | None]] = [
        ("Prometida para", promised_text(order)),
        ("Tipo de serviço", order.service_type),
        ("Situação", texts.STATUS[order.status]),
        ("Atendente", order.attendant),
        *device_marks(order),
        ("Retorno em garantia", f"da OS {returned}" if returned else None),
    ]
    return [(label, text) for label, text in pairs if text]


def _items(issue: IssuedPaper, styles: PaperStyles) -> list[Strip]:
    charged = is_charged(issue.order)
    prices = Column("Unitário (R$)", 0.595 * WIDTH, 0.13 * WIDTH, "× {}")
    totals_of = Column("Total (R$)", 0.845 * WIDTH, 0.155 * WIDTH - 4, "= {}")
    columns = (
        Column("Serviço e materiais", 4, 0.5 * WIDTH - 4),
        Column("Qtde", 0.505 * WIDTH, 0.085 * WIDTH),
        *([prices] if charged else []),
        Column("Garantia", 0.73 * WIDTH, 0.11 * WIDTH, "· garantia {}"),
        *([totals_of] if charged else []),
    )
    rows = [
        (
            item_text(item),
            quantity(item),
            *([amount(item.unit_price)] if charged else []),
            "continua"
            if issue.order.warranty_return_of is not None
            else f"{line_warranty(item, issue.order, issue.shop)} dias",
            *([amount(item.total)] if charged else []),
        )
        for item in issue.order.items
    ]
    return table(columns, rows, styles)


def _agreed(issue: IssuedPaper, styles: PaperStyles) -> list[Strip]:
    """Quote, approval and conditions, in sentences; only what was agreed."""
    order = issue.order
    said = []
    quote = order.quote
    sent = quote.sent_at if quote else None
    if quote is not None and sent is not None:
        which = f"Orçamento versão {quote.version}, de {reais(quote.total)}"
        said.append(f"{which}, enviado em {moment(sent, issue)}.")
    if order.valid_until:
        said.append(f"Válido até {day(order.valid_until)}.")
    if order.approval is not None:
        said.append(approved_text(issue))
    if order.ceiling is not None:
        said.append(f"Autorizado na entrada, sem nova consulta, até {reais(order.ceiling)}.")
    if order.used_parts_authorized_by:
        said.append(
            f"Peças usadas ou recondicionadas autorizadas por {order.used_parts_authorized_by}."
        )
    if order.payment_terms:
        said.append(f"Condições de pagamento: {order.payment_terms}")
    if order.fee and order.status is not Status.DELIVERED:
        said.append(f"Taxa combinada, se não houver serviço: {reais(order.fee)}.")
    if order.balance > 0 and order.due_on and not order.instalments:
        said.append(f"Saldo a pagar até {day(order.due_on)}.")
    strips = [strip for words in said for strip in text_strips(words, styles.note, styles)]
    return [space(4), *strips] if strips else []


def _payments(order: OrderView, styles: PaperStyles) -> list[Strip]:
    columns = (
        Column("Lançamento", 4, 0.45 * WIDTH - 4),
        Column("Data", 0.46 * WIDTH, 0.16 * WIDTH),
        Column("Recibo", 0.63 * WIDTH, 0.15 * WIDTH, "· recibo {}"),
        Column("Valor (R$)", 0.79 * WIDTH, 0.21 * WIDTH - 4),
    )
    rows = []
    for each in order.payments:
        words = f"{ENTRY[each.kind]} em {texts.METHOD_INSIDE[each.method]}"
        if each.reversed:
            words += " (estornado depois)"
        rows.append((words, day(each.paid_on), str(each.receipt), amount(each.amount)))
    return table(columns, rows, styles)


def _instalments(order: OrderView, styles: PaperStyles) -> list[Strip]:
    columns = (
        Column("Vencimento", 4, 0.3 * WIDTH - 4),
        Column("Valor (R$)", 0.32 * WIDTH, 0.2 * WIDTH),
        Column("Pago (R$)", 0.54 * WIDTH, 0.2 * WIDTH, "· pago {}"),
        Column("Falta (R$)", 0.76 * WIDTH, 0.24 * WIDTH - 4, "· falta {}"),
    )
    rows = [
        (day(each.due_on), amount(each.amount), amount(each.paid), amount(each.amount - each.paid))
        for each in order.instalments
    ]
    return table(columns, rows, styles)


def _dates(issue: IssuedPaper) -> list[tuple[str, str]]:
    """The order's course, in the order of its days; only what has come."""
    order = issue.order
    days = (
        ("Início previsto", order.start_on),
        ("Pronta em", order.ready_on),
        ("Entregue em", order.delivered_on),
        ("Devolvida em", order.returned_on),
        ("Cancelada em", order.cancelled_on),
        ("Garantia até", order.warranty_until),
    )
    approved = order.approval
    sent = order.quote.sent_at if order.quote else None
    return [
        ("Entrada", moment(order.requested_at, issue)),
        *([("Orçamento enviado", moment(sent, issue))] if sent else []),
        *([("Aprovação", moment(approved.at, issue))] if approved else []),
        *((label, day(value)) for label, value in days if value),
    ]


def _closing(issue: IssuedPaper, _copy: str, _place: str, styles: PaperStyles) -> list[Strip]:
    order = issue.order
    who = collector(order.collected) if order.collected else ""
    return [
        *text_strips("Confiro o que está escrito acima.", styles.note, styles),
        *signatures(
            "Assinatura do cliente",
            "Pela assistência",
            styles,
            names=(who, order.attendant or ""),
        ),
    ]
