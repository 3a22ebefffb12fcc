"""The main job, done once without a screen: what the program makes of an order, on paper and as
pictures, from a scratch demonstration shop."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from osdesk.cli.frame import clock
from osdesk.domain.calendar import Month, local_day
from osdesk.domain.codes import (
    ApprovalVia,
    ItemKind,
    Paper,
    PaperFormat,
    PartCondition,
    PaymentMethod,
)
from osdesk.domain.errors import UserError
from osdesk.domain.forms import (
    CustomerForm,
    EquipmentForm,
    ItemForm,
    OrderForm,
    PaymentForm,
    PhoneForm,
    StepForm,
)
from osdesk.domain.money import format_brl
from osdesk.domain.status import Status
from osdesk.persistence.store import Store, open_store
from osdesk.texts import plural

Say = Callable[[str], None]


def run_tour(out: Path, say: Say) -> None:
    """Do the main job into a folder and say what was done and where.

    Raises UserError ``folder_not_empty`` where ``out`` holds anything but an earlier tour.
    """
    if out.exists() and any(out.iterdir()) and not (out / "loja").is_dir():
        raise UserError("folder_not_empty", path=out)
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    from osdesk.jobs.demo import fill_demo

    now = clock()
    store = open_store(out / "loja", write=True, create=True, clock=clock)
    try:
        fill_demo(store, orders=400, seed=1, now=now)
        say("Loja de demonstração com 400 ordens de serviço, criada em " + str(out / "loja"))
        number = _open_and_print(store, out, now, say)
        _work_and_deliver(store, out, number, now, say)
        _close_month(store, out, now, say)
    finally:
        store.close()
    from osdesk.pictures import take_pictures

    pictures = take_pictures(out / "loja", out, number)
    say("Imagens das telas: " + ", ".join(path.name for path in pictures))
    say(f"Tudo está em {out}")


def _open_and_print(store: Store, out: Path, now: datetime, say: Say) -> int:
    from osdesk.jobs.papers import make_paper
    from osdesk.services.orders import add_order
    from osdesk.services.search import search_orders
    from osdesk.services.shop import zone_of

    today = local_day(now, store.database.read(zone_of))
    form = OrderForm(
        customer=CustomerForm(
            name="Maria das Dores Conceição",
            phones=[PhoneForm("(11) 98765-4321", "WhatsApp")],
            document="529.982.247-25",
        ),
        equipment=EquipmentForm(
            kind="Lavadora",
            brand="Brastemp",
            model="BWK12ABANA",
            serial="CX0341187",
            accessories="sem mangueira de entrada",
            condition="Riscos na lateral direita",
        ),
        service_type="Conserto",
        reason="Não centrifuga e faz barulho alto no final do ciclo. Parou ontem com roupa dentro.",
        technician="Edson Ramos",
        start_on=today,
        promised_on=today + timedelta(days=3),
        promised_time="18:00",
        items=[
            ItemForm(ItemKind.SERVICE, "Troca da placa de potência", unit_price=18_000),
            ItemForm(
                ItemKind.PART,
                "Placa Brastemp W10540609",
                unit_price=19_000,
                unit_cost=12_000,
                part_condition=PartCondition.NEW_ORIGINAL,
            ),
            ItemForm(ItemKind.PART, "Coxim do motor", quantity=2_000, unit_price=2_500),
        ],
    )
    saved = store.database.run(add_order, form, now=now, author=None)
    say(f"OS {saved.number} aberta para {form.customer.name}")
    content = make_paper(
        store, saved.number, Paper.INTAKE, PaperFormat.A4_HALF, now=now, author=None
    ).content
    _write(out / "1-os-para-assinar.pdf", content, say)
    found = store.database.read(search_orders, "conceicao 98765", now=now)
    say(
        f"Busca por “conceicao 98765”: {plural(len(found), 'ordem', 'ordens')}, OS "
        + ", ".join(str(row.number) for row in found)
    )
    return saved.number


def _work_and_deliver(store: Store, out: Path, number: int, now: datetime, say: Say) -> None:
    from osdesk.jobs.papers import make_paper
    from osdesk.services.order_forms import load_form
    from osdesk.services.order_view import order_sheet
    from osdesk.services.payments import pay_order
    from osdesk.services.steps import move_order

    run = store.database.run
    approval = StepForm(approved_by="Maria das Dores", approved_via=ApprovalVia.WHATSAPP)
    run(move_order, number, Status.AWAITING_APPROVAL, StepForm(), now=now, author=None)
    run(move_order, number, Status.APPROVED, approval, now=now, author=None)
    run(pay_order, number, PaymentForm(15_000, PaymentMethod.PIX), now=now, author=None)
    run(move_order, number, Status.IN_PROGRESS, StepForm(), now=now, author=None)
    report = "Placa de potência e coxins trocados; ciclo completo testado sem ruído."
    form = replace(store.database.read(load_form, number), report=report)
    run(move_order, number, Status.READY, StepForm(), now=now, author=None, form=form)
    balance = store.database.read(order_sheet, number, now=now).balance
    run(pay_order, number, PaymentForm(balance, PaymentMethod.DEBIT), now=now, author=None)
    collected = StepForm(collected_by="Maria das Dores Conceição")
    run(move_order, number, Status.DELIVERED, collected, now=now, author=None)
    say(
        f"Orçamento aprovado, sinal de {format_brl(15_000)} e saldo de {format_brl(balance)} "
        "recebidos, equipamento entregue"
    )
    for name, paper in (("2-recibo", Paper.RECEIPT), ("3-entrega-e-garantia", Paper.DELIVERY)):
        made = make_paper(store, number, paper, PaperFormat.A4_HALF, now=now, author=None)
        _write(out / f"{name}.pdf", made.content, say)


def _close_month(store: Store, out: Path, now: datetime, say: Say) -> None:
    from osdesk.jobs.reports import export_report
    from osdesk.services.shop import zone_of

    month = Month.of(local_day(now, store.database.read(zone_of)))
    path = out / f"4-fechamento-{month}.pdf"
    export_report(store, month, path, now=now)
    say(f"Fechamento de {month.label()}: {path.name}")


def _write(path: Path, content: bytes, say: Say) -> None:
    path.write_bytes(content)
    say(f"Documento: {path.name}")
