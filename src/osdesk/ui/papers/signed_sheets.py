"""Signed sheets come back: files are read in the background, each sheet goes to its order.

At the left what was filed, at the right what a person has to look at. Files may also be dropped on
the window, on any page.
"""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from osdesk.domain.errors import UserError
from osdesk.domain.topics import Topic
from osdesk.domain.views.signed import FiledSheet, SheetsOfFile
from osdesk.texts import plural, sentence
from osdesk.texts.sheets import place_words, version_words
from osdesk.ui.desk import Desk
from osdesk.ui.page import Page
from osdesk.ui.papers.sheets_by_hand import SheetsByHand
from osdesk.ui.widgets import file_dialogs, keymap
from osdesk.ui.widgets.controls import (
    Card,
    GhostButton,
    MessageBar,
    PrimaryButton,
    quiet_label,
    title_label,
)

NUMBER = Qt.ItemDataRole.UserRole
DROP_HERE = (
    "Solte digitalizações e fotos das vias assinadas em qualquer lugar da janela, ou escolha os "
    "arquivos. Cada folha vai para a sua OS pelo QR impresso nela."
)


class SignedSheets(Page):
    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("signedSheets")
        self._desk = desk
        self._waiting: list[Path] = []
        self._running = False
        self._stop = False
        self._build()
        self._connect()
        self._show_counts()

    def _build(self) -> None:
        self._files = PrimaryButton("Escolher arquivos…", "Ctrl+O")
        self._files.setObjectName("sheetFiles")
        self._folder = GhostButton("Escolher pasta…", "Ctrl+Shift+O")
        self._folder.setObjectName("sheetFolder")
        self._back = GhostButton("Voltar", "Esc")
        self._back.setObjectName("sheetsBack")
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(title_label("Vias assinadas"))
        head.addStretch()
        for button in (self._back, self._folder, self._files):
            head.addWidget(button)
        self._bar = MessageBar()
        self._bar.setObjectName("sheetsBar")
        self._words = quiet_label(DROP_HERE, wrap=True)
        self._words.setObjectName("sheetsWords")
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._progress.setFixedHeight(6)
        self._stop_button = GhostButton("Parar")
        self._stop_button.setObjectName("sheetsStop")
        self._work = QWidget()
        work = QHBoxLayout(self._work)
        work.setContentsMargins(0, 0, 0, 0)
        work.setSpacing(8)
        work.addWidget(self._progress, 1)
        work.addWidget(self._stop_button)
        self._work.hide()
        self._filed = QListWidget()
        self._filed.setObjectName("filedSheets")
        self._filed.setAccessibleName("Folhas arquivadas; Enter abre a ordem")
        self._filed.setWordWrap(True)
        self._filed.setSpacing(2)
        self._filed.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._none_filed = quiet_label("Nada foi arquivado ainda.", wrap=True)
        self._filed_card = Card("Arquivadas")
        self._filed_title = quiet_label()
        self._filed_card.body.addWidget(self._filed_title)
        self._filed_card.body.addWidget(self._none_filed)
        self._filed_card.body.addWidget(self._filed, 1)
        self._filed_card.body.addStretch()
        self.by_hand = SheetsByHand(self._desk)
        lower = QHBoxLayout()
        lower.setSpacing(12)
        lower.addWidget(self._filed_card, 2)
        lower.addWidget(self.by_hand, 3)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 12, 16, 12)
        whole.setSpacing(8)
        whole.addLayout(head)
        whole.addWidget(self._bar)
        whole.addWidget(self._words)
        whole.addWidget(self._work)
        whole.addLayout(lower, 1)
        self.setFocusProxy(self._files)

    def _connect(self) -> None:
        self._files.clicked.connect(self.choose_files)
        self._folder.clicked.connect(self.choose_folder)
        self._back.clicked.connect(self.closed)
        self._stop_button.clicked.connect(self.stop)
        self._filed.itemActivated.connect(self._filed_chosen)
        self.by_hand.filed.connect(self._one_filed)
        self.by_hand.emptied.connect(self._all_looked_at)
        for key, button in (("Ctrl+O", self._files), ("Ctrl+Shift+O", self._folder)):
            shortcut = QShortcut(keymap.sequence(key), self)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(partial(button.click))

    # -- what the window asks --------------------------------------------------------------

    def escape(self) -> bool:
        self.closed.emit()
        return True

    def try_close(self) -> bool:
        """The window closes: what is read is left, what was filed is filed."""
        self.stop()
        return True

    def choose_files(self) -> None:
        self.take(file_dialogs.ask_sheets(self))

    def choose_folder(self) -> None:
        folder = file_dialogs.ask_sheets_folder(self)
        if folder is not None:
            self.take([folder])

    # -- reading ---------------------------------------------------------------------------

    def take(self, paths: Sequence[Path]) -> None:
        """Read and file these files and folders; after those that are read now."""
        self._waiting += paths
        if self._waiting and not self._running:
            self._begin()

    def stop(self) -> None:
        """Leave what was not read yet."""
        self._stop = True
        self._waiting.clear()

    def _begin(self) -> None:
        paths, self._waiting = self._waiting, []
        self._running, self._stop = True, False
        self._bar.clear()
        self._progress.setRange(0, 0)
        self._words.setText("Lendo…")
        self._work.show()
        self._desk.tasks.run(
            _file_sheets,
            paths,
            now=self._desk.now(),
            author=self._desk.author,
            stopped=self._is_stopped,
            progress=self._advanced,
            failed=self._failed,
            always=self._ended,
            owner=self,
        )

    def _is_stopped(self) -> bool:
        return self._stop

    def _advanced(self, *step: object) -> None:
        match step:
            case (SheetsOfFile() as sheets,):
                for filed in sheets.filed:
                    self._show_filed(filed)
                self.by_hand.add(sheets.unread)
                self._show_counts()
            case (int() as file, int() as files, str() as name, int() as page, int() as pages):
                self._progress.setRange(0, files * 100)
                self._progress.setValue((file - 1) * 100 + (page - 1) * 100 // pages)
                words = f"Lendo {name}"
                words += f", página {page} de {pages}" if pages > 1 else ""
                self._words.setText(words + (f" · arquivo {file} de {files}" if files > 1 else ""))

    def _failed(self, error: UserError) -> None:
        self._bar.say(sentence(error), "red")

    def _ended(self) -> None:
        self._running = False
        self._work.hide()
        self._words.setText("Parado: o que faltava não foi lido." if self._stop else DROP_HERE)
        self._desk.tell(Topic.SIGNED)
        if self._waiting:
            self._begin()
        elif self.by_hand.count():
            self.by_hand.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._filed.count():
            self._filed.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- showing ---------------------------------------------------------------------------

    def _show_filed(self, sheet: FiledSheet) -> None:
        words = version_words(sheet.issued)
        under = [place_words(sheet.file, sheet.pages)]
        if not sheet.new:
            under.append("já estava arquivada")
        if sheet.issued.version < sheet.issued.newest:
            under.append(f"a versão {sheet.issued.newest} espera assinatura")
        item = QListWidgetItem(f"{words}\n{' · '.join(under)}")
        item.setData(NUMBER, sheet.issued.number)
        self._filed.addItem(item)
        if self._filed.currentRow() < 0:
            self._filed.setCurrentRow(0)

    def _one_filed(self, sheet: FiledSheet) -> None:
        self._show_filed(sheet)
        self._show_counts()

    def _all_looked_at(self) -> None:
        self._show_counts()
        target = self._filed if self._filed.count() else self._files
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_counts(self) -> None:
        count = self._filed.count()
        self._filed_title.setText(
            f"{plural(count, 'folha', 'folhas')} · Enter abre a ordem" if count else ""
        )
        for part in (self._filed_title, self._filed):
            part.setVisible(count > 0)
        self._none_filed.setVisible(count == 0)
        self.by_hand.setVisible(self.by_hand.count() > 0)

    def _filed_chosen(self, item: QListWidgetItem) -> None:
        self.order_requested.emit(item.data(NUMBER))


def _file_sheets(store: Any, paths: list[Path], **how: Any) -> object:
    """The job, imported on the worker: it brings the libraries that read pictures."""
    from osdesk.jobs.signed_sheets import attach_files

    return attach_files(store, paths, told=how["progress"], **how)
