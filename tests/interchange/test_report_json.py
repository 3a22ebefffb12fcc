"""The month report for scripts, key by key."""

import json
from datetime import UTC, date, datetime

from tests.report_builders import empty_report, make_figures, make_report

from osdesk.domain.calendar import Month
from osdesk.domain.period import Period
from osdesk.domain.views.figures import Adjustment, Closing
from osdesk.interchange.report_json import report_to_json


def test_keys_and_figures_are_those_of_the_contract():
    found = report_to_json(make_report())
    assert list(found) == [
        *("month", "opened", "finished", "delivered", "cancelled", "late", "late_open"),
        *("labor", "parts", "discounts", "fees", "allowances", "revenue"),
        *("parts_cost", "service_cost", "cost_unknown", "margin", "late_fees"),
        *("received", "reversed", "received_by_method", "receivable", "receivable_by_age"),
        "receivable_not_delivered",
        *("by_technician", "by_service_type", "by_equipment", "orders"),
        *("closed", "from", "to", "adjustments"),
    ]
    assert found["month"] == "2026-11"
    assert found["opened"] == 42
    assert found["labor"] == "12500.00"
    assert (found["late"], found["late_open"]) == (5, 3)
    assert (found["fees"], found["allowances"], found["late_fees"]) == ("120.00", "40.00", "3.50")
    assert found["revenue"] == "19320.00"
    assert (found["service_cost"], found["cost_unknown"]) == ("250.00", "310.50")
    assert found["margin"] == "14970.00"
    assert found["received"] == "18100.00"
    assert found["reversed"] == "150.00"
    assert found["received_by_method"] == {
        "cash": "3200.00",
        "pix": "11000.00",
        "credit": "3750.00",
    }
    assert found["receivable_by_age"] == {
        "not_due": "1172.00",
        "1-30": "1240.00",
        "31-60": "610.00",
        "61-90": "0.00",
        "over_90": "390.00",
    }
    assert found["receivable_not_delivered"] == "976.65", "of what is not due"


def test_names_have_their_sums_and_orders_their_numbers():
    found = report_to_json(make_report())
    assert found["by_technician"][0] == {
        "name": "Edson Ramos",
        "orders": 23,
        "labor": "8000.00",
        "parts": "5000.50",
        "discounts": "400.50",
        "fees": "120.00",
        "allowances": "0.00",
        "revenue": "12720.00",
        "parts_cost": "3000.00",
        "service_cost": "250.00",
        "cost_unknown": "310.50",
    }
    assert found["by_technician"][-1]["name"] is None
    assert [row["name"] for row in found["by_equipment"]] == ["Lavadora", "Celular"]
    assert set(found["orders"]) == {
        *("opened", "finished", "delivered", "cancelled", "late", "late_open"),
        *("fees", "allowances", "cost_unknown", "receivable", "late_fees"),
    }
    assert found["orders"]["late"] == [10_001, 10_005, 10_009, 10_013, 10_017]
    assert json.loads(json.dumps(found)) == found


def test_an_empty_month_keeps_every_key():
    found = report_to_json(empty_report())
    assert set(found) == set(report_to_json(make_report()))
    assert found["received_by_method"] == {}
    assert found["receivable_by_age"]["over_90"] == "0.00"
    assert found["orders"]["opened"] == []
    assert found["margin"] == "0.00"


def test_a_closed_month_its_adjustments_and_other_days():
    assert report_to_json(make_report())["closed"] is None
    closing = Closing(Month(2026, 11), datetime(2026, 12, 2, 12, tzinfo=UTC), None, "9f8e" * 16)
    changes = (
        Adjustment(Month(2026, 10), "delivered", -1, ((9_812, -1),)),
        Adjustment(Month(2026, 10), "received", 7_000, ((9_830, 7_000),)),
    )
    found = report_to_json(make_report(closed=closing, adjustments=changes))
    assert found["closed"] == {"at": "2026-12-02T09:00:00-03:00", "sha256": "9f8e" * 16}
    assert found["adjustments"] == [
        {
            "month": "2026-10",
            "figure": "delivered",
            "amount": -1,
            "orders": [{"number": 9_812, "amount": -1}],
        },
        {
            "month": "2026-10",
            "figure": "received",
            "amount": "70.00",
            "orders": [{"number": 9_830, "amount": "70.00"}],
        },
    ]
    days = Period(date(2026, 11, 3), date(2026, 11, 15))
    found = report_to_json(make_report(figures=make_figures(days)))
    assert (found["month"], found["from"], found["to"]) == (None, "2026-11-03", "2026-11-15")
