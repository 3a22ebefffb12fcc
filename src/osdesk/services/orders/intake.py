"""Saving from the window: the order with what was given beside its form, in one transaction."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from osdesk.domain.codes import FileKind
from osdesk.domain.orders.access_codes import AccessCodeForm
from osdesk.domain.orders.drafts import HeldFile
from osdesk.domain.orders.forms import OrderForm
from osdesk.domain.topics import Topic
from osdesk.domain.views.intake import CodeView
from osdesk.services.orders.access_codes import Box, code_view, set_code
from osdesk.services.orders.attachments import add_file
from osdesk.services.orders.drafts import drop_draft
from osdesk.services.orders.saving import Saved, add_order, edit_order
from osdesk.services.shop.checklists import checklist_for
from osdesk.services.shop.slots import slot_holder

TOPIC = Topic.ORDERS


@dataclass(frozen=True)
class SavedWithOrder:
    """What waits for the order to be saved: its draft goes, a code and photos come."""

    draft_id: int | None = None
    code: AccessCodeForm | None = None
    files: tuple[HeldFile, ...] = field(default=())


@dataclass(frozen=True)
class ArrivalView:
    """What the editor shows beside the form of what was taken down."""

    questions: tuple[str, ...]
    holder: int | None
    """Another open order that stands on this one's place."""
    code: CodeView | None


def arrival_view(
    session: Session, number: int | None, *, kind: str, slot: str | None
) -> ArrivalView:
    """All of it in one reading; ``number`` None: an order that is not saved yet."""
    return ArrivalView(
        checklist_for(session, kind),
        slot_holder(session, slot, own=number) if slot else None,
        code_view(session, number) if number is not None else None,
    )


def save_order(
    session: Session,
    number: int | None,
    form: OrderForm | None,
    also: SavedWithOrder,
    *,
    box: Box,
    now: datetime,
    author: int | None,
) -> Saved:
    """Open an order (``number`` None) or change one; ``form`` None: only what is beside it.

    Raises UserError as ``add_order``, ``edit_order`` and ``set_code``; nothing is kept then, and
    the draft stays.
    """
    saved = Saved(number or 0)
    if form is not None and number is None:
        saved = add_order(session, form, now=now, author=author)
    elif form is not None and number is not None:
        saved = edit_order(session, number, form, now=now, author=author)
    if also.code is not None:
        set_code(session, saved.number, also.code, box=box, now=now, author=author)
    for held in also.files:
        put_photo(session, saved.number, held, now=now, author=author)
    drop_draft(session, also.draft_id)
    return saved


def put_photo(
    session: Session, number: int, held: HeldFile, *, now: datetime, author: int | None
) -> int:
    """A photo that lies already among the files becomes one of the order's; its key there."""
    return add_file(
        session,
        number,
        kind=FileKind.PHOTO,
        name=held.name,
        media_type=held.media_type,
        data_sha=held.sha256,
        size=held.size,
        now=now,
        author=author,
    )
