import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton

from osdesk.ui.settings.diagnosis import WELL, DiagnosisSection


@pytest.fixture
def section(desk, qtbot):
    section = DiagnosisSection(desk)
    qtbot.addWidget(section)
    section.refresh()
    qtbot.waitUntil(lambda: "Ordens: 130" in section.text())
    return section


def test_one_button_copies_all_of_it(section):
    section.findChild(QPushButton, "diagnosisCopy").click()
    copied = QGuiApplication.clipboard().text()
    assert copied == section.text()
    assert "SQLite" in copied
    assert "Qt: 6" in copied
    assert "Cliente Número" not in copied


def test_the_shop_is_checked_at_a_press_and_the_answer_is_copied_too(section, qtbot):
    button = section.findChild(QPushButton, "diagnosisCheck")
    button.click()
    assert not button.isEnabled()
    qtbot.waitUntil(button.isEnabled)
    assert WELL in section.text()
