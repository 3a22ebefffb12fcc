"""The closing of a month on paper, or the report of any other days: a cover that tells it, then
every figure, then the orders and payments behind each of them."""

from collections.abc import Callable

from osdesk.documents.kit import fonts
from osdesk.documents.kit.draw import A4, INK, Sheet, Style, wrap
from osdesk.documents.report import sections as report_lists
from osdesk.documents.report import sections as report_sections
from osdesk.documents.report.cover import SMALL, draw_cover, foot_text
from osdesk.documents.report.orders import draw_lists
from osdesk.documents.report.tables import MARGIN, WIDTH, Pages
from osdesk.documents.report.words import subject_of, title_of
from osdesk.domain.calendar import format_moment, load_zone
from osdesk.domain.views.figures import MonthReport
from osdesk.texts.periods import period_label

TOP = 34.0
BOTTOM = A4[1] - 52.0
"""Where text ends; the foot stands below it."""
FOOT = A4[1] - 32.0

_HEAD = Style(fonts.MEDIUM, 8)
_FOOT = Style(size=7)


def render_month_report(
    report: MonthReport, *, logo: bytes | None, each: Callable[[], object] | None = None
) -> bytes:
    """The PDF of one report, A4 upright; the same report gives the same bytes.

    ``each`` is called twice a page, when it is laid out and when it is drawn; what it raises ends
    the work.
    """
    zone = load_zone(report.shop.zone)
    sheet = Sheet(
        title_of(report),
        report.shop.name,
        subject=subject_of(report),
        issued=report.issued_at.astimezone(zone),
    )
    head = _RunningHead(report)
    pages = Pages(sheet, first=TOP, bottom=BOTTOM, head=head.draw, each=each)
    draw_cover(pages, report, logo)
    report_sections.main_figures(pages, report)
    pages.skip(6)
    pages.need(2 * SMALL.leading)
    pointer = (pages.page, pages.y)
    pages.y += 2 * SMALL.leading
    report_sections.adjustments(pages, report)
    report_sections.revenue(pages, report)
    report_sections.received(pages, report)
    report_sections.receivable(pages, report)
    report_sections.punctuality(pages, report)
    report_lists.by_names(pages, report)
    _point(sheet, pointer, draw_lists(pages, report))
    _feet(sheet, report)
    return sheet.finish(each)


class _RunningHead:
    """What says on a loose further page where it belongs."""

    def __init__(self, report: MonthReport) -> None:
        name = "Fechamento do mês" if report.period.month is not None else "Relatório do período"
        self._right = f"{name} · {period_label(report.period)}"
        room = WIDTH - _HEAD.width(self._right) - 14
        self._left = wrap(report.shop.name, _HEAD, room)

    def draw(self, sheet: Sheet) -> float:
        end = sheet.lines(MARGIN, TOP, self._left, _HEAD)
        sheet.text(MARGIN + WIDTH, TOP + _HEAD.baseline, self._right, _HEAD, "right")
        sheet.rule(MARGIN, end + 3, MARGIN + WIDTH, weight=0.9, colour=INK)
        return end + 10


def _point(sheet: Sheet, place: tuple[int, float], lists: list[tuple[str, int]]) -> None:
    """On the cover, where the lists behind the figures are: known when all is laid out."""
    page, y = place
    sheet.go_to(page)
    named = "; ".join(f"{name}, página {at + 1}" for name, at in lists)
    sheet.paragraph(MARGIN, y, WIDTH, f"O que há por trás dos números: {named}.", SMALL)


def _feet(sheet: Sheet, report: MonthReport) -> None:
    issued = format_moment(report.issued_at, load_zone(report.shop.zone))
    text = " · ".join(part for part in (f"Emitido em {issued}", foot_text(report)) if part)
    for page in range(sheet.pages):
        sheet.go_to(page)
        sheet.text(MARGIN, FOOT, text, _FOOT)
    sheet.number_pages(MARGIN + WIDTH, FOOT, _FOOT)
