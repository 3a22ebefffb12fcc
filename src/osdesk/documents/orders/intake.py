"""OS de entrada: what was left, why, in which state, on which terms; signed by both sides."""

from osdesk import texts
from osdesk.documents.kit.copies import draw_copies
from osdesk.documents.kit.draw import Sheet
from osdesk.documents.kit.flow import Strip, rule, signatures, space, text_strips
from osdesk.documents.kit.lines import item_table, other_parts, totals
from osdesk.documents.kit.parts import (
    arrival_strips,
    day,
    device_marks,
    field_rows,
    people_and_device,
    place_of,
    promised_text,
    reais,
    side_by_side,
)
from osdesk.documents.kit.style import PaperStyles
from osdesk.domain.codes import ItemKind, PaperFormat, Priority
from osdesk.domain.orders.status import Status
from osdesk.domain.papers.facts import CUSTOMER, SHOP
from osdesk.domain.views.orders import (
    IssuedPaper,
    OrderView,
)
from osdesk.domain.views.shop import (
    ShopView,
)


def draw_intake(issue: IssuedPaper, form: PaperFormat, logo: bytes | None) -> Sheet:
    return draw_copies(issue, form, logo, body=_body, closing=_closing)


NOT_TO_BE_DONE = frozenset(
    {
        *(Status.AWAITING_APPROVAL, Status.DECLINED, Status.UNREPAIRABLE),
        *(Status.RETURNED, Status.CANCELLED),
    }
)


def _body(issue: IssuedPaper, copy: str, styles: PaperStyles) -> list[Strip]:
    order = issue.order
    promised = ("Prometida para", promised_text(order))
    strips = field_rows([*people_and_device(issue), promised, *_more(order, copy)], styles)
    if copy == SHOP:
        strips += _where_the_customer_is(order, styles)
    strips.append(rule(styles, above=0, below=3))
    strips += [*arrival_strips(order, styles), space(5)]
    if order.items:
        strips += [*item_table(order, styles), *totals(order, styles)]
    else:
        strips.append(rule(styles, above=0, below=4))
        strips += text_strips(
            "Serviço e materiais: conforme orçamento a aprovar.", styles.text, styles
        )
        if order.payments:
            strips += totals(order, styles)
    return [*strips, *_agreed(issue, copy, styles)]


def _more(order: OrderView, copy: str) -> list[tuple[str, str]]:
    """Further fields: only those that say something, and the shop's own on the shop's copy."""
    returned = order.warranty_return_of
    pairs: list[tuple[str, str | None]] = [
        ("Tipo de serviço", order.service_type),
        ("Atendente", order.attendant),
        *device_marks(order),
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


def _where_the_customer_is(order: OrderView, styles: PaperStyles) -> list[Strip]:
    pairs = (("Endereço do cliente", order.customer.address), ("E-mail", order.customer.email))
    known = [(label, text) for label, text in pairs if text]
    if not known:
        return []
    right = known[1] if len(known) > 1 else None
    return [*side_by_side(known[0], right, styles, share=0.6), space(3 * styles.scale)]


def _agreed(issue: IssuedPaper, copy: str, styles: PaperStyles) -> list[Strip]:
    """What both sides hold each other to, in sentences."""
    order = issue.order
    strips: list[Strip] = []
    if order.payment_terms:
        strips += text_strips(f"Condições de pagamento: {order.payment_terms}", styles.note, styles)
    if order.valid_until:
        strips += text_strips(
            f"Orçamento válido até {day(order.valid_until)}.", styles.note, styles
        )
    if order.fee:
        when = "se o orçamento for recusado ou não houver conserto"
        strips += text_strips(f"Taxa combinada {when}: {reais(order.fee)}.", styles.strong, styles)
    if copy == CUSTOMER:
        strips += text_strips(_collecting(issue.shop), styles.note, styles)
    return [space(4), *strips] if strips else []


def _collecting(shop: ShopView) -> str:
    where = place_of(shop)
    place = f" em {where}" if where else ""
    return (
        f"Para retirar{place}: traga esta via ou um documento seu, em até {shop.pick_up_days} dias "
        "do aviso de pronto."
    )


def _closing(issue: IssuedPaper, _copy: str, place: str, styles: PaperStyles) -> list[Strip]:
    statement = "Confirmo os dados acima."
    if place:
        statement = f"Confirmo os dados acima; li os termos {place} e concordo com eles."
    strips = [
        strip for words in _authorised(issue) for strip in text_strips(words, styles.strong, styles)
    ]
    strips += text_strips(statement, styles.note, styles)
    if other_parts(issue.order):
        asked = "Autorizo as peças não originais ou usadas indicadas acima (CDC, art. 21)"
        strips += text_strips(f"{asked}:  (   ) sim   (   ) não", styles.note, styles)
    return [
        *strips,
        *signatures(
            "Assinatura do cliente",
            "Recebido pela assistência",
            styles,
            names=(issue.order.customer.name, issue.order.attendant or ""),
        ),
    ]


_AUTHORISED = {ItemKind.SERVICE: "o serviço", ItemKind.PART: "os materiais"}


def _authorised(issue: IssuedPaper) -> list[str]:
    """What may be done without asking again (CDC arts. 39 VI, 40): the priced lines, where no
    answer to a quote is awaited, and what the ceiling allows."""
    order = issue.order
    if issue.edition < 2 or order.status in NOT_TO_BE_DONE:
        return []
    said = []
    if order.total > 0:
        kinds = {item.kind: _AUTHORISED[item.kind] for item in order.items}
        what = " e ".join(kinds[kind] for kind in _AUTHORISED if kind in kinds)
        said.append(f"Autorizo {what} acima, por {reais(order.total)}.")
    if order.ceiling is not None:
        said.append(
            f"Autorizo até {reais(order.ceiling)} ao todo, sem nova consulta; acima disso, só com "
            "nova aprovação minha."
        )
    return said
