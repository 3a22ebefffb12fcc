"""Month reports for the tests of papers and spreadsheets: whole, consistent, of any size."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from tests.builders import make_shop

from osdesk.domain.calendar import Month
from osdesk.domain.codes import ChargeKind, PaymentKind, PaymentMethod
from osdesk.domain.orders.status import Status
from osdesk.domain.period import Period
from osdesk.domain.views.figures import (
    Debtor,
    MonthFigures,
    MonthReport,
    ReportCharge,
    ReportOrder,
    ReportOwed,
    ReportPayment,
    RevenueRow,
)

NOVEMBER = Month(2026, 11)
CLOSED = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)
RUNNING = datetime(2026, 11, 24, 17, 40, tzinfo=UTC)

NAMES = (
    "Maria das Dores Conceição",
    "João Batista de Souza",
    "Padaria Estrela do Norte Ltda.",
    "Luciana Peçanha",
    "Ana Beatriz Nascimento",
)
DEVICES = (
    "Lavadora Brastemp BWK12ABANA",
    "Celular Apple iPhone 13",
    "Notebook Dell Inspiron 15",
    "TV LG 42LN5700",
)
TECHNICIANS = ("Edson Ramos", "Priscila Lima", None)
STATUSES = (Status.DELIVERED, Status.READY, Status.IN_PROGRESS, Status.CANCELLED)


PAYMENTS = (
    ReportPayment(
        10_001, 701, date(2026, 11, 2), PaymentKind.PAYMENT, PaymentMethod.PIX, 1_435_000
    ),
    ReportPayment(
        10_002, 702, date(2026, 11, 7), PaymentKind.PAYMENT, PaymentMethod.CREDIT, 375_000
    ),
    ReportPayment(10_002, 703, date(2026, 11, 9), PaymentKind.REFUND, PaymentMethod.CASH, -15_000),
)
OWED = (
    ReportOwed(9_901, 1, "Padaria Estrela do Norte Ltda.", date(2026, 11, 3), 124_000, 27, "1-30"),
    # the 10th is a Saturday, the Monday after it a holiday
    ReportOwed(9_902, 2, "Oficina do Zé ME", date(2026, 10, 10), 61_000, 48, "31-60"),
    ReportOwed(9_903, 3, "Luciana Peçanha", date(2026, 8, 12), 39_000, 110, "over_90"),
    *(
        ReportOwed(9_904 + n, 4 + n, f"Cliente {n}", None, 19_533, 0, "not_delivered")
        for n in range(5)
    ),
    ReportOwed(9_909, 9, "Cliente 9", date(2026, 12, 10), 19_535),
)


CHARGES = (
    ReportCharge(9_702, date(2026, 11, 9), ChargeKind.ALLOWANCE, 4_000),
    ReportCharge(9_702, date(2026, 11, 17), ChargeKind.LATE_FEES, 350),
)


def make_figures(month: Month | Period = NOVEMBER, **changes: object) -> MonthFigures:
    figures = MonthFigures(
        period=Period.of_month(month) if isinstance(month, Month) else month,
        opened=42,
        finished=38,
        delivered=35,
        cancelled=2,
        late=5,
        mean_late_days=23,
        mean_days_to_ready=41,
        labor=1_250_000,
        parts=740_050,
        discounts=66_050,
        revenue=1_932_000,
        parts_cost=410_000,
        received=1_810_000,
        reversed=15_000,
        received_by_method={
            PaymentMethod.CASH: 320_000,
            PaymentMethod.PIX: 1_100_000,
            PaymentMethod.CREDIT: 375_000,
        },
        receivable=341_200,
        receivable_orders=9,
        receivable_by_age={
            "not_due": 19_535,
            "1-30": 124_000,
            "31-60": 61_000,
            "61-90": 0,
            "over_90": 39_000,
            "not_delivered": 97_665,
        },
        late_open=3,
        fees=12_000,
        allowances=4_000,
        late_fees=350,
        service_cost=25_000,
        cost_unknown=31_050,
    )
    return replace(figures, **changes)  # type: ignore[arg-type]  # any field


def empty_figures(month: Month | Period) -> MonthFigures:
    zero = dict.fromkeys(
        (
            *("opened", "finished", "delivered", "cancelled", "late", "mean_late_days"),
            *("mean_days_to_ready", "labor", "parts", "discounts", "revenue", "parts_cost"),
            *("received", "reversed", "receivable", "receivable_orders", "late_open", "fees"),
            *("allowances", "late_fees", "service_cost", "cost_unknown"),
        ),
        0,
    )
    ages = dict.fromkeys(("not_due", "1-30", "31-60", "61-90", "over_90", "not_delivered"), 0)
    return make_figures(month, **zero, received_by_method={}, receivable_by_age=ages)


def row(
    name: str | None,
    orders: int,
    labor: int,
    parts: int,
    discounts: int,
    cost: int,
    service_cost: int = 0,
    unknown: int = 0,
    fees: int = 0,
    allowances: int = 0,
) -> RevenueRow:
    """A name's sums, with the revenue that they come to."""
    revenue = labor + parts - discounts + fees - allowances
    return RevenueRow(
        name,
        orders,
        labor,
        parts,
        discounts,
        revenue,
        cost,
        service_cost,
        unknown,
        fees,
        allowances,
    )


def make_order(place: int, **changes: object) -> ReportOrder:
    status = STATUSES[place % 4]
    opened = NOVEMBER.first + timedelta(days=place % 28)
    done = opened + timedelta(days=place % 3)
    order = ReportOrder(
        number=10_001 + place,
        customer=f"{NAMES[place % 5]} {place}",
        equipment=DEVICES[place % 4],
        technician=TECHNICIANS[place % 3],
        requested_on=opened,
        ready_on=done if place % 4 < 2 else None,
        delivered_on=done if place % 4 == 0 else None,
        status=status,
        total=0 if status is Status.CANCELLED else 12_345 + place * 17,
        balance=0 if place % 4 else place % 7 * 100,
    )
    if order.delivered_on:
        order = replace(order, labor=order.total - 2_000, parts=2_500, discount=500, parts_cost=900)
    return replace(order, **changes)  # type: ignore[arg-type]  # any field


def make_report(orders: int = 80, *, now: datetime = CLOSED, **changes: object) -> MonthReport:
    listed = tuple(make_order(place) for place in range(orders))
    days = [NOVEMBER.first + timedelta(days=count) for count in range(30)]
    receipts = [amount * 100 for amount in range(0, 1_200, 40)]
    by_day = [(day, amount) for day, amount in zip(days, receipts, strict=True)]
    by_day[6] = (days[6], -5_000)
    by_day[-1] = (days[-1], 1_795_000 - sum(amount for _, amount in by_day[:-1]))
    report = MonthReport(
        shop=make_shop(),
        issued_at=now,
        figures=make_figures(),
        before=make_figures(Month(2026, 10), opened=40, revenue=2_100_000, late=0, reversed=0),
        year_ago=empty_figures(Month(2025, 11)),
        partial=now < CLOSED - timedelta(hours=9),
        received_by_day=tuple(by_day),
        by_technician=(
            row("Edson Ramos", 23, 800_000, 500_050, 40_050, 300_000, 25_000, 31_050, 12_000),
            row("Priscila Lima", 14, 450_000, 240_000, 26_000, 110_000, 0, 0, 0, 4_000),
            row(None, 1, 0, 0, 0, 0),
        ),
        by_service_type=(
            row("Conserto", 31, 1_150_000, 700_050, 60_050, 400_000, 25_000, 31_050, 12_000, 4_000),
            row("Manutenção preventiva", 5, 100_000, 40_000, 6_000, 10_000),
        ),
        by_equipment=(
            row("Lavadora", 21, 900_000, 640_050, 66_050, 350_000, 25_000, 31_050, 12_000, 4_000),
            row("Celular", 15, 350_000, 100_000, 0, 60_000),
        ),
        debtors=(
            Debtor(1, "Padaria Estrela do Norte Ltda.", 124_000, date(2026, 11, 3), 27),
            Debtor(2, "Oficina do Zé ME", 61_000, date(2026, 10, 10), 48),
            Debtor(3, "Luciana Peçanha", 39_000, date(2026, 8, 12), 110),
        ),
        numbers={
            "opened": tuple(10_001 + n for n in range(42)),
            "finished": tuple(10_001 + n for n in range(38)),
            "delivered": tuple(10_001 + n for n in range(35)),
            "cancelled": (10_004, 10_008),
            "late": (10_001, 10_005, 10_009, 10_013, 10_017),
            "late_open": (9_880, 9_881, 10_003),
            "fees": (9_870,),
            "allowances": (9_702,),
            "cost_unknown": (10_001, 10_005),
            "receivable": tuple(9_901 + n for n in range(9)),
            "received": (10_001, 10_002),
            "reversed": (10_002,),
            "late_fees": (9_702,),
        },
        orders=listed,
        payments=PAYMENTS,
        owed=OWED,
        charges=CHARGES,
    )
    return replace(report, **changes)  # type: ignore[arg-type]  # any field


def empty_report(*, now: datetime = CLOSED) -> MonthReport:
    """A month in which nothing happened, before and after too."""
    return make_report(
        0,
        now=now,
        figures=empty_figures(NOVEMBER),
        before=empty_figures(Month(2026, 10)),
        received_by_day=tuple((NOVEMBER.first + timedelta(days=n), 0) for n in range(30)),
        by_technician=(),
        by_service_type=(),
        by_equipment=(),
        debtors=(),
        numbers=dict.fromkeys(
            (
                *("opened", "finished", "delivered", "cancelled", "late", "late_open"),
                *("fees", "allowances", "cost_unknown"),
                *("receivable", "received", "reversed", "late_fees"),
            ),
            (),
        ),
        payments=(),
        owed=(),
        charges=(),
    )
