"""One customer whole: data that are edited where they stand, what is owed, all the orders."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from osdesk.domain.calendar import format_date
from osdesk.domain.errors import UserError
from osdesk.domain.money import format_brl
from osdesk.domain.orders.forms import CustomerForm, PhoneForm
from osdesk.domain.views.listing import OrderRow
from osdesk.domain.views.orders import CustomerSituation, PhoneView
from osdesk.services.customers.customers import customer_situation, odd_phones, save_customer
from osdesk.services.orders.listing import orders_of_customer
from osdesk.texts import plural, sentence
from osdesk.ui.customers.account import CustomerAccount
from osdesk.ui.customers.merging import CustomerUnions
from osdesk.ui.customers.privacy import CustomerPrivacy
from osdesk.ui.desk import Desk
from osdesk.ui.list_page import RowCard
from osdesk.ui.panes.order_rows import RowText, row_text
from osdesk.ui.widgets.controls import (
    ElidedLabel,
    FlatButton,
    GhostButton,
    error_label,
    quiet_label,
    set_kind,
    text_label,
)
from osdesk.ui.widgets.fields import (
    ChoiceField,
    DocumentField,
    Labelled,
    LongTextField,
    PhoneField,
    TextField,
)
from osdesk.ui.widgets.forms import save_form
from osdesk.ui.widgets.scroll_column import ScrollColumn
from osdesk.ui.widgets.tables import Cell, CellsModel, PlainTable

LABELS = ("WhatsApp", "Celular", "Fixo", "Trabalho", "Recado")


class _Row(QWidget):
    """One phone: number, whose it is, and the cross that removes it."""

    def __init__(self, ddd: Callable[[], str], parent: QWidget) -> None:
        super().__init__(parent)
        self.number = PhoneField(ddd, self)
        self.number.setAccessibleName("Telefone")
        self.label = ChoiceField(self, free=True)
        self.label.setAccessibleName("De quem ou de que é o telefone")
        typed = self.label.lineEdit()
        if typed is not None:
            typed.setPlaceholderText("rótulo")
        self.label.set_choices([(word, word) for word in LABELS])
        self.label.set_value(None)
        self.label.setFixedWidth(118)
        self.remove = FlatButton("", "", "x")
        self.remove.setAccessibleName("Remover telefone")
        self.remove.setToolTip("Remover telefone")
        self.remove.setFixedWidth(36)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self.number, 1)
        row.addWidget(self.label)
        row.addWidget(self.remove)

    def form(self) -> PhoneForm | None:
        number = self.number.value()
        return PhoneForm(number, self.label.text_value()) if number else None


class PhoneRows(QWidget):
    """A customer's phones, a row each and an empty one for another; a field like any other."""

    edited = Signal()

    def __init__(self, ddd: Callable[[], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ddd = ddd
        self._rows: list[_Row] = []
        self._wrong = error_label()
        self._wrong.hide()
        caption = quiet_label("Telefones")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(caption)
        self._column = QVBoxLayout()
        self._column.setSpacing(4)
        column.addLayout(self._column)
        column.addWidget(self._wrong)
        self.set_value(())

    def set_value(self, phones: Sequence[PhoneView]) -> None:
        # Rows are used again, not made anew: a new one would come last in the order of Tab.
        while len(self._rows) > max(len(phones), 1):
            self._drop(self._rows[-1])
        for place, phone in enumerate(phones):
            row = self._rows[place] if place < len(self._rows) else self._add()
            row.number.set_value(phone.number)
            row.label.set_value(phone.label)
        if not phones and self._rows:
            self._rows[0].number.set_value(None)
            self._rows[0].label.set_value(None)
        self._keep_an_empty_line()
        self.error("")

    def value(self) -> list[PhoneForm]:
        found = (row.form() for row in self._rows)
        return [phone for phone in found if phone is not None]

    def error(self, text: str | None) -> None:
        self._wrong.setText(text or "")
        self._wrong.setVisible(bool(text))

    def _add(self) -> _Row:
        row = _Row(self._ddd, self)
        row.number.edited.connect(self._row_edited)
        row.label.edited.connect(self._row_edited)
        row.remove.clicked.connect(self._row_removed)
        self._rows.append(row)
        self._column.addWidget(row)
        last = self._rows[-2] if len(self._rows) > 1 else None
        if last is not None:
            QWidget.setTabOrder(last.remove, row.number)
        for one, other in ((row.number, row.label), (row.label, row.remove)):
            QWidget.setTabOrder(one, other)
        return row

    def _drop(self, row: _Row) -> None:
        self._rows.remove(row)
        self._column.removeWidget(row)
        row.setParent(None)
        row.deleteLater()

    def _keep_an_empty_line(self) -> None:
        if not self._rows or not self._rows[-1].number.is_blank():
            self._add()
        for row in self._rows:
            row.remove.setEnabled(not row.number.is_blank())
        self.setFocusProxy(self._rows[0].number)

    def _row_edited(self) -> None:
        self.error("")
        self._keep_an_empty_line()
        self.edited.emit()

    def _row_removed(self) -> None:
        row = self.sender().parent()
        if isinstance(row, _Row) and len(self._rows) > 1:
            place = self._rows.index(row)
            self._drop(row)
            self._rows[min(place, len(self._rows) - 1)].number.setFocus()
            self._row_edited()


NUMBER, EQUIPMENT, STATUS, TOTAL = range(4)
HEADINGS = ("OS", "Equipamento", "Situação", "Total (R$)")
WIDTHS = {NUMBER: 74, STATUS: 158, TOTAL: 92}


class CustomerOrders(CellsModel[RowText]):
    """All orders of one customer, newest first."""

    def __init__(self) -> None:
        super().__init__(HEADINGS, _cell, (TOTAL,))
        self._numbers: list[int] = []

    def show_orders(self, rows: Sequence[OrderRow], now: datetime) -> None:
        """``now``: the moment in the shop's zone."""
        self._numbers = [row.number for row in rows]
        self.show_rows([row_text(row, now) for row in rows])

    def number(self, index: QModelIndex) -> int:
        return self._numbers[index.row()]

    def tip(self, row: RowText, column: int, cell: Cell) -> str | None:
        return f"{row.equipment}\n{row.reason}" if column == EQUIPMENT else None

    def spoken(self, row: RowText, column: int, cell: Cell) -> str:
        return row.spoken if column == NUMBER else cell.over


def _cell(text: RowText, column: int) -> Cell:
    if column == NUMBER:
        return Cell(text.number, text.requested, strong=True)
    if column == EQUIPMENT:
        return Cell(text.equipment, text.reason)
    if column == STATUS:
        return Cell(text.status, pill=text.status_tone)
    return Cell(text.total, text.payment, strong=True, right=True)


def situation_words(situation: CustomerSituation) -> str:
    """What the counter must know of a customer, in one line."""
    if not situation.orders:
        return "Ainda sem ordens de serviço"
    parts = [plural(situation.orders, "ordem", "ordens")]
    if situation.open_orders:
        parts.append(plural(situation.open_orders, "aberta", "abertas"))
    if situation.ready_orders:
        parts.append(plural(situation.ready_orders, "pronta", "prontas") + " para retirar")
    if situation.owed and situation.owed_since:
        since = format_date(situation.owed_since)
        parts.append(f"deve {format_brl(situation.owed)}, vencido desde {since}")
    elif situation.owed:
        parts.append(f"deve {format_brl(situation.owed)}")
    else:
        parts.append("nada em aberto")
    return " · ".join(parts)


class CustomerCard(RowCard):
    """The data, the account in their place, and the orders."""

    order_requested = Signal(int)
    new_order_requested = Signal(int)
    merge_requested = Signal(int)
    """Another record of the same person is sought, by this one's id."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.setObjectName("customerCard")
        self._id: int | None = None
        self._shown = CustomerForm()
        self._account_shown = False
        self._build()
        self._connect()
        self.clear()

    def _build(self) -> None:
        self._title = ElidedLabel(kind="section")
        self._situation = text_label(wrap=True)
        self._situation.setObjectName("customerCardSituation")
        self._since = quiet_label()
        self.name = TextField(limit=200)
        self.phones = PhoneRows(lambda: self._desk.shop.default_ddd)
        self.document = DocumentField()
        self.email = TextField(limit=200)
        self.address = LongTextField(lines=2)
        self.notes = LongTextField(lines=2)
        for field in (self.address, self.notes):
            field.setMaximumHeight(field.minimumHeight() + 22)  # the orders below want the room
        self._fields: dict[str, Any] = {
            "name": self.name,
            "phones": self.phones,
            "document": self.document,
            "email": self.email,
            "address": self.address,
            "notes": self.notes,
        }
        self._scroll = ScrollColumn(8)
        column = self._scroll.column
        column.setContentsMargins(0, 0, 6, 0)
        column.addWidget(Labelled("Nome", self.name, required=True))
        column.addWidget(self.phones)
        pair = QHBoxLayout()
        pair.setSpacing(8)
        pair.addWidget(Labelled("CPF ou CNPJ", self.document), 1)
        pair.addWidget(Labelled("E-mail", self.email), 1)
        column.addLayout(pair)
        column.addWidget(Labelled("Endereço", self.address))
        column.addWidget(Labelled("Observações", self.notes))
        self.unions = CustomerUnions(self._desk)
        column.addWidget(self.unions)
        self.privacy = CustomerPrivacy(self._desk)
        column.addWidget(self.privacy)
        column.addStretch()
        self._new = GhostButton("Nova OS para este cliente", "", "plus")
        self._new.setObjectName("newOrderForCustomer")
        self._account_button = GhostButton("Conta", "F6", "wallet")
        self._account_button.setObjectName("customerAccountButton")
        self.account = CustomerAccount(self._desk)
        self._orders = CustomerOrders()
        self._table = PlainTable(
            "Ordens deste cliente", self._orders, WIDTHS, optional=(TOTAL,), least=120
        )
        self._table.setObjectName("customerOrders")
        self._table.setMinimumHeight(88)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._table.setSizePolicy(policy)
        self._nobody = quiet_label("Escolha um cliente na lista ou cadastre um novo.", wrap=True)
        for part in (self._title, self._situation, self._since):
            self.body.addWidget(part)
        self.body.addWidget(self._scroll, 3)
        self.body.addWidget(self._bar)
        acts = QHBoxLayout()
        acts.setSpacing(8)
        acts.addWidget(self._new, 1)
        acts.addWidget(self._account_button)
        self.body.addLayout(acts)
        self.body.addWidget(self._table, 2)
        self.body.addWidget(self.account, 5)
        self.body.addWidget(self._nobody, 0, Qt.AlignmentFlag.AlignTop)

    def _connect(self) -> None:
        for field in self._fields.values():
            field.edited.connect(self._edited)
        self._bar.save_requested.connect(self.save)
        self._bar.discard_requested.connect(self.discard)
        self._new.clicked.connect(self._new_clicked)
        self._table.opened.connect(self._order_opened)
        self._account_button.clicked.connect(self.turn_account)
        self.account.order_requested.connect(self.order_requested)
        self.privacy.erased.connect(self.show_row)
        self.privacy.merge_requested.connect(self.merge_requested)
        self.unions.parted.connect(self.show_row)
        self.privacy.said.connect(self._show_privacy, Qt.ConnectionType.QueuedConnection)

    # -- showing ---------------------------------------------------------------------------

    @property
    def shown_id(self) -> int | None:
        return self._id

    def clear(self) -> None:
        self._id = None
        self._show_parts(form=False, known=False)
        self._bar.show_state(False)

    def show_new(self, words: str = "") -> None:
        """``words``: the name."""
        self._id = None
        self._shown = CustomerForm()
        self._fill(CustomerForm(name=words))
        self._title.setText("Novo cliente")
        self._show_parts(form=True, known=False)
        self._bar.show_state(bool(words))

    def start(self) -> None:
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_row(self, row_id: int) -> None:
        now = self._desk.now()
        situation = self._desk.read(customer_situation, row_id, now=now)
        view = situation.customer
        self._id = view.id
        form = CustomerForm(
            view.name, [], view.document, view.email, view.address, view.notes, view.id
        )
        self._fill(form)
        self.phones.set_value(view.phones)
        form.phones = self.phones.value()
        self._shown = form
        self._show_situation(situation)
        self._bar.show_state(False)

    def refresh(self) -> None:
        if self._id is None:
            return
        if self.dirty:
            situation = self._desk.read(customer_situation, self._id, now=self._desk.now())
            self._show_situation(situation)
        else:
            self.show_row(self._id)

    def _fill(self, form: CustomerForm) -> None:
        self.name.set_value(form.name or None)
        self.document.set_value(form.document)
        self.email.set_value(form.email)
        self.address.set_value(form.address)
        self.notes.set_value(form.notes)
        self.phones.set_value(())

    def _show_situation(self, situation: CustomerSituation) -> None:
        self._title.setText(situation.customer.name)
        self._situation.setText(situation_words(situation))
        set_kind(self._situation, "kind", "error" if situation.owed_since else "")
        first = situation.first_order_on
        self._since.setText(f"Cliente desde {first.year}" if first else "")
        rows = self._desk.read(orders_of_customer, situation.customer.id, now=self._desk.now())
        self._orders.show_orders(rows, self._desk.local_now())
        if self._account_shown:
            self.account.show_customer(situation.customer.id)
        self._show_parts(form=True, known=True)

    def _show_parts(self, *, form: bool, known: bool) -> None:
        accounts = known and self._account_shown
        self.unions.show_customer(self._id if known else None)
        self.privacy.show_customer(self._id if known else None)
        self._nobody.setVisible(not form)
        self._title.setVisible(form)
        self._scroll.setVisible(form and not accounts)
        self._bar.setVisible(form and not accounts)
        for part in (self._situation, self._new, self._account_button):
            part.setVisible(known)
        self._since.setVisible(known and bool(self._since.text()))
        self._table.setVisible(known and not accounts and self._orders.rowCount() > 0)
        self.account.setVisible(accounts)
        self._account_button.set_text("Cadastro" if accounts else "Conta")

    def turn_account(self) -> None:
        """F6: the customer's account in the place of the data, and back."""
        if self._id is None or self.dirty:
            return
        self._account_shown = not self._account_shown
        self.show_row(self._id)
        self._account_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def print_now(self) -> None:
        """F9: the account as a PDF, once it is shown."""
        if self._id is not None and self._account_shown and not self.dirty:
            self.account.save_account()

    def notify(self) -> None:
        """F11: the collection letter, where the account shows that something is overdue."""
        if self._id is not None and self._account_shown and not self.dirty:
            self.account.show_letter()

    def _show_privacy(self) -> None:
        """Once the words have their place: all of it is seen."""
        self._scroll.ensureWidgetVisible(self.privacy, 0, 0)

    # -- saving ----------------------------------------------------------------------------

    def save(self) -> bool:
        if not self.dirty:
            return True
        if not save_form(self._bar, self._fields, self._store) or self._id is None:
            return False
        self.show_row(self._id)
        words = ["Salvo.", *map(sentence, self._desk.read(odd_phones, self._shown))]
        self._bar.show_state(False)
        self._bar.say(" ".join(words), "amber" if len(words) > 1 else "")
        self.saved.emit(self._id)
        return True

    def _store(self, values: dict[str, Any]) -> None:
        form = CustomerForm(**{**values, "name": self.name.text()}, id=self._id)
        now, author = self._desk.now(), self._desk.author
        self._id = self._desk.write(save_customer, form, now=now, author=author)

    def discard(self) -> None:
        if self._id is None:
            self.clear()
        else:
            self.show_row(self._id)
        self.discarded.emit()

    def ask_to_save(self) -> None:
        who = self._title.text()
        self._bar.ask(f"Salvar ou descartar as alterações de {who}?")

    def _edited(self) -> None:
        self._bar.show_state(self._changed())

    def _changed(self) -> bool:
        try:
            values = {name: field.value() for name, field in self._fields.items()}
        except UserError:
            return True  # what cannot be read is surely not what is stored
        shown = {name: getattr(self._shown, name) or None for name in values}
        return {name: value or None for name, value in values.items()} != shown

    def _new_clicked(self) -> None:
        if self._id is not None and (not self.dirty or self.save()):
            self.new_order_requested.emit(self._id)

    def _order_opened(self, index: QModelIndex) -> None:
        self.order_requested.emit(self._orders.number(index))
