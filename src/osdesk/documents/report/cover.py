"""The first page of a month report: whose it is, what happened in figures and in words."""

from collections.abc import Sequence

from osdesk.documents.kit import fonts
from osdesk.documents.kit.draw import INK, LINE, Style, readable_picture
from osdesk.documents.report.tables import MARGIN, WIDTH, Pages
from osdesk.documents.report.words import (
    NONE,
    change,
    closed_at,
    end_of,
    hash_groups,
    reais,
    story,
)
from osdesk.domain.identifiers import format_document
from osdesk.domain.views.figures import MonthReport
from osdesk.domain.views.shop import ShopView
from osdesk.texts.periods import period_label, period_than

LOGO = (92.0, 50.0)

_SHOP = Style(fonts.SEMIBOLD, 13.5, spacing=1.2)
SMALL = Style(size=7.5, spacing=1.3)
_KICKER = Style(fonts.MEDIUM, 8)
_TITLE = Style(fonts.SEMIBOLD, 22, spacing=1.2)
_PARTIAL = Style(fonts.MEDIUM, 10)
_STORY = Style(size=9.5, spacing=1.4)
_STAMP = Style(fonts.SEMIBOLD, 8.5)
_STAMP_SMALL = Style(size=7, spacing=1.35)
_CARD_LABEL = Style(size=7.5)
_CARD_VALUE = Style(fonts.SEMIBOLD, 14.5)
_CARD_SMALLEST = 8.0
_CARD_HIGH = 50.0
_STAMP_WIDE = 176.0


def draw_cover(pages: Pages, report: MonthReport, logo: bytes | None) -> None:
    _shop(pages, report.shop, logo)
    top = pages.y
    monthly = report.period.month is not None
    pages.write("FECHAMENTO DO MÊS" if monthly else "RELATÓRIO DO PERÍODO", _KICKER)
    name = period_label(report.period)
    room = WIDTH - (_STAMP_WIDE + 14 if report.closed else 0)
    pages.y = pages.sheet.paragraph(MARGIN, pages.y, room, name[0].upper() + name[1:], _TITLE)
    if report.partial:
        pages.write(f"parcial até {end_of(report)}, comparado com os mesmos dias", _PARTIAL)
    elif not monthly:
        pages.write("Contado do registro como está hoje, também nos meses já fechados.", SMALL)
    if report.closed:
        pages.y = max(pages.y, _stamp(pages, report, top))
    pages.skip(8)
    _cards(pages, report)
    pages.skip(10)
    for sentence in story(report):
        pages.write(sentence, _STORY)
        pages.skip(1.5)
    pages.skip(8)


def _shop(pages: Pages, shop: ShopView, logo: bytes | None) -> None:
    sheet = pages.sheet
    left, high = MARGIN, 0.0
    if logo and readable_picture(logo):
        wide, high = sheet.image(logo, MARGIN, pages.y, *LOGO)
        left += wide + 12
    room = MARGIN + WIDTH - left
    end = pages.y
    if shop.name:
        end = sheet.paragraph(left, end, room, shop.name, _SHOP)
    for line in _shop_lines(shop):
        end = sheet.paragraph(left, end, room, line, SMALL)
    pages.y = max(end, pages.y + high) + 6
    sheet.rule(MARGIN, pages.y, MARGIN + WIDTH, weight=0.9, colour=INK)
    pages.y += 16


def _shop_lines(shop: ShopView) -> Sequence[str]:
    document = None
    if shop.document:
        kind = "CPF" if len(shop.document) == 11 else "CNPJ"
        document = f"{kind} {format_document(shop.document)}"
    lines = ((shop.tagline, document), (shop.address, shop.city, shop.phones, shop.email))
    joined = (" · ".join(part for part in line if part) for line in lines)
    return [line for line in joined if line]


def _stamp(pages: Pages, report: MonthReport, top: float) -> float:
    """That the month is closed, when, and the hash of what was frozen; answers where it ends."""
    assert report.closed is not None
    sheet, left, pad = pages.sheet, MARGIN + WIDTH - _STAMP_WIDE, 8.0
    digest = report.closed.sha256
    y = sheet.lines(left + pad, top + pad - 2, ["MÊS FECHADO"], _STAMP)
    room = _STAMP_WIDE - 2 * pad
    y = sheet.paragraph(left + pad, y, room, closed_at(report, report.closed), _STAMP_SMALL)
    half = len(digest) // 2
    halves = (hash_groups(digest[:half], half), hash_groups(digest[half:], half))
    for part in ("SHA-256 do que foi congelado:", *halves):
        y = sheet.paragraph(left + pad, y, room, part, _STAMP_SMALL)
    sheet.box(left, top, _STAMP_WIDE, y + pad - 2 - top, stroke=INK, weight=0.9, radius=3)
    return y + pad - 2


def _cards(pages: Pages, report: MonthReport) -> None:
    """The four figures that an owner asks for first, each against the period before."""
    now, then = report.figures, report.before
    unknown = f"{reais(now.cost_unknown)} sem custo informado" if now.cost_unknown else ""
    cards = (
        ("Faturado", now.revenue, then.revenue, "por data de entrega"),
        ("Margem", now.margin, then.margin, unknown or "por data de entrega"),
        (
            "Recebido líquido",
            now.received - now.reversed,
            then.received - then.reversed,
            "por data do recebimento",
        ),
        ("A receber", now.receivable, then.receivable, f"saldo em {end_of(report)}"),
    )
    gap = 8.0
    wide = (WIDTH - gap * (len(cards) - 1)) / len(cards)
    pages.need(_CARD_HIGH)
    sheet, top = pages.sheet, pages.y
    for place, (label, value, old, basis) in enumerate(cards):
        x = MARGIN + place * (wide + gap)
        sheet.box(x, top, wide, _CARD_HIGH, stroke=LINE, weight=0.7, radius=3)
        room = wide - 14
        text = reais(value)
        size = _CARD_VALUE.size
        if (needed := _CARD_VALUE.width(text)) > room:
            size = max(size * room / needed, _CARD_SMALLEST)
        style = Style(fonts.SEMIBOLD, size)
        sheet.text(x + 7, top + 12, label, _CARD_LABEL)
        percent = change(value, old)
        if percent != NONE:
            sheet.text(x + wide - 7, top + 12, percent, _CARD_LABEL, "right")
        sheet.text(x + 7, top + 29, text, style)
        small = _CARD_LABEL.at(min(1.0, room / _CARD_LABEL.width(basis)))
        sheet.text(x + 7, top + 42, basis, small)
    pages.y = top + _CARD_HIGH
    pages.skip(2)
    pages.write(f"As porcentagens comparam com {period_than(report.before.period)}.", SMALL)


def foot_text(report: MonthReport) -> str:
    """What every page says of how firm its figures are."""
    if report.closed:
        return f"Mês fechado · SHA-256 {hash_groups(report.closed.sha256, 16)}"
    if report.partial:
        return f"parcial até {end_of(report)}"
    return "mês ainda não fechado" if report.period.month is not None else ""
