"""The counter of the demonstration shop: who acts, and when; all acts are those of the services."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from heapq import heappop, heappush
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from osdesk.domain.calendar import Month
from osdesk.domain.codes import FileKind, Paper, PaperFormat, Role
from osdesk.domain.orders.forms import (
    CustomerForm,
    EquipmentForm,
    NoticeForm,
    OrderForm,
    PaymentForm,
    StepForm,
)
from osdesk.domain.orders.status import Status
from osdesk.domain.views.shop import EmployeeView
from osdesk.domain.views.signed import IssuedVersion
from osdesk.jobs.demo.people import make_device, make_person
from osdesk.jobs.demo.shop import shelf
from osdesk.jobs.files import shown_name
from osdesk.jobs.papers import paper_place
from osdesk.jobs.pen import signed_scan
from osdesk.persistence.files import sha256_of, write_atomic
from osdesk.persistence.models import Counter as Numbers
from osdesk.persistence.models import Employee, Order, Payment, ServiceType, Shop
from osdesk.persistence.store import Store
from osdesk.services.orders.bulk import set_field
from osdesk.services.orders.forms import order_form, order_row
from osdesk.services.orders.notes import add_note
from osdesk.services.orders.notices import give_notice
from osdesk.services.orders.payments import pay_order, refund_order, reverse_payment
from osdesk.services.orders.saving import add_order
from osdesk.services.orders.steps import move_order
from osdesk.services.orders.warranty import return_form
from osdesk.services.papers.paper_files import keep_paper
from osdesk.services.papers.papers import issue_paper
from osdesk.services.papers.signed import file_signed, issued_versions
from osdesk.services.reports.closings import close_month
from osdesk.services.shop.staff import employees, service_types

ZONE = ZoneInfo("America/Sao_Paulo")
Told = Iterator[datetime]
"""What is told in pieces: each piece happens at the moment that the one before asked for."""
BENCH = frozenset({Status.IN_DIAGNOSIS, Status.IN_PROGRESS, Status.AWAITING_PART, Status.READY})
"""Steps that a technician takes; the others are the counter's."""


class Counter:
    """The open shop at the moment ``now``, and all that will go on later, in the order of time."""

    def __init__(
        self, store: Store, rng: Random, end: datetime, progress: Callable[[int], object]
    ) -> None:
        self.store, self.end, self._progress = store, end, progress
        self.now = end
        self.session: Session
        self.owner = 0
        self.attendants: list[int] = []
        self.technicians: list[EmployeeView] = []
        self.places = shelf()
        rng.shuffle(self.places)
        self._people: list[tuple[CustomerForm, list[EquipmentForm]]] = []
        self._delivered: list[Order] = []
        self._waiting: list[tuple[datetime, int, Told]] = []
        self._count = 0
        self._held: list[object] = []
        self._rows: dict[int, Order] = {}

    def later(self, at: datetime, told: Told) -> None:
        """Go on with something at a moment; what would be after the end does not happen."""
        self._count += 1
        if at <= self.end:
            heappush(self._waiting, (at, self._count, told))

    def work(self, session: Session) -> None:
        """All that waits, in the order of time, up to the end."""
        self.session = session
        staff = employees(session)
        # rows that nearly every act asks for: held, so that the session need not read them again
        self._held = [
            *(session.get_one(Shop, 1), session.get_one(Numbers, "order")),
            *(
                session.get_one(Numbers, "receipt"),
                *(session.get_one(Employee, e.id) for e in staff),
            ),
            *(session.get_one(ServiceType, each.id) for each in service_types(session)),
        ]
        self.owner = next(each.id for each in staff if each.role is Role.OWNER)
        self.technicians = [each for each in staff if each.role is Role.TECHNICIAN]
        self.attendants = [each.id for each in staff if each.role is not Role.TECHNICIAN]
        while self._waiting:
            self.now, _, told = heappop(self._waiting)
            following = next(told, None)
            if following is not None:
                self.later(max(following, self.now), told)
        self._held.clear()
        self._rows.clear()
        self._delivered.clear()

    # -- who comes -------------------------------------------------------------------------------

    def visitor(self, rng: Random) -> OrderForm:
        """A customer, new or known, with a device, new or known."""
        if self._people and rng.random() < 0.62:
            person, devices = self._people[int(len(self._people) * rng.random() ** 0.7)]
        else:
            person, devices = make_person(rng, len(self._people)), []
            self._people.append((person, devices))
        if devices and rng.random() < 0.35:
            device = rng.choice(devices)
        else:
            device = make_device(rng)
            devices.append(device)
        return OrderForm(customer=replace(person), equipment=replace(device))

    def comes_back(self, rng: Random) -> OrderForm | None:
        """A device under a warranty that all its lines still have; each comes back once."""
        today = self.now.date()
        covered = [
            row
            for row in self._delivered[-60:]
            if row.delivered_on is not None
            and row.delivered_on < today <= row.delivered_on + timedelta(days=90)
        ]
        if not covered:
            return None
        row = rng.choice(covered)
        self._delivered.remove(row)
        return return_form(self.session, row.number, now=self.now)

    # -- what is done with an order --------------------------------------------------------------

    def open(self, form: OrderForm, author: int) -> int:
        number = add_order(self.session, form, now=self.now, author=author).number
        self._rows[number] = order_row(self.session, number)
        self._progress(1)
        return number

    def move(
        self, number: int, to: Status, author: int, step: StepForm | None = None, **fields: Any
    ) -> None:
        form = replace(order_form(self.session, self.row(number)), **fields) if fields else None
        step = step or StepForm()
        move_order(self.session, number, to, step, now=self.now, author=author, form=form)
        row = self.row(number)
        whole = all(item.warranty_days is None or item.warranty_days >= 90 for item in row.items)
        if to is Status.DELIVERED and row.warranty_return_of_id is None and whole:
            self._delivered.append(row)

    def put(self, number: int, field: str, value: object, author: int) -> None:
        set_field(self.session, number, field, value, now=self.now, author=author)

    def pay(self, number: int, form: PaymentForm, author: int) -> int:
        return pay_order(self.session, number, form, now=self.now, author=author)

    def reverse(self, number: int, payment: int, reason: str, author: int) -> None:
        reverse_payment(self.session, number, payment, reason=reason, now=self.now, author=author)

    def give_back(self, number: int, payment: int, reason: str, author: int) -> None:
        paid = self.session.get_one(Payment, payment)
        refund_order(
            self.session,
            number,
            amount=paid.amount,
            method=paid.method,
            reason=reason,
            now=self.now,
            author=author,
        )

    def note(self, number: int, body: str, author: int, *, for_customer: bool) -> None:
        add_note(self.session, number, body, for_customer=for_customer, now=self.now, author=author)

    def notify(self, number: int, form: NoticeForm, author: int) -> None:
        give_notice(self.session, number, form, now=self.now, author=author)

    def row(self, number: int) -> Order:
        """The order as it stands now: the services change the row that is held here."""
        return self._rows[number]

    # -- papers and months -----------------------------------------------------------------------

    def print(self, number: int, paper: Paper, author: int) -> bytes:
        """Issue a paper and keep its file, in the transaction that tells the shop."""
        from osdesk.documents.papers import render_paper

        issued = issue_paper(self.session, number, paper, now=self.now, author=author)
        content = render_paper(issued, PaperFormat.A4_HALF, logo=None)
        place = paper_place(self.store, issued, PaperFormat.A4_HALF)
        write_atomic(place, content)
        keep_paper(
            self.session,
            issued,
            PaperFormat.A4_HALF,
            name=place.name,
            sha256=sha256_of(content),
            now=self.now,
        )
        return content

    def sign(self, number: int, paper: Paper, content: bytes, rng: Random, author: int) -> None:
        """The sheet goes through a pen and a scanner, and is filed."""
        from osdesk.documents.images import prepare_image

        scan = signed_scan(content, rng)
        picture = prepare_image(scan)
        file_signed(
            self.session,
            self._newest(number, paper),
            source=f"{hashlib.sha256(scan).hexdigest()}:0",
            name=shown_name(f"OS {number} assinada.png", FileKind.SIGNED, picture.media_type),
            media_type=picture.media_type,
            data_sha=self.store.files.add(picture.data),
            size=len(picture.data),
            now=self.now,
            author=author,
        )

    def _newest(self, number: int, paper: Paper) -> IssuedVersion:
        versions = issued_versions(self.session, number)
        return next(each for each in versions if each.paper is paper)

    def close(self, month: Month) -> None:
        close_month(self.session, month, now=self.now, author=self.owner)
