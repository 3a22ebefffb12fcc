"""A bar that lies over a part of the page: what is under the mouse never moves away for it."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect
from PySide6.QtWidgets import QWidget

LEAST = 36


class LiesOver(QObject):
    """Keeps ``bar`` over ``place``, which stands in the same window, at its top.

    ``left``, ``right``: what stays free beside it. ``bottom``: at the place's foot instead, so many
    pixels above its edge.
    """

    def __init__(
        self,
        bar: QWidget,
        place: QWidget,
        *,
        bottom: int | None = None,
        left: int = 0,
        right: int = 0,
    ) -> None:
        super().__init__(bar)
        self._bar, self._place = bar, place
        self._bottom, self._left, self._right = bottom, left, right
        for watched in (bar, place):
            watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if watched is self._bar and kind in (QEvent.Type.Show, QEvent.Type.LayoutRequest):
            self._lay()
            self._bar.raise_()
        elif watched is self._place and kind in (QEvent.Type.Resize, QEvent.Type.Move):
            self._lay()
        return False

    def _lay(self) -> None:
        around = self._bar.parentWidget()
        layout = self._bar.layout()
        if around is None or layout is None:
            return
        width = max(self._place.width() - self._left - self._right, 1)
        height = layout.heightForWidth(width) if layout.hasHeightForWidth() else 0
        height = max(height, layout.sizeHint().height() if height <= 0 else 0, LEAST)
        corner = self._place.mapTo(around, QPoint(self._left, 0))
        if self._bottom is not None:
            corner.setY(corner.y() + self._place.height() - height - self._bottom)
        self._bar.setGeometry(QRect(corner.x(), corner.y(), width, height))
