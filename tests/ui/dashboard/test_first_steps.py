"""*Primeiros passos* ticks itself off on the dashboard and goes away."""

import pytest
from tests.conftest import NOW
from tests.ui.conftest import order_form

from osdesk.domain.backup_places import SecondPlace
from osdesk.services.orders.saving import add_order
from osdesk.ui.dashboard.first_steps import FirstStepsCard
from osdesk.ui.dashboard.page import DashboardPage
from osdesk.ui.page import PageName
from osdesk.ui.widgets.controls import FlatButton
from osdesk.ui.window.main_window import MainWindow
from osdesk.ui.window_settings import WindowSettings


@pytest.fixture
def page(desk, qtbot):
    page = DashboardPage(desk)
    qtbot.addWidget(page)
    page.show()
    return page


def steps(page):
    return page.findChild(FirstStepsCard)


def test_what_is_done_is_ticked_and_the_rest_waits(page):
    assert steps(page).isVisible()
    assert steps(page).done() == {
        "profile": False,
        "order": True,
        "paper": False,
        "sheet": False,
        "second": False,
    }
    assert page.findChild(FlatButton, "firstStepOrder").accessibleName() == "Primeira OS: feito"
    assert "por fazer" in page.findChild(FlatButton, "firstStepPaper").accessibleName()


def test_a_place_for_backups_is_ticked_at_the_next_look(page, desk, tmp_path):
    settings = WindowSettings(desk.folder)
    settings.second_place = SecondPlace(tmp_path, "", "")
    settings.save()
    desk.write(add_order, order_form("Ana", "(11) 3222-0000", None), now=NOW, author=None)
    assert steps(page).done()["second"]


def test_put_away_it_stays_away(page, desk, qtbot):
    page.findChild(FlatButton, "firstStepsAway").click()
    assert not steps(page).isVisible()
    page.refresh()
    assert not steps(page).isVisible()
    again = DashboardPage(desk)
    qtbot.addWidget(again)
    again.take_habits(page.habits())
    again.show()
    assert not steps(again).isVisible()


def test_each_leads_to_where_it_is_done(desk, qtbot, tmp_path):
    window = MainWindow(desk, WindowSettings(tmp_path / "window.ini"))
    qtbot.addWidget(window)
    window.show()
    for name, section in (("Profile", "settingsShop"), ("Second", "settingsBackup")):
        window.show_page(PageName.DASHBOARD)
        window.findChild(FlatButton, f"firstStep{name}").click()
        assert window.current is window.pages.settings
        assert window.pages.settings.shown == section
    window.show_page(PageName.DASHBOARD)
    window.findChild(FlatButton, "firstStepSheet").click()
    assert window._manual is not None
    assert window._manual.shown == "papeis"
    window._manual.close()
    window.findChild(FlatButton, "firstStepOrder").click()
    assert window.current is window.page(PageName.EDITOR)
