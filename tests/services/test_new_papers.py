"""Quote, whole order, unserviced, notice, technician's sheet and label: when they are made, what
makes a new version, what *Verificar documento* says of them."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from tests.conftest import NOW
from tests.forms import APPROVAL, COLLECTED, order, part, service
from tests.services.papers.test_papers import LATER, WHO, add, already, edit, issue, verify

from osdesk.domain.codes import ItemKind, NoticeChannel, NoticeKind, Paper, PaymentMethod
from osdesk.domain.errors import UserError
from osdesk.domain.orders.forms import PaymentForm, StepForm
from osdesk.domain.orders.status import Status
from osdesk.persistence.database import Database
from osdesk.persistence.models import Notice, Order
from osdesk.services.orders.payments import pay_order
from osdesk.services.orders.saving import add_order
from osdesk.services.orders.steps import move_order
from osdesk.services.papers.papers import draft_paper
from osdesk.services.shop.shop import save_shop, shop_form


def decline(db: Database, **changes: Any) -> int:
    number = add(db, **changes)
    db.run(move_order, number, Status.AWAITING_APPROVAL, StepForm(), **WHO)
    db.run(move_order, number, Status.DECLINED, StepForm(reason="Achou caro"), **WHO)
    return number


def ready(db: Database) -> int:
    number = add(db)
    for to in (Status.APPROVED, Status.IN_PROGRESS, Status.READY):
        db.run(move_order, number, to, APPROVAL, **WHO)
    return number


def tell(db: Database, number: int, at: Any, kind: NoticeKind = NoticeKind.PICK_UP) -> None:
    def write(session: Any) -> None:
        found = session.query(Order).filter_by(number=number).one()
        session.add(
            Notice(
                order_id=found.id,
                at=at,
                author_id=None,
                kind=kind,
                channel=NoticeChannel.WHATSAPP,
                body="Pronto",
            )
        )

    db.run(write)


# -- quote ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "names"),
    [
        ({"items": []}, ["items"]),
        ({"start_on": None}, ["start_on"]),
        (
            {"items": [], "start_on": None, "promised_on": None},
            ["items", "start_on", "promised_on"],
        ),
    ],
)
def test_a_quote_is_refused_where_the_step_would_be_with_all_that_is_missing(
    db: Database, changes: dict[str, Any], names: list[str]
) -> None:
    number = add(db, **changes)
    for ask in (issue, lambda db, number, paper: db.read(draft_paper, number, paper, now=NOW)):
        with pytest.raises(UserError) as caught:
            ask(db, number, Paper.QUOTE)
        assert caught.value.code == "missing"
        assert caught.value.data["names"] == names


def test_validity_and_payment_terms_have_defaults_counted_from_the_issue(db: Database) -> None:
    number = add(db)
    first = issue(db, number, Paper.QUOTE)
    assert first.order.valid_until == date(2026, 12, 4)
    assert first.order.payment_terms == db.read(shop_form).payment_terms
    assert issue(db, number, Paper.QUOTE, now=LATER) == first, "not renewed by each printing"
    assert verify(db, first).outcome == "equal"
    lapsed = NOW + timedelta(days=11)
    later = {"start_on": date(2026, 12, 7), "promised_on": date(2026, 12, 10)}
    edit(db, number, **later)
    again = issue(db, number, Paper.QUOTE, now=lapsed)
    assert (again.version, again.order.valid_until) == (2, date(2026, 12, 15))


def test_sending_the_quote_on_the_day_of_its_paper_leaves_the_paper_equal(db: Database) -> None:
    number = add(db)
    first = issue(db, number, Paper.QUOTE)
    db.run(move_order, number, Status.AWAITING_APPROVAL, StepForm(), **WHO)
    assert verify(db, first).outcome == "equal"
    assert issue(db, number, Paper.QUOTE) == first
    db.run(move_order, number, Status.APPROVED, APPROVAL, **WHO)
    assert verify(db, first).outcome == "equal", "what was approved is what was printed"


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"items": [service(), part(20_000)]}, "items"),
        ({"start_on": date(2026, 11, 26)}, "start_on"),
        ({"promised_on": date(2026, 11, 28)}, "promised_on"),
        ({"payment_terms": "Metade na aprovação"}, "payment_terms"),
        ({"valid_until": date(2026, 12, 24)}, "valid_until"),
        ({"fee": 100}, "fee"),
    ],
)
def test_a_change_of_what_a_quote_offers_is_told(
    db: Database, changes: dict[str, Any], key: str
) -> None:
    number = add(db)
    first = issue(db, number, Paper.QUOTE)
    edit(db, number, **changes)
    assert verify(db, first).changed == (key,)
    assert issue(db, number, Paper.QUOTE).version == 2


# -- unserviced -----------------------------------------------------------------------------------


def test_unserviced_is_for_orders_that_end_without_a_service(db: Database) -> None:
    with pytest.raises(UserError) as caught:
        issue(db, add(db), Paper.UNSERVICED)
    assert caught.value.code == "not_unserviced"
    number = decline(db, fee=5_000)
    first = issue(db, number, Paper.UNSERVICED)
    assert (first.total, len(first.order.events)) == (5_000, 1)
    assert first.order.events[0].data["reason"] == "Achou caro"
    assert already(db, number, Paper.UNSERVICED) == first


def test_who_collects_may_be_recorded_after_the_sheet_is_signed(db: Database) -> None:
    number = decline(db)
    first = issue(db, number, Paper.UNSERVICED)
    db.run(move_order, number, Status.RETURNED, COLLECTED, **WHO)
    assert verify(db, first).outcome == "equal"
    second = issue(db, number, Paper.UNSERVICED)
    assert second.version == 2
    assert second.order.collected is not None
    assert second.order.events[0].data["to"] == "declined"
    assert verify(db, second).outcome == "equal"


def test_a_refusal_taken_back_is_told(db: Database) -> None:
    number = decline(db)
    first = issue(db, number, Paper.UNSERVICED)
    db.run(move_order, number, Status.AWAITING_APPROVAL, StepForm(), **WHO)
    assert verify(db, first).changed == ("outcome", "refusal")


# -- pick-up notice -------------------------------------------------------------------------------


def test_a_notice_is_for_what_waits_and_records_the_earlier_ones(db: Database) -> None:
    with pytest.raises(UserError) as caught:
        issue(db, add(db), Paper.NOTICE)
    assert caught.value.code == "nothing_waits"
    number = ready(db)
    tell(db, number, NOW)
    tell(db, number, NOW, NoticeKind.COLLECTION)
    first = issue(db, number, Paper.NOTICE, now=LATER)
    assert [notice.kind for notice in first.order.notices] == [NoticeKind.PICK_UP]
    tell(db, number, LATER + timedelta(days=1))
    assert db.read(already_at, number, LATER + timedelta(days=2)) is None
    assert verify(db, first).outcome == "equal", "a later notice does not touch an earlier letter"
    second = issue(db, number, Paper.NOTICE, now=LATER + timedelta(days=2))
    assert (second.version, len(second.order.notices)) == (2, 2)
    db.run(pay_order, number, PaymentForm(37_000, PaymentMethod.PIX), **WHO)
    db.run(move_order, number, Status.DELIVERED, COLLECTED, **WHO)
    assert verify(db, first).outcome == "equal", "the letter was true"


def already_at(session: Any, number: int, at: Any) -> Any:
    from osdesk.services.papers.papers import issued_already

    return issued_already(session, number, Paper.NOTICE, now=at)


# -- whole order, technician's sheet, label -------------------------------------------------------


def test_the_whole_order_has_a_version_for_each_change_and_no_secret_note(db: Database) -> None:
    number = add(db)
    first = issue(db, number, Paper.FULL)
    edit(db, number, notes="não mostrar")
    assert already(db, number, Paper.FULL) == first
    db.run(pay_order, number, PaymentForm(100, PaymentMethod.PIX), **WHO)
    assert verify(db, first).changed == ("payments",)
    assert issue(db, number, Paper.FULL).version == 2


@pytest.mark.parametrize("paper", [Paper.TECHNICIAN, Paper.LABEL])
def test_prices_make_no_new_version_of_what_shows_none(db: Database, paper: Paper) -> None:
    number = add(db)
    first = issue(db, number, paper)
    assert first.total == 0
    assert "|0|" in first.qr
    edit(db, number, items=[service(1), part(2)], fee=7)
    db.run(pay_order, number, PaymentForm(1, PaymentMethod.PIX), **WHO)
    assert already(db, number, paper) == first
    assert verify(db, first).outcome == "equal"
    edit(db, number, equipment={"model": "Z1"})
    assert verify(db, first).changed == ("equipment",)


def test_a_part_added_is_a_new_technicians_sheet(db: Database) -> None:
    number = add(db)
    first = issue(db, number, Paper.TECHNICIAN)
    edit(db, number, items=[service(), part(), service(0, kind=ItemKind.PART, description="Cola")])
    assert verify(db, first).changed == ("items",)


# -- texts ----------------------------------------------------------------------------------------


def test_a_text_is_filled_in_when_it_is_frozen_and_no_other_text_is_kept(db: Database) -> None:
    text = "OS {numero} de {Cliente}: {saldo} {apelido}"
    db.run(save_shop, replace(db.read(shop_form), terms_intake=text), **WHO)
    number = add(db)
    first = issue(db, number)
    assert first.shop.terms_intake == "OS 1 de Maria das Dores Conceição: {saldo} {apelido}"
    assert first.shop.terms_delivery == first.shop.message_ready == ""
    assert already(db, number) == first
    db.run(pay_order, number, PaymentForm(100, PaymentMethod.PIX), **WHO)
    assert verify(db, first).outcome == "equal"
    edit(db, number, customer={"name": "Outra Pessoa"})
    assert verify(db, first).changed == ("customer",)


def test_what_only_the_text_cites_is_told_as_such(db: Database) -> None:
    form = replace(db.read(shop_form), terms_intake="Retire em {prazo_retirada} dias.")
    db.run(save_shop, form, **WHO)
    number = db.run(add_order, order(), **WHO).number
    first = issue(db, number)
    db.run(save_shop, replace(db.read(shop_form), pick_up_days=60), **WHO)
    assert verify(db, first).changed == ("fields",)
    assert issue(db, number).shop.terms_intake == "Retire em 60 dias."


def test_a_text_that_a_shop_empties_stays_empty(db: Database) -> None:
    db.run(save_shop, replace(db.read(shop_form), terms_quote=""), **WHO)
    assert db.read(shop_form).terms_quote == ""
    assert issue(db, add(db), Paper.QUOTE).shop.terms_quote == ""
