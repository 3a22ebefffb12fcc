"""Rows of a table as customers, catalogue entries and orders of the shop."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import chain, islice
from typing import Any
from zoneinfo import ZoneInfo

from osdesk.domain.arrivals import NOT_TOLD, Arrival, ArrivedOrder, ArrivedPayment, Given
from osdesk.domain.calendar import local_day
from osdesk.domain.codes import ImportKind, ItemKind, PaymentMethod, Priority
from osdesk.domain.errors import UserError
from osdesk.domain.orders.forms import (
    CatalogForm,
    CustomerForm,
    EquipmentForm,
    ItemForm,
    OrderForm,
    PhoneForm,
)
from osdesk.domain.orders.status import HANDED_OVER, UNSERVICED, Status
from osdesk.interchange.incoming import values
from osdesk.interchange.incoming.columns import (
    HEAD_WITHIN,
    given,
    guessed,
    head_of,
    mapped,
    recognised,
    titles_of,
)
from osdesk.interchange.incoming.tables import Cell, Row

LINES_BEFORE = "Serviços e materiais, conforme o sistema anterior"
LABOR_BEFORE = "Mão de obra, conforme o sistema anterior"
PARTS_BEFORE = "Materiais, conforme o sistema anterior"
LONG_AGO = timedelta(days=90)
"""What was finished longer ago than this is not on the shelf any more."""


@dataclass
class Table:
    """A table whose columns are known: its rows, one by one."""

    kind: ImportKind
    columns: tuple[Given, ...]
    places: dict[int, str]
    rows: Iterator[Row]
    titles: list[str]
    zone: ZoneInfo
    today: date
    statuses: Mapping[str, Status] = field(default_factory=dict)

    @property
    def numbered(self) -> bool:
        """Whether the orders bring numbers of their own."""
        return "number" in self.places.values()

    def arrivals(self) -> Iterator[Arrival]:
        readers: dict[ImportKind, Callable[[_Cells], CustomerForm | CatalogForm | ArrivedOrder]]
        readers = {
            ImportKind.CUSTOMERS: _person,
            ImportKind.CATALOG: _entry,
            ImportKind.ORDERS: _order,
        }
        read = readers[self.kind]
        for line, row in self.rows:
            cells = _Cells(self, row)
            if not cells.filled:
                continue
            label = cells.label()
            try:
                yield Arrival(line, label, read(cells), key=cells.line("key"))
            except UserError as error:
                yield Arrival(line, label, None, error)


def table_of(
    kind: ImportKind,
    rows: Iterator[Row],
    *,
    chosen: Mapping[str, str | None],
    zone: ZoneInfo,
    today: date,
) -> Table:
    """Find the head of a table and what its columns are. Raises UserError ``import_empty``, or
    ``import_no_columns`` where none is known that a row needs."""
    first = list(islice(rows, HEAD_WITHIN + 30))
    if not first:
        raise UserError("import_empty")
    head = head_of(kind, first)
    titles = titles_of(first[head][1])
    found = recognised(kind, titles)
    following = first[head + 1 :]
    if not found and kind is ImportKind.CATALOG and (found := guessed(first)):
        width = max(len(row) for _, row in first)
        titles, following = titles_of([None] * width), first
    places = mapped(found, titles, chosen)
    columns = given(titles, places, [row for _, row in following[:20]])
    return Table(kind, columns, places, chain(iter(following), rows), titles, zone, today)


NEEDED = {
    ImportKind.CUSTOMERS: "customer.name",
    ImportKind.CATALOG: "description",
    ImportKind.ORDERS: "customer.name",
}


def refuse_unknown(table: Table) -> None:
    """Raises UserError ``import_no_columns`` where no column has what every row needs."""
    needed = NEEDED[table.kind]
    if needed not in table.places.values():
        raise UserError("import_no_columns", field=needed, value=", ".join(table.titles[:12]))


class _Cells:
    """One row's cells by what they are."""

    def __init__(self, table: Table, row: Sequence[Cell]) -> None:
        self.table = table
        self._found: dict[str, list[tuple[str, Cell]]] = {}
        for place, target in table.places.items():
            if place < len(row):
                pair = (table.titles[place], row[place])
                self._found.setdefault(target, []).append(pair)
        self.filled = any(values.text_of(cell) for cell in row)

    def cell(self, target: str) -> Cell:
        pairs = self._found.get(target)
        return pairs[0][1] if pairs else None

    def line(self, target: str) -> str | None:
        return values.line_of(self.cell(target))

    def all(self, target: str) -> list[tuple[str, str]]:
        pairs = self._found.get(target, ())
        return [(title, text) for title, cell in pairs if (text := values.line_of(cell))]

    def money(self, target: str) -> int | None:
        return values.money_of(self.cell(target), target)

    def day(self, target: str) -> date | None:
        return values.day_of(self.cell(target), target)

    def choice(self, target: str, words: dict[str, object]) -> Any:
        return values.choice_of(self.cell(target), words, target)

    def joined(self, target: str) -> str | None:
        """Texts of several columns, each but the only one under its title."""
        found = self.all(target)
        if len(found) == 1:
            return found[0][1]
        return "\n".join(f"{title}: {text}" for title, text in found) or None

    def label(self) -> str:
        number = self.line("number") if self.table.kind is ImportKind.ORDERS else None
        name = self.line("customer.name") or self.line("description") or ""
        return f"OS {number} · {name}" if number else name


def _person(cells: _Cells) -> CustomerForm:
    phones = [PhoneForm(text, _label_of(title)) for title, text in cells.all("customer.phones")]
    return CustomerForm(
        name=cells.line("customer.name") or "",
        phones=phones,
        document=values.document_of(cells.cell("customer.document")),
        email=cells.line("customer.email"),
        address=_address(cells),
        notes=cells.joined("customer.notes"),
    )


def _label_of(title: str) -> str | None:
    plain = title.casefold()
    if "what" in plain or "zap" in plain:
        return "WhatsApp"
    if "recado" in plain:
        return "recado"
    return None


def _address(cells: _Cells) -> str | None:
    street = ", ".join(
        text
        for target in ("customer.address", "address.number", "address.complement")
        if (text := cells.line(target))
    )
    town = " - ".join(
        text for target in ("address.city", "address.state") if (text := cells.line(target))
    )
    code = cells.line("address.zip")
    pieces = (street, cells.line("address.district"), town, code and f"CEP {code}")
    return ", ".join(piece for piece in pieces if piece) or None


def _entry(cells: _Cells) -> CatalogForm:
    kind = cells.choice("kind", values.KIND_WORDS) if cells.line("kind") else ItemKind.PART
    active = cells.choice("active", values.YES_WORDS)
    price = cells.money("unit_price")
    if price is None:
        raise UserError("required", field="unit_price")
    return CatalogForm(
        kind=kind,
        description=cells.line("description") or "",
        unit=cells.line("unit") or "un",
        unit_price=price,
        unit_cost=cells.money("unit_cost"),
        warranty_days=values.days_of(cells.cell("warranty_days"), "warranty_days"),
        part_condition=cells.choice("part_condition", values.CONDITION_WORDS),
        active=True if active is None else active,
    )


# -- orders ---------------------------------------------------------------------------------------


def _order(cells: _Cells) -> ArrivedOrder:
    assumed: list[str] = []
    table = cells.table
    items, discount, total = _lines(cells)
    form = OrderForm(
        customer=_person(cells),
        equipment=EquipmentForm(
            kind=_or_not_told(cells.line("equipment.kind"), "equipment.kind", assumed),
            **{
                name: cells.line(f"equipment.{name}")
                for name in ("brand", "model", "serial", "imei2", "colour", "accessories")
            },
            condition=cells.line("equipment.condition"),
        ),
        service_type=cells.line("service_type") or NOT_TOLD,
        reason=_or_not_told(cells.line("reason"), "reason", assumed),
        priority=cells.choice("priority", values.PRIORITY_WORDS) or Priority.NORMAL,
        slot=cells.line("slot"),
        notes=cells.joined("notes"),
        technician=cells.line("technician"),
        promised_on=cells.day("promised_on"),
        items=items,
        discount=discount,
        due_on=cells.day("due_on"),
        diagnosis=cells.line("diagnosis"),
        report=cells.line("report"),
        external_ref=cells.line("external_ref"),
    )
    order = ArrivedOrder(
        form,
        number=values.whole_of(cells.cell("number"), "number"),
        attendant=cells.line("attendant"),
        ready_on=cells.day("ready_on"),
        assumed=assumed,
    )
    left_on = cells.day("delivered_on")
    form.requested_at = _entered(cells, order, left_on)
    entered = local_day(form.requested_at, table.zone)
    balance = cells.money("balance")
    _stand(cells, order, left_on, entered, owed=bool(balance))
    if order.status in UNSERVICED:
        form.fee = total
        form.items, form.discount = [], 0
    _pay(cells, order, total, balance, entered)
    _warrant(cells, order)
    return order


def _or_not_told(text: str | None, name: str, assumed: list[str]) -> str:
    if text is None:
        assumed.append(name)
    return text or NOT_TOLD


def _lines(cells: _Cells) -> tuple[list[ItemForm], int, int]:
    """The order's lines, its discount and what it comes to. Raises UserError ``amounts_differ``
    where the file's own figures do not agree."""
    labor, parts = cells.money("labor") or 0, cells.money("parts") or 0
    discount, total = cells.money("discount") or 0, cells.money("total")
    if total is None and not (labor or parts):
        paid, balance = cells.money("paid"), cells.money("balance")
        total = None if balance is None else (paid or 0) + balance
    described = cells.line("items")
    items = []
    if labor or parts:
        if total is not None and total not in (labor + parts - discount, labor + parts):
            raise UserError(
                "amounts_differ", field="total", amount=total, balance=labor + parts - discount
            )
        if labor:
            items.append(ItemForm(ItemKind.SERVICE, described or LABOR_BEFORE, unit_price=labor))
        if parts:
            text = PARTS_BEFORE if labor or not described else described
            items.append(ItemForm(ItemKind.PART, text, unit_price=parts))
        return items, discount, labor + parts - discount
    if total:
        price = total + discount
        items.append(ItemForm(ItemKind.SERVICE, described or LINES_BEFORE, unit_price=price))
        return items, discount, total
    if described:
        items.append(ItemForm(ItemKind.SERVICE, described))
    return items, 0, 0


def _entered(cells: _Cells, order: ArrivedOrder, left_on: date | None) -> datetime:
    """The moment of entry; where nobody told it, the earliest day that is known."""
    table = cells.table
    moment = values.moment_of(cells.cell("requested_at"), "requested_at", table.zone)
    if moment is not None:
        return moment
    known = [order.ready_on, left_on, order.form.due_on, order.form.promised_on]
    known.append(cells.day("paid_on"))
    days = [day for day in known if day is not None and day <= table.today]
    if not days:
        raise UserError("required", field="requested_at")
    order.assumed.append("requested_at")
    return datetime.combine(min(days), time(), table.zone)


def _stand(
    cells: _Cells, order: ArrivedOrder, left_on: date | None, entered: date, *, owed: bool
) -> None:
    """Status and the days that belong to it, as far as the file tells them."""
    cell = cells.cell("status")
    words = cells.line("status")
    today = cells.table.today
    if words is None:
        debt = (
            owed and order.form.due_on is not None and "status" not in cells.table.places.values()
        )
        order.status = Status.DELIVERED if left_on or debt else Status.RECEIVED
        order.assumed.append("status")
    elif values.is_finished(cell):
        gone = left_on is not None or today - (order.ready_on or entered) > LONG_AGO
        order.status = Status.DELIVERED if gone else Status.READY
        order.told["status"] = words
        if left_on is None and gone:
            order.assumed.append("status")
    else:
        order.status = cells.choice("status", values.STATUS_WORDS)
        order.told["status"] = words
    day = left_on or order.ready_on
    if order.status in (Status.DELIVERED, Status.RETURNED, Status.CANCELLED) and day is None:
        day = entered
        order.assumed.append("cancelled_on" if order.status is Status.CANCELLED else "delivered_on")
    match order.status:
        case Status.DELIVERED:
            order.delivered_on = day
            order.ready_on = order.ready_on or day
        case Status.RETURNED:
            order.returned_on = day
        case Status.CANCELLED:
            order.cancelled_on = day
        case Status.READY if order.ready_on is None:
            order.ready_on = entered
            order.assumed.append("ready_on")


def _pay(
    cells: _Cells, order: ArrivedOrder, total: int, balance: int | None, entered: date
) -> None:
    """What was paid, as one payment: the file tells no more. What is left is owed on its day."""
    paid = cells.money("paid")
    if not {"paid", "balance"} & set(cells.table.places.values()):
        # a file that tells of no payments tells of no debts: nobody is called a debtor by it
        if order.status is Status.DELIVERED and total > 0 and order.form.due_on is None:
            paid = total
            order.assumed.append("paid")
    elif paid is None and balance is not None:
        if balance > total:
            raise UserError("amounts_differ", field="balance", amount=balance, balance=total)
        paid = total - balance
    if paid is not None and balance is not None and total - paid != balance:
        raise UserError("amounts_differ", field="balance", amount=balance, balance=total - paid)
    if not paid:
        return
    if total and paid > total:
        raise UserError("above_balance", field="paid", number=order.number, balance=total)
    method = cells.choice("method", values.METHOD_WORDS)
    if method is None:
        method = PaymentMethod.CASH
        order.assumed.append("method")
    day = cells.day("paid_on")
    if day is None:
        day = order.delivered_on or order.ready_on or entered
        order.assumed.append("paid_on")
    if day < entered:
        raise UserError("before_order", field="paid_on", number=order.number, day=entered)
    order.payments.append(ArrivedPayment(paid, method, day))


def _warrant(cells: _Cells, order: ArrivedOrder) -> None:
    """A term in days, or the day on which it ends; never shorter than the law's."""
    if order.delivered_on is None or order.status not in HANDED_OVER:
        return
    cell = cells.cell("warranty")
    try:
        days = values.days_of(cell, "warranty")
    except UserError:
        until = values.day_of(cell, "warranty_until")
        if until is not None and until >= order.delivered_on:
            order.warranty_until = max(until, order.delivered_on + timedelta(days=90))
        return
    if days is not None:
        order.warranty_until = order.delivered_on + timedelta(days=max(days, 90))
