"""Fields in a shop's texts: known ones are filled, all else stays as it was typed."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.builders import make_sheet, make_shop

from osdesk.domain.default_texts import TEXTS
from osdesk.domain.fill_in import (
    FIELDS,
    OFFERED,
    fields_in,
    fill,
    strangers_in,
    values_for,
    values_of,
)
from osdesk.domain.orders.status import Status
from osdesk.texts.clauses import FILL_IN


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("Olá, {cliente}!", "Olá, Maria!"),
        ("{ Cliente }, OS {Número}", "Maria, OS 7"),
        ("{cliente} {cliente}", "Maria Maria"),
        ("{apelido} e {", "{apelido} e {"),
        ("{} {{cliente}} }{", "{} {Maria} }{"),
        ("{0} {a b} {cliente", "{0} {a b} {cliente"),
        ("", ""),
    ],
)
def test_known_fields_are_filled_and_the_rest_stays(text, filled):
    assert fill(text, {"cliente": "Maria", "numero": "7"}) == filled


def test_what_is_filled_in_is_not_filled_again():
    assert fill("{cliente}", {"cliente": "{numero}", "numero": "7"}) == "{numero}"


@given(st.text(), st.dictionaries(st.sampled_from(FIELDS), st.text()))
def test_nothing_typed_raises(text, values):
    fill(text, values)
    for code in OFFERED:
        assert set(fields_in(text, code)) <= set(OFFERED[code])
        strangers_in(text, code)


def test_a_field_of_another_text_is_a_stranger_here():
    assert strangers_in("{saldo} {cliente} {saldo} {Apelido}", "terms_intake") == (
        "{saldo}",
        "{Apelido}",
    )
    assert strangers_in("{saldo}", "message_ready") == ()


def test_every_text_and_every_field_is_known():
    assert set(OFFERED) == set(TEXTS)
    assert set(FILL_IN) == set(FIELDS)
    for code, text in TEXTS.items():
        assert strangers_in(text, code) == (), code
        assert set(OFFERED[code]) <= set(FIELDS)


def test_no_term_that_is_signed_speaks_of_what_changes_after_it():
    for code in ("terms_intake", "terms_quote", "terms_delivery", "terms_unserviced"):
        assert not {"saldo", "pago", "desde", "vencimento"} & set(OFFERED[code])


def test_the_values_are_the_orders():
    order = make_sheet(
        valid_until=date(2026, 12, 4),
        requested_at=datetime(2026, 11, 25, 2, 30, tzinfo=UTC),
        requested_on=date(2026, 11, 24),
        fee=5000,
        ready_on=date(2026, 11, 26),
        status=Status.READY,
    )
    values = values_for(order, make_shop())
    assert set(values) == set(FIELDS)
    assert values["cliente"] == "Maria das Dores Conceição"
    assert values["entrada"] == "24/11/2026", "the shop's day, not UTC's"
    moved = values_for(order, make_shop(zone="America/Noronha"))
    assert moved["entrada"] == "24/11/2026", "the day as it was written, in whatever zone since"
    assert (values["total"], values["saldo"]) == ("R$\u00a0420,00", "R$\u00a0270,00")
    assert (values["validade"], values["prometida"]) == ("04/12/2026", "27/11/2026")
    assert (values["desde"], values["prazo_retirada"]) == ("26/11/2026", "30")
    bare = values_for(make_sheet(promised_on=None), make_shop(name="", phones=None))
    assert (bare["prometida"], bare["telefone"]) == ("a combinar", "")
    assert bare["loja"] == "assistência técnica"


def test_only_the_fields_that_a_text_has_are_part_of_it():
    text = "OS {numero}: {saldo}, {cliente}"
    assert values_of(text, "terms_intake", make_sheet(), make_shop()) == {
        "cliente": "Maria das Dores Conceição",
        "numero": "10482",
    }
    assert values_of("sem campos", "terms_intake", make_sheet(), make_shop()) == {}
