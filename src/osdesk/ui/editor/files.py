"""Files of an order: signed copies, photos and others, to be opened, added, taken off."""

from collections.abc import Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

from PySide6.QtCore import QEvent, QObject, Qt, QTemporaryDir
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QVBoxLayout, QWidget

from osdesk.domain.calendar import format_moment
from osdesk.domain.codes import FileKind
from osdesk.domain.errors import UserError
from osdesk.domain.topics import Topic
from osdesk.domain.views.orders import FileView
from osdesk.services.orders.attachments import list_files, remove_file
from osdesk.texts import PAPER, sentence
from osdesk.ui.desk import Desk
from osdesk.ui.widgets import file_dialogs, keymap
from osdesk.ui.widgets.controls import FlatButton, GhostButton, MessageBar, quiet_label, set_kind

NOTHING = (
    "Nenhum arquivo. As vias assinadas chegam pelo QR, em “Arquivar vias assinadas” (Ctrl+Shift+A)."
)
KIND = {
    FileKind.PHOTO: "Foto",
    FileKind.SIGNED: "Via assinada",
    FileKind.OTHER: "Arquivo",
}
WATCHED = frozenset({Topic.ATTACHMENTS, Topic.SIGNED, Topic.ORDERS})
"""Topics under which files are put to orders or taken off."""


class FilesCard(QWidget):
    """Enter opens, Del asks and takes off. ``show_files`` when another order is shown."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._number: int | None = None
        self._files: tuple[FileView, ...] = ()
        self._copies = QTemporaryDir()
        """What other programs are shown; it goes with the window."""
        self._build()
        self._connect()

    def _build(self) -> None:
        self.list = QListWidget()
        self.list.setObjectName("orderFiles")
        self.list.setAccessibleName("Arquivos da ordem")
        self.list.setSpacing(2)
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.installEventFilter(self)
        self._nothing = quiet_label(keymap.words(NOTHING), wrap=True)
        self._nothing.setObjectName("noFiles")
        self._open = FlatButton("Abrir", "Enter")
        self._open.setObjectName("openFile")
        self._remove = FlatButton("Retirar", "Del")
        self._remove.setObjectName("removeFile")
        self._add = GhostButton("Anexar arquivo…", "", "plus")
        self._add.setObjectName("addFile")
        set_kind(self._add, "narrow", True)
        self._bar = MessageBar()
        self._bar.setObjectName("filesBar")
        buttons = QHBoxLayout()
        buttons.setSpacing(6)
        buttons.addWidget(self._add)
        buttons.addStretch()
        buttons.addWidget(self._open)
        buttons.addWidget(self._remove)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._bar)
        column.addWidget(self._nothing)
        column.addWidget(self.list, 1)
        column.addStretch()
        column.addLayout(buttons)
        self.setFocusProxy(self.list)

    def _connect(self) -> None:
        self.list.itemActivated.connect(self.open)
        self._open.clicked.connect(self.open)
        self._remove.clicked.connect(self.ask_to_remove)
        self._bar.acted.connect(self.remove)
        self._add.clicked.connect(self.choose)
        self._desk.changed.connect(self._record_changed)

    # -- showing ---------------------------------------------------------------------------

    def show_files(self, number: int | None, files: Sequence[FileView]) -> None:
        self._number = number
        self._bar.clear()
        self._show(files)

    def count(self) -> int:
        return len(self._files)

    def _record_changed(self, what: Topic) -> None:
        if what in WATCHED and self._number is not None:
            self._show(self._desk.read(list_files, self._number))

    def _show(self, files: Sequence[FileView]) -> None:
        row = self.list.currentRow()
        self._files = tuple(reversed(files))
        self.list.clear()
        self.list.addItems([file_words(file, self._desk.zone) for file in self._files])
        if self._files:
            self.list.setCurrentRow(min(max(row, 0), len(self._files) - 1))
        self._nothing.setVisible(not self._files)
        self.list.setVisible(bool(self._files))
        for button in (self._open, self._remove):
            button.setEnabled(bool(self._files))

    def _current(self) -> FileView | None:
        row = self.list.currentRow()
        return self._files[row] if 0 <= row < len(self._files) else None

    # -- acting ----------------------------------------------------------------------------

    def open(self) -> None:
        """Show a copy with the program that the system has for it."""
        from osdesk.jobs.files import copy_to_open

        file = self._current()
        if file is None or self._number is None:
            return
        try:
            folder = Path(self._copies.path())
            path = copy_to_open(self._desk.store, self._number, file, folder)
        except UserError as error:
            self._bar.say(sentence(error), "red")
            return
        if not file_dialogs.open_with_system(path):
            self._bar.say(f"Nenhum programa abriu o arquivo. Ele está em {path}.", "amber")

    def ask_to_remove(self) -> None:
        file = self._current()
        if file is None:
            return
        words = f"Retirar “{file.name}” desta OS? O histórico conta que foi retirado."
        if file.kind is FileKind.SIGNED:
            words += " Sem outra via, a OS volta a constar como não assinada."
        self._bar.say(words, "amber", "Retirar")

    def remove(self) -> None:
        file = self._current()
        if file is None or self._number is None:
            return
        now, author = self._desk.now(), self._desk.author
        try:
            self._desk.write(remove_file, self._number, file.id, now=now, author=author)
        except UserError as error:
            self._bar.say(sentence(error), "red")
            return
        self._bar.clear()
        following: QWidget = self.list if self._files else self._add
        following.setFocus(Qt.FocusReason.OtherFocusReason)

    def choose(self) -> None:
        """Files from the disk, each made safe and kept in the background."""
        from osdesk.jobs.files import keep_file

        self._bar.clear()
        for path in file_dialogs.ask_files(self):
            self._desk.tasks.run(
                keep_file,
                self._number,
                path,
                FileKind.OTHER,
                now=self._desk.now(),
                author=self._desk.author,
                done=self._kept,
                failed=self._failed,
                owner=self,
            )

    def _kept(self, _: int) -> None:
        self._desk.tell(Topic.ATTACHMENTS)

    def _failed(self, error: UserError) -> None:
        self._bar.say(sentence(error), "red")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            watched is self.list
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Delete
        ):
            if self._bar.text():
                self.remove()
            else:
                self.ask_to_remove()
            return True
        return super().eventFilter(watched, event)


def file_words(file: FileView, zone: ZoneInfo) -> str:
    """What it is, over its name, since when, by whom and how large."""
    what = KIND[file.kind]
    if file.paper is not None:
        what += f" · {PAPER[file.paper]}, versão {file.version}"
    size = f"{max(1, file.size // 1024)} KB"
    if file.size >= 1024 * 1024:
        size = f"{file.size / (1024 * 1024):.1f} MB".replace(".", ",")
    parts = [file.name, format_moment(file.at, zone), file.author, size]
    return f"{what}\n{' · '.join(part for part in parts if part)}"
