"""Rows of the demonstration shop: one story becomes an order with its lines and instalments."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from osdesk.domain.chain import canonical_json
from osdesk.domain.orders.instalments import earliest_due, open_parts
from osdesk.domain.orders.status import CLOSED, UNSERVICED, Status
from osdesk.domain.orders.warranty import RETURN_TYPE, warranty_after
from osdesk.jobs.demo.facts import Story
from osdesk.jobs.demo.history import Agreed, write_history
from osdesk.jobs.demo.people import vocabulary
from osdesk.jobs.demo.writer import Writer, day_of, key_of

WARRANTY_DAYS = 90


@dataclass(slots=True)
class Written:
    """An order as it stands in the file, for a device that may come back."""

    id: int
    number: int
    warranty_until: date | None


def write_order(
    writer: Writer,
    rng: Random,
    story: Story,
    types: dict[str, int],
    customer: int,
    equipment: int,
    origin: Written | None,
) -> Written:
    """Queue all rows of an order. ``origin``: the order that a warranty return is of."""
    words = vocabulary()
    status = story.status
    at = key_of(story.opened)
    attendant = rng.choice(writer.attendants)
    technician = rng.choice(writer.technicians)
    labor = sum(line.total for line in story.lines if line.kind == "service")
    parts = sum(line.total for line in story.lines if line.kind == "part")
    agreed = labor + parts - story.discount
    total = 0 if status is Status.CANCELLED else story.fee if status in UNSERVICED else agreed
    paid = sum(money.amount for money in story.money)
    dates = {move.to: move.at for move in story.moves}
    ready = dates.get(Status.READY)
    delivered = dates.get(Status.DELIVERED) if status is Status.DELIVERED else None
    returned = dates.get(Status.RETURNED) if status is Status.RETURNED else None
    cancelled = dates.get(Status.CANCELLED) if status is Status.CANCELLED else None
    left = [] if not story.parts else open_parts([p.amount for p in story.parts], total - paid)
    assert left is not None
    if left:
        story.due_on = earliest_due([part.due_on for part in story.parts], left)
    warranty = _warranty_until(story, origin) if delivered else None
    before = None
    if status in CLOSED:
        before = story.moves[-2].to if len(story.moves) > 1 else Status.RECEIVED
    service = (
        RETURN_TYPE
        if origin
        else rng.choice(("Conserto",) * 6 + ("Instalação", "Limpeza", "Manutenção preventiva"))
    )
    valid_until = story.quoted.date() + timedelta(days=10) if story.quoted else None
    starts = dates.get(Status.IN_PROGRESS) or dates.get(Status.APPROVED) or story.quoted
    number = writer.take("order")
    hour = rng.choice((None, None, "12:00", "17:00", "18:00"))
    shelved = status not in CLOSED and writer.slots and rng.random() < 0.8
    slot = writer.slots.pop() if shelved else None
    order = writer.add(
        "orders",
        number,
        customer,
        equipment,
        types[service],
        technician if story.moves else None,
        attendant,
        origin.id if origin else None,
        status.value,
        before.value if before else None,
        story.fault,
        story.priority,
        rng.choice(words["accessories"]) if rng.random() < 0.5 else None,
        rng.choice(words["conditions"]) if rng.random() < 0.6 else None,
        story.report,
        at,
        at,
        day_of(story.opened),
        day_of(starts),
        day_of(story.promised),
        hour,
        day_of(valid_until),
        day_of(story.due_on),
        day_of(ready),
        day_of(delivered),
        day_of(returned),
        day_of(cancelled),
        day_of(warranty),
        "À vista na retirada" if story.quoted else None,
        story.waiting_for,
        day_of(dates.get(Status.AWAITING_PART)) if story.waiting_for else None,
        story.discount,
        story.fee,
        labor,
        parts,
        total,
        paid,
        total - paid,
        0,
        slot,
        canonical_json(story.checklist) if story.checklist else None,
        story.ceiling,
        writer.stages[status.value, story.stage[1]] if story.stage else None,
    )
    for position, line in enumerate(story.lines):
        writer.add(
            "items",
            order,
            position,
            line.kind,
            line.description,
            line.quantity,
            line.unit,
            line.unit_price,
            line.unit_cost,
            0,
            "new_original" if line.kind == "part" else None,
            technician if line.kind == "service" and story.moves else None,
            line.warranty_days,
            line.total,
        )
    for position, (part, amount) in enumerate(zip(story.parts, left, strict=True)):
        writer.add("instalments", order, position, day_of(part.due_on), part.amount, amount)
    returned_of = {"warranty_return_of": origin.number} if origin else {}
    writer.event(
        at,
        attendant,
        "order_opened",
        {"number": number, "total": agreed, **returned_of},
        order=order,
        customer=customer,
    )
    people = {"attendant": attendant, "technician": technician}
    facts = Agreed(order, number, agreed, total, valid_until, warranty, hour, **people)
    write_history(writer, story, facts)
    return Written(order, number, warranty)


def _warranty_until(story: Story, origin: Written | None) -> date:
    """The longest of the lines; of a return, what was left of the warranty it came back under."""
    handed_over = story.last.date()
    if origin is not None and origin.warranty_until is not None:
        return warranty_after(origin.warranty_until, story.opened.date(), handed_over)
    days = [line.warranty_days for line in story.lines if line.warranty_days]
    return handed_over + timedelta(days=max((WARRANTY_DAYS, *days)))
