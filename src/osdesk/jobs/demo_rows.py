"""Rows of the demonstration shop: one story becomes an order with its lines, money and history."""

from datetime import UTC, date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from osdesk.domain.chain import canonical_json
from osdesk.domain.status import CLOSED, UNSERVICED, Status
from osdesk.jobs.demo_people import vocabulary
from osdesk.jobs.demo_story import Story
from osdesk.jobs.demo_writer import Writer
from osdesk.persistence.models import moment_key

ZONE = ZoneInfo("America/Sao_Paulo")
WARRANTY_DAYS = 90


def key_of(local: datetime) -> str:
    return moment_key(local.replace(tzinfo=ZONE).astimezone(UTC))


def day_of(when: datetime | date | None) -> str | None:
    if isinstance(when, datetime):
        when = when.date()
    return None if when is None else when.isoformat()


def write_order(
    writer: Writer,
    rng: Random,
    story: Story,
    types: dict[str, int],
    customer: int,
    equipment: int,
    origin: int | None,
) -> int:
    """Queue all rows of an order; its key. ``origin``: the order that a warranty return is of."""
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
    warranty = delivered + timedelta(days=WARRANTY_DAYS) if delivered else None
    before = None
    if status in CLOSED:
        before = story.moves[-2].to if len(story.moves) > 1 else Status.RECEIVED
    service = (
        "Retorno em garantia"
        if origin
        else rng.choice(("Conserto",) * 6 + ("Instalação", "Limpeza", "Manutenção preventiva"))
    )
    valid_until = story.quoted.date() + timedelta(days=10) if story.quoted else None
    starts = dates.get(Status.IN_PROGRESS) or dates.get(Status.APPROVED) or story.quoted
    number = writer.take("order")
    hour = rng.choice((None, None, "12:00", "17:00", "18:00"))
    in_shop = status not in CLOSED
    order = writer.add(
        "orders",
        number,
        customer,
        equipment,
        types[service],
        technician if story.moves else None,
        attendant,
        origin,
        status.value,
        before.value if before else None,
        story.fault,
        rng.choices(("normal", "high", "urgent"), (88, 8, 4))[0],
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
        f"{rng.choice('ABCDE')}{rng.randrange(1, 13)}" if in_shop and rng.random() < 0.7 else None,
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
    writer.event(
        at,
        attendant,
        "order_opened",
        {"number": number, "total": agreed},
        order=order,
        customer=customer,
    )
    _write_history(
        writer, story, order, attendant, technician, agreed, total, valid_until, warranty, hour
    )
    return order


def _write_history(
    writer: Writer,
    story: Story,
    order: int,
    attendant: int,
    technician: int,
    agreed: int,
    total: int,
    valid_until: date | None,
    warranty: datetime | None,
    hour: str | None,
) -> None:
    """Moves and money in the order in which they happened."""
    quote: int | None = None
    status = Status.RECEIVED
    booked: list[int] = []
    balance = total
    money = list(story.money)
    happenings = sorted(
        [(move.at, 0, place) for place, move in enumerate(story.moves)]
        + [(item.at, 1, place) for place, item in enumerate(money)]
    )
    for _, kind, place in happenings:
        if kind == 1:
            item = money[place]
            at = key_of(item.at)
            receipt = writer.take("receipt")
            payment = writer.add(
                "payments",
                order,
                item.kind,
                at,
                day_of(item.at),
                item.amount,
                item.method.value,
                attendant,
                receipt,
                booked[item.reverses] if item.reverses is not None else None,
            )
            booked.append(payment)
            balance -= item.amount
            code = {"payment": "paid", "reversal": "reversed", "refund": "refunded"}[item.kind]
            writer.event(
                at,
                attendant,
                code,
                {
                    "amount": item.amount,
                    "method": item.method.value,
                    "date": day_of(item.at),
                    "receipt": receipt,
                    "balance": balance,
                },
                {"reason": item.reason} if item.reason else None,
                order=order,
                payment=payment,
            )
            continue
        move = story.moves[place]
        at = key_of(move.at)
        author = technician if move.to in _WORKSHOP else attendant
        if move.to is Status.AWAITING_APPROVAL:
            after = story.moves[place + 1] if place + 1 < len(story.moves) else None
            answer = {Status.APPROVED: "approved", Status.DECLINED: "refused"}
            quote = writer.add(
                "quotes",
                order,
                1,
                answer[after.to] if after else "sent",
                _quote_content(story, move.at, hour),
                agreed,
                day_of(move.at),
                day_of(story.promised),
                day_of(valid_until),
                "À vista na retirada",
                at,
                at,
                key_of(after.at) if after else None,
            )
            writer.event(
                at, attendant, "quote_issued", {"version": 1, "total": agreed}, order=order
            )
        if move.to is Status.APPROVED:
            writer.add(
                "approvals",
                order,
                quote,
                move.texts["approved_by"],
                story.via.value,
                at,
                attendant,
                agreed,
                None,
            )
            writer.event(
                at,
                attendant,
                "approved",
                {"via": story.via.value, "total": agreed, "version": 1 if quote else None},
                {"approved_by": move.texts["approved_by"]},
                order=order,
            )
        if move.to in (Status.DELIVERED, Status.RETURNED):
            writer.add(
                "deliveries",
                order,
                move.to.value,
                at,
                move.texts["collected_by"],
                None,
                day_of(warranty) if move.to is Status.DELIVERED else None,
                attendant,
                None,
            )
        writer.event(
            at,
            author,
            "moved",
            {"from": status.value, "to": move.to.value},
            dict(move.texts) or None,
            order=order,
        )
        status = move.to


_WORKSHOP = frozenset({Status.IN_DIAGNOSIS, Status.IN_PROGRESS, Status.AWAITING_PART, Status.READY})


def _quote_content(story: Story, starts: datetime, hour: str | None) -> str:
    """As ``services.quotes.quote_content`` writes it."""
    sums = {
        kind: sum(line.total for line in story.lines if line.kind == kind)
        for kind in ("service", "part")
    }
    return canonical_json(
        {
            "items": [
                {
                    "kind": line.kind,
                    "description": line.description,
                    "quantity": line.quantity,
                    "unit": line.unit,
                    "unit_price": line.unit_price,
                    "discount": 0,
                    "part_condition": "new_original" if line.kind == "part" else None,
                    "warranty_days": line.warranty_days,
                    "total": line.total,
                }
                for line in story.lines
            ],
            "labor": sums["service"],
            "parts": sums["part"],
            "discount": story.discount,
            "total": story.total,
            "fee": story.fee,
            "start_on": day_of(starts),
            "promised_on": day_of(story.promised),
            "promised_time": hour,
            "payment_terms": "À vista na retirada",
        }
    )
