"""A scan opens its order from anywhere and presses nothing; people's typing is left alone."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from osdesk.ui.widgets.search_box import SearchBox
from osdesk.ui.window.scans import GAP, Scanner

CODE = "OSDESK1|intake|9120|1|2026-11-24|37000|" + "a" * 32


@pytest.fixture
def window(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    for name, widget in (
        ("line", QLineEdit()),
        ("text", QPlainTextEdit()),
        ("button", QPushButton("Salvar")),
        ("search", SearchBox("searchBox", "Buscar", "")),
    ):
        setattr(window, name, widget)
        column.addWidget(widget)
    window.now = 0.0
    window.clicks, window.entered, window.codes = [], [], []
    window.button.clicked.connect(lambda: window.clicks.append(1))
    window.button.setAutoDefault(True)
    window.line.returnPressed.connect(lambda: window.entered.append(window.line.text()))
    window.scanner = Scanner(window, lambda: window.now)
    window.scanner.scanned.connect(window.codes.append)
    window.show()
    window.activateWindow()
    return window


def scan(qtbot, window, where, text, gap=0.002):
    where.setFocus()
    qtbot.waitUntil(where.hasFocus)
    window.now += 10
    for letter in text:
        window.now += gap
        qtbot.keyClicks(where, letter)
    window.now += gap
    qtbot.keyClick(where, Qt.Key.Key_Return)


@pytest.mark.parametrize("code", [CODE, "9120", "os9120"])
def test_a_scan_beside_the_fields_opens_and_presses_nothing(window, qtbot, code):
    scan(qtbot, window, window.button, code)
    assert window.codes == [code]
    assert window.clicks == []


@pytest.mark.parametrize("name", ["line", "text"])
def test_an_orders_code_leaves_nothing_in_the_field_it_went_through(window, qtbot, name):
    field = getattr(window, name)
    qtbot.keyClicks(field, "antes")
    scan(qtbot, window, field, CODE)
    assert window.codes == [CODE]
    assert (field.text() if name == "line" else field.toPlainText()) == "antes"


def test_what_the_code_wrote_over_stands_again(window, qtbot):
    window.line.setText("Maria das Dores")
    window.line.setFocus()
    window.line.selectAll()
    scan(qtbot, window, window.line, CODE)
    assert (window.line.text(), window.codes) == ("Maria das Dores", [CODE])
    window.text.setPlainText("um\ndois")
    window.text.selectAll()
    scan(qtbot, window, window.text, CODE)
    assert window.text.toPlainText() == "um\ndois"


@pytest.mark.parametrize("name", ["line", "text"])
def test_a_label_over_a_field_of_words_is_the_orders(window, qtbot, name):
    field = getattr(window, name)
    field.setObjectName("reason" if name == "text" else "customerName")
    scan(qtbot, window, field, "9120")
    assert window.codes == ["9120"]
    assert (field.text() if name == "line" else field.toPlainText()) == ""


def test_a_number_scanned_into_a_field_stays_there(window, qtbot):
    scan(qtbot, window, window.line, "490154203237518")
    assert window.line.text() == "490154203237518"
    assert window.codes == []


def test_the_search_box_opens_what_it_holds_by_itself(window, qtbot):
    submitted = []
    window.search.submitted.connect(submitted.append)
    scan(qtbot, window, window.search, "9120")
    assert (submitted, window.codes) == (["9120"], [])


def test_fingers_are_no_scanner(window, qtbot):
    scan(qtbot, window, window.button, "9120", gap=GAP * 2)
    scan(qtbot, window, window.line, "9120", gap=GAP * 2)
    assert window.codes == []
    assert window.entered == ["9120"]


def test_other_codes_do_nothing_beside_the_fields(window, qtbot):
    scan(qtbot, window, window.button, "ABC-123")
    assert window.codes == []
