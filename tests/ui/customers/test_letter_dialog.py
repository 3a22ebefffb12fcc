"""The collection letter: seen first, logged only when it was printed or saved."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinterInfo
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from tests.ui.conftest import NOW
from tests.ui.dashboard.test_page import deliver_owing

from osdesk.services.customers.accounts import collection_letter
from osdesk.services.orders.view import order_view
from osdesk.services.shop.shop import save_shop, shop_form
from osdesk.ui.customers.letter_dialog import LetterDialog
from osdesk.ui.papers import printing
from osdesk.ui.widgets import file_dialogs

LATE = NOW.replace(month=12, day=20)


@pytest.fixture
def printed(monkeypatch):
    """What a printer that takes everything was sent."""
    sent = []
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", staticmethod(lambda: ["A", "B"]))
    monkeypatch.setattr(printing, "print_pdf", lambda data, _printer: sent.append(data) or True)
    return sent


@pytest.fixture
def make(desk, qtbot):
    """The dialog about order 4, which is overdue; and what it said."""
    shop = replace(desk.read(shop_form), document="12345678000195", address="Rua A, 1")
    desk.write(save_shop, shop, now=NOW, author=None)
    deliver_owing(desk, 4, 8)
    desk._clock = lambda: LATE
    customer = desk.read(order_view, 4, now=LATE).customer.id
    parent = QWidget()
    qtbot.addWidget(parent)

    def open_it():
        letter = desk.read(collection_letter, customer, now=LATE)
        dialog = LetterDialog(desk, letter, parent)
        dialog.said = []
        dialog.given.connect(lambda words, place: dialog.said.append((words, place)))
        dialog.open()
        qtbot.waitUntil(lambda: dialog._view.pages == 1)
        return dialog

    yield open_it
    qtbot.waitUntil(lambda: not desk.tasks.busy)


def notices(desk):
    return desk.read(order_view, 4, now=LATE).notices


def test_enter_prints_it_and_logs_it_once(make, desk, printed):
    dialog = make()
    assert notices(desk) == ()
    said = dialog.said
    dialog._printer.set_value("B")
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert [data[:5] for data in printed] == [b"%PDF-"]
    assert said == [("Carta impressa e registrada em: OS 4.", None)]
    (notice,) = notices(desk)
    assert (notice.kind, notice.channel) == ("collection", "letter")
    assert make()._printer.value() == "B", "the printer is remembered"


def test_a_printer_that_refuses_logs_nothing(make, desk, printed, monkeypatch):
    monkeypatch.setattr(printing, "print_pdf", lambda _data, _printer: False)
    dialog = make()
    dialog.print_letter()
    error = dialog.findChild(QLabel, "letterError")
    assert "não aceitou" in error.text()
    assert error.isVisible()
    assert dialog.isVisible()
    assert notices(desk) == ()


def test_esc_logs_nothing(make, desk, printed):
    dialog = make()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert (printed, notices(desk)) == ([], ())


def test_without_a_printer_it_is_saved(make, desk, monkeypatch, tmp_path):
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", staticmethod(list))
    answers = [None, tmp_path / "missing" / "carta.pdf", tmp_path / "carta.pdf"]
    monkeypatch.setattr(file_dialogs, "ask_save_path", lambda *_: answers.pop(0))
    dialog = make()
    said = dialog.said
    assert not dialog.findChild(QPushButton, "letterPrint").isVisible()
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert notices(desk) == (), "thought better of it"
    (tmp_path / "missing").write_bytes(b"no folder")
    dialog.save_letter()
    assert notices(desk) == (), "what was not written was not sent"
    dialog.save_letter()
    place = tmp_path / "carta.pdf"
    assert place.read_bytes().startswith(b"%PDF")
    assert said == [(f"Carta salva em {place} e registrada em: OS 4.", place)]
    assert len(notices(desk)) == 1
