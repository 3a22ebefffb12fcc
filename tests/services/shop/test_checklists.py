"""The program's lists, and the shop's own over them."""

import pytest
from tests.conftest import NOW

from osdesk.domain.errors import UserError
from osdesk.domain.orders.checklists import DEFAULTS, known_kind
from osdesk.services.shop.checklists import checklist_for, checklists, save_checklist


@pytest.fixture
def put(db):
    return lambda kind, *questions: db.run(save_checklist, kind, questions, now=NOW, author=None)


def test_a_new_shop_has_the_programs_lists(db):
    assert [(view.kind, view.own) for view in db.read(checklists)] == [
        (each.kind, False) for each in DEFAULTS
    ]
    assert db.read(checklist_for, "smartphone") == known_kind("celular").questions
    assert db.read(checklist_for, "Ventilador") == ()
    assert db.read(checklist_for, " ") == ()


def test_the_shops_list_of_a_kind_serves_all_its_words(db, put):
    put("celular", "Liga?", "  Tem capa?  ", "")
    assert db.read(checklist_for, "Celular") == ("Liga?", "Tem capa?")
    assert db.read(checklist_for, "Smartphone Samsung") == ("Liga?", "Tem capa?")
    put("Smartphone", "Outra?")
    assert db.read(checklist_for, "smartphone") == ("Outra?",)
    assert db.read(checklist_for, "telefone") == ("Liga?", "Tem capa?")
    assert [view.kind for view in db.read(checklists) if view.own] == ["Celular", "Smartphone"]


def test_a_kind_of_the_shops_own(db, put):
    put("Ar-condicionado", "Gela?")
    put("Máquina de costura", "Costura?")
    assert db.read(checklist_for, "ar-condicionado") == ("Gela?",)
    assert db.read(checklist_for, "MAQUINA DE COSTURA industrial") == ("Costura?",)


def test_an_empty_list_asks_nothing(db, put):
    put("Impressora")
    assert db.read(checklist_for, "impressora") == ()


@pytest.mark.parametrize(
    ("kind", "questions", "code"),
    [
        (" ", ("Liga?",), "required"),
        ("TV", ("Liga?", "LIGA?"), "question_twice"),
        ("TV", tuple(f"Pergunta {n}?" for n in range(61)), "too_many_questions"),
        ("TV", ("a" * 201,), "too_long"),
    ],
)
def test_what_is_refused_changes_nothing(db, put, kind, questions, code):
    with pytest.raises(UserError, match=code):
        put(kind, *questions)
    assert not any(view.own for view in db.read(checklists))
