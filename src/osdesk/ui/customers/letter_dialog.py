"""The collection letter to look at before it is printed or saved; either logs it as a notice."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from osdesk.domain.errors import UserError
from osdesk.domain.money import format_brl
from osdesk.domain.topics import Topic
from osdesk.domain.views.account import Letter
from osdesk.jobs.letters import draw_letter, write_letter
from osdesk.services.customers.accounts import log_letter
from osdesk.texts import listing, sentence
from osdesk.ui.desk import Desk
from osdesk.ui.papers import printing
from osdesk.ui.papers.print_dialog import PaperView
from osdesk.ui.papers.print_fields import PrintHabits
from osdesk.ui.widgets import file_dialogs
from osdesk.ui.widgets.controls import (
    FlatButton,
    GhostButton,
    PrimaryButton,
    error_label,
    quiet_label,
    title_label,
)
from osdesk.ui.widgets.fields import ChoiceField, Labelled

KIND = "collection"
"""By which name its printer is remembered."""
LOGGED = "Ao imprimir ou salvar, a carta fica registrada como aviso em cada uma dessas OS."
NO_PRINTER = "Nenhuma impressora instalada: salve o PDF."


class LetterDialog(QDialog):
    """Opened by the person who writes; Enter prints, Esc leaves all as it was."""

    given = Signal(str, object)
    """What was done, in words; the file's place, None where it was printed."""

    def __init__(self, desk: Desk, letter: Letter, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("letterDialog")
        self.setWindowTitle("Carta de cobrança")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk = desk
        self._letter = letter
        self._habits = PrintHabits(desk.folder)
        self._build()
        self._connect()
        who = letter.customer.id
        self._view.show_paper(partial(draw_letter, customer_id=who, now=desk.now()))

    def _build(self) -> None:
        names = QPrinterInfo.availablePrinterNames()
        self._printer = ChoiceField()
        self._printer.setObjectName("letterPrinter")
        self._printer.set_choices([(name, name) for name in names])
        known = self._habits.printer(KIND)
        self._printer.set_value(known if known in names else next(iter(names), None))
        self._print = PrimaryButton("Imprimir", "Enter")
        self._print.setObjectName("letterPrint")
        self._save = (GhostButton if names else PrimaryButton)("Salvar PDF…", "Alt+S")
        self._save.setObjectName("letterSave")
        (self._print if names else self._save).setDefault(True)
        self._leave = FlatButton("Voltar", "Esc")
        self._wrong = error_label()
        self._wrong.setObjectName("letterError")
        self._wrong.hide()
        self._view = PaperView(self._desk)
        orders = listing([str(number) for number in self._letter.numbers])
        side = QWidget()
        side.setFixedWidth(300)
        left = QVBoxLayout(side)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(10)
        left.addWidget(title_label("Carta de cobrança"))
        left.addWidget(quiet_label(self._letter.customer.name, wrap=True))
        total = format_brl(self._letter.total)
        left.addWidget(quiet_label(f"OS {orders} · {total}", wrap=True))
        if names:
            left.addWidget(Labelled("Impressora", self._printer))
        else:
            left.addWidget(quiet_label(NO_PRINTER, wrap=True))
            self._printer.hide()
            self._print.hide()
        left.addWidget(quiet_label(LOGGED, wrap=True))
        left.addWidget(self._wrong)
        left.addStretch(1)
        for button in (self._print, self._save, self._leave):
            left.addWidget(button)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(16, 16, 16, 16)
        whole.setSpacing(16)
        whole.addWidget(side)
        whole.addWidget(self._view, 1)
        self.resize(900, 560)

    def _connect(self) -> None:
        self._print.clicked.connect(self.print_letter)
        self._save.clicked.connect(self.save_letter)
        self._leave.clicked.connect(self.reject)
        QShortcut(QKeySequence("Alt+S"), self).activated.connect(self.save_letter)

    def print_letter(self) -> None:
        """To the printer; what it took is logged."""
        name = str(self._printer.value() or "")
        now, who = self._desk.now(), self._letter.customer.id
        try:
            content = draw_letter(self._desk.store, who, now=now)
            printer = QPrinter(QPrinterInfo.printerInfo(name))
            printer.setDocName("Carta de cobrança")
            if not printing.print_pdf(content, printer):
                self._say("A impressora não aceitou a carta: nada foi registrado.")
                return
            numbers = self._desk.write(log_letter, who, now=now, author=self._desk.author)
        except UserError as error:
            self._say(sentence(error))
            return
        self._habits.remember_printer(KIND, name)
        self._given("Carta impressa", numbers, None)

    def save_letter(self) -> None:
        """As a PDF where the person wants it; a whole file is logged."""
        now, who = self._desk.now(), self._letter.customer.id
        name = f"cobranca-{who}-{self._desk.local_now():%Y-%m-%d}.pdf"
        place = file_dialogs.ask_save_path(self, "Salvar PDF", Path.home() / name, "PDF (*.pdf)")
        if place is None:
            return
        try:
            author = self._desk.author
            numbers = write_letter(self._desk.store, who, place, now=now, author=author)
        except UserError as error:
            self._say(sentence(error))
            return
        self._desk.tell(Topic.NOTICES)
        self._given(f"Carta salva em {place}", numbers, place)

    def _given(self, done: str, numbers: tuple[int, ...], place: Path | None) -> None:
        orders = listing([str(number) for number in numbers])
        self.given.emit(f"{done} e registrada em: OS {orders}.", place)
        self.accept()

    def _say(self, words: str) -> None:
        self._wrong.setText(words)
        self._wrong.show()
