"""Photos of an order that is not saved yet: made safe and stored, put to the order with it."""

from pathlib import Path

from osdesk.domain.codes import FileKind
from osdesk.domain.orders.drafts import HeldFile
from osdesk.jobs.files import shown_name
from osdesk.persistence.store import Store


def hold_photo(store: Store, source: Path | bytes, *, name: str | None = None) -> HeldFile:
    """Encode a picture anew and keep it by its hash; no order has it yet.

    Raises UserError as ``documents.apart.prepare_image`` and ``cannot_write``.
    """
    from osdesk.documents.apart import prepare_image

    prepared = prepare_image(source)
    given = name or (source.name if isinstance(source, Path) else "")
    return HeldFile(
        sha256=store.files.add(prepared.data),
        name=shown_name(given, FileKind.PHOTO, prepared.media_type),
        media_type=prepared.media_type,
        size=len(prepared.data),
    )
