"""The shop's own stages, made and changed in the settings."""

import pytest
from PySide6.QtCore import Qt
from tests.ui.settings.test_page import at, page

from osdesk.domain.orders.status import Status
from osdesk.services.shop.stages import COLOURS, stages
from osdesk.ui.settings.lists import COLOUR
from osdesk.ui.widgets import theme

__all__ = ["page"]


@pytest.fixture
def section(page):
    return at(page, "settingsStages")


def test_a_stage_is_added_changed_and_put_out_of_use(page, section, desk, qtbot):
    new = section._rows[-1]
    assert new.swatch.accessibleName() == "Azul"
    new.name.setText("Terceirizado")
    new.status.set_value(Status.AWAITING_PART)
    new.colour.setCurrentIndex(new.colour.findText("Violeta"))
    assert new.swatch.accessibleName() == "Violeta"
    qtbot.keyClick(new.name, Qt.Key.Key_Return)
    (stored,) = desk.read(stages)
    assert (stored.status, stored.name, stored.colour) == (
        Status.AWAITING_PART,
        "Terceirizado",
        "violet",
    )
    row = section._rows[0]
    assert not section.dirty
    row.active.click()
    row.colour.setCurrentIndex(row.colour.findText("Cinza"))
    assert page.section("settingsStages").dirty
    row.button.click()
    (stored,) = desk.read(stages)
    assert (stored.colour, stored.active) == ("grey", False)
    assert not section.dirty


def test_the_same_name_twice_under_a_status_is_refused_in_its_row(section, desk, qtbot):
    for _ in range(2):
        new = section._rows[-1]
        new.name.setText("Bancada")
        qtbot.keyClick(new.name, Qt.Key.Key_Return)
    assert "já existe" in section._rows[-1]._wrong.text()
    assert section._rows[-1].name.text() == "Bancada"
    assert len(desk.read(stages)) == 1


def test_every_colour_is_one_of_the_looks_meanings():
    assert set(COLOURS) == set(COLOUR) == set(theme.TONES)
