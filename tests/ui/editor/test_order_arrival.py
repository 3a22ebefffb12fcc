"""The page of the editor for what is taken down at intake, by the keyboard."""

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from tests.ui.conftest import NOW, order_form
from tests.ui.editor.test_photos import image

from osdesk.services.orders.forms import load_form
from osdesk.services.orders.saving import add_order
from osdesk.services.shop.slots import save_slot
from osdesk.ui.editor.editor import OrderEditor
from osdesk.ui.editor.work import ARRIVAL

CTRL, KEY = Qt.KeyboardModifier.ControlModifier, Qt.Key


@pytest.fixture
def editor(desk, qtbot):
    editor = OrderEditor(desk)
    qtbot.addWidget(editor)
    editor.resize(1180, 730)
    editor.show()
    with qtbot.waitActive(editor):
        editor.activateWindow()
    return editor


@pytest.fixture
def arrival(editor):
    return editor.cards.work.arrival


def at(editor, name):
    found = editor.findChild(QWidget, name)
    assert found is not None, name
    return found


def test_the_questions_follow_the_kind_and_the_tab_counts(editor, arrival, desk, qtbot):
    editor.open_new()
    tab = at(editor, "arrivalTab")
    assert tab.text() == "Entrada"
    at(editor, "equipmentKind").setText("Smartphone")
    assert tab.text() == "Entrada 0/10"
    at(editor, "itemsTable").setFocus()
    qtbot.keyClick(at(editor, "itemsTable"), KEY.Key_PageUp, CTRL)
    table = arrival.checklist.table
    assert table.hasFocus()
    for key in (KEY.Key_S, KEY.Key_N):
        qtbot.keyClick(table, key)
    assert tab.text() == "Entrada 2/10"
    assert editor.has_changes()
    at(editor, "equipmentKind").setText("TV")
    assert tab.text() == "Entrada 2/8"  # both answers are to questions of the TV's too
    at(editor, "customerName").setText("Ana")
    at(editor, "reason").setPlainText("x")
    assert editor.save()
    assert desk.read(load_form, editor.number).checklist == {
        "Liga?": "sim",
        "Tela sem trincas?": "não",
    }


def test_a_stored_checklist_is_shown_and_edited(editor, arrival, desk):
    form = order_form("Ana", "(11) 98765-0001")
    form.checklist = {"Tem capa?": "sim"}
    number = desk.write(add_order, form, now=NOW, author=None).number
    editor.open_order(number)
    assert not editor.has_changes()
    assert at(editor, "arrivalTab").text() == "Entrada 1/10"  # nine of a washing machine's
    table = arrival.checklist.table
    row = table.rowCount() - 1
    assert table.item(row, 0).text() == "Tem capa?"
    table.answer(row, "não")
    assert editor.save()
    assert desk.read(load_form, number).checklist == {"Tem capa?": "não"}


def test_free_places_are_offered_and_a_taken_one_says_who_stands_there(editor, desk, qtbot):
    for name in ("A1", "A2"):
        desk.write(save_slot, None, name, active=True, now=NOW, author=None)
    form = order_form("Ana", "(11) 98765-0001")
    form.slot = "A1"
    holder = desk.write(add_order, form, now=NOW, author=None).number
    editor.open_new()
    editor.cards.work.show_tab(ARRIVAL)
    field = at(editor, "slot")
    field.setFocus()
    qtbot.keyClick(field, KEY.Key_Down)
    popup = editor.findChild(QWidget, "suggestions")
    words = [popup.item(row).text() for row in range(popup.count())]
    assert words == ["A2", f"A1 · ocupada pela OS {holder}"]
    qtbot.keyClick(field, KEY.Key_Down)
    qtbot.keyClick(field, KEY.Key_Return)
    assert field.text() == "A1"
    assert f"A OS {holder} está nesta prateleira" in at(editor, "slotHolder").text()
    for name, text in (("customerName", "Rui"), ("equipmentKind", "TV")):
        at(editor, name).setText(text)
    at(editor, "reason").setPlainText("x")
    assert editor.save()
    assert f"A OS {holder} está na prateleira A1" in editor.bar.text()


def test_ctrl_v_pastes_a_photo_outside_of_texts_alone(editor, arrival, qtbot):
    editor.open_new()
    QGuiApplication.clipboard().setImage(image())
    field = at(editor, "customerName")
    qtbot.keyClick(field, KEY.Key_V, CTRL)
    assert not arrival.photos.working
    table = at(editor, "itemsTable")
    table.setFocus()
    qtbot.keyClick(table, KEY.Key_V, CTRL)
    qtbot.waitUntil(lambda: arrival.photos.count() == 1)


def test_a_file_is_dropped_anywhere_on_the_editor(editor, arrival, tmp_path, qtbot):
    editor.open_new()
    path = tmp_path / "frente.png"
    image().save(str(path))
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier
    enter = QDragEnterEvent(QPoint(5, 5), copy, mime, left, none.NoModifier)
    QApplication.sendEvent(editor, enter)
    assert enter.isAccepted()
    drop = QDropEvent(QPointF(5, 5), copy, mime, left, none.NoModifier)
    QApplication.sendEvent(editor, drop)
    qtbot.waitUntil(lambda: arrival.photos.count() == 1)
    assert editor.has_changes()


@pytest.mark.parametrize("name", ["customerName", "reason", "technician"])
def test_a_file_dropped_on_a_text_is_a_photo_no_words(editor, arrival, tmp_path, qtbot, name):
    editor.open_new()
    path = tmp_path / "frente.png"
    image().save(str(path))
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    field = at(editor, name)
    if name == "reason":
        field = field.viewport()
    elif name == "technician":
        field = field.lineEdit()
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier
    enter = QDragEnterEvent(QPoint(5, 5), copy, mime, left, none.NoModifier)
    QApplication.sendEvent(field, enter)
    assert enter.isAccepted(), "the editor takes it"
    drop = QDropEvent(QPointF(5, 5), copy, mime, left, none.NoModifier)
    QApplication.sendEvent(field, drop)
    qtbot.waitUntil(lambda: arrival.photos.count() == 1)
    form = editor.form()
    assert (form.customer.name, form.reason, form.technician) == ("", "", None)


def test_tab_walks_the_page(editor, arrival, qtbot):
    editor.open_new()
    at(editor, "equipmentKind").setText("TV")
    editor.cards.work.show_tab(ARRIVAL)
    arrival.checklist.table.setFocus()
    seen = []
    for _ in range(5):
        focus = QApplication.focusWidget()
        seen.append(focus.objectName())
        qtbot.keyClick(focus, KEY.Key_Tab)
    assert seen == ["checklistTable", "slot", "codeKind", "addPhoto", "pastePhoto"]


def test_the_page_comes_into_sight_on_a_small_screen(editor, arrival, qtbot):
    editor.resize(880, 520)
    editor.open_order(2)
    qtbot.keyClick(at(editor, "customerName"), KEY.Key_PageUp, CTRL)
    table = arrival.checklist.table
    qtbot.waitUntil(lambda: table.visibleRegion().boundingRect().height() >= 3 * 28)
    assert table.hasFocus()


@pytest.mark.parametrize("size", [(1180, 700), (880, 540), (816, 500)])
def test_nothing_is_cut_at_the_sides(editor, size, qtbot):
    editor.resize(*size)
    editor.open_order(2)
    editor.cards.work.show_tab(ARRIVAL)
    qtbot.wait(1)
    assert editor.cards.widget().width() <= editor.cards.viewport().width()
    for field in editor.cards.work.arrival.findChildren(QLineEdit):
        assert not field.isVisible() or field.width() >= 60
