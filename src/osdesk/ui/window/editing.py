"""Into the order editor and out of it: where the window goes on once nothing typed is lost."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt

from osdesk.domain.errors import UserError
from osdesk.texts import sentence
from osdesk.ui.orders.empty import prefill_of

if TYPE_CHECKING:
    from osdesk.ui.window.main_window import MainWindow


LIST = "navOrders"


class Editing(QObject):
    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._then: Callable[[], object] | None = None
        self._from = LIST

    @property
    def is_shown(self) -> bool:
        editor = self._window.made("editor")
        return editor is not None and self._window.current is editor

    # -- in --------------------------------------------------------------------------------

    def open_order(self, number: int) -> None:
        self.leave(lambda: self._open_from(number))

    def _open_from(self, number: int) -> None:
        """Esc leads back to the page that it was opened from: a customer's card, the dashboard."""
        place = self._window.shown_page()
        self._open(lambda editor: editor.open_order(number))
        self._from = self._from if place == "editor" else place

    def open_new(self, customer: int = 0) -> None:
        self.leave(lambda: self._open(lambda editor: editor.open_new(customer or None)))

    def open_named(self, text: str) -> None:
        """An order for whom the search did not know: what was typed is not typed twice."""
        filled = prefill_of(text)
        self.leave(lambda: self._open(lambda editor: editor.open_new(None, filled)))

    def open_lines(self, number: int) -> None:
        """An order whose quote has no lines yet, where they are written."""
        self.leave(lambda: self._open_lines(number))

    def _open_lines(self, number: int) -> None:
        self._open_from(number)
        self._window.page("editor").acts.ask_for_lines()

    def open_draft(self, draft: int) -> None:
        """Go on with what was typed and not saved."""
        self.leave(lambda: self._open(lambda editor: editor.open_draft(draft)))

    def _open(self, show: Callable[[Any], object]) -> None:
        editor = self._window.page("editor")
        if not self.is_shown:
            self._from = LIST
        self._window.show_page("editor")
        try:
            show(editor)
        except UserError as error:
            self._window.show_page("navOrders")
            self._window.say(sentence(error), "red")

    # -- out -------------------------------------------------------------------------------

    def leave(self, then: Callable[[], object]) -> None:
        """Go on to something else; an editor with unsaved text asks first, and then it goes on."""
        if not self.is_shown:
            then()
            return
        self._then = then
        editor = self._window.page("editor")
        if editor.try_close():
            if self._then is not None:
                self.closed()
        elif not editor.leave_bar.isVisible():
            self._then = None  # only a form inside it was left

    def may_close(self) -> bool:
        """Whether the window may close; if not, the editor asks, and its answer closes it."""
        if not self.is_shown or self._window.page("editor").try_close():
            return True
        self._then = self._window.close
        return False

    def closed(self) -> None:
        then, self._then = self._then, None
        (then or self.back_to_list)()

    def stayed(self) -> None:
        self._then = None

    def back_to_list(self) -> None:
        self._window.show_page(self._from)
        if self._from != LIST:
            return
        orders = self._window.orders
        number = getattr(self._window.made("editor"), "last_number", None)
        if isinstance(number, int):
            orders.select(number)
        orders.table.setFocus(Qt.FocusReason.OtherFocusReason)
