"""Files of an order: put to it, taken off it, and whether its paper came back signed."""

from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from osdesk.domain.codes import EventCode, FileKind
from osdesk.domain.errors import UserError
from osdesk.domain.papers.facts import FOR_SIGNATURE
from osdesk.domain.text import NAME_LIMIT
from osdesk.domain.topics import Topic
from osdesk.domain.views.orders import FileView
from osdesk.persistence.models import Attachment, IssuedPaper, Order
from osdesk.services.events import record
from osdesk.services.orders.log import files_of
from osdesk.services.shop.staff import employee_names

TOPIC = Topic.ATTACHMENTS


def order_key(session: Session, number: int) -> int:
    """Key of an order. Raises UserError ``order_not_found``."""
    key = session.scalar(select(Order.id).where(Order.number == number))
    if key is None:
        raise UserError("order_not_found", number=number)
    return key


def add_file(
    session: Session,
    number: int,
    *,
    kind: FileKind,
    name: str,
    media_type: str,
    data_sha: str,
    size: int,
    now: datetime,
    author: int | None,
    issued_paper: int | None = None,
) -> int:
    """Put a file that the folder keeps under ``data_sha`` to an order; its key there.

    ``issued_paper``: key of the version whose signed copy it is. The same content of the same kind
    is put to an order once: the key of before comes back. Raises UserError ``order_not_found``.
    """
    order = order_key(session, number)
    row = Attachment(
        order_id=order,
        at=now,
        author_id=author,
        name=name[:NAME_LIMIT],
        media_type=media_type,
        size=size,
        sha256=data_sha,
        kind=kind,
        issued_paper_id=issued_paper,
    )
    key, new = put_once(session, row)
    if new:
        record(
            session,
            EventCode.FILE_ADDED,
            now=now,
            author=author,
            order_id=order,
            data={"file": key, "kind": kind.value, "sha256": data_sha, "size": size},
            texts={"name": row.name},
        )
    return key


def put_once(session: Session, row: Attachment) -> tuple[int, bool]:
    """The key of a file put to its order, and whether it was not there before; tells no event."""
    there = session.scalar(
        select(Attachment.id).where(
            Attachment.order_id == row.order_id,
            Attachment.sha256 == row.sha256,
            Attachment.kind == row.kind,
            Attachment.issued_paper_id.is_not_distinct_from(row.issued_paper_id),
            Attachment.removed_at.is_(None),
        )
    )
    if there is not None:
        return there, False
    session.add(row)
    session.flush()
    return row.id, True


def remove_file(
    session: Session, number: int, file_id: int, *, now: datetime, author: int | None
) -> None:
    """Take a file off an order. Its bytes stay, and the history tells of it.

    Without its last signed copy a version is not signed any more. Raises UserError
    ``order_not_found``, ``file_not_found``.
    """
    order = order_key(session, number)
    row = session.scalar(
        select(Attachment).where(
            Attachment.id == file_id,
            Attachment.order_id == order,
            Attachment.removed_at.is_(None),
        )
    )
    if row is None:
        raise UserError("file_not_found", number=number, file=file_id)
    row.removed_at = now
    record(
        session,
        EventCode.FILE_REMOVED,
        now=now,
        author=author,
        order_id=order,
        data={"file": row.id, "kind": row.kind.value, "sha256": row.sha256},
        texts={"name": row.name},
    )
    if row.issued_paper_id is not None:
        left = session.scalar(
            select(func.count()).where(
                Attachment.issued_paper_id == row.issued_paper_id,
                Attachment.removed_at.is_(None),
            )
        )
        if not left:
            session.execute(
                update(IssuedPaper)
                .where(IssuedPaper.id == row.issued_paper_id)
                .values(signed_at=None)
            )
        refresh_signed(session, order)


def list_files(session: Session, number: int) -> tuple[FileView, ...]:
    """The files of an order that were not taken off, oldest first.

    Raises UserError ``order_not_found``.
    """
    order = order_key(session, number)
    return tuple(files_of(session, [order], employee_names(session)).get(order, ()))


def refresh_signed(session: Session, order: int) -> None:
    """Set ``orders.signed``: whether the newest version of one of its papers came back signed.

    One signed paper ties the customer to what it says, so any of the four papers for signature
    counts; only its newest version does, because a newer one was issued for what the older does not
    say. To be called wherever a version is issued, signed, or loses its signed copy.
    """
    session.flush()
    newest = (
        select(func.max(IssuedPaper.version).label("version"), IssuedPaper.paper)
        .where(IssuedPaper.order_id == order, IssuedPaper.paper.in_(FOR_SIGNATURE))
        .group_by(IssuedPaper.paper)
        .subquery()
    )
    signed = session.scalar(
        select(func.count())
        .select_from(IssuedPaper)
        .join(
            newest,
            (newest.c.paper == IssuedPaper.paper) & (newest.c.version == IssuedPaper.version),
        )
        .where(IssuedPaper.order_id == order, IssuedPaper.signed_at.is_not(None))
    )
    session.execute(
        update(Order)
        .where(Order.id == order, Order.signed.is_not(bool(signed)))
        .values(signed=bool(signed))
    )
