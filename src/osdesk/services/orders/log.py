"""What belongs to an order besides its own row: notes, notices, files, instalments, in batches."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from osdesk.domain.views.orders import FileView, InstalmentView, NoteView, NoticeView
from osdesk.persistence.models import Attachment, Instalment, IssuedPaper, Note, Notice

Names = dict[int, str]


def notes_of(session: Session, ids: Sequence[int], names: Names) -> dict[int, list[NoteView]]:
    """Notes of these orders, oldest first, by the order's key."""
    found: dict[int, list[NoteView]] = defaultdict(list)
    rows = session.execute(
        select(Note.order_id, Note.at, Note.author_id, Note.for_customer, Note.body)
        .where(Note.order_id.in_(ids))
        .order_by(Note.id)
    )
    for order, at, author, for_customer, body in rows:
        found[order].append(NoteView(at, _name(names, author), for_customer, body))
    return found


def notices_of(session: Session, ids: Sequence[int], names: Names) -> dict[int, list[NoticeView]]:
    """Notices given for these orders, oldest first, by the order's key."""
    found: dict[int, list[NoticeView]] = defaultdict(list)
    rows = session.execute(
        select(
            Notice.order_id, Notice.at, Notice.author_id, Notice.kind, Notice.channel, Notice.body
        )
        .where(Notice.order_id.in_(ids))
        .order_by(Notice.id)
    )
    for order, at, author, kind, channel, body in rows:
        found[order].append(NoticeView(at, _name(names, author), kind, channel, body))
    return found


def files_of(session: Session, ids: Sequence[int], names: Names) -> dict[int, list[FileView]]:
    """Files of these orders that were not taken off, oldest first, by the order's key."""
    found: dict[int, list[FileView]] = defaultdict(list)
    rows = session.execute(
        select(*Attachment.__table__.c, IssuedPaper.paper, IssuedPaper.version)
        .outerjoin(IssuedPaper, IssuedPaper.id == Attachment.issued_paper_id)
        .where(Attachment.order_id.in_(ids), Attachment.removed_at.is_(None))
        .order_by(Attachment.id)
    )
    for row in rows:
        found[row.order_id].append(
            FileView(
                id=row.id,
                kind=row.kind,
                name=row.name,
                media_type=row.media_type,
                size=row.size,
                sha256=row.sha256,
                at=row.at,
                author=_name(names, row.author_id),
                paper=row.paper,
                version=row.version,
            )
        )
    return found


def instalments_of(session: Session, ids: Sequence[int]) -> dict[int, list[InstalmentView]]:
    """What is owed in parts, by the order's key, in the order of the days."""
    found: dict[int, list[InstalmentView]] = defaultdict(list)
    rows = session.execute(
        select(Instalment.order_id, Instalment.due_on, Instalment.amount, Instalment.open)
        .where(Instalment.order_id.in_(ids))
        .order_by(Instalment.order_id, Instalment.position)
    )
    for order, due_on, amount, left in rows:
        found[order].append(InstalmentView(due_on, amount, amount - left))
    return found


def _name(names: Names, key: int | None) -> str | None:
    return None if key is None else names[key]
