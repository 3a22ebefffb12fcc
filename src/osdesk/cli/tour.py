"""The main job, done once without a screen: what the program makes of an order, on paper and as
pictures, from a scratch demonstration shop."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from osdesk.cli.frame import clock
from osdesk.domain.calendar import Month, format_date, local_day
from osdesk.domain.codes import (
    ApprovalVia,
    ItemKind,
    Paper,
    PaperFormat,
    PartCondition,
    PaymentMethod,
)
from osdesk.domain.errors import UserError
from osdesk.domain.money import format_brl
from osdesk.domain.orders.forms import (
    CustomerForm,
    EquipmentForm,
    ItemForm,
    OrderForm,
    PaymentForm,
    PhoneForm,
    StepForm,
)
from osdesk.domain.orders.status import Status
from osdesk.persistence.store import Store, open_store
from osdesk.texts import plural

Say = Callable[[str], None]
ORDERS = 400
DEPOSIT = 15_000
PARTS = 3


def run_tour(out: Path, say: Say) -> None:
    """Do the main job into a folder and say what was done and where.

    Raises UserError ``folder_not_empty`` where ``out`` holds anything but an earlier tour.
    """
    if out.exists() and any(out.iterdir()) and not (out / "loja").is_dir():
        raise UserError("folder_not_empty", path=out)
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    from osdesk.jobs.demo.demo import fill_demo
    from osdesk.services.shop.shop import zone_of

    now = clock()
    store = open_store(out / "loja", write=True, create=True, clock=clock)
    try:
        fill_demo(store, orders=ORDERS, seed=1, now=now)
        say(f"Loja de demonstração com {ORDERS} ordens de serviço, criada em {out / 'loja'}")
        today = local_day(now, store.database.read(zone_of))
        number = _main_job(_Counter(store, out, now, today, say))
    finally:
        store.close()
    from osdesk.pictures import take_pictures

    pictures = take_pictures(out / "loja", out, number, now=clock)
    say("Imagens das telas: " + ", ".join(path.name for path in pictures))
    say(f"Tudo está em {out}")


@dataclass(frozen=True)
class _Counter:
    """The counter of the tour: the open shop, the folder for the papers, the moment."""

    store: Store
    out: Path
    now: datetime
    today: date
    say: Say

    def print(
        self, number: int, name: str, paper: Paper, form: PaperFormat = PaperFormat.A4_HALF
    ) -> Path:
        from osdesk.jobs.papers import make_paper

        made = make_paper(self.store, number, paper, form, now=self.now, author=None)
        path = self.out / f"{name}.pdf"
        path.write_bytes(made.content)
        return path

    def move(self, number: int, to: Status, step: StepForm | None = None, **fields: Any) -> None:
        """One step of the order, some of its fields changed with it."""
        from osdesk.services.orders.forms import load_form
        from osdesk.services.orders.steps import move_order

        form = replace(self.store.database.read(load_form, number), **fields) if fields else None
        self.store.database.run(
            move_order, number, to, step or StepForm(), now=self.now, author=None, form=form
        )


def _main_job(counter: _Counter) -> int:
    number = _open_and_print(counter)
    _file_signed_sheet(counter, number)
    _find_again(counter)
    _work(counter, number)
    _deliver(counter, number)
    _close_month(counter)
    return number


def _open_and_print(counter: _Counter) -> int:
    from osdesk.services.orders.saving import add_order

    form = _washing_machine(counter.today)
    number = counter.store.database.run(add_order, form, now=counter.now, author=None).number
    counter.say(f"OS {number} aberta para {form.customer.name}")
    paths = (
        counter.print(number, "1-os-para-assinar", Paper.INTAKE),
        counter.print(number, "1-os-80mm", Paper.INTAKE, PaperFormat.ROLL_80),
        counter.print(number, "1-etiqueta", Paper.LABEL, PaperFormat.LABEL_62),
    )
    counter.say("Impressa: " + ", ".join(path.name for path in paths))
    return number


def _washing_machine(today: date) -> OrderForm:
    return OrderForm(
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
        checklist={
            "Liga?": "sim",
            "Enche de água?": "sim",
            "Agita?": "sim",
            "Centrifuga?": "não",
            "Vazamento visível?": "não",
            "Mangueiras vieram junto?": "só a de saída",
        },
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


def _file_signed_sheet(counter: _Counter, number: int) -> None:
    """The sheet goes through a pen and a scanner, and finds its order by its code."""
    from osdesk.jobs.pen import signed_scan
    from osdesk.jobs.signed_sheets import attach_files
    from osdesk.texts.sheets import filed_words, unread_words

    scan = counter.out / "2-via-assinada.png"
    printed = counter.out / "1-os-para-assinar.pdf"
    scan.write_bytes(signed_scan(printed.read_bytes(), Random(number)))
    for answer in attach_files(counter.store, [scan], now=counter.now, author=None):
        for filed in answer.filed:
            counter.say(filed_words(filed))
        for unread in answer.unread:
            counter.say(unread_words(unread))


def _find_again(counter: _Counter) -> None:
    from osdesk.services.orders.search import search_orders

    found = counter.store.database.read(search_orders, "conceicao 98765", now=counter.now)
    numbers = ", ".join(str(row.number) for row in found)
    counter.say(
        f"Busca por “conceicao 98765”: {plural(len(found), 'ordem', 'ordens')}, OS {numbers}"
    )


def _work(counter: _Counter, number: int) -> None:
    from osdesk.services.orders.payments import pay_order

    counter.move(number, Status.AWAITING_APPROVAL)
    quote = counter.print(number, "3-orcamento", Paper.QUOTE)
    approval = StepForm(approved_by="Maria das Dores", approved_via=ApprovalVia.WHATSAPP)
    counter.move(number, Status.APPROVED, approval)
    deposit = PaymentForm(DEPOSIT, PaymentMethod.PIX)
    counter.store.database.run(pay_order, number, deposit, now=counter.now, author=None)
    counter.move(number, Status.IN_PROGRESS)
    report = "Placa de potência e coxins trocados; ciclo completo testado sem ruído."
    counter.move(number, Status.READY, report=report)
    receipt = counter.print(number, "4-recibo", Paper.RECEIPT)
    counter.say(
        f"Orçamento aprovado ({quote.name}), sinal de {format_brl(DEPOSIT)} recebido "
        f"({receipt.name}), serviço pronto"
    )


def _deliver(counter: _Counter, number: int) -> None:
    from osdesk.domain.orders.instalments import in_parts
    from osdesk.services.orders.view import order_view

    sheet = counter.store.database.read(order_view, number, now=counter.now)
    parts = in_parts(sheet.balance, PARTS, counter.today + timedelta(days=30))
    collected = StepForm(collected_by="Maria das Dores Conceição")
    counter.move(number, Status.DELIVERED, collected, instalments=parts)
    term = counter.print(number, "5-entrega-e-garantia", Paper.DELIVERY)
    counter.say(
        f"Equipamento entregue ({term.name}); o saldo de {format_brl(sheet.balance)} fica em "
        f"{PARTS} parcelas, a primeira em {format_date(parts[0].due_on)}"
    )


def _close_month(counter: _Counter) -> None:
    """The month before is over and is closed; this one is reported as it stands."""
    from osdesk.jobs.reports import export_report
    from osdesk.services.reports.closings import close_month

    month = Month.of(counter.today)
    before = month.shifted(-1)
    counter.store.database.run(close_month, before, now=counter.now, author=None)
    closed = counter.out / f"6-fechamento-{before}.pdf"
    so_far = counter.out / f"6-relatorio-{month}.pdf"
    export_report(counter.store, before, closed, now=counter.now)
    export_report(counter.store, month, so_far, now=counter.now)
    counter.say(f"{before.label()} fechado: {closed.name}; {month.label()} até hoje: {so_far.name}")
