"""What a new shop has done already."""

from tests.conftest import NOW

from osdesk.persistence.store import open_store
from osdesk.services.shop.first_steps import first_steps
from osdesk.services.shop.shop import save_shop, shop_form


def test_a_new_shop_has_done_nothing_and_ticks_one_after_the_other(db):
    assert db.read(first_steps) == (False, False, False, False)

    def name(session):
        form = shop_form(session)
        form.name = "Eletrônica Horizonte"
        save_shop(session, form, now=NOW, author=None)

    db.run(name)
    assert not db.read(first_steps).profile, "nobody could be called yet"

    def phone(session):
        form = shop_form(session)
        form.phones = "(11) 3222-0000"
        save_shop(session, form, now=NOW, author=None)

    db.run(phone)
    assert db.read(first_steps) == (True, False, False, False)


def test_a_demonstration_has_done_all_of_it(demo_shop):
    store = open_store(demo_shop, write=False, clock=lambda: NOW)
    assert store.database.read(first_steps) == (True, True, True, True)
    store.close()
