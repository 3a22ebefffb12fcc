"""OS de entrada: what was left, why, in which state, on which terms; signed by both sides."""

from collections.abc import Sequence

from osdesk import texts
from osdesk.documents.kit.flow import Strip, rule, signatures, space, text_strips
from osdesk.documents.kit.head import CUSTOMER, SHOP
from osdesk.documents.kit.layout import Copy
from osdesk.documents.kit.lines import item_table, totals
from osdesk.documents.kit.parts import (
    checklist_strips,
    day,
    field_rows,
    joined,
    marks,
    people_and_device,
    promised_text,
    reais,
    side_by_side,
    state_text,
)
from osdesk.documents.kit.signed_copies import signed_copies
from osdesk.documents.kit.style import Looks
from osdesk.domain.codes import PartCondition, Priority
from osdesk.domain.views.orders import (
    IssuedPaper,
    OrderView,
)
from osdesk.domain.views.shop import (
    ShopView,
)


def intake_copies(
    issue: IssuedPaper, looks: Looks, terms_pages: Sequence[int], logo: bytes | None
) -> list[Copy]:
    terms = ("Termos do serviço", issue.shop.terms_intake)
    return signed_copies(
        issue, looks, terms_pages, logo, terms, body=_body, closing=_closing, pix=False
    )


def _body(issue: IssuedPaper, copy: str, looks: Looks) -> list[Strip]:
    order = issue.order
    promised = ("Prometida para", promised_text(order))
    strips = field_rows([*people_and_device(issue), promised, *_more(order, copy)], looks)
    if copy == SHOP:
        strips += _where_the_customer_is(order, looks)
    strips.append(rule(looks, above=0, below=3))
    strips += side_by_side(
        ("Motivo relatado pelo cliente", order.reason),
        ("Estado e acessórios na entrada", state_text(order)),
        looks,
    )
    strips += [*checklist_strips(order, looks), space(5)]
    if order.items:
        strips += [*item_table(order, looks), *totals(order, looks)]
    else:
        strips.append(rule(looks, above=0, below=4))
        strips += text_strips(
            "Serviço e materiais: conforme orçamento a aprovar.", looks.text, looks
        )
        if order.payments:
            strips += totals(order, looks)
    return [*strips, *_agreed(issue, copy, looks)]


def _more(order: OrderView, copy: str) -> list[tuple[str, str]]:
    """Further fields: only those that say something, and the shop's own on the shop's copy."""
    returned = order.warranty_return_of
    pairs: list[tuple[str, str | None]] = [
        ("Tipo de serviço", order.service_type),
        ("Atendente", order.attendant),
        *marks(order),
        ("Início previsto", day(order.start_on) if order.start_on else None),
        ("Retorno em garantia", f"da OS {returned}" if returned else None),
    ]
    if copy == SHOP:
        urgent = order.priority is not Priority.NORMAL
        pairs += [
            ("Prioridade", texts.PRIORITY[order.priority] if urgent else None),
            ("Prateleira", order.slot),
            ("Referência externa", order.external_ref),
        ]
    return [(label, text) for label, text in pairs if text]


def _where_the_customer_is(order: OrderView, looks: Looks) -> list[Strip]:
    pairs = (("Endereço do cliente", order.customer.address), ("E-mail", order.customer.email))
    known = [(label, text) for label, text in pairs if text]
    if not known:
        return []
    right = known[1] if len(known) > 1 else None
    return [*side_by_side(known[0], right, looks, share=0.6), space(3 * looks.scale)]


def _agreed(issue: IssuedPaper, copy: str, looks: Looks) -> list[Strip]:
    """What both sides hold each other to, in sentences."""
    order = issue.order
    strips: list[Strip] = []
    if order.payment_terms:
        strips += text_strips(f"Condições de pagamento: {order.payment_terms}", looks.note, looks)
    if order.valid_until:
        strips += text_strips(f"Orçamento válido até {day(order.valid_until)}.", looks.note, looks)
    if order.fee:
        when = "se o orçamento for recusado ou não houver conserto"
        strips += text_strips(f"Taxa combinada {when}: {reais(order.fee)}.", looks.strong, looks)
    if copy == CUSTOMER:
        strips += text_strips(_collecting(issue.shop), looks.note, looks)
    return [space(4), *strips] if strips else []


def _collecting(shop: ShopView) -> str:
    where = joined(shop.address, shop.city, by=", ")
    place = f" em {where}" if where else ""
    return (
        f"Para retirar{place}: traga esta via ou um documento seu, em até {shop.pick_up_days} dias "
        "do aviso de pronto."
    )


def _closing(issue: IssuedPaper, place: str, looks: Looks) -> list[Strip]:
    statement = "Confirmo os dados acima."
    if place:
        statement = f"Confirmo os dados acima; li os termos {place} e concordo com eles."
    strips = text_strips(statement, looks.note, looks)
    conditions = {item.part_condition for item in issue.order.items}
    if conditions - {None, PartCondition.NEW_ORIGINAL}:
        asked = "Autorizo as peças não originais ou usadas indicadas acima (CDC, art. 21)"
        strips += text_strips(f"{asked}:  (   ) sim   (   ) não", looks.note, looks)
    signed = signatures("Assinatura do cliente", "Recebido pela assistência", looks)
    return [*strips, *signed]
