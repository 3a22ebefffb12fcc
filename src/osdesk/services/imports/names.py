"""Names of another system in the shop's lists: found by their folded form, else added.

A dry run adds none.
"""

from osdesk.domain.arrivals import NOT_TOLD, Arrival, Outcome, RowReport
from osdesk.domain.codes import Role
from osdesk.domain.errors import UserError
from osdesk.domain.orders.forms import EmployeeForm, ServiceTypeForm, StageForm
from osdesk.domain.orders.status import Status
from osdesk.domain.text import NAME_LIMIT, clean_name, fold
from osdesk.persistence.models import Employee, ServiceType, Slot, Stage
from osdesk.services.imports.bringing import Bringing, named
from osdesk.services.shop.slots import save_slot
from osdesk.services.shop.staff import save_employee, save_service_type
from osdesk.services.shop.stages import save_stage


def words_of(text: str, field: str) -> str:
    return clean_name(text, limit=NAME_LIMIT, field=field)


def take_employee(found: Bringing, arrival: Arrival) -> RowReport:
    """A person of the other system: in the shop's list, as a technician, where the name is new."""
    form = arrival.item
    if not isinstance(form, EmployeeForm):
        raise TypeError(type(form))
    name = words_of(form.name, "name")
    if not name:
        error = UserError("required", field="name")
        return RowReport(arrival.row, Outcome.REFUSED, arrival.label, error=error)
    known = found.names[Employee].get(fold(name))
    if known is not None:
        return RowReport(arrival.row, Outcome.SAME, name, known)
    if found.batch is None:
        found.names[Employee][fold(name)] = 0
        return RowReport(arrival.row, Outcome.TAKEN, name)
    key = named(
        found,
        Employee,
        name,
        lambda: save_employee(found.session, form, now=found.now, author=found.author),
    )
    return RowReport(arrival.row, Outcome.TAKEN, name, key)


def employee_named(found: Bringing, name: str | None, role: Role) -> int | None:
    cleaned = words_of(name or "", "technician")
    if not cleaned or found.batch is None:
        return None
    return named(
        found,
        Employee,
        cleaned,
        lambda: save_employee(
            found.session,
            EmployeeForm(cleaned, role.value),
            now=found.now,
            author=found.author,
        ),
    )


def service_type_named(found: Bringing, name: str) -> int:
    """One that nobody told is in the list, but not offered."""
    if found.batch is None:
        return 0
    form = ServiceTypeForm(words_of(name, "service_type"), active=name != NOT_TOLD)
    return named(
        found,
        ServiceType,
        form.name,
        lambda: save_service_type(found.session, form, now=found.now, author=found.author),
    )


def slot_named(found: Bringing, name: str) -> None:
    if found.batch is not None:
        named(
            found,
            Slot,
            name,
            lambda: save_slot(
                found.session, None, name, active=True, now=found.now, author=found.author
            ),
        )


def stage_named(found: Bringing, name: str | None, status: Status) -> int | None:
    if not name or found.batch is None:
        return None
    return named(
        found,
        Stage,
        f"{status.value}\n{name}",
        lambda: save_stage(
            found.session,
            StageForm(status, name, "grey"),
            now=found.now,
            author=found.author,
        ),
    )
