"""The right side of the editor: who, until when, for how much; the sums and what can be done."""

from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QShortcut
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from osdesk.domain.calendar import (
    WEEKDAYS,
    add_business_days,
    closed_because,
    format_date,
    format_moment,
)
from osdesk.domain.errors import UserError
from osdesk.domain.money import format_amount, format_brl, percent_text
from osdesk.domain.orders.forms import OrderForm
from osdesk.domain.orders.rules import Totals, locked_in, owed_total
from osdesk.domain.orders.status import CLOSED, HANDED_OVER, RECEIVABLE, STEPS, UNSERVICED, Status
from osdesk.domain.text import fold
from osdesk.domain.views.counter import SimilarJobs
from osdesk.domain.views.orders import OrderView
from osdesk.services.shop.staff import employees
from osdesk.texts import STEP_VERB, plural
from osdesk.ui.desk import Desk
from osdesk.ui.panes.parts_preview import standing_words
from osdesk.ui.widgets import keymap
from osdesk.ui.widgets.ask_new import AskNew
from osdesk.ui.widgets.controls import (
    Card,
    FlatButton,
    GhostButton,
    PrimaryButton,
    quiet_label,
    set_kind,
    strong_label,
    text_label,
)
from osdesk.ui.widgets.fields import (
    ChoiceField,
    DateField,
    DiscountField,
    Labelled,
    MoneyField,
    TextField,
    TimeField,
)
from osdesk.ui.widgets.forms import Binding
from osdesk.ui.widgets.numbered import NumberedMenu
from osdesk.ui.widgets.scroll_column import ScrollColumn

CLOSED_DAYS = {
    "sunday": "{day} é domingo.",
    "saturday": "{day} é sábado: a loja não abre.",
    "holiday": "{day} é feriado nacional.",
}


class PromiseFields(QWidget):
    """Promised day and hour, what day that is, and what works like this one took."""

    similar_requested = Signal()
    """Take what works like this one cost and took."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._usual: date | None = None
        self._build()
        self.day.textChanged.connect(self._note)
        self.take.clicked.connect(self.similar_requested)
        QShortcut(keymap.sequence("F7"), self.take).activated.connect(self.take.click)

    def _build(self) -> None:
        self.day = DateField(self._desk.today, saturday=lambda: self._desk.shop.open_saturday)
        self.time = TimeField()
        self.note = quiet_label(wrap=True)
        self.note.setObjectName("promiseNote")
        self.note.hide()
        self.similar = quiet_label(wrap=True)
        self.similar.setObjectName("similarJobs")
        self.take = FlatButton("Usar", "F7")
        self.take.setObjectName("takeSimilar")
        self.take.setAccessibleName("Usar prazo e preço de serviços como este")
        self.take.setToolTip("Preenche a promessa e o preço do serviço, onde faltam")
        self._alike = QWidget()
        alike = QHBoxLayout(self._alike)
        alike.setContentsMargins(0, 0, 0, 0)
        alike.setSpacing(4)
        alike.addWidget(self.similar, 1)
        alike.addWidget(self.take, 0, Qt.AlignmentFlag.AlignTop)
        self._alike.hide()
        both = QHBoxLayout()
        both.setSpacing(8)
        both.addWidget(Labelled("Prometida para", self.day), 5, Qt.AlignmentFlag.AlignTop)
        both.addWidget(Labelled("Hora", self.time), 3, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(both)
        column.addWidget(self.note)
        column.addWidget(self._alike)

    # -- the usual day ---------------------------------------------------------------------

    def forget(self) -> None:
        """Another order: nothing that stands in the field was put there from here."""
        self._usual = None

    def is_open(self) -> bool:
        """No day was typed: what stands there, if anything, is the usual one."""
        if self.day.isReadOnly():
            return False
        usual = self._usual is not None and self._typed() == self._usual
        return self.day.is_blank() or usual

    def offer(self, days: int | None) -> bool:
        """The usual promise of a service type, so many business days from today, where none was
        typed; whether the field changed."""
        if not self.is_open():
            return False
        before, saturday = self._typed(), self._desk.shop.open_saturday
        today = self._desk.today()
        self._usual = None if days is None else add_business_days(today, days, saturday=saturday)
        self.day.set_value(self._usual)
        return before != self._usual

    def take_day(self, day: date) -> None:
        """As if the day had been typed."""
        self.day.put(format_date(day))

    def _typed(self) -> date | None:
        try:
            return self.day.value()
        except UserError:
            return None

    # -- words -----------------------------------------------------------------------------

    def _note(self) -> None:
        """At once, as one types: the day that ``+3`` is, and that the shop is closed then."""
        saturday = self._desk.shop.open_saturday
        words, tone = promise_words(self.day.text(), self._typed(), saturday)
        self.note.setText(words)
        set_kind(self.note, "tone", tone)
        self.note.setVisible(bool(words))

    def show_similar(self, jobs: SimilarJobs | None) -> None:
        self.similar.setText(similar_words(jobs))
        self._alike.setVisible(jobs is not None)


def promise_words(typed: str, day: date | None, open_saturday: bool) -> tuple[str, str]:
    """Words and tone; a plain business day that is typed out needs none."""
    if day is None:
        return "", ""
    closed = closed_because(day, saturday=open_saturday)
    if closed is not None:
        return CLOSED_DAYS[closed].format(day=format_date(day)), "amber"
    if typed.strip().startswith("+") or typed.strip().isalpha():
        return f"{WEEKDAYS[day.weekday()].capitalize()}, {format_date(day)}", ""
    return "", ""


def similar_words(jobs: SimilarJobs | None) -> str:
    """``Como este: R$ 230,00 · 4 dias (12 OS)``."""
    if jobs is None:
        return ""
    days = plural(jobs.days, "dia", "dias") if jobs.days else "no mesmo dia"
    return f"Como este: {format_brl(jobs.price)} · {days} ({jobs.count} OS)"


ANOTHER_KEY = "Ctrl+Shift+S"
NEXT_KEY, MORE_KEY = "F4", "F6"
"""As in the list."""


class EditorSide(Card):
    """Fields, sums and buttons."""

    edited = Signal()
    step_requested = Signal(object)
    """A ``Status``."""
    reopen_requested = Signal()
    another_requested = Signal()
    return_requested = Signal()
    """The device of this delivered order came back under warranty."""
    notice_requested = Signal()
    note_requested = Signal()
    quotes_requested = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._desk = desk
        self.technicians: list[str] = []
        self._status: Status | None = None
        self._paid = self._lines = self._allowance = self._late_fees = 0
        self._facts = ""
        self._team: set[str] = set()
        self._fields()
        self._sums()
        self._buttons()
        self._connect()

    def _fields(self) -> None:
        today = self._desk.today
        self.technician = ChoiceField(free=True, likely=True)
        self.promise = PromiseFields(self._desk)
        self.promised_on, self.promised_time = self.promise.day, self.promise.time
        self.start_on, self.valid_until = DateField(today), DateField(today)
        for half in (self.start_on, self.valid_until):
            half.setPlaceholderText("dd/mm")  # whole in half of a narrow side
        self.payment_terms = TextField(limit=500)
        self.discount, self.fee = DiscountField(lambda: self._lines), MoneyField(blank=0)
        self.ceiling = MoneyField()
        self.due_on = DateField(today)
        self.collected_by, self.collected_document = TextField(), TextField()
        named: dict[str, tuple[Any, str, str]] = {
            "technician": (self.technician, "technician", "Técnico responsável"),
            "promised_on": (self.promised_on, "promisedOn", ""),
            "promised_time": (self.promised_time, "promisedTime", ""),
            "start_on": (self.start_on, "startOn", "Início previsto"),
            "valid_until": (self.valid_until, "validUntil", "Válido até"),
            "payment_terms": (self.payment_terms, "paymentTerms", "Condições de pagamento"),
            "discount": (self.discount, "discount", "Desconto"),
            "fee": (self.fee, "fee", "Taxa combinada"),
            "ceiling": (self.ceiling, "ceiling", "Autorizo até"),
            "due_on": (self.due_on, "dueOn", "Vencimento do saldo"),
            "collected_by": (self.collected_by, "collectedBy", "Quem retirou"),
            "collected_document": (self.collected_document, "collectedDocument", "Documento"),
        }
        self.binding = Binding({path: field for path, (field, _, _) in named.items()})
        parts: dict[str, Labelled] = {}
        for path, (field, name, words) in named.items():
            field.setObjectName(name)
            if not self.promise.isAncestorOf(field):
                parts[path] = Labelled(words, field)
        self.valid_until.setToolTip("Até quando vale o orçamento")
        self.fee.setToolTip("Devida se o orçamento for recusado ou se não houver conserto")
        self.ceiling.setToolTip("Até este total o cliente já autorizou na entrada")
        self._due = parts["due_on"]
        self._entry = quiet_label(wrap=True)
        self._entry.setObjectName("requestedAt")
        self.area = ScrollColumn(7)
        column = self.area.column
        top = Qt.AlignmentFlag.AlignTop  # as high as its words need, errors of three lines too
        column.addWidget(parts["technician"], 0, top)
        self.new_technician = AskNew(
            self.technician,
            self._is_known,
            "Criar o técnico “{word}”? Não está na equipe.",
            name="newTechnician",
            narrow=True,
        )
        column.addWidget(self.new_technician)
        column.addWidget(self._entry)
        self._collected = (parts["collected_by"], parts["collected_document"])
        column.addLayout(_pair(*self._collected, 3, 2))
        column.addWidget(self.promise, 0, top)
        column.addLayout(_pair(parts["start_on"], parts["valid_until"], 1, 1))
        column.addWidget(parts["payment_terms"], 0, top)
        column.addLayout(_pair(parts["discount"], parts["fee"], 1, 1))
        column.addLayout(_pair(parts["ceiling"], self._due, 1, 1))
        column.addStretch()
        self.body.setContentsMargins(14, 10, 12, 12)
        self.body.setSpacing(6)
        self.body.addWidget(self.area, 1)

    def _sums(self) -> None:
        grid = QGridLayout()
        grid.setVerticalSpacing(3)
        grid.setColumnStretch(1, 1)
        self._amounts: dict[str, tuple[QLabel, QLabel]] = {}
        names = (
            ("labor", "Mão de obra"),
            ("parts", "Materiais"),
            ("discount", "Desconto"),
            ("allowance", "Abatimento"),
            ("late_fees", "Encargos de atraso"),
            ("total", "Total"),
            ("paid", "Recebido"),
            ("balance", "Saldo"),
        )
        for row, (key, words) in enumerate(names):
            strong = key in ("total", "balance")
            name = strong_label(words) if strong else quiet_label(words)
            amount = strong_label() if strong else text_label()
            amount.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            amount.setAccessibleName(words)
            grid.addWidget(name, row, 0)
            grid.addWidget(amount, row, 1)
            self._amounts[key] = (name, amount)
        self.total = self._amounts["total"][1]
        self.total.setObjectName("orderTotal")
        set_kind(self.total, "kind", "total")
        self._note = quiet_label(wrap=True)
        self._instalments = quiet_label(wrap=True)
        self._instalments.setObjectName("editorInstalments")
        self.body.addLayout(grid)
        self.body.addWidget(self._instalments)
        self.body.addWidget(self._note)

    def _buttons(self) -> None:
        self.next = PrimaryButton("", NEXT_KEY)
        self.next.setObjectName("nextStepButton")
        self.save = GhostButton("Salvar", "Ctrl+S")
        self.save.setObjectName("saveButton")
        self.more = GhostButton("Mais", MORE_KEY)
        self.more.setAccessibleName("Mais")
        self.more.setObjectName("moreStepsButton")
        self._menu = NumberedMenu(self.more)
        self.more.setMenu(self._menu)
        self.print = GhostButton("Imprimir", "F9")
        self.print.setObjectName("printButton")
        self.receive = GhostButton("Receber", "F8")
        self.receive.setObjectName("receiveButton")
        grid = QGridLayout()
        grid.setSpacing(6)
        grid.addWidget(self.next, 0, 0, 1, 2)
        grid.addWidget(self.save, 1, 0)
        grid.addWidget(self.more, 1, 1)
        grid.addWidget(self.print, 2, 0)
        grid.addWidget(self.receive, 2, 1)
        for button in (self.save, self.more, self.print, self.receive):
            button.setMinimumWidth(0)
            set_kind(button, "narrow", True)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self.body.addLayout(grid)

    def _connect(self) -> None:
        for field in self.binding.fields.values():
            field.edited.connect(self.edited)
        self.next.clicked.connect(self._next_clicked)
        for key, owner, act in (
            (NEXT_KEY, self.next, self.next.click),
            (MORE_KEY, self.more, self.more.showMenu),
            (ANOTHER_KEY, self, self.another_requested),
        ):
            shortcut = QShortcut(keymap.sequence(key), owner)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(act)
        self._menu.triggered.connect(self._menu_chosen)

    # -- load, read ------------------------------------------------------------------------

    def load(self, form: OrderForm, sheet: OrderView | None) -> None:
        team = self._desk.read(employees)
        self._team = {fold(person.name) for person in team}
        self.technicians = [person.name for person in team if person.active]
        self.technician.set_choices([(name, name) for name in self.technicians])
        self.promise.forget()
        self.binding.load(form)
        self.new_technician.load(form.technician)
        self.show_sheet(sheet)
        moment = form.requested_at or self._desk.now()
        words = f"Entrada {format_moment(moment, self._desk.zone)}"
        if sheet is not None and sheet.attendant:
            words += f" · {sheet.attendant}"
        self._entry.setText(words)
        self.area.verticalScrollBar().setValue(0)

    def write(self, form: OrderForm) -> dict[str, UserError]:
        return self.binding.write(form)

    def _is_known(self, name: str) -> bool:
        return fold(name) in self._team

    def show_sheet(self, sheet: OrderView | None) -> None:
        """What depends on where the order stands: locks, steps, money received."""
        self._status = sheet.status if sheet else None
        self._paid = sheet.paid if sheet else 0
        self._allowance = sheet.allowance if sheet else 0
        self._late_fees = sheet.late_fees if sheet else 0
        for part in self._collected:
            part.setVisible(self._status in HANDED_OVER)
        locked = locked_in(self._status)
        for name in ("promised_on", "promised_time", "discount", "fee"):
            self.binding.fields[name].setReadOnly(name in locked)
        owing = sheet is not None and sheet.status in RECEIVABLE | UNSERVICED and sheet.balance > 0
        self._due.setVisible(owing or not self.due_on.is_blank())
        self._facts = _note(sheet)
        parts = standing_words(sheet, self._desk.today()) if sheet else ""
        self._instalments.setText(parts)
        self._instalments.setVisible(bool(parts))
        self._show_steps(sheet)

    def show_totals(self, totals: Totals, fee: int, warranty_days: int | None) -> None:
        """Live, as one types; what is owed follows from the status. ``warranty_days``: None where
        a warranty that runs goes on."""
        self._lines = totals.lines
        running = self._status not in CLOSED | UNSERVICED
        promise = f"Garantia de {warranty_days} dias após a entrega" if running else ""
        if running and warranty_days is None:
            promise = "Sem cobrança · a garantia continua"
        self._note.setText(" · ".join(filter(None, (self._facts, promise))))
        self._note.setVisible(bool(self._note.text()))
        unserviced = self._status is not None and (
            self._status in UNSERVICED or self._status is Status.CANCELLED
        )
        status = self._status or Status.RECEIVED
        total = owed_total(status, totals, fee, self._allowance, self._late_fees)
        self._amount("allowance", self._allowance, hide=not self._allowance)
        self._amount("late_fees", self._late_fees, hide=not self._late_fees)
        self._amount("labor", totals.labor)
        self._amount("parts", totals.parts)
        self._amount("discount", totals.discount)
        share = percent_text(totals.discount, totals.lines)
        self._amounts["discount"][0].setText(f"Desconto ({share})" if share else "Desconto")
        self.total.setText(format_brl(total))
        self._amounts["total"][0].setText("Taxa a cobrar" if unserviced else "Total")
        self._amount("paid", self._paid, hide=not self._paid)
        self._amount("balance", total - self._paid, hide=not self._paid)
        if total - self._paid < 0 < total:
            self._amounts["balance"][0].setText("A devolver")
            self._amount("balance", self._paid - total)
        else:
            self._amounts["balance"][0].setText("Saldo")

    def _amount(self, key: str, cents: int, *, hide: bool = False) -> None:
        name, amount = self._amounts[key]
        amount.setText(format_amount(cents))
        name.setVisible(not hide)
        amount.setVisible(not hide)

    def _show_steps(self, sheet: OrderView | None) -> None:
        steps = STEPS[sheet.status] if sheet else ()
        self.next.setVisible(bool(steps))
        if steps:
            self.next.set_text(STEP_VERB[steps[0]])
        set_kind(self.save, "kind", "" if sheet else "primary")
        self._menu.clear()
        for to in steps[1:]:
            self._menu.add(STEP_VERB[to], to)
        if sheet is not None and sheet.status in CLOSED:
            self._menu.add("Reabrir…", "reopen")
        if sheet is not None and sheet.warranty_until is not None:
            self._menu.add("Abrir retorno em garantia", "return")
        if self._menu.actions():
            self._menu.addSeparator()
        if sheet is not None:
            self._menu.add("Anotar…", "note", "F10")
            if sheet.quote is not None:
                self._menu.add("Versões do orçamento…", "quotes")
            self._menu.add("Avisar cliente…", "notify", "F11")
        self._menu.add("Salvar e abrir outra para este cliente", "another", ANOTHER_KEY)
        self.receive.setEnabled(sheet is None or sheet.status is not Status.CANCELLED)

    # -- asking ----------------------------------------------------------------------------

    def _next_clicked(self) -> None:
        if self._status is not None and STEPS[self._status]:
            self.step_requested.emit(STEPS[self._status][0])

    def _menu_chosen(self, action: QAction) -> None:
        data = action.data()
        if data == "reopen":
            self.reopen_requested.emit()
        elif data == "return":
            self.return_requested.emit()
        elif data == "note":
            self.note_requested.emit()
        elif data == "quotes":
            self.quotes_requested.emit()
        elif data == "notify":
            self.notice_requested.emit()
        elif data == "another":
            self.another_requested.emit()
        else:
            self.step_requested.emit(Status(data))


def _pair(one: QWidget, other: QWidget, first: int, second: int) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addWidget(one, first, Qt.AlignmentFlag.AlignTop)
    row.addWidget(other, second, Qt.AlignmentFlag.AlignTop)
    return row


def _note(sheet: OrderView | None) -> str:
    """What else the money and the dates say of this order, in one line of small text."""
    if sheet is None:
        return ""
    parts = []
    if sheet.approval is not None and sheet.status not in UNSERVICED:
        parts.append(f"Aprovada por {sheet.approval.by}")
    elif sheet.quote is not None and sheet.quote.expired:
        parts.append("Orçamento vencido")
    if sheet.waiting_for and sheet.status is Status.AWAITING_PART:
        parts.append(f"Espera: {sheet.waiting_for}")
    if sheet.handed_on is not None:
        parts.append(
            f"Reaberta; o aparelho está com o cliente desde {format_date(sheet.handed_on)}"
        )
    if sheet.collected is not None:
        parts.append(f"Retirada por {sheet.collected.by}")
    if sheet.warranty_until is not None:
        parts.append(f"Garantia até {format_date(sheet.warranty_until)}")
    return " · ".join(parts)
