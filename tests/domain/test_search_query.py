import re
import sqlite3
import unicodedata
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osdesk.domain.identifiers import fold_serial, format_document, parse_phone
from osdesk.domain.search_query import (
    LARGEST_NUMBER,
    LONGEST_PREFIX,
    SearchQuery,
    build_search,
    row_matches,
)
from osdesk.domain.text import fold, seen

FTS = """
CREATE VIRTUAL TABLE found USING fts5(
    body, detail=none, columnsize=0,
    tokenize='unicode61 remove_diacritics 2', prefix='1 2 3 4 5 6 7 8')
"""
SMALL = "abcdefghijklmnopqrstuvwxyzáàâãéêíóôõúüç"
WORDS = st.text(SMALL, min_size=1, max_size=14)
NAMES = st.lists(WORDS, min_size=1, max_size=5).map(lambda words: " ".join(words).title())
SERIALS = st.from_regex(r"[A-Z0-9]{1,6}([-./ ][A-Z0-9]{1,8}){0,3}", fullmatch=True)
PHONES = st.builds(
    lambda ddd, local: f"{ddd}9{local:08d}",
    st.sampled_from(["11", "21", "48", "55", "99"]),
    st.integers(0, 99_999_999),
)


def found(bodies, typed):
    """Which of the texts the query finds in a real index of the product's kind."""
    query = build_search(typed)
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute(FTS)
        connection.executemany(
            "INSERT INTO found(rowid, body) VALUES (?, ?)", list(enumerate(bodies))
        )
        if query.match is not None:
            rows = connection.execute(
                "SELECT rowid FROM found WHERE found MATCH ? ORDER BY rowid DESC", [query.match]
            )
        elif query.like is not None:
            connection.execute("CREATE TABLE plain (body TEXT)")
            connection.executemany(
                "INSERT INTO plain(rowid, body) VALUES (?, ?)", list(enumerate(bodies))
            )
            rows = connection.execute(
                "SELECT rowid FROM plain WHERE body LIKE ? ESCAPE '\\'", [query.like]
            )
        else:
            return []
        return [bodies[n] for (n,) in rows if row_matches(query.long_words, fold(bodies[n]))]


def body(name="", *, document="", phone="", serial=""):
    """As the view of the database joins them."""
    local = phone[2:]
    return " ".join([name, document, phone, local, "Lavadora", serial, fold_serial(serial)])


# -- numbers --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("9120", 9120),
        (" 9120 ", 9120),
        ("00009120", 9120),
        ("OS 9120", 9120),
        ("os9120", 9120),
        ("Os nº 9120", 9120),
        ("OS Nº9120", 9120),
        ("OS-9120", 9120),
        ("os: 009120", 9120),
        ("#9120", 9120),
        ("999999999", LARGEST_NUMBER),
        ("1000000000", None),
        ("0", None),
        ("OS 0", None),
        ("OS", None),
        ("9120 maria", None),
        ("91 20", None),
        ("٩١٢٠", None),
        ("９１２０", None),
        ("9e3", None),
        ("9_120", None),
        ("9" * 5000, None),
        ("", None),
    ],
)
def test_order_number(typed, number):
    assert build_search(typed).number == number


@pytest.mark.parametrize("typed", ["OS 9120", "os nº 9120", "OS: 9120"])
def test_os_before_a_number_is_left_out(typed):
    assert build_search(typed) == build_search("9120")


def test_a_device_may_be_called_like_an_order():
    assert found([body(serial="OS9120")], "OS9120") == [body(serial="OS9120")]
    assert found([body("Os Dois Irmãos")], "os dois") == [body("Os Dois Irmãos")]


# -- words ----------------------------------------------------------------------------------------


def test_words_are_quoted_cut_and_joined():
    query = build_search("maria Conceição bwk12abana")
    assert query == SearchQuery(
        None, '("maria"* AND "Conceiçã"* AND "bwk12abana"*)', ("conceicao",), None
    )
    assert build_search("CX-0341187").match == '("cx0341187"* OR ("CX"* AND "0341187"*))'
    assert build_search("Ana").match == '"Ana"*'


@pytest.mark.parametrize("typed", ["", "   ", "\n\t", "\x00", "\ud800", "\x00\x1f\u202e"])
def test_nothing_typed_finds_nothing(typed):
    assert build_search(typed) == SearchQuery()


@pytest.mark.parametrize(
    ("typed", "like"),
    [
        ("🙂", "%🙂%"),
        ("%", r"%\%%"),
        ("_", r"%\_%"),
        ("\\", r"%\\%"),
        ("--", "%--%"),
        ("\x00%", r"%\%%"),
    ],
)
def test_text_without_a_word_is_compared_literally(typed, like):
    assert build_search(typed) == SearchQuery(like=like)


def test_like_finds_the_sign_and_nothing_else():
    bodies = ["Ana 🙂", "Ana", "100%", "a_b"]
    assert found(bodies, "🙂") == ["Ana 🙂"]
    assert found(bodies, "%") == ["100%"]
    assert found(bodies, "_") == ["a_b"]


@pytest.mark.parametrize(
    "typed",
    ["maria OR", '"', 'a"b', "NEAR(a b)", "body:maria", "maria*", "^maria", "(maria", "maria AND",
     "NOT", "-maria", "a + b", "{a b}: c", "' OR 1=1 --", "R&D", "x" * 5000, "a " * 5000,
     "a." * 5000, "(" * 5000 + "1", "1 " * 5000, "\u0301", "a\u0301\u0336b",
     "ƺ ˉ ᢆ ᦰ", "½ ² Ⅳ", "🙂maria", "maria🙂"],
)  # fmt: skip
def test_what_is_typed_is_never_syntax(typed):
    found(["Maria OR"], typed)


def test_operators_are_words():
    bodies = ["Maria NOT", "Maria"]
    assert found(bodies, "maria not") == ["Maria NOT"]
    assert found(bodies, "maria OR xyz") == []
    assert found(bodies, "maria*") == ["Maria", "Maria NOT"]


def test_only_so_much_is_considered():
    query = build_search(" ".join(f"word{n}" for n in range(40)))
    assert query.match.count('"*') == 12
    assert query.match.count("word11") == 1
    assert len(build_search("x" * 5000).long_words[0]) == 200
    assert build_search(".".join("abcdefghijklmnop")).match.count(" AND ") == 11


@given(st.text(max_size=300))
def test_any_text_is_a_query(typed):
    query = build_search(typed)
    found([typed.encode(errors="replace").decode()], typed)
    assert query.match is None or query.like is None


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40))
def test_any_name_is_found_by_itself(text):
    name = unicodedata.normalize("NFC", seen(text)).strip()  # as names are stored
    if build_search(name) != SearchQuery():  # nothing but unseen marks
        assert name in found([name, "Zulmira"], name)


@given(NAMES, st.data())
def test_name_is_found_however_it_is_typed(name, data):
    bodies = [body(name), body("")]
    part = name[: data.draw(st.integers(1, len(name)))]
    for typed in (name, part):
        for hand in (typed, typed.upper(), typed.lower(), unicodedata.normalize("NFD", typed)):
            assert body(name) in found(bodies, hand)
    assert body(name) in found(bodies, fold(name))
    assert body(name) in found(bodies, " ".join(reversed(name.split())))


def test_long_words_are_compared_whole():
    bodies = [body("Maria Conceição"), body("Maria Conceiçanova")]
    assert found(bodies, "conceic") == bodies[::-1]
    assert found(bodies, "conceicao") == bodies[:1]
    assert found(bodies, "MARIA CONCEIÇÃO") == bodies[:1]
    assert found(bodies, "conceicaozinha") == []


@given(st.lists(WORDS, max_size=6), WORDS)
def test_row_matches(words, wanted):
    folded = fold(" ".join(words))
    long_word = fold(wanted)
    assert row_matches((), folded)
    assert row_matches([long_word], folded) == any(w.startswith(long_word) for w in folded.split())


def test_letters_that_accents_cannot_join_stay_one_word():
    assert found(["G\u0303uarani Tape"], "g\u0303uara") == ["G\u0303uarani Tape"]
    assert found(["Guarani Tape"], "g\u0303uarani") == ["Guarani Tape"]


# -- phones, documents, serials -------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    ["(11) 98765-4321", "11987654321", "11 98765 4321", "98765-4321", "987654321", "98765 4321",
     "+55 11 98765-4321", "5511987654321", "+55 (11) 98765-4321", "011 98765-4321", "011987654321",
     "(11) 98765 - 4321", "(11) 987", "+55 11 987", "+5511", "11 9", "98765", "(11)",
     "98765\u20114321",
     "\u202a+55 11 98765\u20114321\u202c", "11\xa098765\u20134321", "maria (11) 98765-4321",
     "98765-4321 maria", "(11) 98765-4321 lavadora maria"],
)  # fmt: skip
def test_phone_is_found_as_people_type_it(typed):
    bodies = [body("Maria", phone="11987654321"), body("Ana", phone="21912345678")]
    assert found(bodies, typed) == bodies[:1]


@given(PHONES, st.data())
def test_phone_is_found_by_itself_and_its_beginning(digits, data):
    phone = parse_phone(digits, default_ddd=None)
    bodies = [body("Maria", phone=digits)]
    for shown in (phone.number, digits, digits[2:], f"{digits[2:7]}-{digits[7:]}"):
        part = shown[: data.draw(st.integers(1, len(shown)))]
        for typed in (shown, part):
            assert not re.search(r"\d", typed) or found(bodies, typed) == bodies
    assert found(bodies, f"+55 {phone.number}") == bodies


@pytest.mark.parametrize(
    ("stored", "typed"),
    [
        ("08001234567", "0800 123 4567"),
        ("12125550100", "+1 212 555-0100"),
        ("40041234", "4004-1234"),
    ],
)
def test_odd_phone_is_found(stored, typed):
    bodies = [f"Maria {stored} {stored}"]
    assert found(bodies, typed) == bodies


@pytest.mark.parametrize(
    "document",
    [
        "52998224725",
        "01234567890",
        "12ABC34501DE35",
        "55231234000107",
        "00000000000191",
        "ABCDEFGHIJKL80",
    ],
)
def test_document_is_found_with_and_without_mask(document):
    bodies = [body("Maria", document=document), body("Ana", document="11144477735")]
    masked = format_document(document)
    for typed in (document, masked, masked.lower(), document[:6], masked[:6], masked[:11]):
        assert found(bodies, typed) == bodies[:1]
    assert found(bodies, re.sub(r"[./-]", " ", masked)) == bodies[:1]


@given(SERIALS, st.data())
def test_serial_is_found_with_and_without_punctuation(serial, data):
    bodies = [body("Maria", serial=serial)]
    part = serial[: data.draw(st.integers(1, len(serial)))]
    for typed in (serial, serial.lower(), part, fold_serial(serial), re.sub(r"[-./ ]", "", part)):
        assert found(bodies, typed) == bodies


def test_serial_typed_in_pieces():
    bodies = [body(serial="CX0341187"), body(serial="DX0341187"), body(serial="R&D")]
    for typed in ("CX-0341187", "cx 0341187", "CX.0341.187", "cx/0341187", "CX 0341-187"):
        assert found(bodies, typed) == bodies[:1]
    assert found(bodies, "r&d") == found(bodies, "R D") == found(bodies, "rd") == bodies[2:]


def test_neighbouring_numbers_are_one_run_or_groups():
    bodies = ["Condomínio 13 128", "Loja 13128", "Loja 13"]
    assert found(bodies, "13 128") == ["Loja 13128", "Condomínio 13 128"]
    phones = [body("Maria", phone="11987654321") + " W10540609 10540609"]
    assert found(phones, "98765-4321 10540609") == phones


def test_cut_is_where_the_prefixes_of_the_index_end():
    assert f"prefix='{' '.join(str(n) for n in range(1, LONGEST_PREFIX + 1))}'" in FTS
