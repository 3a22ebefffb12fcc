"""A shop with orders of all sorts, made once and copied; the real window on it."""

import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QDir, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication
from tests.made_once import made_once

from osdesk.domain.codes import PaymentMethod
from osdesk.domain.orders.forms import (
    EmployeeForm,
    ItemForm,
    OrderForm,
    PaymentForm,
    PhoneForm,
    StepForm,
)
from osdesk.domain.orders.status import Status
from osdesk.persistence.store import open_store
from osdesk.services.orders.payments import pay_order
from osdesk.services.orders.saving import add_order
from osdesk.services.orders.steps import move_order
from osdesk.services.shop.shop import save_shop, shop_view
from osdesk.services.shop.staff import save_employee
from osdesk.ui.desk import Desk
from osdesk.ui.widgets import theme

NOW = datetime(2026, 11, 24, 15, tzinfo=UTC)
TODAY = date(2026, 11, 24)


def clock() -> datetime:
    return NOW


def shop_form(view):
    from dataclasses import fields

    from osdesk.domain.orders.forms import ShopForm

    return ShopForm(**{f.name: getattr(view, f.name) for f in fields(ShopForm)})


def order_form(name: str, phone: str, promised: date | None = None) -> OrderForm:
    form = OrderForm(service_type="Conserto", reason="Não liga", technician="Edson Ramos")
    form.customer.name = name
    form.customer.phones = [PhoneForm(phone)]
    form.equipment.kind = "Lavadora"
    form.equipment.brand = "Brastemp"
    form.promised_on = promised
    form.start_on = min(TODAY, promised or TODAY)
    form.items = [ItemForm(description="Troca da placa", unit_price=18000)]
    return form


@pytest.fixture(scope="session")
def shop_with_orders(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """130 orders: the first hundred fill a page; 1 is delivered, 2 late, 3 waits for approval."""

    def make(folder: Path) -> None:
        store = open_store(folder, write=True, create=True, clock=clock)
        store.database.run(fill)
        store.close()

    def fill(session):
        form = shop_form(shop_view(session))
        form.name = "Eletrônica Horizonte"
        save_shop(session, form, now=NOW, author=None)
        who = save_employee(
            session, EmployeeForm(name="Priscila", role="attendant"), now=NOW, author=None
        )
        save_employee(session, EmployeeForm(name="Edson Ramos"), now=NOW, author=None)
        for n in range(1, 131):
            promised = date(2026, 11, 22) if n == 2 else date(2026, 12, 1)
            form = order_form(f"Cliente Número {n}", f"(11) 98765-{4000 + n}", promised)
            if n == 3:
                form.customer.name = "José <b>Conceição</b> & Filhos"
            add_order(session, form, now=NOW, author=who)
        approve = StepForm(approved_by="Cliente", approved_via="counter")
        steps = (
            (1, Status.APPROVED, approve),
            (1, Status.IN_PROGRESS, StepForm()),
            (1, Status.READY, StepForm()),
            (3, Status.AWAITING_APPROVAL, StepForm()),
            (4, Status.APPROVED, approve),
            (4, Status.IN_PROGRESS, StepForm()),
        )
        for number, to, step in steps:
            move_order(session, number, to, step, now=NOW, author=who)
        pay_order(session, 1, PaymentForm(18000, PaymentMethod.PIX), now=NOW, author=who)
        pay_order(session, 4, PaymentForm(5000, PaymentMethod.CASH), now=NOW, author=who)
        collected = StepForm(collected_by="Cliente")
        move_order(session, 1, Status.DELIVERED, collected, now=NOW, author=who)

    return made_once(tmp_path_factory, "shop_with_orders", make)


@pytest.fixture
def order_folder(shop_with_orders: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(shop_with_orders, tmp_path / "shop"))


@pytest.fixture
def desk(qapp: QApplication, order_folder: Path):
    """An open desk on the shop with orders; its clock stands still."""
    theme.apply(qapp, "light")
    store = open_store(order_folder, write=True, clock=clock)
    desk = Desk(store, clock)
    yield desk
    desk.close()


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that would have been opened by the system's own programs."""
    found: list[str] = []

    def open_url(url: QUrl) -> bool:
        found.append(QDir.toNativeSeparators(url.toLocalFile()))
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", staticmethod(open_url))
    return found
