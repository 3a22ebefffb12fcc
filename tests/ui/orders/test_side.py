"""Several customers told to come, one after the other, each notice as if it stood alone."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from tests.ui.conftest import NOW
from tests.ui.orders.test_act import choose
from tests.ui.orders.test_page import page, settled

from osdesk.domain.codes import NoticeChannel, NoticeKind
from osdesk.domain.orders.forms import StepForm
from osdesk.domain.orders.status import OrderFilter, Status
from osdesk.services.orders.steps import move_order
from osdesk.services.orders.view import order_view

__all__ = ["page"]
READY = (130, 129, 128)
ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


def notices(desk, number):
    return desk.read(order_view, number, now=NOW).notices


@pytest.fixture
def ready(page, desk, qtbot, monkeypatch):
    """Three orders that wait, and what the window said."""
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: True)
    who = StepForm(approved_by="Cliente", approved_via="counter")
    for number in READY:
        for to in (Status.APPROVED, Status.IN_PROGRESS, Status.READY):
            desk.write_quietly(move_order, number, to, who, now=NOW, author=None)
    said = []
    page.said.connect(lambda words, tone: said.append((words, tone)))
    page.show_filter(OrderFilter.OPEN)
    page.refresh()
    settled(page, qtbot)
    return said


def title(page):
    return page.side.notice._title.text()


def start(page, qtbot, first=130, count=3):
    pane = choose(page, qtbot, first, count)
    assert pane.objectName() == "ordersAct"
    page.notify()
    assert page.side.currentWidget().objectName() == "noticePane"


def press(page, qtbot, key, held=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(page.window().focusWidget(), key, held)


def test_each_is_shown_and_registered_in_turn(page, desk, qtbot, ready):
    start(page, qtbot)
    for place, number in enumerate(READY, start=1):
        assert title(page) == f"Avisar {place} de 3"
        assert f"OS {number} " in page.side.notice._who.text()
        text = page.side.notice.body_text.toPlainText()
        assert f"Cliente Número {number}" in text
        assert notices(desk, number) == ()
        press(page, qtbot, Qt.Key.Key_Return)
        (notice,) = notices(desk, number)
        assert (notice.kind, notice.channel, notice.body) == (
            NoticeKind.PICK_UP,
            NoticeChannel.WHATSAPP,
            text,
        )
    settled(page, qtbot)
    assert ready[-1] == ("3 avisos registrados.", "green")
    assert page.table.chosen(9) == list(READY), "and on with the same orders"
    assert page.side.currentWidget() is page.side.act


def test_one_is_left_out_and_esc_ends_it(page, desk, qtbot, ready):
    start(page, qtbot)
    press(page, qtbot, Qt.Key.Key_P, ALT)
    assert title(page) == "Avisar 2 de 3"
    press(page, qtbot, Qt.Key.Key_Return)
    press(page, qtbot, Qt.Key.Key_Escape)
    settled(page, qtbot)
    assert [len(notices(desk, number)) for number in READY] == [0, 1, 0]
    assert ready[-1] == ("1 aviso registrado · sem aviso: OS 130 e 128.", "green")
    assert page.table.chosen(9) == list(READY)


def test_words_that_were_typed_are_not_thrown_away_by_one_key(page, desk, qtbot, ready):
    start(page, qtbot)
    page.side.notice.body_text.setPlainText("Pode vir a partir das 14h.")
    page.side.notice.body_text.setFocus()
    press(page, qtbot, Qt.Key.Key_P, ALT)
    assert title(page) == "Avisar 1 de 3"
    assert "ainda não foi salvo" in ready[-1][0]
    press(page, qtbot, Qt.Key.Key_Return, CTRL)
    assert notices(desk, 130)[0].body == "Pode vir a partir das 14h."
    assert title(page) == "Avisar 2 de 3"
    assert not page.side.has_text()


def test_orders_that_do_not_wait_are_told_by_number(page, desk, qtbot, ready):
    start(page, qtbot, 129, 4)
    assert title(page) == "Avisar 1 de 2"
    press(page, qtbot, Qt.Key.Key_Return)
    press(page, qtbot, Qt.Key.Key_Return)
    settled(page, qtbot)
    words = "2 avisos registrados · não esperam retirada: OS 127 e 126."
    assert ready[-1] == (words, "green")
    choose(page, qtbot, 120, 2)
    page.notify()
    words = "Nenhum aviso registrado · não esperam retirada: OS 120 e 119."
    assert ready[-1] == (words, "amber")


def test_a_single_order_has_nothing_to_skip(page, desk, qtbot, ready):
    page.select(130)
    settled(page, qtbot)
    page.notify()
    assert title(page) == "Avisar cliente"
    assert page.side.notice._skip.isHidden()
    press(page, qtbot, Qt.Key.Key_Return)
    assert len(notices(desk, 130)) == 1
    assert ready[-1] == ("OS 130: aviso registrado.", "green")
