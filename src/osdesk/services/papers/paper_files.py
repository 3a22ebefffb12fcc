"""The files of issued papers: made once, so that the same version is the same bytes for ever."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from osdesk.domain.codes import PaperFormat
from osdesk.domain.views.orders import IssuedPaper, KeptPaper
from osdesk.persistence.models import IssuedFile, Order
from osdesk.persistence.models import IssuedPaper as PaperRow


def kept_papers(session: Session, issued: IssuedPaper) -> list[KeptPaper]:
    """The files of a version, in the order in which they were made."""
    rows = session.execute(
        select(IssuedFile.format, IssuedFile.again, IssuedFile.name, IssuedFile.sha256)
        .where(IssuedFile.issued_paper_id == _key_of(session, issued))
        .order_by(IssuedFile.id)
    )
    return [KeptPaper(*row) for row in rows]


def keep_paper(
    session: Session,
    issued: IssuedPaper,
    paper_format: PaperFormat,
    *,
    name: str,
    sha256: str,
    now: datetime,
) -> None:
    """Note the file that was made of a version in one format."""
    session.add(
        IssuedFile(
            issued_paper_id=_key_of(session, issued),
            format=paper_format,
            again=issued.again,
            name=name,
            sha256=sha256,
            at=now,
        )
    )


def _key_of(session: Session, issued: IssuedPaper) -> int:
    return session.scalars(
        select(PaperRow.id)
        .join(Order, Order.id == PaperRow.order_id)
        .where(
            Order.number == issued.number,
            PaperRow.paper == issued.paper,
            PaperRow.version == issued.version,
        )
    ).one()
