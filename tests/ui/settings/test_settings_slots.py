import pytest

from osdesk.services.shop.slots import slots
from osdesk.ui.settings.lists import SlotsSection


@pytest.fixture
def section(desk, qtbot):
    section = SlotsSection(desk)
    qtbot.addWidget(section)
    section.show()
    return section


def test_places_are_added_renamed_and_put_out_of_use(section, desk):
    new = section.slots._rows[-1]
    new.name.setText("A1")
    new.button.click()
    assert [slot.name for slot in desk.read(slots)] == ["A1"]
    row = section.slots._rows[0]
    row.name.setText("Estante 1")
    row.active.click()
    assert section.dirty
    assert section.save()
    assert [(slot.name, slot.active) for slot in desk.read(slots)] == [("Estante 1", False)]
    section.slots._rows[-1].name.setText("ESTANTE 1")
    assert not section.save()
    assert "já existe" in section.slots._rows[-1]._wrong.text()


def test_the_days_of_the_codes(section, desk):
    days = section._fields["code_days"]
    assert days.text() == "7"
    days.setText("30")
    assert section.dirty
    assert section.save()
    assert desk.shop.code_days == 30
    days.setText("99999")
    assert not section.save()
    assert "de 0 a 3650" in days.error_text()
