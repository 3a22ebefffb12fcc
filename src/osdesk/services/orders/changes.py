"""What a save changed of an order: names of fields, old and new, as the history keeps them."""

from dataclasses import asdict
from datetime import date

from osdesk.domain.orders.fields import Kind
from osdesk.domain.orders.forms import EQUIPMENT_FIELDS, ORDER_FIELDS, OrderForm


def difference(
    before: OrderForm, after: OrderForm
) -> tuple[list[str], dict[str, object], dict[str, object]]:
    """Names of what changed; the old and new codes, amounts and dates; the old and new texts."""
    changed: list[str] = []
    data: dict[str, object] = {}
    texts: dict[str, object] = {}
    for field in sorted(ORDER_FIELDS, key=lambda field: field.words):
        name = field.name
        old, new = getattr(before, name), getattr(after, name)
        if old == new or not field.kept or field.kind is Kind.PART:
            continue
        if field.kind is Kind.MOMENT and new is None:
            continue  # it stays as it is
        changed.append(name)
        told = texts if field.words else data
        told[f"{name}_before"], told[name] = _plain(old), _plain(new)
    if before.items != after.items:
        changed.append("items")
        texts["items_before"] = [
            {key: _plain(value) for key, value in asdict(item).items()} for item in before.items
        ]
    for name in ("collected_by", "collected_document"):
        old, new = getattr(before, name), getattr(after, name)
        if old != new:
            changed.append(name)
            texts[f"{name}_before"], texts[name] = old, new
    for field in EQUIPMENT_FIELDS:
        old, new = getattr(before.equipment, field.name), getattr(after.equipment, field.name)
        if old != new:
            changed.append(f"equipment.{field.name}")
            texts[f"{field.name}_before"], texts[field.name] = old, new
    return changed, data, texts


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return value
