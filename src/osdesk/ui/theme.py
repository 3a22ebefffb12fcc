"""The look in one place: colours by token for a light and a dark scheme, typeface, style sheet.

Colour means something and means the same in both schemes: red late or overdue, amber today or
waiting for somebody else, violet waiting for the customer's answer, blue being worked on, green
ready or paid, grey finished. Screens ask ``color(token)`` when they paint, never before, so that
a change of scheme needs no more than a repaint.
"""

from functools import cache
from string import Template

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from osdesk import paths
from osdesk.domain.status import Status
from osdesk.ui.style_sheet import STYLE

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
    """Dress the whole program; ``scheme`` is ``system``, ``light`` or ``dark``."""
    _load_faces()
    follower = app.findChild(_SystemScheme, "systemScheme") or _SystemScheme(app)
    follower.scheme = scheme
    hints = app.styleHints()
    wanted = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}.get(
        scheme, Qt.ColorScheme.Unknown
    )
    follower.busy = True
    hints.setColorScheme(wanted)
    follower.busy = False
    dark = scheme == "dark" or (scheme != "light" and hints.colorScheme() == Qt.ColorScheme.Dark)
    for token, value in (DARK if dark else LIGHT).items():
        _colors[token] = QColor(value)
    if app.style().objectName() != "fusion":
        app.setStyle("Fusion")
    app.setFont(font())
    app.setPalette(_palette())
    shade = "dark" if dark else "light"
    pictures = {
        name: paths.resource("style", f"{name}-{shade}.svg").as_posix()
        for name in ("arrow", "check")
    }
    sheet = Template(STYLE).substitute(DARK if dark else LIGHT, **pictures)
    if app.styleSheet() != sheet:
        app.setStyleSheet(sheet)


class _SystemScheme(QObject):
    """Follows the desktop from light to dark while the choice is *Sistema*."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self.setObjectName("systemScheme")
        self.scheme = "system"
        self.busy = False
        app.styleHints().colorSchemeChanged.connect(self._changed)

    def _changed(self) -> None:
        app = QApplication.instance()
        if self.scheme == "system" and not self.busy and isinstance(app, QApplication):
            apply(app, "system")


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
