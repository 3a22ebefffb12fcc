"""Notices: logged with their words for the order, told to the history, refused where untrue."""

from typing import Any

import pytest
from sqlalchemy import func, select
from tests.conftest import NOW
from tests.forms import APPROVAL, COLLECTED, order

from osdesk.domain.codes import EventCode, NoticeChannel, NoticeKind, PaymentMethod
from osdesk.domain.errors import UserError
from osdesk.domain.orders.forms import NoticeForm, PaymentForm
from osdesk.domain.orders.status import Status
from osdesk.persistence.database import Database
from osdesk.persistence.models import Notice
from osdesk.services.orders.notices import give_notice, give_notices
from osdesk.services.orders.payments import pay_order
from osdesk.services.orders.saving import add_order
from osdesk.services.orders.steps import move_order
from osdesk.services.orders.view import order_view

WHO: dict[str, Any] = {"now": NOW, "author": None}
WORDS = "Olá, Maria! Sua lavadora está pronta."


def ready(db: Database) -> int:
    number = db.run(add_order, order(), **WHO).number
    for to in (Status.APPROVED, Status.IN_PROGRESS, Status.READY):
        db.run(move_order, number, to, APPROVAL, **WHO)
    return number


def refused(code: str, db: Database, number: int, form: NoticeForm) -> None:
    with pytest.raises(UserError) as caught:
        db.run(give_notice, number, form, **WHO)
    assert caught.value.code == code


def test_a_notice_is_logged_and_told(db: Database) -> None:
    number = ready(db)
    db.run(give_notice, number, NoticeForm(NoticeChannel.WHATSAPP, WORDS), **WHO)
    sheet = db.read(order_view, number, now=NOW)
    (notice,) = sheet.notices
    assert (notice.at, notice.kind, notice.channel, notice.body) == (
        NOW,
        NoticeKind.PICK_UP,
        NoticeChannel.WHATSAPP,
        WORDS,
    )
    event = sheet.events[-1]
    assert event.code is EventCode.NOTICE_GIVEN
    assert (event.data["channel"], event.data["body"]) == ("whatsapp", WORDS)


def test_what_is_not_true_is_not_logged(db: Database) -> None:
    number = ready(db)
    refused("required", db, number, NoticeForm(NoticeChannel.PHONE, " \n"))
    db.run(pay_order, number, PaymentForm(37_000, PaymentMethod.PIX), **WHO)
    letter = NoticeForm(NoticeChannel.LETTER, "Consta em aberto…", NoticeKind.COLLECTION)
    refused("nothing_due", db, number, letter)
    db.run(move_order, number, Status.DELIVERED, COLLECTED, **WHO)
    refused("already_collected", db, number, NoticeForm(NoticeChannel.PHONE, WORDS))
    db.run(give_notice, number, NoticeForm(NoticeChannel.PHONE, "oi", NoticeKind.OTHER), **WHO)


def test_one_letter_for_several_orders_is_all_or_nothing(db: Database) -> None:
    first, second, paid = ready(db), ready(db), ready(db)
    db.run(pay_order, paid, PaymentForm(37_000, PaymentMethod.PIX), **WHO)
    letter = NoticeForm(NoticeChannel.LETTER, "Consta em aberto…", NoticeKind.COLLECTION)
    with pytest.raises(UserError):
        db.run(give_notices, [first, second, paid], letter, **WHO)
    assert db.read(lambda session: session.scalar(select(func.count(Notice.id)))) == 0
    assert len(db.run(give_notices, [first, second], letter, **WHO)) == 2
