import pytest

from osdesk.domain.codes import AccessCodeKind
from osdesk.domain.errors import UserError
from osdesk.domain.orders.access_codes import AccessCodeForm, clean_code, is_pattern

PIN, PATTERN, PASSWORD = AccessCodeKind.PIN, AccessCodeKind.PATTERN, AccessCodeKind.PASSWORD


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        (PIN, "1234", "1234"),
        (PIN, " 12 34 ", "1234"),
        (PIN, "0" * 16, "0" * 16),
        (PATTERN, "1-2-5-8", "1258"),
        (PATTERN, "7 5 3", "753"),
        (PATTERN, "123456789", "123456789"),
        (PASSWORD, " Senha com espaço ", " Senha com espaço "),
        (AccessCodeKind.NOT_INFORMED, "", None),
        (AccessCodeKind.NOT_INFORMED, "1234", None),
    ],
)
def test_what_is_kept(kind, typed, kept):
    assert clean_code(AccessCodeForm(kind, typed)) == kept


@pytest.mark.parametrize(
    ("kind", "typed", "code"),
    [
        (PIN, "", "code_empty"),
        (PIN, "  ", "code_empty"),
        (PIN, "12a4", "bad_pin"),
        (PIN, "١٢٣", "bad_pin"),
        (PIN, "1" * 17, "bad_pin"),
        (PATTERN, "1", "bad_pattern"),
        (PATTERN, "1221", "bad_pattern"),
        (PATTERN, "10", "bad_pattern"),
        (PATTERN, "abc", "bad_pattern"),
        (PASSWORD, "a\x00b", "bad_character"),
        (PASSWORD, "a" * 201, "too_long"),
    ],
)
def test_what_is_refused_without_repeating_it(kind, typed, code):
    with pytest.raises(UserError) as caught:
        clean_code(AccessCodeForm(kind, typed))
    assert caught.value.code == code
    assert not typed.strip() or typed not in str(caught.value.data)


def test_a_form_never_shows_its_secret():
    assert "4711" not in repr(AccessCodeForm(PIN, "4711"))


def test_patterns():
    assert is_pattern("12")
    assert not is_pattern("")
    assert not is_pattern("1")
    assert not is_pattern("11")
