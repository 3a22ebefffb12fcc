"""What a save changed of an order: names of fields, old and new, as the history keeps them."""

from dataclasses import asdict
from datetime import date

from osdesk.domain.orders.forms import OrderForm

TEXTS = ("reason", "slot", "notes", "payment_terms", "diagnosis", "report", "external_ref")
PLAIN = (
    *("priority", "start_on", "promised_on", "promised_time", "fee", "valid_until", "due_on"),
    "ceiling",
)


def difference(
    before: OrderForm, after: OrderForm
) -> tuple[list[str], dict[str, object], dict[str, object]]:
    """Names of what changed; the old and new codes, amounts and dates; the old texts."""
    changed: list[str] = []
    data: dict[str, object] = {}
    texts: dict[str, object] = {}
    for name in (*PLAIN, "discount", "requested_at", "warranty_return_of"):
        old, new = getattr(before, name), getattr(after, name)
        if old != new and not (name == "requested_at" and new is None):
            changed.append(name)
            data[f"{name}_before"], data[name] = _plain(old), _plain(new)
    for name in ("technician", "service_type", "checklist", "stage", *TEXTS):
        old, new = getattr(before, name), getattr(after, name)
        if old != new:
            changed.append(name)
            texts[f"{name}_before"], texts[name] = old, new
    if before.items != after.items:
        changed.append("items")
        texts["items_before"] = [
            {key: _plain(value) for key, value in asdict(item).items()} for item in before.items
        ]
    for name, old in asdict(before.equipment).items():
        new = getattr(after.equipment, name)
        if old != new:
            changed.append(f"equipment.{name}")
            texts[f"{name}_before"], texts[name] = old, new
    return changed, data, texts


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return value
