"""The small parts that every screen is made of: card, labels, buttons, pill, message bar."""

from typing import ClassVar

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from osdesk.ui.widgets import keymap, theme
from osdesk.ui.widgets.icons import icon, icon_pixmap


def count_text(n: int) -> str:
    """``10.445``: a count as it is read here."""
    return f"{n:,}".replace(",", ".")


def set_kind(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the style sheet looks at, and have it looked at again."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def _label(text: str, kind: str, wrap: bool) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)  # a customer called <b> is no markup
    label.setWordWrap(wrap)
    if kind:
        label.setProperty("kind", kind)
    return label


def text_label(text: str = "", *, wrap: bool = False) -> QLabel:
    return _label(text, "", wrap)


def title_label(text: str = "") -> QLabel:
    """A page's title, 20 px."""
    return _label(text, "title", False)


def section_label(text: str = "") -> QLabel:
    """A card's title, 14 px."""
    return _label(text, "section", False)


def strong_label(text: str = "", *, wrap: bool = False) -> QLabel:
    return _label(text, "strong", wrap)


def quiet_label(text: str = "", *, wrap: bool = False) -> QLabel:
    """Muted, 12 px."""
    return _label(text, "quiet", wrap)


def error_label(text: str = "") -> QLabel:
    """Inline error, red, 12 px."""
    return _label(text, "error", True)


def key_hint(key: str) -> QLabel:
    """A key beside what it does."""
    return _label(keymap.key(key), "key", False)


def thin_line() -> QFrame:
    line = QFrame()
    line.setProperty("kind", "line")
    line.setFixedHeight(1)
    return line


class Card(QFrame):
    """White ground, thin border; put things into ``body``."""

    def __init__(self, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(14, 12, 14, 14)
        self.body.setSpacing(8)
        if title:
            self.body.addWidget(section_label(title))


class ElidedLabel(QLabel):
    """One line that ends in … where there is no room; the whole text is the tool tip."""

    def __init__(self, text: str = "", kind: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        if kind:
            self.setProperty("kind", kind)
        self.setText(text)

    def minimumSizeHint(self) -> QSize:
        return QSize(40, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(self.palette().color(self.foregroundRole()))
        metrics = self.fontMetrics()
        shown = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        self.setToolTip(self.text() if shown != self.text() else "")
        painter.drawText(self.rect(), self.alignment() | Qt.AlignmentFlag.AlignVCenter, shown)


def _with_key(text: str, key: str) -> str:
    return f"{text}  {key}" if key else text


class _Button(QPushButton):
    KIND = ""

    def __init__(
        self,
        text: str = "",
        key: str = "",
        icon_name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._key = keymap.key(key)
        if self.KIND:
            self.setProperty("kind", self.KIND)
        self.setAutoDefault(False)
        self.set_text(text)
        if icon_name:
            self.setIcon(icon(icon_name, self._icon_token(), self._icon_token()))
            self.setIconSize(QSize(18, 18))

    def set_text(self, text: str) -> None:
        """The words; the key stays behind them."""
        self.setText(_with_key(text.replace("&", "&&"), self._key))
        self.setAccessibleName(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Enter presses the button that has the focus, as everywhere in this program.
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)

    def _icon_token(self) -> str:
        return "on_accent" if self.KIND == "primary" else "muted"


class PrimaryButton(_Button):
    """The one filled button of a screen."""

    KIND = "primary"


class GhostButton(_Button):
    """A button with a thin border."""


class FlatButton(_Button):
    """Words that can be clicked, no border."""

    KIND = "flat"


class DangerButton(_Button):
    """What throws something away: red words."""

    KIND = "danger"


class ChipButton(QPushButton):
    """A filter over a list, with the count of what is behind it."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._text = text
        self.setProperty("kind", "chip")
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setAccessibleName(text)

    def set_count(self, n: int | None) -> None:
        words = self._text if n is None else f"{self._text}  {count_text(n)}"
        if words != self.text():
            self.setText(words)
        self.setAccessibleName(words)


class NavButton(QPushButton):
    """An entry of the navigation."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setProperty("kind", "nav")
        self.setCheckable(True)
        self.setAutoDefault(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)


PILL_HEIGHT = 26


def pill_width(text: str) -> int:
    return QFontMetrics(theme.medium(12)).horizontalAdvance(text) + 20


def paint_pill(
    painter: QPainter,
    place: QRect,
    text: str,
    tone: str,
    *,
    right: bool = False,
    height: int = PILL_HEIGHT,
) -> None:
    """A status word on its soft ground, at the left (or right) of ``place``, centred in height.

    Sets pen, brush and font of the painter.
    """
    width = min(pill_width(text), place.width())
    left = place.right() + 1 - width if right else place.left()
    top = place.top() + (place.height() - height) // 2
    pill = QRect(left, top, width, height)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color(f"{tone}_soft"))
    painter.drawRoundedRect(QRectF(pill), min(12, height / 2), min(12, height / 2))
    painter.setFont(theme.medium(12))
    painter.setPen(theme.color(tone))
    metrics = QFontMetrics(theme.medium(12))
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, width - 16)
    painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, shown)


class Pill(QWidget):
    """A status word by itself, as in a panel's head."""

    def __init__(self, text: str = "", tone: str = "grey", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text, self._tone = text, tone
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_status(self, text: str, tone: str) -> None:
        self._text, self._tone = text, tone
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def text(self) -> str:
        return self._text

    def sizeHint(self) -> QSize:
        return QSize(pill_width(self._text), PILL_HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._text:
            paint_pill(QPainter(self), self.rect(), self._text, self._tone)


GOOD_NEWS_MS = 5000


class MessageBar(QFrame):
    """One place for what must be said: tone ``red``, ``amber``, ``green`` or empty.

    Hidden while there is nothing to say. It can offer one action.
    """

    acted = Signal()
    closed = Signal()
    ICONS: ClassVar = {"red": "alert-triangle", "amber": "info-circle", "green": "circle-check"}

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "bar")
        self._tone = ""
        self._sign = QLabel()
        self._words = text_label(wrap=True)
        self._action = FlatButton()
        self._leaving = QTimer(self, singleShot=True, interval=GOOD_NEWS_MS)
        self._leaving.timeout.connect(self.clear)
        self._close = FlatButton("", "", "x")
        self._close.setToolTip("Fechar aviso")
        self._close.setAccessibleName("Fechar aviso")
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 5, 6, 5)
        row.setSpacing(8)
        row.addWidget(self._sign)
        row.addWidget(self._words, 1)
        row.addWidget(self._action)
        row.addWidget(self._close)
        self._action.clicked.connect(self.acted)
        self._close.clicked.connect(self.clear)
        self.hide()

    def say(self, text: str, tone: str = "red", action: str = "", *, lasting: bool = False) -> None:
        """Show a sentence; ``lasting`` leaves out the cross. Good news go by themselves."""
        self._leaving.stop()
        if tone == "green":
            self._leaving.start()
        self._tone = tone
        self._words.setText(text)
        self._action.set_text(action)
        self._action.setVisible(bool(action))
        self._close.setVisible(not lasting)
        self.setAccessibleName(text)
        set_kind(self, "tone", tone)
        set_kind(self._words, "tone", tone)
        self._paint_sign()
        self.show()

    def text(self) -> str:
        return self._words.text() if not self.isHidden() else ""

    def clear(self) -> None:
        if not self.isHidden():
            self.hide()
            self._words.setText("")
            self.closed.emit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if theme.is_scheme_change(event) and hasattr(self, "_sign"):
            self._paint_sign()

    def _paint_sign(self) -> None:
        name = self.ICONS.get(self._tone, "info-circle")
        colour: QColor = theme.color(self._tone or "muted")
        self._sign.setPixmap(icon_pixmap(name, colour, 18, self.devicePixelRatioF()))
