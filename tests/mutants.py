"""Small changes of rules and money, each tried with the tests that ought to notice it.

    python -m tests.mutants             tries all and prints which no test noticed
    python -m tests.mutants late        only those whose path or text holds a word

Run by hand, from the root of the tree: it takes some minutes. Each change is made in a copy of the
source, never in the tree. A change whose place is not found any more ends the run: write it anew.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SECONDS = 300
"""A change that makes a loop endless is noticed by that."""


@dataclass(frozen=True)
class Mutant:
    file: str
    before: str
    after: str
    tests: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.file}: {self.before}  ->  {self.after}"


def of(file: str, tests: str, *changes: tuple[str, str]) -> Iterator[Mutant]:
    """Changes of one file, tried with the same tests: paths under ``tests``."""
    for before, after in changes:
        yield Mutant(file, before, after, tuple(f"tests/{path}" for path in tests.split()))


MUTANTS = (
    *of(
        "domain/orders/status.py",
        "domain services/orders/test_listing.py",
        ("promised_on < today", "promised_on <= today"),
        ("promised_on != today", "promised_on == today"),
        ('promised_time <= now.strftime("%H:%M")', 'promised_time < now.strftime("%H:%M")'),
        ("due_on < overdue_before(today)", "due_on <= overdue_before(today)"),
        ("due_on < overdue_before(today)", "due_on < today"),
        ("paid >= total", "paid > total"),
        ("if paid > 0 else PaymentState.DUE", "if paid >= 0 else PaymentState.DUE"),
        ("status in RECEIVABLE and balance > 0", "status in RECEIVABLE and balance >= 0"),
        ("S.READY: (S.DELIVERED, S.IN_PROGRESS)", "S.READY: (S.DELIVERED,)"),
        (
            "CLOSED = frozenset({S.DELIVERED, S.RETURNED, S.CANCELLED})",
            "CLOSED = frozenset({S.DELIVERED, S.RETURNED})",
        ),
    ),
    *of(
        "domain/orders/rules.py",
        "domain services/test_line_warranty.py services/orders",
        ("facts.balance_under(to) > 0\n", "facts.balance_under(to) >= 0\n"),
        ("day is not None and day >= today", "day is not None and day > today"),
        ("_quoted_total(facts) <= 0", "_quoted_total(facts) < 0"),
        ("is not None and facts.status in BEGUN", "is not None"),
        (
            "facts.handed_on is not None and facts.due_on is not None",
            "facts.due_on is not None",
        ),
        ("past and len(past) == len(names)", "past"),
        ('== "items" and status is not Status.CANCELLED', '== "items"'),
        ("if status not in HANDED_OVER:", "if status in ():"),
        ("or total_of(before) == total_of(after) == 0", "or total_of(after) == 0"),
        ("facts.valid_until < today", "facts.valid_until <= today"),
        ("facts.paid != 0", "facts.paid > 100"),
        ("facts.balance_under(to) < 0", "facts.balance_under(to) < -1"),
        ("start_on > promised_on", "start_on >= promised_on"),
        ("after.fee > before.fee", "after.fee >= before.fee + 2"),
        ("ceiling > held and", "ceiling >= held + 2 and"),
        ("if total_of(after) < total_of(before):", "if total_of(after) <= total_of(before):"),
        ("_promise(after) > _promise(before)", "_promise(after) >= _promise(before)"),
        ("if total_of(after) > total_of(before):", "if total_of(after) > total_of(before) + 1:"),
        ("freed < 0 or left[key]", "left[key]"),
        ("left[key] < _count(before.items, key)", "left[key] < 0"),
        ("changed = [*changed, *longest_first[:freed]]", "changed = [*changed, *longest_first]"),
        ("new.keys() <= old.keys()", "new.keys() == old.keys()"),
        ("((0, 1), (1, -1))", "((0, 1), (1, 1))"),
        ("min(before.ceiling, after.ceiling)", "max(before.ceiling, after.ceiling)"),
        ("total_of(after) > min(", "total_of(after) >= min("),
        ("self.quantity >= less.quantity", "self.quantity > less.quantity"),
        ("len(self.days) >= len(less.days)", "len(self.days) >= 0"),
        ("all(now >= was for", "all(now > was for"),
        ('END_OF_DAY = "24:00"', 'END_OF_DAY = "00:00"'),
        ("max(LEGAL_WARRANTY_DAYS, days or 0)", "days or LEGAL_WARRANTY_DAYS"),
        ("max(LEGAL_WARRANTY_DAYS, *days) if", "min(LEGAL_WARRANTY_DAYS, *days) if"),
        ("else max(LEGAL_WARRANTY_DAYS, shop_days)", "else shop_days"),
    ),
    *of(
        "domain/orders/warranty.py",
        "domain/orders services/orders/test_warranty.py",
        ("entered_on < delivered_on", "entered_on <= delivered_on"),
        ("entered_on > until", "entered_on >= until"),
        ("max(0, (left_on - entered_on).days)", "max(0, (left_on - entered_on).days + 1)"),
        ("over if end < entered_on", "over if end <= entered_on"),
        ("if redone else end", "if not redone else end"),
        ("if not same_device:", "if same_device is None:"),
    ),
    *of(
        "domain/orders/late_fees.py",
        "domain/orders services/orders/test_payments.py services/customers",
        ("MOST_FINE_BP = 200", "MOST_FINE_BP = 201"),
        ("MOST_INTEREST_BP = 100", "MOST_INTEREST_BP = 101"),
        ("MONTH_DAYS = 30", "MONTH_DAYS = 31"),
        ("(2 * value + by) // (2 * by)", "value // by"),
        ("(2 * value + by) // (2 * by)", "(2 * value + by - 1) // (2 * by)"),
        ("if days == 0:", "if days <= 1:"),
        ("fine, days = 0, max(", "fine, days = fine, max("),
        ("(day - received_until).days, 0", "(day - received_until).days, 1"),
    ),
    *of(
        "domain/orders/instalments.py",
        "domain/orders services/orders/test_instalments.py",
        ("min(first.day, month.last.day)", "min(first.day, 28)"),
        ("if paid < 0:", "if paid <= 0:"),
        ("        if amount > 0:", "        if amount >= 0:"),
        ("part.due_on <= parts[row - 1].due_on", "part.due_on < parts[row - 1].due_on"),
        ("len(parts) > MOST", "len(parts) >= MOST"),
        ("max(before, start) < min(after,", "max(before, start) <= min(after,"),
        ("min(count, balance, MOST)", "min(count, MOST)"),
    ),
    *of(
        "domain/orders/pick_up.py",
        "domain services/test_new_papers.py services/reports/test_dashboard.py",
        ("if day >= since", "if day > since"),
        ("timedelta(days=pick_up_days)", "timedelta(days=pick_up_days - 1)"),
    ),
    *of(
        "domain/orders/bulk_steps.py",
        "domain/orders/test_bulk_steps.py services/orders/test_bulk.py",
        ("len(people) == 1 or", "len(people) >= 1 or"),
        ("row.balance > 0 for", "row.balance >= 0 for"),
    ),
    *of(
        "domain/money.py",
        "domain",
        ("(quantity * unit_price + 500) // 1000", "(quantity * unit_price + 499) // 1000"),
        ("(quantity * unit_price + 500) // 1000", "quantity * unit_price // 1000"),
        ("(base * hundredths + 50_00) // 100_00", "(base * hundredths + 49_99) // 100_00"),
        ("hundredths > 100_00", "hundredths >= 100_00"),
        ("cents > most", "cents >= most"),
        ("1 <= quantity <= MAX", "1 <= quantity < MAX"),
        (
            "[share + 1] * odd + [share] * (parts - odd)",
            "[share] * (parts - odd) + [share + 1] * odd",
        ),
        ("-(total * weights[i] % whole), i", "(total * weights[i] % whole), i"),
    ),
    *of(
        "domain/calendar.py",
        "domain",
        ("easter(year) - timedelta(days=2)", "easter(year) - timedelta(days=3)"),
        ("year >= 2024", "year > 2024"),
        ("last_open = 5 if saturday else 4", "last_open = 5 if saturday else 5"),
        ("while not is_business_day(day - timedelta(days=1)):", "while not is_business_day(day):"),
        ("int(hour) > 23 or int(minute) > 59", "int(hour) > 24 or int(minute) > 59"),
    ),
    *of(
        "domain/period.py",
        "domain/test_period.py services/reports",
        ("self.first <= day <= self.last", "self.first <= day < self.last"),
        ("self.first <= day <= self.last", "self.first < day <= self.last"),
        ("(self.last - self.first).days + 1", "(self.last - self.first).days"),
    ),
    *of(
        "domain/clauses.py",
        "domain/test_clauses.py",
        ("_days(found) < LEGAL_DAYS", "_days(found) <= LEGAL_DAYS"),
        ("> LARGEST_FINE", ">= LARGEST_FINE"),
    ),
    *of(
        "services/orders/payments.py",
        "services/orders/test_payments.py services/orders/test_instalments.py services/customers",
        ("if due_on < local_day(", "if due_on <= local_day("),
        ("if fees > sum(", "if fees >= sum("),
        ("    if day > today:", "    if day >= today:"),
        ("day < row.requested_on", "day <= row.requested_on"),
        ("form.amount > row.balance + fees", "form.amount >= row.balance + fees"),
        ("amount > row.paid", "amount >= row.paid"),
        ("owed_on < today", "owed_on <= today"),
        ("max(amount - max(-row.balance, 0), 0)", "max(amount, 0)"),
        ("        -payment.amount,\n", "        payment.amount,\n"),
        ("fees=-fees_of_payment(session, payment)", "fees=0"),
        ("        fees -= mine", "        fees -= 0"),
        ("if there < 0:", "if there <= 0:"),
        ("row.balance > 0 and row.due_on is None", "row.balance > 0 and row.due_on is not None"),
    ),
    *of(
        "services/orders/instalments.py",
        "services/orders/test_instalments.py services/orders/test_payments.py",
        ("!= max(row.balance, 0)", "!= row.balance"),
        ("row.due_on = wanted[0].due_on", "row.due_on = wanted[-1].due_on"),
        ("row.due_on = days[0]", "row.due_on = days[-1]"),
        ("if len(days) > 1 else []", "if len(days) > 2 else []"),
    ),
    *of(
        "services/orders/charges.py",
        "services/orders/test_payments.py services/customers",
        ("row.allowance += amount", "row.allowance = amount"),
        ("row.late_fees += amount", "row.late_fees = amount"),
        ("if row.status not in RECEIVABLE:", "if row.status in ():"),
        ("func.max(Charge.booked_on)", "func.min(Charge.booked_on)"),
        ("Payment.reverses_id.is_not(None)", "Payment.reverses_id.is_(None)"),
    ),
    *of(
        "services/orders/listing.py",
        "services/orders/test_listing.py services/customers services/reports",
        ("promised < today", "promised <= today"),
        ("Order.promised_time <= hour", "Order.promised_time < hour"),
        (
            'Order.promised_time > local.strftime("%H:%M")',
            'Order.promised_time >= local.strftime("%H:%M")',
        ),
        ('literal_column("orders.balance > 0")', 'literal_column("orders.balance >= 0")'),
        ("row.valid_until < local.date()", "row.valid_until <= local.date()"),
    ),
    *of(
        "services/orders/quotes.py",
        "services/orders/test_quotes.py services/orders/test_steps.py services/orders",
        ("given is None or given < today", "given is None or given <= today"),
        ("given = None if given == counted else given", "given = given"),
        ("row.valid_until < today", "row.valid_until <= today"),
        ("order.valid_until = today + days", "order.valid_until = today + days + timedelta(1)"),
    ),
    *of(
        "services/orders/steps.py",
        "services/orders/test_steps.py services/orders/test_warranty.py services/orders",
        ("given_validity < today", "given_validity <= today"),
        ("day + timedelta(days=days)", "day + timedelta(days=days - 1)"),
        ("to, row.handed_on or today)", "to, today)"),
        ("_handed_at(session, row) or now", "now"),
        ("None if device_returned else", "None if not device_returned else"),
        ("was is Status.AWAITING_APPROVAL and to is not", "was is Status.APPROVED and to is not"),
    ),
    *of(
        "services/orders/warranty.py",
        "services/orders/test_warranty.py services/orders/test_saving.py",
        ("redone=to is Status.DELIVERED", "redone=to is Status.RETURNED"),
        ("return max((day for", "return min((day for"),
        ("(own or moved)", "own"),
        ("return over if running else []", "return over"),
        ("one.customer_id == other.customer_id and fold", "fold"),
    ),
    *of(
        "services/orders/forms.py",
        "services/orders",
        ("form.discount > totals.lines", "form.discount >= totals.lines"),
        ("item.discount > gross", "item.discount >= gross"),
        ("not 0 <= item.warranty_days <= LONGEST", "not 0 < item.warranty_days <= LONGEST"),
        ("totals.lines > MAX_CENTS", "totals.lines >= MAX_CENTS"),
        ("len(items) > ITEMS_LIMIT", "len(items) >= ITEMS_LIMIT"),
    ),
    *of(
        "services/orders/access_codes.py",
        "services/orders/test_access_codes.py",
        ("closed_on <= last", "closed_on < last"),
    ),
    *of(
        "services/orders/notices.py",
        "services/orders/test_notices.py services/customers",
        ("row.balance <= 0", "row.balance < 0"),
    ),
    *of(
        "services/customers/customers.py",
        "services/customers services/test_recomputed.py",
        ("Order.due_on < overdue_before(", "Order.due_on <= overdue_before("),
    ),
    *of(
        "services/customers/accounts.py",
        "services/customers services/test_recomputed.py",
        ("owed.c.due_on < overdue_before(today)", "owed.c.due_on <= overdue_before(today)"),
    ),
    *of(
        "services/reports/figures.py",
        "services/reports services/test_recomputed.py",
        ("if days <= most", "if days < most"),
        ("(20 * sum(values) + count) // (2 * count)", "20 * sum(values) // (2 * count)"),
        (
            "max((order.ready_on - order.promised_on).days, 0)",
            "max((order.ready_on - order.promised_on).days - 1, 0)",
        ),
        ("paid.kind is not PaymentKind.PAYMENT", "paid.kind is PaymentKind.REFUND"),
        ("labor + parts - discounts + fees - allowances", "labor + parts - discounts + fees"),
        ("labor + parts - discounts + fees - allowances", "labor + parts - discounts - allowances"),
    ),
    *of(
        "services/reports/closings.py",
        "services/reports/test_closings.py",
        (
            "local_day(now, zone_of(session)) <= month.last",
            "local_day(now, zone_of(session)) < month.last",
        ),
        (
            "local_day(now, zone_of(session)) > month.last",
            "local_day(now, zone_of(session)) >= month.last",
        ),
    ),
)


def places() -> Iterator[str]:
    """Changes whose place is not found, or found more than once."""
    for mutant in MUTANTS:
        count = (ROOT / "src" / "osdesk" / mutant.file).read_text("utf-8").count(mutant.before)
        if count != 1:
            yield f"{count} places: {mutant}"


def is_noticed(mutant: Mutant, copy: Path, moment: int) -> bool:
    """Whether a test fails on the change; ``moment``: the file's, so that it is compiled anew."""
    changed = copy / "src" / "osdesk" / mutant.file
    source = (ROOT / "src" / "osdesk" / mutant.file).read_text("utf-8")
    changed.write_text(source.replace(mutant.before, mutant.after), "utf-8")
    os.utime(changed, (moment, moment))
    quiet = ("-x", "-q", "--no-header", "--tb=no", "-p", "no:randomly", "-p", "no:cacheprovider")
    environment = {
        **os.environ,
        "PYTHONPATH": str(copy / "src"),
        "PYTHONPYCACHEPREFIX": str(copy / "compiled"),
        "QT_QPA_PLATFORM": "offscreen",
    }
    try:
        done = subprocess.run(
            [sys.executable, "-m", "pytest", *quiet, *mutant.tests],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=SECONDS,
        )
    except subprocess.TimeoutExpired:
        return True
    finally:
        changed.write_text(source, "utf-8")
        os.utime(changed, (moment + 1, moment + 1))
    if done.returncode not in (0, 1):
        sys.exit(f"{mutant}\n{done.stdout}")
    return done.returncode == 1


def main(words: Iterable[str]) -> int:
    lost = [*places()]
    if lost:
        sys.exit("\n".join(lost))
    chosen = [m for m in MUTANTS if not words or any(word in str(m) for word in words)]
    survivors = []
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        shutil.copytree(ROOT / "src", copy / "src", ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copytree(ROOT / "resources", copy / "resources")
        for count, mutant in enumerate(chosen):
            noticed = is_noticed(mutant, copy, 1_000_000_000 + 10 * count)
            print("noticed " if noticed else "SURVIVES", mutant, flush=True)
            if not noticed:
                survivors.append(mutant)
    print(f"\n{len(chosen) - len(survivors)} of {len(chosen)} were noticed")
    for mutant in survivors:
        print(f"  {mutant}")
    return 1 if survivors else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
