"""Paints two-line rows: a table's model says what stands over what, and in which tone."""

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from osdesk.ui import theme
from osdesk.ui.widgets import paint_pill

LINES_ROLE = Qt.ItemDataRole.UserRole + 20
ROW_HEIGHT = 44
EDGE = 8


@dataclass(frozen=True, slots=True)
class Lines:
    over: str
    under: str = ""
    tone: str = "ink"
    strong: bool = False
    right: bool = False
    pill: str = ""
    """A status word's tone: ``over`` is painted as a pill."""

    @property
    def whole(self) -> str:
        return ", ".join(part for part in (self.over, self.under) if part)


class TwoLines(QStyledItemDelegate):
    """For views whose model answers ``LINES_ROLE`` with ``Lines``."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(60, ROW_HEIGHT)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        rect: QRect = option.rect
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        lines = index.data(LINES_ROLE)
        painter.save()
        painter.fillRect(rect, theme.color("soft" if selected else "surface"))
        foot = QRect(rect.left(), rect.bottom(), rect.width(), 1)
        painter.fillRect(foot, theme.color("line"))
        if selected and index.column() == 0:
            painter.fillRect(rect.left(), rect.top(), 3, rect.height(), theme.color("accent"))
        if isinstance(lines, Lines):
            room = rect.adjusted(EDGE, 0, -EDGE, -1)
            if lines.pill:
                paint_pill(painter, room.adjusted(-2, 0, 6, 0), lines.over, lines.pill)
            else:
                _paint(painter, room, lines, "grey" if selected else "muted")
        painter.restore()


def _paint(painter: QPainter, room: QRect, lines: Lines, quiet: str) -> None:
    face = theme.medium() if lines.strong else theme.font()
    tone = quiet if lines.tone == "muted" else lines.tone
    if not lines.under:
        _write(painter, room, lines.over, face, tone, lines.right)
        return
    upper = QRect(room.left(), room.top() + 4, room.width(), 19)
    lower = QRect(room.left(), room.top() + 22, room.width(), 18)
    _write(painter, upper, lines.over, face, tone, lines.right)
    _write(painter, lower, lines.under, theme.font(12), quiet, lines.right)


def _write(painter: QPainter, room: QRect, text: str, face: QFont, tone: str, right: bool) -> None:
    painter.setFont(face)
    painter.setPen(theme.color(tone))
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    cut = QFontMetrics(face).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, side | Qt.AlignmentFlag.AlignVCenter, cut)
