"""Texts of people in spreadsheet cells."""

import pytest

from osdesk.interchange.cells import guarded, plain


@pytest.mark.parametrize(
    "text",
    [
        *("=1+1", "+5511", "-2", "@SUM(A1)", "|calc", "%0a", "\t=1", "\r=1"),
        *("＝1", "＋1", "－1", "＠x", "｜x", "％x"),
        *(" =1", "\u00a0=1", "\u3000=1", "\u200b=1", "'=1", " ' =1", "\n=1"),
    ],
)
def test_what_a_spreadsheet_could_run_is_guarded_and_comes_back(text):
    assert guarded(text) == f"'{text}"
    assert guarded(text)[1:] == text
    assert guarded(f"'{text}") == f"''{text}"


@pytest.mark.parametrize(
    "text", ["", "Maria", "Ana-Maria", "R$ 10,00", "'aspas'", " antes", "(11) 98765-4321", "d'água"]
)
def test_other_texts_stay_as_they_are(text):
    assert guarded(text) == text


def test_what_makes_a_file_unreadable_is_taken_out():
    assert plain("a\x00b\x0bc\x1fd\x7fe\ud800f\uffffg\U0001ffffh\ufdd0i") == "abcdefghi"
    assert plain("linha\r\noutra\rmais\tfim") == "linha\noutra\nmais\tfim"
    assert plain("Conceic\u0327a\u0303o 😀") == "Conceição 😀"
