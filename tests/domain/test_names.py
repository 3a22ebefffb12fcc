"""Names that are one person's by their sound."""

import pytest

from osdesk.domain.names import name_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Luiz Souza", "SOUSA, Luís"),
        ("Matheus de Lima", "Mateus Lima"),
        ("Thiago Philippe", "Tiago Filipe"),
        ("Sophia  Mello", "Sofia Melo"),
        ("Walter Kruger", "Valter Cruger"),
        ("Raquel d'Ávila", "Rakel Ávila"),
    ],
)
def test_one_person_is_written_in_two_ways(one: str, other: str) -> None:
    assert name_key(one) == name_key(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ana Silva", "Ana Souza"),
        ("Maria da Silva", "Maria Aparecida da Silva"),
        ("Carlos Lima", "Carla Lima"),
        ("Marcos Dias", "Marcio Dias"),
    ],
)
def test_two_people_are_told_apart(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


@pytest.mark.parametrize("name", ["", "Maria", "  João ", "de da", "123 456"])
def test_a_single_word_is_nobody_in_particular(name: str) -> None:
    assert name_key(name) == ""
