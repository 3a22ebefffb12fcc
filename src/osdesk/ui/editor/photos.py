"""Photos of the device: from files, dropped, or from the clipboard; small pictures in a row.

They are prepared in the background and stored by their hash. Those of an order that is not saved
yet are held, in its draft too, and become the order's when it is saved.
"""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QEvent,
    QIODevice,
    QMimeData,
    QObject,
    QSize,
    Qt,
    QTemporaryDir,
    Signal,
)
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QImageReader,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QShortcut,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from osdesk.domain.codes import FileKind
from osdesk.domain.errors import UserError
from osdesk.domain.orders.drafts import HeldFile
from osdesk.domain.views.orders import FileView
from osdesk.services.orders.attachments import list_files, remove_file
from osdesk.services.orders.intake import put_photo
from osdesk.texts import sentence
from osdesk.ui.desk import Desk
from osdesk.ui.widgets import file_dialogs, theme
from osdesk.ui.widgets.controls import GhostButton, error_label, quiet_label, set_kind

SIDE = 64


class PhotoThumb(QAbstractButton):
    """Enter or a click opens it, Del takes it off. ``held``: not yet of a saved order."""

    remove_requested = Signal()

    def __init__(self, name: str, picture: QPixmap, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = picture.scaled(
            QSize(SIDE - 4, SIDE - 4) * self.devicePixelRatioF(),
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        self._picture.setDevicePixelRatio(self.devicePixelRatioF())
        self.setFixedSize(SIDE, SIDE)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"Foto {name}")
        self.setToolTip(f"{name}\nEnter abre · Del retira")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.remove_requested.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        size = self._picture.deviceIndependentSize()
        left, top = (SIDE - size.width()) / 2, (SIDE - size.height()) / 2
        painter.drawPixmap(round(left), round(top), self._picture)
        focus = self.hasFocus()
        painter.setPen(QPen(theme.color("accent" if focus else "line"), 2 if focus else 1))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 4, 4)


NOTHING = "Nenhuma foto. Arraste arquivos para cá ou cole uma imagem."
DECODED = QSize(2 * SIDE, 2 * SIDE)
"""Enough for a screen of double density."""
ENDINGS = (".png", ".jpg", ".jpeg", ".webp")


class PhotosCard(QWidget):
    """Stored photos and those that wait for the order to be saved."""

    edited = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._number: int | None = None
        self._visit = 0
        self._held: list[HeldFile] = []
        self._files: tuple[FileView, ...] = ()
        self._working = 0
        self._thumbs: list[PhotoThumb] = []
        self._copies = QTemporaryDir()
        """What other programs are shown; it goes with the window."""
        self._build()

    def _build(self) -> None:
        self.add_button = GhostButton("Fotos…", "", "photo")
        self.add_button.setObjectName("addPhoto")
        self.add_button.setAccessibleName("Escolher fotos")
        self.paste_button = GhostButton("Colar", "Ctrl+V")
        self.paste_button.setObjectName("pastePhoto")
        self.paste_button.setAccessibleName("Colar foto da área de transferência")
        self._words = quiet_label(NOTHING, wrap=True)
        self._words.setObjectName("photosWords")
        self._wrong = error_label()
        self._wrong.setObjectName("photosProblem")
        self._wrong.hide()
        for button in (self.add_button, self.paste_button):
            set_kind(button, "narrow", True)
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(self.add_button, 1)
        head.addWidget(self.paste_button, 1)
        inside = QWidget()
        inside.setProperty("kind", "scrolled")
        self._row = QHBoxLayout(inside)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(6)
        self._row.addStretch()
        self._strip = QScrollArea()
        self._strip.setObjectName("photosStrip")
        self._strip.setFrameShape(QFrame.Shape.NoFrame)
        self._strip.setWidgetResizable(True)
        self._strip.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._strip.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._strip.setFixedHeight(SIDE + 14)
        self._strip.setWidget(inside)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(quiet_label("Fotos do aparelho"))
        column.addLayout(head)
        column.addWidget(self._words)
        column.addWidget(self._strip)
        column.addWidget(self._wrong)
        self.add_button.clicked.connect(self._choose)
        self.paste_button.clicked.connect(self.paste)

    # -- load, read ------------------------------------------------------------------------

    def load(self, number: int | None, held: Sequence[HeldFile] = ()) -> None:
        """The photos of a stored order, read now, or those held for one that is not saved."""
        files = self._desk.read(list_files, number) if number is not None else ()
        self.show_photos(number, files, held)

    def show_photos(
        self, number: int | None, files: Sequence[FileView], held: Sequence[HeldFile]
    ) -> None:
        """Of the order's ``files`` those that are photos."""
        self._visit += 1
        self._number, self._held = number, list(held)
        self._wrong.hide()
        self._take_files(files)

    def refresh(self) -> None:
        """Read the stored order's photos again."""
        if self._number is not None:
            self._take_files(self._desk.read(list_files, self._number))

    def _take_files(self, files: Sequence[FileView]) -> None:
        self._files = tuple(file for file in files if file.kind is FileKind.PHOTO)
        self._show()

    @property
    def held(self) -> tuple[HeldFile, ...]:
        return tuple(self._held)

    @property
    def working(self) -> bool:
        """A photo is still being prepared."""
        return self._working > 0

    def count(self) -> int:
        return len(self._files) + len(self._held)

    # -- taking ----------------------------------------------------------------------------

    def can_take(self, mime: QMimeData) -> bool:
        return mime.hasImage() or bool(_paths(mime))

    def take(self, mime: QMimeData) -> bool:
        """Photos that were dropped or pasted; False, with the words for it, where there is none."""
        paths = _paths(mime)
        if paths:
            for path in paths:
                self._prepare(path, None)
        elif mime.hasImage():
            self._prepare(_png(QImage(mime.imageData())), "colada")
        else:
            self._say("Não há imagem na área de transferência. Copie uma foto e cole de novo.")
            return False
        return True

    def paste(self) -> None:
        self.take(QGuiApplication.clipboard().mimeData())

    def _choose(self) -> None:
        for path in file_dialogs.ask_photos(self):
            self._prepare(path, None)

    def _prepare(self, source: Path | bytes, name: str | None) -> None:
        from osdesk.jobs.held_files import hold_photo

        visit = self._visit
        self._working += 1
        self._wrong.hide()
        self._tell()

        def done(held: HeldFile) -> None:
            self._take_held(held, visit)

        self._desk.tasks.run(
            hold_photo,
            source,
            name=name,
            done=done,
            failed=self._failed,
            always=self._worked,
            owner=self,
        )

    def _take_held(self, held: HeldFile, visit: int) -> None:
        if visit != self._visit:
            return  # another order is shown by now; nobody would look for the photo there
        if self._number is None:
            if all(each.sha256 != held.sha256 for each in self._held):
                self._held.append(held)
            self._show()
        else:
            now, author = self._desk.now(), self._desk.author
            self._desk.write(put_photo, self._number, held, now=now, author=author)
            self.refresh()
        self.edited.emit()

    def _failed(self, error: UserError) -> None:
        self._say(sentence(error))

    def _worked(self) -> None:
        self._working -= 1
        self._tell()

    # -- showing ---------------------------------------------------------------------------

    def _shown(self) -> list[FileView | HeldFile]:
        return [*self._files, *self._held]

    def _show(self) -> None:
        for thumb in self._thumbs:
            self._row.removeWidget(thumb)
            thumb.hide()
            thumb.deleteLater()
        self._thumbs = []
        for each in self._shown():
            picture = QPixmap()
            try:
                picture = _small(self._desk.store.files.read(each.sha256))
            except UserError as error:
                self._say(sentence(error))
            thumb = PhotoThumb(each.name, picture)
            thumb.clicked.connect(lambda _=False, one=each: self.open(one))
            thumb.remove_requested.connect(lambda one=each: self.remove(one))
            self._thumbs.append(thumb)
            self._row.insertWidget(self._row.count() - 1, thumb)
        self._tell()

    def _tell(self) -> None:
        words = "Preparando a foto…" if self._working else NOTHING
        self._words.setText(words)
        self._words.setVisible(bool(self._working) or not self._thumbs)
        self._strip.setVisible(bool(self._thumbs))

    def _say(self, words: str) -> None:
        self._wrong.setText(words)
        self._wrong.show()

    def open(self, photo: FileView | HeldFile) -> None:
        """Show a copy of it with the program that the system has for pictures."""
        path = Path(self._copies.filePath(f"foto-{photo.sha256[:16]}{Path(photo.name).suffix}"))
        try:
            path.write_bytes(self._desk.store.files.read(photo.sha256))
        except OSError:
            self._say(sentence(UserError("cannot_write", path=path)))
            return
        except UserError as error:
            self._say(sentence(error))
            return
        if not file_dialogs.open_with_system(path):
            self._say("Nenhum programa deste computador abriu a foto.")

    def remove(self, photo: FileView | HeldFile) -> None:
        """Take it off: out of the draft, or off the order, of which the history tells."""
        place = next(row for row, each in enumerate(self._shown()) if each == photo)
        if isinstance(photo, HeldFile):
            self._held.remove(photo)
            self._show()
        elif self._number is not None:
            now, author = self._desk.now(), self._desk.author
            self._desk.write(remove_file, self._number, photo.id, now=now, author=author)
            self.refresh()
        self.edited.emit()
        following: QWidget = self.add_button
        if self._thumbs:
            following = self._thumbs[min(place, len(self._thumbs) - 1)]
        following.setFocus(Qt.FocusReason.OtherFocusReason)


def _small(data: bytes) -> QPixmap:
    """A photo at the size of its thumb: a JPEG is never decoded whole for it."""
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    size = reader.size()
    if size.isValid():
        reader.setScaledSize(size.scaled(DECODED, Qt.AspectRatioMode.KeepAspectRatio))
    return QPixmap.fromImage(reader.read())


def _paths(mime: QMimeData) -> list[Path]:
    paths = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
    return [path for path in paths if path.suffix.casefold() in ENDINGS]


def _png(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    # The stub asks for bytes; Qt takes the format's name as text.
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())


class PhotoIntake(QObject):
    """A text field keeps Ctrl+V for itself; everywhere else in the editor it pastes a photo."""

    def __init__(self, editor: QWidget, photos: PhotosCard) -> None:
        super().__init__(editor)
        self._photos = photos
        editor.setAcceptDrops(True)
        editor.installEventFilter(self)
        paste = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), editor)
        paste.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        paste.activated.connect(photos.paste)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDragEnterEvent) and self._photos.can_take(event.mimeData()):
            event.acceptProposedAction()
            return True
        if event.type() == QEvent.Type.Drop and isinstance(event, QDropEvent):
            if self._photos.take(event.mimeData()):
                event.acceptProposedAction()
            return True
        return False
