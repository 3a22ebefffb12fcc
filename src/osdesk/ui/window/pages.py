"""Makes a page by name, importing it only then: the window starts with what it shows first."""

from operator import attrgetter
from typing import Any

from PySide6.QtWidgets import QWidget

from osdesk.ui.desk import Desk


def make_page(name: str, desk: Desk) -> Any:
    match name:
        case "navOrders":
            from osdesk.ui.orders.page import OrdersPage

            return OrdersPage(desk)
        case "editor":
            from osdesk.ui.editor.editor import OrderEditor

            return OrderEditor(desk)
        case "navDashboard":
            from osdesk.ui.dashboard.page import DashboardPage

            return DashboardPage(desk)
        case "navCustomers":
            from osdesk.ui.customers.page import CustomersPage

            return CustomersPage(desk)
        case "navCatalog":
            from osdesk.ui.catalog.page import CatalogPage

            return CatalogPage(desk)
        case "navReports":
            from osdesk.ui.reports.page import ReportsPage

            return ReportsPage(desk)
        case "navSettings":
            from osdesk.ui.settings.page import SettingsPage

            return SettingsPage(desk)
        case "signedSheets":
            from osdesk.ui.papers.signed_sheets import SignedSheets

            return SignedSheets(desk)
        case "welcome":
            from osdesk.ui.window.welcome_page import WelcomePage

            return WelcomePage(desk)
    raise AssertionError(name)


LINKS = {
    "order_requested": "open_order",
    "new_order_requested": "new_order",
    "new_order_named": "editing.open_named",
    "lines_requested": "editing.open_lines",
    "draft_requested": "editing.open_draft",
    "filter_requested": "show_filter",
    "customer_requested": "show_customer",
    "month_requested": "show_month",
    "orders_asked": "show_numbers",
    "technician_requested": "show_technician",
    "said": "say",
    "closed": "editing.closed",
    "stayed": "editing.stayed",
    "saved": "order_saved",
    "finished": "welcome_finished",
}
"""What a page may ask for, and what the window does then."""


def connect(page: QWidget, window: Any) -> None:
    """Connect the signals that a page has to what the window does for them."""
    for signal, slot in LINKS.items():
        if hasattr(page, signal):
            getattr(page, signal).connect(attrgetter(slot)(window))
    if hasattr(page, "status_changed"):
        page.status_changed.connect(window.status.show_text)
