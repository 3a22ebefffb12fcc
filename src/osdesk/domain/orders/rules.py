"""What an order's steps and changes ask for, what its totals are, when a quote is asked again.

Pure: facts in, names of what is missing out. The services, the editor's buttons and the commands
all ask here, so that none of them can pass by a guard.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum, auto
from typing import Protocol

from osdesk.domain.codes import NOT_NEW, ItemKind, PartCondition
from osdesk.domain.errors import UserError
from osdesk.domain.money import line_total
from osdesk.domain.orders.forms import ORDER_FIELDS, OrderForm, StepForm
from osdesk.domain.orders.instalments import due_day
from osdesk.domain.orders.status import (
    AGREED,
    BEGUN,
    HANDED_OVER,
    LINES_LOCKED,
    UNSERVICED,
    Status,
)
from osdesk.domain.views.orders import OrderView

LEGAL_WARRANTY_DAYS = 90
"""CDC art. 26 II: durable goods, counted from delivery."""


class Line(Protocol):
    """A line of an order, wherever it comes from: a form, a view or a stored row."""

    @property
    def kind(self) -> ItemKind: ...
    @property
    def description(self) -> str: ...
    @property
    def quantity(self) -> int: ...
    @property
    def unit(self) -> str: ...
    @property
    def unit_price(self) -> int: ...
    @property
    def discount(self) -> int: ...
    @property
    def part_condition(self) -> PartCondition | None: ...
    @property
    def warranty_days(self) -> int | None: ...


@dataclass(frozen=True)
class Totals:
    """Centavos; ``labor`` and ``parts`` after the discounts of their lines."""

    labor: int
    parts: int
    discount: int

    @property
    def lines(self) -> int:
        return self.labor + self.parts

    @property
    def total(self) -> int:
        return self.lines - self.discount


def total_of_line(line: Line) -> int:
    return line_total(line.quantity, line.unit_price) - line.discount


def totals_of(lines: Iterable[Line], discount: int) -> Totals:
    labor = parts = 0
    for line in lines:
        if line.kind is ItemKind.SERVICE:
            labor += total_of_line(line)
        else:
            parts += total_of_line(line)
    return Totals(labor, parts, discount)


def total_of(form: OrderForm) -> int:
    """What the lines of a form come to, in centavos."""
    return totals_of(form.items, form.discount).total


def owed_total(
    status: Status, totals: Totals, fee: int, allowance: int = 0, late_fees: int = 0
) -> int:
    """What the customer owes under this status: the lines or the fee agreed at intake, less what
    the price fell after delivery, with the late fees that were booked; nothing where cancelled."""
    if status is Status.CANCELLED:
        return 0
    price = fee if status in UNSERVICED else totals.total
    return max(price - allowance, 0) + late_fees


@dataclass(frozen=True)
class OrderFacts:
    """What the guards look at; days are local."""

    status: Status
    technician: str | None
    lines: Sequence[Line]
    discount: int
    fee: int
    paid: int
    start_on: date | None
    promised_on: date | None
    valid_until: date | None
    due_on: date | None
    report: str | None
    allowance: int = 0
    late_fees: int = 0
    handed_on: date | None = None
    """Reopened, and the device stayed with the customer since this day."""
    payment_terms: str | None = None
    """The order's, else the shop's."""
    used_parts_approved: bool = False
    """Used or reconditioned parts were authorised when the work was approved."""

    def balance_under(self, status: Status) -> int:
        totals = totals_of(self.lines, self.discount)
        total = owed_total(status, totals, self.fee, self.allowance, self.late_fees)
        return total - self.paid


class HasFacts(Protocol):
    """An order as a screen or the storage has it."""

    @property
    def status(self) -> Status: ...
    @property
    def items(self) -> Sequence[Line]: ...
    @property
    def discount(self) -> int: ...
    @property
    def fee(self) -> int: ...
    @property
    def paid(self) -> int: ...
    @property
    def start_on(self) -> date | None: ...
    @property
    def promised_on(self) -> date | None: ...
    @property
    def valid_until(self) -> date | None: ...
    @property
    def due_on(self) -> date | None: ...
    @property
    def report(self) -> str | None: ...
    @property
    def allowance(self) -> int: ...
    @property
    def late_fees(self) -> int: ...
    @property
    def handed_on(self) -> date | None: ...
    @property
    def payment_terms(self) -> str | None: ...


def facts_of(
    order: HasFacts, technician: str | None, *, shop_terms: str, used_parts_approved: bool
) -> OrderFacts:
    """The facts of a stored order; ``shop_terms``: the payment terms where it has none."""
    return OrderFacts(
        status=order.status,
        technician=technician,
        lines=order.items,
        discount=order.discount,
        fee=order.fee,
        paid=order.paid,
        start_on=order.start_on,
        promised_on=order.promised_on,
        valid_until=order.valid_until,
        due_on=order.due_on,
        report=order.report,
        allowance=order.allowance,
        late_fees=order.late_fees,
        handed_on=order.handed_on,
        payment_terms=order.payment_terms or shop_terms or None,
        used_parts_approved=used_parts_approved,
    )


def facts_of_view(order: OrderView, shop_terms: str) -> OrderFacts:
    """The facts of an order as the screens have it."""
    approval = order.approval
    approved = approval is not None and approval.used_parts_authorized_by is not None
    technician = order.technician
    return facts_of(order, technician, shop_terms=shop_terms, used_parts_approved=approved)


def facts_with(facts: OrderFacts, form: OrderForm | None) -> OrderFacts:
    """The facts as they will be once ``form`` is saved with the step."""
    if form is None:
        return facts
    return replace(
        facts,
        technician=form.technician,
        lines=form.items,
        discount=form.discount,
        fee=form.fee,
        start_on=form.start_on,
        promised_on=form.promised_on,
        valid_until=form.valid_until,
        due_on=due_day(form),
        report=form.report,
        payment_terms=form.payment_terms or facts.payment_terms,
    )


def has_used_part(lines: Iterable[Line]) -> bool:
    return any(line.kind is ItemKind.PART and line.part_condition in NOT_NEW for line in lines)


def is_filled(text: str | None) -> bool:
    return bool(text and text.strip())


def has_service_line(lines: Iterable[Line]) -> bool:
    return any(line.kind is ItemKind.SERVICE and line.description.strip() for line in lines)


def step_needs(facts: OrderFacts, to: Status, step: StepForm, *, today: date) -> list[str]:
    """Names of all that is still missing for a step, in the order in which a person is asked.

    The guards of the order's steps, as JSON keys; a day that has passed counts as missing.
    ``valid_until`` of a quote has a default and is never missing. An empty list does not mean that
    the step is allowed: ``can_move`` says that.
    """
    wanted: list[tuple[str, object]]
    match to:
        case Status.IN_DIAGNOSIS | Status.IN_PROGRESS:
            wanted = [("technician", facts.technician)]
        case Status.AWAITING_APPROVAL:
            wanted = [
                ("items", facts.lines),
                ("start_on", _is_ahead(facts.start_on, today) or _has_begun(facts)),
                ("promised_on", _is_ahead(facts.promised_on, today)),
                ("payment_terms", is_filled(facts.payment_terms)),
            ]
        case Status.APPROVED:
            wanted = [
                ("approved_by", step.approved_by),
                ("approved_via", step.approved_via),
                ("technician", facts.technician),
                ("promised_on", facts.promised_on),
                ("valid_until", not quote_lapsed(facts, today)),
            ]
        case Status.AWAITING_PART:
            wanted = [("waiting_for", step.waiting_for)]
        case Status.READY:
            authorized = (
                step.used_parts_authorized_by
                or facts.used_parts_approved
                or not has_used_part(facts.lines)
            )
            wanted = [
                ("report", is_filled(facts.report) or has_service_line(facts.lines)),
                ("used_parts_authorized_by", authorized),
            ]
        case Status.DELIVERED | Status.RETURNED:
            owed = facts.balance_under(to) > 0
            agreed_before = facts.handed_on is not None and facts.due_on is not None
            dated = _is_ahead(facts.due_on, today) or agreed_before
            wanted = [("collected_by", step.collected_by), ("due_on", dated or not owed)]
        case Status.DECLINED | Status.CANCELLED:
            wanted = [("reason", step.reason)]
        case Status.UNREPAIRABLE:
            wanted = [("report", is_filled(facts.report))]
        case _:
            wanted = []
    return [name for name, value in wanted if not value]


def missing_error(
    to: Status, names: Sequence[str], facts: OrderFacts, *, again: bool = False
) -> UserError:
    """What a step lacks as an error; a day that is there and has passed is told as that.
    ``again``: the step follows from a change of what was agreed."""
    more = {"again": True} if again else {}
    promised = {"start_on": facts.start_on, "promised_on": facts.promised_on}
    past = [name for name in names if promised.get(name) is not None]
    if past and len(past) == len(names):
        return UserError("date_in_past", field=past[0], names=past, **more)
    return UserError("missing", to=to, names=list(names), **more)


HINDERED = {"start_after_promise": "start_on", "quote_of_nothing": "items"}
"""The field in which what ``step_hindrance`` says is mended, where there is one."""


def _is_ahead(day: date | None, today: date) -> bool:
    return day is not None and day >= today


def _has_begun(facts: OrderFacts) -> bool:
    """The day on which a work began is a fact, not a promise."""
    return facts.start_on is not None and facts.status in BEGUN


def quote_lapsed(facts: OrderFacts, today: date) -> bool:
    """A quote that waits for its answer and is past its validity; straight from ``received`` none
    is needed."""
    if facts.status is not Status.AWAITING_APPROVAL:
        return False
    return facts.valid_until is None or facts.valid_until < today


def step_hindrance(facts: OrderFacts, to: Status) -> str | None:
    """Code of what forbids a step whatever is filled in: money to be given back first, a quote of
    nothing, or a work that would start after the day it is promised for."""
    if to is Status.AWAITING_APPROVAL and facts.lines and _quoted_total(facts) <= 0:
        return "quote_of_nothing"
    if to is Status.AWAITING_APPROVAL and starts_late(facts.start_on, facts.promised_on):
        return "start_after_promise"
    if to is Status.CANCELLED and facts.paid != 0:
        return "paid_not_returned"
    if to in (Status.DELIVERED, Status.RETURNED) and facts.balance_under(to) < 0:
        return "credit_not_returned"
    return None


def _quoted_total(facts: OrderFacts) -> int:
    return totals_of(facts.lines, facts.discount).total


def starts_late(start_on: date | None, promised_on: date | None) -> bool:
    """Whether the work would start after the day for which it is promised."""
    return start_on is not None and promised_on is not None and start_on > promised_on


def promised_line(line: Line) -> dict[str, object]:
    """What a quote or a signed paper promises of a line, as plain values; never its cost."""
    return {
        "kind": line.kind.value,
        "description": line.description,
        "quantity": line.quantity,
        "unit": line.unit,
        "unit_price": line.unit_price,
        "discount": line.discount,
        "part_condition": line.part_condition.value if line.part_condition else None,
        "warranty_days": line.warranty_days,
    }


# -- what a change of a stored order means ---------------------------------------------------------


class Outcome(Enum):
    """What saving a change leads to, beside the change itself."""

    PLAIN = auto()
    ASKS_AGAIN = auto()
    """What was agreed changes: the order goes back for approval with a new quote."""
    NEW_VERSION = auto()
    """The quote that waits for its answer becomes a new version."""
    RENEWED = auto()
    """The quote that waits for its answer is valid until another day."""
    LOWERED = auto()
    WITHIN_CEILING = auto()
    """More than was agreed, and authorised beforehand."""


@dataclass(frozen=True)
class EditNeeds:
    """What a change of an order is refused for, what it leads to, and what that still asks."""

    refused: UserError | None
    outcome: Outcome
    changed: tuple[str, ...] = ()
    """Names of what a quote promises that changed."""
    missing: tuple[str, ...] = ()
    """Names of what the new version of the quote lacks, as ``step_needs`` has them."""
    hindrance: str | None = None
    """What forbids the new version, as ``step_hindrance`` has it."""


def locked_in(status: Status | None) -> frozenset[str]:
    """Names of the fields that stay as they are under a status."""
    return frozenset(field.name for field in ORDER_FIELDS if status in field.locked)


def edit_needs(before: OrderForm, after: OrderForm, facts: OrderFacts, *, today: date) -> EditNeeds:
    """What saving ``after`` over ``before`` means for the stored order of these ``facts``.

    Every rule on editing stands here, for the editor, the list, several orders at once and the
    commands alike; what is wrong with a value by itself is told by cleaning it.
    """
    refused = _refused(before, after, facts.status)
    outcome = _outcome(before, after, facts.status)
    changed = tuple(_changed_of_quote(before, after))
    if outcome not in (Outcome.ASKS_AGAIN, Outcome.NEW_VERSION):
        return EditNeeds(refused, outcome, changed)
    then, to = facts_with(facts, after), Status.AWAITING_APPROVAL
    missing = tuple(step_needs(then, to, StepForm(), today=today))
    return EditNeeds(refused, outcome, changed, missing, step_hindrance(then, to))


def _held(form: OrderForm, name: str, status: Status) -> object:
    """What is locked of a field: of lines that were worked not what they cost the shop, nor who
    worked on them; that is corrected whenever it becomes known."""
    if name == "items" and status is not Status.CANCELLED:
        return [replace(item, unit_cost=None, technician=None) for item in form.items]
    held: object = getattr(form, name)
    return held


def _collected(form: OrderForm) -> tuple[str | None, str | None]:
    return form.collected_by, form.collected_document


def _refused(before: OrderForm, after: OrderForm, status: Status) -> UserError | None:
    locked = locked_in(status)
    for field in ORDER_FIELDS:
        name = field.name
        if name in locked and _held(before, name, status) != _held(after, name, status):
            return UserError("order_locked", field=name, status=status)
    if _collected(before) != _collected(after):
        if status not in HANDED_OVER:
            return UserError("not_collected", field="collected_by", status=status)
        if not after.collected_by:
            return UserError("required", field="collected_by")
    # nobody is asked again about what was agreed: who authorised more, and how, is the new quote's
    ceiling = after.ceiling if after.ceiling is not None else -1
    held = before.ceiling if before.ceiling is not None else -1
    if ceiling > held and status in AGREED | LINES_LOCKED:
        return UserError("ceiling_agreed", field="ceiling", status=status)
    if after.fee > before.fee and status in UNSERVICED:
        return UserError("order_locked", field="fee", status=status)
    return None


def _outcome(before: OrderForm, after: OrderForm, status: Status) -> Outcome:
    if status is Status.AWAITING_APPROVAL:
        if _changed_of_quote(before, after):
            return Outcome.NEW_VERSION
        return Outcome.PLAIN if before.valid_until == after.valid_until else Outcome.RENEWED
    if status not in AGREED or total_of(before) == total_of(after) == 0:
        return Outcome.PLAIN  # of what costs nothing there is no quote to be asked
    if needs_new_approval(before, after):
        return Outcome.ASKS_AGAIN
    if total_of(after) < total_of(before):
        return Outcome.LOWERED
    if needs_new_approval(replace(before, ceiling=None), after):
        return Outcome.WITHIN_CEILING
    return Outcome.PLAIN


def _changed_of_quote(before: OrderForm, after: OrderForm) -> list[str]:
    quoted = [field.name for field in ORDER_FIELDS if field.quoted]
    changed = [name for name in quoted if getattr(before, name) != getattr(after, name)]
    if [*map(promised_line, before.items)] != [*map(promised_line, after.items)]:
        changed.insert(0, "items")
    return changed


# -- when an approved quote must be asked again (CDC art. 40 § 2) ---------------------------------


END_OF_DAY = "24:00"
"""A promise without an hour is kept until the day is over."""


def _promise(form: OrderForm) -> tuple[date, str]:
    """Until when; no promise is later than any."""
    return (form.promised_on or date.max, form.promised_time or END_OF_DAY)


def _identity(line: Line) -> tuple[str, ...]:
    condition = line.part_condition.value if line.part_condition else ""
    return (line.kind.value, line.description, str(line.quantity), line.unit, condition)


def _worth(lines: Iterable[Line]) -> dict[tuple[str, ...], list[tuple[int, int]]]:
    """Totals and days of warranty of lines, by what they are."""
    found = defaultdict(list)
    for line in lines:
        days = LEGAL_WARRANTY_DAYS if line.warranty_days is None else line.warranty_days
        found[_identity(line)].append((total_of_line(line), days))
    return dict(found)


def _priced(lines: Iterable[Line]) -> dict[tuple[str, ...], list[tuple[int, int]]]:
    """Of the lines that cost something."""
    return _worth(line for line in lines if line.unit_price)


def needs_new_approval(before: OrderForm, after: OrderForm) -> bool:
    """Whether a change of an agreed order asks the customer again.

    It does for a change of lines, a higher total, a shorter warranty, or a later promise (or none).
    It does not for costs, a line's technician, a longer warranty, lines at price 0, a lower
    total with the same lines, or what only grew within the ceiling agreed at intake.
    """
    if _promise(after) > _promise(before):
        return True
    if is_within_ceiling(before, after):
        return False
    if total_of(after) > total_of(before):
        return True
    old, new = _priced(before.items), _priced(after.items)
    if not new.keys() <= old.keys():
        return True
    free = _worth(line for line in after.items if not line.unit_price)
    left = Counter(map(_identity, after.items))
    for key, lines in old.items():
        changed = new.get(key, [])
        # a line that now costs nothing is still there: it only makes the total lower
        freed = len(lines) - len(changed)
        if freed < 0 or left[key] < _count(before.items, key):
            return True
        longest_first = sorted(free.get(key, []), reverse=True)
        changed = [*changed, *longest_first[:freed]]
        for column, worse in ((0, 1), (1, -1)):
            was = sorted(line[column] * worse for line in lines)
            now = sorted(line[column] * worse for line in changed)
            if any(later > first for first, later in zip(was, now, strict=True)):
                return True
    return False


def _count(lines: Iterable[Line], identity: tuple[str, ...]) -> int:
    return sum(_identity(line) == identity for line in lines)


def is_within_ceiling(before: OrderForm, after: OrderForm) -> bool:
    """Whether a changed total was authorised beforehand: nothing that was agreed is gone, has
    become less or has a shorter warranty, and the sum stays at or under the ceiling.

    A ceiling that is raised by the same change counts as it stood before.
    """
    if before.ceiling is None or after.ceiling is None:
        return False
    if total_of(after) > min(before.ceiling, after.ceiling):
        return False
    old, new = _amounts(before.items), _amounts(after.items)
    return all(key in new and new[key].covers(amount) for key, amount in old.items())


@dataclass(frozen=True)
class _Amount:
    """How much there is of one thing, and the warranties of its lines, the longest first."""

    quantity: int = 0
    days: tuple[int, ...] = ()

    def covers(self, less: "_Amount") -> bool:
        return (
            self.quantity >= less.quantity
            and len(self.days) >= len(less.days)
            and all(now >= was for now, was in zip(self.days, less.days, strict=False))
        )


def _amounts(lines: Iterable[Line]) -> dict[tuple[str, ...], _Amount]:
    """What costs something, by what it is."""
    found: dict[tuple[str, ...], _Amount] = defaultdict(_Amount)
    for line in lines:
        if line.unit_price:
            kind, description, _, *rest = _identity(line)
            days = LEGAL_WARRANTY_DAYS if line.warranty_days is None else line.warranty_days
            key = (kind, description, *rest)
            was = found[key]
            longest_first = tuple(sorted((*was.days, days), reverse=True))
            found[key] = _Amount(was.quantity + line.quantity, longest_first)
    return dict(found)


def line_warranty_until(
    days: int | None, lines: Iterable[Line], delivered_on: date, until: date
) -> date:
    """Last day of warranty of one line, counted from delivery; ``until``: that of the whole order.

    Never under the legal 90 days. A line that says nothing has the order's where no line says
    anything, else the law's.
    """
    if days is None and all(line.warranty_days is None for line in lines):
        return until
    return delivered_on + timedelta(days=max(LEGAL_WARRANTY_DAYS, days or 0))


def warranty_days_of(lines: Iterable[Line], shop_days: int) -> int:
    """Days of warranty of the whole order: the longest of its lines, never under the legal 90."""
    days = [line.warranty_days for line in lines if line.warranty_days is not None]
    return max(LEGAL_WARRANTY_DAYS, *days) if days else max(LEGAL_WARRANTY_DAYS, shop_days)
