"""The demonstration shop before anybody comes: who works there, what it sells, its places."""

from datetime import datetime
from random import Random
from uuid import UUID

from sqlalchemy.orm import Session

from osdesk.domain.codes import ItemKind, PartCondition, Role
from osdesk.domain.orders.forms import CatalogForm, EmployeeForm, ServiceTypeForm, StageForm
from osdesk.domain.orders.status import Status
from osdesk.domain.text import fold
from osdesk.jobs.demo.people import vocabulary
from osdesk.services.shop.catalog import catalog, save_catalog_item
from osdesk.services.shop.shop import save_shop, shop_form, shop_row
from osdesk.services.shop.slots import save_slot, slots
from osdesk.services.shop.staff import employees, save_employee, save_service_type, service_types
from osdesk.services.shop.stages import save_stage, stages

STAFF = (
    ("Marta Horizonte", Role.OWNER),
    ("Priscila Nunes", Role.ATTENDANT),
    ("Edson Ramos", Role.TECHNICIAN),
    ("Rui Tavares", Role.TECHNICIAN),
    ("Cíntia Prado", Role.TECHNICIAN),
)
PROFILE = {
    "name": "Eletrônica Horizonte",
    "tagline": "Loja de demonstração · dados fictícios",
    "document": "12345678000195",
    "address": "Rua das Palmeiras, 210 · Centro",
    "city": "São Paulo/SP",
    "phones": "(11) 3222-4455 · WhatsApp (11) 98888-4455",
    "zone": "America/Sao_Paulo",
    "open_saturday": True,
    # a Pix key that nobody can have: paying it by mistake must not reach a stranger
    "pix_key": "caixa@horizonte.example",
    "pix_name": "Eletrônica Horizonte",
    "pix_city": "São Paulo",
}
SHELVES, PLACES = "ABCDEF", 12


def open_shop(session: Session, rng: Random, *, now: datetime) -> None:
    """Profile, people, price list, service types, stages and shelf; what is there stays."""
    shop_row(session).shop_id = str(UUID(int=rng.getrandbits(128), version=4))
    known = {fold(each.name) for each in employees(session)}
    for name, role in STAFF:
        if fold(name) not in known:
            save_employee(session, EmployeeForm(name, role), now=now, author=None)
    owner = next(each.id for each in employees(session) if each.role is Role.OWNER)
    form = shop_form(session)
    for field, value in PROFILE.items():
        setattr(form, field, value)
    save_shop(session, form, now=now, author=owner)
    _service_types(session, now, owner)
    _price_list(session, now, owner)
    there = {(each.status, fold(each.name)) for each in stages(session)}
    for status, name, colour in vocabulary()["stages"]:
        if (status, fold(name)) not in there:
            save_stage(session, StageForm(Status(status), name, colour), now=now, author=owner)
    places = {fold(each.name) for each in slots(session)}
    for name in shelf():
        if fold(name) not in places:
            save_slot(session, None, name, active=True, now=now, author=owner)


def shelf() -> list[str]:
    return [f"{shelf}{place}" for shelf in SHELVES for place in range(1, PLACES + 1)]


def _service_types(session: Session, now: datetime, owner: int) -> None:
    promises = vocabulary()["promise_days"]
    known = {each.name: each for each in service_types(session)}
    for name in dict.fromkeys((*vocabulary()["service_types"], *promises)):
        form = ServiceTypeForm(name, promise_days=promises.get(name))
        if name in known:
            form.active, form.id = known[name].active, known[name].id
        elif name not in vocabulary()["service_types"]:
            continue
        save_service_type(session, form, now=now, author=owner)


def _price_list(session: Session, now: datetime, owner: int) -> None:
    known = {(each.kind, fold(each.description)) for each in catalog(session, limit=10_000)}
    forms = [
        CatalogForm(ItemKind.SERVICE, name, unit_price=price, warranty_days=days or None)
        for _, name, price, days in vocabulary()["services"]
    ]
    forms += [
        CatalogForm(ItemKind.PART, name, unit, price, cost, 90, PartCondition.NEW_ORIGINAL)
        for _, name, price, cost, unit in vocabulary()["parts"]
    ]
    for form in forms:
        key = (form.kind, fold(form.description))
        if key not in known:
            known.add(key)
            save_catalog_item(session, form, now=now, author=owner)
