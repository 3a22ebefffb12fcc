"""A form or a list in the place of the panel at the side: Esc leaves it, not the page behind."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from osdesk.domain.views.orders import OrderView
from osdesk.ui.widgets.controls import Card, GhostButton, quiet_label, title_label


class SidePane(Card):
    """The card itself; what a key does in it is said by each."""

    done = Signal(int)
    """What it asked for is recorded; the order's number."""
    left = Signal()
    """Esc or *Voltar*."""
    asks_step = False
    """Asks what a step needs: changes of the order are in hand already, and must wait."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setObjectName(name)
        self.body.setContentsMargins(14, 12, 12, 12)

    def has_text(self) -> bool:
        """Whether leaving would throw something away that was typed."""
        return False

    def print_receipt(self) -> bool:
        """Print the receipts of what was just recorded; False where nothing was."""
        return False

    def event(self, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
        ):
            event.accept()  # else the page's own Esc would take it
            return True
        return super().event(event)


def pane_keys(pane: SidePane, acts: Mapping[str, Callable[[], object]]) -> None:
    """Keys of a pane, wherever in it the keyboard is: a field would type the letter of Alt+W."""
    for key, act in acts.items():
        shortcut = QShortcut(QKeySequence(key), pane)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.setAutoRepeat(False)
        shortcut.activated.connect(act)


class LookPane(SidePane):
    """Something of one order to look at, and the way back."""

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
