"""Pages made before somebody asks for them, while nobody waits.

The first order that is opened and the first visit to dashboard and customers would else import the
page, build it, and put its questions to the database into SQL: a third of a second at the counter.
"""

import logging
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer

from osdesk.domain.errors import UserError
from osdesk.domain.orders.status import OrderFilter
from osdesk.ui.desk import Desk
from osdesk.ui.page import PageName
from osdesk.ui.window.pages import Pages

log = logging.getLogger("osdesk")

AHEAD_MS = 1_500
"""After the start: the first list has come, and mostly nobody has touched anything yet."""
BETWEEN_MS = 300
"""From one to the next: keys and clicks come first."""
AHEAD = (PageName.EDITOR, PageName.DASHBOARD, PageName.CUSTOMERS)


class PagesAhead(QObject):
    """One page after the other, each read in the background first; later while somebody types."""

    def __init__(self, desk: Desk, pages: Pages, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._pages = desk, pages
        self._stopped = False
        self._timer = QTimer(self, singleShot=True, interval=AHEAD_MS)
        self._timer.timeout.connect(self.begin)
        self._timer.start()
        if PageName.ORDERS in pages.made:
            pages.orders.search.textChanged.connect(self._wait)
            pages.orders.table.current_changed.connect(self._wait)

    def begin(self) -> None:
        name = next((name for name in AHEAD if name not in self._pages.made), None)
        if name is not None:
            read = READINGS[name]
            self._desk.tasks.run(
                partial(read, now=self._desk.now()),
                done=partial(self._build, name),
                failed=self._failed,
                owner=self,
            )

    def stop(self) -> None:
        """Before the shop is closed: an answer that is still on its way leads to nothing more."""
        self._stopped = True
        self._timer.stop()

    def _wait(self, *_: object) -> None:
        if self._timer.isActive():
            self._timer.start(AHEAD_MS)

    def _build(self, name: PageName, _: None) -> None:
        if self._stopped:
            return
        self._pages.page(name)
        self._timer.start(BETWEEN_MS)

    def _failed(self, error: UserError) -> None:
        log.warning("page not read ahead: %s", error.code)  # a visit says it to the person


def _read_order(store: Any, *, now: Any) -> None:
    """What opening the newest order reads: the statements stay compiled."""
    from osdesk.domain.identifiers import parse_phone
    from osdesk.services.customers.customers import customer_situation
    from osdesk.services.orders.devices import equipment_past
    from osdesk.services.orders.drafts import draft_of
    from osdesk.services.orders.intake import arrival_view
    from osdesk.services.orders.opening import opened_order
    from osdesk.services.orders.sorting import order_numbers
    from osdesk.services.shop.staff import service_types
    from osdesk.services.shop.stages import stages

    read = store.database.read
    parse_phone("1132221111", default_ddd=None)  # the tables of phone numbers
    for number in read(order_numbers, OrderFilter.ALL, now=now, limit=1):
        read(draft_of, number)
        form, sheet = read(opened_order, number, now=now)
        read(customer_situation, sheet.customer.id, now=now)
        read(equipment_past, form.equipment.serial or "0000", now=now, except_number=number)
        read(arrival_view, number, kind=form.equipment.kind, slot=form.slot)
        read(service_types, active_only=True)
        read(stages, active_only=True)


def _read_dashboard(store: Any, *, now: Any) -> None:
    from osdesk.services.reports.dashboard import dashboard

    store.database.read(dashboard, now=now)


def _read_customers(store: Any, *, now: Any) -> None:
    from osdesk.services.customers.customers import customer_page

    store.database.read(customer_page)


READINGS = {
    PageName.EDITOR: _read_order,
    PageName.DASHBOARD: _read_dashboard,
    PageName.CUSTOMERS: _read_customers,
}
