"""The payment pane: money of one order, received, taken back or given back, in place."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from enum import Enum

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from osdesk.domain.calendar import format_date
from osdesk.domain.codes import Paper, PaymentKind, PaymentMethod
from osdesk.domain.errors import UserError
from osdesk.domain.money import format_amount, format_brl
from osdesk.domain.orders.forms import InstalmentForm, PaymentForm
from osdesk.domain.orders.late_fees import LateFees
from osdesk.domain.orders.status import CLOSED, HANDED_OVER, RECEIVABLE, UNSERVICED
from osdesk.domain.views.orders import OrderView, PaymentView
from osdesk.services.orders.charges import late_fees_of
from osdesk.services.orders.payments import pay_and_agree, pay_many, refund_order, reverse_payment
from osdesk.services.orders.view import order_view
from osdesk.services.reports.closings import closed_month_of
from osdesk.texts import METHOD, METHOD_INSIDE, sentence
from osdesk.ui.desk import Desk
from osdesk.ui.panes.payment_fields import Part, PaymentFields
from osdesk.ui.panes.qr_dialogs import PixButton
from osdesk.ui.widgets import keymap
from osdesk.ui.widgets.controls import (
    FlatButton,
    GhostButton,
    PrimaryButton,
    error_label,
    quiet_label,
    set_kind,
    strong_label,
    text_label,
    thin_line,
    title_label,
)
from osdesk.ui.widgets.scroll_column import ScrollColumn
from osdesk.ui.widgets.side_pane import SidePane


class MoneyAct(Enum):
    """What the pane does at this moment."""

    PAY = "Receber"
    REVERSE = "Estornar pagamento"
    REFUND = "Devolver dinheiro"
    PAID = "Recebido"


def takes_deposit(sheet: OrderView) -> bool:
    """Open and without a price yet: what comes in is a deposit, of any amount."""
    closed = sheet.status in CLOSED or sheet.status in UNSERVICED
    return not closed and not sheet.labor_total + sheet.parts_total and not sheet.warranty_return_of


def received_words(parts: Sequence[Part], due_on: date | None) -> str:
    """``Recebido R$ 50,00 em dinheiro. Troco: R$ 20,00.`` with what was agreed of the rest."""
    each = [f"{format_brl(part.amount)} em {METHOD_INSIDE[part.method]}" for part in parts]
    words = [f"Recebido {' e '.join(each)}."] if parts else []
    change = sum(part.change for part in parts)
    if change:
        words.append(f"Troco: {format_brl(change)}.")
    if due_on is not None:
        words.append(f"O restante vence em {format_date(due_on)}.")
    return " ".join(words)


def receive(
    desk: Desk,
    number: int,
    parts: Sequence[Part],
    day: date | None,
    agreed: tuple[date, list[InstalmentForm]] | None,
    *,
    late_fees: bool = False,
) -> list[int]:
    """All ways of one moment together, and when the rest is due; the payments' ids.

    Raises UserError as ``pay_many`` and ``pay_and_agree`` do.
    """
    forms = [PaymentForm(part.amount, part.method, day, late_fees) for part in parts]
    now, author = desk.now(), desk.author
    if agreed is None:
        return desk.write(pay_many, number, forms, now=now, author=author)
    due_on, instalments = agreed
    return desk.write(
        pay_and_agree, number, forms, due_on=due_on, parts=instalments, now=now, author=author
    )


def take_back(desk: Desk, number: int, payment_id: int, reason: str) -> int:
    """Reverse one payment whole; the reversal's id. Raises UserError."""
    return desk.write(
        reverse_payment, number, payment_id, reason=reason, now=desk.now(), author=desk.author
    )


def give_back(
    desk: Desk,
    number: int,
    amount: int,
    method: PaymentMethod,
    reason: str,
    owed_on: date | None = None,
) -> int:
    """Refund an amount; the refund's id. Raises UserError."""
    return desk.write(
        refund_order,
        number,
        amount=amount,
        method=method,
        reason=reason,
        owed_on=owed_on,
        now=desk.now(),
        author=desk.author,
    )


NAMES = {PaymentKind.REVERSAL: "estorno", PaymentKind.REFUND: "devolução"}


def payment_words(payment: PaymentView) -> str:
    """``21/11/2026 · Pix · recibo 12``."""
    parts = [format_date(payment.paid_on), METHOD[payment.method]]
    parts.append(NAMES.get(payment.kind, f"recibo\N{NO-BREAK SPACE}{payment.receipt}"))
    if payment.reversed:
        parts.append("estornado")
    return " · ".join(parts)


class PaymentList(QWidget):
    reverse_requested = Signal(object)
    """A ``PaymentView``."""
    receipt_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("paymentList")
        self.setAccessibleName("Pagamentos desta OS")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(4)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(0, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def show_payments(self, payments: Sequence[PaymentView]) -> None:
        while (old := self._grid.takeAt(0)) is not None:
            widget = old.widget()
            if widget is not None:
                widget.setParent(None)
                widget.deleteLater()
        for place, payment in enumerate(payments):
            words = quiet_label(payment_words(payment), wrap=True)
            amount = text_label(format_amount(payment.amount))
            amount.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(words, place * 2, 0)
            self._grid.addWidget(amount, place * 2, 1)
            if payment.kind is PaymentKind.PAYMENT and not payment.reversed:
                acts = _Acts(payment, self)
                self._grid.addWidget(acts, place * 2 + 1, 0, 1, 2)
                acts.show()  # at once: the keyboard may be on its way to it


class _Acts(QWidget):
    """*Recibo* and *Estornar* of one payment."""

    def __init__(self, payment: PaymentView, owner: PaymentList) -> None:
        super().__init__(owner)
        self._payment, self._owner = payment, owner
        row = QGridLayout(self)
        row.setContentsMargins(0, 0, 0, 4)
        row.setColumnStretch(2, 1)
        what = f"o pagamento de {format_brl(payment.amount)}"
        for column, (words, name, act) in enumerate(
            (
                ("Recibo", "receipt", self._receipt),
                ("Estornar", "reverse", self._reverse),
            )
        ):
            button = FlatButton(words)
            button.setObjectName(f"{name}_{payment.id}")
            button.setAccessibleName(f"{words}: {what}")
            set_kind(button, "left", column == 0)
            button.clicked.connect(act)
            row.addWidget(button, 0, column)

    def _receipt(self) -> None:
        self._owner.receipt_requested.emit(self._payment)

    def _reverse(self) -> None:
        self._owner.reverse_requested.emit(self._payment)


class PaymentPane(SidePane):
    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("paymentPane", parent)
        self._desk = desk
        self._sheet: OrderView | None = None
        self._act = MoneyAct.PAY
        self._payment: PaymentView | None = None
        self._unprinted: list[int] = []  # of what was recorded since it was asked
        self._recorded = False
        self._pays = False
        self._fees = 0
        self._build()
        self._connect()

    def _build(self) -> None:
        self._title = title_label()
        self._title.setWordWrap(True)
        self._who = quiet_label(wrap=True)
        self._balance = strong_label()
        self._balance.setObjectName("paymentBalance")
        set_kind(self._balance, "kind", "balance")
        self._money = quiet_label(wrap=True)
        self._news = text_label(wrap=True)
        self._news.setObjectName("paymentNews")

        self.fields = PaymentFields(self._desk)
        self._wrong = error_label()
        self._wrong.setObjectName("paymentError")
        self._closed_month = text_label(wrap=True)
        self._closed_month.setObjectName("paymentClosedMonth")

        self._confirm = PrimaryButton()
        self._confirm.setObjectName("paymentConfirm")
        self._receipt = PrimaryButton("Imprimir recibo", "F9")
        self._receipt.setObjectName("paymentReceipt")
        self._back = GhostButton("Voltar", "Esc")
        self._back.setObjectName("paymentBack")
        buttons = QVBoxLayout()
        buttons.setSpacing(6)
        self._another = GhostButton("Outra forma", "+")
        self._another.setObjectName("paymentAnother")
        self._another.setToolTip("Juntar outra forma de pagamento ao mesmo recebimento")
        self._pix = PixButton(self._desk)
        for button in (self._pix, self._another, self._confirm, self._receipt, self._back):
            buttons.addWidget(button)
        self._list = PaymentList()
        self._refund = FlatButton("Devolver dinheiro…")
        self._refund.setObjectName("paymentRefund")
        set_kind(self._refund, "left", True)
        self._line = thin_line()

        scroll = ScrollColumn()
        column = scroll.column
        for part in (
            *(self._title, self._who, self._balance, self._money, self._news),
            *(self.fields, self._wrong),
        ):
            column.addWidget(part)
        column.addWidget(self._closed_month)
        column.addWidget(self._line)
        column.addWidget(self._list)
        column.addWidget(self._refund, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        self.body.addWidget(scroll, 1)
        self.body.addLayout(buttons)  # outside of what scrolls: always in sight

    def _connect(self) -> None:
        self._confirm.clicked.connect(self.confirm)
        self._another.clicked.connect(self.another_way)
        self._back.clicked.connect(self.back)
        self._receipt.clicked.connect(self.print_receipt)
        self._refund.clicked.connect(self._ask_refund)
        self._list.reverse_requested.connect(self._ask_reversal)
        self._list.receipt_requested.connect(self._print_one)
        self.fields.edited.connect(self._recount)
        self.fields.paid_on.edited.connect(self._warn_of_closed_month)
        self.fields.fees.toggled.connect(self._fees_chosen)
        self.fields.paid_on.edited.connect(self._show_fees)
        self.fields.rest.edited.connect(self._recount)

    # -- asking ----------------------------------------------------------------------------

    def ask(self, sheet: OrderView) -> None:
        """Receive money for this order; the amount is the balance until something else is typed."""
        self._recorded = False
        self._unprinted = []
        self._show_sheet(sheet)
        self._start(MoneyAct.PAY)

    def has_text(self) -> bool:
        return self._act is not MoneyAct.PAID and self.fields.has_text()

    def _show_sheet(self, sheet: OrderView) -> None:
        self._sheet = sheet
        self._who.setText(f"OS {sheet.number} · {sheet.customer.name} · {sheet.equipment.title}")
        if sheet.balance < 0 and not takes_deposit(sheet):
            self._balance.setText(f"A devolver {format_brl(-sheet.balance)}")
        elif takes_deposit(sheet):
            self._balance.setText("Ainda sem preço")
        else:
            self._balance.setText(f"Saldo {format_brl(sheet.balance)}")
        self._money.setText(
            f"Total {format_amount(sheet.total)} · recebido {format_amount(sheet.paid)}"
        )
        self._list.show_payments(sheet.payments)
        self._line.setVisible(bool(sheet.payments))

    def _start(self, act: MoneyAct) -> None:
        """Show what an act needs, empty, and go to its first field."""
        sheet = self._sheet
        if sheet is None:
            return
        self._act = act
        deposit = takes_deposit(sheet)
        nothing = act is MoneyAct.PAY and sheet.balance <= 0 and not deposit
        pays = act is MoneyAct.PAY and not nothing
        moves = pays or act is MoneyAct.REFUND
        self.fields.clear(self._usual_amount(sheet, deposit))
        self.fields.show_parts(
            amount=moves,
            date=pays,
            reason=act in (MoneyAct.REVERSE, MoneyAct.REFUND),
            cash=pays,
            meaning=act is MoneyAct.REFUND and sheet.status in HANDED_OVER and sheet.balance >= 0,
        )
        self._pays = pays
        self.fields.fees.setChecked(False)
        self._show_fees()
        first = self.fields.offer.show_parts(sheet.instalments if pays else ())
        if first is not None:
            self.fields.clear(first)
        self._confirm.setVisible(pays or act in (MoneyAct.REVERSE, MoneyAct.REFUND))
        self._offer_receipts()
        self._list.setVisible(act is not MoneyAct.REVERSE)
        self._refund.setVisible(sheet.paid > 0 and act in (MoneyAct.PAY, MoneyAct.PAID))
        self._back.set_text("Concluir" if act is MoneyAct.PAID else "Voltar")
        self._title.setText(act.value)
        if act is MoneyAct.PAY:
            self._news_say(
                "Não há saldo a receber." if nothing else "O valor entra como sinal." * deposit
            )
        elif act is MoneyAct.REVERSE and self._payment is not None:
            paid = self._payment
            self._news_say(
                f"Estorna por inteiro {format_brl(paid.amount)} em {METHOD_INSIDE[paid.method]}."
            )
        elif act is MoneyAct.REFUND:
            self._news_say(f"Recebido até agora: {format_brl(sheet.paid)}.")
        self._say("")
        self._recount()
        self._focus_first(moves)

    def _show_fees(self) -> None:
        """What the shop agreed for paying late, on the day of the payment."""
        sheet, fees = self._sheet, LateFees(0, 0)
        if sheet is not None and self._pays and sheet.status in RECEIVABLE and sheet.balance > 0:
            try:
                day = self.fields.paid_on.value()
            except UserError:
                day = None  # said beside its field when it is left
            fees = self._desk.read(late_fees_of, sheet.number, now=self._desk.now(), day=day)
        self._fees = fees.total
        self.fields.show_fees(fees)

    def _fees_chosen(self, chosen: bool) -> None:
        """The usual amount is with them, or without; one that was typed stays."""
        if self._sheet is not None and self._pays:
            self.fields.add_to_usual(self._fees if chosen else -self._fees)
            self._recount()

    def _owed(self, sheet: OrderView) -> int:
        """What there is to be received now."""
        return sheet.balance + (self._fees if self.fields.fees.isChecked() else 0)

    def _usual_amount(self, sheet: OrderView, deposit: bool) -> int | None:
        if self._act is MoneyAct.REFUND:
            return -sheet.balance if sheet.balance < 0 and not deposit else None
        return sheet.balance if sheet.balance > 0 else None

    def _focus_first(self, moves: bool) -> None:
        if moves:
            first: QWidget = self.fields.amount
        elif self._act is MoneyAct.REVERSE:
            first = self.fields.reason
        else:
            first = self._receipt if self._act is MoneyAct.PAID else self._back
            if first is self._back and self._sheet is not None and self._sheet.balance < 0:
                first = self._refund
        first.setFocus(Qt.FocusReason.TabFocusReason)
        if isinstance(first, QLineEdit):
            first.selectAll()  # typing replaces the amount, whether the focus came or was there

    def _ask_refund(self) -> None:
        self._start(MoneyAct.REFUND)

    def _ask_reversal(self, payment: PaymentView) -> None:
        self._payment = payment
        self._start(MoneyAct.REVERSE)

    def _recount(self) -> None:
        amount = self.fields.amount_now()
        if self._act is MoneyAct.REVERSE and self._payment is not None:
            amount = self._payment.amount
        sheet = self._sheet
        self._another.setVisible(self._pays and self._another_left() > 0)
        if self._act is MoneyAct.PAY and sheet is not None:
            amount = (amount or 0) + self.fields.rows.total
            later = self._pays and sheet.status in (RECEIVABLE | UNSERVICED)
            self.fields.show_rest(self._owed(sheet) - amount if later else 0)
        verb = {MoneyAct.REVERSE: "Estornar", MoneyAct.REFUND: "Devolver"}.get(self._act, "Receber")
        self._confirm.set_text(f"{verb} {format_brl(amount)}" if amount else verb)
        self._offer_pix()
        self._warn_of_closed_month()

    def _warn_of_closed_month(self) -> None:
        """Before it is recorded: money dated into a closed month changes it as an adjustment."""
        day = warning = None
        with suppress(UserError):  # half typed
            day = self.fields.paid_on.value() if self._pays else None
        if day is not None and day < self._desk.today().replace(day=1):
            warning = self._desk.read(closed_month_of, day)
        self._closed_month.setText(sentence(warning) if warning else "")
        self._closed_month.setVisible(warning is not None)

    def _offer_pix(self) -> None:
        """The code of the amount typed; of none that would be refused once it is paid."""
        sheet, amount = self._sheet, self.fields.amount_now() or 0
        if sheet is None:
            return
        left = amount if takes_deposit(sheet) else self._owed(sheet) - self.fields.rows.total
        pix = self._pays and self.fields.method.value() is PaymentMethod.PIX
        self._pix.offer(sheet.number, amount if pix and amount <= left else None)

    def _another_left(self) -> int:
        """What would be left for another way of paying, once this one is chosen."""
        amount = self.fields.amount_now()
        if self._sheet is None or not amount or self.fields.method.value() is None:
            return 0
        left = self._owed(self._sheet) - self.fields.rows.total - amount
        return max(left, 0) if not takes_deposit(self._sheet) else 1

    def another_way(self) -> None:
        """+: keep this amount and method, and ask for the rest by another method."""
        if self._another.isHidden():
            return
        values = self.fields.read()
        if values is None or self._sheet is None:
            return
        left = self._another_left() if not takes_deposit(self._sheet) else 0
        self.fields.next_way(left)
        self._focus_first(True)

    # -- answering -------------------------------------------------------------------------

    def confirm(self) -> None:
        sheet = self._sheet
        if sheet is None or self._confirm.isHidden():
            return
        values = self.fields.read()
        if values is None:
            return
        self._say("")
        try:
            if self._act is MoneyAct.PAY:
                self._pay(sheet, values)
            elif self._act is MoneyAct.REVERSE:
                self._reverse(sheet)
            else:
                self._give_back(sheet, values)
        except UserError as error:
            if not self.fields.show_error(error):
                self._say(sentence(error))

    def _pay(self, sheet: OrderView, values: dict[str, object]) -> None:
        parts = self.fields.all_parts(values)
        agreed = self.fields.rest.agreed() if not self.fields.rest.isHidden() else None
        day = self.fields.paid_on.value()
        fees = self.fields.fees.isChecked()
        paid = receive(self._desk, sheet.number, parts, day, agreed, late_fees=fees)
        self._unprinted += paid
        self._after(sheet, MoneyAct.PAID if paid else MoneyAct.PAY)
        self._news_say(received_words(parts, agreed[0] if agreed else None))

    def _reverse(self, sheet: OrderView) -> None:
        if self._payment is None:
            return
        reason = self.fields.reason.text()
        self._unprinted.append(take_back(self._desk, sheet.number, self._payment.id, reason))
        self._after(sheet, MoneyAct.PAY)
        self._news_say("Pagamento estornado.")

    def _give_back(self, sheet: OrderView, values: dict[str, object]) -> None:
        amount, method = self.fields.amount_and_method(values)
        again = values.get("owed_again")
        if "owed_again" in values and again is None:
            raise UserError("required", field="owed_again")
        owed_on = values.get("owed_on")
        if again and not isinstance(owed_on, date):
            raise UserError("required", field="owed_on")
        reason = self.fields.reason.text()
        day = owed_on if isinstance(owed_on, date) else None
        paid = give_back(self._desk, sheet.number, amount, method, reason, day)
        self._unprinted.append(paid)
        self._after(sheet, MoneyAct.PAY)
        words = f"Devolvido {format_brl(amount)} em {METHOD_INSIDE[method]}."
        if again is False:
            words += " O preço da OS diminuiu nesse valor."
        self._news_say(words)

    def _after(self, sheet: OrderView, act: MoneyAct) -> None:
        self._recorded = True
        self._show_sheet(self._desk.read(order_view, sheet.number, now=self._desk.now()))
        self._start(act)

    def _offer_receipts(self) -> None:
        """Each movement of this moment has a receipt of its own; one key prints all of them."""
        count = len(self._unprinted)
        self._receipt.setVisible(count > 0 and self._act in (MoneyAct.PAY, MoneyAct.PAID))
        self._receipt.set_text(f"Imprimir {count} recibos" if count > 1 else "Imprimir recibo")
        set_kind(self._receipt, "kind", "primary" if self._act is MoneyAct.PAID else "")

    def print_receipt(self) -> bool:
        if self._receipt.isHidden():
            return False
        waiting, self._unprinted = self._unprinted, []
        for payment in waiting:
            self._print(payment)
        if self._act is MoneyAct.PAID:
            self.back()
        else:
            self._offer_receipts()
        return True

    def _print_one(self, payment: PaymentView) -> None:
        self._print(payment.id)

    def _print(self, payment: int) -> None:
        from osdesk.ui.papers.printing import print_order

        if self._sheet is not None:
            page = self.parentWidget() or self
            print_order(self._desk, page, self._sheet.number, Paper.RECEIPT, payment)

    def back(self) -> None:
        """Leave what is asked now: a reversal or refund for the payment, the payment for good."""
        if self._act in (MoneyAct.REVERSE, MoneyAct.REFUND):
            self._start(MoneyAct.PAY)
        elif self._recorded and self._sheet is not None:
            self.done.emit(self._sheet.number)
        else:
            self.left.emit()

    def _say(self, words: str) -> None:
        self._wrong.setText(words)
        self._wrong.setVisible(bool(words))

    def _news_say(self, words: str) -> None:
        self._news.setText(words)
        self._news.setVisible(bool(words))

    # -- keys ------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self.back()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.fields.amount.hasFocus() and self.fields.method.value() is None:
                self.fields.method.setFocus(Qt.FocusReason.TabFocusReason)
            else:
                self.confirm()
        elif key == Qt.Key.Key_Plus:
            self.another_way()
        elif keymap.pressed(event, "F7"):
            self._pix.show_code()
        else:
            super().keyPressEvent(event)
