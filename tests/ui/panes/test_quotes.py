"""The versions of a quote in the window: chosen and compared by keys."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from tests.ui.conftest import NOW
from tests.ui.orders.test_page import page, settled

from osdesk.domain.codes import ApprovalVia
from osdesk.domain.orders.forms import ItemForm, StepForm
from osdesk.domain.orders.status import Status
from osdesk.services.orders.forms import load_form
from osdesk.services.orders.saving import edit_order
from osdesk.services.orders.steps import move_order
from osdesk.ui.panes.quotes import QuoteVersions

__all__ = ["page"]
WHO = {"now": NOW, "author": 2}


@pytest.fixture
def twice(desk):
    """Order 3: sent, approved, changed, sent again."""
    yes = StepForm(approved_by="Maria", approved_via=ApprovalVia.WHATSAPP)
    desk.write(move_order, 3, Status.APPROVED, yes, **WHO)
    form = desk.read(load_form, 3)
    form.items[0].unit_price = 20000
    form.items.append(ItemForm(description="Frete", unit_price=3000))
    form = replace(form, payment_terms="Metade agora")
    desk.write(edit_order, 3, form, **WHO)


def plain(lines):
    return [line.replace("\N{NO-BREAK SPACE}", " ") for line in lines]


def test_what_changed_is_said_and_any_two_are_compared(desk, twice, qtbot):
    versions = QuoteVersions(desk)
    qtbot.addWidget(versions)
    versions.show()
    versions.show_order(3)
    shown = [versions.list.item(row).text() for row in range(versions.list.count())]
    assert plain(shown) == [
        "Versão 2 · enviado · R$ 230,00",
        "Versão 1 · substituído · R$ 180,00",
    ]
    assert plain(versions.texts())[:4] == [
        "Da versão 1 para a 2:",
        "≠  Troca da placa · R$ 180,00 → R$ 200,00",
        "+  Frete · R$ 30,00",
        "≠  Mão de obra: R$ 180,00 → R$ 230,00",
    ]
    assert any("Metade agora" in line for line in versions.texts())
    versions.list.setFocus()
    qtbot.keyClick(versions.list, Qt.Key.Key_Down)
    story = versions._story.text()
    assert "Aprovado por Maria por WhatsApp em 24/11/2026 12:00, registrado por" in story
    assert "Substituído em 24/11/2026" in story
    assert plain(versions.texts())[0] == "Troca da placa · R$ 180,00"  # the first, by itself
    versions.other.setCurrentIndex(0)
    assert plain(versions.texts())[0] == "Da versão 1 para a 2:"


def test_an_order_without_a_quote_says_so(desk, qtbot):
    versions = QuoteVersions(desk)
    qtbot.addWidget(versions)
    versions.show()
    versions.show_order(50)
    assert versions._empty.isVisible()
    assert not versions.list.isVisible()


def test_the_list_shows_them_in_the_panels_place(page, desk, twice, qtbot):
    page.select(3)
    settled(page, qtbot)
    menu = page.side.panel._menu
    next(a for a in menu.entries() if a.data() == "quotes").trigger()
    pane = page.side.currentWidget()
    assert pane.objectName() == "quotesPane"
    assert pane.versions.list.hasFocus()
    qtbot.keyClick(pane.versions.list, Qt.Key.Key_Escape)
    settled(page, qtbot)
    assert page.side.currentWidget() is page.side.panel
