"""One order's life in the demonstration shop: what happened to it, when, up to the last day.

A story is a list of happenings in local time. The numbers of a year come out like a shop's: most
are delivered and paid, some wait, some are late, a few owe.
"""

from datetime import datetime, timedelta
from functools import cache
from random import Random
from typing import Any

from osdesk.domain.calendar import add_business_days
from osdesk.domain.codes import ApprovalVia
from osdesk.domain.orders.status import UNSERVICED, Status
from osdesk.jobs.demo.details import add_details
from osdesk.jobs.demo.facts import Line, Move, Story, pick
from osdesk.jobs.demo.money import deposit_of, pay, take
from osdesk.jobs.demo.people import Device, vocabulary

VIAS = (
    (ApprovalVia.WHATSAPP, 5),
    (ApprovalVia.PHONE, 3),
    (ApprovalVia.COUNTER, 2),
    (ApprovalVia.EMAIL, 1),
)
OPEN_TARGETS = (
    Status.IN_PROGRESS,
    Status.RECEIVED,
    Status.READY,
    Status.AWAITING_APPROVAL,
    Status.IN_DIAGNOSIS,
    Status.AWAITING_PART,
    Status.IN_PROGRESS,
    Status.APPROVED,
    Status.READY,
    Status.DECLINED,
    Status.IN_PROGRESS,
    Status.AWAITING_APPROVAL,
    Status.UNREPAIRABLE,
    Status.RECEIVED,
)
"""Where the newest orders stand, one after the other, so that every status is met."""
CLOSED_TARGETS = (Status.CANCELLED, Status.RETURNED, Status.DELIVERED)
"""What three earlier orders came to; the delivered one is still owed."""
WAITING_TARGETS = (Status.READY, Status.READY, Status.UNREPAIRABLE, Status.DELIVERED)
"""What some orders of weeks ago came to: nobody has collected them; the last is owed in parts."""


def make_lines(rng: Random, device: Device, *, with_part: bool = False) -> list[Line]:
    words = vocabulary()
    services = [s for s in words["services"] if s[0] == device.category] or words["services"][:5]
    _, description, price, warranty = rng.choice(services)
    lines = [Line("service", description, 1000, "un", price, None, warranty or None)]
    if with_part or rng.random() < 0.6:
        parts = _parts_for(device.category, device.model)
        for _, name, cost_price, cost, unit in rng.sample(
            parts, min(len(parts), rng.choice((1, 1, 2)))
        ):
            quantity = 2000 if cost_price < 5000 and rng.random() < 0.3 else 1000
            lines.append(Line("part", name, quantity, unit, cost_price, cost, 90))
    return lines


@cache
def _parts_for(category: str, model: str) -> list[Any]:
    """Those of the price list that are not for another model; where all are, any of its kind."""
    words = vocabulary()
    other = {mark for _, _, name, _ in words["devices"] for mark in _marks(name)}
    other -= _marks(model)
    parts = [part for part in words["parts"] if part[0] == category]
    return [part for part in parts if not _marks(part[1]) & other] or parts


def _marks(name: str) -> set[str]:
    """The words of a model that tell it from others: those with a figure in them."""
    return {word for word in name.split() if any(letter.isdigit() for letter in word)}


def tell(
    rng: Random,
    device: Device,
    opened: datetime,
    end: datetime,
    customer: str,
    target: Status | None,
    *,
    warranty: bool = False,
    hurried: bool = False,
) -> Story:
    """The story of an order opened then, told up to ``end``; ``target``: where it must stand;
    ``hurried``: promised for the next day."""
    words = vocabulary()
    faults = words["faults"].get(device.kind) or ["Não liga", "Faz barulho", "Parou de funcionar"]
    lines = make_lines(rng, device, with_part=target is Status.AWAITING_PART)
    promised = add_business_days(
        opened.date(), rng.choice((2, 3, 3, 4, 5, 5, 7, 10)), saturday=True
    )
    if hurried:
        promised = add_business_days(opened.date(), 1, saturday=True)
    story = Story(opened, rng.choice(faults), lines, promised)
    if warranty:
        story.lines = [Line("service", "Revisão em garantia", 1000, "un", 0, None, None)]
    elif rng.random() < 0.12:
        story.discount = story.total * rng.choice((5, 10)) // 100 // 100 * 100
    if rng.random() < 0.1 and not warranty:
        story.fee = 5000
    _live(rng, story, customer, target, quick=warranty or rng.random() < 0.45)
    if target is not None:
        _fit(story, end)
    _cut(story, end)
    if target is None or target not in OPEN_TARGETS:
        pay(rng, story, end, owes=target is Status.DELIVERED)
    elif story.status not in UNSERVICED and rng.random() < 0.35:
        take(rng, story, story.opened, deposit_of(story.total), end)
    add_details(rng, story, device, end, customer)
    return story


def _later(rng: Random, at: datetime, least: float, most: float) -> datetime:
    """Some days on, in opening hours, never on a Sunday."""
    before, at = at, at + timedelta(days=rng.uniform(least, most))
    if at.hour < 9 or at.hour > 17:
        at = at.replace(hour=rng.randrange(9, 18), minute=rng.randrange(60))
    at += timedelta(days=1 if at.weekday() == 6 else 0)
    return max(at, before + timedelta(minutes=20))


def _live(rng: Random, story: Story, customer: str, target: Status | None, *, quick: bool) -> None:
    words = vocabulary()
    at = story.opened
    moves = story.moves
    story.via = pick(rng, VIAS)
    fate = rng.random()
    if _reached(story, target):
        return
    if target is Status.CANCELLED or (target is None and fate < 0.03):
        moves.append(
            Move(_later(rng, at, 0.1, 3), Status.CANCELLED, {"reason": "Cliente desistiu"})
        )
        return
    quick = quick and target in (None, *OPEN_TARGETS) and target not in _ASKED
    if not quick:
        at = _later(rng, at, 0.05, 0.6)
        moves.append(Move(at, Status.IN_DIAGNOSIS))
        if _reached(story, target):
            return
        if target in (Status.UNREPAIRABLE, Status.RETURNED) or (target is None and fate < 0.06):
            story.report = rng.choice(words["unrepairable"])
            at = _later(rng, at, 0.2, 2)
            moves.append(Move(at, Status.UNREPAIRABLE))
            _hand_back(rng, story, at, customer, target)
            return
        at = story.quoted = _later(rng, at, 0.1, 1.2)
        moves.append(Move(at, Status.AWAITING_APPROVAL))
        if _reached(story, target):
            return
        if target is Status.DECLINED or (target is None and fate < 0.13):
            at = _later(rng, at, 0.5, 4)
            moves.append(Move(at, Status.DECLINED, {"reason": rng.choice(words["refusals"])}))
            _hand_back(rng, story, at, customer, target)
            return
        at = _later(rng, at, 0.1, 2)
    moves.append(Move(at, Status.APPROVED, {"approved_by": customer}))
    if _reached(story, target):
        return
    at = _later(rng, at, 0.02, 0.8)
    part = story.lines[-1].description
    has_part = story.lines[-1].kind == "part"
    if target is Status.AWAITING_PART or (target is None and has_part and rng.random() < 0.25):
        story.waiting_for = part
        moves.append(Move(at, Status.AWAITING_PART, {"waiting_for": part}))
        if _reached(story, target):
            return
        at = _later(rng, at, 2, 6)
    moves.append(Move(at, Status.IN_PROGRESS))
    if _reached(story, target):
        return
    at = _later(rng, at, 0.2, 2.5 if rng.random() < 0.8 else 7)
    story.report = f"{story.lines[0].description}. Testado e aprovado."
    moves.append(Move(at, Status.READY))
    if _reached(story, target):
        return
    forgotten = target is None and rng.random() < 0.01
    at = _later(rng, at, 40, 120) if forgotten else _later(rng, at, 0.1, _stay(rng))
    moves.append(Move(at, Status.DELIVERED, {"collected_by": customer}))


def _stay(rng: Random) -> float:
    return 3 if rng.random() < 0.85 else 40


_ASKED = (Status.IN_DIAGNOSIS, Status.AWAITING_APPROVAL, Status.DECLINED, Status.UNREPAIRABLE)


def _reached(story: Story, target: Status | None) -> bool:
    return target is not None and story.status is target


def _hand_back(
    rng: Random, story: Story, at: datetime, customer: str, target: Status | None
) -> None:
    if target in (None, Status.RETURNED):
        moves = story.moves
        moves.append(Move(_later(rng, at, 0.5, 8), Status.RETURNED, {"collected_by": customer}))


def _fit(story: Story, end: datetime) -> None:
    """Quicker steps, so that the order stands where it must by the last day."""
    if not story.moves or story.moves[-1].at <= end:
        return
    share = (end - story.opened) / (story.moves[-1].at - story.opened)
    before = story.opened
    for move in story.moves:
        at = story.opened + (move.at - story.opened) * share
        if not 8 <= at.hour <= 17:
            at = at.replace(hour=17 if at.hour > 17 else 8)
        before = move.at = min(max(at, before), end)
        if move.to is Status.AWAITING_APPROVAL:
            story.quoted = move.at


def _cut(story: Story, end: datetime) -> None:
    """What would happen after the last day has not happened."""
    story.moves = [move for move in story.moves if move.at <= end]
    if story.quoted is not None and story.quoted > end:
        story.quoted = None
    reached = {move.to for move in story.moves}
    if not reached & {Status.READY, Status.UNREPAIRABLE}:
        story.report = None
    if story.status is not Status.AWAITING_PART:
        story.waiting_for = None
