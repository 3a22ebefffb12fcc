"""Random shops: every figure of report and dashboard again from the raw record, the slow plain way.

Nothing of the services' counting is used here: the rows of events, lines, payments and instalments
are read as they stand, and added up with a loop for each question.
"""

import random
import shutil
import sqlite3
import tempfile
from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.deep import examples
from tests.forms import order, part, service

from osdesk.domain.calendar import Month
from osdesk.domain.codes import ApprovalVia, PartCondition, PaymentMethod
from osdesk.domain.errors import UserError
from osdesk.domain.orders.forms import InstalmentForm, OrderForm, PaymentForm, StepForm
from osdesk.domain.orders.status import STEPS, Status
from osdesk.interchange.report_json import report_to_json
from osdesk.interchange.shape_json import dashboard_to_json
from osdesk.persistence.database import Database
from osdesk.persistence.store import open_store
from osdesk.services.orders.forms import load_form
from osdesk.services.orders.payments import pay_order, refund_order, reverse_payment
from osdesk.services.orders.saving import add_order, edit_order
from osdesk.services.orders.steps import move_order, reopen_order
from osdesk.services.orders.view import order_view
from osdesk.services.reports.dashboard import dashboard
from osdesk.services.reports.reports import month_report
from osdesk.services.shop.shop import save_shop, shop_form

ZONE = ZoneInfo("America/Sao_Paulo")
START = datetime(2025, 12, 12, tzinfo=UTC)
DAYS = 70
AGES = ("not_due", "1-30", "31-60", "61-90", "over_90")
HOLIDAYS = ("2025-12-25", "2026-01-01", "2026-04-03", "2026-04-21")
"""National ones, from the first day of these lives to the last that anything is due."""
WORKING = ("received", "in_diagnosis", "approved", "in_progress", "awaiting_part")


# -- a shop that lives ------------------------------------------------------------------------


class Life:
    """Some weeks of a small shop: whoever looks at it next does something, or is refused."""

    def __init__(self, db: Database, seed: int) -> None:
        self.db = db
        self.chance = random.Random(seed)
        self.numbers: list[int] = []
        self.now = START

    def live(self) -> None:
        for day in range(DAYS):
            for _ in range(self.chance.randint(1, 4)):
                hour, minute = self.chance.randint(0, 23), self.chance.randint(0, 59)
                self.now = START + timedelta(days=day, hours=hour, minutes=minute)
                try:
                    self._something()
                except UserError:
                    continue

    def _something(self) -> None:
        if not self.numbers or (len(self.numbers) < 14 and self.chance.random() < 0.2):
            self.numbers.append(self._run(add_order, self._new()).number)
            return
        number = self.chance.choice(self.numbers)
        act = self.chance.choices(
            (self._move, self._pay, self._take_back, self._change, self._reopen),
            (12, 6, 2, 2, 1),
        )[0]
        act(number)

    def _run(self, function: Any, *args: Any, **more: Any) -> Any:
        return self.db.run(function, *args, now=self.now, author=None, **more)

    @property
    def today(self) -> date:
        return self.now.astimezone(ZONE).date()

    def _lines(self) -> list[Any]:
        lines = []
        for _ in range(self.chance.randint(1, 4)):
            price, quantity = self.chance.randint(1, 50_000), self.chance.randint(1, 3_500)
            cost = self.chance.choice((None, self.chance.randint(0, 20_000)))
            if self.chance.random() < 0.5:
                lines.append(replace(service(price), quantity=quantity, unit_cost=cost))
            else:
                bought = replace(part(price), quantity=quantity, unit_cost=cost)
                lines.append(replace(bought, part_condition=PartCondition.NEW_ORIGINAL))
        return [
            replace(
                line,
                discount=self.chance.choice((0, 0, line.unit_price * line.quantity // 5_000)),
                technician=self.chance.choice((None, "Rui", "Eva")),
            )
            for line in lines
        ]

    def _new(self) -> OrderForm:
        named = self.chance.choice(("Ana", "Bia", "Caio", "Davi"))
        form = order(
            name=named,
            phones=[],
            kind=self.chance.choice(("TV", "Celular", "celular")),
            items=self._lines() if self.chance.random() < 0.8 else [],
            technician=self.chance.choice(("Rui", "Eva")),
            start_on=self.today,
            promised_on=self.today + timedelta(days=self.chance.randint(0, 9)),
            fee=self.chance.choice((0, 3_000)),
        )
        total = sum(line.quantity * line.unit_price // 1_000 - line.discount for line in form.items)
        return replace(form, discount=self.chance.choice((0, max(total, 0) // 7)))

    def _move(self, number: int) -> None:
        sheet = self.db.read(order_view, number, now=self.now)
        steps = STEPS[sheet.status]
        if not steps:
            return
        to = self.chance.choices(steps, (8, *(1 for _ in steps[1:])))[0]
        step = StepForm(
            approved_by="Ana",
            approved_via=ApprovalVia.PHONE,
            collected_by="Ana",
            waiting_for="peça",
            reason="motivo",
        )
        form = replace(self.db.read(load_form, number), report="laudo")
        if not form.items and to is Status.AWAITING_APPROVAL:
            form = replace(form, items=self._lines())
        if to in (Status.DELIVERED, Status.RETURNED) and sheet.balance > 0:
            form = self._on_credit(form, sheet.balance)
        self._run(move_order, number, to, step, form=form)

    def _on_credit(self, form: OrderForm, balance: int) -> OrderForm:
        first = self.today + timedelta(days=self.chance.randint(0, 20))
        if balance < 3 or self.chance.random() < 0.5:
            return replace(form, due_on=first)
        third = balance // 3
        parts = [
            InstalmentForm(first + timedelta(days=12 * place), amount)
            for place, amount in enumerate((third, third, balance - 2 * third))
        ]
        return replace(form, instalments=parts)

    def _pay(self, number: int) -> None:
        sheet = self.db.read(order_view, number, now=self.now)
        amount = self.chance.choice((sheet.balance, max(sheet.balance // 3, 1), 2_500))
        method = self.chance.choice(tuple(PaymentMethod))
        back = timedelta(days=self.chance.choice((0, 0, 1, 9)))
        late_fees = self.chance.random() < 0.5
        self._run(pay_order, number, PaymentForm(amount, method, self.today - back, late_fees))

    def _take_back(self, number: int) -> None:
        sheet = self.db.read(order_view, number, now=self.now)
        if sheet.payments and self.chance.random() < 0.5:
            paid = self.chance.choice(sheet.payments)
            self._run(reverse_payment, number, paid.id, reason="engano")
        else:
            amount = max(sheet.paid // 2, 1)
            self._run(
                refund_order, number, amount=amount, method=PaymentMethod.CASH, reason="acordo"
            )

    def _change(self, number: int) -> None:
        form = self.db.read(load_form, number)
        self._run(edit_order, number, replace(form, items=self._lines(), discount=0))

    def _reopen(self, number: int) -> None:
        back = self.chance.random() < 0.5
        self._run(reopen_order, number, reason="engano", device_returned=back)


# -- the record, added up the plain way -------------------------------------------------------


@dataclass
class Seen:
    """One order as its raw rows tell it."""

    number: int
    requested_on: date
    promised_on: date | None
    due_on: date | None
    customer: int
    discount: int
    fee: int
    status: str = "received"
    ready_on: date | None = None
    delivered_on: date | None = None
    returned_on: date | None = None
    cancelled_on: date | None = None
    lines: list[Any] = field(default_factory=list)
    steps: list[tuple[date, str]] = field(default_factory=list)
    """Each status it came to, on which day."""
    payments: list[tuple[date, str, str, int]] = field(default_factory=list)
    charges: list[tuple[date, str, int]] = field(default_factory=list)
    parts: list[tuple[date, int]] = field(default_factory=list)

    def of(self, kind: str) -> int:
        return sum(total for each, total, _, _, _ in self.lines if each == kind)

    def cost_of(self, kind: str) -> int:
        return sum(cost for each, _, cost, _, _ in self.lines if each == kind)

    def charged(self, kind: str, from_day: date = date.min, to_day: date = date.max) -> int:
        return sum(
            amount
            for day, each, amount in self.charges
            if each == kind and from_day <= day <= to_day
        )

    def status_at(self, day: date) -> str:
        reached = [to for moved, to in self.steps if moved <= day]
        return reached[-1] if reached else "received"

    @property
    def revenue(self) -> int:
        return self.of("service") + self.of("part") - self.discount

    def total_at(self, day: date) -> int:
        if self.status == "cancelled":
            return 0
        unserviced = self.status in ("declined", "unrepairable", "returned")
        lines = self.fee if unserviced else self.revenue
        allowed, late = self.charged("allowance", to_day=day), self.charged("late_fees", to_day=day)
        return lines - allowed + late

    def balance_at(self, day: date) -> int:
        return self.total_at(day) - sum(
            amount for paid, _, _, amount in self.payments if paid <= day
        )

    def pieces_at(self, day: date) -> list[tuple[date | None, int]]:
        """What is owed at the end of a day, by the day it is due."""
        balance = self.balance_at(day)
        if balance <= 0:
            return []
        agreed = sum(amount for _, amount in self.parts)
        if not self.parts or balance > agreed:
            return [(self.due_on, balance)]
        paid, pieces = agreed - balance, []
        for due, amount in sorted(self.parts):
            covered = min(paid, amount)
            paid -= covered
            if amount > covered:
                pieces.append((due, amount - covered))
        return pieces


def day_of(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def local(moment: str) -> date:
    return datetime.fromisoformat(moment).astimezone(ZONE).date()


def read_record(path: Path) -> dict[int, Seen]:
    """Every order from its raw rows; status and days from the history alone."""
    rows = sqlite3.connect(path)
    rows.row_factory = sqlite3.Row
    found: dict[int, Seen] = {}
    for row in rows.execute("SELECT * FROM orders"):
        found[row["id"]] = Seen(
            row["number"],
            local(row["requested_at"]),
            day_of(row["promised_on"]),
            day_of(row["due_on"]),
            row["customer_id"],
            row["discount"],
            row["fee"],
        )
    handed_on: dict[int, date | None] = {}
    for row in rows.execute(
        "SELECT order_id, code,"
        " strftime('%Y-%m-%dT%H:%M:%SZ', at / 1000000, 'unixepoch') AS moment,"
        " json_extract(data, '$.to') AS reached,"
        " json_extract(data, '$.device_returned') AS came_back FROM events"
        " WHERE code IN ('moved', 'reopened') ORDER BY id"
    ):
        seen, day, to = found[row["order_id"]], local(row["moment"]), row["reached"]
        if row["code"] == "reopened":
            if row["came_back"] is not None:  # the device had been handed over
                out = seen.delivered_on or seen.returned_on
                handed_on[row["order_id"]] = None if row["came_back"] else out
            seen.delivered_on = seen.returned_on = seen.cancelled_on = None
        elif to == "ready":
            seen.ready_on = day
        elif to == "in_progress":
            seen.ready_on = None
        elif to in ("delivered", "returned"):
            # a device that stayed with its customer was handed over on the first day
            setattr(seen, f"{to}_on", handed_on.pop(row["order_id"], None) or day)
        elif to == "cancelled":
            seen.cancelled_on = day
        seen.status = to
        seen.steps.append((day, to))
    for row in rows.execute("SELECT * FROM items"):
        total = (row["quantity"] * row["unit_price"] + 500) // 1000 - row["discount"]
        cost = (row["quantity"] * (row["unit_cost"] or 0) + 500) // 1000
        line = (row["kind"], total, cost, row["technician_id"], row["unit_cost"] is not None)
        found[row["order_id"]].lines.append(line)
    for row in rows.execute("SELECT * FROM payments ORDER BY id"):
        found[row["order_id"]].payments.append(
            (date.fromisoformat(row["paid_on"]), row["kind"], row["method"], row["amount"])
        )
    for row in rows.execute("SELECT * FROM charges ORDER BY id"):
        found[row["order_id"]].charges.append(
            (date.fromisoformat(row["booked_on"]), row["kind"], row["amount"])
        )
    for row in rows.execute("SELECT * FROM instalments ORDER BY order_id, position"):
        found[row["order_id"]].parts.append((date.fromisoformat(row["due_on"]), row["amount"]))
    rows.close()
    return found


def money(cents: int) -> str:
    sign = "-" if cents < 0 else ""
    return f"{sign}{abs(cents) // 100}.{abs(cents) % 100:02d}"


def last_day_to_pay(due: date) -> date:
    """The due day, or the business day after a weekend or a national holiday of these months."""
    while due.weekday() in (5, 6) or due.isoformat() in HOLIDAYS:
        due += timedelta(days=1)
    return due


def age(due: date | None, day: date) -> str:
    days = (day - last_day_to_pay(due)).days if due else 0
    if days <= 0:
        return "not_due"
    return AGES[1 + sum(days > most for most in (30, 60, 90))]


def report_again(record: dict[int, Seen], month: Month, today: date) -> dict[str, Any]:
    def inside(day: date | None) -> bool:
        return day is not None and month.first <= day <= month.last

    orders = sorted(record.values(), key=lambda seen: seen.number)
    end = min(month.last, today)
    delivered = [seen for seen in orders if inside(seen.delivered_on)]
    returned = [seen for seen in orders if inside(seen.returned_on)]
    late, late_open = [], []
    for seen in orders:
        if seen.promised_on is None:
            continue
        if inside(seen.ready_on) and seen.ready_on > seen.promised_on:
            late.append(seen)
        over = seen.promised_on <= month.last and seen.promised_on < today
        done = seen.ready_on is not None and seen.ready_on <= end
        if over and not done and seen.status_at(end) in (*WORKING, "awaiting_approval"):
            late_open.append(seen)
    came = went = 0
    methods: dict[str, int] = defaultdict(int)
    for seen in orders:
        for paid, kind, method, amount in seen.payments:
            if inside(paid):
                methods[method] += amount
                came += amount if kind == "payment" else 0
                went -= amount if kind != "payment" else 0
    ages = dict.fromkeys(AGES, 0)
    owing = []
    for seen in orders:
        reached = [seen.ready_on, seen.delivered_on, seen.returned_on]
        if not any(day is not None and day <= end for day in reached):
            continue
        if seen.cancelled_on is not None and seen.cancelled_on <= end:
            continue
        pieces = seen.pieces_at(end)
        for due, amount in pieces:
            ages[age(due, end)] += amount
        if pieces:
            owing.append(seen.number)
    labor = sum(seen.of("service") for seen in delivered)
    parts = sum(seen.of("part") for seen in delivered)
    discounts = sum(seen.discount for seen in delivered)
    fees = sum(seen.fee for seen in returned)
    allowances = sum(seen.charged("allowance", month.first, month.last) for seen in orders)
    revenue = labor + parts - discounts + fees - allowances
    parts_cost = sum(seen.cost_of("part") for seen in delivered)
    service_cost = sum(seen.cost_of("service") for seen in delivered)
    unknown = sum(
        total
        for seen in delivered
        for kind, total, _, _, known in seen.lines
        if kind == "part" and not known
    )
    return {
        "opened": sum(inside(seen.requested_on) for seen in orders),
        "finished": sum(inside(seen.ready_on) for seen in orders),
        "delivered": len(delivered),
        "cancelled": sum(inside(seen.cancelled_on) for seen in orders),
        "late": len(late),
        "late_open": len(late_open),
        "labor": money(labor),
        "parts": money(parts),
        "discounts": money(discounts),
        "fees": money(fees),
        "allowances": money(allowances),
        "revenue": money(revenue),
        "parts_cost": money(parts_cost),
        "service_cost": money(service_cost),
        "cost_unknown": money(unknown),
        "margin": money(revenue - parts_cost - service_cost),
        "late_fees": money(
            sum(seen.charged("late_fees", month.first, month.last) for seen in orders)
        ),
        "received": money(came),
        "reversed": money(went),
        "received_by_method": {m.value: money(methods[m]) for m in PaymentMethod if m in methods},
        "receivable": money(sum(ages.values())),
        "receivable_by_age": {key: money(amount) for key, amount in ages.items()},
        "orders": {
            "delivered": [seen.number for seen in delivered],
            "late": [seen.number for seen in late],
            "late_open": [seen.number for seen in late_open],
            "fees": [seen.number for seen in returned if seen.fee],
            "receivable": owing,
        },
    }


def dashboard_again(record: dict[int, Seen], now: datetime) -> dict[str, Any]:
    today = now.astimezone(ZONE).date()
    orders = list(record.values())
    opened = [s for s in orders if s.status not in ("delivered", "returned", "cancelled")]
    working = [s for s in orders if s.status in WORKING]
    late = [s for s in working if s.promised_on is not None and s.promised_on < today]
    receivable = [
        s
        for s in orders
        if s.status in ("ready", "delivered", "returned") and s.balance_at(date.max) > 0
    ]
    overdue: dict[int, list[tuple[date, int]]] = defaultdict(list)
    numbers = set()
    for seen in orders:
        for due, amount in seen.pieces_at(date.max):
            if due is not None and last_day_to_pay(due) < today:
                overdue[seen.customer].append((due, amount))
                numbers.add(seen.number)
    this = Month.of(today)
    months = [this.shifted(back) for back in range(-11, 1)]
    revenue = dict.fromkeys(months, 0)
    for seen in orders:
        if seen.delivered_on is not None:
            revenue[Month.of(seen.delivered_on)] += seen.revenue
        if seen.returned_on is not None:
            revenue[Month.of(seen.returned_on)] += seen.fee
        for day, kind, amount in seen.charges:
            if kind == "allowance":
                revenue[Month.of(day)] -= amount
    return {
        "open": len(opened),
        "in_progress": len(working) - len(late),
        "late": len(late),
        "awaiting_approval": sum(s.status == "awaiting_approval" for s in orders),
        "ready": sum(s.status == "ready" for s in orders),
        "receivable": {
            "orders": len(receivable),
            "amount": money(sum(s.balance_at(date.max) for s in receivable)),
        },
        "overdue": {
            "orders": len(numbers),
            "amount": money(sum(amount for owed in overdue.values() for _, amount in owed)),
        },
        "revenue_month": money(revenue[this]),
        "revenue_months": [
            {"month": str(month), "amount": money(revenue[month])} for month in months
        ],
        "debtors": sorted(
            (
                money(sum(amount for _, amount in owed)),
                min(due for due, _ in owed).isoformat(),
            )
            for owed in overdue.values()
        ),
    }


@settings(
    max_examples=examples(5),
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # a life has no smaller one
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(seed=st.integers(0, 10**9))
def test_every_figure_is_what_the_record_adds_up_to(empty_shop: Path, seed: int) -> None:
    """Takes seconds: a whole shop is lived through for each seed and added up anew."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(empty_shop, Path(folder) / "shop")
        store = open_store(Path(folder) / "shop", write=True, clock=lambda: START)
        try:
            agreed = replace(store.database.read(shop_form), fine_bp=200, interest_bp=100)
            store.database.run(save_shop, agreed, now=START, author=None)
            life = Life(store.database, seed)
            life.live()
            now = life.now
            record = read_record(store.database.path)
            for month in (Month(2025, 12), Month(2026, 1), Month(2026, 2)):
                found = report_to_json(store.database.read(month_report, month, now=now))
                wanted = report_again(record, month, life.today)
                lists = wanted.pop("orders")
                assert {key: found[key] for key in wanted} == wanted, month
                assert {key: found["orders"][key] for key in lists} == lists, month
                for rows in (found["by_technician"], found["by_service_type"]):
                    for key in (
                        *("labor", "parts", "discounts", "fees", "allowances", "revenue"),
                        *("parts_cost", "service_cost", "cost_unknown"),
                    ):
                        cents = sum(round(float(row[key]) * 100) for row in rows)
                        assert money(cents) == wanted[key], (month, key)
            found = dashboard_to_json(store.database.read(dashboard, now=now))
            wanted = dashboard_again(record, now)
            debtors = sorted((each["amount"], each["since"]) for each in found["debtors"])
            assert debtors == wanted.pop("debtors")
            assert {key: found[key] for key in wanted} == wanted
        finally:
            store.close()
