"""Paints the order list's two-line rows from ready texts; fonts and metrics are made once."""

from functools import lru_cache

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter

from osdesk.ui.orders.model import (
    CUSTOMER,
    EQUIPMENT,
    NUMBER,
    PROMISED,
    REQUESTED,
    STATUS,
    TECHNICIAN,
    TEXT_ROLE,
    TOTAL,
)
from osdesk.ui.panes.order_rows import RowText
from osdesk.ui.widgets import theme
from osdesk.ui.widgets.controls import paint_pill
from osdesk.ui.widgets.tables import Index, RowDelegate, side_of, two_lines

LOW_PILL = 20
LEFT, RIGHT = side_of(False), side_of(True)


@lru_cache(maxsize=4096)
def _elided(text: str, size: int, weight: QFont.Weight, width: int) -> str:
    metrics = QFontMetrics(theme.font(size, weight))
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)


@lru_cache(maxsize=256)
def _short_name(name: str, width: int) -> str:
    """The name, or as much of it as has room in a way that people say it: ``Edson R.``, ``Edson``.

    One that is long by itself is cut with … as any other text.
    """
    metrics = QFontMetrics(theme.font())
    first, _, rest = name.partition(" ")
    tries = (name, f"{first} {rest[:1]}.", first) if rest else (name,)
    fitting = (words for words in tries if metrics.horizontalAdvance(words) <= width)
    return next(fitting, first)


class OrdersDelegate(RowDelegate):
    """A cell by its column; ``TEXT_ROLE`` gives the row's words."""

    def paint_cell(self, painter: QPainter, room: QRect, index: Index, quiet: str) -> None:
        text: RowText | None = index.data(TEXT_ROLE)
        if text is not None:
            self._cell(painter, room, index.column(), text, quiet)

    def _cell(self, painter: QPainter, room: QRect, column: int, text: RowText, quiet: str) -> None:
        normal, medium, bold = QFont.Weight.Normal, QFont.Weight.Medium, QFont.Weight.DemiBold
        if column == NUMBER:
            if text.priority:
                under = (text.priority, text.priority_tone)
                _two(painter, room, (text.number, bold, "ink"), under, LEFT)
            else:
                _write(painter, room, text.number, 13, bold, "ink", LEFT)
        elif column in (CUSTOMER, EQUIPMENT):
            over, below = (
                (text.customer, text.phone) if column == CUSTOMER else (text.equipment, text.reason)
            )
            _two(painter, room, (over, medium, "ink"), (below, quiet), LEFT)
        elif column == TECHNICIAN:
            _write(
                painter, room, _short_name(text.technician, room.width()), 13, normal, "ink", LEFT
            )
        elif column == REQUESTED:
            _write(painter, room, text.requested, 13, normal, quiet, LEFT)
        elif column == PROMISED:
            tone = quiet if text.promised_tone == "muted" else text.promised_tone
            weight = normal if tone in ("ink", quiet) else bold
            if text.promised_note:
                _two(painter, room, (text.promised, weight, tone), (text.promised_note, tone), LEFT)
            else:
                _write(painter, room, text.promised, 13, weight, tone, LEFT)
        elif column == STATUS:
            _status(painter, room, text, quiet)
        elif column == TOTAL:
            tone = quiet if text.payment_tone == "muted" else text.payment_tone
            _two(painter, room, (text.total, bold, "ink"), (text.payment, tone), RIGHT)


def _status(painter: QPainter, room: QRect, text: RowText, quiet: str) -> None:
    """The word by itself, or with what it does not say under it."""
    place = room.adjusted(-2, 0, 6, 0)
    if not text.status_note:
        paint_pill(painter, place, text.status, text.status_tone)
        return
    upper = QRect(place.left(), place.top() + 3, place.width(), LOW_PILL)
    paint_pill(painter, upper, text.status, text.status_tone, height=LOW_PILL)
    lower = QRect(room.left() + 6, room.top() + 24, room.width() - 6, 17)
    tone = quiet if text.status_note_tone in ("muted", "grey") else text.status_note_tone
    _write(painter, lower, text.status_note, 12, QFont.Weight.Normal, tone, LEFT)


def _two(
    painter: QPainter,
    room: QRect,
    over: tuple[str, QFont.Weight, str],
    under: tuple[str, str],
    side: Qt.AlignmentFlag,
) -> None:
    upper, lower = two_lines(room)
    _write(painter, upper, over[0], 13, over[1], over[2], side)
    _write(painter, lower, under[0], 12, QFont.Weight.Normal, under[1], side)


def _write(
    painter: QPainter,
    room: QRect,
    text: str,
    size: int,
    weight: QFont.Weight,
    tone: str,
    side: Qt.AlignmentFlag,
) -> None:
    painter.setFont(theme.font(size, weight))
    painter.setPen(theme.color(tone))
    painter.drawText(room, side, _elided(text, size, weight, room.width()))
