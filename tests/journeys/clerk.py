"""Somebody at the counter: only keys go in, and every one of them is counted."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget

WAY = {"Enter": "Return", "Shift+Tab": "Shift+Backtab"}


class Clerk:
    """``press`` and ``type`` go where the focus is; ``go`` walks there by Tab."""

    def __init__(self, window: Any, qtbot: Any) -> None:
        self.window = window
        self.keys = 0
        self._qtbot = qtbot

    # -- keys ------------------------------------------------------------------------------

    def press(self, *keys: str) -> None:
        for key in keys:
            combination = QKeySequence(WAY.get(key, key))[0]
            self.keys += 1
            QTest.keyClick(self.hand(), combination.key(), combination.keyboardModifiers())

    def type(self, text: str) -> None:
        """What a test's keyboard cannot type is pasted, and counted letter by letter."""
        self.keys += len(text)
        if text.isascii():
            QTest.keyClicks(self.hand(), text)
        else:
            QGuiApplication.clipboard().setText(text)
            QTest.keyClick(self.hand(), Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)

    def go(self, name: str) -> None:
        """Tab until the focus is on or in the part of that name."""
        for _ in range(80):
            if self.is_at(name):
                return
            self.press("Tab")
        raise AssertionError(f"Tab never comes to {name}, it is at {self.at()}")

    def choose(self, words: str) -> None:
        """An entry of the menu that the button with the focus opens."""
        self.press("Enter")
        _, entries = self._menu()
        assert words in entries
        self.press(*["Down"] * (entries.index(words) + 1), "Enter")

    def choose_now(self, words: str) -> None:
        """An entry of the menu that is open, by its number."""
        _, entries = self._menu()
        assert words in entries, entries
        self.press(str(entries.index(words) + 1))

    def _menu(self) -> tuple[QMenu, list[str]]:
        self.wait(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        return menu, [
            action.text().split("\t")[0] for action in menu.actions() if not action.isSeparator()
        ]

    def spent(self, since: int, *free: str) -> int:
        """Keys since then; what only this customer could say is not counted."""
        return self.keys - since - sum(len(text) for text in free)

    # -- eyes ------------------------------------------------------------------------------

    def hand(self) -> QWidget:
        """Where the next key goes; a test's screen may forget which window is the active one."""
        popup = QApplication.activePopupWidget()
        if popup is None and not self.window.isActiveWindow() and self.window.isVisible():
            self.window.activateWindow()
            self.wait(self.window.isActiveWindow)
        return popup or QApplication.focusWidget() or self.window.focusWidget() or self.window

    def at(self) -> str:
        names = []
        part: QWidget | None = self.hand()
        while part is not None:
            names.append(part.objectName())
            part = part.parentWidget()
        return " < ".join(filter(None, names))

    def is_at(self, name: str) -> bool:
        return name in self.at().split(" < ")

    def see(self, name: str) -> Any:
        """A part by its name, which must be in sight."""
        found = [part for part in self.window.findChildren(QWidget, name) if part.isVisible()]
        assert found, f"{name} is not in sight"
        return found[0]

    def seen(self, name: str) -> bool:
        """Whether a part of that name is in sight."""
        return any(part.isVisible() for part in self.window.findChildren(QWidget, name))

    def said(self, name: str = "editorMessage") -> str:
        """What a bar says."""
        return str(self.see(name).accessibleName())

    def page(self) -> str:
        return str(self.window.current.objectName())

    def wait(self, until: Callable[[], object]) -> None:
        self._qtbot.waitUntil(lambda: bool(until()))
