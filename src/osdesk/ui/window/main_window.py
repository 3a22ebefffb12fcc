"""The window: navigation, pages made when first seen, one message bar, the keys.

Pages do not know each other: they say what they want, and this is where it is connected.
"""

from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QVBoxLayout, QWidget

from osdesk import __version__
from osdesk.domain.calendar import Month
from osdesk.domain.errors import UserError
from osdesk.domain.orders.status import OrderFilter
from osdesk.domain.topics import Topic
from osdesk.domain.views.shop import BackupFigures, BackupRow, Drill, RestoreRequest
from osdesk.paths import own_dir
from osdesk.texts import sentence
from osdesk.ui.desk import Desk
from osdesk.ui.page import BESIDE, Page, PageName
from osdesk.ui.widgets import keymap
from osdesk.ui.widgets.controls import MessageBar
from osdesk.ui.widgets.icons import window_icon
from osdesk.ui.widgets.overlay import LiesOver
from osdesk.ui.window.ahead import PagesAhead
from osdesk.ui.window.crash_handler import CrashHandler
from osdesk.ui.window.editing import Editing
from osdesk.ui.window.keys import ACTS_KEY, Keys
from osdesk.ui.window.pages import Pages
from osdesk.ui.window.scans import Scanner, SheetDrop
from osdesk.ui.window.side_bar import PAGES, SideBar
from osdesk.ui.window.status_line import StatusLine
from osdesk.ui.window.upkeep import (
    CodeWiper,
    HourlyBackup,
    MonthlyDrill,
    StartCheck,
    backup_wanted,
    show_safety,
)
from osdesk.ui.window_settings import WindowSettings

if TYPE_CHECKING:
    from osdesk.ui.help.manual import ManualWindow
    from osdesk.ui.orders.page import OrdersPage
    from osdesk.ui.window.second_place import SecondPlaceWatch
    from osdesk.ui.window.second_start import SecondStart

NARROW = 1180
ENTRIES = {name: words for name, words, _ in PAGES}
SIZE = QSize(1366, 768)
FRAME = QSize(16, 48)
"""What title and edges of a window take, at most."""
AFTER_PAINT_MS = 300
HELP = {
    PageName.ORDERS: "ordens",
    PageName.EDITOR: "os",
    PageName.SHEETS: "papeis",
    PageName.CUSTOMERS: "clientes",
    PageName.CATALOG: "catalogo",
    PageName.DASHBOARD: "painel",
    PageName.REPORTS: "mes",
    PageName.SETTINGS: "configuracoes",
    PageName.WELCOME: "comecar",
}
"""The manual's chapter of each page."""
DEMONSTRATION = (
    "Demonstração: uma loja inventada, para experimentar à vontade. Nada daqui entra na sua."
)


class MainWindow(QMainWindow):
    backup_wanted = Signal(Path)
    """A backup of this folder is due: an hour has passed, or the window was closed."""
    drill_wanted = Signal(Path)
    """The newest backups of this folder are to be tried: a month has passed."""
    shop_wanted = Signal(object)
    """The window is closed, for the shop in this folder to be opened instead."""
    restore_wanted = Signal(object)
    """The window is closed, for this ``RestoreRequest`` to be done in its folder."""

    def __init__(self, desk: Desk, settings: WindowSettings) -> None:
        super().__init__()
        self.setObjectName("mainWindow")
        self.setWindowIcon(window_icon())
        self.setMinimumSize(1016, 560)
        self._desk = desk
        self._settings = settings
        self._ended = False
        self._next: Path | RestoreRequest | None = None
        """What follows once the window is closed: another shop, a backup in this one's place."""
        self._before: BackupRow | None = None
        self._manual: ManualWindow | None = None
        self._second_start: SecondStart | None = None
        self._second: SecondPlaceWatch | None = None
        self.next_window: QWidget | None = None
        """What was opened in place of this one."""
        self._crash_handler = CrashHandler(self, desk.folder)
        self._build()
        self._connect()
        new_shop = not desk.shop.name and desk.shop.next_number == 1
        self.show_page(PageName.WELCOME if new_shop else PageName.ORDERS)
        self._check = StartCheck(desk, self)
        self._check.damaged.connect(self._say_damaged)
        self._ahead = PagesAhead(desk, self.pages, self)
        self._wiper = CodeWiper(desk, self)
        self._hourly = HourlyBackup(desk, self)
        self._hourly.wanted.connect(self.backup_wanted)
        self._hourly.looked.connect(self._show_safety)
        self._drill = MonthlyDrill(desk, self)
        self._drill.wanted.connect(self.drill_wanted)
        QTimer.singleShot(0, self, self._listen)  # the list is there first

    def _build(self) -> None:
        self.side = SideBar(self._desk, self._settings)
        self.lasting = MessageBar()
        self.lasting.setObjectName("shopBand")
        self.demo = MessageBar()
        self.demo.setObjectName("demoBand")
        self.restored = MessageBar()
        self.restored.setObjectName("restoredBand")
        self.news = MessageBar()
        self.news.setObjectName("newsBand")
        self._own = own_dir(self._desk.folder)
        if self._own is not None:
            self.demo.say(DEMONSTRATION, "amber", "Ir para a minha loja", lasting=True)
        self.pages = Pages(self._desk)
        self.editing = Editing(self.pages, self)
        self.status = StatusLine()
        bar = QVBoxLayout()
        bar.setContentsMargins(16, 0, 16, 0)
        bar.addWidget(self.demo)
        bar.addWidget(self.restored)
        bar.addWidget(self.news)
        bar.addWidget(self.lasting)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addLayout(bar)
        right.addWidget(self.pages, 1)
        right.addWidget(self.status)
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.side)
        row.addLayout(right, 1)
        self.setCentralWidget(whole)
        self.bar = MessageBar(whole)
        self.bar.setObjectName("messageBar")
        LiesOver(self.bar, self.pages, bottom=16, left=18, right=BESIDE)
        if self._settings.geometry is not None:
            self.restoreGeometry(self._settings.geometry)
        else:
            self._fit_screen()

    def _fit_screen(self) -> None:
        """The first window: all of it is in sight, frame and title too; on a small screen it takes
        the whole."""
        room = self.screen().availableSize() - FRAME
        self.resize(SIZE)
        # a screen below the least size shows no more of a maximised window
        small = room.width() < SIZE.width() or room.height() < SIZE.height()
        if small and self.screen().availableSize().width() >= self.minimumWidth():
            self.resize(room.boundedTo(SIZE))
            self.setWindowState(Qt.WindowState.WindowMaximized)

    def _connect(self) -> None:
        self.pages.added.connect(self._page_added)
        self.side.chosen.connect(self._entry_chosen)
        self.side.team_requested.connect(self._team_requested)
        self._keys = Keys(self, self, lambda: self.pages.shown)
        self._scanner = Scanner(self)
        self._scanner.scanned.connect(self._code_scanned)
        SheetDrop(self, self.take_sheets)
        self._desk.changed.connect(self._record_changed)
        self.demo.acted.connect(self._back_to_own_shop)
        self.restored.acted.connect(self._back_to_shop_before)
        self.news.acted.connect(self._open_news)
        self.status.sheets.clicked.connect(self.sheets_key)
        self.status.acts.clicked.connect(self.palette_key)

    # -- pages -----------------------------------------------------------------------------

    def _page_added(self, name: str, page: Page) -> None:
        """What a new page asks for is done here."""
        page.order_requested.connect(self.open_order)
        page.new_order_requested.connect(self.new_order)
        page.new_order_named.connect(self.editing.open_named)
        page.lines_requested.connect(self.editing.open_lines)
        page.draft_requested.connect(self.editing.open_draft)
        page.filter_requested.connect(self.show_filter)
        page.numbers_requested.connect(self.show_numbers)
        page.technician_requested.connect(self.show_technician)
        page.customer_requested.connect(self.show_customer)
        page.month_requested.connect(self.show_month)
        page.said.connect(self.say)
        page.status_changed.connect(self.status.show_text)
        page.title_changed.connect(self._show_title)
        page.shop_requested.connect(self.open_shop)
        page.restore_requested.connect(self.restore)
        page.section_requested.connect(self._show_section)
        page.help_requested.connect(self.open_manual)
        page.closed.connect(self._page_closed)
        page.stayed.connect(self._page_stayed)
        page.take_habits(self._settings.habits(name))

    def _page_closed(self) -> None:
        if self.editing.is_shown:
            self.editing.closed()
        else:
            self.side.refresh()
            self.show_page(PageName.ORDERS)

    def _page_stayed(self) -> None:
        self.editing.stayed()
        self._next = None

    @property
    def orders(self) -> "OrdersPage":
        return self.pages.orders

    @property
    def current(self) -> Page:
        return self.pages.shown

    def page(self, name: str) -> Page:
        """A page by its name, made when it is first asked for."""
        return self.pages.page(name)

    def show_page(self, name: str) -> None:
        page = self.page(name)
        if name not in (PageName.ORDERS, PageName.EDITOR) and PageName.ORDERS in self.pages.made:
            self.orders.end_visit()
        self.bar.clear()
        self._say_what_lasts()
        if page is not self.pages.currentWidget():
            self.status.show_text("")
        QTimer.singleShot(AFTER_PAINT_MS, self._show_safety)
        self.pages.setCurrentWidget(page)
        self.side.show_page(name)
        page.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_title()

    def _show_title(self) -> None:
        """What is shown and whose shop it is, as a task bar tells windows apart."""
        shown = self.current.title() or ENTRIES.get(self.pages.shown_name, "")
        words = (shown, self._desk.shop.name, "osdesk")
        self.setWindowTitle(" · ".join(filter(None, words)))

    def _record_changed(self, what: Topic) -> None:
        if what is Topic.SHOP:
            self._show_title()

    def _say_what_lasts(self) -> None:
        """What is wrong with the shop's file is said on every page."""
        missing = self._desk.store.missing_changes
        if self._desk.refuses:
            self._say_damaged()
        elif missing:
            words = sentence(UserError("changes_missing", count=missing))
            self.lasting.say(words, lasting=True)

    def _say_drill(self, drill: Drill | None) -> None:
        """A backup that does not come back is said on every page, until one does."""
        from osdesk.texts.backups import drill_words

        if drill is not None and drill.failed:
            self.lasting.say(drill_words(drill, self._desk.zone), lasting=True)
        else:
            self.lasting.clear()

    def _say_damaged(self) -> None:
        self.lasting.say(sentence(UserError("shop_read_only")), lasting=True)

    def _show_safety(self) -> None:
        if not self._ended:
            drill = show_safety(self._desk, self._settings, self.status)
            if not self._desk.refuses and not self._desk.store.missing_changes:
                self._say_drill(drill)

    def show_filter(self, which: OrderFilter) -> None:
        self.show_page(PageName.ORDERS)
        self.orders.visit_filter(which)

    def open_order(self, number: int) -> None:
        self.editing.open_order(number)

    def new_order(self, customer: int = 0) -> None:
        self.editing.open_new(customer)

    def say(self, text: str, tone: str = "red") -> None:
        """A sentence in the one message bar; an empty one takes the last one back."""
        if text:
            self.bar.say(text, tone)
        else:
            self.bar.clear()

    def show_customer(self, customer: int) -> None:
        self.show_page(PageName.CUSTOMERS)
        self.pages.customers.show_customer(customer)

    def show_numbers(self, title: str, numbers: Collection[int]) -> None:
        """The orders behind a figure."""
        self.show_page(PageName.ORDERS)
        self.orders.show_numbers(title, numbers)

    def show_technician(self, technician: int | None) -> None:
        self.show_page(PageName.ORDERS)
        self.orders.show_technician(technician)

    def show_month(self, month: Month) -> None:
        self.show_page(PageName.REPORTS)
        self.pages.reports.show_month(month)

    def _entry_chosen(self, entry: str) -> None:
        self.side.show_page(PageName.EDITOR if self.editing.is_shown else entry)
        self.editing.leave(lambda: self.show_page(entry))

    def _team_requested(self) -> None:
        self.editing.leave(self._show_team)

    def _show_team(self) -> None:
        self._show_section("settingsTeam")

    def _show_section(self, name: str) -> None:
        self.pages.settings.show_section(name)
        self.show_page(PageName.SETTINGS)

    # -- first run, keys, the end ----------------------------------------------------------

    def page_key(self, place: int) -> None:
        self._entry_chosen(self.side.entry(place))

    def new_order_key(self) -> None:
        if self.current is self.orders:
            self.orders.new_order()
        else:
            self.editing.open_new()

    def search_key(self) -> None:
        if not self.current.focus_search():
            self.editing.leave(self._search)

    def _search(self) -> None:
        self.show_page(PageName.ORDERS)
        self.orders.focus_search()

    def palette_key(self) -> None:
        from osdesk.ui.window.palette import Palette, acts_on

        places = (self.current, self.demo, self.restored, self.news, self.status)
        acts = (*(act for place in places for act in acts_on(place)), *self._keys.acts)
        palette = Palette([act for act in acts if act.key != keymap.key(ACTS_KEY)], self)
        palette.open()
        palette.line.setFocus()

    def help_key(self) -> None:
        self.open_manual(HELP[self.pages.shown_name])

    def open_manual(self, name: str) -> None:
        """A chapter of the manual, beside what is being done."""
        from osdesk.ui.help.manual import ManualWindow

        if self._manual is None:
            self._manual = ManualWindow(self)
        self._manual.open_at(name)

    def sheets_key(self) -> None:
        self.editing.leave(lambda: self.show_page(PageName.SHEETS))

    def take_sheets(self, paths: list[Path]) -> None:
        """Scans that were dropped on the window: filed at once, whatever page is shown."""
        self.pages.sheets.take(paths)
        self.sheets_key()

    def _code_scanned(self, code: str) -> None:
        self.editing.leave(lambda: self._open_scanned(code))

    def _open_scanned(self, code: str) -> None:
        self.show_page(PageName.ORDERS)
        self.orders.scan(code)

    def open_shop(self, folder: Path) -> None:
        """Another shop in place of this one, once nothing typed would be lost."""
        self._next = folder
        self.close()

    def restore(self, request: RestoreRequest) -> None:
        """A backup in the place of this shop, once nothing typed would be lost."""
        self._next = request
        self.close()

    def say_restored(self, figures: BackupFigures) -> None:
        """This shop was just restored; the one before is a click away, where it had orders."""
        from osdesk.jobs.backup import shop_before
        from osdesk.texts.backups import restored_words

        self._before = shop_before(self._desk.store)
        words = restored_words(figures, self._before, self._desk.zone)
        action = "Voltar à loja de antes" if self._before else ""
        self.restored.say(words, "amber" if self._before else "", action)

    def say_not_restored(self, words: str) -> None:
        self.restored.say(words, "red")

    def _back_to_shop_before(self) -> None:
        if self._before is not None:
            self.restore(RestoreRequest(self._before.path, other_shop=True))

    def _say_news(self) -> None:
        """Once after an upgrade: what changed is a click away."""
        before, self._settings.version = self._settings.version, __version__
        if before and before != __version__:
            words = f"O osdesk agora é a versão {__version__}."
            self.news.say(words, "", "Ver o que mudou")

    def _open_news(self) -> None:
        self.news.clear()
        self.open_manual("novidades")

    def _back_to_own_shop(self) -> None:
        if self._own is not None:
            self.open_shop(self._own)

    def escape_key(self) -> None:
        if self.editing.is_shown:
            self.editing.leave(self.editing.back_to_list)
        elif self.bar.text():
            self.bar.clear()
        else:
            self.current.escape()

    def _listen(self) -> None:
        from osdesk.ui.window.second_place import SecondPlaceWatch
        from osdesk.ui.window.second_start import SecondStart

        if not self._ended:
            self._say_news()
            self._second_start = SecondStart(self, self._desk.folder)
            self._second = SecondPlaceWatch(self._desk, self._settings, self)
            self._second.wanted.connect(self.backup_wanted)
            self._second.looked.connect(self._show_safety)
            self._second.said.connect(self.say)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.side.set_narrow(self.width() < NARROW)

    @property
    def folder(self) -> Path:
        return self._desk.folder

    @property
    def busy(self) -> bool:
        """Whether anything is still read or written in the background."""
        return self._desk.tasks.busy

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._ended:
            return
        for name, page in self.pages.made.items():
            if name is not PageName.EDITOR and not page.try_close():
                self.show_page(name)
                self._next = None
                event.ignore()
                return
        if not self.editing.may_close():
            event.ignore()
            return
        self._ended = True
        self._settings.geometry = self.saveGeometry()
        for name, page in self.pages.made.items():
            self._settings.keep_habits(name, page.habits())
        self._settings.save()
        self.hide()
        self._check.stop()
        self._ahead.stop()
        self._wiper.stop()
        self._hourly.stop()
        if self._second is not None:
            self._second.stop()
        self._drill.stop()
        if self._second_start is not None:
            self._second_start.close()
        # a restore keeps the shop by itself
        wanted = not isinstance(self._next, RestoreRequest) and backup_wanted(self._desk)
        self._crash_handler.remove()
        self._desk.close()
        if wanted:
            self.backup_wanted.emit(self._desk.folder)
        super().closeEvent(event)
        if isinstance(self._next, RestoreRequest):
            self.restore_wanted.emit(self._next)
        elif self._next is not None:
            self.shop_wanted.emit(self._next)
