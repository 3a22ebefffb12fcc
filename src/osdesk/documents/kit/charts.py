"""Charts on paper: the shapes that the screen shows too, as vectors.

Bars are filled in the house's green, dark enough that a laser printer without colour still gives an
even grey; the bar that is meant is darker and has an outline, and what is late is hatched: no
meaning hangs on a colour.
"""

from collections.abc import Mapping

from reportlab.pdfgen.canvas import Canvas

from osdesk.documents.kit import draw, fonts
from osdesk.documents.kit.draw import INK, LINE, Sheet, Style
from osdesk.domain.charts import Align, Drawing, Paint, Rect, Stroke, Text

GREEN = (0.055, 0.373, 0.357)
"""The accent of the screens, of the bar that is meant."""
BAR = (0.29, 0.545, 0.525)
BAR_LINE = 0.35
ALIGNS: Mapping[Align, draw.Align] = {
    Align.LEFT: "left",
    Align.CENTER: "center",
    Align.RIGHT: "right",
}
_HATCH = 3.0
"""Points between the slanted lines of what is late."""


def measure(text: str, size: float) -> float:
    """The ruler that the chart functions ask for."""
    return fonts.width(fonts.clean(text), fonts.REGULAR, size)


def paint(sheet: Sheet, drawing: Drawing, x: float, top: float) -> float:
    """Paint ``drawing`` with its upper left corner at (x, top); returns where it ends."""
    rects = [shape for shape in drawing.shapes if isinstance(shape, Rect)]
    lines = [shape for shape in drawing.shapes if isinstance(shape, Stroke)]
    sheet.record(lambda canvas: _shapes(canvas, rects, lines, x, sheet.height - top))
    for shape in drawing.shapes:
        if isinstance(shape, Text):
            style = Style(size=shape.size)  # black: a laser printer breaks small grey up
            place = x + shape.x
            sheet.text(place, top + shape.y, shape.text, style, ALIGNS[shape.align])
    return top + drawing.height


def _shapes(
    canvas: Canvas, rects: list[Rect], lines: list[Stroke], left: float, upper: float
) -> None:
    canvas.saveState()
    canvas.setDash([])
    for line in lines:
        canvas.setStrokeGray(BAR_LINE if line.paint is Paint.AXIS else LINE)
        canvas.setLineWidth(0.6 if line.paint is Paint.AXIS else 0.3)
        canvas.line(left + line.x1, upper - line.y1, left + line.x2, upper - line.y2)
    for rect in rects:
        _rect(canvas, rect, left + rect.x, upper - rect.y - rect.height)
    canvas.restoreState()


def _rect(canvas: Canvas, rect: Rect, x: float, y: float) -> None:
    radius = min(rect.radius, rect.width / 2, rect.height / 2)
    if rect.paint is Paint.TRACK:
        # the track is only its lower edge: an empty outline would read as a bar
        canvas.setStrokeGray(LINE)
        canvas.setLineWidth(0.3)
        canvas.line(x, y, x + rect.width, y)
        return
    strong, late = rect.paint is Paint.BAR_STRONG, rect.paint is Paint.BAR_LATE
    if late:
        canvas.setFillGray(1)
    else:
        canvas.setFillColorRGB(*(GREEN if strong else BAR))
    canvas.setStrokeGray(INK if strong else BAR_LINE)
    canvas.setLineWidth(0.8 if strong else 0.5)
    outlined = int(strong or late)
    canvas.roundRect(x, y, rect.width, rect.height, radius, stroke=outlined, fill=1)
    if late:
        _hatch(canvas, x, y, rect.width, rect.height)


def _hatch(canvas: Canvas, x: float, y: float, width: float, height: float) -> None:
    canvas.saveState()
    path = canvas.beginPath()
    path.rect(x, y, width, height)
    canvas.clipPath(path, stroke=0, fill=0)
    start = x - height
    while start < x + width:
        canvas.line(start, y, start + height, y + height)
        start += _HATCH
    canvas.restoreState()
