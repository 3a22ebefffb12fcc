import sys

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox, QWidget

from osdesk.domain.bug_details import details_of
from osdesk.domain.errors import UserError
from osdesk.ui.window.crash_handler import CrashHandler, write_logs


@pytest.fixture
def hook(qtbot, tmp_path):
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    hook = CrashHandler(window, tmp_path)
    yield hook, window
    hook.remove()


def fail(error: BaseException) -> BaseException:
    try:
        raise error
    except type(error) as raised:
        return raised


def test_one_box_says_it_in_portuguese_and_its_buttons_work(hook, qtbot, monkeypatch):
    hook, window = hook
    opened = []
    monkeypatch.setattr(CrashHandler, "_open_logs", lambda self: opened.append(self))
    error = fail(ZeroDivisionError("Maria das Dores"))
    for _ in range(3):
        sys.excepthook(type(error), error, error.__traceback__)
    boxes = window.findChildren(QMessageBox, "lastResort")
    assert len(boxes) == 1
    buttons = {button.text().replace("&", ""): button for button in boxes[0].buttons()}
    assert set(buttons) == {"Copiar detalhes", "Abrir registros", "Fechar"}
    buttons["Copiar detalhes"].click()
    assert boxes[0].isVisible()
    assert "ZeroDivisionError" in QGuiApplication.clipboard().text()
    buttons["Fechar"].click()
    assert not boxes[0].isVisible()


def test_details_and_logs_never_hold_what_was_typed(hook, tmp_path):
    handler = write_logs(tmp_path)
    try:
        error = fail(ValueError("Maria das Dores, (11) 98765-4321"))
        hook[0](type(error), error, error.__traceback__)
        logged = (tmp_path / "logs" / "osdesk.log").read_text("utf-8")
    finally:
        handler.close()
    assert "ValueError" in logged
    assert "Maria" not in logged + details_of(error)
    assert "test_crash_handler.py" in logged


def test_what_a_person_can_mend_is_said_in_its_own_sentence(hook):
    hook, window = hook
    error = fail(UserError("disk_full"))
    hook(type(error), error, error.__traceback__)
    box = window.findChild(QMessageBox, "lastResort")
    assert "disco" in box.informativeText().lower()
    box.close()
