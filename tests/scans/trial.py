"""Sheets of many orders printed, scanned, filed back, and each held to the order that it is of."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from PIL import Image
from tests.scans.scanner import as_jpeg, as_pdf, pages_of, scanned, way_of

from osdesk.domain.codes import Paper, PaperFormat
from osdesk.domain.orders.status import OrderFilter, Status
from osdesk.jobs.papers import make_paper
from osdesk.jobs.signed_sheets import attach_files
from osdesk.persistence.store import Store
from osdesk.services.orders.listing import order_page

FORMATS = (
    *(PaperFormat.A4_HALF, PaperFormat.A4_HALF, PaperFormat.A4_HALF),
    *(PaperFormat.A4, PaperFormat.ROLL_80),
)
"""Mostly the usual one."""

Sheet = tuple[int, Paper]


@dataclass
class Outcome:
    """Sheets by their order and paper."""

    sheets: int = 0
    found: int = 0
    wrong: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    files: int = 0
    pages: int = 0


def run_trial(
    store: Store,
    folder: Path,
    *,
    count: int,
    seed: int,
    now: datetime,
    told: Callable[[str], object] = lambda _: None,
) -> Outcome:
    """Print and "scan" ``count`` sheets into ``folder``, file the folder, compare.

    Three in ten come alone as JPEG, as photos or scans; the others lie in PDFs of a feeder, up to
    eight sheets of different orders each, some with their backs.
    """
    chance = random.Random(seed)
    expected: dict[tuple[str, int], Sheet] = {}
    rows = store.database.read(order_page, OrderFilter.ALL, now=now, below=None, limit=count)
    assert len(rows) == count
    batch: list[tuple[Image.Image, Sheet]] = []
    room = chance.randint(1, 8)
    outcome = Outcome(sheets=count)
    for place, row in enumerate(rows):
        paper = Paper.INTAKE
        if row.status is Status.DELIVERED and chance.random() < 0.4:
            paper = Paper.DELIVERY
        form = chance.choice(FORMATS)
        made = make_paper(store, row.number, paper, form, now=now, author=None)
        way = way_of(seed * 1_000 + place)
        pages = pages_of(made.content)
        front = scanned(pages[0], way, place)
        sheet = (row.number, paper)
        if way.phone or chance.random() < 0.15:
            name = f"{place:03}.jpg"
            (folder / name).write_bytes(as_jpeg(front, way.quality))
            expected[name, 0] = sheet
            told(name)
            continue
        batch.append((front, sheet))
        if len(pages) > 1 and form is not PaperFormat.ROLL_80 and chance.random() < 0.4:
            batch.append((scanned(pages[1], way, place), sheet))
        room -= 1
        if room == 0 or place == count - 1:
            _write(folder, f"{place:03}.pdf", batch, way.quality, expected)
            told(f"{place:03}.pdf")
            batch, room = [], chance.randint(1, 8)
    if batch:
        _write(folder, f"{count:03}.pdf", batch, 60, expected)
    _compare(store, folder, expected, outcome, now, told)
    return outcome


def _write(
    folder: Path,
    name: str,
    batch: list[tuple[Image.Image, Sheet]],
    quality: int,
    expected: dict[tuple[str, int], Sheet],
) -> None:
    (folder / name).write_bytes(as_pdf([picture for picture, _ in batch], quality))
    expected.update({(name, page): sheet for page, (_, sheet) in enumerate(batch)})


def _compare(
    store: Store,
    folder: Path,
    expected: dict[tuple[str, int], Sheet],
    outcome: Outcome,
    now: datetime,
    told: Callable[[str], object],
) -> None:
    found: set[Sheet] = set()
    answers = attach_files(
        store, [folder], now=now, author=None, told=lambda sheets: told(str(len(sheets.filed)))
    )
    for sheets in answers:
        for filed in sheets.filed:
            got = (filed.issued.number, filed.issued.paper)
            for page in filed.pages or (1,):
                name = Path(filed.file).name
                if expected[name, page - 1] != got:
                    outcome.wrong.append(f"{name} {page}: {expected[name, page - 1]} -> {got}")
            found.add(got)
        for unread in sheets.unread:
            name, page = Path(unread.file).name, unread.page or 0
            outcome.missed.append(f"{name} {page + 1}: {expected[name, page]} {unread.why}")
    outcome.found = len(found & set(expected.values()))
    outcome.files, outcome.pages = len(answers), len(expected)
