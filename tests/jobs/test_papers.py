"""A paper's file is made once: the same version is the same bytes, a receipt again is a copy."""

from collections.abc import Callable
from typing import Any

from tests.conftest import NOW
from tests.documents.reading import pages
from tests.forms import order, service

from osdesk.domain.codes import Paper, PaperFormat, PaymentMethod
from osdesk.domain.orders.forms import PaymentForm
from osdesk.jobs.check import check
from osdesk.jobs.papers import (
    Made,
    MadeMany,
    draw_paper,
    make_paper,
    make_papers,
    preview_paper,
)
from osdesk.persistence.store import Store
from osdesk.services.orders.payments import pay_order
from osdesk.services.orders.saving import add_order
from osdesk.services.papers.papers import issued_already

WHO: dict[str, Any] = {"now": NOW, "author": None}
HALF = PaperFormat.A4_HALF


def make(store: Store, paper: Paper, form: PaperFormat = HALF) -> Made:
    return make_paper(store, 1, paper, form, **WHO)


def words(pdf: bytes) -> str:
    return "\n".join(line.text for page in pages(pdf) for line in page)


def test_the_file_of_a_version_is_kept_and_given_again(store: Store) -> None:
    store.database.run(add_order, order(), **WHO)
    first = make(store, Paper.INTAKE)
    full = make(store, Paper.INTAKE, PaperFormat.A4)
    assert first.place == store.folder / "papers" / "OS-1-entrada-v1.pdf"
    assert full.place.name == "OS-1-entrada-v1-a4.pdf"
    assert first.place.read_bytes() == first.content
    assert make(store, Paper.INTAKE) == first
    assert draw_paper(store, first.issued, HALF) == first.content
    assert check(store) == []


def test_papers_of_several_orders_are_each_made_whole_or_not_at_all(store: Store) -> None:
    for items in ([service()], [], [service()], [service()]):
        store.database.run(add_order, order(items=items), **WHO)
    steps: list[tuple[int, int]] = []

    def many(
        paper: Paper, numbers: list[int], stop: Callable[[], bool] = lambda: False
    ) -> MadeMany:
        steps.clear()
        return make_papers(
            store, numbers, paper, HALF, **WHO, stop=stop, progress=lambda *at: steps.append(at)
        )

    made = many(Paper.QUOTE, [1, 2, 99, 3])
    assert (made.done, made.left) == ((1, 3), ())
    assert {n: error.code for n, error in made.refused.items()} == {
        2: "missing",
        99: "order_not_found",
    }
    assert steps == [(1, 4), (2, 4), (3, 4), (4, 4)]
    alone = {n: make_paper(store, n, Paper.QUOTE, HALF, **WHO) for n in (1, 3)}
    assert words(made.content) == "\n".join(words(alone[n].content) for n in (1, 3))
    assert {path.name for path in (store.folder / "papers").iterdir()} == {
        each.place.name for each in alone.values()
    }
    again = many(Paper.QUOTE, [4, 1, 3], stop=lambda: len(steps) == 1)
    assert (again.done, again.left) == ((4,), (1, 3))
    none = many(Paper.QUOTE, [2])
    assert (none.done, none.content) == ((), b"")
    assert check(store) == []


def test_a_file_that_somebody_changed_or_took_is_told_of_and_made_again(store: Store) -> None:
    store.database.run(add_order, order(), **WHO)
    first = make(store, Paper.INTAKE)
    for spoil, code in (
        (lambda: first.place.write_bytes(b"%PDF another"), "file_damaged"),
        (first.place.unlink, "file_missing"),
    ):
        spoil()
        assert [problem.code for problem in check(store)] == [code]
        assert make(store, Paper.INTAKE) == first
        assert check(store) == []


def test_a_receipt_printed_again_says_so(store: Store) -> None:
    store.database.run(add_order, order(), **WHO)
    store.database.run(pay_order, 1, PaymentForm(5_000, PaymentMethod.CASH), **WHO)
    first = make(store, Paper.RECEIPT)
    assert "2ª via" not in words(first.content)
    again = make(store, Paper.RECEIPT)
    assert words(again.content).count("2ª via") == 2
    assert again.place.name == f"OS-1-recibo-{again.issued.payment.receipt}-v1-2via.pdf"
    assert make(store, Paper.RECEIPT).content == again.content
    assert draw_paper(store, first.issued, HALF) == again.content
    assert "2ª via" in words(make(store, Paper.RECEIPT, PaperFormat.A4).content)
    assert first.place.read_bytes() == first.content
    assert check(store) == []


def test_a_look_before_printing_freezes_nothing(store: Store) -> None:
    store.database.run(add_order, order(), **WHO)
    seen = preview_paper(store, 1, Paper.INTAKE, HALF, now=NOW)
    assert not (store.folder / "papers").exists()
    assert store.database.read(issued_already, 1, Paper.INTAKE, now=NOW) is None
    assert make(store, Paper.INTAKE).content == seen
    assert preview_paper(store, 1, Paper.INTAKE, HALF, now=NOW) == seen
