"""What *Verificar documento* says of each paper, in words that a person can act on."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import NOW
from tests.forms import order, part, service

from osdesk.domain.codes import Paper, PaperFormat, PaymentMethod
from osdesk.domain.errors import UserError
from osdesk.domain.orders.forms import PaymentForm, PhoneForm, StepForm
from osdesk.domain.orders.status import Status
from osdesk.jobs.papers import make_paper, verify_file
from osdesk.persistence.store import Store
from osdesk.services.orders.forms import load_form
from osdesk.services.orders.payments import pay_order
from osdesk.services.orders.saving import add_order, edit_order
from osdesk.services.orders.steps import move_order
from osdesk.services.orders.view import order_view
from osdesk.services.shop.shop import save_shop, shop_form
from osdesk.texts import PAPER, sentence

WHO: dict[str, Any] = {"now": NOW, "author": None}


@pytest.fixture
def number(store: Store) -> int:
    return store.database.run(add_order, order(), **WHO).number


def issue(store: Store, number: int, paper: Paper) -> Path:
    return make_paper(store, number, paper, PaperFormat.A4, **WHO).place


def edit(store: Store, number: int, **changes: Any) -> None:
    form = replace(store.database.read(load_form, number), **changes)
    store.database.run(edit_order, number, form, **WHO)


def change_card(store: Store, number: int) -> None:
    form = store.database.read(load_form, number)
    phones = [*form.customer.phones, PhoneForm("(11) 3333-4444")]
    edit(store, number, customer=replace(form.customer, phones=phones))


def change_terms(store: Store) -> None:
    form = replace(store.database.read(shop_form), terms_intake="Novo.", terms_quote="Novo.")
    store.database.run(save_shop, form, **WHO)


SIGNED = [Paper.INTAKE, Paper.QUOTE]


@pytest.mark.parametrize("paper", [*SIGNED, Paper.FULL, Paper.TECHNICIAN])
def test_an_equal_record_is_said_to_be_equal(store: Store, number: int, paper: Paper) -> None:
    equal, words = verify_file(store, issue(store, number, paper), now=NOW)
    assert equal
    assert words.startswith(f"{PAPER[paper]} nº 1, versão 1, de 24/11/2026: o registro é igual")


@pytest.mark.parametrize("paper", SIGNED)
def test_what_the_shop_or_the_card_changed_is_told_apart_from_the_work(
    store: Store, number: int, paper: Paper
) -> None:
    file = issue(store, number, paper)
    change_terms(store)
    equal, words = verify_file(store, file, now=NOW)
    assert not equal
    assert "os termos da loja mudaram depois da emissão" in words
    assert "(termos)" not in words
    change_card(store, number)
    words = verify_file(store, file, now=NOW)[1]
    assert "o cadastro do cliente e os termos da loja mudaram" in words
    edit(store, number, items=[service(), part(1)])
    words = verify_file(store, file, now=NOW)[1]
    assert "o registro mudou depois (" in words
    assert "serviços e materiais" in words


def test_a_changed_card_alone(store: Store, number: int) -> None:
    file = issue(store, number, Paper.INTAKE)
    change_card(store, number)
    assert "o cadastro do cliente mudou depois da emissão" in verify_file(store, file, now=NOW)[1]


def test_what_a_quote_lacks_is_named_in_words(store: Store) -> None:
    form = order(items=[], start_on=None, promised_on=None)
    number = store.database.run(add_order, form, **WHO).number
    with pytest.raises(UserError) as caught:
        issue(store, number, Paper.QUOTE)
    said = sentence(caught.value)
    for name in ("serviços e materiais", "data de início", "data prometida"):
        assert name in said
    with pytest.raises(UserError) as step:
        store.database.run(move_order, number, Status.AWAITING_APPROVAL, StepForm(), **WHO)
    assert step.value.data["names"] == caught.value.data["names"]


@pytest.mark.parametrize("paper", [Paper.UNSERVICED, Paper.NOTICE])
def test_a_paper_that_is_not_due_is_refused_with_what_to_do(
    store: Store, number: int, paper: Paper
) -> None:
    with pytest.raises(UserError) as caught:
        issue(store, number, paper)
    assert "“Recebida”" in sentence(caught.value)


def test_a_receipt_is_named_by_its_own_number(store: Store, number: int) -> None:
    paid = PaymentForm(10_000, PaymentMethod.PIX)
    for _ in range(2):
        store.database.run(pay_order, number, paid, **WHO)
    file = issue(store, number, Paper.RECEIPT)
    receipt = store.database.read(order_view, number, now=NOW).payments[-1].receipt
    assert receipt != number
    words = verify_file(store, file, now=NOW)[1]
    assert words.startswith(f"Recibo nº {receipt} (OS {number}), versão 1, de 24/11/2026: ")
