"""Large shops out of a small one: what is over and paid happens again, to other people on other
days, as often as orders are wanted. Only what is told stays open."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from random import Random

from sqlalchemy.orm import Session

from osdesk.domain.identifiers import fold_serial
from osdesk.domain.text import fold
from osdesk.jobs.demo.people import make_person, make_serial
from osdesk.persistence.copies import (
    DeviceCopy,
    Happening,
    OrderCopy,
    PersonCopy,
    ToldOrder,
    copy_rows,
    first_receipt,
    happenings,
    names_of,
    serials_of,
    set_aside,
    set_counters,
    steps,
    told_orders,
    write_history,
)
from osdesk.persistence.database import bare

GOLDEN = 0.618_033_988_75
"""Shares of it spread the copies evenly over the years, however many there are."""
OWED_DAYS = 56
"""What is owed is copied to no day that is further back: it would be forgotten."""
TOLD_EVERY = 1_000
FACTS = re.compile(r'"(\d{4}-\d\d-\d\d)"|"(note|notice|number|receipt|warranty_return_of)":(\d+)')
"""What in an event's data is another thing in its copy."""


def multiply(
    session: Session,
    rng: Random,
    *,
    orders: int,
    between: tuple[date, date],
    progress: Callable[[int], object],
) -> None:
    """Copy the shop's orders until there are ``orders``, spread over the days between two."""
    connection = bare(session)
    told = told_orders(connection)
    plan = _plan(told, orders, between[0].toordinal(), between[1].toordinal())
    first, receipt = min(each.number for each in told), first_receipt(connection)
    copies: list[OrderCopy] = []
    for place, (_, block, each, days) in enumerate(plan):
        copies.append(OrderCopy(block, each.id, first + place, days, receipt - 1))
        receipt += each.receipts
    by_id = {each.id: each for each in told}
    names, serials = names_of(connection), serials_of(connection)
    people = {(each.block, each.customer): each for each in _people(rng, copies, by_id, max(names))}
    devices = _devices(rng, copies, by_id, serials)
    raised = steps(connection)
    with set_aside(connection):
        history = _History(happenings(connection), raised, names, people, by_id)
        copy_rows(connection, sorted(copies), people.values(), devices)
        write_history(connection, history.of(copies, progress))
        set_counters(connection, order=first + len(copies), receipt=receipt)
    session.expunge_all()


def _plan(
    told: list[ToldOrder], orders: int, first: int, last: int
) -> list[tuple[int, int, ToldOrder, int]]:
    """Day of intake, block, order and days of shift of all orders, by day."""
    plan = [(each.opened, 0, each, 0) for each in told]
    weeks = max(1, (last - first) // 7)
    block = 0
    while len(plan) < orders:
        block += 1
        back = -7 * (1 + int(block * GOLDEN % 1 * (weeks - 1)))
        copied: dict[int, int] = {}
        for each in told:
            days = back if each.opened + back >= first else back + 7 * weeks
            fits = each.closed and days != 0 and each.last + days < last
            if each.owed:
                fits = fits and -OWED_DAYS <= days < 0
            if each.return_of is not None:
                fits = fits and copied.get(each.return_of) == days
            if fits and len(plan) < orders:
                copied[each.id] = days
                plan.append((each.opened + days, block, each, days))
    plan.sort(key=lambda found: (found[0], found[1], found[2].id))
    return plan


def _people(
    rng: Random, copies: list[OrderCopy], by_id: dict[int, ToldOrder], index: int
) -> Iterator[PersonCopy]:
    """Each block has its own people: new names, phones and documents."""
    seen: set[tuple[int, int]] = set()
    for copy in copies:
        customer = by_id[copy.order].customer
        if copy.block == 0 or (copy.block, customer) in seen:
            continue
        seen.add((copy.block, customer))
        index += 1
        person = make_person(rng, index)
        phone = person.phones[0]
        digits = "".join(filter(str.isdigit, phone.number))
        yield PersonCopy(
            copy.block,
            customer,
            copy.days,
            person.name,
            fold(person.name),
            person.document,
            person.email,
            person.address,
            phone.number,
            digits,
            digits[2:],
            phone.label,
        )


def _devices(
    rng: Random,
    copies: list[OrderCopy],
    by_id: dict[int, ToldOrder],
    serials: dict[int, str | None],
) -> Iterator[DeviceCopy]:
    seen: set[tuple[int, int]] = set()
    for copy in copies:
        equipment = by_id[copy.order].equipment
        if copy.block == 0 or (copy.block, equipment) in seen:
            continue
        seen.add((copy.block, equipment))
        before = serials[equipment]
        serial = make_serial(rng, imei=before.isdigit()) if before else None
        folded = fold_serial(serial) if serial else None
        yield DeviceCopy(copy.block, equipment, copy.days, serial, folded)


Piece = str | int | tuple[str, int]
"""Of an event's data: words as they are, a day, or a key's name and value."""


@cache
def _iso(ordinal: int) -> str:
    return date.fromordinal(ordinal).isoformat()


class _History:
    """The events of the copies: those of what they are copied from, on their own days."""

    def __init__(
        self,
        told: list[Happening],
        raised: dict[str, int],
        names: dict[int, str],
        people: dict[tuple[int, int], PersonCopy],
        by_id: dict[int, ToldOrder],
    ) -> None:
        self._raised, self._by_id = raised, by_id
        self._names = names
        self._called = {key: person.name for key, person in people.items()}
        self._of_shop: list[Happening] = []
        self._of_customer: dict[int, Happening] = {}
        self._of_order: dict[int, list[tuple[Happening, int, list[Piece]]]] = {}
        for each in told:
            if each.order is not None:
                day = date.fromisoformat(each.at[:10]).toordinal()
                found = self._of_order.setdefault(each.order, [])
                found.append((each, day, _pieces(each.data)))
            elif each.customer is not None:
                self._of_customer.setdefault(each.customer, each)
            else:
                self._of_shop.append(each)

    def of(self, copies: list[OrderCopy], progress: Callable[[int], object]) -> Iterator[Happening]:
        """All events, order by order, each customer's first one before the first order."""
        yield from self._of_shop
        known: set[tuple[int, int]] = set()
        numbers: dict[tuple[int, int], int] = {}
        new = 0
        for copy in copies:
            customer = self._by_id[copy.order].customer
            numbers[copy.block, copy.order] = copy.number
            if (copy.block, customer) not in known:
                known.add((copy.block, customer))
                yield self._arrival(copy, customer)
            yield from self._events(copy, customer, numbers)
            new += copy.block > 0
            if new == TOLD_EVERY:
                progress(new)
                new = 0
        progress(new)

    def _name(self, block: int, customer: int) -> tuple[str, str]:
        name = self._names[customer]
        return name, self._called.get((block, customer), name)

    def _arrival(self, copy: OrderCopy, customer: int) -> Happening:
        each = self._of_customer[customer]
        opening, day, _ = self._of_order[copy.order][0]
        before, now = self._name(copy.block, customer)
        body = each.body
        if body is not None:
            body = body.replace(before, now)
        return each._replace(
            at=_iso(day + copy.days) + opening.at[10:] if copy.block else each.at,
            customer=customer + copy.block * self._raised["customers"],
            body=body,
        )

    def _events(
        self, copy: OrderCopy, customer: int, numbers: dict[tuple[int, int], int]
    ) -> Iterator[Happening]:
        block, raised = copy.block, self._raised
        before, now = self._name(block, customer)
        number = str(self._by_id[copy.order].number)
        receipt = copy.receipts
        for each, day, pieces in self._of_order[copy.order]:
            data = each.data
            if len(pieces) > 1:
                words = []
                for piece in pieces:
                    if isinstance(piece, str):
                        words.append(piece)
                    elif isinstance(piece, int):
                        words.append(f'"{_iso(piece + copy.days)}"')
                    else:
                        name, value = piece
                        if name == "number":
                            value = copy.number
                        elif name == "receipt":
                            receipt += 1
                            value = receipt
                        elif name == "warranty_return_of":
                            value = numbers[block, self._by_id[copy.order].return_of or 0]
                        else:
                            value += block * raised[f"{name}s"]
                        words.append(f'"{name}":{value}')
                data = "".join(words)
            body = each.body
            if body is not None:
                body = body.replace(before, now).replace(f"OS {number}", f"OS {copy.number}")
                if each.code == "notice_given":
                    body = body.replace(before.split()[0], now.split()[0])
            yield Happening(
                _iso(day + copy.days) + each.at[10:],
                each.author,
                each.code,
                copy.order + block * raised["orders"],
                None if each.customer is None else each.customer + block * raised["customers"],
                None if each.payment is None else each.payment + block * raised["payments"],
                data,
                each.salt,
                body,
            )


def _pieces(data: str) -> list[Piece]:
    found: list[Piece] = []
    end = 0
    for fact in FACTS.finditer(data):
        found.append(data[end : fact.start()])
        day, name, value = fact.groups()
        found.append(date.fromisoformat(day).toordinal() if day else (name, int(value)))
        end = fact.end()
    found.append(data[end:])
    return found
