"""The Qt binding that is installed must not eat references: the window paints for years."""

import sys

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

CALLS = 500


def test_calls_that_return_nothing_keep_none_alive(qapp: QApplication) -> None:
    picture = QImage(8, 8, QImage.Format.Format_ARGB32)
    painter = QPainter(picture)
    color, rect = QColor("red"), QRect(0, 0, 4, 4)
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        painter.save()
        painter.setPen(color)
        painter.fillRect(rect, color)
        painter.restore()
    after = sys.getrefcount(None)
    painter.end()
    assert before - after < CALLS // 10
