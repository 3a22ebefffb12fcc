"""The keys of the window, in one table; each acts on the page that is shown."""

from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget


class KeyActions(Protocol):
    """What the window does for a key."""

    def new_order_key(self) -> None: ...
    def search_key(self) -> None: ...
    def escape_key(self) -> None: ...
    def on_page(self, act: str) -> None: ...
    def page_key(self, place: int) -> None: ...


class Keys(QObject):
    """F2 new, F3 search, F5 read again, F8 receive, F9 print (Shift: which paper), Ctrl+S save,
    Esc back, Ctrl+1 to Ctrl+6 go to a page."""

    def __init__(self, window: QWidget, actions: KeyActions) -> None:
        super().__init__(window)
        self._actions = actions
        standard = QKeySequence.StandardKey
        for keys, act in (
            (("F2", standard.New), actions.new_order_key),
            (("F3", standard.Find), actions.search_key),
            (("F5",), self._refresh),
            (("F8",), self._receive),
            (("F9", standard.Print), self._print),
            (("Shift+F9",), self._choose_print),
            (("Ctrl+S",), self._save),
            (("Esc",), actions.escape_key),
            *(((f"Ctrl+{place}",), partial(actions.page_key, place)) for place in range(1, 7)),
        ):
            for key in keys:
                shortcut = QShortcut(QKeySequence(key), window)
                shortcut.setAutoRepeat(False)
                shortcut.activated.connect(act)

    def _refresh(self) -> None:
        self._actions.on_page("refresh")

    def _receive(self) -> None:
        self._actions.on_page("receive")

    def _print(self) -> None:
        self._actions.on_page("print_now")

    def _choose_print(self) -> None:
        self._actions.on_page("choose_print")

    def _save(self) -> None:
        self._actions.on_page("save")
