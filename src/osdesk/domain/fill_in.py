"""Fields that a shop writes into its texts, ``{cliente}`` or ``{saldo}``, and what fills them in.

The names are the shop's own language: a person types them. What is not a field of that text stays
as it was typed, braces and all.
"""

import re
from collections.abc import Iterator, Mapping

from osdesk.domain.calendar import format_date, load_zone
from osdesk.domain.money import format_amount
from osdesk.domain.orders.pick_up import waits_since
from osdesk.domain.text import fold
from osdesk.domain.views.orders import OrderView
from osdesk.domain.views.shop import ShopView

FIELDS = (
    *("cliente", "numero", "equipamento", "entrada", "prometida", "validade"),
    *("total", "pago", "saldo", "vencimento", "taxa"),
    *("desde", "prazo_retirada", "loja", "telefone", "endereco"),
)
"""All that is known, in the order in which it is offered."""

ALWAYS = ("cliente", "numero", "equipamento", "entrada", "loja", "telefone", "endereco")
OFFERED: Mapping[str, tuple[str, ...]] = {
    "terms_intake": (*ALWAYS, "prometida", "taxa", "prazo_retirada"),
    "terms_quote": (*ALWAYS, "prometida", "validade", "total", "taxa", "prazo_retirada"),
    "terms_delivery": (*ALWAYS, "total"),
    "terms_unserviced": (*ALWAYS, "taxa"),
    "terms_notice": (*ALWAYS, "desde", "prazo_retirada", "saldo", "taxa"),
    "terms_collection": (*ALWAYS, "total", "pago", "saldo", "vencimento"),
    "message_quote": FIELDS,
    "message_ready": FIELDS,
    "message_notice": FIELDS,
}
"""The fields of each text: a paper for signature speaks of nothing that changes after it, so the
terms that are signed have no ``saldo``."""

UNSAID = "a combinar"
"""A day that is not known yet."""

_FIELD = re.compile(r"\{[ \t]*([^\W\d_]\w*)[ \t]*\}")


def fill(text: str, values: Mapping[str, str]) -> str:
    """``text`` with its fields filled in; a field without a value stays as it was typed."""

    def value(found: re.Match[str]) -> str:
        return values.get(_name(found), found[0])

    return _FIELD.sub(value, text)


def fields_in(text: str, code: str) -> tuple[str, ...]:
    """The fields that the text of this code is filled with, each once, by name."""
    return tuple(sorted({name for name, _ in _fields(text)} & set(OFFERED[code])))


def strangers_in(text: str, code: str) -> tuple[str, ...]:
    """What looks like a field and is none of this text's, as it was typed, each once."""
    known = OFFERED[code]
    return tuple(dict.fromkeys(typed for name, typed in _fields(text) if name not in known))


def values_for(order: OrderView, shop: ShopView) -> dict[str, str]:
    """What each field says of this order, as it is printed or sent."""
    zone = load_zone(shop.zone)
    since = waits_since(order, zone)
    return {
        "cliente": order.customer.name,
        "numero": str(order.number),
        "equipamento": order.equipment.title,
        "entrada": format_date(order.requested_on),
        "prometida": format_date(order.promised_on) if order.promised_on else UNSAID,
        "validade": format_date(order.valid_until) if order.valid_until else UNSAID,
        "total": _reais(order.total),
        "pago": _reais(order.paid),
        "saldo": _reais(max(order.balance, 0)),
        "vencimento": format_date(order.due_on) if order.due_on else UNSAID,
        "taxa": _reais(order.fee),
        "desde": format_date(since) if since else "o aviso",
        "prazo_retirada": str(shop.pick_up_days),
        "loja": shop.name or "assistência técnica",
        "telefone": shop.phones or "",
        "endereco": ", ".join(part for part in (shop.address, shop.city) if part),
    }


def values_of(text: str, code: str, order: OrderView, shop: ShopView) -> dict[str, str]:
    """The values of only those fields that the text of this code has."""
    used = fields_in(text, code)
    return {name: value for name, value in values_for(order, shop).items() if name in used}


def _fields(text: str) -> Iterator[tuple[str, str]]:
    for found in _FIELD.finditer(text):
        yield _name(found), found[0]


def _name(found: re.Match[str]) -> str:
    """``{Número}`` is ``numero``."""
    return fold(found[1])


def _reais(cents: int) -> str:
    return f"R$\u00a0{format_amount(cents)}"
