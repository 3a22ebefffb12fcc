"""Icons from SVG files, in the colours of the scheme at the moment they are painted."""

from functools import lru_cache

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from osdesk import paths
from osdesk.ui.widgets import theme


def icon(name: str, token: str = "muted", on: str = "accent") -> QIcon:
    """An icon that follows the scheme; ``on`` is its colour on a checked button."""
    return QIcon(_Engine(name, token, on))


def icon_pixmap(name: str, colour: QColor, size: int, ratio: float = 1.0) -> QPixmap:
    """One picture, ``size`` in device-independent pixels; for those who paint by themselves."""
    return _rendered("icons", name, colour.name(), size, ratio)


def logo_pixmap(size: int, ratio: float = 1.0) -> QPixmap:
    return _rendered("logo", "osdesk", theme.color("accent").name(), size, ratio)


def window_icon() -> QIcon:
    mark = QIcon()
    for size in (48, 256):
        mark.addFile(str(paths.resource("logo", f"osdesk-{size}.png")), QSize(size, size))
    return mark


@lru_cache(maxsize=512)
def _rendered(folder: str, name: str, colour: str, size: int, ratio: float) -> QPixmap:
    pixels = max(1, round(size * ratio))
    picture = QPixmap(pixels, pixels)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(_source(folder, name, colour)).render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


def _source(folder: str, name: str, colour: str) -> bytes:
    svg = paths.resource(folder, f"{name}.svg").read_bytes()
    if folder == "logo":
        return svg.replace(b"#0E5F5B", colour.encode())
    thin = svg.replace(b'stroke-width="2"', b'stroke-width="1.75"')
    return thin.replace(b"currentColor", colour.encode())


class _Engine(QIconEngine):
    def __init__(self, name: str, token: str, on: str) -> None:
        super().__init__()
        self._name, self._token, self._on = name, token, on

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        ratio = painter.device().devicePixelRatioF()
        side = min(rect.width(), rect.height())
        corner = rect.center() - QPoint(side // 2, side // 2)
        painter.drawPixmap(corner, self._picture(side, mode, state, ratio))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self._picture(min(size.width(), size.height()), mode, state, 1.0)

    def scaledPixmap(
        self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float
    ) -> QPixmap:
        # ``size`` already counts device pixels; QIcon sets the ratio on what it gets.
        return self._picture(min(size.width(), size.height()), mode, state, 1.0)

    def clone(self) -> QIconEngine:
        return _Engine(self._name, self._token, self._on)

    def _picture(self, side: int, mode: QIcon.Mode, state: QIcon.State, ratio: float) -> QPixmap:
        token = self._on if state == QIcon.State.On else self._token
        if mode == QIcon.Mode.Disabled:
            token = "edge"
        return icon_pixmap(self._name, theme.color(token), side, ratio)
