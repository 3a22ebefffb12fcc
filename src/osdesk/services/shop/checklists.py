"""The shop's checklists at intake: the program's for known kinds, the shop's own over them."""

import json
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from osdesk.domain.codes import EventCode
from osdesk.domain.errors import UserError
from osdesk.domain.orders.checklists import DEFAULTS, QUESTIONS_LIMIT, known_kind
from osdesk.domain.text import NAME_LIMIT, clean_line, clean_name, fold
from osdesk.domain.topics import Topic
from osdesk.domain.views.intake import ChecklistView
from osdesk.persistence.models import Checklist
from osdesk.services.events import record

TOPIC = Topic.CHECKLISTS


def checklist_for(session: Session, kind: str) -> tuple[str, ...]:
    """The questions for a typed kind: the shop's own list of that name, else of the kind that the
    word means, else the program's; none for a kind that nobody has a list for."""
    folded = fold(kind)
    if not folded:
        return ()
    own = dict(session.execute(select(Checklist.kind_folded, Checklist.questions)).all())
    if folded in own:
        return _questions(own[folded])
    within = [name for name in own if f" {name} " in f" {folded} "]
    if within:
        return _questions(own[max(within, key=len)])
    known = known_kind(kind)
    if known is None:
        return ()
    changed = own.get(fold(known.kind))
    return known.questions if changed is None else _questions(changed)


def checklists(session: Session) -> list[ChecklistView]:
    """Every list that is asked: the program's kinds first, then those that the shop added."""
    own = {row.kind_folded: row for row in session.scalars(select(Checklist).order_by("kind"))}
    found = []
    for default in DEFAULTS:
        row = own.pop(fold(default.kind), None)
        questions = default.questions if row is None else _questions(row.questions)
        found.append(ChecklistView(default.kind, questions, row is not None))
    found += [ChecklistView(row.kind, _questions(row.questions), True) for row in own.values()]
    return found


def save_checklist(
    session: Session,
    kind: str,
    questions: Sequence[str],
    *,
    now: datetime,
    author: int | None,
) -> None:
    """The shop's own list for a kind, in this order; an empty one asks nothing of that kind.

    Answers of past orders to questions that are gone stay in those orders. Raises UserError
    ``required`` (kind), ``too_many_questions``, ``question_twice``, ``too_long``,
    ``bad_character``.
    """
    name = clean_name(kind, limit=NAME_LIMIT, field="kind")
    if not name:
        raise UserError("required", field="kind")
    cleaned = [clean_line(each, limit=NAME_LIMIT, field="checklist") for each in questions]
    cleaned = [each for each in cleaned if each]
    if len(cleaned) > QUESTIONS_LIMIT:
        raise UserError("too_many_questions", field="checklist", limit=QUESTIONS_LIMIT)
    folded = [fold(each) for each in cleaned]
    for place, each in enumerate(cleaned):
        if folded.index(folded[place]) != place:
            raise UserError("question_twice", field="checklist", value=each)
    row = session.scalar(select(Checklist).where(Checklist.kind_folded == fold(name)))
    if row is None:
        row = Checklist(kind=name, kind_folded=fold(name))
        session.add(row)
    row.kind, row.questions = name, json.dumps(cleaned, ensure_ascii=False)
    session.flush()
    data = {"checklist": row.id, "questions": len(cleaned)}
    record(session, EventCode.SHOP_CHANGED, now=now, author=author, data=data, texts={"kind": name})


def _questions(stored: str) -> tuple[str, ...]:
    return tuple(str(each) for each in json.loads(stored))
