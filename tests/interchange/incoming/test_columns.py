"""Columns by the names that other programs give them."""

import pytest

from osdesk.domain.codes import ImportKind
from osdesk.interchange.export import CATALOG, CUSTOMERS, ORDERS
from osdesk.interchange.incoming.columns import (
    guessed,
    head_of,
    letter,
    mapped,
    recognised,
    targets,
)
from osdesk.texts.imports import target_name


@pytest.mark.parametrize(
    ("kind", "titles", "found"),
    [
        (
            ImportKind.CUSTOMERS,
            ["Código", "NOME", "Telefone 1", "Telefone 2", "CPF/CNPJ", "E-mail", "Fax"],
            [
                *("key", "customer.name", "customer.phones", "customer.phones"),
                *("customer.document", "customer.email", None),
            ],
        ),
        (
            ImportKind.CATALOG,
            ["Descrição", "Preço de Venda (R$)", "Custo", "Código de barras"],
            ["description", None, "unit_cost", None],
        ),
        (
            ImportKind.ORDERS,
            ["Nº OS", "Cliente", "Aparelho", "Marca", "Modelo", "Nº de Série", "Defeito"],
            [
                *("number", "customer.name", "equipment.kind", "equipment.brand"),
                *("equipment.model", "equipment.serial", "reason"),
            ],
        ),
        (
            ImportKind.ORDERS,
            ["Situação", "Data de entrada", "Valor Total", "Valor pago", "Saldo", "Vencimento"],
            ["status", "requested_at", "total", "paid", "balance", "due_on"],
        ),
    ],
)
def test_names_in_portuguese(kind, titles, found):
    places = recognised(kind, titles)
    assert [places.get(place) for place in range(len(titles))] == found


def test_what_the_program_itself_exports_is_known():
    for kind, head, unknown in (
        (ImportKind.CUSTOMERS, CUSTOMERS, {"Cadastrado em"}),
        (ImportKind.CATALOG, CATALOG, set()),
        (ImportKind.ORDERS, ORDERS, set()),
    ):
        places = recognised(kind, head)
        assert {title for place, title in enumerate(head) if place not in places} == unknown


def test_a_head_below_a_title():
    rows = [(1, ["Relatório de clientes"]), (2, []), (4, ["Nome", "Fone"]), (5, ["Ana", "1"])]
    assert head_of(ImportKind.CUSTOMERS, rows) == 2


def test_a_person_says_what_a_column_is():
    titles = ["Nome", "Apelido", "Fone"]
    found = recognised(ImportKind.CUSTOMERS, titles)
    places = mapped(found, titles, {"Apelido": "customer.name", "Fone": None})
    assert places == {1: "customer.name"}


def test_a_price_list_without_a_head():
    rows = [(1, ["Tela", "un", "350,00"]), (2, ["Cabo", "un", "25,50"])]
    assert guessed(rows) == {0: "description", 2: "unit_price"}
    assert guessed([(1, ["Tela", "350,00", "180,00"])]) == {0: "description", 1: "unit_price"}
    assert guessed([(1, ["Tela"]), (2, ["Cabo"])]) == {}


def test_every_target_has_a_name():
    for kind in (ImportKind.CUSTOMERS, ImportKind.CATALOG, ImportKind.ORDERS):
        for target in targets(kind):
            assert target_name(target) != target


def test_letters_of_columns():
    assert [letter(place) for place in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
