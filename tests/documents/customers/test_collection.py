"""The letter says what the law asks and nothing that threatens; the account sums on paper."""

from datetime import date
from typing import Any

from tests.builders import make_customer, make_shop
from tests.documents.reading import pages

from osdesk.documents.customers.account import account_pdf
from osdesk.documents.customers.collection import collection_pdf
from osdesk.domain.codes import PaymentKind, PaymentMethod
from osdesk.domain.default_texts import TERMS_COLLECTION
from osdesk.domain.orders.late_fees import LateFees
from osdesk.domain.orders.status import Status
from osdesk.domain.views.account import Account, AccountOrder, Letter, Movement, Piece

DAY = date(2027, 1, 24)
DUE = date(2026, 12, 10)
PIECE = Piece(10482, "Lavadora Brastemp BWK12ABANA", DUE, 12_334, 45)


def letter(**shop: Any) -> Letter:
    owner = make_shop(terms_collection=TERMS_COLLECTION, **shop)
    fees = LateFees(247, 185) if owner.fine_bp else LateFees(0, 0)
    return Letter(owner, make_customer(), DAY, "Consta em aberto R$ 123,34.", ((PIECE, fees),))


def words(pdf: bytes) -> str:
    text = " ".join(line.text for page in pages(pdf) for line in page)
    return " ".join(text.replace("\u00a0", " ").split())


def test_who_charges_is_named_with_address_and_document() -> None:
    text = words(collection_pdf(letter(), logo=None))
    for wanted in (
        "Eletrônica Horizonte",
        "12.345.678/0001-95",
        "Rua das Palmeiras, 210",
        "Maria das Dores Conceição",
        "10482",
        "10/12/2026",
        "Total em aberto R$ 123,34",
        "página 1 de 1",
    ):
        assert wanted in text, wanted
    for never in ("juros", "Multa", "SPC", "Serasa", "protesto", "negativa", "judicial"):
        assert never.casefold() not in text.casefold(), never


def test_fine_and_interest_only_where_the_shop_agreed() -> None:
    text = words(collection_pdf(letter(fine_bp=200, interest_bp=100), logo=None))
    assert "2,47 1,85 127,66" in text
    assert "Total para pagar em 24/01/2027 R$ 127,66" in text
    assert "Multa combinada de 2 %" in text
    assert "1 % ao mês" in text


def account(movements: int = 2) -> Account:
    lines = [Movement(date(2026, 11, 27), 10482, None, None, 42_000, 42_000)]
    for _ in range(movements - 1):
        balance = lines[-1].balance - 100
        paid = Movement(DAY, 10482, PaymentKind.PAYMENT, PaymentMethod.PIX, -100, balance)
        lines.append(paid)
    order = AccountOrder(10482, PIECE.equipment, Status.DELIVERED, DUE, 42_000, 100, 41_900)
    ages = {"not_due": 0, "1-30": 0, "31-60": 12_334, "61-90": 0, "over_90": 0}
    return Account(make_customer(), DAY, (order,), (PIECE,), tuple(lines), ages)


def test_the_account_tells_what_is_owed_and_how_it_came() -> None:
    text = words(account_pdf(account(), make_shop(), logo=None))
    for wanted in (
        "Conta do cliente",
        "R$ 123,34 desde 10/12/2026",
        "45 dias",
        "Pagamento da OS 10482, Pix −1,00 419,00",
        "Posição em 24/01/2027",
    ):
        assert wanted in text, wanted


def test_a_long_account_repeats_its_heads_and_loses_no_line() -> None:
    text = words(account_pdf(account(150), make_shop(), logo=None))
    assert text.count("Pagamento da OS 10482") == 149
    assert text.count("Data e movimento") > 1
    assert "página 2 de" in text


def test_the_same_account_is_the_same_file() -> None:
    assert account_pdf(account(), make_shop(), logo=None) == account_pdf(
        account(), make_shop(), logo=None
    )
