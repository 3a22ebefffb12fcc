"""The navigation at the left: pages, and at its foot the shop and who is serving."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QMenu, QVBoxLayout, QWidget

from osdesk.domain.topics import Topic
from osdesk.services.shop.staff import employees
from osdesk.texts import ROLE
from osdesk.ui.desk import Desk
from osdesk.ui.page import PageName
from osdesk.ui.widgets import keymap, theme
from osdesk.ui.widgets.controls import ElidedLabel, NavButton, section_label
from osdesk.ui.widgets.icons import icon, logo_pixmap
from osdesk.ui.window_settings import WindowSettings

PAGES = (
    (PageName.ORDERS, "Ordens", "clipboard-list"),
    (PageName.DASHBOARD, "Painel", "layout-dashboard"),
    (PageName.CUSTOMERS, "Clientes", "users"),
    (PageName.CATALOG, "Catálogo", "package"),
    (PageName.REPORTS, "Relatórios", "file-analytics"),
    (PageName.SETTINGS, "Configurações", "settings"),
)
WIDE, NARROW = 172, 144


class SideBar(QWidget):
    chosen = Signal(str)
    """A ``PageName``."""
    team_requested = Signal()

    def __init__(self, desk: Desk, settings: WindowSettings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sideBar")
        self.setProperty("kind", "side")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._desk = desk
        self._settings = settings
        self._build()
        self._connect()
        self._restore_author()
        self.refresh()

    def _build(self) -> None:
        self._mark = QLabel()
        self._mark.setFixedSize(22, 22)
        name = section_label("osdesk")
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 12)
        head.setSpacing(2)
        head.addWidget(self._mark)
        head.addWidget(name, 1)
        column = self._column = QVBoxLayout(self)
        column.setSpacing(2)
        column.addLayout(head)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, NavButton] = {}
        for place, (entry, words, picture) in enumerate(PAGES, 1):
            button = NavButton(words)
            button.setObjectName(entry)
            button.setToolTip(keymap.key(f"Ctrl+{place}"))
            button.setIcon(icon(picture))
            button.setIconSize(QSize(20, 20))
            self._group.addButton(button)
            self._buttons[entry] = button
            column.addWidget(button)
        column.addStretch()
        self._shop = ElidedLabel("", "quiet")
        self._author = NavButton("")
        self._author.setObjectName("authorButton")
        self._author.setProperty("kind", "author")
        self._author.setCheckable(False)
        self._menu = QMenu(self._author)
        self._author.setMenu(self._menu)
        column.addWidget(self._shop)
        column.addWidget(self._author)
        self.set_narrow(False)

    def _connect(self) -> None:
        self._group.buttonClicked.connect(self._button_clicked)
        self._menu.aboutToShow.connect(self._fill_menu)
        self._menu.triggered.connect(self._menu_chosen)
        self._desk.changed.connect(self._record_changed)
        self._desk.author_changed.connect(self.refresh)

    def set_narrow(self, narrow: bool) -> None:
        self.setFixedWidth(NARROW if narrow else WIDE)
        edge = 4 if narrow else 10
        self._column.setContentsMargins(edge, 14, edge, 10)

    def entry(self, place: int) -> PageName:
        """The n-th page, from 1."""
        return PAGES[place - 1][0]

    def show_page(self, entry: str) -> None:
        """Mark the page that is shown; what has no entry of its own belongs to the orders."""
        self._buttons.get(entry, self._buttons[PageName.ORDERS]).setChecked(True)

    def refresh(self) -> None:
        self._mark.setPixmap(logo_pixmap(22, self.devicePixelRatioF()))
        self._shop.setText(self._desk.shop.name)
        who = next((e for e in self._desk.read(employees) if e.id == self._desk.author), None)
        words = f"{who.name} · {ROLE[who.role].lower()}" if who else "Quem atende?"
        self._author.setText(words.replace("&", "&&"))
        self._author.setToolTip(f"{words}\nQuem atende fica no histórico de cada ordem.")
        self._author.setAccessibleName(f"Quem atende: {who.name if who else 'ninguém'}")

    def _restore_author(self) -> None:
        """Who served last; in a shop of one person nobody has to be picked."""
        active = [e.id for e in self._desk.read(employees, active_only=True)]
        last = self._settings.author
        only = active[0] if len(active) == 1 else None
        self._desk.set_author(last if last in active else only)

    def _record_changed(self, what: Topic) -> None:
        if what is Topic.STAFF and self._desk.author is None:
            self._restore_author()
        if what in (Topic.SHOP, Topic.STAFF):
            self.refresh()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if theme.is_scheme_change(event) and hasattr(self, "_mark"):
            self._mark.setPixmap(logo_pixmap(22, self.devicePixelRatioF()))

    def _fill_menu(self) -> None:
        self._menu.clear()
        choices = QActionGroup(self._menu)
        for employee in self._desk.read(employees, active_only=True):
            action = QAction(f"{employee.name} · {ROLE[employee.role].lower()}", self._menu)
            action.setCheckable(True)
            action.setChecked(employee.id == self._desk.author)
            action.setData(employee.id)
            choices.addAction(action)
            self._menu.addAction(action)
        if self._menu.actions():
            self._menu.addSeparator()
        self._menu.addAction("Cadastrar equipe…")

    def _button_clicked(self, button: NavButton) -> None:
        self.chosen.emit(button.objectName())

    def _menu_chosen(self, action: QAction) -> None:
        if action.data() is None:
            self.team_requested.emit()
        else:
            self._desk.set_author(int(action.data()))
            self._settings.author = self._desk.author
