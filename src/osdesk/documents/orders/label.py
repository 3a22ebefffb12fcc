"""Etiqueta: what is stuck on the device, found again by number, name, device and bar code.

Number and bar code are always whole. Name and device wrap and step down; what three lines of the
smallest step cannot hold ends in "…". Room that is left tells what is wrong and what was left with
the device.
"""

from dataclasses import dataclass

from reportlab.graphics.barcode.code128 import Code128

from osdesk.documents.kit import fonts
from osdesk.documents.kit.draw import Sheet, Style, wrap
from osdesk.documents.kit.style import MM
from osdesk.domain.calendar import format_short, load_zone
from osdesk.domain.codes import PaperFormat
from osdesk.domain.views.orders import IssuedPaper, OrderView

LABELS: dict[PaperFormat, tuple[float, float]] = {
    PaperFormat.LABEL_62: (62 * MM, 29 * MM),
    PaperFormat.LABEL_50: (50 * MM, 30 * MM),
}
MARGIN = 4.5
MOST_LINES = 3
"""Of the name, and of the device."""
QUIET = 10
"""Modules of white that Code 128 wants at both sides."""
MODULES = tuple(dots * 25.4 / 203 * MM for dots in (6, 5, 4, 3, 2))
"""Whole dots of a heat printer of 203 an inch: the widest bars that fit are read best, by a phone
too."""
CUT = "…"


@dataclass(frozen=True, slots=True)
class Step:
    """One size of everything on a label."""

    number: float
    text: float
    code: float

    @property
    def figure(self) -> Style:
        return Style(fonts.CONDENSED_SEMIBOLD, self.number, spacing=1.08)

    @property
    def name(self) -> Style:
        return Style(fonts.CONDENSED_SEMIBOLD, self.text, spacing=1.1)

    @property
    def device(self) -> Style:
        return Style(fonts.CONDENSED, self.text, spacing=1.1)


SMALL = Style(fonts.CONDENSED, 7, spacing=1.1)
"""Of what is told where there is room."""
STEPS = (Step(24, 9.5, 20), Step(22, 9, 16.5), Step(18, 8, 15), Step(14, 7, 12))


@dataclass(frozen=True, slots=True)
class _Wrapped:
    """A label's texts, wrapped in one step."""

    step: Step
    beside: list[tuple[str, Style]]
    """At the right of the number: the promise and the slot."""
    below: list[tuple[str, Style]]
    whole: bool
    """Nothing had to be cut."""

    @property
    def top(self) -> float:
        """Height of the number and of what stands beside it."""
        return max(self.step.figure.leading, sum(style.leading for _, style in self.beside))

    @property
    def height(self) -> float:
        lines = sum(style.leading for _, style in self.below)
        return self.top + lines + 2 + self.step.code


def draw_label(issue: IssuedPaper, form: PaperFormat, _logo: bytes | None) -> Sheet:
    """One label on a page of its size; it has no room for a logo."""
    width, height = LABELS[form]
    inner = width - 2 * MARGIN
    tried = [_wrapped(issue.order, inner, step) for step in STEPS]
    room = height - 2 * MARGIN
    fitting = [each for each in tried if each.whole and each.height <= room] or tried[-1:]
    chosen = fitting[0]
    if issue.edition > 1:
        # one step smaller for a line of what is wrong; the number stays the largest thing
        tells = [each for each in fitting[:2] if each.height + SMALL.leading <= room]
        chosen = next(iter(tells), chosen)
        chosen.below.extend(_told(issue.order, inner, room - chosen.height))
    sheet = Sheet(
        f"Etiqueta {issue.number}",
        issue.shop.name,
        subject=f"OS {issue.number}, versão {issue.version}",
        issued=issue.issued_at.astimezone(load_zone(issue.shop.zone)),
        size=(width, height),
    )
    _draw(sheet, issue.number, chosen, width, height)
    return sheet


def _wrapped(order: OrderView, width: float, step: Step) -> _Wrapped:
    number = step.figure.width(str(order.number))
    room = width - number - 6
    beside, fits = [], True
    for text, style in ((_promised(order), step.device), (order.slot or "", step.name)):
        if text:
            line, whole = _cut(text, style, room, 1)
            beside += [(each, style) for each in line]
            fits = fits and whole
    below = []
    for text, style in ((order.customer.name, step.name), (order.equipment.title, step.device)):
        lines, whole = _cut(text, style, width, MOST_LINES)
        below += [(line, style) for line in lines]
        fits = fits and whole
    return _Wrapped(step, beside, below, fits)


def _told(order: OrderView, width: float, room: float) -> list[tuple[str, Style]]:
    """The reason and the accessories, in as many small lines as there is room for."""
    most = int(room // SMALL.leading)
    if most < 1:
        return []
    left = order.equipment.accessories
    words = " · ".join(filter(None, (order.reason, left and f"com: {left}")))
    return [(line, SMALL) for line in _cut(words, SMALL, width, most)[0]]


def _promised(order: OrderView) -> str:
    if order.promised_on is None:
        return ""
    return f"para {format_short(order.promised_on)} {order.promised_time or ''}".rstrip()


def _cut(text: str, style: Style, room: float, most: int) -> tuple[list[str], bool]:
    """At most ``most`` lines, the last one ended by a visible mark where more was said."""
    lines = wrap(text.replace("\n", " "), style, room)
    if len(lines) <= most:
        return lines, True
    last = lines[most - 1]
    while last and style.width(last + CUT) > room:
        last = last[:-1]
    return [*lines[: most - 1], last.rstrip() + CUT], False


def _draw(sheet: Sheet, number: int, chosen: _Wrapped, width: float, height: float) -> None:
    step, y = chosen.step, MARGIN
    sheet.text(MARGIN, y + step.figure.baseline, str(number), step.figure)
    for text, style in chosen.beside:
        sheet.text(width - MARGIN, y + style.baseline, text, style, "right")
        y += style.leading
    y = MARGIN + chosen.top
    for text, style in chosen.below:
        sheet.text(MARGIN, y + style.baseline, text, style)
        y += style.leading
    module, code = _code(number, width - 2 * MARGIN, step.code)
    quiet = max(QUIET * module - MARGIN, 0)
    sheet.record(lambda canvas: code.drawOn(canvas, MARGIN + quiet, MARGIN))


def _code(number: int, room: float, high: float) -> tuple[float, Code128]:
    for module in MODULES:
        code = Code128(str(number), barWidth=module, barHeight=high, quiet=0, humanReadable=False)
        if code.width + 2 * max(QUIET * module - MARGIN, 0) <= room:
            break
    return module, code
