"""Print the same paper of several chosen orders: what is asked once, and what became of each.

Each order's version is frozen and its file kept as if it had been printed alone; what goes to the
printer, or is saved, is one PDF with all of them.
"""

from collections.abc import Generator, Sequence
from itertools import pairwise
from pathlib import Path
from threading import Event

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtWidgets import QVBoxLayout, QWidget

from osdesk.domain.errors import UserError
from osdesk.domain.papers.facts import PAPERS, papers_of_all
from osdesk.domain.topics import Topic
from osdesk.domain.views.listing import OrderRow
from osdesk.jobs.papers import MadeMany, make_papers
from osdesk.texts import PAPER, plural, sentence
from osdesk.ui.desk import Desk
from osdesk.ui.orders.act import told_label
from osdesk.ui.papers import printing
from osdesk.ui.papers.print_fields import PrintChoice, PrintFields
from osdesk.ui.widgets import file_dialogs
from osdesk.ui.widgets.controls import GhostButton, PrimaryButton, quiet_label, title_label
from osdesk.ui.widgets.fields import ChoiceField, Labelled
from osdesk.ui.widgets.scroll_column import ScrollColumn
from osdesk.ui.widgets.side_pane import SidePane, pane_keys

ONE_PDF = "Um PDF só, sem imprimir"
ABOUT = "Na ordem da lista. Cada uma guarda a sua versão, como ao imprimir uma só."


class PrintMany(SidePane):
    """``left``: what was asked or told is over."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("printMany", parent)
        self._desk = desk
        self._rows: list[OrderRow] = []
        self._stop = Event()
        self._data = b""
        self._saved: Path | None = None
        self._choice: PrintChoice | None = None
        self._sending: Generator[None, None, bool] | None = None
        self._making = False
        self._lines: list[QWidget] = []
        self._tick = QTimer(self, interval=0)
        self._build()
        self._connect()

    def _build(self) -> None:
        self._title = title_label("Imprimir várias")
        self._about = quiet_label(wrap=True)
        self.paper = ChoiceField()
        self.paper.setObjectName("manyPaper")
        self.fields = PrintFields(self._desk.folder, ONE_PDF)
        self._form = QWidget()
        form = QVBoxLayout(self._form)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(10)
        form.addWidget(Labelled("Documento", self.paper))
        form.addWidget(self.fields)
        form.addWidget(quiet_label(ABOUT, wrap=True))
        self._told = QVBoxLayout()
        self._told.setSpacing(6)
        area = ScrollColumn(8)
        for part in (self._title, self._about, self._form):
            area.column.addWidget(part)
        area.column.addLayout(self._told)
        area.column.addStretch(1)
        self._confirm = PrimaryButton("", "Enter")
        self._confirm.setObjectName("manyConfirm")
        self._save = GhostButton("Salvar PDF…", "Alt+S")
        self._save.setObjectName("manySave")
        self._open = GhostButton("Abrir o PDF", "Alt+A")
        self._open.setObjectName("manyOpen")
        self._back = GhostButton("Voltar", "Esc")
        self._back.setObjectName("manyBack")
        self.body.setSpacing(6)
        self.body.addWidget(area, 1)
        for button in (self._confirm, self._save, self._open, self._back):
            self.body.addWidget(button)
        stops = (
            *(self.paper, self.fields.format, self.fields.printer, self.fields.copies),
            *(self._confirm, self._save, self._open, self._back),
        )
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    def _connect(self) -> None:
        self.paper.edited.connect(self._paper_changed)
        self.fields.printer.edited.connect(self._show_verb)
        self._confirm.clicked.connect(self.confirm)
        self._save.clicked.connect(self.save)
        self._open.clicked.connect(self.open_saved)
        self._back.clicked.connect(self.go_back)
        self._tick.timeout.connect(self._send_page)
        pane_keys(self, {"Alt+S": self.save, "Alt+A": self.open_saved})

    # -- asking ----------------------------------------------------------------------------

    @property
    def busy(self) -> bool:
        return self._making or self._sending is not None

    def ask(self, rows: Sequence[OrderRow]) -> None:
        """The papers that all these orders have."""
        self._rows, self._data, self._saved = list(rows), b"", None
        self._clear()
        papers = papers_of_all([row.status for row in rows])
        self.paper.set_choices([(paper, PAPER[paper]) for paper in papers])
        self.paper.set_value(papers[0])
        self._say(plural(len(rows), "ordem escolhida", "ordens escolhidas"))
        self._form.show()
        self._paper_changed()
        self._show_buttons(self._confirm)
        self.paper.setFocus(Qt.FocusReason.TabFocusReason)

    def _paper_changed(self) -> None:
        value = self.paper.value()
        self.fields.show_paper(next(paper for paper in PAPERS if paper == value))
        self._show_verb()

    def _show_verb(self) -> None:
        verb = "Imprimir" if self.fields.choice().printer else "Preparar PDF"
        self._confirm.set_text(f"{verb} ({len(self._rows)})")

    # -- making ----------------------------------------------------------------------------

    def confirm(self) -> None:
        """Make them, one order after the other."""
        if self.busy or self._confirm.isHidden():
            return
        choice = self._choice = self.fields.choice()
        self.fields.remember()
        self._making = True
        self._stop = Event()
        self._form.hide()
        self._show_buttons()
        self._back.set_text("Parar")
        self._back.setFocus(Qt.FocusReason.OtherFocusReason)
        self._say(f"Preparando: {PAPER[choice.paper]}…")
        self._desk.tasks.run(
            make_papers,
            [row.number for row in self._rows],
            choice.paper,
            choice.format,
            now=self._desk.now(),
            author=self._desk.author,
            stop=self._stop.is_set,
            progress=self._advanced,
            done=self._made,
            failed=self._failed,
            owner=self,
        )

    def _advanced(self, tried: int, total: int) -> None:
        self._say(f"{tried} de {plural(total, 'ordem', 'ordens')}…")

    def _failed(self, error: UserError) -> None:
        self._end()
        self._tell(sentence(error), "red")

    def _made(self, made: MadeMany) -> None:
        self._making = False
        self._data = made.content
        if made.done:
            self._desk.tell(Topic.PAPERS)
        choice = self._choice
        assert choice is not None
        count = plural(len(made.done), "ordem", "ordens")
        words = f"{PAPER[choice.paper]}: {count}." if made.done else "Nenhum documento foi feito."
        self._tell(words, "green" if made.done else "")
        for number, error in made.refused.items():
            self._tell(f"OS {number}: {sentence(error)}", "red")
        if made.left:
            self._tell(f"Não feitas: {plural(len(made.left), 'ordem', 'ordens')}.", "")
        if made.done and choice.printer and not made.left:
            self._send(choice)
        else:
            self._end()

    # -- to the printer --------------------------------------------------------------------

    def _send(self, choice: PrintChoice) -> None:
        if choice.printer not in QPrinterInfo.availablePrinterNames():
            self._end(f"A impressora {choice.printer} não está disponível. Salve o PDF.", "red")
            return
        printer = QPrinter(QPrinterInfo.printerInfo(choice.printer))
        printer.setCopyCount(choice.copies)
        printer.setDocName(PAPER[choice.paper])
        self._sending = printing.print_pages(self._data, printer)
        self._say("Enviando à impressora…")
        self._tick.start()

    def _send_page(self) -> None:
        """A page at a time: the window goes on meanwhile."""
        if self._sending is None:
            return
        try:
            next(self._sending)
        except StopIteration as end:
            if end.value:
                self._end("Enviado à impressora.", "green")
            else:
                self._end("A impressora não aceitou os documentos. Salve o PDF.", "red")

    def _end(self, words: str = "", tone: str = "") -> None:
        self._making, self._sending = False, None
        self._tick.stop()
        self._say("")
        if words:
            self._tell(words, tone)
        self._back.set_text("Voltar")
        self._show_buttons(*([self._save] if self._data else []))
        first = self._save if self._data and tone != "green" else self._back
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- as a file -------------------------------------------------------------------------

    def save(self) -> None:
        """The whole PDF, where the person wants it."""
        choice = self._choice
        if choice is None or not self._data or self.busy:
            return
        day = self._desk.local_now()
        name = f"{PAPERS[choice.paper].file}-{day:%Y-%m-%d-%H%M}.pdf"
        place = file_dialogs.ask_save_path(self, "Salvar PDF", Path.home() / name, "PDF (*.pdf)")
        if place is None:
            return
        try:
            place.write_bytes(self._data)
        except OSError:
            self._tell(sentence(UserError("cannot_write", path=place)), "red")
            return
        self._saved = place
        self._tell(f"Salvo em {place}", "green")
        self._show_buttons(self._open)
        self._open.setFocus(Qt.FocusReason.OtherFocusReason)

    def open_saved(self) -> None:
        if self._saved is not None and not file_dialogs.open_with_system(self._saved):
            self._tell(f"O sistema não abriu o PDF; ele está em {self._saved}", "amber")

    # -- parts -----------------------------------------------------------------------------

    def told(self) -> list[str]:
        """What is said, line by line."""
        return [line.accessibleName() for line in self._lines]

    def _say(self, words: str) -> None:
        self._about.setText(words)
        self._about.setVisible(bool(words))

    def _tell(self, words: str, tone: str) -> None:
        line = told_label(words, tone)
        line.setAccessibleName(words)
        self._lines.append(line)
        self._told.addWidget(line)
        line.show()

    def _clear(self) -> None:
        for line in self._lines:
            line.hide()
            line.setParent(None)
            line.deleteLater()
        self._lines = []

    def _show_buttons(self, *shown: QWidget) -> None:
        for button in (self._confirm, self._save, self._open):
            button.setVisible(button in shown)

    def go_back(self) -> None:
        """Esc: stop what runs, leave what is asked or told."""
        if self._making:
            self._stop.set()
        elif self._sending is not None:
            self._sending.close()
            self._end("Impressão parada: o que já foi enviado pode sair.", "amber")
        else:
            self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.go_back()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.confirm()
        else:
            super().keyPressEvent(event)
