"""``order pay``, ``reverse``, ``refund``: money in and out, and the state that follows."""

from datetime import UTC, datetime

import pytest
from tests.cli.conftest import LINES, quoted_order, refused

from osdesk.domain.calendar import Month
from osdesk.persistence.store import open_store
from osdesk.services.reports.closings import close_month

APPROVED = {"approved_by": "Maria", "approved_via": "counter"}


def money(order):
    return order["total"], order["paid"], order["balance"], order["payment_state"]


def test_the_states_of_payment(add, pay, edit, move, show):
    number = add()
    assert money(show(number)) == ("0.00", "0.00", "0.00", "none")
    assert money(edit(number, items=LINES, technician="E", promised_on="2026-11-27").json)[3] == (
        "due"
    )
    assert money(pay(number, "50,00").json) == ("150.00", "50.00", "100.00", "partly_paid")
    edit(number, due_on="2026-11-23")
    assert show(number)["payment_state"] == "overdue"
    assert money(pay(number, "R$ 100", method="cash").json) == ("150.00", "150.00", "0.00", "paid")
    refused(pay(number, "0,01"), "não tem saldo")
    assert [(p["amount"], p["method"], p["date"]) for p in show(number)["payments"]] == [
        ("50.00", "pix", "2026-11-24"),
        ("100.00", "cash", "2026-11-24"),
    ]
    assert {"id", "date", "amount", "method", "received_by", "receipt", "reverses"} == set(
        show(number)["payments"][0]
    )


@pytest.mark.parametrize(
    ("amount", "more", "word"),
    [
        ("150,01", (), "R$ 150,00"),
        ("0", (), "maior que zero"),
        ("0,00", (), "maior que zero"),
        ("-5", (), "“-5”"),
        ("150.00", (), "“150.00”"),
        ("1,234", (), "“1,234”"),
        ("", (), "“”"),
        ("dez", (), "“dez”"),
        ("99999999999", (), "passa de"),
        ("1", ("--date", "2026-11-25"), "ainda não chegou"),
        ("1", ("--date", "24/11/2026"), "2026-11-24"),
    ],
)
def test_a_payment_that_cannot_be(add, pay, show, amount, more, word):
    number = add(quoted_order())
    refused(pay(number, amount, *more), word)
    assert show(number)["payments"] == []


@pytest.mark.parametrize(
    "method", ["cash", "pix", "debit", "credit", "transfer", "boleto", "cheque"]
)
def test_every_method(add, pay, method):
    assert pay(add(quoted_order()), "1", method=method).json["payments"][0]["method"] == method


def test_an_unknown_method_is_a_bad_value(add, pay):
    refused(pay(add(quoted_order()), "1", method="PIX"), "pix", "boleto")


def test_a_deposit_before_there_is_a_price_is_a_credit(add, pay, edit, move, osdesk):
    number = add()
    assert money(pay(number, "30,00").json) == ("0.00", "30.00", "-30.00", "none")
    refused(move(number, "cancelled", reason="x"), "R$ 30,00")
    assert money(edit(number, items=LINES).json) == ("150.00", "30.00", "120.00", "partly_paid")
    refused(pay(number, "120,01"), "R$ 120,00")


def test_a_credit_is_given_back_before_delivery(add, pay, edit, move, osdesk):
    number = add(quoted_order())
    pay(number, "150,00")
    move(number, "approved", **APPROVED)
    assert edit(number, discount="20.00").json["balance"] == "-20.00"
    move(number, "in_progress")
    move(number, "ready")
    refused(move(number, "delivered", collected_by="Maria"), "R$ 20,00")
    refund = ("order", "refund", number, "--method", "cash", "--reason", "desconto")
    refused(osdesk(*refund, "--amount", "150,01"), "R$ 150,00")
    order = osdesk(*refund, "--amount", "20,00").json
    assert (order["balance"], order["payments"][-1]["amount"]) == ("0.00", "-20.00")
    assert order["payments"][-1]["reverses"] is None
    assert move(number, "delivered", collected_by="Maria").json["delivered_on"] == "2026-11-24"


def test_a_reversal_takes_one_payment_back_whole_and_once(add, pay, osdesk, show):
    number = add(quoted_order(requested_at="2026-11-20T09:00:00-03:00"))
    other = add(quoted_order())
    pay(number, "50,00", "--date", "2026-11-20")
    reverse = ("order", "reverse", number, 1, "--reason", "forma errada")
    refused(osdesk("order", "reverse", other, 1, "--reason", "x"), "pagamento 1")
    refused(osdesk("order", "reverse", number, 9, "--reason", "x"), "pagamento 9")
    refused(osdesk("order", "reverse", number, "x", "--reason", "x"), "“x”")
    refused(osdesk("order", "reverse", number, 1, "--reason", " "), "motivo")
    assert len(show(number)["payments"]) == 1
    order = osdesk(*reverse).json
    paid, back = order["payments"]
    assert (paid["date"], back["date"]) == ("2026-11-20", "2026-11-24")
    assert (back["amount"], back["reverses"], order["paid"]) == ("-50.00", paid["id"], "0.00")
    refused(osdesk(*reverse), "já foi estornado")
    refused(osdesk("order", "reverse", number, back["id"], "--reason", "x"), "não é um pagamento")


def test_nothing_is_given_back_twice(add, pay, osdesk):
    number = add(quoted_order())
    pay(number, "50,00")
    refund = ("order", "refund", number, "--method", "pix", "--reason", "x", "--amount")
    assert osdesk(*refund, "30,00").json["paid"] == "20.00"
    refused(osdesk("order", "reverse", number, 1, "--reason", "x"), "R$ 20,00")
    refused(osdesk(*refund, "20,01"), "R$ 20,00")
    assert osdesk(*refund, "20,00").json["paid"] == "0.00"
    refused(osdesk(*refund, "0,01"), "R$ 0,00")


def test_a_fee_is_what_a_declined_order_owes(add, pay, move):
    number = add(quoted_order(fee="50.00"))
    move(number, "awaiting_approval")
    assert money(move(number, "declined", reason="caro").json)[:3] == ("50.00", "0.00", "50.00")
    refused(pay(number, "50,01"), "R$ 50,00")
    pay(number, "50,00")
    order = move(number, "returned", collected_by="Maria").json
    assert money(order) == ("50.00", "50.00", "0.00", "paid")
    assert order["situation"] == "unserviced"


def delivered(add, pay, move):
    number = add(quoted_order())
    pay(number, "150,00")
    move(number, "approved", **APPROVED)
    for to in ("in_progress", "ready"):
        assert move(number, to).code == 0
    assert move(number, "delivered", collected_by="Maria").code == 0
    return number


def test_a_refund_after_delivery_lowers_the_price_or_is_owed_again(osdesk, add, pay, move):
    words = ("--method", "cash", "--reason", "risco")
    number = delivered(add, pay, move)
    order = osdesk("order", "refund", number, "--amount", "20,00", *words).json
    assert (order["allowance"], order["late_fees"]) == ("20.00", "0.00")
    assert money(order) == ("130.00", "130.00", "0.00", "paid")
    assert order["events"][-1]["allowance"] == "20.00"
    again = ("--amount", "30,00", *words, "--owed-on")
    refused(osdesk("order", "refund", number, *again, "2026-11-23"), "já passou")
    order = osdesk("order", "refund", number, *again, "2026-12-10").json
    assert money(order) == ("130.00", "100.00", "30.00", "partly_paid")
    assert (order["due_on"], order["allowance"]) == ("2026-12-10", "20.00")
    opened = add(quoted_order())
    pay(opened, "50,00")
    refused(osdesk("order", "refund", opened, *again, "2026-12-10"), "não foi entregue")


def test_late_fees_are_asked_for_by_an_option(osdesk, add, pay, move, show):
    number = add(quoted_order())
    order = pay(number, "10,00", "--late-fees").json
    assert (order["late_fees"], order["paid"]) == ("0.00", "10.00"), "nothing is late"
    assert "--late-fees" in osdesk("order", "pay", "--help").out


def test_a_payment_is_not_older_than_its_order(add, pay):
    number = add(quoted_order())
    refused(pay(number, "1,00", "--date", "2026-11-23"), "24/11/2026", "anterior")


def test_a_payment_given_back_is_not_reversed(osdesk, add, pay, show):
    number = add(quoted_order())
    first = pay(number, "50,00").json["payments"][0]["id"]
    words = ("--amount", "50,00", "--method", "cash", "--reason", "x")
    assert osdesk("order", "refund", number, *words).code == 0
    pay(number, "60,00")
    before = show(number)
    refused(osdesk("order", "reverse", number, first, "--reason", "x"), "já foi devolvido")
    assert show(number) == before


def test_a_payment_dated_into_a_closed_month_is_warned_of(osdesk, add, shop_folder):
    number = add(requested_at="2026-10-05T10:00:00-03:00", promised_on="2026-10-09", items=LINES)
    now = datetime(2026, 11, 24, 15, tzinfo=UTC)
    store = open_store(shop_folder, write=True, clock=lambda: now)
    store.database.run(close_month, Month(2026, 10), now=now, author=None)
    store.close()
    paid = ("order", "pay", number, "--amount", "10,00", "--method", "pix", "--date")
    answer = osdesk(*paid, "2026-10-20")
    assert (answer.code, answer.json["paid"]) == (0, "10.00")
    assert "outubro de 2026 já está fechado" in answer.err
    assert osdesk(*paid, "2026-11-20").err == ""
