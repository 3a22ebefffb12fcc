import pytest

from osdesk.domain.orders.checklists import DEFAULTS, QUESTIONS_LIMIT, known_kind
from osdesk.domain.text import NAME_LIMIT, fold


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("Celular", "Celular"),
        ("smartphone samsung", "Celular"),
        ("TELEFONE", "Celular"),
        ("Notebook", "Notebook"),
        ("laptop", "Notebook"),
        ("TV", "TV"),
        ("Televisão", "TV"),
        ("Smart TV 50 pol", "TV"),
        ("Lavadora", "Lavadora"),
        ("Máquina de Lavar", "Lavadora"),
        ("impressora", "Impressora"),
        ("Furadeira", "Ferramenta"),
        ("Ferramenta elétrica", "Ferramenta"),
    ],
)
def test_the_kind_that_a_word_means(typed, kind):
    found = known_kind(typed)
    assert found is not None
    assert found.kind == kind


@pytest.mark.parametrize("typed", ["", "Ventilador", "tvs", "Micro-ondas", "maquina"])
def test_a_kind_without_a_list(typed):
    assert known_kind(typed) is None


def test_lists_can_be_stored_as_they_are():
    for each in DEFAULTS:
        assert 5 <= len(each.questions) <= QUESTIONS_LIMIT
        assert len({fold(question) for question in each.questions}) == len(each.questions)
        assert all(question.endswith("?") for question in each.questions)
        assert all(len(question) <= NAME_LIMIT for question in each.questions)
        assert all(word == fold(word) for word in each.words)
        assert known_kind(each.kind) is each
