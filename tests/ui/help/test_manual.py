"""The manual: a chapter for each page, found by its words, beside what is being typed."""

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from osdesk import paths
from osdesk.ui.help.manual import LIMITS, NEWS, ManualWindow, chapter, chapters
from osdesk.ui.page import PageName
from osdesk.ui.widgets import theme
from osdesk.ui.window.main_window import HELP, MainWindow
from osdesk.ui.window_settings import WindowSettings


@pytest.fixture
def manual(qapp, qtbot):
    theme.apply(qapp, "light")
    window = ManualWindow()
    qtbot.addWidget(window)
    return window


def test_each_page_has_its_chapter():
    names = {found.name for found in chapters()}
    assert set(HELP) == set(PageName)
    assert set(HELP.values()) <= names
    assert {LIMITS, NEWS} <= names


@pytest.mark.parametrize("name", [found.name for found in chapters()])
def test_a_chapter_is_whole_and_its_pictures_are_there(name):
    found = chapter(name)
    assert found.title
    assert found.body.startswith("# ")
    for picture in re.findall(r"!\[[^]]+\]\(([^)]+)\)", found.body):
        assert (paths.resource("manual") / picture).is_file()


def test_every_key_of_the_window_is_in_its_chapter(desk, qtbot, tmp_path):
    window = MainWindow(desk, WindowSettings(tmp_path / "window.ini"))
    qtbot.addWidget(window)
    told = chapter("teclas").body
    for act in window._keys.acts:
        if not act.key.startswith("Ctrl+") or act.key[5:] not in "123456":
            assert act.key in told, act.words


def test_words_find_chapters_without_their_accents(manual):
    manual.open_at("comecar")
    manual.search.setText("orcamento aprovacao")
    assert "A OS em uma tela" in manual.titles()
    assert "Backup e computador novo" not in manual.titles()
    manual.search.setText("xyzzy")
    assert manual.titles() == []
    manual.search.setText("")
    assert len(manual.titles()) == len(chapters())


def test_f1_opens_the_chapter_of_the_page_and_leaves_what_is_typed(desk, qtbot, tmp_path):
    window = MainWindow(desk, WindowSettings(tmp_path / "window.ini"))
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    window.new_order()
    editor = window.page(PageName.EDITOR)
    editor.cards.customer.name.setText("Meio digitado")
    QTest.keyClick(window, Qt.Key.Key_F1)
    manual = window.findChild(ManualWindow)
    qtbot.waitUntil(manual.isActiveWindow)
    assert manual.shown == "os"
    assert "retorno em garantia" in manual.text()
    QTest.keyClick(manual, Qt.Key.Key_Escape)
    assert not manual.isVisible()
    qtbot.waitUntil(window.isActiveWindow)
    assert window.current is editor
    assert editor.cards.customer.name.text() == "Meio digitado"
    window.show_page(PageName.DASHBOARD)
    QTest.keyClick(window, Qt.Key.Key_F1)
    assert manual.shown == "painel"
    manual.close()
    QApplication.processEvents()
    editor.acts.leave()
    editor.open_new()
