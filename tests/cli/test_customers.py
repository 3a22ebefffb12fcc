"""``osdesk customer …``: two records made one and parted, as a script sees it."""

import pytest
from tests.cli.conftest import refused


@pytest.fixture
def two(add):
    """Two orders of one person under two records; the keys of those."""
    add(customer__name="Maria das Dores", customer__document="529.982.247-25")
    add(
        customer__name="Maria Dores",
        customer__phones=[{"number": "(11) 3222-4455", "label": "Fixo"}],
        customer__email="maria@exemplo.com",
        equipment__serial="OUTRA1",
    )
    return [1, 2]


def told(osdesk, two):
    """All that the commands show of the two, but for the history of their orders."""
    orders = [osdesk("order", "show", number).json for number in (1, 2)]
    return [
        *(osdesk("customer", "show", key).json for key in two),
        *({key: value for key, value in order.items() if key != "events"} for order in orders),
        *(osdesk("search", word).lines for word in ("dores", "das dores", "4455", "2224")),
        osdesk("list").lines,
        osdesk("dashboard").json,
    ]


def test_two_records_become_one_and_two_again(osdesk, two):
    keep, gone = two
    before = told(osdesk, two)
    assert osdesk("customer", "merge", keep, gone).code == 0
    card = osdesk("customer", "show", keep).json
    assert (card["name"], card["email"]) == ("Maria das Dores", "maria@exemplo.com")
    assert [phone["number"] for phone in card["phones"]] == ["(11) 98765-4321", "(11) 3222-4455"]
    assert (card["orders"], card["merged"], card["merged_into"]) == ([2, 1], [gone], None)
    card = osdesk("customer", "show", gone).json
    assert (card["orders"], card["merged_into"]) == ([], keep)
    assert osdesk("order", "show", 2).json["customer"]["name"] == "Maria das Dores"
    assert osdesk("check").code == 0
    done = osdesk("customer", "unmerge", gone)
    assert (done.code, done.out) == (0, f"O cadastro {gone} voltou a ser separado do {keep}.\n")
    assert told(osdesk, two) == before
    assert osdesk("check").code == 0


def test_what_cannot_be_is_said_in_a_sentence(osdesk, two):
    keep, gone = two
    refused(osdesk("customer", "merge", keep, keep), "mesmo cadastro")
    refused(osdesk("customer", "merge", keep, 99), "não existe")
    refused(osdesk("customer", "unmerge", gone), "não foi unido")
    osdesk("customer", "merge", keep, gone)
    refused(osdesk("customer", "merge", gone, keep), f"Maria das Dores (código {keep})")
    assert osdesk("customer", "merge", keep).code == 2
