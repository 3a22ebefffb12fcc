"""The pages that are made while nobody waits for them."""

import pytest
from sqlalchemy.sql.compiler import SQLCompiler

from osdesk.ui.page import PageName
from osdesk.ui.window.ahead import AHEAD, AHEAD_MS, PagesAhead
from osdesk.ui.window.pages import Pages


@pytest.fixture
def pages(desk, qtbot):
    pages = Pages(desk)
    qtbot.addWidget(pages)
    return pages


@pytest.fixture
def compiled(monkeypatch):
    """Every statement that is put into SQL."""
    found = []
    compile_one = SQLCompiler.__init__

    def counted(self, *args, **kwargs):
        found.append(args)
        compile_one(self, *args, **kwargs)

    monkeypatch.setattr(SQLCompiler, "__init__", counted)
    return found


def test_the_pages_that_come_next_are_ready_before_they_are_asked_for(pages, desk, compiled, qtbot):
    shown = pages.orders
    ahead = PagesAhead(desk, pages, pages)
    ahead.begin()
    qtbot.waitUntil(lambda: set(AHEAD) <= set(pages.made))
    assert pages.currentWidget() is shown
    qtbot.waitUntil(lambda: not desk.tasks.busy)
    compiled.clear()
    pages.editor.open_order(7)
    assert len(compiled) <= 3, "of some forty statements: they were put into SQL ahead"
    compiled.clear()
    pages.dashboard.refresh()
    assert len(compiled) <= 3, "of more than twenty"
    qtbot.waitUntil(lambda: not desk.tasks.busy)
    ahead.begin()
    assert not desk.tasks.busy, "once is enough"


def test_who_types_is_not_disturbed(pages, desk, qtbot):
    pages.orders.search.setText("a")
    ahead = PagesAhead(desk, pages, pages)
    ahead._timer.start(60_000)
    pages.orders.search.setText("ab")
    assert ahead._timer.interval() == AHEAD_MS
    ahead.stop()
    pages.orders.search.setText("abc")
    assert not ahead._timer.isActive()


def test_a_window_that_is_closed_meanwhile_reads_and_makes_nothing_more(pages, desk, qtbot):
    ahead = PagesAhead(desk, pages, pages)
    ahead.begin()
    ahead.stop()
    qtbot.waitUntil(lambda: not desk.tasks.busy)
    assert not set(AHEAD) & set(pages.made)
    assert not ahead._timer.isActive(), "the shop's file may be another one by then"


def test_a_window_that_is_closed_soon_makes_nothing_ready(pages, desk):
    ahead = PagesAhead(desk, pages, pages)
    ahead.stop()
    assert not ahead._timer.isActive()
    assert PageName.DASHBOARD not in pages.made
