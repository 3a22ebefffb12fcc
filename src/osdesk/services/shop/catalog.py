"""The shop's price list: services and parts that complete a line as it is typed."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from osdesk.domain.codes import EventCode, ItemKind
from osdesk.domain.errors import UserError
from osdesk.domain.money import MAX_CENTS
from osdesk.domain.orders.forms import CatalogForm
from osdesk.domain.text import NAME_LIMIT, clean_line, fold
from osdesk.domain.topics import Topic
from osdesk.domain.views.shop import (
    CatalogView,
)
from osdesk.persistence.models import CatalogItem
from osdesk.services.events import record

TOPIC = Topic.CATALOG

DESCRIPTION_LIMIT = 500
LONGEST_WARRANTY = 3650


def catalog(
    session: Session, text: str = "", *, limit: int = 200, active_only: bool = False
) -> list[CatalogView]:
    """Entries whose description has every word typed: those that begin with what was typed first,
    then those that have it in one piece, each in alphabetical order."""
    folded, description = fold(text), CatalogItem.description_folded
    query = select(CatalogItem)
    if folded:
        query = query.order_by(
            description.startswith(folded, autoescape=True).desc(),
            description.contains(folded, autoescape=True).desc(),
        )
    query = query.order_by(description, CatalogItem.id)
    for word in folded.split():
        query = query.where(CatalogItem.description_folded.contains(word, autoescape=True))
    if active_only:
        query = query.where(CatalogItem.active)
    return [_view(row) for row in session.scalars(query.limit(limit))]


def catalog_item(session: Session, item_id: int) -> CatalogView:
    """One entry, in use or not."""
    return _view(session.get_one(CatalogItem, item_id))


def cleaned_entry(form: CatalogForm) -> CatalogForm:
    """An entry as it will be stored. Raises UserError with ``field``."""
    description = clean_line(form.description, limit=DESCRIPTION_LIMIT, field="description")
    if not description:
        raise UserError("required", field="description")
    for field in ("unit_price", "unit_cost"):
        value = getattr(form, field)
        if value is not None and not 0 <= value <= MAX_CENTS:
            raise UserError("amount_too_big" if value > 0 else "negative", field=field)
    if form.warranty_days is not None and not 0 <= form.warranty_days <= LONGEST_WARRANTY:
        raise UserError("bad_days", field="warranty_days", least=0, most=LONGEST_WARRANTY)
    return replace(
        form,
        description=description,
        unit=clean_line(form.unit, limit=NAME_LIMIT, field="unit") or "un",
        part_condition=form.part_condition if form.kind is ItemKind.PART else None,
    )


def save_catalog_item(
    session: Session, form: CatalogForm, *, now: datetime, author: int | None
) -> int:
    """Add or change one entry; its id. Raises UserError with ``field``."""
    entry = cleaned_entry(form)
    folded = fold(entry.description)
    taken = session.scalar(
        select(CatalogItem.id).where(
            CatalogItem.kind == form.kind, CatalogItem.description_folded == folded
        )
    )
    if taken is not None and taken != form.id:
        raise UserError("name_taken", field="description", value=entry.description)
    row = session.get_one(CatalogItem, form.id) if form.id else CatalogItem()
    row.kind = entry.kind
    row.description, row.description_folded = entry.description, folded
    row.unit = entry.unit
    row.unit_price, row.unit_cost = entry.unit_price, entry.unit_cost
    row.warranty_days, row.active = entry.warranty_days, entry.active
    row.part_condition = entry.part_condition
    session.add(row)
    session.flush()
    data = {
        "catalog": row.id,
        "unit_price": row.unit_price,
        "unit_cost": row.unit_cost,
        "active": row.active,
    }
    record(session, EventCode.CATALOG_CHANGED, now=now, author=author, data=data)
    return row.id


def _view(row: CatalogItem) -> CatalogView:
    return CatalogView(
        id=row.id,
        kind=row.kind,
        description=row.description,
        unit=row.unit,
        unit_price=row.unit_price,
        unit_cost=row.unit_cost,
        warranty_days=row.warranty_days,
        part_condition=row.part_condition,
        active=row.active,
    )
