"""A letter is written first and then logged with each order it is about."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import NOW
from tests.documents.reading import pages
from tests.forms import APPROVAL, COLLECTED, order

from osdesk.domain.codes import NoticeChannel, NoticeKind
from osdesk.domain.errors import UserError
from osdesk.domain.orders.instalments import in_parts
from osdesk.domain.orders.status import Status
from osdesk.jobs.letters import write_account, write_letter
from osdesk.persistence.store import Store
from osdesk.services.orders.forms import load_form
from osdesk.services.orders.saving import add_order
from osdesk.services.orders.steps import move_order
from osdesk.services.orders.view import order_view
from osdesk.services.shop.shop import save_shop, shop_form

WHO: dict[str, Any] = {"now": NOW, "author": None}
LATER = NOW + timedelta(days=60)


def deliver(store: Store, **changes: Any) -> int:
    run = store.database.run
    number = run(add_order, order(), **WHO).number
    for to in (Status.APPROVED, Status.IN_PROGRESS, Status.READY):
        run(move_order, number, to, APPROVAL, **WHO)
    form = replace(store.database.read(load_form, number), **changes)
    run(move_order, number, Status.DELIVERED, COLLECTED, form=form, **WHO)
    return number


def name_shop(store: Store, **values: Any) -> None:
    known = {"name": "Eletrônica Horizonte", "document": "12345678000195", "address": "Rua A, 1"}
    form = replace(store.database.read(shop_form), **(known | values))
    store.database.run(save_shop, form, **WHO)


def words(place: Path) -> str:
    text = " ".join(line.text for page in pages(place.read_bytes()) for line in page)
    return " ".join(text.replace("\u00a0", " ").split())


def write(store: Store, place: Path, customer: int) -> tuple[int, ...]:
    return write_letter(store, customer, place, now=LATER, author=None)


def test_one_letter_about_all_that_is_overdue(store: Store, tmp_path: Path) -> None:
    name_shop(store, fine_bp=200, interest_bp=100)
    parts = deliver(store, instalments=in_parts(37_000, 3, date(2026, 12, 10)))
    whole = deliver(store, due_on=date(2026, 12, 20))
    later = deliver(store, due_on=date(2027, 6, 1))
    customer = store.database.read(order_view, parts, now=NOW).customer.id
    place = tmp_path / "carta.pdf"
    assert write(store, place, customer) == (parts, whole)
    text = words(place)
    # 44, 12 and 33 days late, two of them due on a Sunday: 2 % once, 1 % a month by the day
    total = (12_334 + 247 + 181) + (12_333 + 247 + 49) + (37_000 + 740 + 407)
    assert total == 63_538
    assert "Total para pagar em 23/01/2027 R$ 635,38" in text
    assert "o valor de R$ 616,67 da ordem de serviço nº 1 e 2" in text
    assert "{" not in text
    sheets = [store.database.read(order_view, number, now=LATER) for number in (1, 2, later)]
    assert [len(sheet.notices) for sheet in sheets] == [1, 1, 0]
    notice = sheets[0].notices[0]
    assert (notice.kind, notice.channel) == (NoticeKind.COLLECTION, NoticeChannel.LETTER)


def test_what_stops_a_letter_logs_nothing(store: Store, tmp_path: Path) -> None:
    number = deliver(store, due_on=date(2026, 12, 20))
    customer = store.database.read(order_view, number, now=NOW).customer.id
    place = tmp_path / "carta.pdf"

    def refused(code: str, to: Path = place, now: Any = LATER) -> UserError:
        with pytest.raises(UserError) as caught:
            write_letter(store, customer, to, now=now, author=None)
        assert caught.value.code == code
        assert not to.exists()
        return caught.value

    assert refused("letter_incomplete").data["fields"] == ["name", "document", "address"]
    name_shop(store)
    refused("nothing_overdue", now=NOW)
    (tmp_path / "file").touch()
    refused("cannot_write", to=tmp_path / "file" / "carta.pdf")
    assert store.database.read(order_view, number, now=LATER).notices == ()


def test_the_account_is_written_and_nothing_is_logged(store: Store, tmp_path: Path) -> None:
    number = deliver(store, due_on=date(2026, 12, 20))
    sheet = store.database.read(order_view, number, now=NOW)
    place = tmp_path / "conta.pdf"
    write_account(store, sheet.customer.id, place, now=LATER)
    assert "R$ 370,00 desde 20/12/2026" in words(place)
    assert store.database.read(order_view, number, now=NOW) == sheet
