"""The closing of a month on paper: a cover that tells it, then every figure and its orders."""

from collections.abc import Sequence

from osdesk.documents import fonts, report_lists, report_sections
from osdesk.documents.draw import A4, INK, MUTED, Sheet, Style, readable_picture, wrap
from osdesk.documents.report_tables import MARGIN, WIDTH, Pages
from osdesk.documents.report_words import end_of, story
from osdesk.domain.calendar import format_moment, load_zone
from osdesk.domain.figures import MonthReport
from osdesk.domain.identifiers import format_document
from osdesk.domain.shop_shapes import (
    ShopView,
)

TOP = 34.0
BOTTOM = A4[1] - 52.0
"""Where text ends; the foot stands below it."""
FOOT = A4[1] - 32.0
LOGO = (92.0, 50.0)

_SHOP = Style(fonts.SEMIBOLD, 13.5, spacing=1.2)
_SMALL = Style(size=7.5, colour=MUTED, spacing=1.3)
_KICKER = Style(fonts.MEDIUM, 8, MUTED)
_MONTH = Style(fonts.SEMIBOLD, 22, spacing=1.2)
_PARTIAL = Style(fonts.MEDIUM, 10)
_STORY = Style(size=10, spacing=1.45)
_HEAD = Style(fonts.MEDIUM, 8)
_FOOT = Style(size=6.5, colour=MUTED)


def render_month_report(report: MonthReport, *, logo: bytes | None) -> bytes:
    """The PDF of one month, A4 upright; the same report gives the same bytes."""
    month = report.figures.month.label()
    sheet = Sheet(f"Fechamento de {month}", report.shop.name)
    head = _RunningHead(report)
    pages = Pages(sheet, first=TOP, bottom=BOTTOM, head=head.draw)
    _cover(pages, report, logo)
    report_sections.main_figures(pages, report)
    pages.skip(6)
    pages.need(_SMALL.leading)
    pointer = (pages.page, pages.y)
    pages.y += _SMALL.leading
    report_sections.revenue(pages, report)
    report_sections.received(pages, report)
    report_sections.receivable(pages, report)
    report_sections.punctuality(pages, report)
    report_lists.by_names(pages, report)
    listed = report_lists.orders(pages, report)
    named = report_lists.numbers(pages, report)
    _point(sheet, pointer, listed, named)
    _feet(sheet, report)
    return sheet.finish()


class _RunningHead:
    """What says on a loose further page where it belongs."""

    def __init__(self, report: MonthReport) -> None:
        self._right = f"Fechamento do mês · {report.figures.month.label()}"
        room = WIDTH - _HEAD.width(self._right) - 14
        self._left = wrap(report.shop.name, _HEAD, room)

    def draw(self, sheet: Sheet) -> float:
        end = sheet.lines(MARGIN, TOP, self._left, _HEAD)
        sheet.text(MARGIN + WIDTH, TOP + _HEAD.baseline, self._right, _HEAD, "right")
        sheet.rule(MARGIN, end + 3, MARGIN + WIDTH, weight=0.9, colour=INK)
        return end + 10


def _cover(pages: Pages, report: MonthReport, logo: bytes | None) -> None:
    sheet, shop = pages.sheet, report.shop
    left, high = MARGIN, 0.0
    if logo and readable_picture(logo):
        wide, high = sheet.image(logo, MARGIN, pages.y, *LOGO)
        left += wide + 12
    room = MARGIN + WIDTH - left
    end = pages.y
    if shop.name:
        end = sheet.paragraph(left, end, room, shop.name, _SHOP)
    for line in _shop_lines(shop):
        end = sheet.paragraph(left, end, room, line, _SMALL)
    pages.y = max(end, pages.y + high) + 6
    sheet.rule(MARGIN, pages.y, MARGIN + WIDTH, weight=0.9, colour=INK)
    pages.y += 18
    pages.write("FECHAMENTO DO MÊS", _KICKER)
    name = report.figures.month.label()
    pages.write(name[0].upper() + name[1:], _MONTH)
    if report.partial:
        pages.write(f"parcial até {end_of(report)}; os outros meses são inteiros", _PARTIAL)
    pages.skip(8)
    pages.write(" ".join(story(report)), _STORY)
    pages.skip(10)


def _shop_lines(shop: ShopView) -> Sequence[str]:
    document = None
    if shop.document:
        kind = "CPF" if len(shop.document) == 11 else "CNPJ"
        document = f"{kind} {format_document(shop.document)}"
    lines = ((shop.tagline, document), (shop.address, shop.city, shop.phones, shop.email))
    joined = (" · ".join(part for part in line if part) for line in lines)
    return [line for line in joined if line]


def _point(sheet: Sheet, place: tuple[int, float], listed: int, named: int) -> None:
    """On the cover, where the orders behind the figures are: known when all is laid out."""
    page, y = place
    sheet.go_to(page)
    text = (
        f"Lista das ordens do mês: página {listed + 1}. "
        f"Ordens de cada total, pelo número: página {named + 1}."
    )
    sheet.text(MARGIN, y + _SMALL.baseline, text, _SMALL)


def _feet(sheet: Sheet, report: MonthReport) -> None:
    issued = format_moment(report.issued_at, load_zone(report.shop.zone))
    text = f"Emitido em {issued}"
    if report.partial:
        text += f" · parcial até {end_of(report)}"
    for page in range(sheet.pages):
        sheet.go_to(page)
        sheet.text(MARGIN, FOOT, text, _FOOT)
    sheet.number_pages(MARGIN + WIDTH, FOOT, _FOOT)
