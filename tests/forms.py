"""Forms as a clerk would fill them, for tests of services and screens."""

from dataclasses import replace
from datetime import date
from typing import Any

from osdesk.domain.codes import ApprovalVia, ItemKind, PartCondition
from osdesk.domain.orders.forms import (
    CustomerForm,
    EquipmentForm,
    ItemForm,
    OrderForm,
    PhoneForm,
    StepForm,
)

PROMISED = date(2026, 11, 27)
STARTS = date(2026, 11, 25)
APPROVAL = StepForm(approved_by="Maria", approved_via=ApprovalVia.WHATSAPP)
COLLECTED = StepForm(collected_by="Maria")


def service(price: int = 18_000, **changes: Any) -> ItemForm:
    return replace(ItemForm(ItemKind.SERVICE, "Troca da placa", unit_price=price), **changes)


def part(price: int = 19_000, **changes: Any) -> ItemForm:
    form = ItemForm(
        ItemKind.PART,
        "Placa W10540609",
        unit_price=price,
        unit_cost=12_000,
        part_condition=PartCondition.NEW_ORIGINAL,
    )
    return replace(form, **changes)


def order(**changes: Any) -> OrderForm:
    """A whole order of 370,00; ``name``, ``serial`` … reach into customer and equipment."""
    customer = CustomerForm(
        name=changes.pop("name", "Maria das Dores Conceição"),
        phones=changes.pop("phones", [PhoneForm("(11) 98765-4321", "WhatsApp")]),
        document=changes.pop("document", None),
    )
    equipment = EquipmentForm(
        kind=changes.pop("kind", "Lavadora"),
        brand="Brastemp",
        model="BWK12ABANA",
        serial=changes.pop("serial", "CX0341187"),
        accessories="sem mangueira",
        condition="riscos na lateral direita",
    )
    form = OrderForm(
        customer=customer,
        equipment=equipment,
        service_type="Conserto",
        reason="Não centrifuga e faz barulho alto.",
        technician="Edson Ramos",
        start_on=STARTS,
        promised_on=PROMISED,
        items=[service(), part()],
    )
    return replace(form, **changes)
