"""A customer's account on the card: bought, paid, owed since when, and every movement behind it."""

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from osdesk.domain.calendar import format_date, runs_until
from osdesk.domain.codes import ChargeKind
from osdesk.domain.errors import UserError
from osdesk.domain.money import format_amount, format_brl
from osdesk.domain.views.account import Account, Movement, Piece
from osdesk.jobs.letters import write_account
from osdesk.services.customers.accounts import collection_letter, customer_account
from osdesk.texts import AGE, CHARGE_KIND, METHOD, PAYMENT_KIND, plural, sentence
from osdesk.ui.desk import Desk
from osdesk.ui.widgets import file_dialogs
from osdesk.ui.widgets.controls import FlatButton, GhostButton, quiet_label, set_kind, strong_label
from osdesk.ui.widgets.tables import Cell, CellsModel, PlainTable

WHAT, AMOUNT, BALANCE = range(3)
HEADINGS = ("O que foi", "Valor (R$)", "Saldo (R$)")
WIDTHS = {AMOUNT: 84, BALANCE: 84}
MOST_PIECES = 6
KINDS = "PDF (*.pdf)"


def figures_words(account: Account) -> str:
    """``Comprou R$ 370,00 · pagou R$ 100,00 · deve R$ 270,00``."""
    parts = [f"Comprou {format_brl(account.bought)}", f"pagou {format_brl(account.paid)}"]
    parts.append(f"deve {format_brl(account.owed)}" if account.owed else "nada em aberto")
    if account.ahead:
        parts.append(f"{format_brl(account.ahead)} adiantados")
    return " · ".join(parts)


def late_words(account: Account) -> str:
    """What is overdue since when, by age; empty where nothing is."""
    if account.since is None:
        return ""
    ages = [
        f"{AGE[age].lower()}: {format_brl(amount)}"
        for age, amount in account.by_age.items()
        if amount and age != "not_due"
    ]
    first = f"Vencido {format_brl(account.overdue)} desde {format_date(account.since)}"
    return " · ".join([first, *ages])


def pieces_words(pieces: tuple[Piece, ...]) -> str:
    """Each piece that is owed, one a line, the earliest first."""
    lines = []
    for piece in pieces[:MOST_PIECES]:
        when = "sem vencimento"
        if piece.due_on is not None:
            verb = "venceu" if piece.days_late else "vence"
            when = f"{verb} em {format_date(piece.due_on)}"
            if not piece.days_late and (last := runs_until(piece.due_on)) != piece.due_on:
                when += f", pode ser pago até {format_date(last)}"
        if piece.days_late:
            when += f", {plural(piece.days_late, 'dia', 'dias')} de atraso"
        lines.append(f"OS {piece.number} · {format_amount(piece.amount)} · {when}")
    if len(pieces) > MOST_PIECES:
        more = pieces[MOST_PIECES:]
        rest = format_brl(sum(piece.amount for piece in more))
        lines.append(f"e mais {plural(len(more), 'valor', 'valores')}, {rest}")
    return "\n".join(lines)


class CustomerAccount(QWidget):
    """The account in the place of the card's data: sums by age, movements, the papers of it."""

    order_requested = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("customerAccount")
        self._desk = desk
        self._account: Account | None = None
        self._build()
        self._connect()

    def _build(self) -> None:
        self._figures = strong_label(wrap=True)
        self._figures.setObjectName("accountFigures")
        self._late = quiet_label(wrap=True)
        self._late.setObjectName("accountLate")
        set_kind(self._late, "tone", "red")
        self._pieces = quiet_label(wrap=True)
        self._pieces.setObjectName("accountPieces")
        self._print = GhostButton("Salvar conta em PDF", "F9", "receipt")
        self._print.setObjectName("accountPrint")
        self._letter = GhostButton("Carta de cobrança…", "F11")
        self._letter.setObjectName("accountLetter")
        buttons = QHBoxLayout()
        buttons.setSpacing(6)
        buttons.addWidget(self._print)
        buttons.addWidget(self._letter)
        buttons.addStretch(1)
        self._said = quiet_label(wrap=True)
        self._said.setObjectName("accountSaid")
        self._open = FlatButton("Abrir o PDF")
        self._open.setObjectName("accountOpen")
        self._open.hide()
        self._place: Path | None = None
        self._model: CellsModel[Movement] = CellsModel(HEADINGS, _cell, (AMOUNT, BALANCE))
        self._table = PlainTable("Movimentos da conta", self._model, WIDTHS)
        self._table.setObjectName("accountTable")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for part in (self._figures, self._late, self._pieces):
            column.addWidget(part)
        column.addLayout(buttons)
        column.addWidget(self._said)
        column.addWidget(self._open, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._table, 1)

    def _connect(self) -> None:
        self._print.clicked.connect(self.save_account)
        self._letter.clicked.connect(self.show_letter)
        self._open.clicked.connect(self._open_file)
        self._table.opened.connect(self._opened)

    # -- showing ---------------------------------------------------------------------------

    def show_customer(self, customer_id: int) -> None:
        """Read the account as of this moment."""
        self._say("")
        account = self._desk.read(customer_account, customer_id, now=self._desk.now())
        self._account = account
        self._figures.setText(figures_words(account))
        self._late.setText(late_words(account))
        self._late.setVisible(account.since is not None)
        self._pieces.setText(pieces_words(account.pieces))
        self._pieces.setVisible(bool(account.pieces))
        self._letter.setVisible(bool(account.late))
        self._model.show_rows(tuple(reversed(account.movements)))
        self._table.setVisible(bool(account.movements))

    def _opened(self, index: QModelIndex) -> None:
        move = self._model.row(index)
        if move is not None:
            self.order_requested.emit(move.number)

    # -- on paper --------------------------------------------------------------------------

    def save_account(self) -> None:
        """F9: the account as a PDF, where the person wants it."""
        account, place = self._account, self._ask("conta")
        if account is None or place is None:
            return
        try:
            write_account(self._desk.store, account.customer.id, place, now=self._desk.now())
        except UserError as error:
            self._say(sentence(error), "red")
        else:
            self._say(f"Conta salva em {place}", place=place)

    def show_letter(self) -> None:
        """The collection letter, to be looked at, printed or saved."""
        account = self._account
        if account is None or not account.late:
            return
        who = account.customer.id
        try:
            letter = self._desk.read(collection_letter, who, now=self._desk.now())
        except UserError as error:
            self._say(sentence(error), "red")
            return
        from osdesk.ui.customers.letter_dialog import LetterDialog

        dialog = LetterDialog(self._desk, letter, self.window())
        dialog.given.connect(self._letter_given)
        dialog.open()

    def _letter_given(self, words: str, place: Path | None) -> None:
        self._say(words, place=place)

    def _ask(self, what: str) -> Path | None:
        if self._account is None:
            return None
        day: datetime = self._desk.local_now()
        name = f"{what}-{self._account.customer.id}-{day:%Y-%m-%d}.pdf"
        return file_dialogs.ask_save_path(self, "Salvar PDF", Path.home() / name, KINDS)

    def _open_file(self) -> None:
        if self._place is not None and not file_dialogs.open_with_system(self._place):
            self._say(f"O sistema não abriu o PDF; ele está em {self._place}", place=self._place)

    def _say(self, words: str, tone: str = "", place: Path | None = None) -> None:
        self._place = place
        self._open.setVisible(place is not None)
        self._said.setText(words)
        self._said.setVisible(bool(words))
        set_kind(self._said, "tone", tone)


def _cell(move: Movement, column: int) -> Cell:
    if column == WHAT:
        if isinstance(move.kind, ChargeKind):
            what = f"{CHARGE_KIND[move.kind]} · OS {move.number}"
            return Cell(what, format_date(move.day))
        if move.kind is None or move.method is None:
            return Cell(f"OS {move.number}", format_date(move.day), strong=True)
        what = f"{PAYMENT_KIND[move.kind]} · OS {move.number}"
        return Cell(what, f"{format_date(move.day)} · {METHOD[move.method]}")
    amount = move.amount if column == AMOUNT else move.balance
    sign = "−" if amount < 0 else ""
    return Cell(f"{sign}{format_amount(abs(amount))}", strong=column == BALANCE, right=True)
