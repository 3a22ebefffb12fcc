"""``import``: exit codes, the report row by row, the batch's number, undoing."""

import pytest
from tests.cli.conftest import plain_order

PEOPLE = "Nome;Telefone;CPF\nAna;(11) 98765-4321;\nBia;;111.111.111-11\nAna;11 987654321;\n"


@pytest.fixture
def people(tmp_path):
    path = tmp_path / "clientes.csv"
    path.write_text(PEOPLE, "utf-8")
    return path


def test_a_report_row_by_row_and_the_number_of_the_batch(osdesk, people):
    answer = osdesk("import", "customers", people)
    assert (answer.code, answer.err) == (0, "")
    columns, ana, bia, again, counts, batch = answer.out.splitlines()
    assert columns == "Colunas: Nome → nome do cliente; Telefone → telefone; CPF → CPF ou CNPJ."
    assert ana == "linha 2: trazida: Ana"
    assert bia.startswith("linha 3: recusada: Bia. “111.111.111-11” não é um CPF ou CNPJ válido.")
    assert again == "linha 4: já existe: Ana"
    assert counts == "1 linha trazida · 1 já existe · 1 recusada"
    assert batch == "lote 1"
    assert osdesk("check").code == 0


def test_a_dry_run_changes_nothing(osdesk, people):
    answer = osdesk("import", "customers", people, "--dry-run")
    assert answer.code == 0
    assert answer.out.splitlines()[-2:] == [
        "1 linha seria trazida · 1 já existe · 1 recusada",
        "Simulação: nada foi gravado.",
    ]
    assert osdesk("import", "customers", people).out.splitlines()[-1] == "lote 1"


def test_a_dry_run_makes_no_shop(osdesk, people, tmp_path):
    answer = osdesk("import", "customers", people, "--dry-run", "--data", tmp_path / "new")
    assert answer.code == 0
    assert not (tmp_path / "new").exists()


def test_an_import_makes_the_shop(osdesk, people, tmp_path):
    assert osdesk("import", "customers", people, "--data", tmp_path / "new").code == 0
    assert osdesk("check", "--data", tmp_path / "new").code == 0


def test_undoing(osdesk, people):
    osdesk("import", "customers", people)
    answer = osdesk("import", "undo", "1")
    assert (answer.code, answer.out) == (0, "Lote 1 desfeito: 1 cliente.\n")
    again = osdesk("import", "undo", "1")
    assert again.code == 1
    assert again.err == "O lote 1 já foi desfeito em 24/11/2026.\n"
    assert osdesk("import", "undo", "9").code == 1


def test_undoing_what_was_used_is_refused_in_a_sentence(osdesk, people, add):
    osdesk("import", "customers", people)
    add(plain_order(customer__name="Ana"))
    answer = osdesk("import", "undo", "1")
    assert answer.code == 1
    assert answer.err.startswith("O lote 1 não pode ser desfeito: já foi usado nas ordens 1.")


def test_columns_by_hand(osdesk, tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("Apelido;Fone\nAna;1\n", "utf-8")
    refused = osdesk("import", "customers", path)
    assert refused.code == 1
    assert refused.err.startswith("Nenhuma coluna foi reconhecida como nome do cliente.")
    taken = osdesk("import", "customers", path, "--column", "Apelido=nome do cliente")
    assert (taken.code, taken.out.splitlines()[-1]) == (0, "lote 1")
    assert osdesk("import", "customers", path, "--column", "Apelido=xyz").code == 1


@pytest.mark.parametrize("words", [("import", "customers"), ("import", "people", "x.csv")])
def test_words_that_are_not_understood(osdesk, words):
    assert osdesk(*words).code == 2


def test_a_file_that_is_not_there(osdesk, tmp_path):
    assert osdesk("import", "orders", tmp_path / "no.csv").code == 1
