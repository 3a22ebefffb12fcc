"""Recibo: who paid how much for which order, in figures and in words; also money given back."""

from osdesk import texts
from osdesk.documents.kit import fonts
from osdesk.documents.kit.copies import draw_copies
from osdesk.documents.kit.draw import Sheet
from osdesk.documents.kit.flow import Strip, cell, row, signatures, space, text_strips
from osdesk.documents.kit.parts import (
    amount,
    day,
    document_text,
    field_rows,
    joined,
    reais,
)
from osdesk.documents.kit.style import PaperStyles
from osdesk.domain.calendar import format_long
from osdesk.domain.codes import PaperFormat, PaymentKind
from osdesk.domain.orders.instalments import parts_paid
from osdesk.domain.views.orders import (
    IssuedPaper,
    OrderView,
    PaymentView,
)
from osdesk.domain.views.shop import (
    ShopView,
)
from osdesk.domain.words import amount_in_words

FISCAL = "Este recibo não substitui documento fiscal."


def draw_receipt(issue: IssuedPaper, form: PaperFormat, logo: bytes | None) -> Sheet:
    below = f"2ª via · OS {issue.number}" if issue.again else f"OS {issue.number}"
    number = _payment(issue).receipt
    return draw_copies(issue, form, logo, body=_body, closing=_closing, number=number, below=below)


def _payment(issue: IssuedPaper) -> PaymentView:
    if issue.payment is None:
        raise ValueError("a receipt is of a payment")
    return issue.payment


def _body(issue: IssuedPaper, _copy: str, styles: PaperStyles) -> list[Strip]:
    order, payment = issue.order, _payment(issue)
    figure = styles.style(16, fonts.SEMIBOLD)
    large = styles.style(10.5, spacing=1.4)
    heading = {
        PaymentKind.PAYMENT: "Valor recebido",
        PaymentKind.REVERSAL: "Estorno de recebimento",
        PaymentKind.REFUND: "Devolução ao cliente",
    }[payment.kind]
    value = reais(abs(payment.amount))
    fields = [
        ("Forma", texts.METHOD[payment.method]),
        ("Data do pagamento", day(payment.paid_on)),
        ("Ordem de serviço", str(order.number)),
        *([("Recebido por", payment.received_by)] if payment.received_by else []),
        *_standing(order, payment),
    ]
    strips = [
        space(2),
        *row(
            [
                cell(0, styles.width * 0.4, heading, large),
                cell(styles.width * 0.4, styles.width * 0.6, value, figure, "right"),
            ]
        ),
        space(6),
        *text_strips(statement(issue, payment), large, styles),
        space(8),
        *field_rows(fields, styles),
    ]
    if payment.reversed:
        void = "Este recebimento foi estornado depois; o recibo ficou sem efeito."
        strips += text_strips(void, styles.strong, styles)
    return strips


def statement(issue: IssuedPaper, payment: PaymentView) -> str:
    """The receipt's sentence."""
    order, shop = issue.order, issue.shop
    value = f"{reais(abs(payment.amount))} ({amount_in_words(abs(payment.amount))})"
    about = f"da ordem de serviço nº\u00a0{order.number} ({order.equipment.title})"
    if payment.kind is PaymentKind.REVERSAL:
        return (
            f"Fica estornado o recebimento de {value} {_receipt_of(order, payment.reverses)}, "
            f"{about}. O recibo estornado deixa de valer como prova de pagamento."
        )
    if payment.kind is PaymentKind.REFUND:
        giver = _with_document(shop.name or "assistência técnica", shop.document)
        return f"Recebi de {giver} a quantia de {value}, devolvida de valores pagos {about}."
    payer = _with_document(order.customer.name, order.customer.document)
    paid = f"Recebi de {payer} a quantia de {value}"
    what = f"referente a {_what(order, payment)} {about}"
    if issue.edition < 2:
        return f"{paid.replace('Recebi', 'Recebi(emos)', 1)}, {what}."
    when = f"em {day(payment.paid_on)}, {texts.METHOD_WITH[payment.method]}"
    return f"{paid}, {when}, {what}, e dela dou quitação."


def _with_document(name: str, document: str | None) -> str:
    return f"{name}, {document_text(document)}," if document else name


def _receipt_of(order: OrderView, payment_id: int | None) -> str:
    for earlier in order.payments:
        if earlier.id == payment_id:
            return f"feito em {day(earlier.paid_on)} pelo recibo nº {earlier.receipt}"
    return "feito por recibo anterior"


def _up_to(order: OrderView, payment: PaymentView) -> list[PaymentView]:
    """This payment and those before it."""
    for place, each in enumerate(order.payments, start=1):
        if each.id == payment.id:
            return list(order.payments[:place])
    return list(order.payments)


def price_of(order: OrderView) -> int:
    """What the order comes to without fees for paying late."""
    return order.total - sum(each.late_fees for each in order.payments)


def _what(order: OrderView, payment: PaymentView) -> str:
    if not order.total:
        return "sinal, crédito do cliente,"
    price = price_of(order)
    if payment.of_price >= price:
        return "pagamento integral"
    part = parts_text(order, payment)
    if sum(each.of_price for each in _up_to(order, payment)) >= price:
        return f"pagamento final, que quita o valor,{f' {part},' if part else ''}"
    return f"pagamento parcial, {part}," if part else "pagamento parcial"


def parts_text(order: OrderView, payment: PaymentView) -> str:
    """``parcela 2 de 3``, ``parte da parcela 2 de 3``, ``parcelas 1 a 3 de 3``; empty where the
    payment was of none, or where the record does not say so beyond doubt.

    The parts are what was owed when they were agreed on, so what was paid before is the total less
    their sum; what came first counts by its recording, not by a day that may be an earlier one.
    Late fees in a payment pay no part. Money that went back later may have gone back before they
    were agreed on: then nothing is said.
    """
    amounts = [part.amount for part in order.instalments]
    unpaid = sum(part.amount - part.paid for part in order.instalments)
    if not amounts or unpaid != max(order.balance, 0):
        return ""
    if any(each.id > payment.id and each.amount < 0 for each in order.payments):
        return ""
    earlier = sum(each.of_price for each in order.payments if each.id < payment.id)
    before = earlier - (price_of(order) - sum(amounts))
    after = before + payment.of_price
    places = parts_paid(amounts, before, after)
    if not places:
        return ""
    first, last = places[0], places[-1]
    whole = sum(amounts[:first]) >= before and sum(amounts[: last + 1]) <= after
    of = f"{first + 1} de {len(amounts)}"
    if first == last:
        return f"parcela {of}" if whole else f"parte da parcela {of}"
    which = f"parcelas {first + 1} {'e' if last == first + 1 else 'a'} {last + 1} de {len(amounts)}"
    return which if whole else f"parte das {which}"


def _standing(order: OrderView, payment: PaymentView) -> list[tuple[str, str]]:
    """The order's money right after this payment, as the customer takes it home."""
    seen = _up_to(order, payment)
    paid = sum(each.amount for each in seen)
    total = price_of(order) + sum(each.late_fees for each in seen)
    left = total - paid
    fees = abs(payment.late_fees)
    return [
        *([("Encargos de atraso (R$)", amount(fees))] if fees else []),
        ("Total da ordem (R$)", amount(total)),
        ("Pago até aqui (R$)", amount(paid)),
        ("Saldo (R$)" if left >= 0 else "Crédito do cliente (R$)", amount(abs(left))),
    ]


def _closing(issue: IssuedPaper, _copy: str, _place: str, styles: PaperStyles) -> list[Strip]:
    shop = issue.shop
    when = format_long(issue.issued_on)
    aware = _payment(issue).kind is PaymentKind.PAYMENT
    return [
        *text_strips(f"{shop.city}, {when}." if shop.city else f"Em {when}.", styles.text, styles),
        *signatures(
            "Ciente, o cliente" if aware else "Assinatura do cliente",
            "Assinatura da assistência",
            styles,
            names=(issue.order.customer.name, _shop_name(shop)),
        ),
        space(4),
        *text_strips(FISCAL, styles.note, styles),
    ]


def _shop_name(shop: ShopView) -> str:
    return joined(shop.name, document_text(shop.document) if shop.document else None)
