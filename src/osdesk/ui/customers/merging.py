"""Two records side by side, to be made one; and on a customer's card what was, to be parted."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from osdesk.domain.calendar import format_date, local_day
from osdesk.domain.errors import UserError
from osdesk.domain.identifiers import format_document
from osdesk.domain.views.merging import LikePair
from osdesk.domain.views.orders import CustomerView
from osdesk.services.customers.merging import merge_customers, unions_of, unmerge_customer
from osdesk.texts import plural, sentence
from osdesk.ui.desk import Desk
from osdesk.ui.widgets.controls import (
    FlatButton,
    PrimaryButton,
    error_label,
    quiet_label,
    section_label,
    strong_label,
    text_label,
)
from osdesk.ui.widgets.scroll_column import ScrollColumn

WHY = {"phone": "o telefone", "name": "o nome"}
CHOSEN = ("name", "document", "email", "address")
"""Fields of which one of two is kept; phones and notes of both are."""
NAMES = {
    "name": "Nome",
    "document": "CPF ou CNPJ",
    "email": "E-mail",
    "address": "Endereço",
    "phones": "Telefones (ficam todos)",
    "notes": "Observações (ficam as duas)",
}
NOTHING = "—"


def why_words(pair: LikePair) -> str:
    """What two records have in common: ``o telefone e o nome``."""
    return " e ".join(WHY[each] for each in pair.why) or "escolhido por você"


def _shown(customer: CustomerView, name: str) -> str:
    if name == "phones":
        return "\n".join(phone.number for phone in customer.phones)
    if name == "document":
        return format_document(customer.document) if customer.document else ""
    return getattr(customer, name) or ""


def _breakable(text: str) -> str:
    """A long address of one word may go on in the next line."""
    return "".join(f"{sign}\u200b" if sign in "@._-/" else sign for sign in text)


class _Choice(QWidget):
    """One record's word for a field, which can be chosen: a mark and the whole text beside it."""

    def __init__(self, name: str, text: str) -> None:
        super().__init__()
        self.mark = QRadioButton()
        self.mark.setAccessibleName(f"{name}: {text}")
        words = text_label(_breakable(text), wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(words, 1, Qt.AlignmentFlag.AlignTop)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.mark.setChecked(True)
        self.mark.setFocus(Qt.FocusReason.MouseFocusReason)


class MergeCard(QWidget):
    """``show_pair``; ``merged`` tells which record stays and which one went."""

    merged = Signal(int, int)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("mergeCard")
        self._desk = desk
        self._pair: LikePair | None = None
        self._groups: dict[str, QButtonGroup] = {}
        self._build()
        self._merge.clicked.connect(self._merge_clicked)

    def _build(self) -> None:
        self._why = quiet_label(wrap=True)
        self._scroll = ScrollColumn(0)
        self._grid: QGridLayout | None = None
        self._wrong = error_label()
        self._wrong.hide()
        self._hint = quiet_label(
            "Ordens, aparelhos e telefones dos dois ficam em um cadastro só. Dá para desfazer.",
            wrap=True,
        )
        self._merge = PrimaryButton("Unir os dois")
        self._merge.setObjectName("mergeButton")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(section_label("É a mesma pessoa?"))
        column.addWidget(self._why)
        column.addWidget(self._scroll, 1)
        column.addWidget(self._wrong)
        column.addWidget(self._hint)
        column.addWidget(self._merge)

    def show_pair(self, pair: LikePair) -> None:
        self._pair = pair
        self._why.setText(f"Em comum: {why_words(pair)}.")
        self._wrong.hide()
        self._groups = {}
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 6, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(2)
        for column, (customer, orders) in enumerate(
            ((pair.keep, pair.keep_orders), (pair.gone, pair.gone_orders))
        ):
            grid.setColumnStretch(column, 1)
            day = local_day(customer.created_at, self._desk.zone)
            grid.addWidget(strong_label(f"Cadastro {customer.id}"), 0, column)
            words = f"{plural(orders, 'ordem', 'ordens')} · desde {format_date(day)}"
            grid.addWidget(quiet_label(words, wrap=True), 1, column)
        for place, name in enumerate(NAMES):
            self._add_field(grid, 2 + 2 * place, name, pair)
        old = self._scroll.column.takeAt(0)
        while old is not None:
            widget = old.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
            old = self._scroll.column.takeAt(0)
        self._scroll.column.addWidget(inside)
        self._scroll.column.addStretch()

    def _add_field(self, grid: QGridLayout, row: int, name: str, pair: LikePair) -> None:
        words = [_shown(each, name) for each in (pair.keep, pair.gone)]
        if not any(words):
            return
        caption = quiet_label(NAMES[name])
        caption.setContentsMargins(0, 6, 0, 0)
        grid.addWidget(caption, row, 0, 1, 2)
        if name not in CHOSEN or not all(words) or words[0] == words[1]:
            for column, text in enumerate(words):
                label: QLabel = text_label(_breakable(text) or NOTHING, wrap=True)
                grid.addWidget(label, row + 1, column, Qt.AlignmentFlag.AlignTop)
            return
        group = self._groups[name] = QButtonGroup(self)
        for column, text in enumerate(words):
            choice = _Choice(NAMES[name], text)
            choice.mark.setObjectName(f"merge_{name}_{column}")
            group.addButton(choice.mark, column)
            grid.addWidget(choice, row + 1, column)
        group.button(0).setChecked(True)

    def start(self) -> None:
        """The keyboard goes to what makes the two one."""
        self._merge.setFocus(Qt.FocusReason.OtherFocusReason)

    def _taken(self) -> list[str]:
        """The fields that are to be as the record that goes has them."""
        pair = self._pair
        assert pair is not None
        empty = [name for name in CHOSEN if not _shown(pair.keep, name)]
        return [*empty, *(name for name, group in self._groups.items() if group.checkedId() == 1)]

    def _merge_clicked(self) -> None:
        pair = self._pair
        if pair is None:
            return
        keep, gone = pair.keep.id, pair.gone.id
        now, author = self._desk.now(), self._desk.author
        try:
            self._desk.write(merge_customers, keep, gone, self._taken(), now=now, author=author)
        except UserError as error:
            self._wrong.setText(sentence(error))
            self._wrong.show()
            return
        self.merged.emit(keep, gone)


class CustomerUnions(QWidget):
    """On a customer's card: the records that were made one with it; ``parted`` when one is not any
    more."""

    parted = Signal(int)
    """The customer that is shown."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("customerUnions")
        self._desk = desk
        self._id: int | None = None
        self._wrong = error_label()
        self._wrong.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(4)
        column.addLayout(self._rows)
        column.addWidget(self._wrong)

    def show_customer(self, customer_id: int | None) -> None:
        self._id = customer_id
        self._wrong.hide()
        old = self._rows.takeAt(0)
        while old is not None:
            if (widget := old.widget()) is not None:
                widget.hide()
                widget.deleteLater()
            old = self._rows.takeAt(0)
        unions = [] if customer_id is None else self._desk.read(unions_of, customer_id)
        for each in unions:
            day = format_date(local_day(each.at, self._desk.zone))
            who = f"Unido com {each.customer.name} (cadastro {each.customer.id}) em {day}"
            part = partial(self._part, each.customer.id) if each.newest else None
            self._rows.addWidget(_union_row(who, part))
        self.setVisible(bool(unions))

    def _part(self, gone: int) -> None:
        now, author = self._desk.now(), self._desk.author
        try:
            keep = self._desk.write(unmerge_customer, gone, now=now, author=author)
        except UserError as error:
            self._wrong.setText(sentence(error))
            self._wrong.show()
        else:
            self.parted.emit(keep)


def _union_row(words: str, part: Callable[[], object] | None) -> QWidget:
    row = QWidget()
    line = QHBoxLayout(row)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(8)
    line.addWidget(quiet_label(words, wrap=True), 1)
    if part is not None:
        undo = FlatButton("Desfazer união")
        undo.setObjectName("unmergeButton")
        undo.clicked.connect(part)
        line.addWidget(undo)
    return row
