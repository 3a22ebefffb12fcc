"""``order add``: what is taken, what is refused by name, who is the same customer."""

import json
from typing import Any

import pytest
from tests.cli.conftest import LINES, plain_order, quoted_order, refused

KEYS = """
    customer equipment service_type reason priority slot notes technician requested_at start_on
    promised_on promised_time items discount fee payment_terms valid_until due_on diagnosis report
    external_ref number id status situation labor_total parts_total total paid balance
    payment_state quote payments events attendant ready_on delivered_on cancelled_on approval
    collected instalments warranty_return_of warranty_until signed created_at
"""


def part(**changes: Any) -> dict[str, Any]:
    return plain_order(items=[{"kind": "part", "description": "Placa", **changes}])


def test_the_contracts_own_example_comes_back_as_it_was_given(osdesk):
    given = plain_order(
        customer__document="529.982.247-25",
        customer__email=None,
        equipment__colour="branca",
        equipment__condition="riscos na lateral direita",
        priority="high",
        slot="A3",
        technician="Edson Ramos",
        requested_at="2026-11-24T14:32:00-03:00",
        promised_on="2026-11-27",
        promised_time="18:00",
        items=[
            {
                "kind": "service",
                "description": "Troca da placa",
                "quantity": "1",
                "unit": "un",
                "unit_price": "180.00",
                "technician": "Edson Ramos",
                "warranty_days": 90,
            },
            {
                "kind": "part",
                "description": "Coxim",
                "quantity": "2.125",
                "unit_price": "25.00",
                "unit_cost": "12.50",
                "discount": "0.13",
                "part_condition": "new_original",
            },
        ],
        discount="3.00",
        fee="50.00",
        external_ref="  tok\ten 1 ",
        checklist={"Liga?": "sim"},
    )
    answer = osdesk("order", "add", "-", given=given)
    order = answer.json
    assert (answer.code, answer.err) == (0, "")
    assert set(order) >= set(KEYS.split())
    for key, value in given.items():
        if isinstance(value, dict) and key != "checklist":
            assert value.items() <= order[key].items()
        elif key == "items":
            for line, stored in zip(value, order["items"], strict=True):
                assert line.items() <= stored.items()
        else:
            assert order[key] == value, key
    assert (order["labor_total"], order["parts_total"]) == ("180.00", "53.00")
    assert (order["total"], order["paid"], order["balance"]) == ("230.00", "0.00", "230.00")
    assert (order["status"], order["situation"], order["payment_state"]) == (
        "received",
        "open",
        "due",
    )
    assert order["created_at"] == "2026-11-24T14:32:00-03:00"
    assert osdesk("order", "show", order["number"]).json == order


REFUSED = {
    "unknown key": (plain_order(foo=1), "“foo”"),
    "unknown key inside": (plain_order(customer__foo=1), "“customer.foo”"),
    "unknown key of a line": (part(total="1"), "“items[0].total”"),
    "unknown key of a phone": (
        plain_order(customer__phones=[{"number": "1", "x": 1}]),
        "“customer.phones[0].x”",
    ),
    "number": (plain_order(number=5), "“number”"),
    "status": (plain_order(status="ready"), "“status”"),
    "reason of a change": (plain_order(change_reason="x"), "“change_reason”"),
    "stored customer": (plain_order(customer__id=1), "“customer.id”"),
    "more digits": (plain_order(fee="1.001"), "“fee”", "“1.001”"),
    "amount below zero": (plain_order(discount="-1.00"), "“discount”"),
    "amount as a number": (plain_order(fee=10), "“fee”"),
    "amount with a comma": (plain_order(fee="1,00"), "“fee”"),
    "amount with blanks": (plain_order(fee=" 1.00"), "“fee”"),
    "amount with a sign": (plain_order(fee="+1"), "“fee”"),
    "amount in other digits": (plain_order(fee="１.00"), "“fee”"),
    "amount too big": (plain_order(fee="100000000.00"), "“fee”"),
    "amount of 300 digits": (plain_order(fee="9" * 300), "“fee”", "…"),
    "discount above the lines": (plain_order(discount="1.00"), "desconto"),
    "discount above its line": (part(unit_price="1.00", discount="1.01"), "desconto"),
    "quantity as a number": (part(quantity=1), "“items[0].quantity”"),
    "more digits of a quantity": (part(quantity="1.0001"), "“items[0].quantity”"),
    "quantity below zero": (part(quantity="-1"), "“items[0].quantity”"),
    "price below zero": (part(unit_price="-1"), "“items[0].unit_price”"),
    "warranty as a text": (part(warranty_days="90"), "“items[0].warranty_days”"),
    "warranty as a truth": (part(warranty_days=True), "“items[0].warranty_days”"),
    "warranty below zero": (part(warranty_days=-1), "dias de garantia"),
    "warranty of 40 digits": (part(warranty_days=10**40), "dias de garantia"),
    "condition": (part(part_condition="new"), "“items[0].part_condition”", "used"),
    "condition as a list": (part(part_condition=["used"]), "“items[0].part_condition”"),
    "line without kind": (plain_order(items=[{"description": "x"}]), "“items[0].kind”"),
    "line as a text": (plain_order(items=["x"]), "“items[0]”"),
    "lines as an object": (plain_order(items={}), "“items”"),
    "priority": (plain_order(priority="alta"), "“priority”", "urgent"),
    "priority as a list": (plain_order(priority=[]), "“priority”"),
    "priority as an object": (plain_order(priority={}), "“priority”"),
    "name as a number": (plain_order(customer__name=5), "“customer.name”"),
    "name as a truth": (plain_order(customer__name=True), "“customer.name”"),
    "document as a number": (plain_order(customer__document=52998224725), "“customer.document”"),
    "customer as a text": (plain_order(customer="Maria"), "“customer”"),
    "phone as a text": (plain_order(customer__phones=["11987654321"]), "“customer.phones[0]”"),
    "checklist as a list": (plain_order(checklist=[]), "“checklist”"),
    "answer as a number": (plain_order(checklist={"a": 1}), "“checklist.a”"),
    "reference as a number": (plain_order(external_ref=12), "“external_ref”"),
    "cpf": (plain_order(customer__document="529.982.247-26"), "CPF"),
    "cpf of one digit": (plain_order(customer__document="111.111.111-11"), "CPF"),
    "Brazilian date": (plain_order(promised_on="27/11/2026"), "2026-11-24"),
    "no such day": (plain_order(promised_on="2026-02-30"), "“2026-02-30”"),
    "no such hour": (plain_order(promised_time="25:00"), "hora"),
    "moment without offset": (plain_order(requested_at="2026-11-24T10:00:00"), "fuso"),
    "moment without hour": (plain_order(requested_at="2026-11-24"), "fuso"),
    "year 1": (plain_order(requested_at="0001-01-01T00:00:00+14:00"), "fuso"),
    "year 9999": (plain_order(requested_at="9999-12-31T23:59:00-14:00"), "fuso"),
    "long name": (plain_order(customer__name="x" * 201), "200"),
    "long text": (plain_order(reason="x" * 20_001), "20000"),
    "nul": (plain_order(reason="a\0b"), "caractere"),
    "nul in a text": (plain_order(notes="a\0b"), "caractere"),
    "bell": (plain_order(reason="a\x07b"), "caractere"),
    "lone surrogate": (plain_order(customer__name="a\ud800b"), "caractere"),
    "nothing": ({}, "nome do cliente", "tipo do equipamento", "tipo de serviço", "motivo"),
    "blanks": (plain_order(reason=" \n", customer__name=" "), "nome do cliente", "motivo"),
    "NaN": ('{"reason": NaN}', "NaN"),
    "Infinity": ('{"reason": -Infinity}', "Infinity"),
    "1e999": ('{"reason": 1e999}', "“reason”"),
    "5000 digits": ('{"reason": ' + "9" * 5000 + "}", "“reason”"),
    "repeated key": ('{"reason": "a", "reason": "b"}', "“reason”", "duas vezes"),
    "very deep": ("[" * 100_000, "linha 1"),
    "list": ("[]", "objeto"),
    "text": ('"x"', "objeto"),
    "number alone": ("5", "objeto"),
    "null alone": ("null", "objeto"),
    "cut short": ('{"reason":', "linha 1"),
    "two on a line": (json.dumps(plain_order()) * 2, "linha 1"),
    "not JSON": ("reason: x", "linha 1"),
    "UTF-16": (json.dumps(plain_order()).encode("utf-16"), "UTF-8"),
    "Latin-1": (
        json.dumps(plain_order(), ensure_ascii=False).encode("latin-1"),
        "linha 1",
        "UTF-8",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_taken_is_named_and_nothing_is_kept(osdesk, case):
    given, *words = REFUSED[case]
    refused(osdesk("order", "add", "-", given=given), *words)
    assert osdesk("list").out == ""


@pytest.mark.parametrize(
    ("change", "key", "stored"),
    [
        ({"promised_on": "2001-01-01", "promised_time": "8:30"}, "promised_time", "08:30"),
        ({"requested_at": "2026-11-24T10:00:00Z"}, "requested_at", "2026-11-24T07:00:00-03:00"),
        (
            {"requested_at": "2026-11-25T01:30:00.5+09:00"},
            "requested_at",
            "2026-11-24T13:30:00-03:00",
        ),
        ({"requested_at": None}, "requested_at", "2026-11-24T14:32:00-03:00"),
        ({"reason": "a\tb\r\nc "}, "reason", "a\tb\nc "),
        ({"reason": "r" * 20_000}, "reason", "r" * 20_000),
        ({"reason": "e\u0301 😀"}, "reason", "é 😀"),
        ({"fee": "99999999.99"}, "fee", "99999999.99"),
        ({"fee": "180.5"}, "fee", "180.50"),
        ({"fee": None, "discount": None, "items": None, "checklist": None}, "fee", "0.00"),
        ({"priority": None}, "priority", "normal"),
        ({"notes": None, "slot": ""}, "slot", None),
        ({"service_type": "Pintura de gabinete"}, "service_type", "Pintura de gabinete"),
        ({"service_type": "CONSERTO"}, "service_type", "Conserto"),
        ({"technician": "Técnico Novo"}, "technician", "Técnico Novo"),
        ({"external_ref": ""}, "external_ref", ""),
        ({"external_ref": "e\u0301\r\n"}, "external_ref", "e\u0301\r\n"),
    ],
)
def test_what_is_taken(osdesk, change, key, stored):
    answer = osdesk("order", "add", "-", given=plain_order(**change))
    assert (answer.code, answer.err) == (0, "")
    assert answer.json[key] == stored


def test_null_in_a_line_is_what_a_new_line_has(add, show):
    nulls = dict.fromkeys(("quantity", "unit", "unit_price", "unit_cost", "discount"))
    (line,) = show(add(part(**nulls)))["items"]
    assert (line["quantity"], line["unit"], line["unit_price"], line["discount"]) == (
        "1",
        "un",
        "0.00",
        "0.00",
    )


def test_a_name_of_200_letters_and_a_line_of_thousands(add, show):
    number = add(customer__name="é" * 200, items=[{**LINES[0], "description": "x" * 20_000}])
    assert show(number)["customer"]["name"] == "é" * 200
    assert show(number)["items"][0]["description"] == "x" * 20_000


@pytest.mark.parametrize("spoil", [lambda text: "\ufeff" + text, lambda text: text + "\r\n\r\n"])
def test_a_mark_or_a_blank_line_of_other_systems_does_not_matter(osdesk, spoil):
    text = json.dumps(plain_order(), indent=1).replace("\n", "\r\n")
    answer = osdesk("order", "add", "-", given=spoil(text))
    assert (answer.code, len(answer.lines)) == (0, 1)


def test_the_first_bad_line_stops_and_earlier_ones_stay(osdesk):
    good = json.dumps(plain_order())
    answer = osdesk("order", "add", "-", given=f"{good}\n{good}\n{{}}\n{good}\n")
    assert answer.code == 1
    assert [order["number"] for order in answer.lines] == [1, 2]
    assert [row["number"] for row in osdesk("list").lines] == [2, 1]


def test_orders_from_a_file(osdesk, tmp_path):
    file = tmp_path / "ordens.jsonl"
    file.write_text("\n".join(json.dumps(quoted_order()) for _ in range(3)), "utf-8")
    assert len(osdesk("order", "add", file).lines) == 3
    refused(osdesk("order", "add", tmp_path / "nada.json"), "nada.json")
    refused(osdesk("order", "add", tmp_path), str(tmp_path))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"customer__phones": [{"number": "98765-4321"}]}, "(11) 98765-4321"),
        ({"customer__phones": [{"number": "123"}]}, "123"),
        ({"customer__phones": [{"number": "recado com a vizinha"}]}, "recado"),
        ({"equipment__serial": "490154203237519"}, "IMEI"),
    ],
)
def test_odd_phones_and_imeis_are_kept_and_warned_of(osdesk, change, words):
    answer = osdesk("order", "add", "-", given=plain_order(**change))
    assert answer.code == 0
    assert words in answer.err
    assert len(answer.lines) == 1


# -- the same customer ----------------------------------------------------------------------------


def phones(*numbers: str) -> list[dict[str, str]]:
    return [{"number": number} for number in numbers]


@pytest.mark.parametrize(
    ("change", "same"),
    [
        ({}, True),
        ({"customer__phones": phones("+55 11 98765-4321")}, True),
        ({"customer__phones": phones("98765-4321")}, True),
        ({"customer__phones": phones("11 3222-4455", "011 98765 4321")}, True),
        ({"customer__name": "  Maria das Dores Conceição "}, True),
        ({"customer__name": "maria das dores conceição"}, False),
        ({"customer__name": "Maria das Dores Conceicao"}, False),
        ({"customer__phones": phones("11 91111-2222")}, False),
        ({"customer__phones": []}, False),
    ],
)
def test_name_as_typed_and_a_phone_in_common(osdesk, add, edit, show, change, same):
    first = add()
    second = add(**change)
    before = show(first)["customer"]
    edit(first, customer={"notes": "fala baixo"})
    assert (show(second)["customer"]["notes"] == "fala baixo") is same
    assert show(first)["customer"] == before | {"notes": "fala baixo"}


def test_the_same_document_is_the_same_customer_and_never_changed(osdesk, add, show):
    first = add(customer__document="529.982.247-25", customer__phones=[])
    given = plain_order(
        customer__document="52998224725",
        customer__name="Outra grafia",
        customer__email="a@b.c",
        customer__phones=phones("11 3222-0000"),
    )
    second = osdesk("order", "add", "-", given=given)
    assert second.json["customer"] == show(first)["customer"]
    assert "nome do cliente, e-mail e telefone" in second.err


def test_without_phone_or_document_always_a_new_one(add, edit, show):
    first, second = add(customer__phones=[]), add(customer__phones=[])
    edit(first, customer={"notes": "x"})
    assert show(second)["customer"]["notes"] is None


def test_phones_without_digits_are_common_only_as_words(add, edit, show):
    numbers = [add(customer__phones=phones(text)) for text in ("não tem", "recado", "recado")]
    edit(numbers[1], customer={"notes": "x"})
    assert [show(number)["customer"]["notes"] for number in numbers] == [None, "x", "x"]


# -- returns under warranty, the ceiling of intake ------------------------------------------------


def delivered(add: Any, move: Any, **changes: Any) -> int:
    number = int(add(quoted_order(due_on="2026-12-20", **changes)))
    move(number, "approved", approved_by="Maria", approved_via="counter")
    for step in ("in_progress", "ready"):
        move(number, step)
    assert move(number, "delivered", collected_by="Maria").code == 0
    return number


def test_a_return_under_warranty_is_linked_and_free(osdesk, add, move, show, edit):
    original = delivered(add, move)
    number = add(technician="Edson Ramos", promised_on="2026-11-27", warranty_return_of=original)
    assert show(number)["warranty_return_of"] == original
    priced = edit(number, items=LINES)
    refused(priced, "desvincule da OS 1")
    free = [{"kind": "service", "description": "Solda refeita", "unit_price": "0.00"}]
    assert edit(number, items=free).code == 0
    move(number, "approved", approved_by="Maria", approved_via="counter")
    for step in ("in_progress", "ready"):
        move(number, step)
    assert move(number, "delivered", collected_by="Maria").code == 0
    assert show(number)["total"] == "0.00"
    assert show(number)["warranty_until"] == show(original)["warranty_until"] == "2027-02-22"


def test_a_return_of_what_was_not_delivered_is_refused(osdesk, add):
    waiting = add(quoted_order())
    answer = osdesk("order", "add", "-", given=plain_order(warranty_return_of=waiting))
    refused(answer, "não tem entrega com garantia")
    answer = osdesk("order", "add", "-", given=plain_order(warranty_return_of=99))
    refused(answer, "Não existe a OS 99")


def test_under_the_ceiling_of_intake_no_new_approval(add, move, show, edit):
    number = add(quoted_order(ceiling="300.00"))
    move(number, "approved", approved_by="Maria", approved_via="counter")
    more = [*LINES, {"kind": "part", "description": "Cabo", "unit_price": "150.00"}]
    assert edit(number, items=more).code == 0
    assert (show(number)["status"], show(number)["total"]) == ("approved", "300.00")
    assert show(number)["events"][-1]["code"] == "within_ceiling"
    assert edit(number, items=[*more[:2], more[2] | {"unit_price": "150.01"}]).code == 0
    assert show(number)["status"] == "awaiting_approval"


def test_another_name_is_another_person_unless_the_customer_is_named(add, edit, show, osdesk):
    first = add(customer__document="529.982.247-25", customer__email="a@b.c")
    second = add(customer__document="529.982.247-25")
    before = show(first)["customer"]
    order = edit(first, customer={"name": "João Lima"}).json
    assert order["customer"]["name"] == "João Lima"
    assert (order["customer"]["document"], order["customer"]["email"]) == (None, None)
    assert order["customer"]["phones"] == before["phones"]
    assert show(second)["customer"] == before, "the first one stays"


def test_a_customer_named_by_id_is_corrected_everywhere(add, edit, show):
    first, second = add(), add()
    order = edit(first, customer={"id": 1, "name": "Maria Conceição"}).json
    assert order["customer"]["name"] == "Maria Conceição"
    assert show(second)["customer"]["name"] == "Maria Conceição"
    assert edit(first, customer={"phones": [{"number": "(11) 91111-2222"}]}).code == 0
    assert show(second)["customer"]["phones"][0]["number"] == "(11) 91111-2222"
    refused(edit(first, customer={"id": 99}), "cliente")
    refused(edit(first, customer={"id": "1"}), "customer.id")
    refused(edit(first, customer={"id": 2**63}), "customer.id")
    other = add(customer__name="Outra", customer__phones=[{"number": "(11) 93333-4444"}])
    moved = edit(first, customer={"id": 2}).json
    assert moved["customer"]["name"] == show(other)["customer"]["name"] == "Outra"


def test_add_never_names_a_stored_customer(osdesk):
    answer = osdesk("order", "add", "-", given=plain_order(customer__id=1))
    refused(answer, "customer.id")


@pytest.mark.parametrize("number", [2**63, -(2**70), 10**40, 0])
def test_a_number_that_no_database_holds(osdesk, number):
    answer = osdesk("order", "add", "-", given=plain_order(warranty_return_of=number))
    refused(answer, "warranty_return_of")


def test_what_is_quoted_is_readable(osdesk):
    bad = "\x1b[31m\u202e" + "x" * 300
    answer = osdesk("order", "add", "-", given=plain_order(**{bad: 1}))
    refused(answer, "[31m")
    assert "\x1b" not in answer.err
    assert "\u202e" not in answer.err
    assert len(answer.err) < 250
    refused(osdesk("order", "add", "-", given=plain_order(promised_on=bad)), "…")


def test_a_name_is_what_is_seen_of_it(add, show, osdesk):
    typed = {"customer__name": "\u2066Ana\u200b\u2069 Lima\0", "equipment__serial": "C\u200bX1"}
    order = show(add(**typed))
    assert (order["customer"]["name"], order["equipment"]["serial"]) == ("Ana Lima", "CX1")
    refused(osdesk("order", "add", "-", given=plain_order(customer__name="\u200b")), "nome")


def test_an_order_is_not_asked_for_tomorrow(osdesk):
    later = plain_order(requested_at="2026-11-24T14:33:00-03:00")
    refused(osdesk("order", "add", "-", given=later), "ainda não chegou")
    refused(osdesk("order", "add", "-", given=plain_order(promised_time="18:00")), "hora")
