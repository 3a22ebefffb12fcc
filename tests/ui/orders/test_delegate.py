import pytest
from PySide6.QtGui import QFontMetrics

from osdesk.ui.orders.delegate import _short_name
from osdesk.ui.widgets import theme


def width(words: str) -> int:
    return QFontMetrics(theme.font()).horizontalAdvance(words)


@pytest.fixture(autouse=True)
def dressed(qapp):
    theme.apply(qapp, "light")


@pytest.mark.parametrize(
    ("name", "room", "shown"),
    [
        ("Edson Ramos", "Edson Ramos", "Edson Ramos"),
        ("Edson Ramos", "Edson R.", "Edson R."),
        ("Edson Ramos", "Edson", "Edson"),
        ("Edson Ramos", "E", "Edson"),
        ("—", "—", "—"),
    ],
)
def test_a_technicians_name_is_shortened_as_people_say_it(name, room, shown):
    assert _short_name(name, width(room)) == shown
