"""Names of another system in the shop's lists: found by their folded form, else added.

A dry run adds none.
"""

from osdesk.domain.arrivals import NOT_TOLD
from osdesk.domain.codes import Role
from osdesk.domain.orders.forms import EmployeeForm, ServiceTypeForm, StageForm
from osdesk.domain.orders.status import Status
from osdesk.domain.text import NAME_LIMIT, clean_name
from osdesk.persistence.models import Employee, ServiceType, Slot, Stage
from osdesk.services.imports.bringing import Bringing, named
from osdesk.services.shop.slots import save_slot
from osdesk.services.shop.staff import save_employee, save_service_type
from osdesk.services.shop.stages import save_stage


def words_of(text: str, field: str) -> str:
    return clean_name(text, limit=NAME_LIMIT, field=field)


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
