"""One order's life in the demonstration shop: told step by step, up to the last day.

The numbers of a year come out like a shop's: most orders are delivered and paid, some wait, some
are late, a few owe.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from random import Random
from typing import Any, TypeVar

from osdesk.domain.calendar import add_business_days
from osdesk.domain.codes import (
    ApprovalVia,
    ItemKind,
    NoticeChannel,
    NoticeKind,
    Paper,
    PartCondition,
    PaymentMethod,
    Priority,
)
from osdesk.domain.orders.checklists import NO, UNTESTED, YES, known_kind
from osdesk.domain.orders.forms import (
    InstalmentForm,
    ItemForm,
    NoticeForm,
    OrderForm,
    PaymentForm,
    StepForm,
)
from osdesk.domain.orders.instalments import in_parts
from osdesk.domain.orders.rules import total_of
from osdesk.domain.orders.status import Status
from osdesk.domain.text import fold
from osdesk.jobs.demo.counter import BENCH, Counter, Told
from osdesk.jobs.demo.people import CATEGORY, vocabulary

T = TypeVar("T")
VIAS = (
    (ApprovalVia.WHATSAPP, 5),
    (ApprovalVia.PHONE, 3),
    (ApprovalVia.COUNTER, 2),
    (ApprovalVia.EMAIL, 1),
)
METHODS = (
    (PaymentMethod.PIX, 45),
    (PaymentMethod.CREDIT, 20),
    (PaymentMethod.DEBIT, 15),
    (PaymentMethod.CASH, 14),
    (PaymentMethod.BOLETO, 3),
    (PaymentMethod.TRANSFER, 2),
    (PaymentMethod.CHEQUE, 1),
)
PRIORITIES = ((Priority.NORMAL, 88), (Priority.HIGH, 8), (Priority.URGENT, 4))
OTHER_TYPES = ("Instalação", "Limpeza", "Manutenção preventiva")
ASKED = frozenset(
    {
        *(Status.IN_DIAGNOSIS, Status.AWAITING_APPROVAL, Status.DECLINED),
        *(Status.UNREPAIRABLE, Status.RETURNED, Status.DELIVERED),
    }
)
"""Ends that a job at a price agreed at intake does not come to, or comes to too soon."""
NOTICES = ((0, NoticeChannel.WHATSAPP), (12, NoticeChannel.PHONE), (33, NoticeChannel.LETTER))
"""Days of waiting after which the shop tells a customer to come, and how."""
REMINDED_AFTER = 6
"""Days after which somebody who did not pay is written to."""
IN_PARTS_FROM, OWED_IN_PARTS_FROM = 20_000, 6_000
"""Less than that is owed in one sum."""
FORGOTTEN_DAYS = 150
"""What is owed is paid by then: a demonstration of the past owes nothing."""
TRIED = (
    *("Toque", "Carrega", "Câmeras", "Som", "Teclado", "Bateria segura", "Entradas", "Tem "),
    *("Enche", "Agita", "Centrifuga", "Escoa", "Puxa", "Imprime", "Digitaliza", "Gira"),
)
"""Questions that nobody can answer of a device that does not turn on."""


@dataclass(frozen=True)
class Aim:
    """What an order is told for. ``status``: where it stands on the last day, None where that is
    left to chance."""

    status: Status | None = None
    owes: bool = False
    hurried: bool = False
    comes_back: bool = False
    printed: bool = False


class Life:
    """An order and what happens to it. ``tell`` is the whole of it, for the counter's ``later``."""

    def __init__(self, counter: Counter, rng: Random, aim: Aim) -> None:
        self.counter, self.rng, self.aim = counter, rng, aim
        self.number = 0
        self.customer = ""

    def tell(self) -> Told:
        counter, rng, aim = self.counter, self.rng, self.aim
        self.attendant = rng.choice(counter.attendants)
        self.technician = rng.choice(counter.technicians)
        returns = aim.comes_back or (aim.status is None and rng.random() < 0.03)
        form = counter.comes_back(rng) if returns else None
        self.free = form is not None
        form = form or counter.visitor(rng)
        quick = self.free or (aim.status not in ASKED and (aim.hurried or rng.random() < 0.45))
        self._take_down(form, quick=quick)
        self.number = counter.open(form, self.attendant)
        self.customer, self.equipment = form.customer.name, form.equipment
        self._remarks()
        if aim.printed:
            yield from self._print()
        if self._is_reached(Status.RECEIVED):
            yield from self._rest()
            return
        fate = rng.random()
        if aim.status is Status.CANCELLED or (aim.status is None and fate < 0.03):
            yield from self._cancel()
            return
        if not quick:
            yield from self._ask(fate)
            if counter.row(self.number).status is not Status.APPROVED:
                return
        else:
            self._approve()
        if self._is_reached(Status.APPROVED):
            yield from self._rest()
            return
        yield from self._repair()

    def _print(self) -> Told:
        yield self.counter.now + timedelta(minutes=4)
        sheet = self.counter.print(self.number, Paper.INTAKE, self.attendant)
        if self.rng.random() < 0.5:
            yield self.counter.now + timedelta(minutes=6)
            self.counter.sign(self.number, Paper.INTAKE, sheet, self.rng, self.attendant)

    # -- at intake -----------------------------------------------------------------------------

    def _take_down(self, form: OrderForm, *, quick: bool) -> None:
        rng, words, aim = self.rng, vocabulary(), self.aim
        today = self.counter.now.date()
        form.reason = rng.choice(words["faults"].get(form.equipment.kind) or FAULTS)
        form.service_type = form.service_type or (
            "Conserto" if rng.random() < 0.67 else rng.choice(OTHER_TYPES)
        )
        form.priority = pick(rng, PRIORITIES)
        days = 1 if aim.hurried else rng.choice((2, 3, 3, 4, 5, 5, 7, 10))
        form.promised_on = add_business_days(today, days, saturday=True)
        form.promised_time = rng.choice((None, None, "12:00", "17:00", "18:00"))
        form.technician = None if aim.status is Status.RECEIVED else self.technician.name
        form.requested_at = self.counter.now
        if rng.random() < 0.5:
            form.equipment.accessories = rng.choice(words["accessories"])
        if rng.random() < 0.6:
            form.equipment.condition = rng.choice(words["conditions"])
        if aim.status is not None or rng.random() < 0.6:
            form.checklist = answers(rng, form.reason, form.equipment.kind)
        if self.counter.places and aim.status in BENCH | {Status.RECEIVED} and rng.random() < 0.9:
            form.slot = self.counter.places.pop()
        if self.free:
            form.items = [ItemForm(description="Revisão em garantia")]
        elif quick or aim.printed:  # what is signed keeps its lines
            self._price(form)
            if quick and rng.random() < 0.25:
                form.ceiling = -(-total_of(form) * 13 // 10 // 1000) * 1000
        if not self.free and rng.random() < 0.1:
            form.fee = 5000

    def _price(self, form: OrderForm) -> None:
        rng = self.rng
        category = CATEGORY.get(form.equipment.kind, form.equipment.kind)
        form.items = make_lines(
            rng, category, form.equipment.model, part=self.aim.status is Status.AWAITING_PART
        )
        form.items[0].technician = self.technician.name
        if rng.random() < 0.12:
            form.discount = total_of(form) * rng.choice((5, 10)) // 100 // 100 * 100

    def _remarks(self) -> None:
        for chance in (0.55, 0.2) if self.aim.status else (0.12,):
            if self.rng.random() < chance:
                self.counter.later(self._later(0.02, 1.5), self._remark())

    def _remark(self) -> Told:
        for_customer = self.rng.random() < 0.4
        words = vocabulary()["remarks_customer" if for_customer else "remarks_shop"]
        author = self.technician.id if self.rng.random() < 0.5 else self.attendant
        self.counter.note(self.number, self.rng.choice(words), author, for_customer=for_customer)
        yield from ()

    # -- the way through the shop --------------------------------------------------------------

    def _cancel(self) -> Told:
        deposit = None
        if not self.free and self.rng.random() < 0.3:
            method = pick(self.rng, METHODS)
            row = self.counter.row(self.number)
            amount = min(row.total, 5000) or 5000
            form = PaymentForm(amount, method)
            deposit = self.counter.pay(self.number, form, self.attendant)
        yield self._later(0.1, 3)
        if deposit is not None:
            self.counter.give_back(self.number, deposit, "OS cancelada", self.attendant)
        self._move(Status.CANCELLED, StepForm(reason="Cliente desistiu"))

    def _ask(self, fate: float) -> Told:
        """Diagnosis, quote, answer."""
        rng, words, aim = self.rng, vocabulary(), self.aim.status
        yield self._later(0.05, 0.6)
        self._move(Status.IN_DIAGNOSIS)
        if self._is_reached(Status.IN_DIAGNOSIS):
            yield from self._rest()
            return
        if aim in (Status.UNREPAIRABLE, Status.RETURNED) or (aim is None and fate < 0.06):
            yield self._later(0.2, 2)
            self._move(Status.UNREPAIRABLE, report=rng.choice(words["unrepairable"]))
            yield from self._hand_back()
            return
        yield self._later(0.1, 1.2)
        self._offer()
        if self._is_reached(Status.AWAITING_APPROVAL):
            yield from self._rest()
            return
        if aim is Status.DECLINED or (aim is None and fate < 0.13):
            yield self._later(0.5, 4)
            self._move(Status.DECLINED, StepForm(reason=rng.choice(words["refusals"])))
            yield from self._hand_back()
            return
        yield self._later(0.1, 2)
        self._approve()

    def _offer(self) -> None:
        row = self.counter.row(self.number)
        today = self.counter.now.date()
        start = add_business_days(today, 1, saturday=True)
        fields: dict[str, Any] = {"start_on": start}
        if not row.items:
            form = OrderForm(equipment=self.equipment)
            self._price(form)
            fields |= {"items": form.items, "discount": form.discount}
            fields["diagnosis"] = f"Precisa de: {form.items[-1].description}."
        if row.promised_on is None or row.promised_on < start:
            fields["promised_on"] = add_business_days(start, 1, saturday=True)
        self._move(Status.AWAITING_APPROVAL, **fields)

    def _approve(self) -> None:
        approval = StepForm(approved_by=self.customer, approved_via=pick(self.rng, VIAS))
        self._move(Status.APPROVED, approval)
        row = self.counter.row(self.number)
        deposit = row.total * 30 // 100 // 1000 * 1000
        chance = 0.35 if self.aim.status else 0.15
        if deposit and self.aim.status is not Status.DELIVERED and self.rng.random() < chance:
            self._pay(deposit)

    def _repair(self) -> Told:
        rng, aim = self.rng, self.aim.status
        yield self._later(0.02, 0.8)
        lines = self.counter.row(self.number).items
        has_part = lines[-1].kind is ItemKind.PART
        if aim is Status.AWAITING_PART or (aim is None and has_part and rng.random() < 0.25):
            self._move(Status.AWAITING_PART, StepForm(waiting_for=lines[-1].description))
            if self._is_reached(Status.AWAITING_PART):
                yield from self._rest()
                return
            yield self._later(2, 6)
        self._move(Status.IN_PROGRESS)
        if self._is_reached(Status.IN_PROGRESS):
            yield from self._rest()
            return
        yield self._later(0.2, 2.5 if rng.random() < 0.8 else 7)
        self._move(Status.READY, report=f"{lines[0].description}. Testado e aprovado.")
        if self._is_reached(Status.READY):
            yield from self._rest()
            return
        if aim is None and rng.random() < 0.01:
            stay = self._later(40, 120)
        else:
            stay = self._later(0.1, 3 if rng.random() < 0.85 else 40)
        yield from self._wait_for_customer(stay)
        self._deliver()

    def _hand_back(self) -> Told:
        """A device that was not repaired goes back for the fee agreed at intake."""
        if self.aim.status not in (None, Status.RETURNED):
            yield from self._rest()
            return
        yield from self._wait_for_customer(self._later(0.5, 8))
        self._pay(self.counter.row(self.number).balance)
        self._move(Status.RETURNED, StepForm(collected_by=self.customer))

    def _wait_for_customer(self, until: datetime | None) -> Told:
        """Tell the customer to come, again after some time; ``until`` None: nobody comes."""
        since = self.counter.now
        for days, channel in NOTICES:
            at = since + timedelta(days=days, minutes=20 + self.rng.randrange(60))
            if days:
                at += timedelta(days=1 if at.weekday() == 6 else 0)
                at = at.replace(hour=9, minute=self.rng.randrange(60))
            if until is not None and at >= until:
                break
            yield at
            self._notify(NoticeKind.PICK_UP, channel, vocabulary()["notices"][channel.value])
        if until is not None:
            yield until

    def _rest(self) -> Told:
        """Here the order stands on the last day: in a stage of the shop's own, perhaps; whoever
        has only to collect is told so."""
        status = self.aim.status
        names = [name for of, name, _ in vocabulary()["stages"] if of == status]
        if names and self.rng.random() < 0.75:
            yield min(self._minutes_on(5, 90), self.counter.end)
            self.counter.put(self.number, "stage", self.rng.choice(names), self._author(status))
        if status in (Status.READY, Status.DECLINED, Status.UNREPAIRABLE):
            yield from self._wait_for_customer(None)

    # -- money ---------------------------------------------------------------------------------

    def _deliver(self) -> None:
        """Paid at once by most; the others agree on a day, or on parts."""
        rng, owes = self.rng, self.aim.owes
        left = self.counter.row(self.number).balance
        collected = StepForm(collected_by=self.customer)
        if left <= 0 or (not owes and rng.random() > 0.13):
            self._pay(left)
            self._move(Status.DELIVERED, collected)
            return
        due = self.counter.now.date() + timedelta(days=rng.choice((10, 15, 30)))
        in_parts_from = OWED_IN_PARTS_FROM if owes else IN_PARTS_FROM
        parts: list[InstalmentForm] = []
        if left >= in_parts_from and (owes or rng.random() < 0.6):
            parts = in_parts(left, rng.choice((2, 3, 3, 4)), due)
        elif left > 2000 and not owes and rng.random() < 0.4:
            self._pay(left // 200 * 100)
        self._move(Status.DELIVERED, collected, due_on=due, instalments=parts)
        owed = parts or [InstalmentForm(due, self.counter.row(self.number).balance)]
        self.counter.later(self._on(due, -5), self._pay_later(owed))
        self.counter.later(self._on(due, -5), self._remind([part.due_on for part in owed]))

    def _pay_later(self, owed: list[InstalmentForm]) -> Told:
        """Some days around each due day; some stop paying after one or two parts, some never
        pay."""
        rng = self.rng
        recent = self.counter.end.date() - owed[-1].due_on < timedelta(days=FORGOTTEN_DAYS)
        paid = len(owed)
        if self.aim.owes:
            paid = 0
        elif recent and rng.random() < 0.45:
            paid = rng.randrange(len(owed))
        for part in owed[:paid]:
            yield self._on(part.due_on, rng.randrange(-4, 4 if len(owed) > 1 else 20))
            self._pay(part.amount)

    def _remind(self, dues: list[date]) -> Told:
        for day in dues:
            yield self._on(day, REMINDED_AFTER)
            row = self.counter.row(self.number)
            if row.balance > 0 and row.due_on is not None and row.due_on <= day:
                words = vocabulary()["notices"]["collection"]
                self._notify(NoticeKind.COLLECTION, NoticeChannel.WHATSAPP, words)
                return

    def _pay(self, amount: int) -> None:
        if amount <= 0:
            return
        method = pick(self.rng, METHODS)
        if self.rng.random() < 0.012:
            wrong = PaymentMethod.CASH if method is not PaymentMethod.CASH else PaymentMethod.PIX
            mistake = self.counter.pay(self.number, PaymentForm(amount, wrong), self.attendant)
            reason = "Forma de pagamento trocada"
            self.counter.reverse(self.number, mistake, reason, self.attendant)
        self.counter.pay(self.number, PaymentForm(amount, method), self.attendant)

    # -- small things --------------------------------------------------------------------------

    def _move(self, to: Status, step: StepForm | None = None, **fields: Any) -> None:
        self.counter.move(self.number, to, self._author(to), step, **fields)

    def _author(self, status: Status | None) -> int:
        return self.technician.id if status in BENCH else self.attendant

    def _notify(self, kind: NoticeKind, channel: NoticeChannel, words: str) -> None:
        first = self.customer.split()[0]
        body = words.replace("{name}", first).replace("{number}", str(self.number))
        self.counter.notify(self.number, NoticeForm(channel, body, kind), self.attendant)

    def _is_reached(self, status: Status) -> bool:
        return self.aim.status is status

    def _minutes_on(self, least: int, most: int) -> datetime:
        return self.counter.now + timedelta(minutes=self.rng.randrange(least, most))

    def _on(self, day: date, days: int) -> datetime:
        """Some days after a day, in the morning."""
        at = self.counter.now.replace(
            year=day.year, month=day.month, day=day.day, hour=10, second=0, microsecond=0
        )
        return at + timedelta(days=days)

    def _later(self, least: float, most: float) -> datetime:
        """Some days on, in opening hours, never on a Sunday; sooner where the order must stand
        somewhere on the last day."""
        now, end = self.counter.now, self.counter.end
        at = now + timedelta(days=self.rng.uniform(least, most))
        if not 9 <= at.hour <= 17:
            at = at.replace(hour=self.rng.randrange(9, 18))
        at += timedelta(days=1 if at.weekday() == 6 else 0)
        if self.aim.status is not None and at > now + (end - now) / 2:
            at = now + (end - now) * self.rng.uniform(0.1, 0.4)
            at = at.replace(hour=min(max(at.hour, 8), 17))
        return max(at, now + min(timedelta(minutes=20), (end - now) / 3))


FAULTS = ("Não liga", "Faz barulho", "Parou de funcionar")


def pick(rng: Random, weighted: tuple[tuple[T, int], ...]) -> T:
    return rng.choices([item for item, _ in weighted], [weight for _, weight in weighted])[0]


def answers(rng: Random, fault: str, kind: str) -> dict[str, str]:
    """A device that does not turn on was not tried any further."""
    known = known_kind(kind)
    dead = fold(fault).startswith("nao liga")
    found = {}
    for question in known.questions if known else ():
        answer = pick(rng, ((YES, 7), (NO, 2), (UNTESTED, 1)))
        if question == "Liga?":
            answer = NO if dead else YES
        elif dead and question.startswith(TRIED):
            answer = UNTESTED
        found[question] = answer
    return found


def make_lines(rng: Random, category: str, model: str | None, *, part: bool) -> list[ItemForm]:
    """A service of the price list, with up to two parts that fit the device."""
    words = vocabulary()
    services = [s for s in words["services"] if s[0] == category] or words["services"][:5]
    _, description, price, warranty = rng.choice(services)
    lines = [ItemForm(description=description, unit_price=price, warranty_days=warranty or None)]
    if part or rng.random() < 0.6:
        parts = _parts_for(category, model or "")
        for _, name, price, cost, unit in rng.sample(parts, min(len(parts), rng.choice((1, 1, 2)))):
            quantity = 2000 if price < 5000 and rng.random() < 0.3 else 1000
            condition = PartCondition.NEW_ORIGINAL
            line = ItemForm(ItemKind.PART, name, quantity, unit, price, cost)
            line.part_condition, line.warranty_days = condition, 90
            lines.append(line)
    return lines


@cache
def _parts_for(category: str, model: str) -> list[Any]:
    """Those of the price list that are not for another model; where all are, any of its kind."""
    words = vocabulary()
    other = _marks(name for _, _, name, _ in words["devices"]) - _marks([model])
    parts = [part for part in words["parts"] if part[0] == category]
    return [part for part in parts if not _marks([part[1]]) & other] or parts


def _marks(names: Iterable[str]) -> set[str]:
    """The words of models that tell them from others: those with a figure in them."""
    words = {word for name in names for word in name.split()}
    return {word for word in words if any(letter.isdigit() for letter in word)}
