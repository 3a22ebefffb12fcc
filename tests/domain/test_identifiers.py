import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.vectors_csv import vectors

from osdesk.domain.errors import UserError
from osdesk.domain.identifiers import (
    Phone,
    fold_serial,
    format_document,
    imei_is_valid,
    is_cnpj,
    looks_like_imei,
    normalize_document,
    parse_phone,
    phones_apart,
)

CNPJ_WEIGHTS = [5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]


def check_digit(base, weights):
    """Modulus 11 of IN RFB 2.229/2024, written anew: a letter counts as its ASCII code less 48."""
    total = sum((ord(letter) - 48) * weight for letter, weight in zip(base, weights, strict=True))
    return str(0 if total % 11 < 2 else 11 - total % 11)


def checked(base, first, second):
    base += check_digit(base, first)
    return base + check_digit(base, second)


CPFS = (
    st.text("0123456789", min_size=9, max_size=9)
    .filter(lambda nine: len(set(nine)) > 1)
    .map(lambda nine: checked(nine, range(10, 1, -1), range(11, 1, -1)))
)
CNPJS = (
    st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=12, max_size=12)
    .filter(lambda twelve: len(set(twelve)) > 1)
    .map(lambda twelve: checked(twelve, CNPJ_WEIGHTS, [6, *CNPJ_WEIGHTS]))
)


@pytest.mark.parametrize(("text", "expected"), [*vectors("cpf"), *vectors("cnpj")])
def test_document_vectors(text, expected):
    if expected is None:
        with pytest.raises(UserError, match="bad_document") as caught:
            normalize_document(text)
        assert caught.value.data["value"] == text
    else:
        stored = normalize_document(text)
        assert format_document(stored) == expected
        assert re.fullmatch(r"[0-9]{11}|[0-9A-Z]{12}[0-9]{2}", stored)


@given(st.one_of(CPFS, CNPJS))
def test_document_survives_mask_blanks_and_small_letters(stored):
    masked = format_document(stored)
    assert normalize_document(stored) == stored
    assert normalize_document(masked) == stored
    assert normalize_document(f"  {masked.lower()} ") == stored
    assert normalize_document(re.sub(r"[./-]", " ", masked)) == stored
    assert is_cnpj(stored) == (len(stored) == 14)


@given(st.one_of(CPFS, CNPJS), st.integers(1, 9))
def test_wrong_last_digit_is_refused(stored, shift):
    wrong = stored[:-1] + str((int(stored[-1]) + shift) % 10)
    with pytest.raises(UserError, match="bad_document"):
        normalize_document(wrong)


@pytest.mark.parametrize(
    "text",
    [
        *[digit * 11 for digit in "0123456789"],
        "0" * 14,
        "12.ABC.345/01DE-3５",
        "12.ABC.345/01DE\u201135",
        "529,982,247-25",
        "52998224725\x00",
        "ſ8.T45.HLW/0001-95",  # the capital of this letter is S
        "٥٢٩٩٨٢٢٤٧٢٥",
        "NaN",
        "5.2998224725e10",
    ],
)
def test_document_is_refused(text):
    with pytest.raises(UserError, match="bad_document"):
        normalize_document(text)


# -- phones ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("text", "expected"), vectors("phone"))
def test_phone_vectors(text, expected):
    if expected is None:
        phone = parse_phone(text, default_ddd=None)
        assert not phone.valid
        assert phone.number == text
    else:
        phone = parse_phone(text, default_ddd="21")
        assert phone.valid
        assert not phone.ddd_added
        assert f"+55{phone.digits}" == expected
        assert phone.digits[2:] == phone.local


@pytest.mark.parametrize(
    "typed",
    [
        "11987654321",
        "(11) 98765-4321",
        "+55 11 98765-4321",
        "+55 (11) 98765 4321",
        "011 98765.4321",
        "\u202a+55 11 98765\u20114321\u202c",
        "11\xa098765\u20134321",
        " (11)98765-4321 ",
    ],
)
def test_one_phone_in_many_hands(typed):
    assert parse_phone(typed, default_ddd=None) == Phone(
        "(11) 98765-4321", "11987654321", "987654321", valid=True
    )


@pytest.mark.parametrize(
    ("typed", "number"), [("98765-4321", "(48) 98765-4321"), ("3333 4444", "(48) 3333-4444")]
)
def test_shop_ddd_is_put_before(typed, number):
    phone = parse_phone(typed, default_ddd="48")
    assert (phone.number, phone.valid, phone.ddd_added) == (number, True, True)
    assert parse_phone(typed, default_ddd=None).number == typed


@pytest.mark.parametrize(
    ("typed", "digits"),
    [
        ("0800 123 4567", "08001234567"),
        ("0300 123 4567", "03001234567"),
        ("+1 212 555-0100", "12125550100"),
        ("(11) 3265-4321 ramal 23", "113265432123"),
        ("recado com a vizinha", ""),
        ("98765-432", "98765432"),
        ("+ 55 +11 98765-4321", "5511987654321"),
        ("١١٩٨٧٦٥٤٣٢١", ""),
        ("１１９８７６５４３２１", ""),
        ("", ""),
    ],
)
def test_odd_phone_is_kept_as_typed(typed, digits):
    phone = parse_phone(f" {typed} ", default_ddd="11")
    assert phone == Phone(typed, digits, digits, valid=False)


@given(st.text())
def test_phone_is_never_refused(text):
    phone = parse_phone(text, default_ddd="11")
    assert re.fullmatch(r"[0-9]*", phone.digits)
    assert phone.digits.endswith(phone.local)
    again = parse_phone(phone.number, default_ddd="11")
    assert (again.number, again.digits, again.valid) == (phone.number, phone.digits, phone.valid)


# -- IMEI, serials --------------------------------------------------------------------------------


@pytest.mark.parametrize(("text", "expected"), vectors("imei"))
def test_imei_vectors(text, expected):
    assert imei_is_valid(text) == (expected is not None)
    if expected is not None:
        assert looks_like_imei(text)
        assert fold_serial(text) == expected


def test_what_looks_like_an_imei():
    assert looks_like_imei("490154203237581")
    assert looks_like_imei(" 35-209900-176148-1 ")
    assert not looks_like_imei("CX0341187")
    assert not looks_like_imei("49015420323751")
    assert not looks_like_imei("４90154203237518")


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("CX-0341187", "cx0341187"),
        (" cx 034.1187 ", "cx0341187"),
        ("Nº 12/Ção", "no12cao"),
        ("--", ""),
        ("", ""),
    ],
)
def test_fold_serial(text, folded):
    assert fold_serial(text) == folded


@given(st.text())
def test_fold_serial_is_idempotent(text):
    folded = fold_serial(text)
    assert fold_serial(folded) == folded
    assert folded == "" or folded.isalnum()


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("11 98765-4321 / 3222-4455", ["11 98765-4321", "3222-4455"]),
        ("(11) 98765-4321; (13) 3456-7890", ["(11) 98765-4321", "(13) 3456-7890"]),
        ("98765-4321 ou 3222-4455", ["98765-4321", "3222-4455"]),
        ("98765-4321 e 3222-4455", ["98765-4321", "3222-4455"]),
        ("(11) 3222-4455/4456", ["(11) 3222-4455/4456"]),
        ("98765-4321 / recado com Ana", ["98765-4321 / recado com Ana"]),
        ("98765-4321", ["98765-4321"]),
        ("", [""]),
    ],
)
def test_two_phones_in_one_field(typed, parts):
    assert phones_apart(typed) == parts
