"""An order that comes in as JSON, read strictly: an unknown key or an odd value is refused by name.

Money and quantities are decimal strings with a dot; days are ISO; moments carry an offset.
"""

from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum
from typing import Any, TypeVar

from osdesk.domain.calendar import parse_iso_date, parse_moment, parse_time
from osdesk.domain.codes import ApprovalVia, ItemKind, PartCondition, Priority
from osdesk.domain.errors import UserError
from osdesk.domain.money import parse_decimal, parse_quantity_decimal
from osdesk.domain.orders.fields import Kind, OrderField
from osdesk.domain.orders.forms import (
    EQUIPMENT_FIELDS,
    ORDER_FIELDS,
    CustomerForm,
    EquipmentForm,
    InstalmentForm,
    ItemForm,
    OrderForm,
    PhoneForm,
    StepForm,
)

Json = dict[str, Any]
MAX_KEY = 2**63 - 1
"""The greatest number that the database can hold."""
Reader = Callable[[Any, str], Any]
E = TypeVar("E", bound=StrEnum)


def _text(value: Any, key: str) -> str:
    if not isinstance(value, str):
        raise UserError("bad_json_text", key=key)
    return value


def _optional(reader: Reader) -> Reader:
    def read(value: Any, key: str) -> Any:
        return None if value is None else reader(value, key)

    return read


def _parsed(parse: Callable[[str], Any], code: str) -> Reader:
    """A reader by a parser of domain; what it refuses is told with the key, by ``code``."""

    def read(value: Any, key: str) -> Any:
        text = _text(value, key)
        try:
            return parse(text)
        except UserError:
            raise UserError(code, key=key, value=text) from None

    return read


def _or(default: Any, reader: Reader) -> Reader:
    """Null is what a new order has."""

    def read(value: Any, key: str) -> Any:
        return default if value is None else reader(value, key)

    return read


def _choice(kind: type[E]) -> Reader:
    def read(value: Any, key: str) -> E:
        known = {member.value: member for member in kind}
        text = _text(value, key)
        if text not in known:
            raise UserError("bad_json_choice", key=key, value=text, options=", ".join(known))
        return known[text]

    return read


def _whole(value: Any, key: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise UserError("bad_json_number", key=key)
    return value


def _key(value: Any, key: str) -> int:
    if not 0 < _whole(value, key) <= MAX_KEY:
        raise UserError("bad_json_number", key=key)
    return int(value)


_MONEY = _parsed(parse_decimal, "bad_json_money")
_SUM = _or(0, _MONEY)
_DAY = _optional(_parsed(parse_iso_date, "bad_iso_date"))
_OPTIONAL_TEXT = _optional(_text)


def _object(value: Any, key: str) -> Json:
    if not isinstance(value, dict):
        raise UserError("bad_json_object", key=key or "OS")
    return value


def _list(value: Any, key: str) -> list[Any]:
    if not isinstance(value, list):
        raise UserError("bad_json_list", key=key)
    return value


def _read(data: Any, readers: dict[str, Reader], where: str) -> Json:
    """The known keys of an object, each read; an unknown key is refused by name."""
    found = {}
    for key, value in _object(data, where).items():
        path = f"{where}.{key}" if where else key
        if key not in readers:
            raise UserError("unknown_key", key=path)
        found[key] = readers[key](value, path)
    return found


def _phones(value: Any, key: str) -> list[PhoneForm]:
    readers: dict[str, Reader] = {"number": _text, "label": _OPTIONAL_TEXT}
    phones = []
    for index, phone in enumerate(_list([] if value is None else value, key)):
        found = _read(phone, readers, f"{key}[{index}]")
        if "number" not in found:
            raise UserError("required_key", key=f"{key}[{index}].number")
        phones.append(PhoneForm(**found))
    return phones


_ITEM: dict[str, Reader] = {
    "kind": _choice(ItemKind),
    "description": _text,
    "quantity": _or(1000, _parsed(parse_quantity_decimal, "bad_json_quantity")),
    "unit": _or("un", _text),
    "unit_price": _SUM,
    "unit_cost": _optional(_MONEY),
    "discount": _SUM,
    "part_condition": _optional(_choice(PartCondition)),
    "technician": _OPTIONAL_TEXT,
    "warranty_days": _optional(_whole),
}


def _items(value: Any, key: str) -> list[ItemForm]:
    items = []
    for index, item in enumerate(_list([] if value is None else value, key)):
        found = _read(item, _ITEM, f"{key}[{index}]")
        for needed in ("kind", "description"):
            if needed not in found:
                raise UserError("required_key", key=f"{key}[{index}].{needed}")
        items.append(ItemForm(**found))
    return items


def _instalments(value: Any, key: str) -> list[InstalmentForm]:
    readers: dict[str, Reader] = {
        "due_on": _parsed(parse_iso_date, "bad_iso_date"),
        "amount": _MONEY,
    }
    instalments = []
    for index, part in enumerate(_list([] if value is None else value, key)):
        found = _read(part, readers, f"{key}[{index}]")
        for needed in readers:
            if needed not in found:
                raise UserError("required_key", key=f"{key}[{index}].{needed}")
        instalments.append(InstalmentForm(**found))
    return instalments


def _checklist(value: Any, key: str) -> dict[str, str]:
    if value is None:
        return {}
    return {
        question: _text(answer, f"{key}.{question}")
        for question, answer in _object(value, key).items()
    }


_CUSTOMER: dict[str, Reader] = {
    "name": _text,
    "phones": _phones,
    "document": _OPTIONAL_TEXT,
    "email": _OPTIONAL_TEXT,
    "address": _OPTIONAL_TEXT,
    "notes": _OPTIONAL_TEXT,
}

_PARTS: dict[str, Reader] = {"items": _items, "instalments": _instalments}


def _reader_of(field: OrderField) -> Reader:
    """By the field's kind; null is allowed where a form may lack it, or is what a new order has."""
    match field.kind:
        case Kind.DAY:
            return _DAY
        case Kind.TIME:
            return _optional(_parsed(parse_time, "bad_time"))
        case Kind.MOMENT:
            return _optional(_parsed(parse_moment, "bad_moment"))
        case Kind.MONEY:
            return _optional(_MONEY) if field.default is None else _or(field.default, _MONEY)
        case Kind.PRIORITY:
            return _or(field.default, _choice(Priority))
        case Kind.ORDER:
            return _optional(_key)
        case Kind.ANSWERS:
            return _checklist
        case Kind.PART:
            return _PARTS[field.name]
        case _:
            return _OPTIONAL_TEXT if field.default is None else _text


_EQUIPMENT = {field.name: _reader_of(field) for field in EQUIPMENT_FIELDS}
_COLLECTED = {"by": "collected_by", "document": "collected_document"}
"""Keys of ``collected``, and the fields behind them."""
_EDIT = {
    field.name: _reader_of(field) for field in ORDER_FIELDS if field.name not in _COLLECTED.values()
}
_ORDER = {field.name: _EDIT[field.name] for field in ORDER_FIELDS if field.kept}
ORDER_KEYS = frozenset({*_ORDER, "customer", "equipment"})
"""What a new order may bring."""
_STEP_FIELDS = {field.name: _EDIT[field.name] for field in ORDER_FIELDS if field.step}

_STEP: dict[str, Reader] = {
    "approved_by": _OPTIONAL_TEXT,
    "approved_via": _optional(_choice(ApprovalVia)),
    "collected_by": _OPTIONAL_TEXT,
    "collected_document": _OPTIONAL_TEXT,
    "waiting_for": _OPTIONAL_TEXT,
    "used_parts_authorized_by": _OPTIONAL_TEXT,
    "reason": _OPTIONAL_TEXT,
}


def order_from_json(data: Any, *, base: OrderForm | None = None) -> OrderForm:
    """The form of a JSON order; with ``base`` only the keys given change.

    Raises UserError: ``unknown_key``, ``required_key`` and the errors of a value, each naming the
    ``key``.
    """
    form = base or OrderForm()
    readers: dict[str, Reader] = {
        **(_ORDER if base is None else _EDIT),
        "customer": lambda value, key: _customer(value, key, base),
        "equipment": lambda value, key: EquipmentForm(
            **{**vars(form.equipment), **_read(value, _EQUIPMENT, key)}
        ),
    }
    if base is not None:
        readers["collected"] = lambda value, key: _read(
            value, dict.fromkeys(_COLLECTED, _OPTIONAL_TEXT), key
        )
    found = _read(data, readers, "")
    collected = found.pop("collected", {})
    found |= {_COLLECTED[key]: value for key, value in collected.items()}
    return replace(form, **found)


def customer_from_json(data: Any) -> CustomerForm:
    """A customer as ``export`` writes one. Raises UserError as ``order_from_json`` does."""
    return CustomerForm(**_read(data, _CUSTOMER, ""))


def customer_id(data: Any) -> int | None:
    """The stored customer that a change of an order names. Raises UserError as
    ``order_from_json`` does."""
    customer = _object(data, "").get("customer")
    found = customer.get("id") if isinstance(customer, dict) else None
    return None if found is None else _key(found, "customer.id")


def _customer(value: Any, key: str, base: OrderForm | None) -> CustomerForm:
    """A change that names the customer by ``id`` corrects that customer everywhere; another name
    without it is another person, who has none of the first one's document, e-mail and notes."""
    if base is None:
        return CustomerForm(**_read(value, _CUSTOMER, key))
    before = base.customer
    found = _read(value, {**_CUSTOMER, "id": _key}, key)
    if "id" not in found and found.get("name", before.name) != before.name:
        return replace(CustomerForm(phones=before.phones, address=before.address), **found)
    return replace(before, **found)


def step_from_json(data: Any, *, base: OrderForm) -> tuple[StepForm, OrderForm | None]:
    """The facts of a step, and the order's form where the JSON sets fields of the order."""
    found = _read(data, {**_STEP_FIELDS, **_STEP}, "")
    step = StepForm(**{key: value for key, value in found.items() if key in _STEP})
    fields = {key: value for key, value in found.items() if key in _STEP_FIELDS}
    return step, replace(base, **fields) if fields else None
