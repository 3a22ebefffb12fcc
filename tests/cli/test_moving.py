"""``order move``, ``edit`` and ``reopen``: the table "What a step asks for", row by row."""

import pytest
from tests.cli.conftest import LINES, plain_order, quoted_order, refused

APPROVED = {"approved_by": "Maria", "approved_via": "whatsapp"}


@pytest.fixture
def at(add, move):
    """An order moved on to a status, with what the way asks for."""
    ways = {
        "received": (),
        "in_diagnosis": (("in_diagnosis", {}),),
        "awaiting_approval": (("awaiting_approval", {}),),
        "approved": (("approved", APPROVED),),
        "in_progress": (("approved", APPROVED), ("in_progress", {})),
        "awaiting_part": (("approved", APPROVED), ("awaiting_part", {"waiting_for": "placa"})),
        "ready": (("approved", APPROVED), ("in_progress", {}), ("ready", {})),
        "declined": (("awaiting_approval", {}), ("declined", {"reason": "caro"})),
        "unrepairable": (("unrepairable", {"report": "placa queimada"}),),
        "delivered": (
            ("approved", APPROVED),
            ("in_progress", {}),
            ("ready", {}),
            ("delivered", {"collected_by": "Maria", "due_on": "2026-12-24"}),
        ),
        "cancelled": (("cancelled", {"reason": "desistiu"}),),
    }

    def order(status, **changes):
        number = add(quoted_order(**changes))
        for to, facts in ways[status]:
            answer = move(number, to, **facts)
            assert answer.code == 0, answer.err
        return number

    return order


# status, changes of the order, step, what is given, what is missing in words
MISSING = [
    ("received", {"technician": None}, "in_diagnosis", {}, ["técnico"]),
    (
        "received",
        {"items": [], "start_on": None, "promised_on": None},
        "awaiting_approval",
        {},
        ["serviços e materiais", "data de início", "data prometida"],
    ),
    (
        "received",
        {"technician": None, "promised_on": None},
        "approved",
        {},
        ["quem aprovou", "como aprovou", "técnico", "data prometida"],
    ),
    ("received", {}, "approved", {"approved_by": " ", "approved_via": "phone"}, ["quem aprovou"]),
    ("approved", {}, "awaiting_part", {}, ["peça esperada"]),
    (
        "in_progress",
        {"items": [{**LINES[1], "part_condition": "used"}]},
        "ready",
        {},
        ["laudo", "quem autorizou"],
    ),
    (
        "in_progress",
        {"items": [{**LINES[1], "part_condition": "reconditioned"}]},
        "ready",
        {"report": " \n"},
        ["laudo", "quem autorizou"],
    ),
    ("ready", {}, "delivered", {}, ["quem retirou", "vencimento"]),
    ("ready", {}, "delivered", {"collected_by": "M", "due_on": "2026-11-23"}, ["vencimento"]),
    ("awaiting_approval", {}, "declined", {}, ["motivo"]),
    ("received", {}, "cancelled", {"reason": "  "}, ["motivo"]),
    ("received", {}, "unrepairable", {}, ["laudo"]),
    ("received", {}, "unrepairable", {"report": " \n "}, ["laudo"]),
    ("declined", {"fee": "50.00"}, "returned", {}, ["quem retirou", "vencimento"]),
    ("unrepairable", {}, "returned", {}, ["quem retirou"]),
]


@pytest.mark.parametrize(("status", "changes", "to", "facts", "words"), MISSING)
def test_all_that_is_missing_is_named_and_nothing_changes(
    at, move, show, status, changes, to, facts, words
):
    number = at(status, **changes)
    before = show(number)
    answer = move(number, to, **facts)
    refused(answer, *words)
    assert show(number) == before


@pytest.mark.parametrize(
    ("status", "to", "facts"),
    [
        ("received", "in_diagnosis", {"technician": "Rui"}),
        ("received", "awaiting_approval", {}),
        ("received", "approved", APPROVED),
        ("in_diagnosis", "awaiting_approval", {}),
        ("awaiting_approval", "approved", APPROVED),
        ("awaiting_approval", "declined", {"reason": "caro"}),
        ("awaiting_approval", "in_diagnosis", {}),
        ("approved", "in_progress", {}),
        ("approved", "awaiting_part", {"waiting_for": "placa"}),
        ("in_progress", "ready", {}),
        ("in_progress", "unrepairable", {"report": "sem peça no mercado"}),
        ("ready", "in_progress", {}),
        ("ready", "delivered", {"collected_by": "Maria", "due_on": "2026-11-24"}),
        ("declined", "returned", {"collected_by": "Maria"}),
        ("declined", "awaiting_approval", {}),
        ("unrepairable", "in_diagnosis", {}),
        ("unrepairable", "returned", {"collected_by": "Maria"}),
        ("received", "cancelled", {"reason": "desistiu"}),
    ],
)
def test_a_step_with_what_it_asks(at, move, status, to, facts):
    number = at(status)
    answer = move(number, to, **facts)
    assert (answer.code, answer.err) == (0, "")
    assert (answer.json["number"], answer.json["status"]) == (number, to)
    assert answer.json["reason"] == plain_order()["reason"], "the step's reason is not the order's"


@pytest.mark.parametrize(
    ("status", "to"),
    [
        ("received", "in_progress"),
        ("received", "ready"),
        ("received", "received"),
        ("approved", "ready"),
        ("ready", "cancelled"),
        ("delivered", "ready"),
        ("cancelled", "received"),
    ],
)
def test_a_step_that_is_not_there(at, move, show, status, to):
    number = at(status)
    refused(move(number, to), "não pode passar")
    assert show(number)["status"] == status


@pytest.mark.parametrize(
    ("facts", "word"),
    [
        ({"foo": 1}, "“foo”"),
        ({"notes": "x"}, "“notes”"),
        ({"approved_via": "telepathy"}, "whatsapp"),
        ({"approved_via": ["phone"]}, "“approved_via”"),
        ({"items": [{"kind": "part", "description": "x", "foo": 1}]}, "“items[0].foo”"),
        ({"valid_until": "2026-11-01"}, "validade"),
        ([], "objeto"),
    ],
)
def test_a_step_refuses_what_it_does_not_know(osdesk, add, show, facts, word):
    number = add(quoted_order())
    refused(osdesk("order", "move", number, "approved", "--json", "-", given=facts), word)
    assert show(number)["status"] == "received"


def test_the_quote_has_the_shops_terms_and_ten_days(at, show):
    order = show(at("awaiting_approval"))
    assert order["valid_until"] == "2026-12-04"
    assert order["payment_terms"]
    assert (order["quote"]["version"], order["quote"]["status"]) == (1, "sent")


def test_an_expired_quote_is_renewed_by_its_date(at, edit, move):
    number = at("awaiting_approval")
    edit(number, valid_until="2026-11-23")
    refused(move(number, "approved", **APPROVED), "validade")
    answer = move(number, "approved", **APPROVED, valid_until="2026-11-24")
    assert (answer.json["status"], answer.json["valid_until"]) == ("approved", "2026-11-24")
    approval = answer.json["approval"]
    assert (approval["by"], approval["via"]) == ("Maria", "whatsapp")
    assert approval["at"] == "2026-11-24T14:32:00-03:00"


def test_fields_of_the_order_come_with_the_step(add, move):
    number = add()
    fields = {key: quoted_order()[key] for key in ("technician", "items", "start_on")}
    answer = move(number, "awaiting_approval", **fields, promised_on="2026-12-01")
    assert (answer.json["total"], answer.json["promised_on"]) == ("150.00", "2026-12-01")


def test_the_steps_reason_is_in_the_history(at, show):
    order = show(at("declined"))
    assert order["reason"] == "Não centrifuga"
    assert order["events"][-1]["reason"] == "caro"
    assert {"at", "author", "code"} <= set(order["events"][-1])


def test_used_parts_are_authorised_each_time(at, move):
    number = at("in_progress", items=[LINES[0], {**LINES[1], "part_condition": "used"}])
    assert move(number, "ready", used_parts_authorized_by="Maria").code == 0
    assert move(number, "in_progress").code == 0
    refused(move(number, "ready"), "quem autorizou")


@pytest.mark.parametrize(
    ("change", "asks_again"),
    [
        ({"items": [*LINES, {"kind": "part", "description": "Coxim", "unit_price": "1"}]}, True),
        ({"items": LINES[:1]}, True),
        ({"promised_on": "2026-11-28"}, True),
        ({"promised_on": None}, None),
        ({"discount": "10.00", "change_reason": "fidelidade"}, False),
        ({"items": [LINES[0], {**LINES[1], "unit_cost": "1.00", "technician": "Rui"}]}, False),
        ({"items": [LINES[0], {**LINES[1], "warranty_days": 365}]}, False),
        ({"items": [*LINES, {"kind": "service", "description": "Limpeza"}]}, False),
        ({"promised_on": "2026-11-26"}, False),
    ],
)
def test_what_was_agreed_is_asked_again(at, edit, show, change, asks_again):
    number = at("in_progress")
    before = show(number)
    answer = edit(number, **change)
    if asks_again is None:
        refused(answer, "data prometida")
        assert show(number) == before
    else:
        assert answer.json["status"] == ("awaiting_approval" if asks_again else "in_progress")
        assert answer.json["quote"]["version"] == (2 if asks_again else 1)
    if "change_reason" in change:
        lowered = answer.json["events"][-1]
        assert (lowered["code"], lowered["reason"]) == ("price_lowered", "fidelidade")
        assert (lowered["total_before"], lowered["total"]) == ("150.00", "140.00")


# -- edit -----------------------------------------------------------------------------------------


def test_only_the_given_keys_change_and_null_clears(add, edit, show):
    number = add(quoted_order(notes="n", slot="A1", promised_time="18:00", discount="5.00"))
    before = show(number)
    answer = edit(
        number,
        notes=None,
        slot="B2",
        promised_time=None,
        discount=None,
        requested_at=None,
        equipment={"colour": "preta", "serial": None},
        customer={"email": "maria@exemplo.com.br", "phones": None},
    )
    after = answer.json
    assert (after["notes"], after["slot"], after["promised_time"]) == (None, "B2", None)
    assert (after["discount"], after["requested_at"]) == ("0.00", before["requested_at"])
    assert after["equipment"] == before["equipment"] | {"colour": "preta", "serial": None}
    changed = {"email": "maria@exemplo.com.br", "phones": []}
    assert after["customer"] == before["customer"] | changed
    for key in ("items", "technician", "promised_on", "start_on", "reason", "number", "id"):
        assert after[key] == before[key]


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"reason": None}, "“reason”"),
        ({"reason": " "}, "motivo"),
        ({"service_type": None}, "“service_type”"),
        ({"customer": None}, "“customer”"),
        ({"customer": {"name": None}}, "“customer.name”"),
        ({"equipment": {"kind": ""}}, "tipo do equipamento"),
        ({"status": "ready"}, "“status”"),
        ({"foo": None}, "“foo”"),
        ({"approved_by": "x"}, "“approved_by”"),
        ({"discount": "151.00"}, "desconto"),
    ],
)
def test_an_edit_is_held_to_the_same_rules(add, edit, show, change, word):
    number = add(quoted_order())
    before = show(number)
    refused(edit(number, **change), word)
    assert show(number) == before


def test_an_edit_that_changes_nothing_tells_nothing(add, edit, show):
    number = add(quoted_order())
    before = show(number)
    assert edit(number).json == before
    same = {key: before[key] for key in ("reason", "items", "promised_on", "fee", "checklist")}
    assert edit(number, **same).json == before


@pytest.mark.parametrize("status", ["ready", "delivered", "cancelled"])
def test_where_lines_and_promise_are_locked(at, edit, status):
    number = at(status)
    for change in ({"items": []}, {"discount": "1.00"}, {"promised_on": "2026-12-01"}):
        refused(edit(number, **change), "não deixa mudar")
    assert edit(number, promised_on="2026-11-27", notes="ligou").json["notes"] == "ligou"


# -- reopen ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("status", "before"), [("delivered", "ready"), ("cancelled", "received")])
def test_reopening_goes_back_by_a_recorded_reversal(osdesk, at, status, before):
    number = at(status)
    refused(osdesk("order", "reopen", number, "--reason", " "), "motivo")
    order = osdesk("order", "reopen", number, "--reason", "engano").json
    assert (order["status"], order["collected"]) == (before, None)
    assert (order["delivered_on"], order["cancelled_on"]) == (None, None)
    event = order["events"][-1]
    assert (event["code"], event["reason"], event["from"]) == ("reopened", "engano", status)


@pytest.mark.parametrize("status", ["awaiting_approval", "approved", "awaiting_part"])
def test_a_cancellation_taken_back_leaves_quote_and_approval_as_they_were(
    osdesk, at, move, show, status
):
    number = at(status)
    before = show(number)
    assert move(number, "cancelled", reason="engano").json["total"] == "0.00"
    osdesk("order", "reopen", number, "--reason", "engano")
    after = show(number)
    for key in set(before) - {"events"}:
        assert after[key] == before[key], key


def test_nothing_to_reopen(osdesk, at):
    refused(osdesk("order", "reopen", at("ready"), "--reason", "x"), "só se reabre")


def test_a_reopened_order_keeps_the_day_of_what_stayed_out(osdesk, at, move, show):
    number = at("delivered")
    order = osdesk("order", "reopen", number, "--reason", "nome").json
    assert (order["status"], order["delivered_on"]) == ("ready", None)
    assert order["events"][-1]["device_returned"] is False
    again = osdesk("order", "reopen", number, "--reason", "x", "--device-returned")
    refused(again, "só se reabre")
    assert move(number, "delivered", collected_by="João").json["delivered_on"] == "2026-11-24"
    order = osdesk("order", "reopen", number, "--reason", "voltou", "--device-returned").json
    assert order["events"][-1]["device_returned"] is True


def test_corrections_of_a_delivered_order(at, edit, show):
    number = at("delivered")
    items = [{**line, "unit_cost": "1.00", "technician": "Rui"} for line in show(number)["items"]]
    order = edit(number, collected={"by": "João Lima"}, items=items, notes="n", report="r").json
    assert (order["status"], order["collected"]["by"]) == ("delivered", "João Lima")
    assert {item["unit_cost"] for item in order["items"]} == {"1.00"}
    told = order["events"][-1]
    assert (told["collected_by_before"], told["collected_by"]) == ("Maria", "João Lima")
    refused(edit(number, collected={"who": "x"}), "collected.who")
    refused(edit(number, collected={"by": ""}), "quem retirou")
    refused(edit(number, items=[{**line, "unit_price": "1.00"} for line in items]), "Entregue")
    early = at("ready")
    assert edit(early, items=items).code == 0, "what it cost is known later"
    refused(edit(early, collected={"by": "João"}), "ninguém retirou")


def test_used_parts_are_authorised_with_the_approval(at, move, show):
    number = at("received", items=[{**LINES[1], "part_condition": "used"}, LINES[0]])
    answer = move(number, "approved", **APPROVED, used_parts_authorized_by="Maria")
    assert answer.json["used_parts_authorized_by"] == "Maria"
    assert move(number, "in_progress").code == 0
    assert move(number, "ready").code == 0


def test_no_quote_of_nothing_or_of_the_past(add, move, show):
    free = [{**LINES[0], "unit_price": "0.00"}]
    number = add(quoted_order(items=free))
    refused(move(number, "awaiting_approval"), "R$ 0,00")
    number = add(quoted_order(promised_on="2026-11-23", start_on="2026-11-20"))
    refused(move(number, "awaiting_approval"), "já passou")
    assert show(number)["quote"] is None
