"""Nine dots: an unlock pattern is drawn with the mouse or typed as the dots' order, and shown."""

from itertools import pairwise

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from osdesk.ui import theme

SIDE = 96
DOT, NEAR = 4.0, 14.0


class PatternGrid(QWidget):
    """``dots``: the order as digits, from the upper left (1) by rows to the lower right (9)."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._dots = ""
        self._fixed = False
        self.setObjectName("patternGrid")
        self.setFixedSize(SIDE, SIDE)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setToolTip("Desenhe com o mouse ou digite a ordem: 1 é o alto à esquerda, 9 o fim")
        self._name()

    @property
    def dots(self) -> str:
        return self._dots

    def show_dots(self, dots: str, *, fixed: bool = False) -> None:
        """``fixed``: only to be looked at."""
        self._dots, self._fixed = dots, fixed
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus if fixed else Qt.FocusPolicy.StrongFocus)
        self._name()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(SIDE, SIDE)

    def _name(self) -> None:
        words = "-".join(self._dots) or "vazio"
        self.setAccessibleName(f"Desenho de desbloqueio: {words}")

    def _add(self, dot: str) -> None:
        if not self._fixed and dot not in self._dots:
            self._dots += dot
            self._told()

    def _told(self) -> None:
        self._name()
        self.update()
        self.edited.emit()

    # -- by hand ---------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() and event.text() in "123456789":
            self._add(event.text())
        elif event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete) and not self._fixed:
            self._dots = self._dots[:-1] if event.key() == Qt.Key.Key_Backspace else ""
            self._told()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self._fixed:
            self._dots = ""
            self._told()
            self._touch(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._touch(event.position())

    def _touch(self, place: QPointF) -> None:
        for number in range(1, 10):
            away = place - _centre(number)
            if abs(away.x()) <= NEAR and abs(away.y()) <= NEAR:
                self._add(str(number))

    # -- as it looks -----------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("accent" if self.hasFocus() else "line"), 1))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 6, 6)
        path = [_centre(int(dot)) for dot in self._dots]
        painter.setPen(QPen(theme.color("accent"), 3))
        for start, end in pairwise(path):
            painter.drawLine(start, end)
        painter.setPen(Qt.PenStyle.NoPen)
        for number in range(1, 10):
            drawn = str(number) in self._dots
            painter.setBrush(theme.color("accent" if drawn else "muted"))
            size = DOT + 2 if drawn else DOT
            painter.drawEllipse(_centre(number), size, size)
        if path:  # where it begins: read from the start, not from the end
            painter.setBrush(theme.color("surface"))
            painter.drawEllipse(path[0], 2.5, 2.5)


def _centre(number: int) -> QPointF:
    row, column = divmod(number - 1, 3)
    step = SIDE / 3
    return QPointF(step * (column + 0.5), step * (row + 0.5))
