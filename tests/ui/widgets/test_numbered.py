"""A menu by digits: each entry shows the one that takes it, the tenth the key after 9."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from osdesk.ui.widgets.numbered import NumberedMenu


def test_every_entry_of_ten_is_one_key_away(qtbot):
    menu = NumberedMenu()
    qtbot.addWidget(menu)
    taken = []
    menu.triggered.connect(lambda action: taken.append(action.data()))
    for n in range(1, 13):
        menu.add(f"Fazer {n}", n, "F11" if n == 9 else "")
    words = [action.text() for action in menu.entries()]
    assert words[8:] == ["Fazer 9\t9   F11", "Fazer 10\t0", "Fazer 11", "Fazer 12"]
    for key in (Qt.Key.Key_1, Qt.Key.Key_9, Qt.Key.Key_0):
        menu.show()
        QTest.keyClick(menu, key)
        assert not menu.isVisible()
    assert taken == [1, 9, 10]
