import re

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QMessageBox,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from osdesk.domain.orders.status import Status
from osdesk.ui.widgets import theme
from osdesk.ui.widgets.icons import icon

PAIRS = (
    *((text, ground) for text in ("ink", "muted") for ground in ("background", "surface", "hover")),
    *((text, "soft") for text in ("ink", "grey", "accent", *theme.TONES)),
    *((tone, ground) for tone in ("accent", *theme.TONES) for ground in ("background", "surface")),
    *((tone, f"{tone}_soft") for tone in theme.TONES),
    *((text, f"{tone}_soft") for text in ("ink", "accent") for tone in theme.TONES),
    *(("on_accent", "accent"), ("on_accent", "accent_dark"), ("on_chip", "chip")),
)
"""Every text and ground that meet on a screen: each reaches 4.5 : 1 in both schemes. On ``soft``,
the ground of a selected row, quiet text is ``grey``; ``muted`` would be too faint there."""


def luminance(value: str) -> float:
    """WCAG 2.2, relative luminance of ``#RRGGBB``."""
    parts = [int(value[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_itself():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("scheme", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
@pytest.mark.parametrize("pair", PAIRS, ids="-on-".join)
def test_every_text_reaches_aa_on_its_ground(scheme, pair):
    text, ground = pair
    assert contrast(scheme[text], scheme[ground]) >= 4.5


FAINT = (
    *(("muted", ground) for ground in ("background", "surface", "hover")),
    ("grey", "grey_soft"),
)
"""Words that cannot be pressed now, each on its ground: below AA's demand, still to be read."""
SIGNS = (
    *(("muted", ground) for ground in ("background", "surface")),
    *(("accent", ground) for ground in ("background", "surface", "hover")),
    *(("red", ground) for ground in ("background", "surface")),
    ("ink", "surface"),
    *((tone, f"{tone}_soft") for tone in theme.TONES),
)
"""Rings of boxes and radio buttons, the line around what has the keyboard, the line around a field
that cannot be read, each on its ground: 3 : 1 (WCAG 1.4.11)."""


@pytest.mark.parametrize("scheme", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
@pytest.mark.parametrize("pair", [*FAINT, *SIGNS], ids="-on-".join)
def test_what_is_no_text_to_read_through_is_told_from_its_ground(scheme, pair):
    sign, ground = pair
    assert contrast(scheme[sign], scheme[ground]) >= 3


RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
GROUNDS = ("background", "surface", "hover")


def rules():
    """Selector and properties of every rule of the sheet, colours as tokens."""
    for selectors, body in RULE.findall(theme.STYLE):
        parts = (part.split(":", 1) for part in body.split(";") if ":" in part)
        told = {name.strip(): value.strip() for name, value in parts}
        for selector in selectors.split(","):
            yield " ".join(selector.split()), told


def token(value):
    found = re.findall(r"\$(\w+)", value)
    return found[-1] if found and found[-1] in theme.LIGHT else None


@pytest.mark.parametrize("scheme", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
def test_every_rule_of_the_sheet_that_colours_words_can_be_read(scheme):
    """Where a rule says no ground of its own, its words stand on any that the pages have."""
    looked_at = 0
    for selector, told in rules():
        words = token(told.get("color", ""))
        if words is None:
            continue
        own = token(told.get("background", "")) or token(told.get("background-color", ""))
        bar = re.search(r'kind="bar"\]\[tone="(\w+)"\]', selector)
        grounds = (own,) if own else (f"{bar.group(1)}_soft",) if bar else GROUNDS
        least = 3 if ":disabled" in selector else 4.5
        for ground in grounds:
            looked_at += 1
            assert contrast(scheme[words], scheme[ground]) >= least, (selector, words, ground)
    assert looked_at > 40


@pytest.mark.parametrize("scheme", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
def test_every_ring_and_every_line_of_the_keyboard_stands_out(scheme):
    looked_at = []
    for selector, told in rules():
        line = token(told.get("border-color", "")) or token(told.get("border", ""))
        if line and (":focus" in selector or "::indicator" in selector):
            looked_at.append(selector)
            for ground in ("background", "surface"):
                assert contrast(scheme[line], scheme[ground]) >= 3, (selector, line, ground)
    assert any("QRadioButton" in each for each in looked_at)
    assert any("QCheckBox::indicator" in each for each in looked_at)
    assert len(looked_at) > 12


def test_both_schemes_have_the_same_tokens_and_every_status_a_tone():
    assert theme.LIGHT.keys() == theme.DARK.keys()
    assert set(theme.STATUS_TONE) == set(Status)
    assert set(theme.STATUS_TONE.values()) <= set(theme.TONES)


def test_a_desktop_with_letters_of_its_own_for_menus_and_tables_does_not_mix_typefaces(qapp):
    """As on Windows, which names a typeface for these kinds of widget."""
    theme.apply(qapp, "light")
    for kind in theme.WITH_OWN_FONT:
        qapp.setFont(QFont("DejaVu Serif"), kind)
    theme.apply(qapp, "light")
    table, menu, box = QTableView(), QMenu(), QMessageBox()
    widgets = [table, table.horizontalHeader(), menu, box]
    assert {widget.font().family() for widget in widgets} == {theme.FAMILY}
    for widget in (table, menu, box):
        widget.deleteLater()


def test_the_schemes_change_in_a_running_program(qapp):
    theme.apply(qapp, "dark")
    assert qapp.palette().window().color().name().upper() == theme.DARK["background"]
    dark = icon("plus", "ink").pixmap(16).toImage()
    theme.apply(qapp, "light")
    assert theme.color("ink").name().upper() == theme.LIGHT["ink"]
    assert icon("plus", "ink").pixmap(16).toImage() != dark


class StyleChanges(QObject):
    """Counts how often a widget is told that its style changed."""

    def __init__(self, watched: QWidget) -> None:
        super().__init__(watched)
        self.count = 0
        watched.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.StyleChange
        return False


def test_a_scheme_that_is_worn_costs_nothing_and_a_change_tells_each_widget_once(qapp, qtbot):
    theme.apply(qapp, "light")
    outer = widget = QWidget()
    qtbot.addWidget(outer)
    for _ in range(8):
        widget = QWidget(widget)
    outer.show()
    told = StyleChanges(widget)
    theme.apply(qapp, "light")
    assert told.count == 0
    theme.apply(qapp, "dark")
    assert 1 <= told.count <= 2, "the sheet goes off and on, whatever the depth"
    told.count = 0
    theme.apply(qapp, "light")
    assert 1 <= told.count <= 2


@pytest.mark.parametrize("scheme", ["dark", "light"])
def test_a_window_that_changed_looks_like_one_that_began_so(qapp, qtbot, scheme):
    def window() -> QWidget:
        made = QWidget()
        qtbot.addWidget(made)
        rows = QVBoxLayout(made)
        for one in (QLabel("Rótulo"), QLineEdit("texto"), QCheckBox("opção"), QComboBox()):
            rows.addWidget(one)
        button = QPushButton("Salvar")
        button.setProperty("kind", "primary")
        rows.addWidget(button)
        made.resize(300, 300)
        return made

    theme.apply(qapp, "light" if scheme == "dark" else "dark")
    changed = window()
    changed.grab()
    theme.apply(qapp, scheme)
    assert changed.grab().toImage() == window().grab().toImage()
    theme.apply(qapp, "light")


def test_the_program_is_written_in_its_own_typeface(qapp):
    from PySide6.QtGui import QFontInfo

    theme.apply(qapp, "light")
    shown = QFontInfo(qapp.font())
    assert (shown.family(), shown.pixelSize()) == ("IBM Plex Sans", 13)
    assert QFontInfo(theme.bold()).weight() == 600
