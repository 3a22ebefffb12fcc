"""What the guards of an order's steps look at, from what the screens have in hand."""

from dataclasses import replace

from osdesk.domain.orders.forms import OrderForm
from osdesk.domain.orders.instalments import due_day
from osdesk.domain.orders.rules import OrderFacts
from osdesk.domain.views.orders import OrderView


def facts_of(sheet: OrderView) -> OrderFacts:
    """The facts of a stored order."""
    return OrderFacts(
        status=sheet.status,
        technician=sheet.technician,
        lines=sheet.items,
        discount=sheet.discount,
        fee=sheet.fee,
        paid=sheet.paid,
        start_on=sheet.start_on,
        promised_on=sheet.promised_on,
        valid_until=sheet.valid_until,
        due_on=sheet.due_on,
        report=sheet.report,
    )


def facts_with(facts: OrderFacts, form: OrderForm | None) -> OrderFacts:
    """The facts as they will be once ``form`` is saved with the step."""
    if form is None:
        return facts
    return replace(
        facts,
        technician=form.technician,
        lines=form.items,
        discount=form.discount,
        fee=form.fee,
        start_on=form.start_on,
        promised_on=form.promised_on,
        valid_until=form.valid_until,
        due_on=due_day(form),
        report=form.report,
    )
