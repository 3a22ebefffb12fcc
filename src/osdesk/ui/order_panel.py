"""What is this order? The right panel of the list answers, and carries its next steps."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QMenu,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from osdesk.domain.calendar import format_short
from osdesk.domain.codes import ItemKind, PaymentKind
from osdesk.domain.money import format_amount, format_brl, format_quantity_br
from osdesk.domain.shapes import ItemView, OrderSheet
from osdesk.domain.status import CLOSED, STEPS, UNSERVICED, Situation, Status
from osdesk.texts import METHOD_INSIDE, STATUS, STEP_VERB
from osdesk.ui.orders_text import day_text
from osdesk.ui.theme import STATUS_TONE
from osdesk.ui.widgets import (
    Card,
    ElidedLabel,
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

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setObjectName("orderPanel")
        self.setAccessibleName("Ordem escolhida")
        self._sheet: OrderSheet | None = None
        self._build()
        self._connect()
        self.show_order(None, None)

    @property
    def sheet(self) -> OrderSheet | None:
        return self._sheet

    def _build(self) -> None:
        self._title = title_label()
        self._pill = Pill()
        head = self._head = QHBoxLayout()
        head.addWidget(self._title)
        head.addStretch()
        head.addWidget(self._pill)
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
        self._dates = quiet_label(wrap=True)
        self._people = quiet_label(wrap=True)

        inside = QWidget()
        inside.setProperty("kind", "scrolled")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 4, 0)
        column.setSpacing(5)
        parts: tuple[QWidget | QGridLayout | QHBoxLayout, ...] = (
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
            self._dates,
            self._people,
        )
        for part in parts:
            if isinstance(part, QWidget):
                column.addWidget(part)
            else:
                column.addLayout(part)
        column.addStretch()
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(inside)

        self._next = PrimaryButton()
        self._more = GhostButton("Mais passos", "", "chevron-down")
        self._more.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self._menu = QMenu(self._more)
        self._more.setMenu(self._menu)
        self._open = GhostButton("Abrir")
        self._print = GhostButton("Imprimir", "F9")
        self._receive = GhostButton("Receber", "F8")
        for button, name in (
            (self._next, "panelNextStep"),
            (self._more, "panelMoreSteps"),
            (self._open, "panelOpen"),
            (self._print, "panelPrint"),
            (self._receive, "panelReceive"),
        ):
            button.setObjectName(name)
        self._buttons = QWidget()
        grid = QGridLayout(self._buttons)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(6)
        grid.addWidget(self._next, 0, 0, 1, 2)
        grid.addWidget(self._more, 1, 0)
        grid.addWidget(self._open, 1, 1)
        grid.addWidget(self._print, 2, 0)
        grid.addWidget(self._receive, 2, 1)
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
        self._menu.triggered.connect(self._menu_chosen)

    # -- showing ---------------------------------------------------------------------------

    def show_order(self, sheet: OrderSheet | None, today: date | None) -> None:
        self._sheet = sheet
        for part in (self._title, self._pill, self._scroll, self._buttons):
            part.setVisible(sheet is not None)
        self._empty.setVisible(sheet is None)
        if sheet is None or today is None:
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
        _show(self._dates, _dates_text(sheet, today))
        set_kind(self._dates, "tone", "red" if sheet.situation is Situation.LATE else "")
        _show(self._people, _people_text(sheet))
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

    def _show_money(self, sheet: OrderSheet) -> None:
        back = sheet.balance < 0 and sheet.total > 0
        self._balance_name.setText("A devolver" if back else "Saldo")
        unpriced = sheet.total == 0 and sheet.paid == 0
        self._balance.setText("—" if unpriced else format_brl(abs(sheet.balance)))
        if unpriced:
            words = "Sem preço" if sheet.status not in CLOSED else "Nada a pagar"
        else:
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
        self._money.setText(words)

    def _show_steps(self, sheet: OrderSheet) -> None:
        steps = STEPS[sheet.status]
        self._next.setVisible(bool(steps))
        if steps:
            self._next.set_text(STEP_VERB[steps[0]])
        self._menu.clear()
        for to in steps[1:]:
            self._add_action(STEP_VERB[to], to)
        if sheet.status in CLOSED:
            self._add_action("Reabrir…", "reopen")
        if self._menu.actions():
            self._menu.addSeparator()
        self._add_action("Nova OS para este cliente", "new")
        self._receive.setEnabled(sheet.status is not Status.CANCELLED)

    def _add_action(self, words: str, data: object) -> None:
        action = QAction(words, self._menu)
        action.setData(data)
        self._menu.addAction(action)

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
        else:
            self.step_requested.emit(Status(data))


def _show(label: QLabel, text: str) -> None:
    label.setText(text)
    label.setVisible(bool(text))


def _dates_text(sheet: OrderSheet, today: date) -> str:
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
    if sheet.waiting_for and sheet.status is Status.AWAITING_PART:
        parts.append(f"espera: {sheet.waiting_for}")
    return " · ".join(parts)


def _people_text(sheet: OrderSheet) -> str:
    parts = []
    if sheet.technician:
        parts.append(f"Técnico {sheet.technician}")
    if sheet.slot:
        parts.append(f"{'local' if parts else 'Local'} {sheet.slot}")
    if sheet.signed:
        parts.append("via assinada arquivada")
    return " · ".join(parts)
