"""A look around in an invented shop, and one click back to the own one."""

from tests.conftest import NOW
from tests.journeys.clerk import Clerk

from osdesk.jobs.demo.demo import fill_demo
from osdesk.paths import demo_dir
from osdesk.persistence.store import open_store
from osdesk.ui.window.palette import acts_on


def test_there_and_back(clerk_at, qtbot, tmp_path):
    folder = tmp_path / "shop"
    made = open_store(demo_dir(folder), write=True, create=True, clock=lambda: NOW)
    fill_demo(made, orders=40, seed=1, now=NOW)
    made.close()
    clerk = clerk_at(folder)
    assert not clerk.seen("demoBand")
    clerk.go("welcomeDemo")
    clerk.press("Space")
    clerk.wait(lambda: clerk.window.next_window)
    assert not clerk.window.isVisible()

    there = Clerk(clerk.window.next_window, qtbot)
    there.wait(lambda: there.window.orders.model.rowCount())
    for place in range(1, 7):
        there.press(f"Ctrl+{place}")
        assert "Demonstração" in there.said("demoBand")
    there.press("F2")
    there.type("Ana")
    assert "Demonstração" in there.said("demoBand")
    (back,) = (act for act in acts_on(there.window.demo) if act.words == "Ir para a minha loja")
    back.run()
    there.wait(lambda: there.seen("leaveBar"))  # what was typed is asked about first
    there.go("leaveStay")
    there.press("Enter")
    assert there.window.isVisible()
    there.see("demoBand").acted.emit()
    there.wait(lambda: there.seen("leaveBar"))
    there.go("leaveDiscard")
    there.press("Enter")
    there.wait(lambda: there.window.next_window)

    home = Clerk(there.window.next_window, qtbot)
    assert home.page() == "welcomePage"
    assert not home.seen("demoBand")
    home.type("Oficina")
    home.go("welcomeNumber")
    home.type("1201")
    home.press("Enter")
    assert home.page() == "ordersPage"
    assert home.window.pages.shown_name == "navOrders"
    home.window.close()
    home.wait(lambda: not home.window.isVisible())
    assert home.window._desk.folder == folder
