"""Sheets whose code could not be read: a person sees each one and says which order it is of."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPixmap
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QVBoxLayout,
    QWidget,
)

from osdesk.domain.calendar import format_date
from osdesk.domain.errors import UserError
from osdesk.domain.topics import Topic
from osdesk.domain.views.signed import FiledSheet, IssuedVersion, UnreadSheet
from osdesk.services.orders.listing import order_rows
from osdesk.services.papers.signed import issued_versions
from osdesk.texts import PAPER, sentence
from osdesk.texts.sheets import place_words
from osdesk.ui.desk import Desk
from osdesk.ui.widgets import keymap
from osdesk.ui.widgets.controls import Card, GhostButton, error_label, quiet_label, set_kind

THUMB = QSize(230, 300)
ROWS = 5
"""Most rows of the list that are shown at once."""
SETTLE_MS = 250
NO_CODE = "Não há código QR legível nesta folha. Digite o número da OS que está impresso nela."
NO_PAPER = (
    "A OS {number} não tem documento emitido para assinar. Imprima o documento na OS (F9) e tente "
    "de novo."
)


class SheetsByHand(Card):
    filed = Signal(object)
    """A ``FiledSheet``: one was put to the order that was typed."""
    emptied = Signal()
    """Nothing is left to look at."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("Para arquivar à mão", parent)
        self.setObjectName("sheetsByHand")
        self._desk = desk
        self._sheets: list[UnreadSheet] = []
        self._versions: tuple[IssuedVersion, ...] = ()
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._build()
        self._connect()

    def _build(self) -> None:
        self._list = QListWidget()
        self._list.setObjectName("unreadSheets")
        self._list.setAccessibleName("Folhas que não foram lidas")
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._picture = QLabel()
        self._picture.setObjectName("sheetPicture")
        self._picture.setAccessibleName("A folha")
        self._picture.setFixedWidth(THUMB.width())
        self._picture.setMinimumHeight(60)
        self._picture.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
        self._why = quiet_label(wrap=True)
        set_kind(self._why, "tone", "amber")
        self._number = QLineEdit()
        self._number.setObjectName("sheetNumber")
        self._number.setAccessibleName("Número da OS desta folha")
        self._whose = quiet_label(wrap=True)
        self._whose.setObjectName("sheetWhose")
        self._version = QComboBox()
        self._version.setObjectName("sheetVersion")
        self._version.setAccessibleName("Documento e versão")
        self._version.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self._state = quiet_label(wrap=True)
        self._wrong = error_label()
        self._wrong.setObjectName("sheetProblem")
        self._wrong.hide()
        self._file = GhostButton("Arquivar nesta OS", "Enter")
        self._file.setObjectName("fileByHand")
        self._leave = GhostButton("Deixar de lado", "Del")
        self._leave.setObjectName("leaveSheet")
        self._form = QWidget()
        form = QVBoxLayout(self._form)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(6)
        for part in (
            *(quiet_label("Número da OS"), self._number, self._whose),
            *(quiet_label("Documento e versão"), self._version, self._state),
            *(self._wrong, self._file),
        ):
            form.addWidget(part)
        beside = QVBoxLayout()
        beside.setSpacing(8)
        beside.addWidget(self._why)
        beside.addWidget(self._form)
        beside.addWidget(self._leave)
        beside.addStretch()
        lower = QHBoxLayout()
        lower.setSpacing(12)
        lower.addWidget(self._picture)
        lower.addLayout(beside, 1)
        self.body.addWidget(self._list)
        self.body.addLayout(lower, 1)
        self._list.installEventFilter(self)
        self.setFocusProxy(self._list)

    def _connect(self) -> None:
        self._list.currentRowChanged.connect(self._show_sheet)
        self._list.itemActivated.connect(self._to_number)
        self._number.textEdited.connect(self._settle.start)
        self._number.returnPressed.connect(self._entered)
        self._settle.timeout.connect(self._find_order)
        self._version.currentIndexChanged.connect(self._show_state)
        self._file.clicked.connect(self.file)
        self._leave.clicked.connect(self.leave)

    def count(self) -> int:
        return len(self._sheets)

    def add(self, sheets: Sequence[UnreadSheet]) -> None:
        for sheet in sheets:
            self._sheets.append(sheet)
            self._list.addItem(place_words(sheet.file, _pages(sheet)))
        self._fit_list()
        if self._list.currentRow() < 0 and self._sheets:
            self._list.setCurrentRow(0)

    def _fit_list(self) -> None:
        rows = max(1, min(ROWS, len(self._sheets)))
        self._list.setFixedHeight(rows * max(17, self._list.sizeHintForRow(0)) + 6)

    # -- one sheet -------------------------------------------------------------------------

    def _current(self) -> UnreadSheet | None:
        row = self._list.currentRow()
        return self._sheets[row] if 0 <= row < len(self._sheets) else None

    def _show_sheet(self) -> None:
        sheet = self._current()
        self._picture.clear()
        self._wrong.hide()
        words = "" if sheet is None else sentence(sheet.why)
        self._why.setText(NO_CODE if sheet is not None and sheet.why.code == "no_code" else words)
        readable = sheet is not None and sheet.page is not None
        self._form.setVisible(readable)
        self._picture.setVisible(readable)
        if sheet is None or sheet.page is None:
            return

        def show(data: bytes) -> None:
            if self._current() is sheet:
                self._show_picture(data)

        side = round(THUMB.height() * self.devicePixelRatioF())
        self._desk.tasks.run(
            _thumbnail, sheet, side=side, done=show, failed=self._failed, owner=self
        )

    def _show_picture(self, data: bytes) -> None:
        picture = QPixmap()
        picture.loadFromData(data)
        ratio = self.devicePixelRatioF()
        fitted = picture.scaled(
            THUMB * ratio,
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        fitted.setDevicePixelRatio(ratio)
        self._picture.setPixmap(fitted)

    def _find_order(self) -> None:
        """Whose order the number is, so that a slip is seen, and what of it may be signed."""
        self._settle.stop()
        self._versions = ()
        self._version.clear()
        self._whose.setText("")
        self._wrong.hide()
        typed = self._number.text().strip().upper().removeprefix("OS").strip()
        if not typed:
            return
        number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0
        try:
            self._versions = self._desk.read(issued_versions, number)
        except UserError as error:
            self._say(sentence(error))
            return
        rows = self._desk.read(order_rows, [number], now=self._desk.now())
        self._whose.setText(" · ".join(f"{row.customer} · {row.equipment}" for row in rows))
        for issued in self._versions:
            self._version.addItem(f"{PAPER[issued.paper]}, versão {issued.version}")
        if not self._versions:
            self._say(keymap.words(NO_PAPER.format(number=number)))

    def _show_state(self, place: int) -> None:
        if not 0 <= place < len(self._versions):
            self._state.setText("")
            return
        issued = self._versions[place]
        state = "já tem via assinada" if issued.signed else "espera assinatura"
        newer = f"; há uma versão {issued.newest}" if issued.version < issued.newest else ""
        self._state.setText(f"De {format_date(issued.issued_on)} · {state}{newer}")

    def _entered(self) -> None:
        """The first Enter shows whose order it is, the next one files the sheet."""
        if self._settle.isActive() or not self._versions:
            self._find_order()
        else:
            self.file()

    def file(self) -> None:
        """Put the sheet to the chosen version, in the background."""
        from osdesk.jobs.signed_sheets import file_by_hand

        sheet = self._current()
        if self._settle.isActive() or not self._versions:
            self._find_order()
        if sheet is None or not self._versions:
            self._number.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        issued = self._versions[max(0, self._version.currentIndex())]

        def done(filed: FiledSheet) -> None:
            self._desk.tell(Topic.SIGNED)
            self.filed.emit(filed)
            self._take_away(sheet)

        self._file.setEnabled(False)
        self._desk.tasks.run(
            file_by_hand,
            sheet,
            issued,
            now=self._desk.now(),
            author=self._desk.author,
            done=done,
            failed=self._failed,
            always=lambda: self._file.setEnabled(True),
            owner=self,
        )

    def leave(self) -> None:
        """Nothing is done with the sheet; its file stays where it is."""
        sheet = self._current()
        if sheet is not None:
            self._take_away(sheet)

    def _take_away(self, sheet: UnreadSheet) -> None:
        row = self._sheets.index(sheet)
        del self._sheets[row]
        self._list.takeItem(row)
        self._fit_list()
        self._number.clear()
        self._find_order()
        self._show_sheet()
        if self._sheets:
            self._list.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.emptied.emit()

    def _failed(self, error: UserError) -> None:
        self._say(sentence(error))

    def _say(self, words: str) -> None:
        self._wrong.setText(words)
        self._wrong.show()

    def _to_number(self) -> None:
        target = self._number if self._form.isVisible() else self._leave
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            watched is self._list
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Delete
        ):
            self.leave()
            return True
        return super().eventFilter(watched, event)


def _pages(sheet: UnreadSheet) -> tuple[int, ...]:
    return () if sheet.page is None or sheet.pages <= 1 else (sheet.page + 1,)


def _thumbnail(_: object, sheet: UnreadSheet, *, side: int) -> bytes:
    from osdesk.jobs.signed_sheets import sheet_picture

    return sheet_picture(sheet, side=side)
