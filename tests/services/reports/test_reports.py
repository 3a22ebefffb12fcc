"""The closing of a month on a real file: which date counts what, and that all sums agree."""

import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, event
from sqlalchemy.orm import Session
from tests.forms import order

from osdesk.domain.calendar import Month
from osdesk.domain.codes import ChargeKind, ItemKind, PaymentKind, PaymentMethod, Priority, Role
from osdesk.domain.money import line_total
from osdesk.domain.orders.forms import StepForm
from osdesk.domain.orders.status import Status
from osdesk.domain.period import Period
from osdesk.domain.text import fold
from osdesk.domain.views.figures import COUNTS, MonthReport, billed_orders
from osdesk.persistence.database import Database
from osdesk.persistence.models import (
    Charge,
    Customer,
    Employee,
    Equipment,
    Instalment,
    Item,
    Order,
    Payment,
    ServiceType,
)
from osdesk.persistence.store import DATABASE
from osdesk.services.orders.forms import load_form
from osdesk.services.orders.listing import order_rows
from osdesk.services.orders.saving import add_order, edit_order
from osdesk.services.orders.steps import move_order
from osdesk.services.orders.view import order_view
from osdesk.services.reports.reports import month_report, report_of
from osdesk.services.shop.shop import save_shop, shop_form

OCTOBER, NOVEMBER, DECEMBER = Month(2026, 10), Month(2026, 11), Month(2026, 12)
FOREIGN_KEYS = "PRAGMA foreign_keys=ON"
AFTER = datetime(2027, 1, 20, 15, 0, tzinfo=UTC)
WITHIN = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)


def day(number: int, month: int = 11, year: int = 2026) -> date:
    return date(year, month, number)


@dataclass
class Rows:
    """Puts rows into the file as the services would have left them."""

    session: Session
    people: dict[str, int] = field(default_factory=dict)
    types: dict[str, int] = field(default_factory=dict)
    customers: dict[str, int] = field(default_factory=dict)
    number: int = 0
    receipt: int = 0

    def add(self, row: Any) -> int:
        self.session.add(row)
        self.session.flush()
        return int(row.id)

    def person(self, name: str | None) -> int | None:
        if name is None:
            return None
        if name not in self.people:
            self.people[name] = self.add(
                Employee(name=name, name_folded=fold(name), role=Role.TECHNICIAN, active=True)
            )
        return self.people[name]

    def customer(self, name: str) -> int:
        if name not in self.customers:
            self.customers[name] = self.add(
                Customer(name=name, name_folded=fold(name), created_at=AFTER)
            )
        return self.customers[name]

    def service_type(self, name: str) -> int:
        if name not in self.types:
            kind = ServiceType(name=name, name_folded=fold(name), active=True)
            # a new shop brings some of its own
            known = self.session.query(ServiceType).filter_by(name_folded=fold(name)).first()
            self.types[name] = known.id if known else self.add(kind)
        return self.types[name]

    def order(
        self,
        requested: date,
        *items: Item,
        status: Status = Status.RECEIVED,
        customer: str = "Maria",
        kind: str = "Lavadora",
        service_type: str = "Conserto",
        technician: str | None = "Edson",
        discount: int = 0,
        total: int | None = None,
        fee: int = 0,
        **days: Any,
    ) -> Order:
        self.number += 1
        owner = self.customer(customer)
        device = self.add(
            Equipment(customer_id=owner, kind=kind, brand="Brastemp", created_at=AFTER)
        )
        labor = sum(item.total for item in items if item.kind is ItemKind.SERVICE)
        parts = sum(item.total for item in items if item.kind is ItemKind.PART)
        whole = labor + parts - discount if total is None else total
        order = Order(
            number=self.number,
            customer_id=owner,
            equipment_id=device,
            service_type_id=self.service_type(service_type),
            technician_id=self.person(technician),
            status=status,
            reason="Não liga",
            priority=Priority.NORMAL,
            created_at=AFTER,
            requested_at=datetime.combine(requested, datetime.min.time(), UTC),
            requested_on=requested,
            discount=discount,
            fee=fee,
            labor_total=labor,
            parts_total=parts,
            total=whole,
            paid=0,
            balance=whole,
            signed=False,
            allowance=0,
            late_fees=0,
            **days,
        )
        self.add(order)
        for position, item in enumerate(items):
            item.order_id, item.position = order.id, position
            self.session.add(item)
        self.session.flush()
        return order

    def delivered(self, on: date, *items: Item, **more: Any) -> Order:
        more = {"ready_on": on, "due_on": on} | more
        requested = more.pop("requested", on)
        return self.order(requested, *items, status=Status.DELIVERED, delivered_on=on, **more)

    def pay(
        self,
        order: Order,
        on: date,
        amount: int,
        method: PaymentMethod = PaymentMethod.PIX,
        kind: PaymentKind = PaymentKind.PAYMENT,
        reverses: int | None = None,
    ) -> int:
        self.receipt += 1
        order.paid += amount
        order.balance -= amount
        return self.add(
            Payment(
                order_id=order.id,
                kind=kind,
                at=AFTER,
                paid_on=on,
                amount=amount,
                method=method,
                receipt=self.receipt,
                reverses_id=reverses,
            )
        )

    def charge(self, order: Order, on: date, kind: ChargeKind, amount: int) -> None:
        """With the payment that it always comes with, of nothing that matters here."""
        change = -amount if kind is ChargeKind.ALLOWANCE else amount
        order.total += change
        order.balance += change
        order.allowance += amount if kind is ChargeKind.ALLOWANCE else 0
        order.late_fees += amount if kind is ChargeKind.LATE_FEES else 0
        paid = self.pay(order, on, 1)
        self.pay(order, on, -1, kind=PaymentKind.REVERSAL, reverses=paid)
        self.add(
            Charge(
                order_id=order.id, kind=kind, at=AFTER, booked_on=on, amount=amount, payment_id=paid
            )
        )

    def line(
        self,
        price: int,
        kind: ItemKind = ItemKind.SERVICE,
        *,
        quantity: int = 1000,
        cost: int | None = None,
        technician: str | None = None,
        discount: int = 0,
    ) -> Item:
        return Item(
            kind=kind,
            description="Linha",
            quantity=quantity,
            unit="un",
            unit_price=price,
            unit_cost=cost,
            discount=discount,
            technician_id=self.person(technician),
            total=line_total(quantity, price) - discount,
        )

    def part(self, price: int, **more: Any) -> Item:
        return self.line(price, ItemKind.PART, **more)


@pytest.fixture
def session(shop_folder: Path) -> Iterator[Session]:
    """One open transaction on the shop's file for the whole test: rows in, report out."""
    engine = create_engine(f"sqlite:///{shop_folder / DATABASE}")
    event.listen(engine, "connect", lambda connection, _: connection.execute(FOREIGN_KEYS))
    with Session(engine) as opened:
        yield opened
    engine.dispose()


@pytest.fixture
def rows(session: Session) -> Rows:
    return Rows(session)


def report(rows: Rows, month: Month = NOVEMBER, now: datetime = AFTER) -> MonthReport:
    rows.session.flush()
    return month_report(rows.session, month, now=now)


def test_a_shop_without_orders_has_a_report_of_nothing(rows):
    found = report(rows)
    figures = found.figures
    assert (figures.opened, figures.revenue, figures.received, figures.receivable) == (0, 0, 0, 0)
    assert list(figures.receivable_by_age) == [
        *("not_due", "1-30", "31-60", "61-90", "over_90", "not_delivered")
    ]
    assert len(found.received_by_day) == 30
    assert found.orders == ()
    assert set(found.numbers) == {
        *(*COUNTS, "fees", "allowances", "cost_unknown"),
        *("receivable", "received", "reversed", "late_fees"),
    }
    assert found.before.period.month == OCTOBER
    assert found.year_ago.period.month == Month(2025, 11)


def test_each_count_goes_by_its_own_day(rows):
    rows.order(day(31, 10))
    rows.order(day(1))
    rows.order(day(30))
    rows.order(day(1, 12))
    rows.order(day(20, 10), status=Status.READY, ready_on=day(3))
    rows.delivered(day(2, 12), requested=day(20, 10), ready_on=day(4))
    rows.delivered(day(5), requested=day(20, 10), ready_on=day(25, 10))
    rows.order(day(20, 10), status=Status.CANCELLED, cancelled_on=day(6), total=0)
    rows.order(day(20, 10), status=Status.RETURNED, returned_on=day(7), total=0)
    found = report(rows)
    assert found.numbers == {
        "opened": (2, 3),
        "finished": (5, 6),
        "delivered": (7,),
        "cancelled": (8,),
        "late": (),
        "late_open": (),
        "fees": (),
        "allowances": (),
        "cost_unknown": (),
        "receivable": (),
        "received": (),
        "reversed": (),
        "late_fees": (),
    }
    figures = found.figures
    assert (figures.opened, figures.finished, figures.delivered, figures.cancelled) == (2, 2, 1, 1)
    assert [order.number for order in found.orders] == [2, 3, 5, 6, 7, 8, 9]


def test_late_is_made_ready_after_the_promise_whenever_it_was_fetched(rows):
    rows.delivered(day(10), promised_on=day(10))
    rows.delivered(day(10), promised_on=day(8))
    rows.delivered(day(12), ready_on=day(9), promised_on=day(10))  # in time, fetched later
    rows.order(day(1), status=Status.READY, ready_on=day(9), promised_on=day(4))
    rows.order(day(1), promised_on=day(2))
    rows.delivered(day(10))
    rows.delivered(day(3, 12), ready_on=day(30), promised_on=day(29))
    found = report(rows)
    assert found.numbers["late"] == (2, 4, 7)
    assert found.figures.late == 3
    assert found.figures.mean_late_days == 27  # 2, 5 and 1 days
    december = report(rows, DECEMBER)
    assert december.numbers["late"] == ()
    assert december.figures.mean_late_days == 0


def test_late_and_open_is_promised_by_the_months_end_and_not_ready_then(rows):
    rows.order(day(1, 10), promised_on=day(20, 10))
    rows.order(day(1), promised_on=day(30))
    rows.order(day(1), promised_on=day(1, 12))
    rows.order(day(1), promised_on=day(9), status=Status.READY, ready_on=day(3, 12))
    rows.order(day(1), promised_on=day(9), status=Status.READY, ready_on=day(30))
    rows.delivered(day(5, 12), promised_on=day(9), ready_on=day(2, 12), requested=day(1))
    rows.order(day(1), promised_on=day(9), status=Status.CANCELLED, cancelled_on=day(8), total=0)
    rows.order(
        day(1), promised_on=day(9), status=Status.CANCELLED, cancelled_on=day(2, 12), total=0
    )
    rows.order(day(1), promised_on=day(9), status=Status.RETURNED, returned_on=day(8), total=0)
    rows.order(day(1), status=Status.AWAITING_APPROVAL, promised_on=day(9))
    rows.order(day(1))
    found = report(rows)
    assert found.numbers["late_open"] == (1, 2, 4, 6, 8, 10)
    assert found.figures.late_open == 6
    assert report(rows, OCTOBER).numbers["late_open"] == (1,)
    assert report(rows, DECEMBER).numbers["late_open"] == (1, 2, 3, 10)
    running = report(rows, now=datetime(2026, 11, 30, 15, 0, tzinfo=UTC))
    assert 2 not in running.numbers["late_open"], "its day is not over"


def test_what_was_declined_by_then_is_not_waited_for(db: Database) -> None:
    """A declined order has no day of its own: the history tells which."""

    def moved(number: int, at: datetime, *steps: Status) -> None:
        for to in steps:
            step = StepForm(reason="caro")
            db.run(move_order, number, to, step, now=at, author=None)

    entered = datetime(2026, 9, 28, 15, tzinfo=UTC)
    early, late = (
        db.run(
            add_order, order(promised_on=day(5, 10), start_on=None), now=entered, author=None
        ).number
        for _ in range(2)
    )
    quoted = datetime(2026, 9, 29, 15, tzinfo=UTC)
    for number in (early, late):
        form = replace(db.read(load_form, number), start_on=day(29, 9))
        db.run(
            move_order,
            number,
            Status.AWAITING_APPROVAL,
            StepForm(),
            now=quoted,
            author=None,
            form=form,
        )
    moved(early, datetime(2026, 10, 20, 15, tzinfo=UTC), Status.DECLINED)
    moved(late, datetime(2026, 11, 3, 15, tzinfo=UTC), Status.DECLINED)
    found = db.read(month_report, OCTOBER, now=AFTER)
    assert found.numbers["late_open"] == (late,)
    assert db.read(month_report, NOVEMBER, now=AFTER).numbers["late_open"] == ()


def test_a_fee_is_revenue_of_the_day_on_which_the_device_was_given_back(rows):
    back = {"status": Status.RETURNED, "returned_on": day(9)}
    rows.order(day(1), rows.line(40_000), total=5_000, fee=5_000, **back)
    rows.order(day(1), rows.line(9_000, technician="Priscila"), total=0, **back)
    rows.order(day(1), total=2_000, fee=2_000, status=Status.DECLINED)
    rows.order(day(1), total=3_000, fee=3_000, status=Status.RETURNED, returned_on=day(1, 12))
    rows.delivered(day(10), rows.line(10_000), fee=700)
    found = report(rows)
    assert (found.figures.fees, found.figures.revenue) == (5_000, 15_000)
    assert found.figures.labor == 10_000
    assert found.numbers["fees"] == (1,)
    assert [(row.name, row.orders, row.fees, row.revenue) for row in found.by_technician] == [
        ("Edson", 2, 5_000, 15_000)
    ]
    billed = [(listed.number, share.fees, share.revenue) for listed, share in billed_orders(found)]
    assert billed == [(1, 5_000, 5_000), (5, 0, 10_000)]


def test_the_cost_of_services_lowers_the_margin_and_unknown_costs_are_said(rows):
    rows.delivered(
        day(10),
        rows.line(20_000, cost=12_000, technician="Priscila"),  # done by another shop
        rows.part(5_000, cost=0),
        rows.part(3_000, discount=500, technician="Priscila"),
        rows.part(2_500, cost=1_000),
    )
    rows.order(day(10), rows.part(7_000), status=Status.READY, ready_on=day(10))
    found = report(rows)
    figures = found.figures
    assert (figures.parts_cost, figures.service_cost, figures.cost_unknown) == (
        1_000,
        12_000,
        2_500,
    )
    assert figures.margin == figures.revenue - 13_000 == 17_000
    assert found.numbers["cost_unknown"] == (1,)
    by_name = {row.name: (row.service_cost, row.cost_unknown) for row in found.by_technician}
    assert by_name == {"Edson": (0, 0), "Priscila": (12_000, 2_500)}
    listed = next(each for each in found.orders if each.number == 1)
    assert (listed.service_cost, listed.cost_unknown, listed.margin) == (12_000, 2_500, 17_000)


def test_allowances_fall_on_their_own_day_and_late_fees_are_no_revenue(rows):
    order = rows.delivered(
        day(10, 10),
        rows.line(30_000),
        rows.part(10_001, cost=2_000, technician="Priscila"),
        due_on=day(30, 10),
    )
    rows.pay(order, day(10, 10), 20_000)
    rows.charge(order, day(5), ChargeKind.ALLOWANCE, 4_001)
    rows.charge(order, day(5), ChargeKind.LATE_FEES, 350)
    rows.charge(order, day(2, 12), ChargeKind.LATE_FEES, -350)
    october, november = report(rows, OCTOBER), report(rows)
    assert (october.figures.revenue, october.figures.allowances) == (40_001, 0)
    assert october.figures.receivable == 20_001, "as it was at the end of October"
    figures = november.figures
    assert (figures.allowances, figures.revenue, figures.margin) == (4_001, -4_001, -4_001)
    assert figures.late_fees == 350
    assert figures.receivable == 20_001 - 4_001 + 350
    assert report(rows, DECEMBER).figures.receivable == 16_000
    assert report(rows, DECEMBER).figures.late_fees == -350
    assert [(row.name, row.orders, row.allowances) for row in november.by_technician] == [
        ("Priscila", 0, 1_000),
        ("Edson", 0, 3_001),
    ]
    assert (november.numbers["allowances"], november.numbers["late_fees"]) == ((1,), (1,))
    assert [(each.kind, each.amount) for each in november.charges] == [
        (ChargeKind.ALLOWANCE, 4_001),
        (ChargeKind.LATE_FEES, 350),
    ]


def test_a_month_that_runs_is_compared_with_the_same_days(rows):
    for month, days in ((10, (3, 24, 25, 31)), (11, (2, 24))):
        for number in days:
            rows.delivered(day(number, month), rows.line(1_000))
    rows.delivered(day(24, 11, 2025), rows.line(1_000))
    rows.delivered(day(25, 11, 2025), rows.line(1_000))
    running = report(rows, now=WITHIN)
    assert running.before.period == Period(day(1, 10), day(24, 10))
    assert running.year_ago.period == Period(day(1, 11, 2025), day(24, 11, 2025))
    found = [each.revenue for each in (running.figures, running.before, running.year_ago)]
    assert found == [2_000, 2_000, 1_000]
    march = report(rows, Month(2027, 3), now=datetime(2027, 3, 31, 15, tzinfo=UTC))
    assert march.before.period == Period.of_month(Month(2027, 2)), "a shorter month is whole"
    assert report(rows, now=AFTER).before.period == Period.of_month(OCTOBER)


def test_mean_time_to_ready_is_in_tenths_half_up(rows):
    for days in (0, 1, 3, 1):
        rows.order(day(1), status=Status.READY, ready_on=day(1 + days))
    assert report(rows).figures.mean_days_to_ready == 13  # 1,25


def test_revenue_is_of_what_was_delivered_after_discounts(rows):
    order = rows.delivered(
        day(10),
        rows.line(18_000),
        rows.part(2_500, quantity=1_500, cost=1_333, discount=50),
        rows.part(1_000, cost=None),
        discount=700,
    )
    rows.delivered(day(1, 12), rows.line(99_900))
    rows.order(day(10), rows.line(50_000, cost=1), status=Status.READY, ready_on=day(10))
    rows.delivered(day(11), rows.line(100))
    figures = report(rows).figures
    assert figures.labor == 18_100
    assert figures.parts == 3_750 - 50 + 1_000
    assert figures.discounts == 700
    assert figures.revenue == order.total + 100
    assert figures.parts_cost == line_total(1_500, 1_333) == 2_000
    assert figures.margin == figures.revenue - 2_000


def test_money_counts_by_its_own_day_and_goes_back_by_its_own(rows):
    order = rows.delivered(day(10), rows.line(50_000))
    first = rows.pay(order, day(31, 10), 10_000)
    rows.pay(order, day(2), 5_000, PaymentMethod.CASH)
    rows.pay(order, day(2), 7_000)
    rows.pay(order, day(3), -10_000, kind=PaymentKind.REVERSAL, reverses=first)
    rows.pay(order, day(30), -500, PaymentMethod.CASH, PaymentKind.REFUND)
    rows.pay(order, day(1, 12), 4_000, PaymentMethod.DEBIT)
    found = report(rows)
    figures = found.figures
    assert figures.received == 12_000
    assert figures.reversed == 10_500
    assert figures.received_by_method == {PaymentMethod.CASH: 4_500, PaymentMethod.PIX: -3_000}
    days = dict(found.received_by_day)
    assert list(days) == [day(1) + timedelta(days=n) for n in range(30)]
    assert {key.day: amount for key, amount in days.items() if amount} == {
        2: 12_000,
        3: -10_000,
        30: -500,
    }
    assert found.before.received == 10_000
    assert report(rows, DECEMBER).figures.received == 4_000


def test_what_is_owed_is_as_it_was_at_the_months_end(rows):
    paid_later = rows.delivered(day(10), rows.line(10_000))
    rows.pay(paid_later, day(5, 12), 10_000)
    part_paid = rows.delivered(day(10), rows.line(10_000), due_on=day(30))
    rows.pay(part_paid, day(20), 4_000)
    rows.pay(part_paid, day(5, 12), 1_000)
    settled = rows.delivered(day(10), rows.line(10_000))
    rows.pay(settled, day(30), 10_000)
    rows.delivered(day(1, 12), rows.line(10_000), ready_on=day(1, 12))
    rows.order(day(1), rows.line(3_000), status=Status.READY, ready_on=day(12))
    rows.order(day(1), rows.line(3_000))
    rows.order(day(1), status=Status.RETURNED, returned_on=day(9), total=2_000, due_on=day(9))
    refunded = rows.delivered(day(10), rows.line(10_000))
    rows.pay(refunded, day(11), 10_000)
    rows.pay(refunded, day(6, 12), -2_500, kind=PaymentKind.REFUND)
    found = report(rows)
    assert found.numbers["receivable"] == (1, 2, 5, 7)
    assert found.figures.receivable_orders == 4
    assert found.figures.receivable == 10_000 + 6_000 + 3_000 + 2_000
    assert found.figures.receivable_by_age == {
        "not_due": 6_000,  # due on the very day
        "1-30": 10_000 + 2_000,
        "31-60": 0,
        "61-90": 0,
        "over_90": 0,
        "not_delivered": 3_000,
    }
    assert report(rows, DECEMBER).numbers["receivable"] == (2, 4, 5, 7, 8)


@pytest.mark.parametrize(
    ("month", "days", "age"),
    [
        *((4, 0, "not_due"), (4, 1, "1-30"), (4, 30, "1-30"), (4, 31, "31-60"), (3, 60, "31-60")),
        *((3, 61, "61-90"), (4, 90, "61-90"), (4, 91, "over_90"), (4, 800, "over_90")),
    ],
)
def test_ages_begin_and_end_where_they_say(rows, month, days, age):
    """Of the months whose days of the table are business days."""
    due = Month(2026, month).last - timedelta(days=days)
    rows.delivered(due, rows.line(100), due_on=due)
    by_age = report(rows, Month(2026, month)).figures.receivable_by_age
    assert {key: value for key, value in by_age.items() if value} == {age: 100}


def test_debtors_are_those_past_their_day_the_largest_first(rows):
    rows.delivered(day(5), rows.line(1_000), customer="Ana", due_on=day(20))
    rows.delivered(day(6), rows.line(2_000), customer="Ana", due_on=day(10))
    rows.delivered(day(6), rows.line(9_000), customer="Ana", due_on=day(30))
    rows.delivered(day(7), rows.line(5_000), customer="Beto", due_on=day(27))
    rows.delivered(day(7), rows.line(7_000), customer="Caio", due_on=day(28))  # a Saturday
    found = report(rows).debtors
    assert [(d.customer, d.amount, d.since, d.days) for d in found] == [
        ("Beto", 5_000, day(27), 3),
        ("Ana", 3_000, day(10), 20),
    ]
    assert found[0].customer_id == rows.customers["Beto"]


def test_a_line_counts_for_who_did_it_and_the_discount_is_shared_out(rows):
    rows.delivered(
        day(10),
        rows.line(100, technician="Priscila"),
        rows.line(100),
        rows.part(100, cost=40, technician="Priscila"),
        discount=100,
        technician="Edson",
    )
    rows.delivered(day(10), technician=None)
    found = report(rows).by_technician
    assert [(row.name, row.orders) for row in found] == [("Priscila", 1), ("Edson", 1), (None, 1)]
    priscila, edson, nobody = found
    assert (priscila.labor, priscila.parts, priscila.discounts) == (100, 100, 67)
    assert (priscila.revenue, priscila.parts_cost) == (133, 40)
    assert (edson.labor, edson.discounts, edson.revenue) == (100, 33, 67)
    assert nobody.revenue == 0


def test_names_that_differ_in_case_or_accents_are_one(rows):
    rows.delivered(day(10), rows.line(100), kind="Máquina de lavar")
    rows.delivered(day(11), rows.line(200), kind="maquina de  lavar")
    rows.delivered(day(12), rows.line(50), kind="TV", service_type="Instalação")
    found = report(rows)
    assert [(row.name, row.orders, row.revenue) for row in found.by_equipment] == [
        ("Máquina de lavar", 2, 300),
        ("TV", 1, 50),
    ]
    assert [(row.name, row.revenue) for row in found.by_service_type] == [
        ("Conserto", 300),
        ("Instalação", 50),
    ]


def test_a_running_month_stops_today_and_says_that_it_is_partial(rows):
    rows.delivered(day(20), rows.line(100), due_on=day(24))
    rows.delivered(day(20), rows.line(200), due_on=day(23))
    found = report(rows, now=WITHIN)
    assert found.partial
    assert found.figures.receivable_by_age["not_due"] == 100
    assert [(d.amount, d.days) for d in found.debtors] == [(200, 1)]
    last_evening = datetime(2026, 12, 1, 2, 59, tzinfo=UTC)  # 23:59 in the shop
    assert report(rows, now=last_evening).partial
    assert not report(rows, now=last_evening + timedelta(minutes=1)).partial


def test_the_list_shows_what_an_order_is_today(rows):
    order = rows.delivered(day(10), rows.line(10_000), customer="Ana", requested=day(2))
    rows.pay(order, day(10), 4_000)
    (found,) = report(rows).orders
    assert (found.customer, found.equipment, found.technician) == (
        "Ana",
        "Lavadora Brastemp",
        "Edson",
    )
    assert (found.requested_on, found.ready_on, found.delivered_on) == (day(2), day(10), day(10))
    assert (found.status, found.total, found.balance) == (Status.DELIVERED, 10_000, 6_000)


def in_parts(rows: Rows, order: Order, *parts: tuple[date, int]) -> None:
    for position, (due_on, amount) in enumerate(parts, start=1):
        rows.session.add(
            Instalment(
                order_id=order.id, position=position, due_on=due_on, amount=amount, open=amount
            )
        )
    rows.session.flush()


def test_what_is_paid_in_parts_is_owed_by_the_day_of_each(rows):
    order = rows.delivered(day(10, 9), rows.line(30_000), due_on=day(10, 10))
    in_parts(rows, order, (day(10, 10), 10_000), (day(10, 11), 10_000), (day(10, 12), 10_000))
    rows.pay(order, day(20, 10), 4_000)
    rows.pay(order, day(25, 11), 9_000)
    rows.pay(order, day(5, 12), 17_000)
    in_october = report(rows, OCTOBER)
    assert [(each.due_on, each.amount) for each in in_october.owed] == [
        (day(10, 10), 6_000),
        (day(10, 11), 10_000),
        (day(10, 12), 10_000),
    ]
    ages = in_october.figures.receivable_by_age
    assert (ages["not_due"], ages["1-30"]) == (20_000, 6_000)
    assert in_october.figures.receivable_orders == 1
    assert [(each.amount, each.since, each.days) for each in in_october.debtors] == [
        (6_000, day(10, 10), 18)  # a Saturday, and the Monday is a holiday
    ]
    in_november = report(rows)
    assert [(each.due_on, each.amount) for each in in_november.owed] == [
        (day(10, 11), 7_000),
        (day(10, 12), 10_000),
    ]
    assert in_november.figures.receivable_by_age["1-30"] == 7_000
    assert report(rows, DECEMBER).owed == ()


def test_a_reversal_opens_the_parts_again_from_its_own_day(rows):
    order = rows.delivered(day(10, 9), rows.line(20_000), due_on=day(10, 10))
    in_parts(rows, order, (day(10, 10), 10_000), (day(10, 12), 10_000))
    paid = rows.pay(order, day(12, 10), 10_000)
    rows.pay(order, day(3), -10_000, kind=PaymentKind.REVERSAL, reverses=paid)
    assert [(each.due_on, each.amount) for each in report(rows, OCTOBER).owed] == [
        (day(10, 12), 10_000)
    ]
    found = report(rows)
    assert [(each.due_on, each.amount) for each in found.owed] == [
        (day(10, 10), 10_000),
        (day(10, 12), 10_000),
    ]
    assert found.figures.receivable_by_age["31-60"] == 10_000
    assert found.numbers["reversed"] == (1,)


def test_more_than_the_parts_is_due_on_the_day_of_the_order(rows):
    order = rows.delivered(day(10, 9), rows.line(20_000), due_on=day(15, 10))
    in_parts(rows, order, (day(15, 10), 10_000))
    rows.pay(order, day(3), 10_000)
    assert [(each.due_on, each.amount) for each in report(rows, OCTOBER).owed] == [
        (day(15, 10), 20_000)
    ]


def test_any_days_count_what_their_months_count(rows):
    fill(rows, 150, 4)
    both = report_of(rows.session, Period.of(day(1, 10), day(30, 11)), now=AFTER)
    months = [report(rows, month).figures for month in (OCTOBER, NOVEMBER)]
    for name in (
        *("opened", "finished", "delivered", "cancelled", "labor", "parts", "discounts"),
        *("revenue", "parts_cost", "margin", "received", "reversed"),
    ):
        assert getattr(both.figures, name) == sum(getattr(each, name) for each in months)
    assert both.figures.receivable_by_age == months[1].receivable_by_age
    assert both.before.period == Period(day(1, 8), day(30, 9))
    assert len(both.received_by_day) == 61
    assert (
        sum(each.amount for each in both.payments) == both.figures.received - both.figures.reversed
    )
    assert sum(each.amount for each in both.owed) == both.figures.receivable
    assert sum(order.revenue for order in both.orders) == both.figures.revenue
    assert sum(order.parts_cost for order in both.orders) == both.figures.parts_cost
    assert sum(order.late_days > 0 for order in both.orders) == both.figures.late


def fill(rows: Rows, orders: int, seed: int) -> None:
    """Orders of four months in every status, with any sums and days that may be."""
    dice = random.Random(seed)
    people = ("Edson", "Priscila", None)

    def line() -> Item:
        add = dice.choice((rows.line, rows.part))
        price = dice.randint(0, 30_000)
        return add(
            price,
            quantity=dice.randint(1, 4_000),
            cost=dice.choice((None, dice.randint(0, 9_000))),
            technician=dice.choice(people),
        )

    for _ in range(orders):
        opened = date(2026, 9, 1) + timedelta(days=dice.randrange(120))
        ready = opened + timedelta(days=dice.randrange(20))
        closed = ready + timedelta(days=dice.randrange(20))
        status = dice.choice(tuple(Status))
        items = [line() for _ in range(dice.randrange(4))]
        lines = sum(item.total for item in items)
        days = {
            Status.DELIVERED: {"ready_on": ready, "delivered_on": closed},
            Status.READY: {"ready_on": ready},
            Status.RETURNED: {"returned_on": closed},
            Status.CANCELLED: {"cancelled_on": closed},
        }.get(status, {})
        order = rows.order(
            opened,
            *items,
            status=status,
            customer=dice.choice(("Ana", "Beto", "Caio", "Duda")),
            kind=dice.choice(("TV", "Celular", "celular")),
            service_type=dice.choice(("Conserto", "Instalação")),
            technician=dice.choice(people),
            discount=dice.randint(0, lines),
            total={Status.RETURNED: 3_000, Status.CANCELLED: 0}.get(status),
            fee=3_000 if status is Status.RETURNED else 0,
            promised_on=dice.choice((None, opened + timedelta(days=dice.randrange(15)))),
            due_on=dice.choice((None, closed)),
            **days,
        )
        for _ in range(dice.randrange(3)):
            if order.balance > 0:
                on = opened + timedelta(days=dice.randrange(60))
                paid = rows.pay(
                    order, on, dice.randint(1, order.balance), dice.choice(tuple(PaymentMethod))
                )
                if dice.random() < 0.2:
                    back = rows.session.get_one(Payment, paid)
                    later = on + timedelta(days=dice.randrange(40))
                    rows.pay(
                        order, later, -back.amount, back.method, PaymentKind.REVERSAL, reverses=paid
                    )
    rows.session.flush()


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("month", [OCTOBER, NOVEMBER])
def test_all_sums_agree_with_each_other_and_with_the_rows(rows, seed, month):
    fill(rows, 150, seed)
    found = report(rows, month)
    figures = found.figures
    assert figures.labor + figures.parts - figures.discounts + figures.fees == figures.revenue
    for names in (found.by_technician, found.by_service_type, found.by_equipment):
        for part in (
            *("labor", "parts", "discounts", "fees", "revenue"),
            *("parts_cost", "service_cost", "cost_unknown", "margin"),
        ):
            assert sum(getattr(row, part) for row in names) == getattr(figures, part)
    for names in (found.by_service_type, found.by_equipment):
        assert sum(row.orders for row in names) == figures.delivered + len(found.numbers["fees"])
    net = figures.received - figures.reversed
    assert sum(figures.received_by_method.values()) == net
    assert sum(amount for _, amount in found.received_by_day) == net
    assert sum(figures.receivable_by_age.values()) == figures.receivable
    assert figures.receivable_orders == len(found.numbers["receivable"])
    ages = figures.receivable_by_age
    overdue = figures.receivable - ages["not_due"] - ages["not_delivered"]
    assert sum(debtor.amount for debtor in found.debtors) == overdue
    for key in COUNTS:
        assert getattr(figures, key) == len(found.numbers[key])
    listed = {order.number for order in found.orders}
    assert all(listed.issuperset(found.numbers[key]) for key in ("opened", "delivered", "late"))

    orders = rows.session.query(Order).all()
    assert figures.revenue == sum(
        order.total
        for order in orders
        if (on := order.delivered_on or order.returned_on) and Month.of(on) == month
    )
    net_until: Counter[int] = Counter()
    for payment in rows.session.query(Payment):
        if payment.paid_on <= month.last:
            net_until[payment.order_id] += payment.amount
    owed = {
        order.number: order.total - net_until[order.id]
        for order in orders
        if any(
            d and d <= month.last for d in (order.ready_on, order.delivered_on, order.returned_on)
        )
        and not (order.cancelled_on and order.cancelled_on <= month.last)
        and order.total > net_until[order.id]
    }
    assert found.numbers["receivable"] == tuple(sorted(owed))
    assert figures.receivable == sum(owed.values())


def test_the_other_months_are_what_their_own_reports_say(rows):
    fill(rows, 150, 7)
    november = report(rows)
    assert november.before == report(rows, OCTOBER).figures
    assert report(rows, Month(2027, 11)).year_ago == november.figures


def queries(rows: Rows) -> list[tuple[str, Any]]:
    seen: list[tuple[str, Any]] = []
    engine = rows.session.get_bind()

    def note(_conn: Any, _cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        if statement.startswith("SELECT"):
            seen.append((statement, parameters))

    rows.session.flush()
    rows.session.expire_all()
    event.listen(engine, "before_cursor_execute", note)
    try:
        month_report(rows.session, NOVEMBER, now=AFTER)
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return seen


def test_the_number_of_queries_does_not_grow_and_none_scans_a_big_table(rows):
    empty = queries(rows)
    fill(rows, 200, 1)
    full = queries(rows)
    assert len(full) == len(empty)
    assert len(full) <= 20
    connection = rows.session.connection()
    for statement, parameters in full:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        for step in plan:
            big = re.match("SCAN (orders|items|payments)", step.detail)
            # the indexes of what is owed and of what is open hold nothing else: they are read
            # whole on purpose
            whole = re.search("ix_orders_(owed|open)$", step.detail)
            assert not big or whole, (statement, step.detail)


def test_a_shop_that_changes_its_zone_keeps_the_days_that_it_has_written(db: Database) -> None:
    """Entered at 23:30 of 31 October in São Paulo: an hour earlier, and the same day, in Manaus;
    an hour later, already November, in Noronha."""
    entered = datetime(2026, 11, 1, 2, 30, tzinfo=UTC)
    number = db.run(add_order, order(), now=entered, author=None).number
    form = replace(db.read(shop_form), zone="America/Noronha")
    db.run(save_shop, form, now=AFTER, author=None)
    db.run(
        edit_order, number, replace(db.read(load_form, number), notes="x"), now=AFTER, author=None
    )
    assert db.read(month_report, OCTOBER, now=AFTER).numbers["opened"] == (number,)
    assert db.read(month_report, NOVEMBER, now=AFTER).numbers["opened"] == ()
    october = date(2026, 10, 31)
    assert db.read(order_view, number, now=AFTER).requested_on == october
    (row,) = db.read(order_rows, [number], now=AFTER)
    assert row.requested_on == october
    later = datetime(2026, 11, 1, 2, 45, tzinfo=UTC)
    form = replace(db.read(load_form, number), requested_at=later)
    db.run(edit_order, number, form, now=AFTER, author=None)
    assert db.read(month_report, NOVEMBER, now=AFTER).numbers["opened"] == (number,)
