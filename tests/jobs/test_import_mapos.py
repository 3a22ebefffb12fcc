"""A MAP-OS dump, made by a real MariaDB with awkward texts, brought in."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from tests.conftest import NOW

from osdesk.domain.arrivals import Outcome
from osdesk.domain.codes import ImportKind, ItemKind, PaymentMethod
from osdesk.domain.errors import UserError
from osdesk.domain.orders.status import PaymentState, Status
from osdesk.jobs.check import check
from osdesk.jobs.imports import import_file, undo_import
from osdesk.services.customers.customers import customer_page
from osdesk.services.orders.view import order_view
from osdesk.services.shop.catalog import catalog
from osdesk.services.shop.staff import employees

DUMP = Path(__file__).parents[1] / "vectors" / "mapos" / "dump.sql"


@pytest.fixture
def report(store):
    return import_file(store, ImportKind.MAPOS, DUMP, dry_run=False, now=NOW, author=None)


@pytest.fixture
def sheet(store, report):
    assert report.batch == 1
    return lambda number: store.database.read(order_view, number, now=NOW)


def test_everything_is_taken_and_what_has_no_place_is_told(store, report):
    assert report.counts == {Outcome.TAKEN: 16, Outcome.SAME: 0, Outcome.REFUSED: 0}
    assert report.not_carried == {
        "OS terminadas sem lançamento, supostas pagas": 1,
        "anexos das OS (só o endereço está no dump)": 1,
        "códigos de barras do catálogo": 1,
        "descrições de serviços do catálogo": 1,
        "fornecedores (vêm só os que têm OS)": 1,
        "lançamentos do caixa que não são de OS": 1,
        "quantidades em estoque": 1,
        "situação “Na fila do Zé”, posta como recebida": 1,
        "vendas de balcão": 1,
    }
    assert check(store) == []


def test_a_dry_run_says_the_same(store):
    dry = import_file(store, ImportKind.MAPOS, DUMP, dry_run=True, now=NOW, author=None)
    real = import_file(store, ImportKind.MAPOS, DUMP, dry_run=False, now=NOW, author=None)
    assert [row.outcome for row in dry.rows] == [row.outcome for row in real.rows]
    assert dry.not_carried == real.not_carried


def test_an_invoiced_order(sheet):
    order = sheet(101)
    assert order.customer.name == 'Maria D\'Ávila; "a do 12"'
    assert order.customer.address == (
        "Rua das Acácias, 12, fundos, Centro, São Paulo - SP, CEP 01001-000"
    )
    device = order.equipment
    assert (device.kind, device.brand, device.model, device.serial) == (
        "Notebook Dell Inspiron 15",
        "Dell",
        "Inspiron 15 3501",
        "7XK-02 b",
    )
    assert (order.reason, order.report) == (
        "Tela quebrada & não liga",
        "Trocada a tela.\nTestado 2 h",
    )
    assert (order.status, order.delivered_on) == (Status.DELIVERED, date(2023, 4, 10))
    assert [(item.kind, item.description, item.total) for item in order.items] == [
        (ItemKind.SERVICE, "Troca de tela", 12_000),
        (ItemKind.PART, 'Tela 15,6" LED', 35_000),
        (ItemKind.PART, "Cabo flat", 2_550),
    ]
    assert (order.discount, order.total, order.balance) == (4_955, 44_595, 0)
    (payment,) = order.payments
    assert (payment.method, payment.paid_on) == (PaymentMethod.PIX, date(2023, 4, 11))
    assert order.warranty_until == date(2023, 10, 7)
    described, note = order.log
    assert described.body.startswith("Descrição no MAP-OS: Notebook Dell Inspiron 15\nMarca: Dell")
    assert note.body == '[Edson] Cliente ligou; vai buscar "amanhã"'
    assert note.at == datetime(2023, 4, 9, 20, 32, 10, tzinfo=UTC)
    assert order.technician == "Edson Ramos"


def test_what_is_not_paid_is_owed_on_its_day(sheet):
    order = sheet(102)
    assert (order.balance, order.due_on) == (8_000, date(2023, 5, 30))
    assert order.payment_state is PaymentState.OVERDUE
    assert order.customer.document == "11222333000181"
    assert order.equipment.kind == "Impressora HP (C:\\HP\\driver)"


def test_open_orders_stand_where_they_stood(sheet):
    working, quoted, unknown = sheet(103), sheet(104), sheet(107)
    assert (working.status, working.promised_on) == (Status.IN_PROGRESS, date(2026, 11, 30))
    assert (working.equipment.serial, working.reason) == ("356938035643809", "Tela azul 😱")
    assert working.customer.notes == "Documento no MAP-OS: 111.111.111-11"
    assert working.customer.name == "Conceição 😀 '); DROP TABLE os; --"
    assert (quoted.status, quoted.total) == (Status.AWAITING_APPROVAL, 0)
    assert unknown.status is Status.RECEIVED
    assert unknown.events[0].data["status"] == "Na fila do Zé"


def test_what_is_finished_without_an_entry_of_money_is_taken_for_paid_and_said_so(sheet):
    order = sheet(105)
    assert (order.status, order.total, order.balance) == (Status.DELIVERED, 8_000, 0)
    (line,) = order.items
    assert (line.quantity, line.unit_price, line.description) == (500, 16_000, "Formatação")
    assert order.events[0].data["assumed"] == ["status", "paid", "method", "paid_on"]


def test_a_cancelled_order_without_an_end(sheet):
    order = sheet(106)
    assert (order.cancelled_on, order.reason) == (date(2024, 2, 1), "Não informado")


def test_people_and_prices(store, report):
    assert [(each.name, each.active) for each in store.database.read(employees)] == [
        ("Ana Lúcia", False),
        ("Edson Ramos", True),
    ]
    entries = store.database.read(catalog)
    assert [(each.description, each.unit_price, each.unit_cost) for each in entries] == [
        ("Cabo flat", 2_550, None),
        ("Formatação", 8_000, None),
        ('Tela 15,6" LED', 35_000, 18_000),
        ("Troca de tela", 12_000, None),
    ]


def test_all_of_it_is_taken_back(store, report):
    undo_import(store, report.batch, now=NOW, author=None)
    assert store.database.read(customer_page, "", limit=10) == []
    assert store.database.read(employees) == []
    assert check(store) == []


def test_another_programs_dump_is_refused(store, tmp_path):
    path = tmp_path / "x.sql"
    path.write_text("CREATE TABLE `a` (`b` int); INSERT INTO `a` VALUES (1);", "utf-8")
    with pytest.raises(UserError, match="dump_no_mapos"):
        import_file(store, ImportKind.MAPOS, path, dry_run=True, now=NOW, author=None)
