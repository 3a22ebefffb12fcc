"""A chart on screen: the shapes of ``domain.charts`` in the theme's colours.

A screen reader gets the figures in the description; the arrow keys go from bar to bar.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from osdesk.domain.charts import Align, Drawing, Measure, Paint, Rect, Stroke, Text
from osdesk.ui.widgets import theme

Draw = Callable[[float, float, Measure], Drawing]
"""From width, height and a ruler to the drawing."""


class Chart(QWidget):
    """``chosen`` carries the key of the bar that was clicked or entered."""

    chosen = Signal(object)

    # On the class too: Qt asks for sizes while a whole page is taken apart, when the object's own
    # attributes may be gone already.
    _hint: QSize = QSize(360, 180)
    _draw: Draw | None = None
    _drawing: Drawing | None = None
    _keys: tuple[object, ...] = ()
    _spoken: tuple[str, ...] = ()
    _current = -1

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_drawing(
        self,
        draw: Draw,
        spoken: Sequence[str],
        *,
        keys: Sequence[object] = (),
        height: int | None = None,
    ) -> None:
        """``spoken``: each bar in words; ``keys``: what a click on it means, none for a picture."""
        self._draw, self._spoken, self._keys = draw, tuple(spoken), tuple(keys)
        self._current = min(self._current, len(self._keys) - 1)
        self._drawing = None
        policy = Qt.FocusPolicy.StrongFocus if self._keys else Qt.FocusPolicy.NoFocus
        self.setFocusPolicy(policy)
        self.setAccessibleDescription("; ".join(self._spoken))
        if height is not None:
            self._hint = QSize(self._hint.width(), height)
            self.setFixedHeight(height)
        self.update()

    def sizeHint(self) -> QSize:
        return self._hint

    def minimumSizeHint(self) -> QSize:
        return QSize(120, min(self._hint.height(), 120))

    # -- painting --------------------------------------------------------------------------

    def drawing(self) -> Drawing | None:
        """The shapes for the present size, made once a size."""
        size = (float(self.width()), float(self.height()))
        known = self._drawing
        if known is None or (known.width, known.height) != size:
            self._drawing = self._draw(*size, self._measure) if self._draw else None
            if self._drawing is not None:
                drawn = self._drawing
                self._drawing = Drawing(*size, drawn.shapes, drawn.zones)
        return self._drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        drawing = self.drawing()
        if drawing is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for shape in drawing.shapes:
            match shape:
                case Rect():
                    self._paint_rect(painter, shape)
                case Stroke():
                    self._paint_line(painter, shape)
                case Text():
                    self._paint_text(painter, shape)
        if self.hasFocus():
            if 0 <= self._current < len(drawing.zones):
                zone = drawing.zones[self._current]
                ring = QRectF(zone.x, zone.y, zone.width, zone.height)
            else:
                ring = QRectF(self.rect())
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.color("accent"), 1.5))
            painter.drawRoundedRect(ring.adjusted(1, 1, -1, -1), 4, 4)
        painter.end()

    def _paint_rect(self, painter: QPainter, shape: Rect) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_colour(shape.paint))
        box = QRectF(shape.x, shape.y, shape.width, shape.height)
        painter.drawRoundedRect(box, shape.radius, shape.radius)

    def _paint_line(self, painter: QPainter, shape: Stroke) -> None:
        painter.setPen(QPen(_colour(shape.paint), 1))
        y1, y2 = int(shape.y1) + 0.5, int(shape.y2) + 0.5  # on the pixel: a hair line, not a smear
        painter.drawLine(QPointF(shape.x1, y1), QPointF(shape.x2, y2))

    def _paint_text(self, painter: QPainter, shape: Text) -> None:
        painter.setFont(self._font(shape.size))
        painter.setPen(_colour(shape.paint))
        width = self._measure(shape.text, shape.size)
        shift = {Align.LEFT: 0.0, Align.CENTER: width / 2, Align.RIGHT: width}[shape.align]
        painter.drawText(QPointF(shape.x - shift, shape.y), shape.text)

    def _font(self, size: float) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(max(round(size), 1))
        return font

    def _measure(self, text: str, size: float) -> float:
        return QFontMetricsF(self._font(size)).horizontalAdvance(text)

    # -- hand and keyboard -----------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            index = self._bar_at(QPointF(event.pos()))
            if index is not None and index < len(self._spoken):
                QToolTip.showText(event.globalPos(), self._spoken[index], self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    def changeEvent(self, event: QEvent) -> None:
        self._drawing = None
        super().changeEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = self._keys and self._bar_at(event.position()) is not None
        shape = Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor
        self.setCursor(shape)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        index = self._bar_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and index is not None:
            self._choose(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Down: 1,
        }
        key = Qt.Key(event.key())
        if self._keys and key in steps:
            start = self._current if self._current >= 0 else len(self._keys)
            self._current = min(max(start + steps[key], 0), len(self._keys) - 1)
            self.update()
        elif self._keys and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._choose(self._current if self._current >= 0 else len(self._keys) - 1)
        else:
            super().keyPressEvent(event)

    def _bar_at(self, point: QPointF) -> int | None:
        drawing = self.drawing()
        return drawing.zone_at(point.x(), point.y()) if drawing else None

    def _choose(self, index: int) -> None:
        if index < len(self._keys):
            self._current = index
            self.update()
            self.chosen.emit(self._keys[index])


def _colour(paint: Paint) -> QColor:
    """The theme's colour of a role: names are those of ``theme.color``."""
    return theme.color(
        {
            Paint.BAR: "bar",
            Paint.BAR_STRONG: "accent",
            Paint.BAR_LATE: "red",
            Paint.TRACK: "grey_soft",
            Paint.GRID: "line",
            Paint.AXIS: "line",
            Paint.INK: "ink",
            Paint.MUTED: "muted",
        }[paint]
    )
