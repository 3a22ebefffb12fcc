"""An unsaved order as data: what was typed, over what it was typed, and what no field could read.

A draft holds no access code: those are secrets and are never written down in the clear.
"""

import json
from copy import deepcopy
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any

from osdesk.domain.frozen import from_plain, to_plain
from osdesk.domain.orders.forms import CustomerForm, EquipmentForm, OrderForm
from osdesk.domain.views.listing import equipment_title


@dataclass(frozen=True)
class HeldFile:
    """A file that waits for its order to be saved; its content lies already among the files."""

    sha256: str
    name: str
    media_type: str
    size: int


@dataclass
class DraftForm:
    form: OrderForm = field(default_factory=OrderForm)
    base: OrderForm = field(default_factory=OrderForm)
    """What was shown before anything was typed."""
    texts: dict[str, str] = field(default_factory=dict)
    """What stands in fields whose text cannot be read, by the fields' path."""
    files: list[HeldFile] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class DraftView:
    """A draft in one line, for who may go on with it."""

    id: int
    number: int | None
    """The order that is changed; None for a new one."""
    at: datetime
    customer: str
    equipment: str


def draft_body(draft: DraftForm) -> str:
    # ASCII: half of a surrogate pair that somebody pasted is no reason to lose the rest
    return json.dumps(to_plain(draft))


def draft_from(body: str) -> DraftForm:
    """The draft that ``draft_body`` wrote; fields that this version does not know are left out."""
    return from_plain(DraftForm, _known(DraftForm, json.loads(body)))


def _known(kind: Any, value: dict[str, Any]) -> dict[str, Any]:
    nested = {
        "form": OrderForm,
        "base": OrderForm,
        "customer": CustomerForm,
        "equipment": EquipmentForm,
    }
    return {
        each.name: _known(nested[each.name], value[each.name])
        if each.name in nested
        else value[each.name]
        for each in fields(kind)
        if each.name in value
    }


def words_of(draft: DraftForm) -> tuple[str, str]:
    """Customer and device, as far as they were typed."""
    device = draft.form.equipment
    return draft.form.customer.name, equipment_title(device.kind, device.brand, device.model)


def over(stored: OrderForm, draft: DraftForm) -> OrderForm:
    """The stored order with what the draft changed: what others changed meanwhile stays."""
    result = deepcopy(stored)
    for owner, typed, base in (
        (result, draft.form, draft.base),
        (result.customer, draft.form.customer, draft.base.customer),
        (result.equipment, draft.form.equipment, draft.base.equipment),
    ):
        for each in fields(owner):
            value = getattr(typed, each.name)
            if each.name not in ("customer", "equipment") and value != getattr(base, each.name):
                setattr(owner, each.name, deepcopy(value))
    return result
