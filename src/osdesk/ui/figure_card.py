"""One figure of the dashboard as a button: label, value, note; a click leads to what is behind."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from osdesk.ui import theme

EDGE = 14
SIZES = (12, 22, 12)
BASELINES = (24, 52, 74)


class FigureCard(QAbstractButton):
    """Painted by itself: a value of any length shrinks until it fits, it is never cut."""

    def __init__(self, name: str, label: str, tone: str = "ink", parent: QWidget | None = None):
        super().__init__(parent)
        self.setObjectName(name)
        self._label, self._tone = label, tone
        self._value = self._note = ""
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_figure(label, "–", "")

    def show_figure(self, label: str, value: str, note: str, tone: str | None = None) -> None:
        self._label, self._value, self._note = label, value, note
        self._tone = tone or self._tone
        self.setAccessibleName(f"{label}: {value}")
        self.setAccessibleDescription(note)
        self.setToolTip(note)
        self.update()

    def value(self) -> str:
        return self._value

    def note(self) -> str:
        return self._note

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(200, 86)

    def minimumSizeHint(self) -> QSize:
        return QSize(140, 86)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        over = self.underMouse() or self.isDown()
        focus = self.hasFocus()
        painter.setPen(QPen(theme.color("accent" if focus or over else "line"), 2 if focus else 1))
        painter.setBrush(theme.color("soft" if self.isDown() else "surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)
        room = self.width() - 2.0 * EDGE
        texts = (self._label, self._value, self._note)
        tones = ("muted", self._tone, "muted")
        for row, (text, tone) in enumerate(zip(texts, tones, strict=True)):
            font = QFont(self.font())
            font.setWeight(QFont.Weight.DemiBold if row == 1 else QFont.Weight.Normal)
            size = SIZES[row]
            font.setPixelSize(size)
            while size > 10 and QFontMetricsF(font).horizontalAdvance(text) > room:
                size -= 1
                font.setPixelSize(size)
            shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, room)
            painter.setFont(font)
            painter.setPen(theme.color(tone))
            painter.drawText(EDGE, BASELINES[row], shown)
        painter.end()
