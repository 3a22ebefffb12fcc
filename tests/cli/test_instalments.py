"""Instalments by commands: agreed with a step or an edit, paid oldest first, refused in words."""

import pytest
from tests.cli.conftest import quoted_order, refused

APPROVED = {"approved_by": "Maria", "approved_via": "whatsapp"}
THREE = [
    {"due_on": "2099-12-31", "amount": "50.00"},
    {"due_on": "2100-01-31", "amount": "50.00"},
    {"due_on": "2100-02-28", "amount": "50.00"},
]


@pytest.fixture
def ready(add, move):
    number = add(quoted_order())
    for to, facts in (("approved", APPROVED), ("in_progress", {}), ("ready", {})):
        assert move(number, to, **facts).code == 0
    return number


def test_instead_of_one_day(ready, move, show, pay, osdesk):
    answer = move(ready, "delivered", collected_by="Maria", instalments=THREE)
    assert answer.code == 0, answer.err
    order = show(ready)
    assert order["due_on"] == "2099-12-31"
    assert order["instalments"] == [{**part, "paid": "0.00"} for part in THREE]
    assert pay(ready, "70,00").code == 0
    order = show(ready)
    assert [part["paid"] for part in order["instalments"]] == ["50.00", "20.00", "0.00"]
    assert (order["due_on"], order["payment_state"]) == ("2100-01-31", "partly_paid")
    assert osdesk("check").code == 0


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        (THREE[:2], ["R$ 100,00", "R$ 150,00"]),
        ([THREE[0], THREE[2], THREE[1]], ["ordem"]),
        ([*THREE, {"due_on": "2100-03-31", "amount": "0.00"}], ["parcela 4"]),
        ([{"due_on": "2020-01-01", "amount": "150.00"}], ["vencimento"]),
    ],
)
def test_what_is_not_true_is_refused_and_nothing_changes(ready, move, show, parts, words):
    before = show(ready)
    answer = move(ready, "delivered", collected_by="Maria", instalments=parts)
    refused(answer, *words)
    assert show(ready) == before
