"""Nothing is printed under 7 points, and small text is black: a laser printer breaks grey up."""

import ctypes

import pypdfium2
import pytest
from pypdfium2 import raw
from tests.documents.report.test_month_report import make_report
from tests.documents.samples import CASES, drawn

from osdesk.documents.report.month_report import render_month_report

LEAST = 7.0
SMALL = 8.5
"""Up to here only black holds."""


def texts(pdf: bytes) -> set[tuple[float, tuple[int, int, int]]]:
    """Size and colour of every text of a PDF."""
    found = set()
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            for part in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
                size = ctypes.c_float()
                raw.FPDFTextObj_GetFontSize(part, size)
                parts = [ctypes.c_uint() for _ in range(4)]
                raw.FPDFPageObj_GetFillColor(part, *parts)
                red, green, blue, _ = (each.value for each in parts)
                found.add((round(size.value, 2), (red, green, blue)))
    return found


def expect(pdf: bytes) -> None:
    found = texts(pdf)
    assert found
    assert min(size for size, _ in found) >= LEAST
    assert {colour for size, colour in found if size <= SMALL} == {(0, 0, 0)}


@pytest.mark.parametrize(("paper", "form"), [case[1:] for case in CASES if case[0] == "typical"])
def test_of_each_paper(paper, form):
    found = texts(drawn("typical", paper, form))
    assert min(size for size, _ in found) >= LEAST
    assert {colour for _, colour in found} == {(0, 0, 0)}


def test_of_the_month_report():
    expect(render_month_report(make_report(40), logo=None))
