"""Notices by the keyboard: the words filled in, the link only when asked, one key to register."""

from urllib.parse import parse_qs, urlsplit

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel, QPushButton
from tests.ui.conftest import NOW

from osdesk.domain.codes import NoticeChannel, NoticeKind
from osdesk.domain.orders.forms import StepForm
from osdesk.domain.orders.status import Status
from osdesk.services.orders.forms import load_form
from osdesk.services.orders.saving import edit_order
from osdesk.services.orders.steps import move_order
from osdesk.services.orders.view import order_view
from osdesk.ui.panes.notice import NoticePane
from osdesk.ui.panes.qr_dialogs import MessageDialog

ENTER = Qt.Key.Key_Return
ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def opened(monkeypatch):
    found = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: found.append(url) or True)
    return found


@pytest.fixture
def pane(desk, qtbot, opened):
    pane = NoticePane(desk)
    qtbot.addWidget(pane)
    pane.resize(264, 676)
    pane.show()
    qtbot.waitExposed(pane)
    pane.activateWindow()
    pane.taken, pane.gone = [], []
    pane.done.connect(pane.taken.append)
    pane.left.connect(lambda: pane.gone.append(True))
    return pane


def sheet_of(desk, number):
    return desk.read(order_view, number, now=NOW)


def ask_ready(pane, desk):
    if sheet_of(desk, 4).status is not Status.READY:
        desk.write(move_order, 4, Status.READY, StepForm(), now=NOW, author=None)
    pane.ask(sheet_of(desk, 4))


def words(pane):
    return " ".join(w.text() for w in pane.findChildren(QLabel) if w.isVisible())


def test_the_words_are_ready_and_one_key_registers_them(pane, desk, opened):
    ask_ready(pane, desk)
    text = pane.body_text.toPlainText()
    assert "Cliente Número 4" in text
    assert "{" not in text
    assert "Espera retirada desde hoje" in words(pane)
    assert not pane.has_text()
    QTest.keyClick(pane.focusWidget(), ENTER)
    (notice,) = sheet_of(desk, 4).notices
    assert (notice.kind, notice.channel, notice.body) == (
        NoticeKind.PICK_UP,
        NoticeChannel.WHATSAPP,
        text,
    )
    assert pane.taken == [4]
    assert opened == [], "nothing is opened by itself"


def test_the_link_opens_only_when_it_is_pressed(pane, desk, opened):
    ask_ready(pane, desk)
    QTest.keyClick(pane.focusWidget(), Qt.Key.Key_W, ALT)
    (url,) = opened
    link = urlsplit(bytes(url.toEncoded()).decode())
    assert (link.netloc, link.path) == ("wa.me", "/5511987654004")
    assert parse_qs(link.query)["text"] == [pane.body_text.toPlainText()]
    assert sheet_of(desk, 4).notices == (), "only registering registers"
    assert pane.focusWidget() is pane.findChild(QPushButton, "noticeConfirm")
    QTest.keyClick(pane.focusWidget(), ENTER)
    assert len(sheet_of(desk, 4).notices) == 1


def test_the_keys_act_from_within_the_words_and_type_nothing(pane, desk, opened):
    ask_ready(pane, desk)
    pane.body_text.setFocus()
    text = pane.body_text.toPlainText()
    QTest.keyClick(pane.body_text, Qt.Key.Key_W, ALT)
    assert len(opened) == 1
    assert pane.body_text.toPlainText() == text
    pane.body_text.setFocus()
    QTest.keyClick(pane.body_text, Qt.Key.Key_P, ALT)
    assert pane.body_text.toPlainText() == text, "alone there is nothing to skip"


def test_the_picture_is_shown_on_asking(pane, desk):
    ask_ready(pane, desk)
    QTest.keyClick(pane.focusWidget(), Qt.Key.Key_Q, ALT)
    (dialog,) = pane.findChildren(QDialog)
    assert isinstance(dialog, MessageDialog)
    assert dialog.isVisible()
    dialog.close()


def test_another_way_and_other_words(pane, desk):
    ask_ready(pane, desk)
    QTest.keyClicks(pane.focusWidget(), "2")
    assert not pane.findChild(QPushButton, "noticeWhatsApp").isVisible()
    pane.body_text.setFocus()
    pane.body_text.setPlainText("Avisada por telefone; vem na sexta.")
    assert pane.has_text()
    QTest.keyClick(pane.body_text, ENTER, CTRL)
    (notice,) = sheet_of(desk, 4).notices
    assert (notice.channel, notice.body) == (
        NoticeChannel.PHONE,
        "Avisada por telefone; vem na sexta.",
    )
    pane.ask(sheet_of(desk, 4))
    assert "Avisada por telefone" in words(pane)
    assert "telefone" in words(pane)


def test_without_words_nothing_is_registered(pane, desk):
    ask_ready(pane, desk)
    pane.body_text.setPlainText(" ")
    pane.confirm()
    assert "texto do aviso" in pane.body_text.error_text()
    assert sheet_of(desk, 4).notices == ()


def test_without_a_mobile_the_way_is_the_phone(pane, desk):
    form = desk.read(load_form, 5)
    form.customer.phones = []
    desk.write(edit_order, 5, form, now=NOW, author=None)
    pane.ask(sheet_of(desk, 5))
    assert pane.channel.value() is NoticeChannel.PHONE
    pane.channel.choose(1)
    assert "não tem um celular" in words(pane)
    QTest.keyClick(pane.focusWidget(), Qt.Key.Key_Escape)
    assert pane.gone == [True]
