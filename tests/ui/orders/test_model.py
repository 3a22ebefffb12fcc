import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from tests.ui.conftest import NOW, order_form

from osdesk.domain.orders.forms import StepForm
from osdesk.domain.orders.status import OrderFilter, Status
from osdesk.services.orders.saving import add_order
from osdesk.services.orders.sorting import order_numbers
from osdesk.services.orders.steps import move_order
from osdesk.ui.orders import model as orders_model
from osdesk.ui.orders.model import NUMBER, TEXT_ROLE, TOTAL, OrdersModel


@pytest.fixture
def model(desk, qtbot):
    model = OrdersModel(desk)
    tester = QAbstractItemModelTester(
        model, QAbstractItemModelTester.FailureReportingMode.Fatal, model
    )
    assert tester.model() is model
    yield model
    qtbot.waitUntil(lambda: not desk.tasks.busy)


def shown(model: OrdersModel) -> list[int]:
    return [int(model.index(row, NUMBER).data()) for row in range(model.rowCount())]


def test_the_first_page_is_there_at_once_and_the_length_is_true_after(model, desk, qtbot):
    with qtbot.waitSignal(model.counted):
        model.show_filter(OrderFilter.OPEN)
        assert shown(model) == list(range(130, 30, -1))
    assert shown(model) == list(desk.read(order_numbers, OrderFilter.OPEN, now=NOW))


def test_column_0_displays_the_number_and_every_role_is_answered(model):
    model.show_filter(OrderFilter.ALL)
    index = model.index(0, NUMBER)
    assert index.data() == "130"
    assert model.index(0, TOTAL).data() == "180,00"
    assert index.data(TEXT_ROLE).customer == "Cliente Número 130"
    assert index.data(Qt.ItemDataRole.AccessibleTextRole).startswith("OS 130, Cliente Número 130")
    assert model.headerData(0, Qt.Orientation.Horizontal) == "OS"


def test_rows_are_fetched_by_the_window_and_only_a_bounded_number_is_kept(
    model, desk, qtbot, monkeypatch
):
    with qtbot.waitSignal(model.counted):
        model.show_filter(OrderFilter.ALL)
    asked = []
    read = desk.read

    def counting(service, *args, **kwargs):
        asked.append(service.__name__)
        return read(service, *args, **kwargs)

    monkeypatch.setattr(desk, "read", counting)
    monkeypatch.setattr(orders_model, "KEPT", 60)
    assert model.row(129).number == 1
    assert model.row(120).number == 10
    assert asked == ["order_rows"]
    model.row(0)
    model.row(40)
    assert len(model._rows) <= 60


@pytest.mark.parametrize(
    ("text", "numbers"),
    [("numero 77", [77]), ("98765-4012", [12]), ("conceicao", [3]), ("nada disso", [])],
)
def test_search_results_take_the_lists_place(model, text, numbers):
    model.show_search(text)
    assert shown(model) == numbers


def test_a_long_search_is_listed_at_once_and_read_as_far_as_it_is_seen(model):
    model.show_search("cliente")
    assert model.rowCount() == orders_model.PAGE
    assert model.more
    assert len(model._rows) == orders_model.SEEN
    assert shown(model) == sorted(shown(model), reverse=True)
    assert model.row(orders_model.PAGE - 1).number == shown(model)[-1]


def test_refresh_keeps_places_and_shows_what_changed(model, desk, qtbot):
    with qtbot.waitSignal(model.counted):
        model.show_filter(OrderFilter.ALL)
    resets = []
    model.modelReset.connect(lambda: resets.append(1))
    with qtbot.waitSignal(model.counted):
        model.refresh()
    assert resets == []
    desk.write(add_order, order_form("Nova", "(11) 3222-1111"), now=NOW, author=None)
    with qtbot.waitSignal(model.counted):
        model.refresh()
    assert shown(model)[:2] == [131, 130]
    assert len(shown(model)) == 131


def test_places_are_found_by_number(model, desk, qtbot):
    with qtbot.waitSignal(model.counted):
        model.show_filter(OrderFilter.OPEN)
    assert model.number_at(model.place_of(77)) == 77
    assert model.place_of(1) is None
    assert model.place_of(999) is None
    assert model.number_at(-1) is None
    assert model.row(5000) is None


def test_an_empty_filter_has_no_rows(model, qtbot):
    with qtbot.waitSignal(model.counted):
        model.show_filter(OrderFilter.RECEIVABLE)
    assert model.rowCount() == 0
    model.show_filter(OrderFilter.FINISHED)
    assert [model.row(0).status, model.rowCount()] == [Status.DELIVERED, 1]


@pytest.mark.parametrize("number", [125, 5], ids=["on the first page", "behind it"])
def test_the_order_that_is_kept_stays_at_its_place_until_it_is_let_go(model, desk, qtbot, number):
    with qtbot.waitSignal(model.counted):
        model.show_filter(OrderFilter.OPEN)
    before = shown(model)
    model.keep(number)
    step = StepForm(reason="desistiu")
    desk.write(move_order, number, Status.CANCELLED, step, now=NOW, author=None)
    with qtbot.waitSignal(model.counted):
        model.refresh()
    assert shown(model) == before
    assert model.stray == number
    assert model.row(model.place_of(number)).status is Status.CANCELLED
    model.let_go()
    assert shown(model) == [each for each in before if each != number]
    assert model.stray is None


def test_an_order_that_the_list_does_not_have_is_put_in_where_it_belongs(model, desk, qtbot):
    desk.write(move_order, 120, Status.CANCELLED, StepForm(reason="desistiu"), now=NOW, author=None)
    with qtbot.waitSignal(model.counted):
        model.show_filter(OrderFilter.OPEN)
    model.keep(120)
    with qtbot.waitSignal(model.counted):
        model.refresh()
    assert shown(model)[9:12] == [121, 120, 119]
