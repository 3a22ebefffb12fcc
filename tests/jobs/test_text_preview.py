"""A text is shown on its paper with an order of the shop's, or a made-up one, and nothing stays."""

import pytest
from sqlalchemy import func, select
from tests.conftest import NOW
from tests.documents.reading import pages
from tests.forms import order

from osdesk.domain.default_texts import TEXTS
from osdesk.jobs.text_preview import preview_text
from osdesk.persistence.models import IssuedPaper
from osdesk.persistence.store import Store
from osdesk.services.orders.saving import add_order

TEXT = "Texto de {cliente}, OS {numero}."


def issued(store: Store) -> int:
    return store.database.read(lambda session: session.scalar(select(func.count(IssuedPaper.id))))


@pytest.mark.parametrize("code", sorted(TEXTS))
def test_a_new_shop_sees_its_texts_on_a_made_up_order(store: Store, code: str) -> None:
    shown = preview_text(store, code, TEXT, now=NOW)
    assert shown.words == "Texto de Maria de Exemplo, OS 1234."
    if shown.pdf is None:
        assert code.startswith("message") or code == "terms_collection"
        return
    lines = [line.text for page in pages(shown.pdf) for line in page]
    assert shown.words in lines
    assert shown.halved
    assert len(pages(shown.pdf)) == shown.pages
    assert issued(store) == 0


def test_a_shop_with_orders_sees_its_newest(store: Store) -> None:
    for name in ("Ana", "Bia"):
        form = order(name=name, phones=[])
        store.database.run(add_order, form, now=NOW, author=None)
    assert preview_text(store, "terms_intake", TEXT, now=NOW).words == "Texto de Bia, OS 2."
    unserviced = preview_text(store, "terms_unserviced", TEXT, now=NOW)
    assert "Maria de Exemplo" in unserviced.words, "no order of that kind yet"


@pytest.mark.parametrize("text", ["", "**" * 7, "{" * 50, "x" * 20_000])
def test_any_text_can_be_looked_at(store: Store, text: str) -> None:
    shown = preview_text(store, "terms_quote", text, now=NOW)
    assert shown.pdf is not None
    assert pages(shown.pdf)


def test_a_text_too_long_for_half_a_page_shows_the_first_copys_own_pages(store: Store) -> None:
    shapes = set()
    for count in range(10, 150, 10):
        shown = preview_text(store, "terms_quote", "Cláusula comum da loja. " * count, now=NOW)
        assert shown.pdf is not None
        found = ["".join(line.text for line in page) for page in pages(shown.pdf)]
        mine = [n for n, text in enumerate(found) if "Via da assistência" in text]
        assert mine == list(range(shown.pages))
        assert all(("Via do cliente" in found[n]) is shown.halved for n in mine)
        shapes.add((shown.halved, shown.pages))
    assert shapes == {(True, 2), (False, 1), (False, 2)}
