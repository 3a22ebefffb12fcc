"""Ready-made shapes for tests: a plausible shop, order and paper; any field may be replaced."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from osdesk.domain.codes import (
    ItemKind,
    Paper,
    PartCondition,
    PaymentKind,
    PaymentMethod,
    Priority,
)
from osdesk.domain.default_texts import PAYMENT_TERMS, TERMS_DELIVERY, TERMS_INTAKE
from osdesk.domain.orders.status import PaymentState, Situation, Status
from osdesk.domain.views.orders import (
    EDITION,
    CollectedView,
    CustomerView,
    EquipmentView,
    IssuedPaper,
    ItemView,
    OrderView,
    PaymentView,
    PhoneView,
)
from osdesk.domain.views.shop import (
    ShopView,
)

ENTRY = datetime(2026, 11, 24, 17, 32, tzinfo=UTC)


def _made(shape: Any, defaults: dict[str, Any], overrides: dict[str, Any]) -> Any:
    return shape(**{**defaults, **overrides})


def make_shop(**overrides: Any) -> ShopView:
    return _made(
        ShopView,
        {
            "shop_id": "0" * 32,
            "name": "Eletrônica Horizonte",
            "tagline": "Assistência técnica multimarcas",
            "document": "12345678000195",
            "address": "Rua das Palmeiras, 210 · Centro",
            "city": "São Paulo/SP",
            "phones": "(11) 3222-4455 · WhatsApp (11) 98888-4455",
            "email": None,
            "default_ddd": "11",
            "zone": "America/Sao_Paulo",
            "quote_validity_days": 10,
            "warranty_days": 90,
            "pick_up_days": 30,
            "payment_terms": PAYMENT_TERMS,
            "terms_intake": TERMS_INTAKE,
            "terms_delivery": TERMS_DELIVERY,
            "next_number": 10483,
            "logo": None,
        },
        overrides,
    )


def make_customer(**overrides: Any) -> CustomerView:
    return _made(
        CustomerView,
        {
            "id": 7,
            "name": "Maria das Dores Conceição",
            "phones": (PhoneView("(11) 98765-4321", "WhatsApp"),),
            "document": "52998224725",
            "email": None,
            "address": None,
            "notes": None,
            "created_at": ENTRY,
        },
        overrides,
    )


def make_equipment(**overrides: Any) -> EquipmentView:
    return _made(
        EquipmentView,
        {
            "id": 9,
            "kind": "Lavadora",
            "brand": "Brastemp",
            "model": "BWK12ABANA",
            "serial": "CX0341187",
            "imei2": None,
            "colour": "branca",
            "accessories": "sem mangueira de entrada",
            "condition": "Riscos na lateral direita",
        },
        overrides,
    )


def make_item(description: str = "Troca da placa de potência", **overrides: Any) -> ItemView:
    values = {
        "kind": ItemKind.SERVICE,
        "description": description,
        "quantity": 1000,
        "unit": "un",
        "unit_price": 18000,
        "unit_cost": None,
        "discount": 0,
        "part_condition": None,
        "technician": "Edson Ramos",
        "warranty_days": 90,
    } | overrides
    priced = (values["quantity"] * values["unit_price"] + 500) // 1000 - values["discount"]
    return ItemView(**{"total": priced, **values})


def make_part(description: str = "Placa W10540609", **overrides: Any) -> ItemView:
    defaults = {
        "kind": ItemKind.PART,
        "unit_price": 19000,
        "unit_cost": 12000,
        "part_condition": PartCondition.NEW_ORIGINAL,
        "technician": None,
    }
    return make_item(description, **(defaults | overrides))


def make_payment(**overrides: Any) -> PaymentView:
    return _made(
        PaymentView,
        {
            "id": 1,
            "kind": PaymentKind.PAYMENT,
            "paid_on": date(2026, 11, 24),
            "amount": 15000,
            "method": PaymentMethod.PIX,
            "received_by": "Cláudia",
            "receipt": 311,
            "reverses": None,
            "reversed": False,
        },
        overrides,
    )


def make_sheet(**overrides: Any) -> OrderView:
    """A typical order. Totals follow from ``items``, ``discount`` and ``payments``."""
    items = overrides.pop(
        "items",
        (make_item(), make_part(), make_part("Coxim do motor", quantity=2000, unit_price=2500)),
    )
    payments = overrides.pop("payments", (make_payment(),))
    discount = overrides.get("discount", 0)
    labor = sum(item.total for item in items if item.kind is ItemKind.SERVICE)
    parts = sum(item.total for item in items if item.kind is ItemKind.PART)
    total = labor + parts - discount
    paid = sum(payment.amount for payment in payments)
    return _made(
        OrderView,
        {
            "id": 3,
            "number": 10482,
            "status": Status.RECEIVED,
            "situation": Situation.OPEN,
            "customer": make_customer(),
            "customer_orders": 1,
            "equipment": make_equipment(),
            "service_type": "Conserto",
            "reason": "Não centrifuga e faz barulho alto no final do ciclo. "
            "Parou ontem com roupa dentro.",
            "priority": Priority.NORMAL,
            "slot": None,
            "notes": None,
            "technician": "Edson Ramos",
            "attendant": "Cláudia",
            "requested_at": ENTRY,
            "requested_on": date(2026, 11, 24),
            "created_at": ENTRY,
            "start_on": None,
            "promised_on": date(2026, 11, 27),
            "promised_time": "18:00",
            "items": items,
            "discount": discount,
            "fee": 0,
            "labor_total": labor,
            "parts_total": parts,
            "total": total,
            "paid": paid,
            "balance": total - paid,
            "payment_state": PaymentState.PARTLY_PAID,
            "payment_terms": None,
            "valid_until": None,
            "due_on": None,
            "diagnosis": None,
            "report": None,
            "external_ref": None,
            "checklist": {},
            "ready_on": None,
            "delivered_on": None,
            "returned_on": None,
            "cancelled_on": None,
            "quote": None,
            "approval": None,
            "collected": None,
            "used_parts_authorized_by": None,
            "waiting_for": None,
            "payments": payments,
            "events": (),
            "warranty_return_of": None,
            "warranty_until": None,
            "signed": False,
        },
        overrides,
    )


def make_delivered(**overrides: Any) -> OrderView:
    """The typical order, finished and handed over on 27/11/2026."""
    defaults = {
        "status": Status.DELIVERED,
        "situation": Situation.FINISHED,
        "report": "Placa de potência em curto; trocada e testada em três ciclos completos.",
        "ready_on": date(2026, 11, 26),
        "delivered_on": date(2026, 11, 27),
        "warranty_until": date(2027, 2, 25),
        "collected": CollectedView(
            "José Conceição", "11144477735", datetime(2026, 11, 27, 19, 5, tzinfo=UTC)
        ),
    }
    return make_sheet(**(defaults | overrides))


def make_issue(paper: Paper = Paper.INTAKE, **overrides: Any) -> IssuedPaper:
    """One frozen paper; ``order`` and ``shop`` may be replaced whole."""
    order = overrides.get("order") or (
        make_delivered() if paper is Paper.DELIVERY else make_sheet()
    )
    payment = order.payments[-1] if paper is Paper.RECEIPT and order.payments else None
    issue = IssuedPaper(
        paper=paper,
        number=order.number,
        version=3,
        issued_at=datetime(2026, 11, 24, 17, 40, tzinfo=UTC),
        issued_on=date(2026, 11, 24),
        total=order.total,
        sha256="8f2ac41e77b90d35" + "0123456789abcdef" * 3,
        shop=make_shop(),
        order=order,
        payment=payment,
        edition=EDITION,
    )
    return replace(issue, **overrides)
