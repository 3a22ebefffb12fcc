"""Colours, fonts and the one style sheet; ``$token`` is a colour of ``osdesk.ui.widgets.theme``.

Small on purpose: each rule costs time on every widget. Kinds of label and button are told apart
by the property ``kind``; a field that holds what cannot be read has the property ``bad``.
"""

from functools import cache
from string import Template
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from osdesk import paths
from osdesk.domain.orders.status import Status

STYLE = """
QLabel { background: transparent; }
QLabel[kind="title"] { font-size: 20px; font-weight: 600; }
QLabel[kind="section"] { font-size: 14px; font-weight: 600; }
QLabel[kind="here"] { color: $accent; font-size: 12px; font-weight: 600; }
QLabel[kind="strong"] { font-weight: 600; }
QLabel[kind="total"] { font-size: 18px; font-weight: 600; }
QLabel[kind="quiet"] { color: $muted; font-size: 12px; }
QLabel[kind="quiet"][tone="red"] { color: $red; }
QLabel[kind="quiet"][tone="amber"] { color: $amber; }
QLabel[kind="quiet"][tone="green"] { color: $green; }
QLabel[kind="age"][tone="red"] { color: $red; font-weight: 600; }
QLabel[kind="balance"] { font-size: 15px; font-weight: 600; }
QLabel[kind="error"] { color: $red; font-size: 12px; }
QLabel[kind="key"] { color: $muted; background: $background; border: 1px solid $line;
  border-radius: 4px; font-size: 11px; padding: 1px 6px; }
QFrame[kind="card"] { background: $surface; border: 1px solid $line; border-radius: 8px; }
QFrame[kind="line"] { background: $line; border: none; }
QFrame[kind="bar"] { border: 1px solid $line; border-radius: 6px; background: $surface; }
QFrame#demoBand, QFrame#restoredBand, QFrame#shopBand { margin-top: 8px; }
QFrame[kind="bar"][tone="red"] { background: $red_soft; border-color: $red_soft; }
QFrame[kind="bar"][tone="amber"] { background: $amber_soft; border-color: $amber_soft; }
QFrame[kind="bar"][tone="green"] { background: $green_soft; border-color: $green_soft; }
QFrame[kind="bar"][tone="red"] QLabel { color: $red; }
QFrame[kind="bar"][tone="amber"] QLabel { color: $amber; }
QFrame[kind="bar"][tone="green"] QLabel { color: $green; }
QLabel[kind="bar"][tone="amber"] { color: $amber; padding: 5px 10px; }
QLabel[kind="bar"][tone="green"] { color: $green; padding: 5px 10px; }
QPushButton[kind="tab"] { background: transparent; border: none; border-radius: 0; color: $muted;
  padding: 0 2px; font-size: 14px; font-weight: 600; min-height: 26px; }
QPushButton[kind="tab"]:checked { color: $ink; border-bottom: 2px solid $accent; }
QPushButton[kind="tab"]:focus { color: $accent; }
QPushButton[kind="tab"]:disabled { background: transparent; color: $muted; }
QPushButton { background: $surface; color: $ink; border: 1px solid $line; border-radius: 6px;
  padding: 0 12px; min-height: 31px; font-weight: 500; }
QPushButton:hover { background: $hover; border-color: $edge; }
QPushButton:pressed { background: $soft; }
QPushButton:focus { border-color: $accent; }
QPushButton:disabled { color: $muted; background: $background; }
QPushButton[kind="primary"] { background: $accent; color: $on_accent; border-color: $accent;
  font-weight: 600; }
QPushButton[kind="primary"]:hover, QPushButton[kind="primary"]:pressed {
  background: $accent_dark; border-color: $accent_dark; }
QPushButton[kind="primary"]:focus { border: 2px solid $ink; }
QPushButton[kind="primary"]:disabled { background: $grey_soft; color: $grey;
  border-color: $grey_soft; }
QPushButton[kind="flat"] { background: transparent; border-color: transparent; color: $accent;
  padding: 0 6px; min-height: 24px; }
QPushButton[kind="flat"]:hover { background: $soft; }
QPushButton[kind="flat"]:focus { border-color: $accent; }
QPushButton[kind="danger"] { color: $red; }
QPushButton[kind="chip"] { border-radius: 14px; min-height: 27px; padding: 0 10px;
  font-weight: 400; }
QPushButton[kind="chip"]:checked, QPushButton[kind="chip"][on="true"] {
  background: $chip; color: $on_chip; border-color: $chip; font-weight: 500; }
QPushButton[kind="chip"]:focus { border-color: $accent; }
QPushButton[kind="chip"]:checked:focus { border: 2px solid $accent; }
QPushButton[kind="nav"] { text-align: left; background: transparent; border-color: transparent;
  color: $muted; padding: 0 11px; min-height: 35px; }
QPushButton[kind="nav"]:hover { background: $hover; color: $ink; }
QPushButton[kind="nav"]:checked { background: $soft; color: $accent; font-weight: 600; }
QPushButton[kind="nav"]:focus { border-color: $accent; }
QPushButton[kind="author"] { text-align: left; background: transparent; padding: 0 4px;
  border-color: transparent; min-height: 24px; }
QPushButton[kind="author"]:hover { background: $hover; }
QPushButton[kind="author"]:focus { border-color: $accent; }
QPushButton[narrow="true"] { padding: 0 6px; }
QPushButton[left="true"] { text-align: left; }
QPushButton[kind="flat"][left="true"] { padding: 0 6px 0 1px; }
QPushButton::menu-indicator { image: none; width: 0; }
QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QDateEdit, QSpinBox {
  background: $surface; color: $ink; border: 1px solid $line; border-radius: 6px;
  selection-background-color: $accent; selection-color: $on_accent; }
QLineEdit, QComboBox, QDateEdit, QSpinBox { min-height: 30px; padding: 0 9px; }
QLineEdit#searchBox { min-height: 36px; }
QPushButton#newOrderButton { min-height: 36px; }
QPlainTextEdit, QTextEdit { padding: 4px 6px; }
QLineEdit:hover, QPlainTextEdit:hover, QComboBox:hover { border-color: $edge; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QDateEdit:focus,
QSpinBox:focus { border: 2px solid $accent; padding: 0 8px; }
QLineEdit:focus, QComboBox:focus, QDateEdit:focus, QSpinBox:focus { min-height: 28px; }
QPlainTextEdit:focus, QTextEdit:focus { padding: 3px 5px; }
QLineEdit:read-only, QPlainTextEdit:read-only { background: $background; }
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled { background: $background;
  color: $muted; }
*[bad="true"] { border: 1px solid $red; }
QComboBox::drop-down { border: none; width: 26px; }
QComboBox::down-arrow { image: url($arrow); width: 16px; height: 16px; }
QCheckBox, QRadioButton { spacing: 8px; background: transparent; padding: 1px 3px 1px 1px;
  border: 1px solid transparent; border-radius: 5px; }
QCheckBox:focus, QRadioButton:focus { border-color: $accent; }
QCheckBox::indicator { width: 15px; height: 15px; border: 1px solid $muted; border-radius: 4px;
  background: $surface; }
QCheckBox::indicator:checked { background: $accent; border-color: $accent; image: url($check); }
QRadioButton::indicator { width: 14px; height: 14px; border: 1px solid $muted;
  border-radius: 8px; background: $surface; }
QRadioButton::indicator:checked { border: 5px solid $accent; width: 6px; height: 6px; }
QComboBox QLineEdit, QComboBox QLineEdit:focus { border: none; padding: 0; min-height: 0;
  background: transparent; }
QComboBox QAbstractItemView, QListView[kind="popup"] { background: $surface;
  border: 1px solid $edge; outline: none; padding: 4px; }
QAbstractItemView { background: $surface; border: none; outline: none;
  selection-background-color: $soft; selection-color: $ink; }
QListWidget#paletteList::item, QListWidget#paperList::item { padding: 5px 8px;
  border-radius: 4px; }
QListWidget#paperList::item { padding: 3px 8px; }
QListWidget#paletteList::item:selected, QListWidget#paperList::item:selected {
  background: $soft; color: $ink; }
QListWidget#notesList::item { padding: 0 0 8px 0; }
QListWidget#quoteVersions::item, QListWidget#quoteChanges::item { padding: 0 0 2px 0; }
QListWidget#notesList::item:selected, QListWidget#quoteVersions::item:selected,
QListWidget#quoteChanges::item:selected { background: $soft; color: $ink; }
QTableView, QListWidget { border: 1px solid transparent; }
QTableView:focus, QListWidget:focus { border-color: $accent; }
QTableView { gridline-color: $line; }
QHeaderView { background: $surface; border: none; }
QHeaderView::section { background: $surface; color: $muted; border: none;
  border-bottom: 1px solid $line; padding: 0 8px; font-weight: 500; min-height: 36px; }
QScrollArea:focus { border: 1px solid $accent; }
QScrollArea, QScrollArea > QWidget > QWidget[kind="scrolled"] { background: transparent;
  border: none; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $edge; border-radius: 3px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; margin: 2px 1px 2px 4px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: $muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QMenu { background: $surface; color: $ink; border: 1px solid $edge; padding: 4px; }
QMenu::item { padding: 6px 24px 6px 12px; border-radius: 4px; }
QMenu::item:selected { background: $soft; color: $ink; }
QMenu::item:disabled { color: $muted; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }
QToolTip { background: $surface; color: $ink; border: 1px solid $edge; padding: 4px; }
QStatusBar, QWidget[kind="foot"] { background: $surface; border-top: 1px solid $line; }
QStatusBar::item { border: none; }
QWidget[kind="side"] { background: $surface; border-right: 1px solid $line; }
QProgressBar { background: $grey_soft; border: none; border-radius: 3px; max-height: 6px; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
"""


TONES = ("red", "amber", "violet", "blue", "green", "grey")

LIGHT = {
    "background": "#F3F4F2",
    "surface": "#FFFFFF",
    "hover": "#F6F8F6",
    "ink": "#1C2321",
    "muted": "#66706C",
    "line": "#DFE3E0",
    "edge": "#C9CFCB",
    "accent": "#0E5F5B",
    "accent_dark": "#0A4B48",
    "soft": "#E3EFED",
    "on_accent": "#FFFFFF",
    "chip": "#1C2321",
    "on_chip": "#FFFFFF",
    "bar": "#9DC3BE",
    "red": "#B3261E",
    "red_soft": "#FBE9E7",
    "amber": "#8A5A00",
    "amber_soft": "#FCF1D9",
    "violet": "#5B3F8C",
    "violet_soft": "#EEE8F7",
    "blue": "#1D4F91",
    "blue_soft": "#E5EDF8",
    "green": "#22663F",
    "green_soft": "#E4F2E8",
    "grey": "#55605C",
    "grey_soft": "#ECEFED",
}
DARK = {
    "background": "#151918",
    "surface": "#1E2422",
    "hover": "#262D2A",
    "ink": "#E6EBE8",
    "muted": "#9BA6A1",
    "line": "#353D3A",
    "edge": "#4A5450",
    "accent": "#6CC4BC",
    "accent_dark": "#8AD3CC",
    "soft": "#21403D",
    "on_accent": "#0B2523",
    "chip": "#E6EBE8",
    "on_chip": "#1C2321",
    "bar": "#3F6F6A",
    "red": "#FF9B90",
    "red_soft": "#4A211D",
    "amber": "#F0BE62",
    "amber_soft": "#43320F",
    "violet": "#C6B0F2",
    "violet_soft": "#372B52",
    "blue": "#9CC3F5",
    "blue_soft": "#1E3554",
    "green": "#86D3A4",
    "green_soft": "#1D3F2B",
    "grey": "#B4BEBA",
    "grey_soft": "#323937",
}
STATUS_TONE = {
    Status.RECEIVED: "blue",
    Status.IN_DIAGNOSIS: "blue",
    Status.AWAITING_APPROVAL: "violet",
    Status.APPROVED: "blue",
    Status.IN_PROGRESS: "blue",
    Status.AWAITING_PART: "amber",
    Status.READY: "green",
    Status.DELIVERED: "grey",
    Status.DECLINED: "amber",
    Status.UNREPAIRABLE: "amber",
    Status.RETURNED: "grey",
    Status.CANCELLED: "grey",
}

FAMILY = "IBM Plex Sans"
FACES = ("Regular", "Medium", "SemiBold")
WITH_OWN_FONT: tuple[Any, ...] = (  # text, though the stubs of Qt say bytes
    "QAbstractItemView",
    "QHeaderView",
    "QMenu",
    "QMenuBar",
    "QMessageBox",
    "QTipLabel",
    "QStatusBar",
    "QDockWidgetTitle",
    "QMdiSubWindowTitleBar",
)
"""Kinds of widget for which a desktop may name a typeface: on Windows it does, and on these kinds
that one would win over the application's."""

_colors = {token: QColor(value) for token, value in LIGHT.items()}


def color(token: str) -> QColor:
    """The colour of a token in the scheme of this moment."""
    return _colors[token]


@cache
def font(size: int = 13, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """The program's typeface; ``size`` in pixels. Shared: copy it before changing it."""
    face = QFont(FAMILY)
    face.setPixelSize(size)
    face.setWeight(weight)
    return face


@cache
def medium(size: int = 13) -> QFont:
    return font(size, QFont.Weight.Medium)


@cache
def bold(size: int = 13) -> QFont:
    return font(size, QFont.Weight.DemiBold)


def apply(app: QApplication, scheme: str = "system") -> None:
    """Apply the colours to the whole program; ``scheme`` is ``system``, ``light`` or ``dark``.

    Costs nothing where they are applied already.
    """
    follower = app.findChild(_SystemScheme, "systemScheme") or _prepare(app)
    follower.scheme = scheme
    hints = app.styleHints()
    wanted = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}.get(
        scheme, Qt.ColorScheme.Unknown
    )
    follower.busy = True
    hints.setColorScheme(wanted)
    follower.busy = False
    dark = scheme == "dark" or (scheme != "light" and hints.colorScheme() == Qt.ColorScheme.Dark)
    if follower.dark != dark:
        follower.dark = dark
        _colour(app, dark=dark)
    _set_font(app)


def _colour(app: QApplication, *, dark: bool) -> None:
    for token, value in (DARK if dark else LIGHT).items():
        _colors[token] = QColor(value)
    shade = "dark" if dark else "light"
    pictures = {
        name: paths.resource("style", f"{name}-{shade}.svg").as_posix()
        for name in ("arrow", "check")
    }
    # Qt tells each widget again for each of its parents when one sheet replaces another; taken
    # off and put on, it tells each once, in a sixth of the time.
    app.setStyleSheet("")
    app.setPalette(_palette())
    app.setStyleSheet(Template(STYLE).substitute(DARK if dark else LIGHT, **pictures))


def _prepare(app: QApplication) -> "_SystemScheme":
    """What no scheme changes: the typeface and the style beneath the sheet."""
    _load_faces()
    app.setStyle("Fusion")
    app.setFont(font())
    return _SystemScheme(app)


def _set_font(app: QApplication) -> None:
    """One typeface for all kinds of widget: a change of style or of the desktop's colours takes
    the desktop's own for some of them."""
    for kind in WITH_OWN_FONT:
        if app.font(kind) != font():
            app.setFont(font(), kind)


class _SystemScheme(QObject):
    """Follows the desktop from light to dark while the choice is *Sistema*."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self.setObjectName("systemScheme")
        self.scheme = "system"
        self.dark: bool | None = None  # nothing is applied yet
        self.busy = False
        app.styleHints().colorSchemeChanged.connect(self._changed)

    def _changed(self) -> None:
        app = QApplication.instance()
        if not self.busy and isinstance(app, QApplication):
            apply(app, self.scheme)


@cache
def _load_faces() -> None:
    for face in FACES:
        path = paths.resource("fonts", f"IBMPlexSans-{face}.ttf")
        if QFontDatabase.addApplicationFont(str(path)) < 0:
            raise RuntimeError(f"unreadable typeface {path.name}")


def _palette() -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    for where, token in {
        role.Window: "background",
        role.WindowText: "ink",
        role.Base: "surface",
        role.AlternateBase: "hover",
        role.Text: "ink",
        role.Button: "surface",
        role.ButtonText: "ink",
        role.BrightText: "red",
        role.ToolTipBase: "surface",
        role.ToolTipText: "ink",
        role.Highlight: "accent",
        role.HighlightedText: "on_accent",
        role.Link: "accent",
        role.LinkVisited: "accent",
        role.PlaceholderText: "muted",
        role.Accent: "accent",
        role.Light: "surface",
        role.Midlight: "hover",
        role.Mid: "line",
        role.Dark: "edge",
        role.Shadow: "edge",
    }.items():
        palette.setColor(where, color(token))
    for where in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, where, color("muted"))
    return palette


def is_scheme_change(event: QEvent) -> bool:
    """Whether a widget that keeps pictures has to make them anew."""
    return event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange)
