"""The pages of the window, each made and imported when it is first asked for."""

from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from osdesk.ui.desk import Desk
from osdesk.ui.page import Page, PageName

if TYPE_CHECKING:  # the window starts with what it shows first
    from osdesk.ui.catalog.page import CatalogPage
    from osdesk.ui.customers.page import CustomersPage
    from osdesk.ui.dashboard.page import DashboardPage
    from osdesk.ui.editor.editor import OrderEditor
    from osdesk.ui.orders.page import OrdersPage
    from osdesk.ui.papers.signed_sheets import SignedSheets
    from osdesk.ui.reports.page import ReportsPage
    from osdesk.ui.settings.page import SettingsPage
    from osdesk.ui.window.welcome_page import WelcomePage

P = TypeVar("P", bound=Page)


class Pages(QStackedWidget):
    added = Signal(str, object)
    """A page was made: its name, the page."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.made: dict[PageName, Page] = {}

    @property
    def shown(self) -> Page:
        page = self.currentWidget()
        assert isinstance(page, Page)
        return page

    @property
    def shown_name(self) -> PageName:
        return next(name for name, page in self.made.items() if page is self.currentWidget())

    def page(self, name: str) -> Page:
        """A page by its name."""
        match PageName(name):
            case PageName.ORDERS:
                return self.orders
            case PageName.DASHBOARD:
                return self.dashboard
            case PageName.CUSTOMERS:
                return self.customers
            case PageName.CATALOG:
                return self.catalog
            case PageName.REPORTS:
                return self.reports
            case PageName.SETTINGS:
                return self.settings
            case PageName.EDITOR:
                return self.editor
            case PageName.SHEETS:
                return self.sheets
            case PageName.WELCOME:
                return self.welcome

    @cached_property
    def orders(self) -> "OrdersPage":
        from osdesk.ui.orders.page import OrdersPage

        return self._add(PageName.ORDERS, OrdersPage(self._desk))

    @cached_property
    def dashboard(self) -> "DashboardPage":
        from osdesk.ui.dashboard.page import DashboardPage

        return self._add(PageName.DASHBOARD, DashboardPage(self._desk))

    @cached_property
    def customers(self) -> "CustomersPage":
        from osdesk.ui.customers.page import CustomersPage

        return self._add(PageName.CUSTOMERS, CustomersPage(self._desk))

    @cached_property
    def catalog(self) -> "CatalogPage":
        from osdesk.ui.catalog.page import CatalogPage

        return self._add(PageName.CATALOG, CatalogPage(self._desk))

    @cached_property
    def reports(self) -> "ReportsPage":
        from osdesk.ui.reports.page import ReportsPage

        return self._add(PageName.REPORTS, ReportsPage(self._desk))

    @cached_property
    def settings(self) -> "SettingsPage":
        from osdesk.ui.settings.page import SettingsPage

        return self._add(PageName.SETTINGS, SettingsPage(self._desk))

    @cached_property
    def editor(self) -> "OrderEditor":
        from osdesk.ui.editor.editor import OrderEditor

        return self._add(PageName.EDITOR, OrderEditor(self._desk))

    @cached_property
    def sheets(self) -> "SignedSheets":
        from osdesk.ui.papers.signed_sheets import SignedSheets

        return self._add(PageName.SHEETS, SignedSheets(self._desk))

    @cached_property
    def welcome(self) -> "WelcomePage":
        from osdesk.ui.window.welcome_page import WelcomePage

        return self._add(PageName.WELCOME, WelcomePage(self._desk))

    def _add(self, name: PageName, page: P) -> P:
        self.made[name] = page
        self.addWidget(page)
        self.added.emit(name, page)
        return page
