"""What the shop's own past orders say of a new one: the usual price and days of a work like it.

It never reads all orders: the full-text index is read backwards from the newest order of such a
device, a bounded number of times, and what it finds is compared word by word.
"""

from collections.abc import Iterable, Sequence
from statistics import median_high, median_low
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from osdesk.domain.codes import ItemKind
from osdesk.domain.orders.forms import OrderForm
from osdesk.domain.orders.status import Status
from osdesk.domain.search_query import LARGEST_NUMBER, build_search
from osdesk.domain.text import fold
from osdesk.domain.views.counter import SimilarJobs
from osdesk.persistence.models import Equipment, Item, Order, ServiceType
from osdesk.services.orders.listing import matching_numbers

LEAST = 3
"""Orders below which a median says nothing."""
NEWEST = 200
"""What is old is no price any more."""
LOOKED_AT = 400
"""Orders of such devices, newest first, among which those are sought."""
SHORT = 3
"""Words below this many letters (de, da, do) do not tell works apart."""


def similar_jobs(
    session: Session, form: OrderForm, *, except_number: int | None = None
) -> SimilarJobs | None:
    """The medians of finished orders with the same device and the same service; None where the
    shop has fewer than three.

    The device: same kind, brand and model, else the same kind and brand, else the same kind. The
    service: the first service line's words, where one is typed, else the service type.
    """
    device = [fold(word or "") for word in (form.equipment.kind, form.equipment.brand)]
    device.append(fold(form.equipment.model or ""))
    if not device[0]:
        return None
    line = next((i.description for i in form.items if i.kind is ItemKind.SERVICE), "")
    words, kind = _words(line), fold(form.service_type)
    for known in (3, 2, 1):
        if not device[known - 1]:
            continue
        rows = _finished(session, device[:known], except_number or 0)
        alike = [row for row in rows if _is_alike(row, device[:known], words, kind)][:NEWEST]
        if len(alike) >= LEAST:
            return SimilarJobs(
                len(alike),
                _middle([row.labor_total + row.parts_total - row.discount for row in alike]),
                _middle([max(0, (row.ready_on - row.requested_on).days) for row in alike]),
            )
    return None


def _finished(session: Session, device: list[str], own: int) -> Sequence[Any]:
    """The newest orders whose texts hold these words, made ready and paid for."""
    match = build_search(" ".join(device)).match
    if match is None:
        return []
    numbers = matching_numbers(session, match, LARGEST_NUMBER + 1, LOOKED_AT)
    first_line = (
        select(Item.description)
        .where(Item.order_id == Order.id, Item.kind == ItemKind.SERVICE)
        .order_by(Item.position)
        .limit(1)
        .scalar_subquery()
    )
    return session.execute(
        select(
            Equipment.kind,
            Equipment.brand,
            Equipment.model,
            ServiceType.name_folded.label("service_type"),
            first_line.label("line"),
            *(Order.labor_total, Order.parts_total, Order.discount),
            *(Order.requested_on, Order.ready_on),
        )
        .join(Equipment, Equipment.id == Order.equipment_id)
        .join(ServiceType, ServiceType.id == Order.service_type_id)
        .where(
            Order.number.in_(numbers),
            Order.number != own,
            Order.status.in_((Status.READY, Status.DELIVERED)),
            Order.ready_on.is_not(None),
            Order.warranty_return_of_id.is_(None),
            Order.total > 0,
        )
        .order_by(Order.number.desc())
    ).all()


def _is_alike(row: Any, device: list[str], words: set[str], kind: str) -> bool:
    names = ("kind", "brand", "model")[: len(device)]
    if [fold(getattr(row, name) or "") for name in names] != device:
        return False
    if words:
        return words <= _words(row.line or "")
    return bool(row.service_type == kind)


def _words(text: str) -> set[str]:
    found = "".join(letter if letter.isalnum() else " " for letter in fold(text)).split()
    return {word for word in found if len(word) >= SHORT}


def _middle(values: Iterable[int]) -> int:
    """The median of whole numbers, half up where it falls between two."""
    ordered = sorted(values)
    return (median_low(ordered) + median_high(ordered) + 1) // 2
