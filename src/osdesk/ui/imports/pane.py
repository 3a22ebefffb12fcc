"""Bringing data in, step by step: the file, its columns, a trial, the real thing; and taking a
batch back."""

from pathlib import Path

from PySide6.QtCore import Qt, QTemporaryDir
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from osdesk.domain.arrivals import BatchView, ImportReport, Outcome
from osdesk.domain.calendar import format_moment
from osdesk.domain.codes import ImportKind
from osdesk.domain.errors import UserError
from osdesk.domain.topics import Topic
from osdesk.jobs.imports import import_file, preview, undo_import
from osdesk.services.imports.batches import Undone, batches
from osdesk.texts import plural, sentence
from osdesk.texts.imports import KIND, counts_words, undone_words
from osdesk.ui.desk import Desk
from osdesk.ui.imports.cards import ColumnsCard, ReportCard
from osdesk.ui.tasks import Task
from osdesk.ui.widgets import file_dialogs
from osdesk.ui.widgets.controls import (
    Card,
    DangerButton,
    ElidedLabel,
    GhostButton,
    MessageBar,
    PrimaryButton,
    quiet_label,
    set_kind,
)
from osdesk.ui.widgets.fields import ChoiceField, Labelled
from osdesk.ui.widgets.tables import Cell, CellsModel, PlainTable

KINDS = (
    (ImportKind.CUSTOMERS, "Clientes"),
    (ImportKind.CATALOG, "Serviços e materiais, com preços"),
    (ImportKind.ORDERS, "Ordens de serviço e o que falta receber"),
    (ImportKind.MAPOS, "Tudo de um MAP-OS 4 (arquivo .sql)"),
)
STEPS = 1000
PASTED = "lista colada.tsv"


def _batch_cell(zone_text: str, batch: BatchView, column: int) -> Cell:
    tone = "muted" if batch.undone_at is not None else "ink"
    match column:
        case 0:
            return Cell(f"Lote {batch.id}", tone=tone, strong=True)
        case 1:
            return Cell(KIND[batch.kind], batch.source, tone=tone)
        case 2:
            return Cell(zone_text, batch.author or "", tone=tone)
    words = "desfeito" if batch.undone_at else plural(batch.taken, "trazida", "trazidas")
    refused = f"{batch.refused} recusadas" if batch.refused and not batch.undone_at else ""
    return Cell(words, refused, tone=tone)


class ImportPane(QWidget):
    """The whole way; everything that takes long happens in the background."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("importPane")
        self._desk = desk
        self._path: Path | None = None
        self._pasted: QTemporaryDir | None = None
        self._task: Task | None = None
        self._known_batch = 0
        self._has_columns = False
        self._build()
        self._connect()
        self._show_step()

    def _build(self) -> None:
        self.kind = ChoiceField()
        self.kind.setObjectName("importKind")
        for kind, words in KINDS:
            self.kind.addItem(words, kind)
        self._choose = PrimaryButton("Escolher arquivo…")
        self._choose.setObjectName("importChoose")
        self._paste = GhostButton("Colar lista de preços")
        self._paste.setObjectName("importPaste")
        self._paste.setToolTip("Copie as linhas na planilha e clique aqui")
        self._file = ElidedLabel("", "strong")
        self._file.setObjectName("importFile")
        card = Card("Trazer de outro programa")
        card.body.addWidget(
            quiet_label(
                "Clientes, preços, ordens antigas e o que falta receber, de um arquivo CSV, de uma "
                "planilha .xlsx ou do que o osdesk exporta. Antes há uma simulação, que não grava "
                "nada; o que se traz fica em um lote, que pode ser desfeito.",
                wrap=True,
            )
        )
        card.body.addWidget(Labelled("O que o arquivo tem", self.kind))
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self._choose)
        buttons.addWidget(self._paste)
        buttons.addWidget(self._file, 1)
        card.body.addLayout(buttons)
        self.columns = ColumnsCard()
        self._try = PrimaryButton("Simular")
        self._try.setObjectName("importTry")
        self._take = PrimaryButton("Trazer")
        self._take.setObjectName("importTake")
        self._again = GhostButton("Conferir as colunas")
        self._again.setObjectName("importAgain")
        self._stop = GhostButton("Cancelar", "Esc")
        self._stop.setObjectName("importStop")
        self._progress = QProgressBar()
        self._progress.setRange(0, STEPS)
        self._progress.setTextVisible(False)
        self._progress.setAccessibleName("Andamento")
        self._words = quiet_label()
        acts = QHBoxLayout()
        acts.setSpacing(8)
        acts.addWidget(self._try)
        acts.addWidget(self._take)
        acts.addWidget(self._again)
        acts.addWidget(self._stop)
        acts.addWidget(self._progress, 1)
        acts.addWidget(self._words)
        acts.addStretch(1)
        self.bar = MessageBar()
        self.report = ReportCard()
        self.batches = CellsModel[BatchView](
            ("Lote", "O que veio", "Quando", ""),
            lambda batch, column: _batch_cell(
                format_moment(batch.at, self._desk.zone), batch, column
            ),
        )
        self.table = PlainTable("Lotes trazidos", self.batches, {0: 90, 2: 170, 3: 150})
        self.table.setObjectName("importBatches")
        self.table.setMinimumHeight(160)
        self._undo = DangerButton("Desfazer este lote")
        self._undo.setObjectName("importUndo")
        self._lots = Card("O que já foi trazido")
        self._lots.body.addWidget(self.table)
        undo = QHBoxLayout()
        undo.addWidget(self._undo)
        undo.addStretch(1)
        self._lots.body.addLayout(undo)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(12)
        whole.addWidget(card)
        whole.addWidget(self.columns)
        whole.addLayout(acts)
        whole.addWidget(self.bar)
        whole.addWidget(self.report)
        whole.addWidget(self._lots)
        self.setFocusProxy(self.kind)

    def _connect(self) -> None:
        self.kind.currentIndexChanged.connect(self._forget_file)
        self._choose.clicked.connect(self._ask_file)
        self._paste.clicked.connect(self.paste)
        self.columns.changed.connect(self._columns_changed)
        self._try.clicked.connect(self.try_it)
        self._take.clicked.connect(self.take)
        self._again.clicked.connect(self._back_to_columns)
        self._stop.clicked.connect(self.stop)
        self._undo.clicked.connect(self.undo)
        self.table.current_changed.connect(self._mark)

    # -- what is shown -----------------------------------------------------------------------

    def refresh(self) -> None:
        """The batches as they are stored."""
        rows = self._desk.read(batches)
        self._known_batch = max((row.id for row in rows), default=0)
        self.batches.show_rows(rows)
        self._lots.setVisible(bool(rows))
        self._mark()

    def _show_step(self, report: ImportReport | None = None) -> None:
        running = self._task is not None
        self._try.setVisible(self._path is not None and not running and report is None)
        takes = report is not None and report.batch is None and report.counts[Outcome.TAKEN] > 0
        self._take.setVisible(takes and not running)
        if takes and report is not None:
            count = report.counts[Outcome.TAKEN]
            self._take.set_text(f"Trazer {plural(count, 'linha', 'linhas')}")
        tried = report is not None and report.batch is None
        self._again.setVisible(tried and self._has_columns and not running)
        # one filled button: the next step
        set_kind(self._choose, "kind", "" if self._path is not None else "primary")
        for widget in (self._stop, self._progress, self._words):
            widget.setVisible(running)
        for control in (self._choose, self._paste, self.kind, self.columns):
            control.setEnabled(not running)
        self.report.setVisible(report is not None and not running)
        self.columns.setVisible(self._has_columns and report is None and not running)
        self._mark()

    def _mark(self, *_: object) -> None:
        batch = self.batches.row(self.table.currentIndex())
        usable = batch is not None and batch.undone_at is None and self._task is None
        self._undo.setEnabled(usable)

    @property
    def chosen_kind(self) -> ImportKind:
        return ImportKind(self.kind.currentData())

    # -- the file ----------------------------------------------------------------------------

    def _ask_file(self) -> None:
        path = file_dialogs.ask_import_file(self, dump=self.chosen_kind is ImportKind.MAPOS)
        if path is not None:
            self.show_file(path)

    def paste(self) -> None:
        """A price list that was copied in a spreadsheet."""
        text = QGuiApplication.clipboard().text()
        if not text.strip():
            self.bar.say(
                "Não há nada copiado. Copie as linhas na planilha e tente de novo.", "amber"
            )
            return
        self.kind.setCurrentIndex(self.kind.findData(ImportKind.CATALOG))
        self._pasted = QTemporaryDir()  # it is gone with the pane, or with the next list
        path = Path(self._pasted.filePath(PASTED))
        path.write_text(text, "utf-8")
        self.show_file(path)

    def show_file(self, path: Path) -> None:
        """What its columns are; the next step is the trial."""
        self.bar.clear()
        try:
            found = preview(self._desk.store, self.chosen_kind, path, now=self._desk.now())
        except UserError as error:
            self._forget_file()
            self.bar.say(sentence(error))
            return
        self._path = path
        self._file.setText(path.name)
        self._has_columns = bool(found.columns)
        self.columns.show_columns(found, self.chosen_kind)
        self._show_step()
        self._try.setFocus(Qt.FocusReason.OtherFocusReason)

    def _forget_file(self) -> None:
        self._path = None
        self._has_columns = False
        self._file.setText("")
        self._show_step()

    def _columns_changed(self) -> None:
        self._show_step()

    def _back_to_columns(self) -> None:
        self.bar.clear()
        self._show_step()
        self._try.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- trial and truth ---------------------------------------------------------------------

    def try_it(self) -> None:
        self._run(dry_run=True)

    def take(self) -> None:
        self._run(dry_run=False)

    def _run(self, *, dry_run: bool) -> None:
        if self._path is None or self._task is not None:
            return
        self.bar.clear()
        self._progress.setValue(0)
        self._words.setText("Simulando…" if dry_run else "Fazendo o backup de antes…")
        self._task = self._desk.tasks.run(
            import_file,
            self.chosen_kind,
            self._path,
            dry_run=dry_run,
            now=self._desk.now(),
            author=self._desk.author,
            chosen=self.columns.chosen(),
            progress=self._advanced,
            done=self._done,
            failed=self._failed,
            owner=self,
        )
        self._show_step()
        self._stop.setFocus(Qt.FocusReason.OtherFocusReason)

    def _advanced(self, share: float, rows: int) -> None:
        self._progress.setValue(int(share * STEPS))
        self._words.setText(plural(rows, "linha", "linhas"))

    def _done(self, report: ImportReport) -> None:
        self._task = None
        self.report.show_report(report)
        if report.batch is not None:
            self._forget_file()
            self._desk.tell(Topic.EVERYTHING)
            self.bar.say(f"Lote {report.batch}: {counts_words(report, dry_run=False)}.", "green")
            self.refresh()
            self._choose.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            told = f"Simulação: {counts_words(report, dry_run=True)}. Nada foi gravado."
            self.bar.say(told, "amber", lasting=True)
        self._show_step(report)
        if report.batch is None and not self._take.isHidden():
            self._take.setFocus(Qt.FocusReason.OtherFocusReason)

    def _failed(self, error: UserError) -> None:
        self._task = None
        self.bar.say(sentence(error))
        self._show_step()

    def stop(self) -> None:
        """Give up what runs; nothing of it is kept, unless it was done already."""
        if self._task is None:
            return
        self._task.drop()
        self._task = None
        before = self._known_batch
        self._words.setText("Cancelando…")
        self._desk.read_later(batches, done=lambda rows: self._stopped(rows, before), owner=self)
        self._show_step()

    def _stopped(self, rows: list[BatchView], before: int) -> None:
        newest = max((row.id for row in rows), default=0)
        self.refresh()
        if newest > before:
            self._desk.tell(Topic.EVERYTHING)
            self.bar.say(f"Já tinha terminado: é o lote {newest}, que pode ser desfeito.", "amber")
        else:
            self.bar.say("Cancelado: nada foi gravado.", "green")

    def escape(self) -> bool:
        """Esc gives up what runs."""
        if self._task is None:
            return False
        self.stop()
        return True

    # -- taking back -------------------------------------------------------------------------

    def undo(self) -> None:
        batch = self.batches.row(self.table.currentIndex())
        if batch is None or batch.undone_at is not None or self._task is not None:
            return
        self._task = self._desk.tasks.run(
            undo_import,
            batch.id,
            now=self._desk.now(),
            author=self._desk.author,
            done=lambda gone: self._undone(batch.id, gone),
            failed=self._failed,
            owner=self,
        )
        self._words.setText("Desfazendo…")
        self._show_step()

    def _undone(self, batch: int, gone: Undone) -> None:
        self._task = None
        self._desk.tell(Topic.EVERYTHING)
        self.refresh()
        self.bar.say(undone_words(batch, gone.orders, gone.customers, gone.entries), "green")
        self._show_step()
