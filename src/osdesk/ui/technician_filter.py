"""Whose orders the list shows: one technician's, nobody's, or all."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from osdesk.services.listing import UNASSIGNED
from osdesk.services.staff import employees
from osdesk.texts import NOBODY
from osdesk.ui.desk import Desk
from osdesk.ui.numbered_menu import NumberedMenu
from osdesk.ui.widgets import GhostButton, set_kind

ALL = "todos"
KEY = "Ctrl+L"


class TechnicianFilter(GhostButton):
    chosen = Signal(object)
    """An employee's key, ``UNASSIGNED``, or None for all."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("", KEY, parent=parent)
        self.setObjectName("technicianFilter")
        set_kind(self, "kind", "chip")
        self._desk = desk
        self._technician: int | None = None
        self._menu = NumberedMenu(self)
        self._menu.triggered.connect(self._taken)
        self._menu.aboutToShow.connect(self._fill)
        self.setMenu(self._menu)
        self._say(ALL)

    @property
    def technician(self) -> int | None:
        return self._technician

    def open(self) -> None:
        self.showMenu()

    def _fill(self) -> None:
        """Who works here now; read when it is asked for."""
        self._menu.clear()
        self._menu.add("Todos os técnicos", None)
        for person in self._desk.read(employees, active_only=True):
            self._menu.add(person.name.replace("&", "&&"), person.id)
        self._menu.add(NOBODY, UNASSIGNED)
        for action in self._menu.entries():
            action.setCheckable(True)
            action.setChecked(action.data() == self._technician)

    def _taken(self, action: QAction) -> None:
        self._technician = action.data()
        words = action.text().split("\t")[0].replace("&&", "&")
        self._say(ALL if self._technician is None else words)
        self.chosen.emit(self._technician)

    def take(self, technician: int | None) -> None:
        """Choose somebody as the menu would."""
        self._fill()
        for action in self._menu.entries():
            if action.data() == technician:
                self._taken(action)

    def _say(self, words: str) -> None:
        self.set_text(f"Técnico: {words}")
        self.setAccessibleName(f"Técnico: {words}")
