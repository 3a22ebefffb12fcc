"""The shop's own stages under a status: names and colours that no rule looks at."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from osdesk.domain.errors import UserError
from osdesk.domain.shapes import StageView
from osdesk.domain.text import fold
from osdesk.persistence.models import Stage


def stages(session: Session, *, active_only: bool = False) -> list[StageView]:
    query = select(Stage).order_by(Stage.id)
    if active_only:
        query = query.where(Stage.active)
    return [view_of(stage) for stage in session.scalars(query)]


def view_of(stage: Stage) -> StageView:
    return StageView(stage.id, stage.status, stage.name, stage.colour, stage.active)


def stage_named(session: Session, name: str | None) -> int | None:
    """Key of the stage of that name. Raises UserError ``stage_unknown``."""
    if not name:
        return None
    found = session.scalar(select(Stage.id).where(Stage.name_folded == fold(name)))
    if found is None:
        raise UserError("stage_unknown", field="stage", value=name)
    return found
