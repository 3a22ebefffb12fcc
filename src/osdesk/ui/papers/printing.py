"""F9: the usual paper of the moment as a PDF in the shop's folder, opened and, if wanted, printed.

The paper is issued and drawn by the background worker. A bar at the top of the page that
asked says where the file is and offers the printer and a copy elsewhere; no dialog opens by itself.
"""

import sys
from collections.abc import Generator
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSizeF, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QHideEvent, QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from osdesk.documents.read import PagePicture
from osdesk.domain.codes import Paper
from osdesk.domain.errors import UserError
from osdesk.domain.papers.facts import papers_now
from osdesk.domain.topics import Topic
from osdesk.jobs.papers import Made, make_paper
from osdesk.services.orders.view import order_view
from osdesk.texts import PAPER, sentence
from osdesk.ui.desk import Desk
from osdesk.ui.page import Page
from osdesk.ui.papers.print_dialog import PrintDialog
from osdesk.ui.papers.print_fields import PrintChoice, PrintHabits
from osdesk.ui.widgets.controls import ElidedLabel, FlatButton, set_kind, text_label
from osdesk.ui.widgets.file_dialogs import ask_save_path

SYSTEMS_DIALOG = sys.platform == "win32"
"""There Qt shows the system's dialog, which needs a printer; elsewhere its own, with a file too."""
DPI = 300
A4_HEIGHT = 842


def print_order(
    desk: Desk,
    parent: QWidget,
    number: int,
    paper: Paper | None = None,
    payment_id: int | None = None,
) -> "PrintedBar":
    """Make a paper, print or open it; the bar, at the top of ``parent``, says how it goes.

    Without ``paper`` the usual one of the moment, in the format and on the printer that this kind
    of paper had the last time. ``payment_id``: which receipt, None is the newest.
    """
    if paper is None:
        sheet = desk.read(order_view, number, now=desk.now())
        paper = papers_now(sheet.status, paid=bool(sheet.payments))[0]
    habits = PrintHabits(desk.folder)
    choice = PrintChoice(paper, habits.format(paper), habits.printer(paper), habits.copies(paper))
    bar = _bar_of(desk, parent)
    bar.make(number, choice, payment_id)
    return bar


def choose_print(desk: Desk, parent: QWidget, number: int) -> PrintDialog:
    """Ask which paper, format and printer; what was chosen is printed as ``print_order`` does."""
    dialog = PrintDialog(desk, number, parent.window())
    bar = _bar_of(desk, parent)
    dialog.chosen.connect(partial(bar.make, number))
    dialog.open()
    return dialog


def _bar_of(desk: Desk, parent: QWidget) -> "PrintedBar":
    page = _page_of(parent)
    bar = page.findChild(PrintedBar, "printedBar", Qt.FindChildOption.FindDirectChildrenOnly)
    if bar is None:
        bar = PrintedBar(desk, page)
        bar.hide()
    return bar


def _page_of(widget: QWidget) -> QWidget:
    """The page that a part stands on."""
    page: QWidget | None = widget
    while page is not None and not isinstance(page, Page):
        page = page.parentWidget()
    return page or widget


class PrintedBar(QFrame):
    """The bar that says where the paper is, *Imprimir…*, *Salvar PDF…*; or why there is none."""

    def __init__(self, desk: Desk, page: QWidget) -> None:
        super().__init__(page)
        self.setObjectName("printedBar")
        self.setProperty("kind", "bar")
        self._desk = desk
        self._file: Path | None = None
        self._data = b""
        self._choice: PrintChoice | None = None
        self._printer: QPrinter | None = None
        self._words = text_label()
        self._place = ElidedLabel(kind="quiet")
        self._open = FlatButton("Abrir")
        self._print = FlatButton("Imprimir…")
        self._save = FlatButton("Salvar PDF…")
        self._close = FlatButton("", "", "x")
        self._close.setAccessibleName("Fechar aviso de impressão")
        self._close.setToolTip("Fechar aviso")
        for button, name in (
            (self._open, "printedOpen"),
            (self._print, "printedPrint"),
            (self._save, "printedSave"),
            (self._close, "printedClose"),
        ):
            button.setObjectName(name)
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(10, 4, 6, 4)
        row.setSpacing(8)
        row.addWidget(self._words)
        row.addWidget(self._place, 1)
        for button in (self._open, self._print, self._save, self._close):
            row.addWidget(button)
        if isinstance(page, Page):
            page.lay_over(self)
        self._open.clicked.connect(self.open_file)
        self._print.clicked.connect(self.ask_printer)
        self._save.clicked.connect(self.save_copy)
        self._close.clicked.connect(self.hide)

    @property
    def file(self) -> Path | None:
        """The PDF in the shop's folder, once it is there."""
        return self._file

    def words(self) -> str:
        return self._words.text()

    def hideEvent(self, event: QHideEvent) -> None:
        """With its page it goes for good: it spoke of what was done there then."""
        super().hideEvent(event)
        if not event.spontaneous():
            self.hide()

    # -- making ----------------------------------------------------------------------------

    def make(self, number: int, choice: PrintChoice, payment_id: int | None = None) -> None:
        self._file, self._data = None, b""
        self._choice = choice
        self._say(f"Preparando: {PAPER[choice.paper]}, OS {number}…")
        self._desk.tasks.run(
            make_paper,
            number,
            choice.paper,
            choice.format,
            now=self._desk.now(),
            author=self._desk.author,
            payment_id=payment_id,
            done=self._made,
            failed=self._failed,
            owner=self,
        )

    def _made(self, made: Made) -> None:
        self._data, self._file, issued = made.content, made.place, made.issued
        self._desk.tell(Topic.PAPERS)
        words = f"{PAPER[issued.paper]} {issued.number}, versão {issued.version}:"
        if issued.payment is not None:
            words = f"{PAPER[issued.paper]} {issued.payment.receipt}, OS {issued.number}:"
        self._say(words, place=made.place)
        choice = self._choice
        if choice is None or not choice.printer:
            self.open_file()
        elif choice.printer in QPrinterInfo.availablePrinterNames():
            printer = QPrinter(QPrinterInfo.printerInfo(choice.printer))
            printer.setCopyCount(choice.copies)
            self._send(printer)
        else:
            self._words.setText(f"A impressora {choice.printer} não está disponível:")

    def _failed(self, error: UserError) -> None:
        self._say(sentence(error), "red")

    def _say(self, words: str, tone: str = "", place: Path | None = None) -> None:
        self._words.setText(words)
        self._words.setWordWrap(place is None)
        self._row.setStretchFactor(self._words, 0 if place else 1)
        self._place.setText(str(place) if place else "")
        self._place.setVisible(place is not None)
        for button in (self._open, self._print, self._save):
            button.setVisible(place is not None)
        set_kind(self, "tone", tone)
        set_kind(self._words, "tone", tone)
        self.setAccessibleName(f"{words} {place or ''}".strip())
        self.show()

    # -- the ready paper -------------------------------------------------------------------

    def open_file(self) -> None:
        if self._file is not None and not QDesktopServices.openUrl(
            QUrl.fromLocalFile(str(self._file))
        ):
            self._words.setText("O sistema não abriu o PDF; ele está em")

    def save_copy(self) -> None:
        if self._file is None:
            return
        place = ask_save_path(self, "Salvar PDF", Path.home() / self._file.name, "PDF (*.pdf)")
        if place is None:
            return
        try:
            place.write_bytes(self._data)
        except OSError:
            self._words.setText(sentence(UserError("cannot_write", path=place)))
            return
        self._words.setText("Cópia salva em")
        self._place.setText(str(place))

    def ask_printer(self) -> None:
        """The system's own print dialog, over the window, without stopping the program."""
        if SYSTEMS_DIALOG and not QPrinterInfo.availablePrinterNames():
            self._words.setText("O Windows não tem impressora; o PDF está em")
            return
        self._printer = QPrinter(QPrinter.PrinterMode.HighResolution)  # the dialog owns it not
        dialog = QPrintDialog(self._printer, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle("Imprimir")
        dialog.accepted.connect(self._printer_chosen)
        dialog.setModal(True)
        dialog.show()

    def _printer_chosen(self) -> None:
        if self._printer is not None:
            self._send(self._printer)

    def _send(self, printer: QPrinter) -> None:
        printer.setDocName(self._file.stem if self._file else "osdesk")
        printed = print_pdf(self._data, printer)
        self._words.setText(
            "Enviado à impressora:" if printed else "A impressora não aceitou o documento:"
        )


def _take_size(printer: QPrinter, page: PagePicture) -> None:
    """The page as the paper has it: a sheet of the printer's own, a roll or a label to measure."""
    size = QSizeF(page.width * 72 / DPI, page.height * 72 / DPI)
    sides = QPageLayout.Orientation
    if abs(max(size.width(), size.height()) - A4_HEIGHT) < 2:
        printer.setPageOrientation(sides.Landscape if page.landscape else sides.Portrait)
        return
    printer.setPageOrientation(sides.Portrait)
    printer.setPageSize(QPageSize(size, QPageSize.Unit.Point, "osdesk"))


def print_pdf(data: bytes, printer: QPrinter) -> bool:
    """Send all pages at once; False where the printer does not take them."""
    pages = print_pages(data, printer)
    while True:
        try:
            next(pages)
        except StopIteration as end:
            return bool(end.value)


def print_pages(data: bytes, printer: QPrinter) -> Generator[None, None, bool]:
    """Send the pages to a printer as pictures of 300 dpi, one at each step; at the end whether the
    printer took them."""
    from osdesk.documents.read import page_pictures

    painter = QPainter()
    for place, page in enumerate(page_pictures(data, dpi=DPI)):
        _take_size(printer, page)
        if place == 0:
            printer.setFullPage(True)
            if not painter.begin(printer):
                return False
        else:
            printer.newPage()
        kind = QImage.Format.Format_RGB888
        picture = QImage(page.data, page.width, page.height, page.stride, kind)
        paper = printer.paperRect(QPrinter.Unit.DevicePixel)
        room = printer.pageRect(QPrinter.Unit.DevicePixel)
        target = paper.translated(-room.topLeft()).toRect()
        size = picture.size().scaled(target.size(), Qt.AspectRatioMode.KeepAspectRatio)
        target.setSize(size)
        painter.drawImage(target, picture)  # ``page`` holds the bytes until they are drawn
        yield
    return painter.end()
