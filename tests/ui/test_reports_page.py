from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from tests.ui.conftest import NOW

from osdesk.domain.calendar import Month
from osdesk.services.reports import month_report
from osdesk.texts import FIGURE
from osdesk.ui import file_dialogs
from osdesk.ui.reports_page import ReportsPage

NOVEMBER, OCTOBER = Month(2026, 11), Month(2026, 10)


@pytest.fixture
def page(desk, qtbot):
    page = ReportsPage(desk)
    qtbot.addWidget(page)
    page.resize(1194, 742)
    page.show()
    idle(page, qtbot)
    return page


def idle(page, qtbot):
    qtbot.waitUntil(lambda: page._reading is None and not page._desk.tasks.busy)


def figures(page):
    model = page.findChild(object, "reportFigures").model()
    rows = range(model.rowCount())
    return {model.key(model.index(row, 0)): model.index(row, 1).data() for row in rows}


def select(page, figure):
    page.findChild(object, "reportFigures").select_row(list(FIGURE).index(figure))


def test_the_month_is_there_at_once_and_says_by_which_date_it_counts(page, desk):
    report = desk.read(month_report, NOVEMBER, now=NOW)
    shown = figures(page)
    assert set(shown) == set(FIGURE)
    assert shown["opened"] == str(report.figures.opened) == "130"
    assert shown["delivered"] == "1"
    assert shown["revenue"] == "180,00"
    assert shown["received"] == "230,00"
    model = page.findChild(object, "reportFigures").model()
    spoken = model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Abertas, por data de entrada"
    assert "180,00" in page.findChild(object, "reportStory").text()
    assert page._partial.isVisible()


def test_arrows_and_list_change_the_month(page, qtbot):
    page.findChild(object, "reportPreviousMonth").click()
    idle(page, qtbot)
    assert page.month.currentText() == "outubro de 2026"
    assert figures(page)["opened"] == "0"
    assert page.findChild(object, "reportNextMonth").isEnabled()
    page.month.setCurrentIndex(0)
    idle(page, qtbot)
    assert figures(page)["opened"] == "130"
    assert not page.findChild(object, "reportNextMonth").isEnabled()


def test_a_month_asked_for_from_elsewhere_is_shown_however_old(page, qtbot):
    page.show_month(Month(2015, 3))
    idle(page, qtbot)
    assert page.month.currentText() == "março de 2015"
    assert figures(page)["opened"] == "0"


def test_every_figure_shows_the_orders_behind_it(page, qtbot):
    orders = page.findChild(object, "reportOrders")
    select(page, "delivered")
    assert orders.model().rowCount() == 1
    assert orders.model().index(0, 0).data() == "1"
    orders.select_row(0)
    with qtbot.waitSignal(page.order_requested) as caught:
        qtbot.keyClick(orders, Qt.Key.Key_Return)
    assert caught.args == [1]
    select(page, "opened")
    assert orders.model().rowCount() == 130
    select(page, "received")
    assert orders.isHidden()
    assert page.view._payments.isVisible()


def test_orders_of_earlier_months_behind_a_balance_are_read_too(page, desk, qtbot):
    from tests.ui.test_dashboard_page import deliver_owing

    deliver_owing(desk, 4, 8)
    desk._clock = lambda: NOW.replace(month=12, day=5)
    page.show_month(Month(2026, 12))
    idle(page, qtbot)
    select(page, "receivable")
    model = page.findChild(object, "reportOrders").model()
    assert [model.index(row, 0).data() for row in range(model.rowCount())] == ["4"]


@pytest.mark.parametrize(
    ("button", "ending", "magic"),
    [
        ("exportPdfButton", "pdf", b"%PDF"),
        ("exportXlsxButton", "xlsx", b"PK"),
        ("exportCsvButton", "csv", b""),
    ],
)
def test_the_month_is_taken_along(page, qtbot, monkeypatch, tmp_path, button, ending, magic):
    asked = []

    def answer(parent: object, title: str, suggested: Path, kinds: str) -> Path:
        asked.append((suggested.name, kinds))
        return tmp_path / f"novembro.{ending}"

    opened = []
    monkeypatch.setattr(file_dialogs, "ask_save_path", answer)
    monkeypatch.setattr(
        file_dialogs, "open_with_system", lambda path: bool(opened.append(path)) or True
    )
    page.findChild(object, button).click()
    assert page.bar.text().startswith("Preparando")
    assert not page.findChild(object, "exportPdfButton").isEnabled()
    qtbot.waitUntil(lambda: page.findChild(object, button).isEnabled(), timeout=30_000)
    made = tmp_path / f"novembro.{ending}"
    assert made.read_bytes().startswith(magic)
    assert made.stat().st_size > 300
    assert asked[0][0] == f"relatorio-2026-11.{ending}"
    assert "Relatório salvo" in page.bar.text()
    page.bar.acted.emit()
    assert opened == [made]


def test_a_place_that_cannot_be_written_is_said_in_the_page(page, qtbot, tmp_path):
    (tmp_path / "file").write_bytes(b"")
    page.export(tmp_path / "file" / "novembro.pdf", "o PDF")
    qtbot.waitUntil(lambda: page.findChild(object, "exportPdfButton").isEnabled())
    assert page.bar.text()
    assert "Preparando" not in page.bar.text()


def test_thinking_better_of_it_does_nothing(page, monkeypatch):
    monkeypatch.setattr(file_dialogs, "ask_save_path", lambda *a: None)
    page.findChild(object, "exportPdfButton").click()
    assert page.bar.text() == ""


def test_a_change_of_the_record_is_seen(page, desk, qtbot):
    from tests.ui.conftest import order_form

    from osdesk.services.orders import add_order

    desk.write(add_order, order_form("Novo Cliente", "(11) 98111-2222"), now=NOW, author=None)
    idle(page, qtbot)
    assert figures(page)["opened"] == "131"
