"""Filing signed sheets: scans and photos go to their orders by the QR that is printed on them.

A file may hold several sheets of several orders: each order gets its own pages alone. A page
without a code goes with the sheet before it, as its back: as many as were printed behind one page
of that version, and none that shows a code which cannot be read. That is shown to a person rather
than filed to another order. A picture with sheets of two orders on it goes whole to both.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from osdesk.domain.codes import FileKind
from osdesk.domain.errors import UserError
from osdesk.domain.papers.facts import FOR_SIGNATURE
from osdesk.domain.views.signed import FiledSheet, IssuedVersion, SheetsOfFile, UnreadSheet
from osdesk.jobs.files import shown_name
from osdesk.persistence.store import Store
from osdesk.services.papers import signed

SCANS = frozenset(
    (
        *(".pdf", ".png", ".jpg", ".jpeg", ".webp"),
        *(".heic", ".heif", ".tif", ".tiff", ".gif", ".bmp"),
    )
)
"""What is taken out of a folder: pictures and PDFs, with those that are then refused in words."""

Progress = Callable[[int, int, str, int, int], object]
"""Told before each page: file and how many, its name, page and how many; counted from 1."""
Told = Callable[[SheetsOfFile], object]


def files_of(paths: Iterable[Path]) -> list[Path]:
    """The files named, and those of the folders named; each once.

    Raises UserError ``no_sheets`` where a folder has none.
    """
    found: dict[Path, None] = {}
    for path in paths:
        if not path.is_dir():
            found[path] = None
            continue
        try:
            inside = sorted(
                file
                for file in path.iterdir()
                if file.suffix.lower() in SCANS and not file.name.startswith(".")
            )
        except OSError as error:
            raise UserError("cannot_read", path=path) from error
        if not inside:
            raise UserError("no_sheets", path=path)
        found.update(dict.fromkeys(inside))
    return list(found)


def attach_files(
    store: Store,
    paths: Iterable[Path],
    *,
    now: datetime,
    author: int | None,
    progress: Progress | None = None,
    told: Told | None = None,
    stopped: Callable[[], bool] = lambda: False,
) -> list[SheetsOfFile]:
    """File the sheets of these files and folders; what could not be filed is among the answers.

    Each file is read whole before anything of it is filed; once ``stopped`` says so, nothing more
    is read, and of the file at hand nothing is filed. Raises UserError ``no_sheets``,
    ``cannot_read`` (a folder) and those of the database.
    """
    files = files_of(paths)
    answers = []
    for count, path in enumerate(files, start=1):

        def page_begins(page: int, pages: int, count: int = count, path: Path = path) -> None:
            if progress is not None:
                progress(count, len(files), path.name, page, pages)

        answer = attach_file(
            store, path, now=now, author=author, progress=page_begins, stopped=stopped
        )
        if answer is None:
            break
        answers.append(answer)
        if told is not None:
            told(answer)
    return answers


def attach_file(
    store: Store,
    path: Path,
    *,
    now: datetime,
    author: int | None,
    progress: Callable[[int, int], object],
    stopped: Callable[[], bool],
) -> SheetsOfFile | None:
    """File the sheets of one file; None where it was stopped. Raises UserError of the database."""
    from osdesk.documents.apart import codes_by_page, page_count, regular_bytes

    file = str(path)
    found: list[tuple[str, ...]] = []
    try:
        data = regular_bytes(path)
        pages = page_count(data)
        read = codes_by_page(data)
        for number in range(1, pages + 1):
            if stopped():
                return None
            progress(number, pages)
            found.append(next(read))
    except UserError as error:
        return SheetsOfFile((), (UnreadSheet(file, None, 0, error),))
    piles, unread = _piles(store, found)
    filed = []
    for pile in piles:
        try:
            filed.append(_file(store, path, data, pages, pile, now=now, author=author))
        except UserError as error:
            if not error.code.startswith(("pdf_", "image_", "file_too_big")):
                raise
            unread += [(page, error) for page in pile.pages]
    return SheetsOfFile(
        tuple(filed),
        tuple(UnreadSheet(file, page, pages, why) for page, why in sorted(unread, key=_page)),
    )


def file_by_hand(
    store: Store,
    sheet: UnreadSheet,
    issued: IssuedVersion,
    *,
    now: datetime,
    author: int | None,
) -> FiledSheet:
    """Put a sheet whose code was not read to the version that a person says it is of.

    Raises UserError: that of reading the file, ``not_for_signature``, ``issued_not_found``.
    """
    from osdesk.documents.apart import regular_bytes

    path = Path(sheet.file)
    pile = _Pile(issued, [sheet.page or 0])
    return _file(store, path, regular_bytes(path), sheet.pages, pile, now=now, author=author)


def sheet_picture(sheet: UnreadSheet, *, side: int) -> bytes:
    """A sheet that was not filed, small, for a person to look at. Raises UserError."""
    from osdesk.documents.apart import regular_bytes, small_picture

    return small_picture(regular_bytes(Path(sheet.file)), sheet.page or 0, side=side)


# -- the sheets of one file -----------------------------------------------------------------------


@dataclass
class _Pile:
    """Pages, from 0, that belong to one version."""

    issued: IssuedVersion
    pages: list[int] = field(default_factory=list)


Unread = list[tuple[int, UserError]]


def _page(unread: tuple[int, UserError]) -> int:
    return unread[0]


def _piles(store: Store, found: list[tuple[str, ...]]) -> tuple[list[_Pile], Unread]:
    from osdesk.documents.apart import UNREADABLE

    piles: dict[int, _Pile] = {}
    unread: Unread = []
    last: _Pile | None = None
    room = 0
    for page, codes in enumerate(found):
        ours = _ours(store, codes)
        versions = [issued for issued in ours if isinstance(issued, IssuedVersion)]
        if versions:
            for issued in versions:
                piles.setdefault(issued.id, _Pile(issued)).pages.append(page)
            last = piles[versions[0].id] if len(versions) == 1 else None
            room = _backs(store, versions[0]) if last is not None else 0
        elif ours:
            unread.append((page, next(why for why in ours if isinstance(why, UserError))))
            last = None
        elif last is not None and room > 0 and UNREADABLE not in codes:
            last.pages.append(page)
            room -= 1
        else:
            unread.append((page, UserError("no_code")))
            last = None
    return list(piles.values()), unread


def _ours(store: Store, codes: tuple[str, ...]) -> list[IssuedVersion | UserError]:
    """For each code of ours its version, each once; or why nothing can be filed by it."""
    from osdesk.documents.read import MARK

    found: dict[int, IssuedVersion | UserError] = {}
    for code in codes:
        if not code.startswith(MARK):
            continue
        issued = store.database.read(signed.issued_of_code, code)
        if issued is None:
            found[0] = UserError("code_unknown")
        elif issued.paper in FOR_SIGNATURE:
            found[issued.id] = issued
        else:
            found[-1] = UserError("not_for_signature", paper=issued.paper)
    return list(found.values())


def _file(
    store: Store,
    path: Path,
    data: bytes,
    pages: int,
    pile: _Pile,
    *,
    now: datetime,
    author: int | None,
) -> FiledSheet:
    from osdesk.documents.apart import pages_apart

    prepared = pages_apart(data, pile.pages)
    shown = tuple(page + 1 for page in pile.pages) if pages > 1 else ()
    source = hashlib.sha256(data).hexdigest() + ":" + ",".join(map(str, pile.pages))
    name = path.name
    if 0 < len(pile.pages) < pages:
        name = f"{path.stem} ({', '.join(map(str, shown))}){path.suffix}"
    new = store.database.run(
        signed.file_signed,
        pile.issued,
        source=source,
        name=shown_name(name, FileKind.SIGNED, prepared.media_type),
        media_type=prepared.media_type,
        data_sha=store.files.add(prepared.data),
        size=len(prepared.data),
        now=now,
        author=author,
    )
    issued = store.database.read(signed.issued_version, pile.issued.id)
    return FiledSheet(str(path), shown, issued, new)


def _backs(store: Store, issued: IssuedVersion) -> int:
    """How many pages without a code may stand behind one with it: as many as in the files that were
    kept of a version, and at least the terms' one, for a format printed later is not kept."""
    from osdesk.documents.read import MARK, codes_by_page

    longest = [1]
    for data in _kept(store, issued):
        behind = [0]
        try:
            for codes in codes_by_page(data, seconds=0):
                if any(code.startswith(MARK) for code in codes):
                    behind.append(0)
                else:
                    behind[-1] += 1
        except UserError:  # damaged: `check` tells of it
            continue
        longest.append(max(behind))
    return max(longest)


def _kept(store: Store, issued: IssuedVersion) -> Iterator[bytes]:
    for name in store.database.read(signed.kept_names, issued.id):
        try:
            yield (store.folder / "papers" / name).read_bytes()
        except OSError:
            continue
