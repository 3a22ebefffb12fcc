"""References of the papers: their text and a small grey picture, page by page.

``python -m tests.golden`` makes them anew; the difference is then looked at before it is committed.
"""

from collections.abc import Iterator
from pathlib import Path

import pypdfium2
from PIL import Image, ImageChops, ImageStat
from tests.documents.issued import issue_of
from tests.documents.reading import pages

from osdesk.documents.papers import render_paper
from osdesk.domain.codes import Paper, PaperFormat
from osdesk.domain.papers.facts import PAPERS

FOLDER = Path(__file__).parent / "documents" / "golden"
SCALE = 0.55
"""About 40 dots an inch: enough to see what moved, small enough to keep."""
GREYS = 16
MOST_OFF = 1.5
"""Mean difference of a picture in greys of 255: another smoothing of letters, no moved line."""
BLOCK = 20
MOST_OFF_BLOCK = 40.0
"""The same of any small block: a line that came or went."""


def papers() -> Iterator[tuple[Paper, PaperFormat]]:
    for paper, facts in PAPERS.items():
        for form in facts.formats:
            yield paper, form


def name_of(paper: Paper, form: PaperFormat) -> str:
    return f"{paper.value}-{form.value}"


def drawn(paper: Paper, form: PaperFormat) -> bytes:
    return render_paper(issue_of(paper), form, logo=None)


def text_of(pdf: bytes) -> str:
    """Every line of every page as it is drawn, in the order of drawing."""
    found = []
    for number, page in enumerate(pages(pdf), start=1):
        found.append(f"== {number}")
        found += [_plain(line.text) for line in page]
    return "\n".join(found) + "\n"


def _plain(text: str) -> str:
    """Pdfium writes a hyphen at a line's end as U+0002, and a blank where a cell ends."""
    return text.replace("\x02", "-").replace("\ufffe", "-").rstrip()


def picture_of(pdf: bytes) -> Image.Image:
    """All pages one beside the other, in a few greys."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        images = [page.render(scale=SCALE, grayscale=True).to_pil() for page in document]
    finally:
        document.close()
    size = (sum(image.width for image in images), max(image.height for image in images))
    whole = Image.new("L", size, 255)
    place = 0
    for image in images:
        whole.paste(image.convert("L"), (place, 0))
        place += image.width
    step = 255 // (GREYS - 1)
    return whole.point(lambda grey: round(grey / step) * step)


def difference(one: Image.Image, other: Image.Image) -> str:
    """What is too different between two pictures, in words; empty where they agree."""
    if one.size != other.size:
        return f"size {one.size} became {other.size}"
    off = ImageChops.difference(one.convert("L"), other.convert("L"))
    mean = ImageStat.Stat(off).mean[0]
    if mean > MOST_OFF:
        return f"mean difference {mean:.2f}"
    small = off.resize(
        (max(off.width // BLOCK, 1), max(off.height // BLOCK, 1)), Image.Resampling.BOX
    )
    worst = small.getextrema()[1]
    return f"a block differs by {worst}" if worst > MOST_OFF_BLOCK else ""


def renew() -> None:
    FOLDER.mkdir(exist_ok=True)
    wanted = set()
    for paper, form in papers():
        pdf = drawn(paper, form)
        text, picture = (FOLDER / f"{name_of(paper, form)}{end}" for end in (".txt", ".png"))
        text.write_text(text_of(pdf), "utf-8", newline="\n")
        image = picture_of(pdf)
        if not picture.exists() or difference(Image.open(picture), image):
            image.quantize(GREYS).save(picture, optimize=True)
        wanted |= {text, picture}
    for file in FOLDER.iterdir():
        if file not in wanted:
            file.unlink()


if __name__ == "__main__":
    renew()
