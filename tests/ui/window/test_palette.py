"""Ctrl+K: what can be done now is found by its name and done by Enter."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QPushButton, QVBoxLayout, QWidget

from osdesk.ui.widgets.controls import ChipButton, GhostButton, MessageBar
from osdesk.ui.window.keys import Act
from osdesk.ui.window.palette import Palette, acts_on


@pytest.fixture
def page(qtbot):
    page = QWidget()
    qtbot.addWidget(page)
    QVBoxLayout(page)
    page.done = []
    page.show()
    return page


def put(page, button, name):
    button.clicked.connect(lambda: page.done.append(name))
    page.layout().addWidget(button)
    return button


def test_what_can_be_pressed_is_found_with_its_key(page, qtbot):
    put(page, GhostButton("Receber", "F8"), "receber")
    put(page, GhostButton("Guardada"), "off").setEnabled(False)
    put(page, GhostButton("Escondida"), "hidden").hide()
    chip = put(page, ChipButton("Atrasadas"), "chip")
    chip.set_count(12)
    part = put(page, ChipButton("1  Dinheiro"), "part")
    part.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # of a field with numbered answers
    menu = QMenu(page)
    menu.addAction("Cancelar OS\t1").triggered.connect(lambda: page.done.append("cancelar"))
    menu.addAction("Anotar…\tF10").triggered.connect(lambda: page.done.append("anotar"))
    more = put(page, QPushButton("Mais passos"), "more")
    more.setMenu(menu)
    qtbot.waitUntil(more.isVisible)
    acts = list(acts_on(page))
    assert [(act.words, act.key) for act in acts] == [
        ("Receber", "F8"),
        ("Atrasadas", ""),
        ("Cancelar OS", ""),
        ("Anotar…", "F10"),
    ]
    for act in acts:
        act.run()
    assert page.done == ["receber", "chip", "cancelar", "anotar"]


def test_typed_letters_find_it_and_enter_does_it(page, qtbot):
    names = ("Nova OS", "Marcar como pronta", "Registrar aprovação", "Aprovar tudo")
    acts = [Act(name, "", lambda name=name: page.done.append(name)) for name in names]
    palette = Palette([*acts, acts[0]], page)
    palette.open()
    assert palette.words() == list(names)
    palette.line.setText("aprov")
    palette.line.textEdited.emit("aprov")
    assert palette.words() == ["Aprovar tudo", "Registrar aprovação"]
    qtbot.keyClick(palette, Qt.Key.Key_Down)
    qtbot.keyClick(palette, Qt.Key.Key_Return)
    assert page.done == ["Registrar aprovação"]


def test_nothing_that_matches_does_nothing(page, qtbot):
    palette = Palette([Act("Nova OS", "F2", lambda: page.done.append("nova"))], page)
    palette.open()
    palette.line.textEdited.emit("xyz")
    assert palette.words() == []
    qtbot.keyClick(palette, Qt.Key.Key_Return)
    assert page.done == []
    qtbot.keyClick(palette, Qt.Key.Key_Escape)
    assert not palette.isVisible()


def test_an_act_says_what_it_does_and_to_what(page, qtbot):
    button = put(page, GhostButton("Material", "", "plus"), "material")
    button.setAccessibleName("Incluir material")
    tab = put(page, GhostButton("Entrada"), "tab")
    tab.setProperty("kind", "tab")
    bar = MessageBar(page)
    page.layout().addWidget(bar)
    bar.say("OS 5: Entregue.", "green", "Desfazer")
    qtbot.waitUntil(tab.isVisible)
    assert [act.words for act in acts_on(page)] == ["Incluir material", "Abrir Entrada", "Desfazer"]


def test_nothing_found_is_said(page):
    palette = Palette([Act("Nova OS", "F2", lambda: None)], page)
    palette.open()
    palette.line.textEdited.emit("xyz")
    assert "“xyz”" in palette._list.item(0).text()
    palette.line.textEdited.emit("nova")
    assert palette._list.item(0).text() == "Nova OS    F2"
