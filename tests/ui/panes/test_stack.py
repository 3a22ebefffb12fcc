"""What stands in the place of the editor's right side: notes, quotes; a quote without lines."""

import pytest
from PySide6.QtCore import Qt
from tests.ui.conftest import NOW, order_form

from osdesk.domain.orders.forms import StageForm
from osdesk.domain.orders.status import Status
from osdesk.services.orders.saving import add_order
from osdesk.services.orders.view import order_view
from osdesk.services.shop.stages import save_stage
from osdesk.ui.editor.work import ITEMS
from osdesk.ui.window.main_window import MainWindow
from osdesk.ui.window_settings import WindowSettings


@pytest.fixture
def window(desk, qtbot, tmp_path):
    window = MainWindow(desk, WindowSettings(tmp_path / "window.ini"))
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(lambda: not desk.tasks.busy)
    yield window
    qtbot.waitUntil(lambda: not desk.tasks.busy)


@pytest.fixture
def editor(window):
    window.open_order(130)
    return window.page("editor")


def test_a_note_is_written_beside_what_is_typed(window, editor, desk, qtbot):
    editor.cards.equipment.reason.setPlainText("Outro motivo")
    qtbot.keyClick(window, Qt.Key.Key_F10)
    pane = editor.acts.currentWidget()
    assert pane.objectName() == "notesPane"
    assert window.focusWidget() is pane.log.line
    pane.log.line.setPlainText("Placa oxidada")
    editor.acts.go_back()
    assert editor.acts.is_open  # asked first: what was written is not lost
    pane.log.submit()
    assert pane.log.texts() == ["24/11/2026 12:00\nPlaca oxidada"]
    qtbot.keyClick(pane.log.line, Qt.Key.Key_Escape)
    assert not editor.acts.is_open
    assert editor.form().reason == "Outro motivo"
    assert [note.body for note in desk.read(order_view, 130, now=NOW).log] == ["Placa oxidada"]
    editor.refresh()


def test_an_order_that_was_never_saved_has_no_notes_yet(window, qtbot):
    window.new_order()
    qtbot.keyClick(window, Qt.Key.Key_F10)
    assert not window.page("editor").acts.is_open


def test_the_versions_of_the_quote_are_one_entry_away(window, qtbot):
    window.open_order(3)
    editor = window.page("editor")
    words = [action.text().split("\t")[0] for action in editor.side.more.menu().actions()]
    assert "Versões do orçamento…" in words
    action = editor.side.more.menu().actions()[words.index("Versões do orçamento…")]
    editor.side.more.menu().triggered.emit(action)
    pane = editor.acts.currentWidget()
    assert pane.objectName() == "quotesPane"
    assert pane.versions.list.count() == 1
    qtbot.keyClick(pane.versions.list, Qt.Key.Key_Escape)
    assert not editor.acts.is_open


def test_a_quote_without_lines_leads_to_them(window, desk, qtbot):
    form = order_form("Sem itens", "(11) 3222-0000")
    form.items = []
    desk.write(add_order, form, now=NOW, author=None)
    window.orders.select(131)
    window.orders._catch_up()
    window.orders.side.take_step(Status.AWAITING_APPROVAL)
    editor = window.page("editor")
    assert window.current is editor
    assert editor.number == 131
    assert "inclua aqui" in editor.bar.text()
    assert editor.cards.work._tabs.checkedId() == ITEMS
    assert window.focusWidget() is editor.cards.work.add_service
    editor.cards.work.show_tab(ITEMS + 1)
    editor.take_step(Status.AWAITING_APPROVAL)
    assert editor.cards.work._tabs.checkedId() == ITEMS
    assert not editor.acts.is_open


def test_the_stage_is_chosen_among_those_of_the_status_and_stands_in_the_head(
    window, editor, desk, qtbot
):
    who = {"now": NOW, "author": None}
    desk.write(save_stage, StageForm(Status.RECEIVED, "Triagem", "amber"), **who)
    desk.write(save_stage, StageForm(Status.READY, "Limpa", "grey"), **who)
    editor.open_order(130)
    stage = editor.cards.work.notes.stage
    assert [stage.itemText(place) for place in range(stage.count())] == ["Nenhuma", "Triagem"]
    assert not editor.has_changes()
    stage.setCurrentIndex(1)
    assert editor.has_changes()
    assert editor.save()
    assert desk.read(order_view, 130, now=NOW).stage.name == "Triagem"
    assert editor.head.stage.text() == "Triagem"
    editor.open_order(4)
    assert editor.head.stage.isHidden()
    assert stage.value() is None
    editor.open_order(130)
    editor.take_step(Status.IN_DIAGNOSIS)
    assert editor.head.stage.isHidden()
    assert stage.value() is None
    assert not editor.has_changes()
