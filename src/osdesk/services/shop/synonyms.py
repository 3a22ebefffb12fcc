"""Words that mean the same to the search: ``geladeira`` finds a *refrigerador*."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from osdesk.domain.codes import EventCode
from osdesk.domain.errors import UserError
from osdesk.domain.text import NAME_LIMIT, clean_name, fold
from osdesk.domain.topics import Topic
from osdesk.domain.views.shop import SynonymView
from osdesk.persistence.list_models import Synonym

TOPIC = Topic.SYNONYMS


def synonyms(session: Session) -> list[SynonymView]:
    """All groups, as they were added."""
    rows = session.scalars(select(Synonym).order_by(Synonym.id))
    return [SynonymView(row.id, row.words, row.active) for row in rows]


def groups(session: Session) -> list[list[str]]:
    """The words of each group in use."""
    rows = session.execute(select(Synonym.words).where(Synonym.active).order_by(Synonym.id))
    return [row.words.split(",") for row in rows]


def save_synonyms(
    session: Session,
    synonym_id: int | None,
    words: str,
    *,
    active: bool,
    now: datetime,
    author: int | None,
) -> int:
    """Add or change a group: words or phrases with commas between them; the id.

    Raises UserError ``required`` or ``synonyms_few`` (field words): a group has at least two.
    """
    from osdesk.services.events import record

    cleaned = clean_name(words, limit=NAME_LIMIT, field="words")
    kept = {fold(word): word.strip() for word in cleaned.split(",") if fold(word)}
    if not kept:
        raise UserError("required", field="words")
    if len(kept) < 2:
        raise UserError("synonyms_few", field="words")
    row = session.get_one(Synonym, synonym_id) if synonym_id else Synonym()
    row.words, row.active = ", ".join(kept.values()), active
    session.add(row)
    session.flush()
    data = {"synonyms": row.id, "words": row.words, "active": active}
    record(session, EventCode.SHOP_CHANGED, now=now, author=author, data=data)
    return row.id
