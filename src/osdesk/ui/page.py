"""A page of the window: what it may ask of the window, and what the window's keys ask of it."""

from enum import StrEnum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from osdesk.ui.widgets.overlay import LiesOver

MESSAGE = 58
"""So high the window's message stands at a page's foot."""
BESIDE = 292
"""The side of the list keeps its buttons in sight beside a bar."""


class PageName(StrEnum):
    """The pages; those of the navigation carry the object name of their entry."""

    ORDERS = "navOrders"
    DASHBOARD = "navDashboard"
    CUSTOMERS = "navCustomers"
    CATALOG = "navCatalog"
    REPORTS = "navReports"
    SETTINGS = "navSettings"
    EDITOR = "editor"
    SHEETS = "signedSheets"
    WELCOME = "welcome"


class Page(QWidget):
    """Pages do not know each other: they say what they want, the window does it.

    The acts are those of the window's keys; what a page does not do is left as it is here.
    """

    order_requested = Signal(int)
    """Open an order, by its number."""
    new_order_requested = Signal(int)
    """A new order for the customer with this id; 0: for nobody yet."""
    new_order_named = Signal(str)
    """A new order for whom the search did not know: what was typed."""
    lines_requested = Signal(int)
    """Open an order where its lines are written."""
    draft_requested = Signal(int)
    """Go on with what was typed and not saved, by the draft's id."""
    filter_requested = Signal(object)
    """The list behind a figure: an ``OrderFilter``."""
    numbers_requested = Signal(str, object)
    """A figure in words, and the numbers of the orders behind it."""
    technician_requested = Signal(object)
    """The open orders of an employee's id, or of ``UNASSIGNED``."""
    customer_requested = Signal(int)
    """A customer's card, by id."""
    month_requested = Signal(object)
    """The report of a ``Month``."""
    said = Signal(str, str)
    """A sentence and its tone, for the window's message bar; an empty one takes it back."""
    status_changed = Signal(str)
    """Words for the status line."""
    title_changed = Signal()
    """``title`` says something else now."""
    shop_requested = Signal(object)
    """The folder of another shop, to be opened in place of this one."""
    restore_requested = Signal(object)
    """A ``RestoreRequest``: that backup in the place of this shop."""
    section_requested = Signal(str)
    """A section of the settings, by its name."""
    help_requested = Signal(str)
    """A chapter of the manual, by its name."""
    closed = Signal()
    """Left with nothing to lose: the window goes on."""
    stayed = Signal()
    """Leaving was asked for, and the person chose to go on here."""

    def title(self) -> str:
        """What is shown, for the window's title; empty where the name of the page is enough."""
        return ""

    def lay_over(self, bar: QWidget) -> None:
        """Lay a bar over the page where it hides least: at the foot, above the window's message,
        with the buttons of the side free."""
        LiesOver(bar, self, bottom=MESSAGE, left=18, right=BESIDE)

    # -- the keys --------------------------------------------------------------------------

    def refresh(self) -> None:
        """F5: read again what is shown; what is typed stays."""

    def receive(self) -> None:
        """F8: money."""

    def print_now(self) -> None:
        """F9: the paper of the moment."""

    def choose_print(self) -> None:
        """Shift+F9: which paper, in which format, on which printer."""

    def add_note(self) -> None:
        """F10: a note on the order that is shown."""

    def notify(self) -> None:
        """F11: tell the customer of the order that is shown."""

    def save(self) -> bool:
        """Ctrl+S; False where something must be mended first."""
        return True

    def focus_search(self) -> bool:
        """F3: to the page's own search; False where it has none."""
        return False

    def escape(self) -> bool:
        """Esc: leave what is open on the page; False where nothing was."""
        return False

    # -- coming and going ------------------------------------------------------------------

    def try_close(self) -> bool:
        """Whether nothing typed would be lost; where it would, the page asks."""
        return True

    def habits(self) -> dict[str, str]:
        """How the page is left, to be found again the next time."""
        return {}

    def take_habits(self, habits: dict[str, str]) -> None:
        """Show the page as it was left; what no longer fits is passed over."""
