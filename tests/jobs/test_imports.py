"""Files of other systems brought in: what is taken, merged, refused, and taken back whole."""

import json
import sqlite3
from datetime import date, timedelta

import pytest
from tests.conftest import NOW
from tests.forms import order

from osdesk.domain.arrivals import Outcome
from osdesk.domain.codes import ImportKind, PaymentMethod
from osdesk.domain.errors import UserError
from osdesk.domain.orders.forms import CustomerForm, PaymentForm, PhoneForm
from osdesk.domain.orders.status import PaymentState, Status
from osdesk.jobs.check import check
from osdesk.jobs.export import export_all
from osdesk.jobs.imports import import_file, preview, undo_import
from osdesk.persistence.backup import backups_in
from osdesk.persistence.database import connect
from osdesk.persistence.store import open_store
from osdesk.services.customers.customers import find_customers, save_customer
from osdesk.services.customers.merging import merge_customers
from osdesk.services.customers.privacy import anonymise
from osdesk.services.imports.batches import batches
from osdesk.services.orders.payments import pay_order
from osdesk.services.orders.saving import add_order
from osdesk.services.orders.search import search_orders
from osdesk.services.orders.view import order_view
from osdesk.services.shop.catalog import catalog
from osdesk.services.shop.shop import shop_view
from osdesk.services.shop.staff import employees

PEOPLE = """Nome;Telefone;Celular;CPF/CNPJ;E-mail
Maria das Dores;(11) 3222-4455;11 98765-4321;529.982.247-25;maria@exemplo.com
João;;;111.111.111-11;
Maria das Dores;;(11) 98765-4321;;outra@exemplo.com
José;;;;
José;;;;
;(11) 98765-4321;;;
"""
ORDERS = """Nº OS;Cliente;Telefone;Aparelho;Nº de série;Defeito;Situação;Entrada;Entrega;Valor;\
Pago;Vencimento;Forma de pagamento;Técnico
120;Maria;(11) 98765-4321;TV;ABC1;Não liga;Entregue;10/03/2024;20/03/2024;1.250,00;250,00;\
30/04/2024;Pix;Edson
121;Maria;(11) 98765-4321;TV;ABC1;De novo;Cancelado;10/04/2024;11/04/2024;;;;;Edson
122;José;;Rádio;;Chia;Em andamento;10/11/2026;;300;;;;Edson
123;José;;Rádio;;Chia;Vendido;10/11/2026;;300;;;;
120;Outro;;TV;;Não liga;Entregue;10/03/2024;20/03/2024;10;;;;
124;Ana;;TV;;Não liga;Entregue;10/03/2024;20/03/2024;10;20;;;
"""


@pytest.fixture
def bring(store, tmp_path):
    """Write a table and bring it in."""

    def run(kind, text, *, dry_run=False, name="x.csv", **more):
        path = tmp_path / name
        path.write_bytes(text.encode("cp1252") if isinstance(text, str) else text)
        return import_file(store, kind, path, dry_run=dry_run, now=NOW, author=None, **more)

    return run


def outcomes(report):
    return [(row.row, row.outcome, row.error and row.error.code) for row in report.rows]


T, S, R = Outcome.TAKEN, Outcome.SAME, Outcome.REFUSED
OF_PEOPLE = [
    (2, T, None),
    (3, R, "bad_document"),
    (4, S, None),
    (5, T, None),
    (6, T, None),
    (7, R, "required"),
]
OF_ORDERS = [
    (2, T, None),
    (3, T, None),
    (4, T, None),
    (5, R, "import_word"),
    (6, R, "number_taken"),
    (7, R, "above_balance"),
]


def events(store):
    connection = connect(store.database.path)
    try:
        return connection.execute("SELECT count(*) FROM events").fetchone()[0]
    finally:
        connection.close()


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [(ImportKind.CUSTOMERS, PEOPLE, OF_PEOPLE), (ImportKind.ORDERS, ORDERS, OF_ORDERS)],
)
def test_a_dry_run_says_what_the_real_one_does(store, bring, kind, text, expected):
    before = events(store)
    dry = bring(kind, text, dry_run=True)
    assert outcomes(dry) == expected
    assert (dry.batch, events(store), store.database.read(batches)) == (None, before, [])
    real = bring(kind, text)
    assert (outcomes(real), real.batch) == (expected, 1)
    assert [row.key for row in real.rows] == [row.key for row in dry.rows]
    assert check(store) == []


def test_a_second_time_everything_is_here_already(bring):
    bring(ImportKind.ORDERS, ORDERS)
    again = bring(ImportKind.ORDERS, ORDERS)
    assert [each.outcome for each in again.rows] == [S, S, S, R, R, R]


def test_the_same_customer_is_not_changed_and_what_is_not_kept_is_told(store, bring):
    report = bring(ImportKind.CUSTOMERS, PEOPLE)
    (warning,) = report.rows[2].warnings
    assert (warning.code, warning.data["names"]) == ("customer_as_stored", ["customer.email"])
    (maria,) = store.database.read(find_customers, "maria")
    assert (maria.email, len(maria.phones)) == ("maria@exemplo.com", 2)


def test_an_order_stands_where_it_was_left(store, bring):
    bring(ImportKind.ORDERS, ORDERS)
    sheet = store.database.read(order_view, 120, now=NOW)
    assert (sheet.status, sheet.delivered_on) == (Status.DELIVERED, date(2024, 3, 20))
    assert (sheet.total, sheet.paid, sheet.balance) == (125_000, 25_000, 100_000)
    assert (sheet.due_on, sheet.payment_state) == (date(2024, 4, 30), PaymentState.OVERDUE)
    assert sheet.warranty_until == date(2024, 3, 20) + timedelta(days=90)
    (payment,) = sheet.payments
    assert (payment.method, payment.paid_on) == (PaymentMethod.PIX, date(2024, 3, 20))
    (event,) = sheet.events
    assert event.data["batch"] == 1
    assert event.data["assumed"] == ["paid_on"]
    cancelled = store.database.read(order_view, 121, now=NOW)
    assert cancelled.equipment.id == sheet.equipment.id
    assert (cancelled.total, cancelled.cancelled_on) == (0, date(2024, 4, 11))
    found = store.database.read(search_orders, "abc1", now=NOW)
    assert [row.number for row in found] == [121, 120]


def test_the_shops_next_number_is_above_all_that_came(store, bring):
    bring(ImportKind.ORDERS, ORDERS)
    assert store.database.run(add_order, order(), now=NOW, author=None).number == 123


def test_orders_without_a_number_get_the_next_ones_after_those_that_have_one(store, bring):
    head = "Nº OS;Cliente;Defeito;Entrada\n"
    report = bring(ImportKind.ORDERS, f"{head};Ana;x;10/03/2024\n500;Bia;x;10/03/2024\n")
    assert [(row.row, row.key) for row in report.rows] == [(2, 501), (3, 500)]


def test_what_customers_owe_comes_with_its_due_date(store, bring):
    report = bring(
        ImportKind.ORDERS, "Cliente;Telefone;Saldo;Vencimento\nAna;11 98765-4321;80,00;05/11/2026\n"
    )
    sheet = store.database.read(order_view, report.rows[0].key, now=NOW)
    assert (sheet.balance, sheet.due_on, sheet.status) == (
        8_000,
        date(2026, 11, 5),
        Status.DELIVERED,
    )
    assert sheet.payment_state is PaymentState.OVERDUE


def test_amounts_that_do_not_agree_are_refused(bring):
    report = bring(
        ImportKind.ORDERS,
        "Cliente;Defeito;Entrada;Mão de obra;Peças;Desconto;Total;Pago;Saldo\n"
        "A;x;10/03/2024;100,00;50,00;10,00;140,00;40,00;100,00\n"
        "B;x;10/03/2024;100,00;50,00;;140,00;;\n"
        "C;x;10/03/2024;;;;140,00;40,00;50,00\n"
        "D;x;10/03/2024;;;;140,00;;150,00\n",
    )
    codes = [row.error and row.error.code for row in report.rows]
    assert codes == [None, "amounts_differ", "amounts_differ", "amounts_differ"]


def test_a_column_is_what_a_person_says(bring):
    text = "Apelido;Zona\nAna;Sul\n"
    with pytest.raises(UserError, match="import_no_columns"):
        bring(ImportKind.CUSTOMERS, text)
    report = bring(ImportKind.CUSTOMERS, text, chosen={"Apelido": "customer.name"})
    assert outcomes(report) == [(2, T, None)]
    assert [(each.title, each.target) for each in report.columns] == [
        ("Apelido", "customer.name"),
        ("Zona", None),
    ]


def test_a_preview_names_columns_with_their_first_values(store, bring, tmp_path):
    bring(ImportKind.CUSTOMERS, PEOPLE, dry_run=True)
    found = preview(store, ImportKind.CUSTOMERS, tmp_path / "x.csv", now=NOW)
    assert found.columns[0].examples == ("Maria das Dores", "João", "Maria das Dores")


def test_a_price_list(store, bring):
    text = (
        "Descrição;Tipo;Preço de venda;Custo;Garantia\n"
        "Tela A54;Produto;350,00;180,00;90 dias\nLimpeza;Serviço;80,00;;\n"
        "TELA a54;Produto;1,00;;\nCabo;Produto;;;\n"
    )
    report = bring(ImportKind.CATALOG, text)
    assert [row.outcome for row in report.rows] == [T, T, S, R]
    entries = store.database.read(catalog)
    assert [(each.description, each.unit_price, each.unit_cost) for each in entries] == [
        ("Limpeza", 8_000, None),
        ("Tela A54", 35_000, 18_000),
    ]
    assert check(store) == []
    undo_import(store, 1, now=NOW, author=None)
    assert store.database.read(catalog) == []


def test_a_backup_is_made_before(store, bring):
    bring(ImportKind.CUSTOMERS, PEOPLE)
    shop = store.database.read(shop_view).shop_id
    assert len(backups_in(store.backups, shop)) == 1


def test_stopping_keeps_nothing(store, bring):
    before = events(store)

    def progress(share, rows):
        raise KeyboardInterrupt

    text = "Nome\n" + "".join(f"Cliente {count}\n" for count in range(700))
    with pytest.raises(KeyboardInterrupt):
        bring(ImportKind.CUSTOMERS, text, progress=progress)
    assert (events(store), store.database.read(batches)) == (before, [])


def test_progress_goes_up_to_the_whole(bring):
    steps = []
    text = "Nome\n" + "".join(f"Cliente {count}\n" for count in range(700))
    bring(ImportKind.CUSTOMERS, text, progress=lambda share, rows: steps.append((share, rows)))
    assert steps == sorted(steps)
    assert steps[-1] == (1.0, 700)


def test_who_was_made_one_with_another_is_that_other(store, bring):
    report = bring(ImportKind.CUSTOMERS, "Nome;Fone\nAna;11 98765-4321\nAna Souza;11 97654-3210\n")
    gone, kept = (row.key for row in report.rows)
    store.database.run(merge_customers, kept, gone, now=NOW, author=None)
    again = bring(ImportKind.CUSTOMERS, "Nome;Fone\nAna;11 98765-4321\n")
    assert [(row.outcome, row.key) for row in again.rows] == [(S, kept)]


# -- taking back ----------------------------------------------------------------------------------


def rows_of(store):
    """Every table but the history and the list of batches."""
    connection = sqlite3.connect(store.database.path)
    try:
        tables = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%fts%'"
            " AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'event%' AND name <> 'import_batches'"
        ).fetchall()
        return {name: connection.execute(f"SELECT * FROM {name}").fetchall() for (name,) in tables}
    finally:
        connection.close()


def test_a_batch_is_taken_back_as_if_it_had_never_been(store, bring):
    store.database.run(add_order, order(), now=NOW, author=None)
    before = rows_of(store)
    bring(ImportKind.ORDERS, ORDERS)
    assert rows_of(store) != before
    gone = undo_import(store, 1, now=NOW, author=None)
    assert (gone.orders, gone.customers) == (3, 2)
    assert rows_of(store) == before
    assert store.database.read(search_orders, "abc1", now=NOW) == []
    assert check(store) == []
    with pytest.raises(UserError, match="import_undone_already"):
        undo_import(store, 1, now=NOW, author=None)
    bring(ImportKind.ORDERS, ORDERS)
    assert [batch.undone_at is None for batch in store.database.read(batches)] == [True, False]
    assert check(store) == []


def test_a_batch_that_was_used_stays(store, bring):
    bring(ImportKind.ORDERS, ORDERS)
    store.database.run(pay_order, 120, PaymentForm(5_000, PaymentMethod.CASH), now=NOW, author=None)
    with pytest.raises(UserError) as caught:
        undo_import(store, 1, now=NOW, author=None)
    assert (caught.value.code, caught.value.data["numbers"]) == ("import_in_use", "120")
    assert check(store) == []


def test_a_customer_with_a_new_order_stays(store, bring):
    bring(ImportKind.CUSTOMERS, PEOPLE)
    form = order(name="Maria das Dores", document="52998224725")
    number = store.database.run(add_order, form, now=NOW, author=None).number
    with pytest.raises(UserError) as caught:
        undo_import(store, 1, now=NOW, author=None)
    assert (caught.value.code, caught.value.data["numbers"]) == ("import_in_use", str(number))


def test_a_customer_who_was_changed_stays(store, bring):
    report = bring(ImportKind.CUSTOMERS, PEOPLE)
    form = CustomerForm("José da Silva", [PhoneForm("1")], id=report.rows[3].key)
    store.database.run(save_customer, form, now=NOW, author=None)
    with pytest.raises(UserError, match="import_customers_in_use"):
        undo_import(store, 1, now=NOW, author=None)


def test_a_name_that_is_used_elsewhere_stays_in_its_list(store, bring):
    bring(ImportKind.ORDERS, ORDERS)
    form = order(technician="Edson", name="Outra")
    store.database.run(add_order, form, now=NOW, author=None)
    undo_import(store, 1, now=NOW, author=None)
    assert "Edson" in [each.name for each in store.database.read(employees)]


def test_a_number_that_was_given_since_is_not_given_again(store, bring):
    bring(ImportKind.ORDERS, ORDERS)
    store.database.run(add_order, order(name="Outra"), now=NOW, author=None)
    undo_import(store, 1, now=NOW, author=None)
    assert store.database.run(add_order, order(name="Outra"), now=NOW, author=None).number == 124


def test_there_is_no_such_batch(store):
    with pytest.raises(UserError, match="import_not_found"):
        undo_import(store, 7, now=NOW, author=None)


# -- behind the program's back --------------------------------------------------------------------


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE orders SET due_on = '2030-01-01' WHERE number = 120",
        "UPDATE orders SET created_at = '2020-01-01T00:00:00.000000Z' WHERE number = 120",
        "UPDATE orders SET promised_on = '2030-01-01' WHERE number = 122",
        "UPDATE orders SET status = 'ready' WHERE number = 122",
        "UPDATE orders SET customer_id = 2 WHERE number = 120",
        "UPDATE payments SET method = 'cash'",
        "UPDATE payments SET paid_on = '2030-01-01'",
        "DELETE FROM import_rows WHERE kind = 'order' AND key = 1",
        "UPDATE import_batches SET undone_at = '2030-01-01T00:00:00.000000Z'",
        "DELETE FROM import_batches",
    ],
)
def test_an_edit_of_what_came_is_found(store, bring, statement):
    bring(ImportKind.ORDERS, ORDERS)
    connection = connect(store.database.path)
    for name, words in connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'guard%'"
    ).fetchall():
        connection.execute(f"DROP TRIGGER {name}")
        assert words
    connection.execute("PRAGMA foreign_keys=OFF")
    assert connection.execute(statement).rowcount > 0
    connection.close()
    codes = {problem.code for problem in check(store)} - {"check_schema"}
    assert codes & {
        *("check_record", "check_status", "check_payment", "check_import", "check_reference")
    }


def test_erasing_a_person_erases_what_the_import_told_of_them(store, bring):
    bring(
        ImportKind.ORDERS,
        ORDERS.replace(
            "Entregue;10/03/2024;20/03/2024;1.250,00;250,00",
            "Entregue;10/03/2024;20/03/2024;1,00;1,00",
        ),
    )
    key = store.database.read(find_customers, "maria")[0].id
    store.database.run(anonymise, key, now=NOW, author=None)
    connection = connect(store.database.path)
    left = connection.execute("SELECT count(*) FROM event_texts WHERE body LIKE '%Maria%'")
    assert left.fetchone() == (0,)
    connection.close()
    assert check(store) == []


# -- out and back ---------------------------------------------------------------------------------

KEYS = {"id", "customer_id", "events", "signed", "payments", "files"}


def lines(folder, name):
    return [json.loads(line) for line in (folder / name).read_text("utf-8").splitlines()]


def without_keys(order):
    """What must be equal: all but keys, the history (which tells of two shops) and what was signed
    there."""
    places = {payment["id"]: place for place, payment in enumerate(order["payments"])}
    payments = [
        {**payment, "id": None, "reverses": places.get(payment["reverses"])}
        for payment in order["payments"]
    ]
    files = [{**file, "id": None, "paper": None, "version": None} for file in order["files"]]
    rest = {key: value for key, value in order.items() if key not in KEYS}
    return {**rest, "payments": payments, "files": files}


def test_out_and_back_all_is_equal_but_keys(demo, store, tmp_path):
    there = open_store(demo, write=False, clock=lambda: NOW)
    export_all(there, tmp_path / "out", now=NOW)
    there.close()
    for kind in (ImportKind.CATALOG, ImportKind.CUSTOMERS, ImportKind.ORDERS):
        report = import_file(
            store,
            kind,
            tmp_path / "out" / f"{kind.value}.jsonl",
            dry_run=False,
            now=NOW,
            author=None,
        )
        assert report.counts[T] == len(report.rows)
    assert check(store) == []
    export_all(store, tmp_path / "back", now=NOW)
    out, back = (
        [without_keys(each) for each in lines(tmp_path / name, "orders.jsonl")]
        for name in ("out", "back")
    )
    assert back == out
    for name in ("customers.jsonl", "catalog.jsonl"):
        first, second = (
            [{**each, "id": None} for each in lines(tmp_path / place, name)]
            for place in ("out", "back")
        )
        assert second == first
    for before, after in zip(
        lines(tmp_path / "out", "orders.jsonl"),
        lines(tmp_path / "back", "orders.jsonl"),
        strict=True,
    ):
        (event,) = after["events"]
        assert (event["code"], event["history"]) == ("order_imported", before["events"])
    undo_import(store, 3, now=NOW, author=None)
    assert check(store) == []


def test_a_line_that_cannot_be_read_loses_nothing_of_the_others(bring):
    good = '{"name": "Ana"}'
    text = f'{good}\n{{"name": \n{{"name": "Bia", "nome": "x"}}\n[1]\n{{"name": "Caio"}}\n'
    report = bring(ImportKind.CUSTOMERS, text, name="customers.jsonl")
    assert [(row.outcome, row.error and row.error.code) for row in report.rows] == [
        (T, None),
        (R, "bad_json"),
        (R, "unknown_key"),
        (R, "bad_json"),
        (T, None),
    ]
