"""An order as the editor opens it: what it shows and what one changes, out of one reading."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from osdesk.domain.orders.forms import (
    ORDER_FIELDS,
    CustomerForm,
    EquipmentForm,
    InstalmentForm,
    ItemForm,
    OrderForm,
    PhoneForm,
)
from osdesk.domain.orders.status import HANDED_OVER
from osdesk.domain.views.orders import OrderView
from osdesk.services.orders.devices import DEVICE
from osdesk.services.orders.view import order_view

LINE = (
    *("kind", "description", "quantity", "unit", "unit_price", "unit_cost", "discount"),
    *("part_condition", "technician", "warranty_days"),
)


def opened_order(session: Session, number: int, *, now: datetime) -> tuple[OrderForm, OrderView]:
    """What ``load_form`` and ``order_view`` say. Raises UserError ``order_not_found``."""
    sheet = order_view(session, number, now=now)
    return form_of_view(sheet), sheet


def form_of_view(sheet: OrderView) -> OrderForm:
    """The form that would save the order unchanged."""
    plain: dict[str, Any] = {
        field.name: getattr(sheet, field.name) for field in ORDER_FIELDS if field.stored
    }
    customer, device = sheet.customer, sheet.equipment
    form = OrderForm(
        **plain,
        customer=CustomerForm(
            name=customer.name,
            phones=[PhoneForm(phone.number, phone.label) for phone in customer.phones],
            document=customer.document,
            email=customer.email,
            address=customer.address,
            notes=customer.notes,
            id=customer.id,
        ),
        equipment=EquipmentForm(
            **{name: getattr(device, name) for name in DEVICE},
            accessories=device.accessories,
            condition=device.condition,
        ),
        service_type=sheet.service_type,
        technician=sheet.technician,
        requested_at=sheet.requested_at,
        items=[ItemForm(**{name: getattr(item, name) for name in LINE}) for item in sheet.items],
        checklist=dict(sheet.checklist),
        stage=sheet.stage.name if sheet.stage else None,
        warranty_return_of=sheet.warranty_return_of,
        instalments=[InstalmentForm(part.due_on, part.amount) for part in sheet.instalments],
    )
    if sheet.collected is not None and sheet.status in HANDED_OVER:
        form.collected_by = sheet.collected.by
        form.collected_document = sheet.collected.document
    return form
