"""Which steps several orders may take together, and what is asked once for all of them."""

from collections.abc import Sequence

from osdesk.domain.orders.status import STEPS, Status
from osdesk.domain.views.listing import OrderRow

ONE_PERSON = frozenset({Status.APPROVED, Status.DELIVERED, Status.RETURNED})
"""Somebody says yes or takes the devices away: only for orders of one customer at once."""

EACH_ITS_OWN = frozenset({Status.UNREPAIRABLE})
"""What is written about one device is not true of another."""


def common_steps(rows: Sequence[OrderRow]) -> tuple[Status, ...]:
    """Steps that every one of these orders allows, in the order in which one order offers them."""
    if not rows:
        return ()
    people = {(row.customer, row.phone) for row in rows}
    return tuple(
        to
        for to in STEPS[rows[0].status]
        if all(to in STEPS[row.status] for row in rows)
        and to not in EACH_ITS_OWN
        and (len(people) == 1 or to not in ONE_PERSON)
    )


def asked_once(rows: Sequence[OrderRow], to: Status) -> list[str]:
    """Names of what is asked, as ``step_needs`` has them. What only one order knows (its lines, its
    report, its promise) is not asked: an order without it is refused, and its sentence says why.
    """
    names = {
        Status.APPROVED: ["approved_by", "approved_via"],
        Status.AWAITING_PART: ["waiting_for"],
        Status.DECLINED: ["reason"],
        Status.CANCELLED: ["reason"],
        Status.DELIVERED: ["collected_by", "collected_document"],
        Status.RETURNED: ["collected_by", "collected_document"],
    }.get(to, [])
    worked = to in (Status.IN_DIAGNOSIS, Status.APPROVED, Status.IN_PROGRESS)
    if worked and any(row.technician is None for row in rows):
        names = [*names, "technician"]
    if to in (Status.DELIVERED, Status.RETURNED) and any(row.balance > 0 for row in rows):
        names = [*names, "due_on"]
    return list(names)


OPTIONAL = frozenset({"collected_document"})
"""Asked, and free to stay blank."""
