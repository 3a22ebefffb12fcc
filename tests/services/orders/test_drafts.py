"""What is typed outlives the process, is no act in the history, and goes when it is saved."""

import pytest
from tests.conftest import NOW
from tests.forms import order

from osdesk.domain.codes import AccessCodeKind
from osdesk.domain.errors import UserError
from osdesk.domain.orders.access_codes import AccessCodeForm
from osdesk.domain.orders.drafts import DraftForm
from osdesk.domain.orders.forms import OrderForm
from osdesk.jobs.export import export_all
from osdesk.persistence.models import Event
from osdesk.services.orders.access_codes import code_view
from osdesk.services.orders.drafts import draft_of, drafts, drop_draft, keep_draft, load_draft
from osdesk.services.orders.forms import load_form
from osdesk.services.orders.intake import SavedWithOrder, save_order
from osdesk.services.orders.saving import add_order


@pytest.fixture
def keep(db):
    def act(form, *, draft_id=None, number=None, base=None):
        draft = DraftForm(form, base or OrderForm())
        return db.run(keep_draft, draft, draft_id=draft_id, number=number, now=NOW, author=None)

    return act


@pytest.fixture
def save(db, store):
    def act(number, form, beside):
        return db.run(
            save_order, number, form, beside, box=store.secrets, now=NOW, author=None
        ).number

    return act


def test_several_new_orders_may_wait_and_each_is_written_over(db, keep):
    one = keep(order(name="Ana"))
    two = keep(order(name="Bia"))
    assert keep(order(name="Ana Prado"), draft_id=one) == one
    found = db.read(drafts)
    assert {(view.id, view.number, view.customer) for view in found} == {
        (one, None, "Ana Prado"),
        (two, None, "Bia"),
    }
    assert found[0].at == NOW
    number, draft = db.read(load_draft, one)
    assert (number, draft.form) == (None, order(name="Ana Prado"))


def test_a_stored_order_has_one(db, keep):
    number = db.run(add_order, order(), now=NOW, author=None).number
    one = keep(order(reason="a"), number=number)
    assert keep(order(reason="b"), number=number) == one
    assert db.read(draft_of, number) == one
    assert db.read(drafts)[0].number == number
    assert db.read(load_draft, one)[0] == number
    assert db.read(draft_of, 99) is None


def test_it_is_no_act_of_anybody(db, keep):
    def count(session):
        return session.query(Event).count()

    before = db.read(count)
    keep(order())
    assert db.read(count) == before


def test_saving_drops_it_in_the_same_transaction(db, keep, save):
    draft_id = keep(order(name="Ana"))
    with pytest.raises(UserError):
        save(None, order(name=""), SavedWithOrder(draft_id))
    assert [view.id for view in db.read(drafts)] == [draft_id]
    number = save(None, order(name="Ana"), SavedWithOrder(draft_id))
    assert db.read(drafts) == []
    draft_id = keep(order(name="Ana", reason="b"), number=number)
    assert save(number, order(name="Ana", reason="b"), SavedWithOrder(draft_id)) == number
    assert db.read(drafts) == []
    assert db.read(load_form, number).reason == "b"


def test_a_code_and_the_order_are_saved_together_or_not_at_all(db, save):
    bad = AccessCodeForm(AccessCodeKind.PIN, "abc")
    with pytest.raises(UserError, match="bad_pin"):
        save(None, order(), SavedWithOrder(code=bad))
    with pytest.raises(UserError, match="order_not_found"):
        db.read(load_form, 1)
    number = save(None, order(), SavedWithOrder(code=AccessCodeForm(AccessCodeKind.PIN, "1234")))
    assert db.read(code_view, number).kept
    assert (
        save(number, None, SavedWithOrder(code=AccessCodeForm(AccessCodeKind.NOT_INFORMED)))
        == number
    )
    assert not db.read(code_view, number).kept


def test_thrown_away_twice_is_once(db, keep):
    draft_id = keep(order())
    db.run(drop_draft, draft_id)
    db.run(drop_draft, draft_id)
    db.run(drop_draft, None)
    with pytest.raises(UserError, match="draft_gone"):
        db.read(load_draft, draft_id)


def test_half_a_letter_loses_nothing_of_the_rest(db, keep):
    draft_id = keep(order(reason="rosto \ud83d quebrado"))
    assert db.read(load_draft, draft_id)[1].form.reason == "rosto \ud83d quebrado"


def test_drafts_are_not_exported(db, store, keep, tmp_path):
    keep(order(name="Zenaide Quaresma"))
    export_all(store, tmp_path / "out", NOW)
    for path in (tmp_path / "out").rglob("*"):
        assert not path.is_file() or b"Zenaide" not in path.read_bytes()
