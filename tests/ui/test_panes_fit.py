"""Panes at the side and dialogs: nothing cut at the sizes that we promise, whatever the names."""

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from tests.ui.conftest import NOW
from tests.ui.panes.test_qr_dialogs import with_pix
from tests.ui.test_pages_fit import expect_whole

from osdesk.domain.codes import PaymentMethod, Priority
from osdesk.domain.orders.forms import ItemForm, PaymentForm, StageForm, StepForm
from osdesk.domain.orders.status import STEPS, Status
from osdesk.services.orders.bulk import set_field
from osdesk.services.orders.forms import load_form
from osdesk.services.orders.listing import order_rows
from osdesk.services.orders.notes import add_note
from osdesk.services.orders.payments import pay_order
from osdesk.services.orders.saving import edit_order
from osdesk.services.orders.steps import move_order
from osdesk.services.orders.view import order_view
from osdesk.services.shop.stages import save_stage
from osdesk.ui.orders.act import BulkAct, OrdersAct
from osdesk.ui.orders.panel import OrderPanel
from osdesk.ui.orders.print_many import PrintMany
from osdesk.ui.panes.notes import NotesPane
from osdesk.ui.panes.notice import NoticePane
from osdesk.ui.panes.payment import PaymentPane
from osdesk.ui.panes.qr_dialogs import MessageDialog, PixDialog
from osdesk.ui.panes.quotes import QuotesPane
from osdesk.ui.panes.step import StepPane
from osdesk.ui.papers.print_dialog import PrintDialog
from osdesk.ui.window.keys import Act as KeyAct
from osdesk.ui.window.palette import Palette

SIDES = ((264, 627), (230, 390))
"""What 1366 x 768 and 1024 x 600 leave the side of the list, a bar over it."""
LONG_NAME = "Associação Beneficente Nossa Senhora da Conceição do Bairro Alto"
LONG_STAGE = "Aguardando visita do fornecedor autorizado"
APPROVED = StepForm(approved_by="Cliente", approved_via="whatsapp")

BEFORE = {
    Status.RECEIVED: (),
    Status.IN_DIAGNOSIS: (Status.IN_DIAGNOSIS,),
    Status.AWAITING_APPROVAL: (Status.AWAITING_APPROVAL,),
    Status.APPROVED: (Status.APPROVED,),
    Status.IN_PROGRESS: (Status.APPROVED, Status.IN_PROGRESS),
    Status.AWAITING_PART: (Status.APPROVED, Status.IN_PROGRESS, Status.AWAITING_PART),
    Status.READY: (Status.APPROVED, Status.IN_PROGRESS, Status.READY),
    Status.DECLINED: (Status.AWAITING_APPROVAL, Status.DECLINED),
    Status.UNREPAIRABLE: (Status.IN_DIAGNOSIS, Status.UNREPAIRABLE),
    Status.CANCELLED: (Status.CANCELLED,),
}
ASKED = {
    Status.APPROVED: APPROVED,
    Status.AWAITING_PART: StepForm(waiting_for="Placa principal da lavadora, do fornecedor"),
    Status.DECLINED: StepForm(reason="Achou caro"),
    Status.CANCELLED: StepForm(reason="Desistiu"),
}
NUMBER = 10


@pytest.fixture(params=SIDES, ids=["1366", "1024"])
def side(request):
    return request.param


@pytest.fixture
def order(desk):
    """Brings the order to a status, with everything long that a shop may type."""

    def bring(status):
        with_pix(desk)
        form = desk.read(load_form, NUMBER)
        form.customer.name = LONG_NAME
        form.equipment.serial = "356938035643809"
        form.report = "Sem conserto"
        form.items.append(ItemForm(description="Módulo de potência original " * 3, unit_price=9900))
        desk.write(edit_order, NUMBER, form, now=NOW, author=None)
        for to in BEFORE[status]:
            step = ASKED.get(to, StepForm())
            desk.write(move_order, NUMBER, to, step, now=NOW, author=None)
        stage = StageForm(status=status, name=LONG_STAGE)
        desk.write(save_stage, stage, now=NOW, author=None)
        for field, value in (("stage", LONG_STAGE), ("priority", Priority.URGENT)):
            desk.write(set_field, NUMBER, field, value, now=NOW, author=None)
        return sheet_of(desk)

    return bring


def sheet_of(desk):
    return desk.read(order_view, NUMBER, now=NOW)


def shown(pane, qtbot, size):
    qtbot.addWidget(pane)
    pane.resize(*size)
    pane.show()
    qtbot.waitExposed(pane)
    return pane


def settle():
    """Until every label that wraps has its height."""
    for _ in range(4):
        QApplication.processEvents()


def expect_fit(pane, size, qtbot):
    settle()
    assert (pane.width(), pane.height()) == size
    expect_whole(pane)


@pytest.mark.parametrize("status", BEFORE)
def test_the_panel_shows_every_status_whole(desk, order, qtbot, side, status):
    panel = shown(OrderPanel(), qtbot, side)
    panel.show_order(order(status), desk.today(), desk.zone)
    expect_fit(panel, side, qtbot)


@pytest.mark.parametrize("status", BEFORE)
def test_every_step_is_asked_whole(desk, order, qtbot, side, status):
    sheet = order(status)
    pane = shown(StepPane(desk), qtbot, side)
    for to in STEPS[status] or (None,):
        pane.ask(sheet, to)
        expect_fit(pane, side, qtbot)


def test_money_is_asked_whole(desk, order, qtbot, side):
    sheet = order(Status.READY)
    pane = shown(PaymentPane(desk), qtbot, side)
    pane.ask(sheet)
    expect_fit(pane, side, qtbot)
    pane.fields.amount.set_value(5000)
    for method in PaymentMethod:
        pane.fields.method.set_value(method)
        pane.fields.method.edited.emit()
        expect_fit(pane, side, qtbot)
    pane.another_way()
    pane.fields.method.set_value(PaymentMethod.PIX)
    pane.confirm()
    expect_fit(pane, side, qtbot)


def test_a_refund_is_asked_whole(desk, order, qtbot, side):
    order(Status.READY)
    paid = PaymentForm(5000, PaymentMethod.TRANSFER)
    desk.write(pay_order, NUMBER, paid, now=NOW, author=None)
    pane = shown(PaymentPane(desk), qtbot, side)
    pane.ask(sheet_of(desk))
    pane.findChild(QWidget, "paymentRefund").click()
    expect_fit(pane, side, qtbot)


def test_a_notice_and_a_note_are_written_whole(desk, order, qtbot, side):
    order(Status.READY)
    desk.write(add_note, NUMBER, "Ligou e pediu prazo. " * 12, now=NOW, author=None)
    for make in (NoticePane, NotesPane):
        pane = shown(make(desk), qtbot, side)
        pane.ask(sheet_of(desk))
        expect_fit(pane, side, qtbot)


def test_a_long_note_is_no_shorter_in_its_list(desk, order, qtbot, side):
    order(Status.RECEIVED)
    for _ in range(4):
        desk.write(add_note, NUMBER, "Ligou e pediu prazo. " * 12, now=NOW, author=None)
    pane = shown(NotesPane(desk), qtbot, side)
    pane.ask(sheet_of(desk))
    found = pane.log.list
    bar = found.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0 and bar.value() == bar.maximum())
    for row in range(found.count()):
        place = found.visualItemRect(found.item(row))
        words = found.fontMetrics().boundingRect(
            0, 0, place.width() - 6, 9999, 0x1000, found.item(row).text()
        )
        assert place.height() >= words.height()
        assert place.width() <= found.viewport().width()


def test_versions_of_a_quote_stand_whole(desk, order, qtbot, side):
    order(Status.APPROVED)
    form = desk.read(load_form, NUMBER)
    form.items.append(ItemForm(description="Fonte chaveada", unit_price=123456))
    desk.write(edit_order, NUMBER, form, now=NOW, author=None)
    pane = shown(QuotesPane(desk), qtbot, side)
    pane.ask(sheet_of(desk))
    found = pane.versions.list
    assert found.count() == 2
    expect_fit(pane, side, qtbot)
    assert found.verticalScrollBar().maximum() == 0


def test_what_is_asked_of_several_orders_stands_whole(desk, order, qtbot, side):
    order(Status.RECEIVED)
    rows = desk.read(order_rows, [NUMBER, 11, 12], now=NOW)
    pane = shown(OrdersAct(desk), qtbot, side)
    pane.offer(rows, len(rows))
    expect_fit(pane, side, qtbot)
    for to in (Status.IN_DIAGNOSIS, Status.APPROVED, Status.CANCELLED):
        pane.ask(BulkAct(to))
        expect_fit(pane, side, qtbot)
    for field in ("technician", "stage", "priority", "slot"):
        pane.ask(BulkAct(field=field))
        expect_fit(pane, side, qtbot)


def test_papers_and_notices_of_several_orders_stand_whole(desk, order, qtbot, side):
    order(Status.READY)
    rows = desk.read(order_rows, [NUMBER, 11, 12], now=NOW)
    many = shown(PrintMany(desk), qtbot, side)
    many.ask(rows)
    expect_fit(many, side, qtbot)
    many.confirm()
    qtbot.waitUntil(lambda: not many.busy)
    expect_fit(many, side, qtbot)
    pane = shown(NoticePane(desk), qtbot, side)
    pane.ask(sheet_of(desk), (12, 14))
    expect_fit(pane, side, qtbot)


LINK = "https://wa.me/5511987654010?text=" + "a" * 300
DIALOGS = {
    "print": lambda desk, parent: PrintDialog(desk, NUMBER, parent),
    "pix": lambda desk, parent: PixDialog(desk, NUMBER, 123_456_78, parent),
    "message": lambda desk, parent: MessageDialog(LINK, LONG_NAME, parent),
    "palette": lambda desk, parent: Palette(
        [KeyAct(f"Fazer {n}", f"F{n}", parent.update) for n in range(1, 25)], parent
    ),
}


@pytest.mark.parametrize("name", DIALOGS)
def test_dialogs_stand_whole_on_the_smallest_screen(desk, order, qtbot, name):
    order(Status.READY)
    parent = QWidget()
    parent.resize(1024, 600)
    qtbot.addWidget(parent)
    dialog = DIALOGS[name](desk, parent)
    dialog.show()
    qtbot.waitUntil(lambda: not desk.tasks.busy)
    settle()
    assert dialog.height() <= 600
    assert dialog.width() <= 1024
    expect_whole(dialog)


def test_a_pix_code_fills_its_picture(desk, qtbot):
    """A camera at arm's length reads dots of four pixels."""
    with_pix(desk, pix_name="Conserta Já Assistência Téc", pix_city="São Paulo")
    parent = QWidget()
    qtbot.addWidget(parent)
    picture = PixDialog(desk, 5, 12_345, parent)._picture
    count = len(picture._cells) + 2 * picture.MARGIN
    assert picture.width() // count >= 4
