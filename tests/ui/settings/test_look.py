"""How the program looks: light or dark at once, larger from the next start."""

import pytest
from PySide6.QtWidgets import QLabel, QRadioButton

from osdesk.ui.settings.about import LookSection
from osdesk.ui.window_settings import PERCENTS, WindowSettings


@pytest.fixture
def section(desk, qtbot):
    section = LookSection(desk)
    qtbot.addWidget(section)
    section.resize(800, 500)
    section.show()
    section.refresh()
    return section


def choice(section, percent):
    return section.findChild(QRadioButton, f"size{percent}")


def test_the_size_is_kept_and_counts_from_the_next_start(section, desk):
    assert WindowSettings(desk.folder).size == 100
    assert choice(section, 100).isChecked()
    section._sizes.idClicked.emit(110)
    assert WindowSettings(desk.folder).size == 110
    words = section.findChild(QLabel, "sizeWords").text()
    assert words.startswith("Vale quando o osdesk for aberto de novo.")


def test_what_would_not_fit_on_the_screen_cannot_be_chosen(section):
    room = section.screen().availableSize()
    for percent in PERCENTS:
        fits = room.width() * 100 / percent >= 1016 and room.height() * 100 / percent >= 560
        assert choice(section, percent).isEnabled() == (fits or percent == 100)


@pytest.mark.parametrize("odd", ["", "0", "115", "zwei"])
def test_an_odd_size_in_the_file_is_none(desk, odd):
    (desk.folder / "window.ini").write_text(f"[window]\nsize={odd}\n", encoding="utf-8")
    assert WindowSettings(desk.folder).size == 100
