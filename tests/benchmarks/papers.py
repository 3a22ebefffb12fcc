"""What papers cost over the same strings and lines on a bare canvas: a sheet, a roll, a hundred of
them, and the first one of a fresh process."""

import subprocess
import sys

from tests.benchmarks.measure import Call, Result, canvas_floor, compare
from tests.builders import make_issue, make_shop

from osdesk.documents.kit.draw import qr_matrix
from osdesk.documents.kit.pix_block import pix_text
from osdesk.documents.papers import render_paper
from osdesk.domain.codes import Paper, PaperFormat
from osdesk.domain.views.orders import IssuedPaper

FORMS = (
    (PaperFormat.A4_HALF, "OS para assinar, A4"),
    (PaperFormat.ROLL_80, "OS para assinar, bobina"),
)
PIX = {
    "pix_key": "12345678-1234-4234-8234-123456789012",
    "pix_name": "Eletrônica Horizonte",
    "pix_city": "São Paulo",
}

LIBRARIES = """
from reportlab.graphics.barcode import qrencoder
from reportlab.pdfgen.canvas import Canvas
from osdesk.documents.kit import fonts
from tests.builders import make_issue
fonts.prepare()
"""
FIRST = f"""{LIBRARIES}
from osdesk.documents.papers import render_paper
from osdesk.domain.codes import PaperFormat
render_paper(make_issue(), PaperFormat.A4_HALF, logo=None)
"""


def papers() -> list[Result]:
    results = []
    for form, name in FORMS:
        floor, ours = _calls(form, make_issue())
        results.append(compare(name, [floor], [ours], budget=2, rounds=15))
        hundred = [_times(100, floor)], [_times(100, ours)]
        results.append(compare(f"{name}, cem", *hundred, budget=2, rounds=3))
    floor, ours = _calls(PaperFormat.A4_HALF, make_issue(Paper.DELIVERY, shop=make_shop(**PIX)))
    results.append(compare("entrega com Pix no verso, A4", [floor], [ours], budget=2, rounds=15))
    first = [_process(LIBRARIES)], [_process(FIRST)]
    results.append(compare("primeiro papel depois do início", *first, budget=2, rounds=5))
    return results


def _calls(form: PaperFormat, issue: IssuedPaper) -> tuple[Call, Call]:
    """The bare canvas and the paper, each with its QR codes encoded anew."""
    codes = [code for code in (issue.qr, pix_text(issue)) if code]

    def draw() -> bytes:
        return render_paper(issue, form, logo=None)

    bare = canvas_floor(draw)

    def floor() -> None:
        qr_matrix.cache_clear()
        for code in codes:
            qr_matrix(code)
        bare()

    def ours() -> None:
        qr_matrix.cache_clear()
        draw()

    return floor, ours


def _times(count: int, call: Call) -> Call:
    def many() -> None:
        for _ in range(count):
            call()

    return many


def _process(program: str) -> Call:
    return lambda: subprocess.run([sys.executable, "-c", program], check=True)
