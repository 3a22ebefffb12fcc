"""One act on one order out of many that were chosen together: a field set, a step taken.

Each order is its own transaction, the caller's; the rules are those of the editor and of the steps.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from osdesk.domain.orders.forms import StepForm
from osdesk.domain.orders.status import Status
from osdesk.domain.topics import Topic
from osdesk.services.orders.forms import load_form
from osdesk.services.orders.saving import edit_order
from osdesk.services.orders.steps import move_order

TOPIC = Topic.ORDERS

FIELDS = ("technician", "stage", "priority", "slot")
"""What may be set without opening the order."""


def set_field(
    session: Session, number: int, field: str, value: object, *, now: datetime, author: int | None
) -> None:
    """Set one of ``FIELDS`` of an order. Raises UserError as ``edit_order`` does."""
    if field not in FIELDS:
        raise ValueError(field)
    form = load_form(session, number)
    setattr(form, field, value)
    edit_order(session, number, form, now=now, author=author)


def move_filled(
    session: Session,
    number: int,
    to: Status,
    step: StepForm,
    fill: Mapping[str, Any],
    *,
    now: datetime,
    author: int | None,
) -> None:
    """Take one step; fields of the order named in ``fill`` are filled where they are blank.

    Raises UserError as ``move_order`` does.
    """
    form = load_form(session, number)
    blank = {name: value for name, value in fill.items() if not getattr(form, name)}
    for name, value in blank.items():
        setattr(form, name, value)
    move_order(session, number, to, step, now=now, author=author, form=form if blank else None)
