import pytest
from PySide6.QtCore import Qt
from tests.conftest import NOW
from tests.ui.settings.test_logo_picture import picture

from osdesk.domain.orders.status import OrderFilter
from osdesk.paths import demo_dir, own_dir
from osdesk.persistence.store import open_store
from osdesk.services.orders.listing import filter_counts
from osdesk.ui.desk import Desk
from osdesk.ui.widgets import theme
from osdesk.ui.window.welcome_page import DEMO_ORDERS, WelcomePage


@pytest.fixture
def new_desk(store, qapp):
    theme.apply(qapp, "light")
    desk = Desk(store, lambda: NOW)
    yield desk
    desk.tasks.close()


@pytest.fixture
def page(new_desk, qtbot):
    page = WelcomePage(new_desk)
    qtbot.addWidget(page)
    page.resize(1194, 742)
    page.show()
    return page


def test_the_name_alone_is_enough(page, new_desk, qtbot):
    qtbot.keyClicks(page.name, "Oficina Horizonte")
    with qtbot.waitSignal(page.closed):
        qtbot.keyClick(page.name, Qt.Key.Key_Return)
    assert new_desk.shop.name == "Oficina Horizonte"
    assert new_desk.shop.phones is None


def test_without_a_name_it_says_so_and_stays(page, new_desk, qtbot):
    page.phone.setText("(11) 3222-4455")
    with qtbot.assertNotEmitted(page.closed):
        page.findChild(object, "welcomeStart").click()
    assert "nome" in page.name.error_text()
    assert page.phone.text() == "(11) 3222-4455"
    assert new_desk.shop.name == ""


def test_phone_and_logo_are_kept(page, new_desk, tmp_path):
    (tmp_path / "logo.png").write_bytes(picture("PNG"))
    (tmp_path / "other.png").write_bytes(b"no picture")
    page.take_logo(tmp_path / "other.png")
    assert page._wrong.isVisible()
    page.take_logo(tmp_path / "logo.png")
    page.name.setText("Oficina")
    page.phone.setText("(11) 3222-4455")
    page.save()
    assert new_desk.shop.phones == "(11) 3222-4455"
    assert new_desk.store.files.read(new_desk.shop.logo).startswith(b"\x89PNG")


def test_the_first_order_goes_on_from_the_paper_pad(page, new_desk):
    page.name.setText("Oficina")
    page.number.setText("mil")
    assert not page.save()
    assert page.number.error_text()
    page.number.setText("1201")
    assert page.save()
    assert new_desk.shop.next_number == 1201


def test_data_of_another_program_are_brought_in_once_the_shop_has_a_name(page):
    asked = []
    page.section_requested.connect(asked.append)
    page.findChild(object, "welcomeImport").click()
    assert page.name.error_text()
    page.name.setText("Oficina")
    assert asked == []
    page.findChild(object, "welcomeImport").click()
    assert asked == ["settingsImport"]


def test_the_demonstration_is_made_beside_the_shop(page, new_desk, qtbot):
    steps = []
    page._progress.valueChanged.connect(steps.append)
    with qtbot.waitSignal(page.shop_requested) as asked:
        page.findChild(object, "welcomeDemo").click()
        assert not page.findChild(object, "welcomeStart").isEnabled()
        assert page._progress.isVisible()
    assert max(steps) == DEMO_ORDERS
    (folder,) = asked.args
    assert (folder, own_dir(folder)) == (demo_dir(new_desk.folder), new_desk.folder.resolve())
    made = open_store(folder, write=False, clock=lambda: NOW)
    counts = made.database.read(filter_counts, now=NOW).counts
    made.close()
    assert counts[OrderFilter.ALL] == DEMO_ORDERS
    assert new_desk.shop.name == ""
    assert new_desk.read(filter_counts, now=NOW).counts[OrderFilter.ALL] == 0
    with qtbot.waitSignal(page.shop_requested):  # it is there already
        page.findChild(object, "welcomeDemo").click()
