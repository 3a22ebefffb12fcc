"""What the editor does for who opens an order: the usual promise, works like this one, returns.

It only fills what is still empty; everything that was typed stays.
"""

from datetime import date, datetime, timedelta

from PySide6.QtCore import QObject, QTimer, Signal

from osdesk.domain.calendar import add_business_days, is_business_day
from osdesk.domain.codes import ItemKind
from osdesk.domain.errors import UserError
from osdesk.domain.orders.forms import OrderForm
from osdesk.domain.orders.rules import locked_in
from osdesk.domain.text import fold
from osdesk.domain.views.counter import SimilarJobs
from osdesk.domain.views.orders import OrderView
from osdesk.services.orders.similar import similar_jobs
from osdesk.services.orders.warranty import return_form
from osdesk.services.shop.staff import service_types
from osdesk.texts import sentence
from osdesk.ui.desk import Desk
from osdesk.ui.editor.customer import OrderCustomer
from osdesk.ui.editor.equipment import OrderEquipment
from osdesk.ui.editor.side import EditorSide
from osdesk.ui.editor.work import OrderWork

PAUSE = 150
"""Milliseconds of rest in typing before the shop's past is asked."""


class IntakeHelp(QObject):
    """Watches the cards and fills what is empty."""

    said = Signal(str)
    """Why something that was asked for cannot be."""

    def __init__(
        self,
        desk: Desk,
        customer: OrderCustomer,
        equipment: OrderEquipment,
        work: OrderWork,
        side: EditorSide,
    ) -> None:
        super().__init__(equipment)
        self._desk = desk
        self._customer, self._equipment = customer, equipment
        self._work, self._side = work, side
        self._sheet: OrderView | None = None
        self._form = OrderForm()
        self._asked: tuple[str, ...] = ()
        self._jobs: SimilarJobs | None = None
        self._timer = QTimer(self, interval=PAUSE, singleShot=True)
        self._timer.timeout.connect(self._ask)
        equipment.service_type.edited.connect(self._offer_promise)
        equipment.return_requested.connect(self._come_back)
        side.promise.similar_requested.connect(self._take)

    def load(self, sheet: OrderView | None) -> None:
        """Another order is shown; its usual promise is part of what it begins with."""
        self._sheet = sheet
        self._asked = ()
        self._show(None)
        self._offer_promise()

    def look(self, form: OrderForm) -> None:
        """What is shown was edited: are there works like it?"""
        self._form = form
        device = form.equipment
        line = next((i.description for i in form.items if i.kind is ItemKind.SERVICE), "")
        words = (device.kind, device.brand, device.model, line, form.service_type)
        asked = tuple(fold(word or "") for word in words)
        if asked != self._asked:
            self._asked = asked
            self._timer.start()

    # -- the usual promise -----------------------------------------------------------------

    def _offer_promise(self) -> None:
        if self._sheet is not None:
            return
        wanted = fold(self._equipment.service_type.text_value() or "")
        days = {fold(each.name): each.promise_days for each in self._desk.read(service_types)}.get(
            wanted
        )
        if self._side.promise.offer(days):
            self._side.edited.emit()

    # -- works like this one ---------------------------------------------------------------

    def _ask(self) -> None:
        locked = self._sheet is not None and "items" in locked_in(self._sheet.status)
        free = self._form.warranty_return_of is not None
        number = self._sheet.number if self._sheet else None
        known = locked or free or not self._form.equipment.kind.strip()
        form = self._form
        self._show(None if known else self._desk.read(similar_jobs, form, except_number=number))

    def _show(self, jobs: SimilarJobs | None) -> None:
        self._jobs = jobs
        self._side.promise.show_similar(jobs)

    def _take(self) -> None:
        """Promise and price where they are missing."""
        if self._jobs is None:
            return
        if self._side.promise.is_open():
            self._side.promise.take_day(self._usual_day(self._jobs.days))
        model = self._work.items.model
        for row in model.kept_rows():
            item = model.item(row)
            if item.kind is ItemKind.SERVICE:
                if not item.unit_price and item.quantity == 1000:
                    model.change(row, unit_price=self._jobs.price)
                return

    def _usual_day(self, days: int) -> date:
        """That many days from today; on a day that the shop is closed, the next one."""
        saturday = self._desk.shop.open_saturday
        day = self._desk.today() + timedelta(days=days)
        if not is_business_day(day, saturday=saturday):
            day = add_business_days(day, 1, saturday=saturday)
        return day

    # -- returns ---------------------------------------------------------------------------

    def _come_back(self, number: int) -> None:
        """Make what is shown a return under the warranty of order ``number``."""
        try:
            form = self._desk.read(return_form, number, now=self._entered())
        except UserError as error:
            self.said.emit(sentence(error))
            return
        if self._customer.customer_id is None and self._customer.name.is_blank():
            self._customer.choose(form.customer.id or 0)
        if self._side.technician.is_blank() and form.technician:
            self._side.technician.setEditText(form.technician)
        self._equipment.come_back(form)

    def _entered(self) -> datetime:
        return self._form.requested_at or self._desk.now()
