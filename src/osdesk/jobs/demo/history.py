"""The history of an order of the demonstration shop: steps, money and words as they happened."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from osdesk.domain.chain import canonical_json
from osdesk.domain.orders.status import Status
from osdesk.jobs.demo.facts import Money, Move, Remark, Story, Told
from osdesk.jobs.demo.writer import Writer, day_of, key_of

BENCH = frozenset({Status.IN_DIAGNOSIS, Status.IN_PROGRESS, Status.AWAITING_PART, Status.READY})
"""Steps that a technician takes; the others are the counter's."""


@dataclass(frozen=True, slots=True)
class Agreed:
    """What the history says again of the order's row."""

    order: int
    number: int
    agreed: int
    total: int
    valid_until: date | None
    warranty: date | None
    hour: str | None
    attendant: int
    technician: int


def write_history(writer: Writer, story: Story, facts: Agreed) -> None:
    status = Status.RECEIVED
    quote: int | None = None
    booked: list[int] = []
    balance = facts.total
    for happening in _in_order(story):
        if isinstance(happening, Money):
            balance -= happening.amount
            _book(writer, happening, facts, booked, balance)
        elif isinstance(happening, Remark):
            _remark(writer, happening, facts)
        elif isinstance(happening, Told):
            _tell(writer, happening, facts)
        else:
            if happening.to is Status.AWAITING_APPROVAL:
                quote = _offer(writer, story, happening, facts)
            elif happening.to is Status.APPROVED:
                _approve(writer, story, happening, facts, quote)
            elif happening.to in (Status.DELIVERED, Status.RETURNED):
                _hand_over(writer, story, happening, facts)
            _move(writer, happening, status, facts)
            status = happening.to
    if story.stage is not None:
        at, stage = story.stage
        author = facts.technician if status in BENCH else facts.attendant
        texts: dict[str, object] = {"stage_before": None, "stage": stage}
        _changed(writer, key_of(at), author, facts, {"changed": ["stage"]}, texts)


def _in_order(story: Story) -> Iterator[Move | Money | Remark | Told]:
    """By their moment; a step before the money of the same moment."""
    found: list[tuple[datetime, int, int, Move | Money | Remark | Told]] = [
        *((move.at, 0, place, move) for place, move in enumerate(story.moves)),
        *((item.at, 1, place, item) for place, item in enumerate(story.money)),
        *((note.at, 2, place, note) for place, note in enumerate(story.remarks)),
        *((told.at, 3, place, told) for place, told in enumerate(story.notices)),
    ]
    for *_, happening in sorted(found, key=lambda each: each[:3]):
        yield happening


def _book(writer: Writer, item: Money, facts: Agreed, booked: list[int], balance: int) -> None:
    at = key_of(item.at)
    receipt = writer.take("receipt")
    payment = writer.add(
        "payments",
        facts.order,
        item.kind,
        at,
        day_of(item.at),
        item.amount,
        item.method.value,
        facts.attendant,
        receipt,
        booked[item.reverses] if item.reverses is not None else None,
    )
    booked.append(payment)
    writer.event(
        at,
        facts.attendant,
        {"payment": "paid", "reversal": "reversed", "refund": "refunded"}[item.kind],
        {
            "amount": item.amount,
            "method": item.method.value,
            "date": day_of(item.at),
            "receipt": receipt,
            "balance": balance,
        },
        {"reason": item.reason} if item.reason else None,
        order=facts.order,
        payment=payment,
    )


def _remark(writer: Writer, remark: Remark, facts: Agreed) -> None:
    at = key_of(remark.at)
    author = facts.technician if remark.bench else facts.attendant
    note = writer.add("notes", facts.order, at, author, int(remark.for_customer), remark.body)
    data: dict[str, object] = {"note": note, "for_customer": remark.for_customer}
    writer.event(at, author, "note_added", data, {"body": remark.body}, order=facts.order)


def _tell(writer: Writer, told: Told, facts: Agreed) -> None:
    at = key_of(told.at)
    body = told.body.replace("{number}", str(facts.number))
    kind, channel = told.kind.value, told.channel.value
    notice = writer.add("notices", facts.order, at, facts.attendant, kind, channel, body)
    data: dict[str, object] = {"notice": notice, "kind": kind, "channel": channel}
    writer.event(at, facts.attendant, "notice_given", data, {"body": body}, order=facts.order)


def _offer(writer: Writer, story: Story, move: Move, facts: Agreed) -> int:
    at = key_of(move.at)
    following = story.moves[story.moves.index(move) + 1 :]
    answer = {Status.APPROVED: "approved", Status.DECLINED: "refused"}
    quote = writer.add(
        "quotes",
        facts.order,
        1,
        answer[following[0].to] if following else "sent",
        _quote_content(story, move.at, facts.hour),
        facts.agreed,
        day_of(move.at),
        day_of(story.promised),
        day_of(facts.valid_until),
        "À vista na retirada",
        at,
        at,
        key_of(following[0].at) if following else None,
    )
    data: dict[str, object] = {"version": 1, "total": facts.agreed}
    writer.event(at, facts.attendant, "quote_issued", data, order=facts.order)
    return quote


def _approve(writer: Writer, story: Story, move: Move, facts: Agreed, quote: int | None) -> None:
    at = key_of(move.at)
    by, via = move.texts["approved_by"], story.via.value
    row = (facts.order, quote, by, via, at, facts.attendant, facts.agreed, None)
    writer.add("approvals", *row)
    version = 1 if quote else None
    data: dict[str, object] = {"via": via, "total": facts.agreed, "version": version}
    writer.event(at, facts.attendant, "approved", data, {"approved_by": by}, order=facts.order)


def _hand_over(writer: Writer, story: Story, move: Move, facts: Agreed) -> None:
    at = key_of(move.at)
    until = day_of(facts.warranty) if move.to is Status.DELIVERED else None
    by = move.texts["collected_by"]
    row = (facts.order, move.to.value, at, by, None, until, facts.attendant, None)
    writer.add("deliveries", *row)
    if story.parts:
        agreed = [[part.due_on.isoformat(), part.amount] for part in story.parts]
        data = {"changed": ["instalments"], "instalments_before": [], "instalments": agreed}
        _changed(writer, at, facts.attendant, facts, data)
    elif story.due_on is not None:
        day = {"due_on_before": None, "due_on": day_of(story.due_on)}
        _changed(writer, at, facts.attendant, facts, {"changed": ["due_on"], **day})


def _changed(
    writer: Writer,
    at: str,
    author: int,
    facts: Agreed,
    data: dict[str, object],
    texts: dict[str, object] | None = None,
) -> None:
    writer.event(at, author, "order_changed", data, texts, order=facts.order)


def _move(writer: Writer, move: Move, status: Status, facts: Agreed) -> None:
    data: dict[str, object] = {"from": status.value, "to": move.to.value}
    if move.to is Status.DELIVERED:
        data["warranty_until"] = day_of(facts.warranty)
    author = facts.technician if move.to in BENCH else facts.attendant
    writer.event(
        key_of(move.at), author, "moved", data, dict(move.texts) or None, order=facts.order
    )


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
