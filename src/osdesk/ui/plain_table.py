"""A table to choose from: whole rows, no grid, Enter or a double click opens, one column gives."""

from collections.abc import Mapping

from PySide6.QtCore import QAbstractItemModel, QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from osdesk.ui.two_lines import ROW_HEIGHT, TwoLines


def dress(table: QTableView, row_height: int) -> None:
    """Whole rows to choose from: no frame, no grid, columns that only the program sets."""
    table.setFrameShape(QFrame.Shape.NoFrame)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setTabKeyNavigation(False)
    table.setCornerButtonEnabled(False)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    rows = table.verticalHeader()
    rows.hide()
    rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    rows.setMinimumSectionSize(row_height)
    rows.setDefaultSectionSize(row_height)
    columns = table.horizontalHeader()
    columns.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    columns.setHighlightSections(False)
    columns.setSectionsClickable(False)
    columns.setMinimumSectionSize(40)
    columns.setFixedHeight(38)


class PlainTable(QTableView):
    """``widths``: fixed widths by column, the one without a width takes the rest.

    ``optional``: columns that go, the last named first, where the one that gives would get less
    than ``least``.
    """

    opened = Signal(QModelIndex)
    current_changed = Signal(QModelIndex)

    def __init__(
        self,
        name: str,
        model: QAbstractItemModel,
        widths: Mapping[int, int],
        *,
        optional: tuple[int, ...] = (),
        least: int = 180,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._widths, self._optional, self._least = dict(widths), optional, least
        self.setModel(model)
        self.setItemDelegate(TwoLines(self))
        dress(self, ROW_HEIGHT)
        self.doubleClicked.connect(self.opened)
        self.selectionModel().currentRowChanged.connect(self._row_changed)

    def select_row(self, row: int) -> None:
        index = self.model().index(row, 0)
        if index.isValid():
            flags = QItemSelectionModel.SelectionFlag
            self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
            self.scrollTo(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.currentIndex().isValid():
                self.opened.emit(self.currentIndex())
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = self.viewport().width()
        shown = dict(self._widths)
        for column in reversed(self._optional):
            if room - sum(shown.values()) < self._least:
                del shown[column]
        for column in range(self.model().columnCount()):
            gives = column not in self._widths
            self.setColumnHidden(column, not gives and column not in shown)
            if column in shown:
                self.setColumnWidth(column, shown[column])
            elif gives:
                self.setColumnWidth(column, max(room - sum(shown.values()), 60))

    def _row_changed(self, current: QModelIndex) -> None:
        self.current_changed.emit(current)
