"""``osdesk order …``: open, show, edit, move, pay, reverse, refund, reopen."""

from datetime import date
from typing import Any

import click
from sqlalchemy.orm import Session

from osdesk.cli import frame
from osdesk.cli.frame import DATE, WHOLE, Choice, Group, Parsed, opened, with_data
from osdesk.domain.codes import PaymentMethod
from osdesk.domain.money import parse_brl
from osdesk.domain.orders.forms import PaymentForm
from osdesk.domain.orders.status import Status

NUMBER = click.argument("number", metavar="N", type=WHOLE)
FILE = click.argument("file", metavar="FILE|-")
REASON = click.option("--reason", required=True, metavar="TEXT", help="Motivo.")
AMOUNT = click.option(
    "--amount", required=True, type=Parsed("VALOR", parse_brl), help="Valor, como 150,00."
)
METHOD = click.option("--method", required=True, type=Choice(PaymentMethod), help="Forma.")


@click.group(cls=Group)
@with_data
def order() -> None:
    """Ordens de serviço: abrir, ver, alterar, mover, receber."""


@order.command()
@FILE
@with_data
def add(file: str) -> None:
    """Abre ordens a partir de JSON, uma por linha; cada uma é gravada e mostrada por si."""
    from osdesk.interchange.order_json import order_from_json
    from osdesk.services.orders.saving import add_order

    with frame.open_input(file) as stream, opened(write=True, create=True) as store:
        for document in frame.documents(stream):
            form = order_from_json(document)
            now = frame.clock()
            saved = store.database.run(add_order, form, now=now, author=None)
            _show(store.database, saved.number)
            for warning in saved.warnings:
                frame.warn(warning)


@order.command()
@NUMBER
@with_data
def show(number: int) -> None:
    """A OS inteira em JSON."""
    with opened() as store:
        _show(store.database, number)


@order.command()
@NUMBER
@FILE
@with_data
def edit(number: int, file: str) -> None:
    """Altera as chaves dadas no JSON, pelas mesmas regras do editor."""
    changes = frame.one_document(file)
    with opened(write=True) as store:
        saved = store.database.run(_edit, number, changes)
        _show(store.database, number)
        for warning in saved.warnings:
            frame.warn(warning)


def _edit(session: Session, number: int, changes: Any) -> Any:
    from osdesk.interchange.order_json import customer_id, order_from_json
    from osdesk.services.customers.customers import customer_row, form_of
    from osdesk.services.orders.forms import load_form
    from osdesk.services.orders.saving import edit_order

    base = load_form(session, number)
    named = customer_id(changes)
    if named is not None and named != base.customer.id:
        base.customer = form_of(customer_row(session, named))
    form = order_from_json(changes, base=base)
    return edit_order(session, number, form, now=frame.clock(), author=None)


@order.command()
@NUMBER
@click.argument("status", metavar="STATUS", type=Choice(Status))
@click.option("--json", "file", metavar="FILE|-", help="O que o passo pede, em JSON.")
@with_data
def move(number: int, status: Status, file: str | None) -> None:
    """Dá um passo permitido na situação da OS."""
    facts = frame.one_document(file) if file else {}
    with opened(write=True) as store:
        store.database.run(_move, number, status, facts)
        _show(store.database, number)


def _move(session: Session, number: int, status: Status, facts: Any) -> None:
    from osdesk.interchange.order_json import step_from_json
    from osdesk.services.orders.forms import load_form
    from osdesk.services.orders.steps import move_order

    step, form = step_from_json(facts, base=load_form(session, number))
    move_order(session, number, status, step, now=frame.clock(), author=None, form=form)


@order.command()
@NUMBER
@AMOUNT
@METHOD
@click.option("--date", "day", type=DATE, help="Data (hoje).")
@click.option(
    "--late-fees", is_flag=True, help="Cobra antes a multa e os juros combinados e devidos no dia."
)
@with_data
def pay(number: int, amount: int, method: PaymentMethod, day: date | None, late_fees: bool) -> None:
    """Registra um pagamento."""
    from osdesk.services.orders.payments import pay_order
    from osdesk.services.reports.closings import closed_month_of

    form = PaymentForm(amount, method, day, late_fees)
    with opened(write=True) as store:
        store.database.run(pay_order, number, form, now=frame.clock(), author=None)
        if day is not None and (warning := store.database.read(closed_month_of, day)):
            frame.warn(warning)
        _show(store.database, number)


@order.command()
@NUMBER
@click.argument("payment", metavar="PAYMENT", type=WHOLE)
@REASON
@with_data
def reverse(number: int, payment: int, reason: str) -> None:
    """Estorna um pagamento inteiro."""
    from osdesk.services.orders.payments import reverse_payment

    with opened(write=True) as store:
        store.database.run(
            reverse_payment, number, payment, reason=reason, now=frame.clock(), author=None
        )
        _show(store.database, number)


@order.command()
@NUMBER
@AMOUNT
@METHOD
@REASON
@click.option("--owed-on", type=DATE, help="O cliente volta a dever o valor, até esta data.")
@with_data
def refund(
    number: int, amount: int, method: PaymentMethod, reason: str, owed_on: date | None
) -> None:
    """Devolve dinheiro, até o que foi pago; depois da entrega é um abatimento no preço."""
    from osdesk.services.orders.payments import refund_order

    with opened(write=True) as store:
        store.database.run(
            refund_order,
            number,
            amount=amount,
            method=method,
            reason=reason,
            owed_on=owed_on,
            now=frame.clock(),
            author=None,
        )
        _show(store.database, number)


@order.command()
@NUMBER
@REASON
@click.option(
    "--device-returned",
    is_flag=True,
    help="O aparelho voltou: a próxima entrega tem data e garantia próprias.",
)
@with_data
def reopen(number: int, reason: str, device_returned: bool) -> None:
    """Reabre uma OS entregue, devolvida ou cancelada; sem o aparelho de volta, a próxima entrega
    guarda a data, a garantia e o mês da primeira."""
    from osdesk.services.orders.steps import reopen_order

    with opened(write=True) as store:
        store.database.run(
            reopen_order,
            number,
            reason=reason,
            device_returned=device_returned,
            now=frame.clock(),
            author=None,
        )
        _show(store.database, number)


def _show(database: Any, number: int) -> None:
    from osdesk.interchange.shape_json import order_to_json
    from osdesk.services.orders.view import order_view
    from osdesk.services.shop.shop import zone_of

    sheet = database.read(order_view, number, now=frame.clock())
    frame.emit(order_to_json(sheet, database.read(zone_of)))
