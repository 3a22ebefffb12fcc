"""The screen's charts on paper: green vectors, late told by lines and not by colour."""

from ctypes import byref, c_int, c_uint

import pypdfium2
import pypdfium2.raw as pdfium

from osdesk.documents.kit import charts
from osdesk.documents.kit.draw import Sheet
from osdesk.domain.charts import Bar, Drawing, column_bars, row_bars

Colour = tuple[int, int, int]


def painted(drawing: Drawing) -> tuple[list[Colour], int, str]:
    """Colours of the filled shapes, how many lines there are, and the text."""
    sheet = Sheet("Gráfico")
    assert charts.paint(sheet, drawing, 50, 100) == 100 + drawing.height
    fills: list[Colour] = []
    lines = 0
    with pypdfium2.PdfDocument(sheet.finish()) as document:
        page = document[0]
        for shape in page.get_objects():
            if shape.type != pdfium.FPDF_PAGEOBJ_PATH:
                continue
            mode, stroke = c_int(), c_int()
            pdfium.FPDFPath_GetDrawMode(shape.raw, byref(mode), byref(stroke))
            if mode.value == pdfium.FPDF_FILLMODE_NONE:
                lines += 1
                continue
            red, green, blue, alpha = c_uint(), c_uint(), c_uint(), c_uint()
            pdfium.FPDFPageObj_GetFillColor(
                shape.raw, byref(red), byref(green), byref(blue), byref(alpha)
            )
            fills.append((red.value, green.value, blue.value))
        return fills, lines, page.get_textpage().get_text_range()


def test_labels_and_axis_are_text_and_bars_the_houses_green():
    bars = [Bar("jan", 100_000), Bar("fev", 250_000, strong=True), Bar("mar", -20_000)]
    fills, lines, text = painted(column_bars(bars, 400, 160, charts.measure, 8))
    assert len(fills) == 3
    for red, green, blue in fills:
        assert green > max(red, blue)
        assert (299 * red + 587 * green + 114 * blue) // 1000 < 140  # an even grey on a laser
    assert sum(fills[1]) < sum(fills[0]), "the one that is meant is the darkest"
    assert lines >= 3  # the grid
    for word in ("jan", "fev", "mar", "2 mil"):
        assert word in text


def test_what_is_late_is_hatched():
    _, plain, _ = painted(row_bars([Bar("Edson", 10)], 400, charts.measure))
    bar = Bar("Edson", 10, late=4, note="4 atrasadas")
    fills, hatched, text = painted(row_bars([bar], 400, charts.measure))
    assert hatched > plain + 20
    assert len(fills) == 2
    assert "4 atrasadas" in text


def test_a_chart_of_nothing_draws_its_axis_only():
    fills, lines, text = painted(
        column_bars([Bar("1", 0), Bar("2", 0)], 300, 100, charts.measure, 8)
    )
    assert fills == []
    assert lines >= 1
    assert "2" in text
