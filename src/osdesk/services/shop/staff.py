"""Who works here and what kinds of service the shop does: short lists that it edits itself."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from osdesk.domain.codes import EventCode, Role
from osdesk.domain.errors import UserError
from osdesk.domain.text import NAME_LIMIT, clean_name, fold
from osdesk.domain.topics import Topic
from osdesk.domain.views.shop import (
    EmployeeView,
    ServiceTypeView,
)
from osdesk.persistence.list_models import ServiceType
from osdesk.persistence.shop_models import Employee

if TYPE_CHECKING:  # the first list reads who works here and saves nobody
    from osdesk.domain.orders.forms import EmployeeForm, ServiceTypeForm

TOPIC = Topic.STAFF

LONGEST_PROMISE = 365


def employees(session: Session, *, active_only: bool = False) -> list[EmployeeView]:
    query = select(Employee).order_by(Employee.name_folded)
    if active_only:
        query = query.where(Employee.active)
    return [EmployeeView(e.id, e.name, e.role, e.active) for e in session.scalars(query)]


def employee_names(session: Session) -> dict[int, str]:
    return dict(session.execute(select(Employee.id, Employee.name)).all())


def service_types(session: Session, *, active_only: bool = False) -> list[ServiceTypeView]:
    query = select(ServiceType).order_by(ServiceType.id)
    if active_only:
        query = query.where(ServiceType.active)
    return [ServiceTypeView(t.id, t.name, t.active, t.promise_days) for t in session.scalars(query)]


def save_employee(
    session: Session, form: "EmployeeForm", *, now: datetime, author: int | None
) -> int:
    """Add or change one; the id. Raises UserError ``required`` or ``name_taken`` (field name)."""
    from osdesk.services.events import record

    name, folded = _free_name(session, Employee, form.name, form.id)
    try:
        role = Role(form.role)
    except ValueError:
        raise UserError("bad_choice", field="role", value=form.role) from None
    row = session.get_one(Employee, form.id) if form.id else Employee()
    row.name, row.name_folded, row.role, row.active = name, folded, role, form.active
    session.add(row)
    session.flush()
    data = {"employee": row.id, "role": role.value, "active": form.active}
    record(
        session, EventCode.STAFF_CHANGED, now=now, author=author, data=data, texts={"name": name}
    )
    return row.id


def save_service_type(
    session: Session, form: "ServiceTypeForm", *, now: datetime, author: int | None
) -> int:
    """Add or change one; the id. Raises UserError ``required`` or ``name_taken`` (field name),
    ``bad_days`` (promise_days)."""
    from osdesk.services.events import record

    name, folded = _free_name(session, ServiceType, form.name, form.id)
    if form.promise_days is not None and not 0 <= form.promise_days <= LONGEST_PROMISE:
        raise UserError("bad_days", field="promise_days", least=0, most=LONGEST_PROMISE)
    row = session.get_one(ServiceType, form.id) if form.id else ServiceType()
    row.name, row.name_folded, row.active = name, folded, form.active
    row.promise_days = form.promise_days
    session.add(row)
    session.flush()
    data = {
        "service_type": row.id,
        "name": name,
        "active": form.active,
        "promise_days": form.promise_days,
    }
    record(session, EventCode.SHOP_CHANGED, now=now, author=author, data=data)
    return row.id


def employee_named(
    session: Session, name: str | None, *, now: datetime, author: int | None, field: str
) -> int | None:
    """The employee of that name, added as a technician where nobody has it yet."""
    from osdesk.domain.orders.forms import EmployeeForm

    cleaned = clean_name(name or "", limit=NAME_LIMIT, field=field)
    if not cleaned:
        return None
    found = session.scalar(select(Employee.id).where(Employee.name_folded == fold(cleaned)))
    if found is not None:
        return found
    return save_employee(session, EmployeeForm(name=cleaned), now=now, author=author)


def service_type_named(session: Session, name: str, *, now: datetime, author: int | None) -> int:
    """The service type of that name, added where the shop has none yet."""
    from osdesk.domain.orders.forms import ServiceTypeForm

    cleaned = clean_name(name, limit=NAME_LIMIT, field="service_type")
    if not cleaned:
        raise UserError("required", field="service_type")
    found = session.scalar(select(ServiceType.id).where(ServiceType.name_folded == fold(cleaned)))
    if found is not None:
        return found
    return save_service_type(session, ServiceTypeForm(name=cleaned), now=now, author=author)


def _free_name(
    session: Session, table: type[Employee] | type[ServiceType], name: str, own: int | None
) -> tuple[str, str]:
    cleaned = clean_name(name, limit=NAME_LIMIT, field="name")
    if not cleaned:
        raise UserError("required", field="name")
    folded = fold(cleaned)
    taken = session.scalar(select(table.id).where(table.name_folded == folded))
    if taken is not None and taken != own:
        raise UserError("name_taken", field="name", value=cleaned)
    return cleaned, folded
