import pytest
from PySide6.QtCore import QPoint, Qt

from osdesk.ui.editor.code import PatternGrid, _centre


@pytest.fixture
def grid(qtbot):
    grid = PatternGrid()
    qtbot.addWidget(grid)
    grid.show()
    return grid


def place(number) -> QPoint:
    return _centre(number).toPoint()


def test_it_is_drawn_in_one_stroke(grid, qtbot):
    with qtbot.waitSignal(grid.edited):
        qtbot.mousePress(grid, Qt.MouseButton.LeftButton, pos=place(1))
    for number in (2, 5, 2, 8):
        qtbot.mouseMove(grid, place(number))
    qtbot.mouseRelease(grid, Qt.MouseButton.LeftButton, pos=place(8))
    assert grid.dots.startswith("1")
    assert set(grid.dots) <= set("1258")
    assert len(set(grid.dots)) == len(grid.dots)


def test_it_is_typed(grid, qtbot):
    qtbot.keyClicks(grid, "75531")
    assert grid.dots == "7531"
    qtbot.keyClick(grid, Qt.Key.Key_Backspace)
    assert grid.dots == "753"
    assert "7-5-3" in grid.accessibleName()
    qtbot.keyClick(grid, Qt.Key.Key_Delete)
    assert grid.dots == ""


def test_what_is_shown_is_only_looked_at(grid, qtbot):
    grid.show_dots("1258", fixed=True)
    qtbot.keyClicks(grid, "9")
    qtbot.mouseClick(grid, Qt.MouseButton.LeftButton, pos=place(9))
    assert grid.dots == "1258"
    assert grid.focusPolicy() is Qt.FocusPolicy.NoFocus
