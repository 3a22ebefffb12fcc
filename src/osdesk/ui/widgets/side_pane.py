"""A form or a list in the place of the panel at the side: Esc leaves it, not the page behind."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from osdesk.domain.views.orders import OrderView
from osdesk.ui.widgets.controls import Card, GhostButton, quiet_label, title_label


class _Inside(QWidget):
    """Chips that go on to a next line need more height on a narrow side than Qt asks for them."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "scrolled")

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._grow()
        return done

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._grow()

    def _grow(self) -> None:
        layout = self.layout()
        if layout is not None and layout.hasHeightForWidth():
            self.setMinimumHeight(layout.heightForWidth(self.width()))


class SideScroll(QScrollArea):
    """``column`` takes the parts, from above."""

    def __init__(self, spacing: int = 6, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        inside = _Inside()
        self.column = QVBoxLayout(inside)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(spacing)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(inside)


class SidePane(Card):
    """The card itself; what a key does in it is said by each."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setObjectName(name)
        self.body.setContentsMargins(14, 12, 12, 12)

    def event(self, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
        ):
            event.accept()  # else the page's own Esc would take it
            return True
        return super().event(event)


class LookPane(SidePane):
    """Something of one order to look at, and the way back."""

    left = Signal()

    def __init__(self, name: str, title: str, inside: QWidget, back: str) -> None:
        super().__init__(name)
        self._who = quiet_label(wrap=True)
        button = GhostButton("Voltar", "Esc")
        button.setObjectName(back)
        button.clicked.connect(self.left)
        self.body.addWidget(title_label(title))
        self.body.addWidget(self._who)
        self.body.addWidget(inside, 1)
        self.body.addWidget(button)

    def ask(self, sheet: OrderView) -> None:
        self._who.setText(f"OS {sheet.number} · {sheet.customer.name}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
