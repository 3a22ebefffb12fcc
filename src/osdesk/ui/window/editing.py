"""Into the order editor and out of it: where the window goes on once nothing typed is lost."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import Qt

from osdesk.domain.errors import UserError
from osdesk.texts import sentence
from osdesk.ui.orders.empty import prefill_of
from osdesk.ui.page import PageName
from osdesk.ui.window.pages import Pages


class Around(Protocol):
    """What the window does around the editor."""

    def show_page(self, name: str) -> None: ...
    def say(self, text: str, tone: str = ...) -> None: ...
    def close(self) -> bool: ...


class Editing:
    def __init__(self, pages: Pages, window: Around) -> None:
        self._pages = pages
        self._window = window
        self._then: Callable[[], object] | None = None
        self._from = PageName.ORDERS

    @property
    def is_shown(self) -> bool:
        return self._pages.made.get(PageName.EDITOR) is self._pages.currentWidget()

    # -- in --------------------------------------------------------------------------------

    def open_order(self, number: int) -> None:
        self.leave(lambda: self._open_from(number))

    def _open_from(self, number: int) -> None:
        """Esc leads back to the page that it was opened from: a customer's card, the dashboard."""
        place = self._pages.shown_name
        self._open(lambda: self._pages.editor.open_order(number))
        self._from = self._from if place is PageName.EDITOR else place

    def open_new(self, customer: int = 0) -> None:
        self.leave(lambda: self._open(lambda: self._pages.editor.open_new(customer or None)))

    def open_named(self, text: str) -> None:
        """An order for whom the search did not know: what was typed is not typed twice."""
        filled = prefill_of(text)
        self.leave(lambda: self._open(lambda: self._pages.editor.open_new(None, filled)))

    def open_lines(self, number: int) -> None:
        """An order whose quote has no lines yet, where they are written."""
        self.leave(lambda: self._open_lines(number))

    def _open_lines(self, number: int) -> None:
        self._open_from(number)
        self._pages.editor.ask_for_lines()

    def open_draft(self, draft: int) -> None:
        """Go on with what was typed and not saved."""
        self.leave(lambda: self._open(lambda: self._pages.editor.open_draft(draft)))

    def _open(self, show: Callable[[], object]) -> None:
        if not self.is_shown:
            self._from = PageName.ORDERS
        self._window.show_page(PageName.EDITOR)
        try:
            show()
        except UserError as error:
            self._window.show_page(PageName.ORDERS)
            self._window.say(sentence(error), "red")

    # -- out -------------------------------------------------------------------------------

    def leave(self, then: Callable[[], object]) -> None:
        """Go on to something else; an editor with unsaved text asks first, and then it goes on."""
        if not self.is_shown:
            then()
            return
        self._then = then
        editor = self._pages.editor
        if editor.try_close():
            if self._then is not None:
                self.closed()
        elif not editor.leave_bar.isVisible():
            self._then = None  # only a form inside it was left

    def may_close(self) -> bool:
        """Whether the window may close; if not, the editor asks, and its answer closes it."""
        if not self.is_shown or self._pages.editor.try_close():
            return True
        self._then = self._window.close
        return False

    def closed(self) -> None:
        then, self._then = self._then, None
        (then or self.back_to_list)()

    def stayed(self) -> None:
        self._then = None

    def back_to_list(self) -> None:
        number = self._pages.editor.last_number
        self._window.show_page(self._from)
        if self._from is not PageName.ORDERS:
            return
        orders = self._pages.orders
        if number is not None:
            orders.select(number)
        orders.table.setFocus(Qt.FocusReason.OtherFocusReason)
