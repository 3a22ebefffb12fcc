"""A page of a list that is searched as one types, with the card of the chosen row beside it.

Customers and the price list are such pages. Going to another row while the card has something
unsaved: the card asks, and once that is saved or thrown away the page goes where one wanted.
"""

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from osdesk.domain.topics import Topic
from osdesk.ui.desk import Desk
from osdesk.ui.page import Page
from osdesk.ui.widgets.controls import Card, GhostButton, quiet_label
from osdesk.ui.widgets.forms import SaveBar
from osdesk.ui.widgets.search_box import SearchBox
from osdesk.ui.widgets.tables import CellsModel, PlainTable

NARROW = 1060
EDGES, EDGES_NARROW = (16, 12, 16, 12), (10, 8, 10, 8)


class RowCard(Card):
    """The chosen row, edited where it stands.

    What raises here is each card's own to say: Qt's classes leave no room for Python's ABC.
    """

    saved = Signal(int)
    """The row's id; a new one has it from now on."""
    discarded = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._desk = desk
        self._bar = SaveBar()

    @property
    def shown_id(self) -> int | None:
        raise NotImplementedError

    @property
    def dirty(self) -> bool:
        return self._bar.dirty

    def show_row(self, row_id: int) -> None:
        raise NotImplementedError

    def show_new(self, words: str = "") -> None:
        """Empty, for something that is not in the list; ``words``: what was searched for."""
        raise NotImplementedError

    def start(self) -> None:
        """The keyboard goes to the first field."""
        raise NotImplementedError

    def refresh(self) -> None:
        """The record changed: read it again, but never over what is being typed."""

    def save(self) -> bool:
        """Save what was typed; False where something must be mended first."""
        raise NotImplementedError

    def ask_to_save(self) -> None:
        """Something else was wanted: ask here whether to save."""
        raise NotImplementedError


Chosen = TypeVar("Chosen", bound=RowCard)


class ListPage(Page, Generic[Chosen]):
    """What the two pages share; each says what its rows are and what is told of them."""

    TOPICS: frozenset[Topic] = frozenset(Topic)
    """What is shown here: news of these has the list read again."""
    CARD, CARD_NARROW = 460, 372

    def __init__(
        self,
        desk: Desk,
        search: SearchBox,
        add: GhostButton,
        table: PlainTable,
        card: Chosen,
        parent: QWidget | None = None,
        *,
        also: Sequence[QWidget] = (),
    ) -> None:
        """``also``: more beside the search."""
        super().__init__(parent)
        self._desk = desk
        self._also = also
        self.search, self._add, self.table, self.card = search, add, table, card
        self.model: CellsModel[Any] = table.cells
        self._stale = True
        self._then: Callable[[], object] | None = None
        self._place()
        self._listen()

    def _place(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self.search, 1)
        for part in (*self._also, self._add):
            top.addWidget(part)
        self._none = quiet_label(wrap=True)
        self._none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._none.hide()
        ground = Card()
        ground.body.setContentsMargins(1, 1, 1, 1)
        ground.body.addWidget(self.table, 1)
        ground.body.addWidget(self._none, 1)
        self._listed = QWidget()
        left = QVBoxLayout(self._listed)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(12)
        left.addLayout(top)
        left.addWidget(ground, 1)
        whole = self._whole = QHBoxLayout(self)
        whole.setContentsMargins(*EDGES)
        whole.setSpacing(12)
        whole.addWidget(self._listed, 1)
        whole.addWidget(self.card)
        self.setFocusProxy(self.search)

    def _listen(self) -> None:
        self.search.textChanged.connect(self._search_changed)
        self.search.submitted.connect(self._enter_list)
        self.search.left_down.connect(self._enter_list)
        self.table.current_changed.connect(self._row_chosen)
        self.table.opened.connect(self._row_opened)
        self._add.clicked.connect(self._add_clicked)
        self.card.saved.connect(self._card_saved)
        self.card.discarded.connect(self._go_on)
        self._desk.changed.connect(self._record_changed)

    # -- what each page says ---------------------------------------------------------------

    def read_rows(self, typed: str, *, keep: bool) -> None:
        """Fill the model; ``keep``: as far as one has scrolled."""
        raise NotImplementedError

    def nothing_words(self, typed: str) -> str:
        """Why the list is empty."""
        raise NotImplementedError

    def count_words(self, typed: str) -> str:
        """For the status line."""
        raise NotImplementedError

    # -- reading ---------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the list anew; the chosen row stays chosen, what is typed stays typed."""
        self._stale = False
        self._list(keep=True)
        self.card.refresh()

    def show_row(self, row_id: int) -> None:
        """Go to one row, whatever was searched for."""
        if self._hindered(lambda: self.show_row(row_id)):
            return
        if self._stale:
            self._list()
            self._stale = False
        self.card.show_row(row_id)
        self._select(row_id)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()
        else:
            self._say_count()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < NARROW
        self.card.setFixedWidth(self.CARD_NARROW if narrow else self.CARD)
        self._whole.setContentsMargins(*(EDGES_NARROW if narrow else EDGES))

    def _list(self, *, keep: bool = False) -> None:
        typed = self.search.text().strip()
        self.table.blockSignals(True)
        self.read_rows(typed, keep=keep)
        self.table.blockSignals(False)
        self._select(self.card.shown_id)
        empty = self.model.rowCount() == 0
        self._none.setText(self.nothing_words(typed))
        self._none.setVisible(empty)
        self.table.setVisible(not empty)
        self._say_count()

    def _say_count(self) -> None:
        self.status_changed.emit(self.count_words(self.search.text().strip()))

    def _select(self, row_id: int | None) -> None:
        """Move the list's mark without asking the card anything."""
        place = self.model.place_of(row_id) if row_id is not None else None
        self.table.blockSignals(True)
        if place is None:
            self.table.setCurrentIndex(QModelIndex())
        else:
            self.table.select_row(place)
        self.table.blockSignals(False)

    def _record_changed(self, what: Topic) -> None:
        if what not in self.TOPICS:
            return
        if self.isVisible():
            self.refresh()
        else:
            self._stale = True

    # -- the keys --------------------------------------------------------------------------

    def focus_search(self) -> bool:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()
        return True

    def escape(self) -> bool:
        if self.search.text():
            self.search.clear()
            return self.focus_search()
        return False

    def save(self) -> bool:
        return self.card.save()

    def try_close(self) -> bool:
        if self.card.dirty:
            self.card.ask_to_save()
            return False
        return True

    # -- choosing --------------------------------------------------------------------------

    def _search_changed(self) -> None:
        self._list()

    def _enter_list(self) -> None:
        if self.model.rowCount():
            if not self.table.currentIndex().isValid():
                self.table.select_row(0)
            self.table.setFocus(Qt.FocusReason.TabFocusReason)

    def _row_chosen(self, index: QModelIndex) -> None:
        row = self.model.row(index)
        if row is None or row.id == self.card.shown_id:
            return
        if self._hindered(lambda: self.show_row(row.id)):
            self._select(self.card.shown_id)
            return
        self.card.show_row(row.id)

    def _row_opened(self, index: QModelIndex) -> None:
        self._row_chosen(index)
        if not self.card.dirty:
            self.card.start()

    def _add_clicked(self) -> None:
        if not self._hindered(self._add_clicked):
            self._select(None)
            self.card.show_new("" if self.model.rowCount() else self.search.text().strip())
            self.card.start()

    def _hindered(self, then: Callable[[], object]) -> bool:
        """Edits stand in the way: the card asks, and once they are saved ``then`` goes on."""
        if not self.card.dirty:
            self._then = None
            return False
        self._then = then
        self.card.ask_to_save()
        return True

    def _card_saved(self, row_id: int) -> None:
        self._list(keep=True)
        self._select(row_id)
        self._go_on()

    def _go_on(self) -> None:
        then, self._then = self._then, None
        if then is not None:
            then()
