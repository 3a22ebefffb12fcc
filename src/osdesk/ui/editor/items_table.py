"""The lines of an order, edited in place by the keyboard; text that cannot be read stays open."""

from copy import deepcopy

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from osdesk.domain.codes import ItemKind
from osdesk.domain.errors import UserError
from osdesk.domain.orders.forms import ItemForm
from osdesk.domain.views.shop import (
    CatalogView,
)
from osdesk.texts import ITEM_KIND, sentence
from osdesk.ui.editor.items_model import (
    DETAIL_ROLE,
    EDITABLE,
    FIELDS,
    HEADERS,
    RIGHT,
    Column,
    Index,
    ItemsModel,
    is_blank,
    read_cell,
)
from osdesk.ui.widgets import theme
from osdesk.ui.widgets.fields import ChoiceField, MoneyField, TextField
from osdesk.ui.widgets.suggest import Find, Suggest

Editor = TextField | MoneyField | ChoiceField
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
PASSING = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)


class ItemCells(QStyledItemDelegate):
    """Editors of cells; the description's completes from the catalogue."""

    opened = Signal(QWidget, QModelIndex)
    chosen = Signal(object)
    """An entry of the catalogue, for the open line."""
    walked = Signal(int)
    """Enter or Tab (1), Shift+Tab (-1)."""
    given_up = Signal()
    left = Signal()
    """The focus went elsewhere."""

    def __init__(self, find: Find, parent: QWidget) -> None:
        super().__init__(parent)
        self._find = find
        self._suggest: Suggest | None = None

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor: Editor
        self._suggest = None
        column = index.column()
        if column == Column.KIND:
            editor = ChoiceField(parent)
            editor.set_choices([(kind.value, words) for kind, words in ITEM_KIND.items()])
        elif column == Column.UNIT_PRICE:
            editor = MoneyField(parent)
        else:
            editor = TextField(parent, limit=500 if column == Column.DESCRIPTION else 20)
            if column == Column.QUANTITY:
                editor.setAlignment(RIGHT)
            else:
                self._suggest = Suggest(editor, self._find)
                self._suggest.chosen.connect(self.chosen)
        editor.setAccessibleName(f"{HEADERS[column]} da linha {index.row() + 1}")
        self.opened.emit(editor, index)
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        value = index.data(Qt.ItemDataRole.EditRole)
        if isinstance(editor, ChoiceField):
            editor.set_value(value)
        elif isinstance(editor, QLineEdit) and not editor.isModified():
            editor.setText(value)
            editor.selectAll()

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        editor.setGeometry(_rect(option).adjusted(1, 1, -1, -1))

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            if getattr(event, "reason", lambda: None)() not in PASSING:
                self.left.emit()
            return False
        if not isinstance(event, QKeyEvent):
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            if event.key() == Qt.Key.Key_Escape:
                event.accept()  # Esc leaves the cell, not the page
                return True
            return False
        if event.type() != QEvent.Type.KeyPress:
            return False
        if self._suggest is not None and self._suggest.wants(event):
            return False
        return self._act(event.key())

    def _act(self, key: int) -> bool:
        if key in (*ENTER, Qt.Key.Key_Tab):
            self.walked.emit(1)
        elif key == Qt.Key.Key_Backtab:
            self.walked.emit(-1)
        elif key == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            return False
        return True

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        if not index.isValid():
            return
        painter.save()
        place = _rect(option)
        state = option.state
        if state & QStyle.StateFlag.State_Selected and option.widget.hasFocus():
            painter.fillRect(place, theme.color("soft"))
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(theme.color("accent"))
            painter.drawRect(place.adjusted(0, 0, -1, -1))
        painter.setFont(theme.font())
        painter.setPen(theme.color("ink"))
        inside = place.adjusted(8, 0, -8, 0)
        metrics = QFontMetrics(theme.font())
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        align = index.data(Qt.ItemDataRole.TextAlignmentRole)
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, inside.width())
        painter.drawText(inside, int(align), shown)
        detail = index.data(DETAIL_ROLE)
        room = inside.width() - metrics.horizontalAdvance(shown) - 10
        if detail and room > 40:
            painter.setFont(theme.font(12))
            painter.setPen(theme.color("grey"))
            quiet = QFontMetrics(theme.font(12))
            words = quiet.elidedText(detail, Qt.TextElideMode.ElideRight, room)
            painter.drawText(inside.adjusted(inside.width() - room, 0, 0, 0), int(align), words)
        painter.restore()


def _rect(option: QStyleOptionViewItem) -> QRect:
    place: QRect = option.rect
    return place


ROW_HEIGHT = 34
WIDTHS = {Column.KIND: 92, Column.QUANTITY: 64, Column.UNIT_PRICE: 92, Column.TOTAL: 96}
NO_HINT = QAbstractItemDelegate.EndEditHint.NoHint
REVERT = QAbstractItemDelegate.EndEditHint.RevertModelCache


class ItemsTable(QTableView):
    """Enter and Tab go from cell to cell; Enter on the last adds a row; Del asks to remove one."""

    problem = Signal(str)
    """Why an open cell cannot be taken, in words; empty once it can."""
    left = Signal()
    """Enter or Tab on an empty new row: on to what follows the table."""
    remove_requested = Signal(int)
    undo_requested = Signal()
    row_changed = Signal()

    def __init__(self, model: ItemsModel, find: Find, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.items = model
        self._cell: QPersistentModelIndex | None = None
        self._editor: Editor | None = None
        self.setObjectName("itemsTable")
        self.setAccessibleName("Serviço e materiais")
        self.setModel(model)
        cells = ItemCells(find, self)
        cells.opened.connect(self._opened)
        cells.chosen.connect(self.fill)
        cells.walked.connect(self.walk)
        cells.given_up.connect(self.give_up)
        cells.left.connect(self.leave_cell)
        self.setItemDelegate(cells)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        trigger = QAbstractItemView.EditTrigger
        self.setEditTriggers(trigger.AnyKeyPressed | trigger.DoubleClicked)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        header = self.horizontalHeader()
        header.setMinimumSectionSize(40)
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(Column.DESCRIPTION, QHeaderView.ResizeMode.Stretch)
        for column, width in WIDTHS.items():
            header.resizeSection(column, width)

    def current_row(self) -> int | None:
        row = self.currentIndex().row()
        return row if 0 <= row < self.items.rowCount() else None

    # -- the open cell ---------------------------------------------------------------------

    @property
    def is_open(self) -> bool:
        return self._editor is not None

    @property
    def unfinished(self) -> bool:
        """Whether the open cell holds something that its row does not."""
        editor, cell = self._editor, self._cell
        if editor is None or cell is None or not cell.isValid():
            return False
        kept = cell.data(Qt.ItemDataRole.EditRole)
        return bool((editor.value() if isinstance(editor, ChoiceField) else editor.text()) != kept)

    def rows_as_typed(self) -> tuple[list[ItemForm], dict[str, str]]:
        """The rows that say something, with the text of the open cell where it can be read; else
        that text apart, by the cell's place."""
        rows = [deepcopy(self.items.item(row)) for row in range(self.items.rowCount())]
        loose: dict[str, str] = {}
        editor, cell = self._editor, self._cell
        if editor is not None and cell is not None and cell.isValid():
            row, column = cell.row(), Column(cell.column())
            if isinstance(editor, ChoiceField):
                rows[row].kind = ItemKind(str(editor.value()))
            else:
                try:
                    value = read_cell(rows[row], column, editor.text())
                    setattr(rows[row], FIELDS[column], value)
                except UserError:
                    loose[f"items.{FIELDS[column]}"] = editor.text()
        return [item for item in rows if not is_blank(item)], loose

    def start(self, row: int, column: Column = Column.DESCRIPTION) -> None:
        """Open a cell for typing, if the one that is open now can be closed."""
        if self.items.locked or not self.finish():
            return
        index = self.items.index(row, column)
        self.setCurrentIndex(index)
        self.scrollTo(index)
        self.edit(index)

    def add(self, kind: ItemKind) -> None:
        if not self.items.locked and self.finish():
            self.start(self.items.append(kind))

    def finish(self) -> bool:
        """Take what the open cell holds; False, with the words beside it, where that cannot be."""
        editor, cell = self._editor, self._cell
        if editor is None or cell is None:
            return True
        if not cell.isValid():
            self._forget()
            return True
        row, column = cell.row(), Column(cell.column())
        try:
            if isinstance(editor, ChoiceField):
                value: object = ItemKind(str(editor.value()))
            else:
                value = read_cell(self.items.item(row), column, editor.text())
        except UserError as error:
            words = sentence(error)
            editor.error(words)
            self.problem.emit(f"Linha {row + 1}, {HEADERS[column].lower()}: {words}")
            editor.setFocus(Qt.FocusReason.OtherFocusReason)
            return False
        self._forget()
        super().closeEditor(editor, NO_HINT)
        self.items.change(row, **{FIELDS[column]: value})
        return True

    def _opened(self, editor: Editor, index: Index) -> None:
        self._editor, self._cell = editor, QPersistentModelIndex(index)

    def give_up(self) -> None:
        """Esc in a cell: back to what it held; an empty new row goes."""
        editor, cell = self._editor, self._cell
        self._forget()
        if editor is not None:
            super().closeEditor(editor, REVERT)
        if cell is not None and cell.isValid():
            self._drop_if_blank(cell.row())
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def walk(self, by: int) -> None:
        """Take the open cell and open the next (1) or the one before (-1)."""
        cell = self._cell
        if cell is None or not cell.isValid():
            return
        row, column = cell.row(), cell.column()
        if not self.finish():
            return
        if by > 0 and column == Column.DESCRIPTION and self._drop_if_blank(row):
            self.left.emit()
            return
        place = EDITABLE.index(Column(column)) + by
        if place >= len(EDITABLE):
            row, place = row + 1, EDITABLE.index(Column.DESCRIPTION)
        elif place < 0:
            row, place = row - 1, len(EDITABLE) - 1
        if row < 0:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if row == self.items.rowCount():
            self.items.append(self.items.item(row - 1).kind)
        self.start(row, EDITABLE[place])

    def fill(self, entry: CatalogView) -> None:
        """A line of the catalogue was chosen: the rest is filled, on to the quantity."""
        editor, cell = self._editor, self._cell
        if editor is None or cell is None or not cell.isValid():
            return
        row = cell.row()
        self._forget()
        super().closeEditor(editor, REVERT)
        self.items.fill(row, entry)
        self.start(row, Column.QUANTITY)

    def leave_cell(self) -> None:
        """The focus went elsewhere: what can be taken is taken, the rest stays open."""
        row = self._cell.row() if self._cell is not None else -1
        if self.finish():
            self._drop_if_blank(row)

    def _forget(self) -> None:
        self._editor = self._cell = None
        self.problem.emit("")

    def _drop_if_blank(self, row: int) -> bool:
        last = row == self.items.rowCount() - 1
        if row < 0 or not last or not is_blank(self.items.item(row)):
            return False
        self.items.take(row)
        return True

    # -- Qt's own ways ---------------------------------------------------------------------

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        if editor is self._editor and not self.finish():
            return  # what cannot be read is not thrown away because the row changed
        super().closeEditor(editor, hint)

    def commitData(self, editor: QWidget) -> None:
        """Taken by ``finish`` alone."""

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.row_changed.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self.finish():
            super().mousePressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Reached by Tab, the focus goes to the description of the first line, not to its kind."""
        if self.current_row() is None and self.items.rowCount():
            self.setCurrentIndex(self.items.index(0, Column.DESCRIPTION))
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.current_row()
        if event.key() in ENTER:
            column = self.currentIndex().column()
            if row is None:
                self.add(ItemKind.SERVICE)
            else:
                self.start(row, Column(column) if column in EDITABLE else Column.DESCRIPTION)
        elif event.key() == Qt.Key.Key_Delete and row is not None and not self.items.locked:
            self.remove_requested.emit(row)
        elif event.matches(QKeySequence.StandardKey.Undo):
            self.undo_requested.emit()
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.items.rowCount() == 0:
            painter = QPainter(self.viewport())
            painter.setPen(theme.color("muted"))
            words = "Nenhum item." if self.items.locked else "Enter inclui o primeiro item."
            place = self.viewport().rect().adjusted(8, 12, -8, 0)
            painter.drawText(place, Qt.AlignmentFlag.AlignTop, words)
