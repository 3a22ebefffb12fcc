from datetime import UTC, date, datetime
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from tests.ui.conftest import NOW, order_form

from osdesk.domain.calendar import Month
from osdesk.domain.codes import PaymentMethod
from osdesk.domain.orders.forms import PaymentForm
from osdesk.domain.period import Period
from osdesk.services.orders.payments import pay_order
from osdesk.services.orders.saving import add_order
from osdesk.services.reports.closings import close_month
from osdesk.services.reports.reports import month_report
from osdesk.texts import FIGURE
from osdesk.ui.reports.page import ReportsPage
from osdesk.ui.widgets import file_dialogs

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
    table = page.findChild(object, "reportFigures")
    table.select_row(list(figures(page)).index(figure))


def test_the_month_is_there_at_once_and_says_by_which_date_it_counts(page, desk):
    report = desk.read(month_report, NOVEMBER, now=NOW)
    shown = figures(page)
    assert set(shown) == set(FIGURE) - {
        *("fees", "allowances", "service_cost", "cost_unknown", "late_fees")
    }, "what there is none of has no row"
    assert shown["opened"] == str(report.figures.opened) == "130"
    assert shown["delivered"] == "1"
    assert shown["revenue"] == "180,00"
    assert shown["received"] == "230,00"
    model = page.findChild(object, "reportFigures").model()
    spoken = model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Abertas, por data de entrada"
    assert "180,00" in page.findChild(object, "reportStory").text()
    assert "em andamento" in page.closing._pill.text()


def test_arrows_and_list_change_the_month(page, qtbot):
    page.findChild(object, "reportPreviousMonth").click()
    idle(page, qtbot)
    assert page.month.currentText() == "outubro de 2026 (mês passado)"
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
    assert orders.model().rowCount() == len(page.view._asked[1]) > 0
    with qtbot.waitSignal(page.numbers_requested) as caught:
        qtbot.keyClick(page.findChild(object, "reportFigures"), Qt.Key.Key_Return)
    assert caught.args == ["Recebido", page.view._asked[1]]


def test_orders_of_earlier_months_behind_a_balance_are_read_too(page, desk, qtbot):
    from tests.ui.dashboard.test_page import deliver_owing

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
        ("exportTablesButton", "zip", b"PK"),
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
    qtbot.waitUntil(lambda: page.findChild(object, button).isEnabled())
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

    from osdesk.services.orders.saving import add_order

    desk.write(add_order, order_form("Novo Cliente", "(11) 98111-2222"), now=NOW, author=None)
    idle(page, qtbot)
    assert figures(page)["opened"] == "131"


def test_quarters_years_and_any_days(page, qtbot):
    kind = page.findChild(object, "reportKind")
    kind.setCurrentIndex(1)
    idle(page, qtbot)
    assert page.month.currentText() == "4º trimestre de 2026 (este trimestre)"
    assert page.period == Period.of_quarter(NOW.date())
    assert figures(page)["opened"] == "130"
    page.findChild(object, "reportPreviousMonth").click()
    idle(page, qtbot)
    assert page.month.currentText() == "3º trimestre de 2026 (trimestre passado)"
    kind.setCurrentIndex(2)
    idle(page, qtbot)
    assert page.period == Period.of_year(2026)
    kind.setCurrentIndex(3)
    first, last = page.findChild(object, "reportFrom"), page.findChild(object, "reportTo")
    first.setText("01/01/2026")
    last.setText("03/01/2026")
    qtbot.keyClick(last, Qt.Key.Key_Return)
    idle(page, qtbot)
    assert page.period == Period(date(2026, 1, 1), date(2026, 1, 3))
    assert figures(page)["opened"] == "0"
    last.setText("31/12/2025")
    qtbot.keyClick(last, Qt.Key.Key_Return)
    assert page.bar.text() == "O período termina antes de começar. Confira as datas."
    assert page.period.last == date(2026, 1, 3)


def test_a_month_is_closed_and_reopened_in_place(page, qtbot):
    page.show_month(OCTOBER)
    idle(page, qtbot)
    act = page.findChild(object, "monthClosingButton")
    confirm = page.findChild(object, "monthClosingConfirm")
    assert act.text() == "Fechar mês"
    act.click()
    assert confirm.isVisible()
    page.escape()
    assert not confirm.isVisible()
    act.click()
    qtbot.keyClick(confirm, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: act.text() == "Reabrir mês" and act.isVisible())
    idle(page, qtbot)
    assert page.bar.text() == "Outubro de 2026 fechado."
    assert page.closing._pill.text() == "mês fechado"
    act.click()
    confirm.click()
    idle(page, qtbot)
    assert "motivo" in page.bar.text().lower()
    page.findChild(object, "reopenReason").setText("faltou um recibo")
    confirm.click()
    qtbot.waitUntil(lambda: act.text() == "Fechar mês" and act.isVisible())
    idle(page, qtbot)
    assert page.closing._pill.text() == "mês não fechado"


def test_the_month_under_way_cannot_be_closed(page):
    assert not page.findChild(object, "monthClosingButton").isVisible()


def test_adjustments_of_closed_months_open_their_orders(page, desk, qtbot):
    assert not page.view._adjustments.isVisible()
    form = order_form("Ana", "(11) 97777-0000")
    form.requested_at = datetime(2026, 10, 19, 15, tzinfo=UTC)
    number = desk.write(add_order, form, now=NOW, author=None).number
    desk.write(close_month, OCTOBER, now=NOW, author=None)
    paid = PaymentForm(100, PaymentMethod.PIX, date(2026, 10, 20))
    desk.write(pay_order, number, paid, now=NOW, author=None)
    idle(page, qtbot)
    table = page.findChild(object, "reportAdjustments")
    assert page.view._adjustments.isVisible()
    assert table.model().index(0, 0).data() == "Recebido (R$)"
    assert table.model().index(0, 1).data() == "+1,00"
    table.select_row(0)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    orders = page.findChild(object, "reportOrders").model()
    assert [orders.index(row, 0).data() for row in range(orders.rowCount())] == [str(number)]


def test_an_export_is_cancelled_and_leaves_what_was_there(page, desk, qtbot, tmp_path):
    made = tmp_path / "novembro.pdf"
    made.write_bytes(b"what was there")
    go_on = Event()
    desk.tasks.run(lambda store: go_on.wait(10))  # so that it can be cancelled for certain
    page.export(made, "o PDF")
    assert page.bar.text().startswith("Preparando o PDF de novembro de 2026")
    page.escape()
    assert page.bar.text() == "Cancelando…"
    go_on.set()
    qtbot.waitUntil(lambda: page.findChild(object, "exportPdfButton").isEnabled())
    assert page.bar.text() == "Cancelado: nenhum arquivo foi gravado."
    assert made.read_bytes() == b"what was there"
    page.export(made, "o PDF")
    qtbot.waitUntil(lambda: page.findChild(object, "exportPdfButton").isEnabled())
    assert made.read_bytes().startswith(b"%PDF")


def test_a_bar_shows_the_orders_behind_it(page, qtbot):
    chart = page.view._by_method.chart
    assert chart._keys[0][0].startswith("Recebido, ")
    qtbot.keyClick(chart, Qt.Key.Key_Up)
    qtbot.keyClick(chart, Qt.Key.Key_Return)
    orders = page.findChild(object, "reportOrders").model()
    assert orders.rowCount() == len(page.view._asked[1]) > 0
    assert page.view._behind.text().startswith("Recebido, ")
