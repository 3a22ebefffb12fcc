"""JSON of an order in and out: strict by key and kind, decimal strings, nothing lost on the way."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.builders import make_delivered, make_payment, make_sheet
from tests.forms import order, part, service

from osdesk.domain.codes import (
    ApprovalVia,
    EventCode,
    FileKind,
    ItemKind,
    NoticeChannel,
    NoticeKind,
    Paper,
    PartCondition,
    PaymentKind,
    Priority,
    QuoteStatus,
)
from osdesk.domain.errors import UserError
from osdesk.domain.orders.forms import CustomerForm, InstalmentForm, OrderForm, PhoneForm, StepForm
from osdesk.domain.views.orders import (
    ApprovalView,
    EventView,
    FileView,
    NoteView,
    NoticeView,
    QuoteView,
)
from osdesk.interchange.order_json import order_from_json, step_from_json
from osdesk.interchange.shape_json import order_to_json

ZONE = ZoneInfo("America/Sao_Paulo")


def test_every_key_reaches_its_field() -> None:
    form = order_from_json(
        {
            "customer": {
                "name": "Maria",
                "phones": [{"number": "1", "label": "casa"}, {"number": "2"}],
                "document": "52998224725",
                "email": "e",
                "address": "a",
                "notes": "n",
            },
            "equipment": {
                "kind": "TV",
                "brand": "LG",
                "model": "M",
                "serial": "S",
                "imei2": "I",
                "colour": "c",
                "accessories": "x",
                "condition": "y",
            },
            "service_type": "Conserto",
            "reason": "r",
            "priority": "urgent",
            "slot": "A1",
            "notes": "n",
            "technician": "Rui",
            "requested_at": "2026-11-24T14:32:00-03:00",
            "start_on": "2026-11-25",
            "promised_on": "2026-11-27",
            "promised_time": "18h",
            "items": [
                {
                    "kind": "part",
                    "description": "d",
                    "quantity": "0.125",
                    "unit": "m",
                    "unit_price": "180",
                    "unit_cost": "0.5",
                    "discount": "1.00",
                    "part_condition": "used",
                    "technician": "Eva",
                    "warranty_days": 0,
                }
            ],
            "discount": "1.5",
            "fee": "99999999.99",
            "payment_terms": "p",
            "valid_until": "2026-12-01",
            "due_on": "2026-12-02",
            "diagnosis": "d",
            "report": "l",
            "external_ref": "x",
            "checklist": {"Liga?": "sim"},
            "ceiling": "300.00",
            "stage": "Bancada",
            "warranty_return_of": 7,
            "warranty_reason": "cortesia",
            "instalments": [{"due_on": "2026-12-24", "amount": "10.00"}],
        }
    )
    assert form.instalments == [InstalmentForm(date(2026, 12, 24), 1000)]
    assert (form.ceiling, form.stage, form.warranty_return_of) == (30_000, "Bancada", 7)
    assert form.warranty_reason == "cortesia"
    assert form.customer.phones == [PhoneForm("1", "casa"), PhoneForm("2")]
    assert form.requested_at == datetime(2026, 11, 24, 17, 32, tzinfo=UTC)
    assert (form.priority, form.promised_time) == (Priority.URGENT, "18:00")
    assert (form.discount, form.fee) == (150, 9_999_999_999)
    (line,) = form.items
    assert (line.kind, line.quantity, line.unit_price, line.unit_cost, line.discount) == (
        ItemKind.PART,
        125,
        18_000,
        50,
        100,
    )
    assert (line.part_condition, line.warranty_days) == (PartCondition.USED, 0)
    empty = OrderForm()
    untouched = {name for name, value in vars(form).items() if value == getattr(empty, name)}
    of_a_change = {"change_reason", "collected_by", "collected_document"}
    assert untouched == of_a_change


def test_a_base_keeps_what_is_not_named() -> None:
    base = order(notes="n", checklist={"a": "b"})
    base.customer.id = 7
    assert order_from_json({}, base=base) == base
    changed = order_from_json({"customer": {"email": "e"}, "notes": None}, base=base)
    assert changed == replace(base, customer=replace(base.customer, email="e"), notes=None)
    assert order_from_json({"change_reason": "x"}, base=base).change_reason == "x"
    assert base == replace(order(notes="n", checklist={"a": "b"}), customer=base.customer)


def test_a_step_parts_its_facts_from_the_orders_fields() -> None:
    base = order()
    step, form = step_from_json({"approved_by": "M", "approved_via": "phone"}, base=base)
    assert (step, form) == (StepForm(approved_by="M", approved_via=ApprovalVia.PHONE), None)
    step, form = step_from_json({"reason": "caro", "due_on": "2026-12-01"}, base=base)
    assert step == StepForm(reason="caro")
    assert form == replace(base, due_on=date(2026, 12, 1))
    assert form.reason == base.reason


@pytest.mark.parametrize(
    ("data", "code", "key"),
    [
        ({"foo": 1}, "unknown_key", "foo"),
        ({"customer": {"id": 1}}, "unknown_key", "customer.id"),
        ({"equipment": {"color": "x"}}, "unknown_key", "equipment.color"),
        ({"items": [{}, 5]}, "required_key", "items[0].kind"),
        ({"items": [{"kind": "part"}]}, "required_key", "items[0].description"),
        ({"customer": {"phones": [{}]}}, "required_key", "customer.phones[0].number"),
        ({"items": [{"kind": "parts", "description": ""}]}, "bad_json_choice", "items[0].kind"),
        ({"priority": {"a": 1}}, "bad_json_text", "priority"),
        ({"priority": "Normal"}, "bad_json_choice", "priority"),
        ({"fee": 1.5}, "bad_json_text", "fee"),
        ({"fee": "1e2"}, "bad_json_money", "fee"),
        ({"fee": "1.234"}, "bad_json_money", "fee"),
        ({"fee": "-0"}, "bad_json_money", "fee"),
        ({"fee": ""}, "bad_json_money", "fee"),
        ({"fee": ".5"}, "bad_json_money", "fee"),
        ({"fee": "5."}, "bad_json_money", "fee"),
        ({"fee": "1\n"}, "bad_json_money", "fee"),
        ({"discount": True}, "bad_json_text", "discount"),
        ({"promised_on": 20261127}, "bad_json_text", "promised_on"),
        ({"promised_on": "2026-11-27T00:00"}, "bad_iso_date", "promised_on"),
        ({"promised_on": ""}, "bad_iso_date", "promised_on"),
        ({"promised_time": "24:00"}, "bad_time", "promised_time"),
        ({"requested_at": "2026-11-24 14:32:00-03:00"}, "bad_moment", "requested_at"),
        ({"notes": ["x"]}, "bad_json_text", "notes"),
        ({"checklist": {"a": None}}, "bad_json_text", "checklist.a"),
        ({"customer": []}, "bad_json_object", "customer"),
        ({"change_reason": "x"}, "unknown_key", "change_reason"),
        ([], "bad_json_object", "OS"),
    ],
)
def test_what_is_refused_names_its_key(data: Any, code: str, key: str) -> None:
    with pytest.raises(UserError) as caught:
        order_from_json(data)
    assert (caught.value.code, caught.value.data["key"]) == (code, key)


@pytest.mark.parametrize("data", [{"foo": 1}, {"notes": "x"}, {"customer": {}}, {"discount": "1"}])
def test_a_step_takes_no_other_keys(data: dict[str, Any]) -> None:
    with pytest.raises(UserError) as caught:
        step_from_json(data, base=OrderForm())
    assert caught.value.code == "unknown_key"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    *("customer", "equipment", "items", "phones", "name", "kind", "number"),
                    *("priority", "fee", "quantity", "promised_on", "requested_at", "checklist"),
                    *("part_condition", "warranty_days", "reason", "approved_via", "due_on"),
                ]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=12,
)


@given(JSON)
def test_any_json_is_read_or_refused_as_a_person_can_mend(data: Any) -> None:
    refused = []
    for read in (order_from_json, lambda given: step_from_json(given, base=OrderForm())):
        try:
            read(data)
        except UserError as error:
            refused.append(error)
    assert all(error.data.get("key") is not None for error in refused)


# -- out ------------------------------------------------------------------------------------------


def test_an_order_goes_out_with_decimal_strings_and_moments_of_the_zone() -> None:
    at = datetime(2026, 11, 25, 1, 30, tzinfo=UTC)
    sheet = make_sheet(
        requested_at=at,
        quote=QuoteView(
            2, QuoteStatus.SENT, 42_000, None, date(2026, 11, 27), None, "à vista", at, True
        ),
        approval=ApprovalView("Maria", ApprovalVia.PAPER, at, "Cláudia"),
        events=(
            EventView(
                at,
                "Cláudia",
                EventCode.ORDER_CHANGED,
                {
                    "total_before": 1_000,
                    "total": 995,
                    "items_before": [{"quantity": 1_500, "unit_price": 5}],
                    "version": 2,
                    "reason": "x",
                },
            ),
        ),
    )
    out = order_to_json(sheet, ZONE)
    assert out["requested_at"] == "2026-11-24T22:30:00-03:00"
    assert (out["total"], out["paid"], out["balance"]) == ("420.00", "150.00", "270.00")
    assert out["items"][2]["quantity"] == "2"
    assert out["customer"]["document"] == "529.982.247-25"
    assert (out["quote"]["total"], out["quote"]["expired"]) == ("420.00", True)
    assert out["approval"] == {
        "by": "Maria",
        "via": "paper",
        "at": "2026-11-24T22:30:00-03:00",
        "author": "Cláudia",
    }
    assert out["events"] == [
        {
            "at": "2026-11-24T22:30:00-03:00",
            "author": "Cláudia",
            "code": "order_changed",
            "total_before": "10.00",
            "total": "9.95",
            "items_before": [{"quantity": "1.5", "unit_price": "0.05"}],
            "version": 2,
            "reason": "x",
        }
    ]
    assert out["instalments"] == []
    assert json.loads(json.dumps(out)) == out


def test_what_stands_beside_an_order_goes_out_with_it() -> None:
    at = datetime(2026, 11, 25, 1, 30, tzinfo=UTC)
    moment = "2026-11-24T22:30:00-03:00"
    sheet = make_sheet(
        returned_on=date(2026, 11, 27),
        log=(NoteView(at, "Cláudia", True, "Ligar à tarde"),),
        notices=(NoticeView(at, None, NoticeKind.PICK_UP, NoticeChannel.PHONE, "Está pronta"),),
        files=(
            FileView(
                id=4,
                kind=FileKind.SIGNED,
                name="via.pdf",
                media_type="application/pdf",
                size=900,
                sha256="ab" * 32,
                at=at,
                author=None,
                paper=Paper.INTAKE,
                version=2,
            ),
        ),
    )
    out = order_to_json(sheet, ZONE)
    assert out["returned_on"] == "2026-11-27"
    assert out["notes_log"] == [
        {"at": moment, "author": "Cláudia", "for_customer": True, "text": "Ligar à tarde"}
    ]
    assert out["notices"] == [
        {
            "at": moment,
            "author": None,
            "kind": "pick_up",
            "channel": "phone",
            "text": "Está pronta",
        }
    ]
    assert out["files"] == [
        {
            "id": 4,
            "kind": "signed",
            "name": "via.pdf",
            "media_type": "application/pdf",
            "size": 900,
            "sha256": "ab" * 32,
            "at": moment,
            "author": None,
            "paper": "intake",
            "version": 2,
        }
    ]
    assert json.loads(json.dumps(out)) == out


def test_money_of_ceiling_and_instalments_in_the_history_is_decimal_too() -> None:
    data = {
        "ceiling_before": None,
        "ceiling": 30_000,
        "instalments_before": [],
        "instalments": [["2026-12-24", 15_001]],
    }
    event = EventView(datetime(2026, 11, 25, tzinfo=UTC), None, EventCode.ORDER_CHANGED, data)
    (told,) = order_to_json(make_sheet(events=(event,)), ZONE)["events"]
    assert (told["ceiling_before"], told["ceiling"]) == (None, "300.00")
    assert told["instalments_before"] == []
    assert told["instalments"] == [{"due_on": "2026-12-24", "amount": "150.01"}]


def test_money_going_out_is_negative_and_names_what_it_reverses() -> None:
    paid = make_payment(id=4, amount=15_000, reversed=True)
    back = make_payment(id=5, amount=-15_000, kind=PaymentKind.REVERSAL, reverses=4)
    out = order_to_json(make_sheet(payments=(paid, back)), ZONE)
    assert [(p["id"], p["amount"], p["reverses"]) for p in out["payments"]] == [
        (4, "150.00", None),
        (5, "-150.00", 4),
    ]


def test_a_delivered_order_says_who_collected_it() -> None:
    out = order_to_json(make_delivered(), ZONE)
    assert out["collected"]["by"] == "José Conceição"
    assert (out["delivered_on"], out["warranty_until"]) == ("2026-11-27", "2027-02-25")


def test_what_goes_out_may_come_back_in() -> None:
    sheet = make_sheet(checklist={"Liga?": "sim"}, start_on=date(2026, 11, 25), notes="n")
    out = order_to_json(sheet, ZONE)
    given = {
        key: out[key]
        for key in (
            *("customer", "equipment", "service_type", "reason", "priority", "slot", "notes"),
            *("technician", "requested_at", "start_on", "promised_on", "promised_time", "items"),
            *("discount", "fee", "payment_terms", "valid_until", "due_on", "diagnosis", "report"),
            *("external_ref", "checklist"),
        )
    }
    form = order_from_json(given)
    assert form.items == [
        service(
            18_000,
            description="Troca da placa de potência",
            technician="Edson Ramos",
            warranty_days=90,
        ),
        part(warranty_days=90),
        part(2_500, description="Coxim do motor", quantity=2_000, warranty_days=90),
    ]
    assert form.requested_at == sheet.requested_at
    assert form.customer == CustomerForm(
        "Maria das Dores Conceição",
        [PhoneForm("(11) 98765-4321", "WhatsApp")],
        "529.982.247-25",
    )
