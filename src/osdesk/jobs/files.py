"""Keeping a file for an order: made safe, stored under its hash, told to the history."""

import re
import unicodedata
from datetime import datetime
from pathlib import Path

from osdesk.domain.codes import FileKind
from osdesk.domain.errors import UserError
from osdesk.domain.text import NAME_LIMIT
from osdesk.domain.views.orders import FileView
from osdesk.persistence.store import Store
from osdesk.services.orders import attachments

ENDING = {"image/jpeg": ".jpg", "image/png": ".png", "application/pdf": ".pdf"}
"""What is ever stored for an order, and so what is ever opened."""
UNNAMED = {FileKind.PHOTO: "foto", FileKind.SIGNED: "via assinada", FileKind.OTHER: "arquivo"}


def keep_file(
    store: Store,
    number: int,
    source: Path | bytes,
    kind: FileKind,
    *,
    now: datetime,
    author: int | None,
    name: str | None = None,
) -> int:
    """Keep a picture (encoded anew) or a PDF (as it is) for an order; the file's key there.

    ``name``: what it is called on screen; the file's own, if not given. A photo is a picture.
    Raises UserError ``order_not_found`` and those of ``documents.apart.prepare``.
    """
    from osdesk.documents.apart import prepare, prepare_image

    store.database.read(attachments.order_key, number)
    prepared = prepare_image(source) if kind is FileKind.PHOTO else prepare(source)
    given = name or (source.name if isinstance(source, Path) else "")
    return store.database.run(
        attachments.add_file,
        number,
        kind=kind,
        name=shown_name(given, kind, prepared.media_type),
        media_type=prepared.media_type,
        data_sha=store.files.add(prepared.data),
        size=len(prepared.data),
        now=now,
        author=author,
    )


def shown_name(given: str, kind: FileKind, media_type: str) -> str:
    """A file's own name as it can be shown and stored, with the ending of what is stored."""
    plain = unicodedata.normalize("NFC", given.encode("utf-8", "ignore").decode("utf-8"))
    plain = "".join(letter if letter.isprintable() else " " for letter in plain)
    stem = re.sub(r"\.(jpe?g|png|webp|pdf)$", "", plain.strip(), flags=re.IGNORECASE)
    ending = ENDING[media_type]
    return f"{stem.strip()[: NAME_LIMIT - len(ending)] or UNNAMED[kind]}{ending}"


def copy_to_open(store: Store, number: int, file: FileView, folder: Path) -> Path:
    """A copy in ``folder`` that another program may show; never the kept file itself.

    Its name is built of the order's number and the file's key alone. Raises UserError
    ``file_missing``, ``file_damaged``, ``file_kind``, ``cannot_write``.
    """
    ending = ENDING.get(file.media_type)
    if ending is None:
        raise UserError("file_kind")
    data = store.files.read(file.sha256)
    path = folder / f"OS-{number}-arquivo-{file.id}{ending}"
    try:
        path.write_bytes(data)
        path.chmod(0o600)
    except OSError:
        raise UserError("cannot_write", path=path) from None
    return path
