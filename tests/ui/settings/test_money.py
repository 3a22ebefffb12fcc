"""Fine and interest in per cent: off until typed, never above the law."""

import pytest

from osdesk.services.shop.shop import shop_view
from osdesk.ui.settings.money import MoneySection


@pytest.fixture
def section(desk, qtbot):
    section = MoneySection(desk)
    qtbot.addWidget(section)
    section.show()
    return section


def typed(section, name, text):
    field = section._fields[name]
    field.setFocus()
    field.setText(text)
    field.edited.emit()
    return field


def rates(desk):
    shop = desk.read(shop_view)
    return shop.fine_bp, shop.interest_bp


def test_per_cents_are_kept_in_hundredths(section, desk):
    assert rates(desk) == (0, 0)
    typed(section, "fine_bp", "2")
    typed(section, "interest_bp", "0,5")
    assert section.save()
    assert rates(desk) == (200, 50)
    typed(section, "fine_bp", "")
    assert section.save()
    assert rates(desk) == (0, 50)


@pytest.mark.parametrize(
    ("name", "text", "most"), [("fine_bp", "2,01", "de 0 a 2."), ("interest_bp", "3", "de 0 a 1.")]
)
def test_more_than_the_law_allows_is_refused_beside_its_field(section, desk, name, text, most):
    field = typed(section, name, text)
    assert not section.save()
    assert most in field.error_text()
    assert rates(desk) == (0, 0)
