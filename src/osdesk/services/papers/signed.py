"""Signed sheets that come back: which version they are of, and putting them to it."""

import json
import re
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, aliased

from osdesk.domain.codes import EventCode, FileKind, Paper
from osdesk.domain.errors import UserError
from osdesk.domain.papers.facts import FOR_SIGNATURE
from osdesk.domain.text import NAME_LIMIT
from osdesk.domain.topics import Topic
from osdesk.domain.views.signed import IssuedVersion
from osdesk.persistence.models import Attachment, Event, IssuedFile, IssuedPaper, Order
from osdesk.services.events import record
from osdesk.services.orders.attachments import order_key, put_once, refresh_signed

TOPIC = Topic.SIGNED

CODE = re.compile(
    r"OSDESK1\|(?P<paper>[a-z]+)\|(?P<number>[0-9]{1,9})\|(?P<version>[0-9]{1,9})"
    r"\|[0-9-]{10}\|-?[0-9]{1,12}\|(?P<hash>[0-9a-f]{32})"
)


def _versions() -> Select[Any]:
    other = aliased(IssuedPaper)
    newest = (
        select(func.max(other.version))
        .where(other.order_id == IssuedPaper.order_id, other.paper == IssuedPaper.paper)
        .scalar_subquery()
    )
    return select(
        IssuedPaper.id,
        Order.number,
        IssuedPaper.paper,
        IssuedPaper.version,
        IssuedPaper.issued_on,
        newest,
        IssuedPaper.signed_at.is_not(None),
    ).join(Order, Order.id == IssuedPaper.order_id)


def issued_of_code(session: Session, code: str) -> IssuedVersion | None:
    """The version whose QR says ``code``; None where it is not one of ours, word by word its hash.

    Whether the record still equals it is ``verify``'s question: what was signed is filed anyway.
    """
    parts = CODE.fullmatch(code)
    if parts is None or parts["paper"] not in set(Paper):
        return None
    row = session.execute(
        _versions().where(
            Order.number == int(parts["number"]),
            IssuedPaper.paper == Paper(parts["paper"]),
            IssuedPaper.version == int(parts["version"]),
            func.substr(IssuedPaper.sha256, 1, 32) == parts["hash"],
        )
    ).one_or_none()
    return None if row is None else IssuedVersion(*row)


def issued_versions(session: Session, number: int) -> tuple[IssuedVersion, ...]:
    """The versions of an order that may come back signed, the usual one first: the newest of the
    papers that are not signed yet.

    Raises UserError ``order_not_found``.
    """
    order = order_key(session, number)
    rows = session.execute(
        _versions()
        .where(IssuedPaper.order_id == order, IssuedPaper.paper.in_(FOR_SIGNATURE))
        .order_by(IssuedPaper.id.desc())
    )
    found = [IssuedVersion(*row) for row in rows]
    found.sort(key=lambda issued: (issued.signed, issued.version < issued.newest))
    return tuple(found)


def issued_version(session: Session, key: int) -> IssuedVersion:
    """One version as it stands now."""
    return IssuedVersion(*session.execute(_versions().where(IssuedPaper.id == key)).one())


def kept_names(session: Session, key: int) -> list[str]:
    """Names of the files that were kept of a version, as it was printed."""
    return list(
        session.scalars(select(IssuedFile.name).where(IssuedFile.issued_paper_id == key)).all()
    )


def file_signed(
    session: Session,
    issued: IssuedVersion,
    *,
    source: str,
    name: str,
    media_type: str,
    data_sha: str,
    size: int,
    now: datetime,
    author: int | None,
) -> bool:
    """Put a signed sheet to its order and version; False, and nothing changed, where it was there.

    ``source`` tells the sheet that came back (its file's SHA-256 and its pages): it is known again
    even where the same points are encoded to other bytes by a later version of this program.
    Raises UserError ``not_for_signature``, ``issued_not_found``.
    """
    if issued.paper not in FOR_SIGNATURE:
        raise UserError("not_for_signature", paper=issued.paper)
    row = session.get(IssuedPaper, issued.id)
    if row is None:
        raise UserError("issued_not_found", number=issued.number)
    if _came_before(session, row, source):
        return False
    file, new = put_once(
        session,
        Attachment(
            order_id=row.order_id,
            at=now,
            author_id=author,
            name=name[:NAME_LIMIT],
            media_type=media_type,
            size=size,
            sha256=data_sha,
            kind=FileKind.SIGNED,
            issued_paper_id=row.id,
        ),
    )
    if not new:
        return False
    row.signed_at = row.signed_at or now
    record(
        session,
        EventCode.SIGNED,
        now=now,
        author=author,
        order_id=row.order_id,
        data={
            "paper": row.paper.value,
            "version": row.version,
            "file": file,
            "sha256": data_sha,
            "size": size,
            "source": source,
        },
        texts={"name": name[:NAME_LIMIT]},
    )
    refresh_signed(session, row.order_id)
    return True


def _came_before(session: Session, row: IssuedPaper, source: str) -> bool:
    """Whether this sheet was put to this version before and is still there."""
    kept = set(
        session.scalars(
            select(Attachment.id).where(
                Attachment.issued_paper_id == row.id, Attachment.removed_at.is_(None)
            )
        )
    )
    if not kept:
        return False
    told = session.scalars(
        select(Event.data).where(Event.order_id == row.order_id, Event.code == EventCode.SIGNED)
    )
    return any(
        facts["source"] == source and facts["file"] in kept for facts in map(json.loads, told)
    )
