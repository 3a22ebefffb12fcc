from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from tests.ui.conftest import NOW

from osdesk.domain.calendar import Month
from osdesk.domain.money import format_brl
from osdesk.domain.orders.forms import StepForm
from osdesk.domain.orders.status import OrderFilter, Status
from osdesk.domain.topics import Topic
from osdesk.services.orders.forms import load_form
from osdesk.services.orders.steps import move_order
from osdesk.services.reports.dashboard import dashboard
from osdesk.ui.dashboard.page import DashboardPage, FigureCard
from osdesk.ui.desk import Desk


@pytest.fixture
def page(desk, qtbot):
    page = DashboardPage(desk)
    qtbot.addWidget(page)
    page.resize(1194, 742)
    page.show()
    return page


def card(page, name):
    return page.findChild(FigureCard, name)


def deliver_owing(desk, number, days_ago):
    """Order 4 goes out with a balance that fell due some days ago."""

    def work(session):
        when = NOW - timedelta(days=days_ago + 1)
        move_order(session, number, Status.READY, StepForm(), now=when, author=1, form=None)
        form = load_form(session, number)
        form.due_on = when.date()
        collected = StepForm(collected_by="Cliente")
        move_order(session, number, Status.DELIVERED, collected, now=when, author=1, form=form)

    desk.write_quietly(work)
    desk.tell(Topic.ORDERS)


def test_the_figures_are_those_of_the_service(page, desk):
    board = desk.read(dashboard, now=NOW)
    assert card(page, "kpiOpen").value() == str(board.open) == "129"
    assert card(page, "kpiLate").value() == str(board.late) == "1"
    assert card(page, "kpiLate").note() == "a mais antiga: 2 dias"
    assert card(page, "kpiReady").value() == "0"
    assert card(page, "kpiReceivable").value() == format_brl(board.receivable.amount)
    assert card(page, "kpiRevenue").value() == "R$ 180,00"
    assert card(page, "kpiOpen").note() == "130 entraram hoje"
    assert card(page, "kpiOpen").accessibleName() == "Abertas: 129"


@pytest.mark.parametrize(
    ("name", "which"),
    [
        ("kpiOpen", OrderFilter.OPEN),
        ("kpiLate", OrderFilter.LATE),
        ("kpiReady", OrderFilter.READY),
        ("kpiReceivable", OrderFilter.RECEIVABLE),
    ],
)
def test_a_figure_leads_to_the_list_behind_it(page, qtbot, name, which):
    with qtbot.waitSignal(page.filter_requested) as caught:
        qtbot.mouseClick(card(page, name), Qt.MouseButton.LeftButton)
    assert caught.args == [which]
    with qtbot.waitSignal(page.filter_requested) as caught:
        qtbot.keyClick(card(page, name), Qt.Key.Key_Return)
    assert caught.args == [which]


def test_revenue_leads_to_the_months_report(page, qtbot):
    with qtbot.waitSignal(page.month_requested) as caught:
        qtbot.mouseClick(card(page, "kpiRevenue"), Qt.MouseButton.LeftButton)
    assert caught.args == [Month(2026, 11)]


def test_what_waits_for_somebody_opens_by_enter(page, qtbot):
    waiting = page.findChild(object, "attentionList")
    model = waiting.model()
    texts = [model.index(row, 0).data() for row in range(model.rowCount())]
    assert any("OS 2 " in text and "2 dias de atraso · Edson Ramos" in text for text in texts)
    place = next(row for row, text in enumerate(texts) if "OS 2 " in text)
    waiting.setCurrentIndex(model.index(place, 0))
    with qtbot.waitSignal(page.order_requested) as caught:
        qtbot.keyClick(waiting, Qt.Key.Key_Return)
    assert caught.args == [2]
    with qtbot.waitSignal(page.order_requested) as caught:
        spot = waiting.visualRect(model.index(place, 0)).center()
        qtbot.mouseClick(waiting.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert caught.args == [2]


def test_who_owes_is_shown_as_soon_as_it_is_so(page, desk, qtbot):
    owing = page.findChild(object, "debtorsTable")
    assert owing.rowCount() == 0
    deliver_owing(desk, 4, 8)
    assert owing.rowCount() == 1
    assert [owing.item(0, column).text() for column in range(3)] == [
        "Cliente Número 4",
        "8 dias",
        "R$ 130,00",
    ]
    owing.setCurrentCell(0, 0)
    with qtbot.waitSignal(page.customer_requested) as caught:
        qtbot.keyClick(owing, Qt.Key.Key_Return)
    assert caught.args == [4]


def test_a_hidden_page_reads_nothing_and_a_shown_one_is_fresh(page, desk, monkeypatch):
    page.hide()
    reads = []
    monkeypatch.setattr(desk, "read", lambda *a, **k: reads.append(a) or Desk.read(desk, *a, **k))
    desk.tell(Topic.ORDERS)
    assert reads == []
    page.show()
    assert len([args for args in reads if args[0] is dashboard]) == 1


def test_a_new_day_is_noticed(page, desk):
    assert page._midnight.isActive()
    assert page._midnight.interval() <= 3_600_000
    desk._clock = lambda: NOW + timedelta(days=3)
    page._midnight.timeout.emit()
    assert card(page, "kpiLate").note() == "a mais antiga: 5 dias"


def test_the_load_counts_each_technician(page):
    chart = page.findChild(object, "loadChart")
    assert "Edson Ramos: 129 abertas · 1 atrasada" in chart.accessibleDescription()
