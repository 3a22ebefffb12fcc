"""The question before a restore is in sight, also where the page must scroll for it."""

from datetime import timedelta
from pathlib import Path

from tests.forms import order
from tests.ui.conftest import NOW

from osdesk.jobs.backup import back_up
from osdesk.services.orders.saving import add_order
from osdesk.ui.settings.page import SettingsPage

SMALL = (852, 574)
"""What a window of 1024 x 600 leaves a page."""


def test_the_question_comes_into_sight_on_a_small_screen(desk, qtbot):
    for hours in range(6):
        back_up(desk.store, None, now=NOW - timedelta(hours=hours), reason="import")
    page = SettingsPage(desk)
    qtbot.addWidget(page)
    page.resize(*SMALL)
    page.show()
    page.show_section("settingsBackup")
    pane = page.section("settingsBackup").restoring
    qtbot.waitUntil(lambda: pane.table.model().rowCount() == 6, timeout=20_000)
    row = pane._model.row(pane._model.index(2, 0))
    assert pane._model.index(2, 0).data() == "24/11/2026 às 10:00"
    pane.choose(Path(row.path))
    whole = pane._confirm.rect
    qtbot.waitUntil(lambda: pane._confirm.visibleRegion().boundingRect() == whole(), timeout=20_000)
    assert pane.focusWidget() is pane._keep, "Enter by mistake restores nothing"
    pane._keep.click()
    assert pane.request() is None
    assert pane._confirm.isHidden()


def test_what_would_go_stands_in_the_list(desk, qtbot):
    back_up(desk.store, None, now=NOW)
    desk.write(add_order, order(), now=NOW, author=None)
    page = SettingsPage(desk)
    qtbot.addWidget(page)
    page.show_section("settingsBackup")
    pane = page.section("settingsBackup").restoring
    qtbot.waitUntil(lambda: pane.table.model().rowCount() == 1, timeout=20_000)
    row = [pane._model.index(0, column).data() for column in range(4)]
    assert row == ["24/11/2026 às 12:00", "neste computador", "130", "1 ordem"]
