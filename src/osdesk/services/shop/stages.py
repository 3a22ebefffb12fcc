"""The shop's own stages under a status: names and colours that no rule looks at."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from osdesk.domain.codes import EventCode
from osdesk.domain.errors import UserError
from osdesk.domain.orders.forms import StageForm
from osdesk.domain.orders.status import Status
from osdesk.domain.text import NAME_LIMIT, clean_name, fold
from osdesk.domain.topics import Topic
from osdesk.domain.views.listing import StageView
from osdesk.persistence.models import Order, Stage
from osdesk.services.events import record

TOPIC = Topic.STAGES

COLOURS = ("blue", "green", "amber", "violet", "red", "grey")
"""The look's meanings; a stage has one of them, never a colour of its own."""


def stages(
    session: Session, *, active_only: bool = False, status: Status | None = None
) -> list[StageView]:
    """By their status' way through the shop, then as they were added."""
    query = select(Stage).order_by(Stage.id)
    if active_only:
        query = query.where(Stage.active)
    if status is not None:
        query = query.where(Stage.status == status)
    way = list(Status)
    return sorted(map(view_of, session.scalars(query)), key=lambda each: way.index(each.status))


def view_of(stage: Stage) -> StageView:
    return StageView(stage.id, stage.status, stage.name, stage.colour, stage.active)


def stage_named(session: Session, name: str | None, status: Status) -> int | None:
    """Key of the stage of that name under a status. Raises UserError ``stage_unknown``."""
    if not name:
        return None
    found = session.scalar(
        select(Stage.id).where(Stage.status == status, Stage.name_folded == fold(name))
    )
    if found is None:
        raise UserError("stage_unknown", field="stage", value=name, status=status)
    return found


def drop_stage(session: Session, order: Order, *, keep: bool = False) -> dict[str, object]:
    """Take a stage off that does not belong to the order's status; what the history tells of it.

    ``keep``: the order has it again once it is back under the stage's status.
    """
    if order.stage_id is None:
        return _stage_again(session, order)
    stage = session.get_one(Stage, order.stage_id)
    if stage.status is order.status:
        return {}
    order.kept_stage_id = stage.id if keep else None
    order.stage_id = None
    return {"stage_before": stage.name}


def _stage_again(session: Session, order: Order) -> dict[str, object]:
    if order.kept_stage_id is None:
        return {}
    stage = session.get_one(Stage, order.kept_stage_id)
    if stage.status is not order.status or not stage.active:
        return {}
    order.stage_id, order.kept_stage_id = stage.id, None
    return {"stage": stage.name}


def save_stage(session: Session, form: StageForm, *, now: datetime, author: int | None) -> int:
    """Add or change one; the id. A stage that orders stand in keeps its status.

    Raises UserError ``required``, ``name_taken`` (field name), ``bad_choice`` (colour) or
    ``stage_in_use`` (field status).
    """
    name = clean_name(form.name, limit=NAME_LIMIT, field="name")
    if not name:
        raise UserError("required", field="name")
    if form.colour not in COLOURS:
        raise UserError("bad_choice", field="colour", value=form.colour)
    folded = fold(name)
    taken = session.scalar(
        select(Stage.id).where(Stage.status == form.status, Stage.name_folded == folded)
    )
    if taken is not None and taken != form.id:
        raise UserError("name_taken", field="name", value=name)
    row = session.get_one(Stage, form.id) if form.id else Stage()
    if form.id and row.status is not form.status and _stand_in(session, form.id):
        raise UserError("stage_in_use", field="status", value=row.name)
    row.status, row.name, row.name_folded = form.status, name, folded
    row.colour, row.active = form.colour, form.active
    session.add(row)
    session.flush()
    data = {
        "stage": row.id,
        "name": name,
        "status": form.status.value,
        "colour": form.colour,
        "active": form.active,
    }
    record(session, EventCode.SHOP_CHANGED, now=now, author=author, data=data)
    return row.id


def _stand_in(session: Session, stage: int) -> bool:
    # a walk over the orders of one status, by index; it happens when a stage is changed, never else
    status = select(Stage.status).where(Stage.id == stage).scalar_subquery()
    query = select(Order.id).where(Order.status == status, Order.stage_id == stage).limit(1)
    return session.scalar(query) is not None
