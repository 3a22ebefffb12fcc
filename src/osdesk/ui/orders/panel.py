"""The panel at the right of the list: what the chosen order is, and its next steps."""

from datetime import date
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QWidget,
)

from osdesk.domain.calendar import format_short, local_day
from osdesk.domain.codes import ItemKind, PaymentKind, QuoteStatus
from osdesk.domain.money import format_amount, format_brl, format_quantity_br
from osdesk.domain.orders.status import CLOSED, STEPS, UNSERVICED, Situation, Status
from osdesk.domain.views.orders import ItemView, OrderView
from osdesk.texts import METHOD_INSIDE, PRIORITY, STATUS, STEP_VERB, VIA, plural
from osdesk.ui.orders.filters import FIELD_KEYS
from osdesk.ui.panes.order_rows import PRESSING, day_text, since_text
from osdesk.ui.panes.parts_preview import standing_words
from osdesk.ui.widgets.controls import (
    Card,
    ElidedLabel,
    FlatButton,
    GhostButton,
    Pill,
    PrimaryButton,
    quiet_label,
    set_kind,
    strong_label,
    text_label,
    thin_line,
    title_label,
)
from osdesk.ui.widgets.flow_layout import FlowLayout
from osdesk.ui.widgets.numbered import NumberedMenu
from osdesk.ui.widgets.scroll_column import ScrollColumn
from osdesk.ui.widgets.theme import STATUS_TONE

NOTE_LETTERS = 90


def money_text(sheet: OrderView) -> str:
    if sheet.total == 0 and sheet.paid == 0:
        if sheet.warranty_return_of is not None:
            return f"Retorno em garantia da OS {sheet.warranty_return_of}, sem cobrança"
        return "Sem preço" if sheet.status not in CLOSED else "Nada a pagar"
    words = f"Total {format_amount(sheet.total)}"
    if sheet.discount and sheet.status not in UNSERVICED:
        words += f" · desconto {format_amount(sheet.discount)}"
    if sheet.paid:
        methods = {p.method for p in sheet.payments if p.kind is PaymentKind.PAYMENT}
        how = f" em {METHOD_INSIDE[methods.pop()]}" if len(methods) == 1 else ""
        name = "pago" if sheet.status in CLOSED or sheet.balance <= 0 else "sinal"
        words += f" · {name} {format_amount(sheet.paid)}{how}"
    if sheet.balance > 0 and sheet.due_on is not None:
        words += f" · vence em {format_short(sheet.due_on)}"
    return words


def dates_text(sheet: OrderView, today: date) -> str:
    parts = []
    if sheet.delivered_on is not None:
        parts.append(f"Entregue em {day_text(sheet.delivered_on, today)}")
        if sheet.warranty_until is not None:
            parts.append(f"garantia até {day_text(sheet.warranty_until, today)}")
    elif sheet.promised_on is not None:
        day = "hoje" if sheet.promised_on == today else day_text(sheet.promised_on, today)
        hour = f" às {sheet.promised_time}" if sheet.promised_time else ""
        parts.append(f"Prometida para {day}{hour}")
        if sheet.situation is Situation.LATE:
            parts.append("atrasada")
    return " · ".join(parts)


def waits_text(sheet: OrderView, today: date) -> str:
    """``Aguardando Placa W10540609 há 6 dias``."""
    if sheet.status is not Status.AWAITING_PART:
        return ""
    words = ["Aguardando", sheet.waiting_for or "peça"]
    if sheet.waiting_since is not None:
        since = since_text(sheet.waiting_since, today)
        words.append("desde hoje" if since == "hoje" else since)
    return " ".join(words)


def quote_text(sheet: OrderView, today: date, zone: ZoneInfo) -> tuple[str, str]:
    """Where the quote stands, and its tone."""
    quote, yes = sheet.quote, sheet.approval
    if sheet.status in CLOSED or sheet.status in UNSERVICED:
        return "", ""
    if yes is not None:
        day = day_text(local_day(yes.at, zone), today)
        heard = f", ouvido por {yes.author}" if yes.author else ""
        return f"Aprovada por {yes.by} {VIA[yes.via]} em {day}{heard}", ""
    if quote is None or quote.status is not QuoteStatus.SENT:
        return "", ""
    until = day_text(quote.valid_until, today) if quote.valid_until else ""
    if quote.expired:
        return f"Orçamento v{quote.version} venceu em {until}", "red"
    sent = f" de {day_text(local_day(quote.sent_at, zone), today)}" if quote.sent_at else ""
    valid = f", válido até {until}" if until else ""
    return f"Orçamento v{quote.version}{sent}{valid}", ""


def priority_text(sheet: OrderView) -> tuple[str, str]:
    """Only one that presses is told."""
    tone = PRESSING.get(sheet.priority, "")
    return (f"Prioridade {PRIORITY[sheet.priority].lower()}", tone) if tone else ("", "")


def notes_text(sheet: OrderView, today: date, zone: ZoneInfo) -> str:
    """The newest note; how many there are."""
    if not sheet.log:
        return ""
    last = sheet.log[-1]
    body = " ".join(last.body.split())
    if len(body) > NOTE_LETTERS:
        body = f"{body[: NOTE_LETTERS - 1].rstrip()}…"
    who = f" {last.author}" if last.author else ""
    count = plural(len(sheet.log), "anotação", "anotações")
    return f"{count} · {day_text(local_day(last.at, zone), today)}{who}: {body}"


def people_text(sheet: OrderView) -> str:
    parts = []
    if sheet.technician:
        parts.append(f"Técnico {sheet.technician}")
    if sheet.slot:
        parts.append(f"{'local' if parts else 'Local'} {sheet.slot}")
    if sheet.signed:
        parts.append("via assinada arquivada" if parts else "Via assinada arquivada")
    return " · ".join(parts)


class OrderPanel(Card):
    """Read only; every button only asks, the page acts."""

    open_requested = Signal(int)
    step_requested = Signal(object)
    """A ``Status``: the step to take with the order shown."""
    reopen_requested = Signal()
    print_requested = Signal()
    receive_requested = Signal()
    new_order_requested = Signal(int)
    """Another order for this customer."""
    field_requested = Signal(str)
    """``technician``, ``stage`` or ``priority``: to be set here."""
    notes_requested = Signal()
    quotes_requested = Signal()
    notice_requested = Signal()
    """The customer is to be told."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setObjectName("orderPanel")
        self.setAccessibleName("Ordem escolhida")
        self._sheet: OrderView | None = None
        self._build()
        self._connect()
        self.show_order(None, None)

    @property
    def sheet(self) -> OrderView | None:
        return self._sheet

    def _build(self) -> None:
        self._title = title_label()
        self._pill = Pill()
        head = self._head = QHBoxLayout()
        head.addWidget(self._title)
        head.addStretch()
        head.addWidget(self._pill)
        self._stage = Pill()
        self._stage.setObjectName("panelStage")
        self._priority = quiet_label()
        self._marks = QWidget()
        self._stage.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        marks = FlowLayout(8, self._marks)
        marks.addWidget(self._stage)
        marks.addWidget(self._priority)
        self._customer = strong_label(wrap=True)
        self._contact = quiet_label(wrap=True)
        self._equipment = text_label(wrap=True)
        self._serial = quiet_label(wrap=True)
        self._reason = text_label(wrap=True)
        self._lines_title = quiet_label("Serviço e materiais")
        self._lines = QGridLayout()
        self._lines.setHorizontalSpacing(8)
        self._lines.setVerticalSpacing(4)
        self._lines.setColumnStretch(0, 1)
        self._balance_name = strong_label("Saldo")
        self._balance = strong_label()
        self._balance.setAlignment(Qt.AlignmentFlag.AlignRight)
        set_kind(self._balance, "kind", "balance")
        balance = QHBoxLayout()
        balance.addWidget(self._balance_name)
        balance.addWidget(self._balance, 1)
        self._money = quiet_label(wrap=True)
        self._parts = quiet_label(wrap=True)
        self._parts.setObjectName("panelParts")
        self._dates = quiet_label(wrap=True)
        self._people = quiet_label(wrap=True)
        self._waits = quiet_label(wrap=True)
        set_kind(self._waits, "tone", "amber")
        self._quote = quiet_label(wrap=True)
        self._notes = quiet_label(wrap=True)
        self._note = FlatButton("Anotar", "F10")
        set_kind(self._note, "left", True)

        self._scroll = ScrollColumn(5)
        column = self._scroll.column
        parts: tuple[QWidget | QGridLayout | QHBoxLayout, ...] = (
            self._marks,
            self._customer,
            self._contact,
            thin_line(),
            quiet_label("Equipamento"),
            self._equipment,
            self._serial,
            quiet_label("Motivo relatado"),
            self._reason,
            self._lines_title,
            self._lines,
            thin_line(),
            balance,
            self._money,
            self._parts,
            self._dates,
            self._waits,
            self._quote,
            self._people,
            self._notes,
            self._note,
        )
        for part in parts:
            if part is self._note:
                column.addWidget(self._note, 0, Qt.AlignmentFlag.AlignLeft)
            elif isinstance(part, QWidget):
                column.addWidget(part)
            else:
                column.addLayout(part)
        column.addStretch()

        self._next = PrimaryButton("", "F4")
        self._more = GhostButton("Mais", "F6")
        self._more.setAccessibleName("Mais")
        self._menu = NumberedMenu(self._more)
        self._more.setMenu(self._menu)
        self._open = GhostButton("Abrir", "Enter")
        self._print = GhostButton("Imprimir", "F9")
        self._receive = GhostButton("Receber", "F8")
        for button, name in (
            (self._next, "panelNextStep"),
            (self._more, "panelMoreSteps"),
            (self._open, "panelOpen"),
            (self._print, "panelPrint"),
            (self._receive, "panelReceive"),
            (self._note, "panelNote"),
        ):
            button.setObjectName(name)
            if button is not self._next:
                button.setMinimumWidth(0)
                set_kind(button, "narrow", True)
        self._buttons = QWidget()
        grid = QGridLayout(self._buttons)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(6)
        grid.addWidget(self._next, 0, 0, 1, 2)
        buttons = (self._more, self._open, self._print, self._receive)
        for place, button in enumerate(buttons):
            grid.addWidget(button, 1 + place // 2, place % 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self._empty = quiet_label("Nenhuma ordem escolhida.", wrap=True)
        self.body.setSpacing(6)
        self.body.addLayout(head)
        self.body.addWidget(self._empty)
        self.body.addWidget(self._scroll, 1)
        self.body.addStretch()
        self.body.addWidget(self._buttons)

    def _connect(self) -> None:
        self._next.clicked.connect(self._next_clicked)
        self._open.clicked.connect(self._open_clicked)
        self._print.clicked.connect(self.print_requested)
        self._receive.clicked.connect(self.receive_requested)
        self._note.clicked.connect(self.notes_requested)
        self._menu.triggered.connect(self._menu_chosen)

    # -- showing ---------------------------------------------------------------------------

    def show_order(
        self, sheet: OrderView | None, today: date | None, zone: ZoneInfo | None = None
    ) -> None:
        self._sheet = sheet
        for part in (self._title, self._pill, self._scroll, self._buttons):
            part.setVisible(sheet is not None)
        self._empty.setVisible(sheet is None)
        if sheet is None or today is None or zone is None:
            return
        self._title.setText(f"OS {sheet.number}")
        self._pill.show_status(STATUS[sheet.status], STATUS_TONE[sheet.status])
        self._fit_head()
        self._customer.setText(sheet.customer.name)
        phones = [phone.number for phone in sheet.customer.phones]
        count = sheet.customer_orders
        orders = "primeira OS" if count == 1 else f"{count} ordens no cadastro"
        self._contact.setText(" · ".join([*phones[:2], orders]))
        self._equipment.setText(sheet.equipment.title)
        _show(self._serial, f"Série {sheet.equipment.serial}" if sheet.equipment.serial else "")
        self._reason.setText(sheet.reason)
        self._show_lines(sheet.items)
        self._show_money(sheet)
        _show(self._parts, standing_words(sheet, today))
        _show(self._dates, dates_text(sheet, today))
        set_kind(self._dates, "tone", "red" if sheet.situation is Situation.LATE else "")
        _show(self._waits, waits_text(sheet, today))
        _show_toned(self._quote, quote_text(sheet, today, zone))
        _show(self._people, people_text(sheet))
        _show(self._notes, notes_text(sheet, today, zone))
        self._show_marks(sheet)
        self._show_steps(sheet)
        self._scroll.verticalScrollBar().setValue(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_head()

    def _fit_head(self) -> None:
        """The status word is never cut: where both do not fit it stands under the number."""
        edges = self.body.contentsMargins()
        room = self.width() - edges.left() - edges.right() - self._head.spacing()
        beside = self._title.sizeHint().width() + self._pill.sizeHint().width() <= room
        way = QBoxLayout.Direction
        self._head.setDirection(way.LeftToRight if beside else way.TopToBottom)

    def _show_lines(self, items: tuple[ItemView, ...]) -> None:
        while (old := self._lines.takeAt(0)) is not None:
            widget = old.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._lines_title.setVisible(bool(items))
        for row, item in enumerate(items):
            quantity = format_quantity_br(item.quantity)
            plain = item.kind is ItemKind.SERVICE and item.quantity == 1000
            words = item.description if plain else f"{quantity} × {item.description}"
            amount = text_label(format_amount(item.total))
            amount.setAlignment(Qt.AlignmentFlag.AlignRight)
            self._lines.addWidget(ElidedLabel(words), row, 0)
            self._lines.addWidget(amount, row, 1)

    def _show_money(self, sheet: OrderView) -> None:
        back = sheet.balance < 0 and sheet.total > 0
        self._balance_name.setText("A devolver" if back else "Saldo")
        unpriced = sheet.total == 0 and sheet.paid == 0
        self._balance.setText("—" if unpriced else format_brl(abs(sheet.balance)))
        self._money.setText(money_text(sheet))

    def _show_marks(self, sheet: OrderView) -> None:
        """The stage in its colour, a priority that presses."""
        stage = sheet.stage
        self._stage.setVisible(stage is not None)
        if stage is not None:
            self._stage.show_status(stage.name, stage.colour)
        _show_toned(self._priority, priority_text(sheet))
        self._marks.setVisible(stage is not None or bool(self._priority.text()))

    def _show_steps(self, sheet: OrderView) -> None:
        steps = STEPS[sheet.status]
        self._next.setVisible(bool(steps))
        if steps:
            self._next.set_text(STEP_VERB[steps[0]])
        self._menu.clear()
        for to in steps[1:]:
            self._menu.add(STEP_VERB[to], to)
        if sheet.status in CLOSED:
            self._menu.add("Reabrir…", "reopen")
        if self._menu.actions():
            self._menu.addSeparator()
        for words, data in (
            ("Técnico…", "technician"),
            ("Etapa…", "stage"),
            ("Prioridade…", "priority"),
        ):
            self._menu.add(words, data, FIELD_KEYS[data])
        if sheet.quote is not None:
            self._menu.add("Versões do orçamento…", "quotes")
        self._menu.addSeparator()
        self._menu.add("Avisar cliente…", "notify", "F11")
        self._menu.add("Nova OS para este cliente", "new")
        self._receive.setEnabled(sheet.status is not Status.CANCELLED)

    def open_menu(self) -> None:
        """F6: the other steps and what else can be set, each by its number."""
        if self._buttons.isVisible():
            self._more.showMenu()

    @property
    def next_verb(self) -> str:
        """The usual step in words; empty where there is none."""
        return self._next.accessibleName() if not self._next.isHidden() else ""

    def take_next(self) -> None:
        """F4: the usual step."""
        self._next_clicked()

    # -- asking ----------------------------------------------------------------------------

    def _next_clicked(self) -> None:
        if self._sheet is not None and STEPS[self._sheet.status]:
            self.step_requested.emit(STEPS[self._sheet.status][0])

    def _open_clicked(self) -> None:
        if self._sheet is not None:
            self.open_requested.emit(self._sheet.number)

    def _menu_chosen(self, action: QAction) -> None:
        data = action.data()
        if data == "reopen":
            self.reopen_requested.emit()
        elif data == "new" and self._sheet is not None:
            self.new_order_requested.emit(self._sheet.customer.id)
        elif data == "quotes":
            self.quotes_requested.emit()
        elif data == "notify":
            self.notice_requested.emit()
        elif data in ("technician", "stage", "priority"):
            self.field_requested.emit(data)
        else:
            self.step_requested.emit(Status(data))


def _show(label: QLabel, text: str) -> None:
    label.setText(text)
    label.setVisible(bool(text))


def _show_toned(label: QLabel, words: tuple[str, str]) -> None:
    _show(label, words[0])
    set_kind(label, "tone", words[1])
