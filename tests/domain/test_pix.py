"""The Pix code against published examples, and read back by another library."""

import json
import string

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from tests.deep import examples
from tests.vectors_csv import vectors

from osdesk.domain.errors import UserError
from osdesk.domain.money import parse_decimal
from osdesk.domain.pix import checksum, normalize_pix_key, order_reference, pix_code


@pytest.mark.parametrize(("text", "expected"), vectors("pix"))
def test_codes_are_the_published_ones(text: str, expected: str | None) -> None:
    wanted = json.loads(text)
    asked = {
        "reference": wanted.get("txid"),
        "message": wanted.get("info"),
    }

    def build() -> str:
        amount = parse_decimal(wanted["amount"]) if "amount" in wanted else None
        return pix_code(wanted["key"], wanted["name"], wanted["city"], amount=amount, **asked)

    if expected is None:
        with pytest.raises(UserError):
            build()
    else:
        assert build() == expected


@pytest.mark.parametrize(("text", "expected"), vectors("crc16"))
def test_checksums(text: str, expected: str | None) -> None:
    assert checksum(text) == expected


@pytest.mark.parametrize(("text", "expected"), vectors("pix_payloads"))
def test_the_checksum_tells_a_whole_code_from_a_changed_one(
    text: str, expected: str | None
) -> None:
    whole = len(text) > 8 and text[-8:-4] == "6304" and checksum(text[:-4]) == text[-4:]
    assert whole == (expected is not None)


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("529.982.247-25", "52998224725"),
        ("12.345.678/0001-95", "12345678000195"),
        ("12.abc.345/01de-35", "12ABC34501DE35"),
        ("(11) 98765-4321", "+5511987654321"),
        ("+55 11 98765-4321", "+5511987654321"),
        ("11987654321", "+5511987654321"),
        (" Loja@Exemplo.com.br ", "loja@exemplo.com.br"),
        ("123E4567-E12B-12D1-A456-426655440000", "123e4567-e12b-12d1-a456-426655440000"),
    ],
)
def test_keys_as_people_type_them(typed: str, key: str) -> None:
    assert normalize_pix_key(typed) == key
    assert normalize_pix_key(key) == key


@pytest.mark.parametrize(
    "typed",
    ["", "x", "11222333000182", "(11) 3322-1188", "a@b", "@", "529.982.247-26", "loja@é.com", "+1"],
)
def test_what_is_no_key(typed: str) -> None:
    with pytest.raises(UserError, match="bad_pix_key"):
        normalize_pix_key(typed)


@pytest.mark.parametrize("amount", [0, -1, 10_000_000_000])
def test_amounts_that_no_code_holds(amount: int) -> None:
    with pytest.raises(UserError, match="bad_amount"):
        pix_code("52998224725", "Loja", "Recife", amount=amount)


def objects(code: str) -> dict[str, str]:
    found = {}
    while code:
        length = int(code[2:4])
        found[code[:2]] = code[4 : 4 + length]
        code = code[4 + length :]
    return found


@given(
    name=st.text(min_size=1, max_size=60),
    city=st.text(min_size=1, max_size=40),
    message=st.text(max_size=120),
    amount=st.integers(1, 9_999_999_999),
    reference=st.text(string.ascii_letters + string.digits, min_size=1, max_size=25),
)
def test_every_code_is_whole_whatever_was_typed(
    name: str, city: str, message: str, amount: int, reference: str
) -> None:
    try:
        code = pix_code("52998224725", name, city, amount=amount, reference=reference)
        long = pix_code("52998224725", name, city, amount=amount, message=message)
    except UserError as error:
        if error.code != "pix_incomplete":
            raise
        return
    for text in (code, long):
        assert text.isascii()
        assert text.isprintable()
        assert checksum(text[:-4]) == text[-4:]
        parts = objects(text)
        assert (parts["53"], parts["58"], parts["52"]) == ("986", "BR", "0000")
        assert parse_decimal(parts["54"]) == amount
        assert len(parts["26"]) <= 99
        assert 1 <= len(parts["59"]) <= 25
        assert 1 <= len(parts["60"]) <= 15
    assert objects(objects(code)["62"]) == {"05": reference}


@settings(max_examples=examples(10), deadline=None)
@given(amount=st.integers(1, 9_999_999_999), number=st.integers(1, 999_999_999))
def test_another_library_reads_the_code_back(amount: int, number: int) -> None:
    from osdesk.documents.kit.draw import qr_matrix

    code = pix_code(
        "11222333000181", "Conserta Já", "Recife", amount=amount, reference=order_reference(number)
    )
    cells = [[bool(cell) for cell in row] for row in qr_matrix(code)]
    side = len(cells)
    picture = Image.new("L", ((side + 8) * 4, (side + 8) * 4), 255)
    for y, row in enumerate(cells):
        for x, dark in enumerate(row):
            if dark:
                picture.paste(0, ((x + 4) * 4, (y + 4) * 4, (x + 5) * 4, (y + 5) * 4))
    (found,) = zxingcpp.read_barcodes(picture)
    assert found.text == code
    assert order_reference(123) == "OS000123"
