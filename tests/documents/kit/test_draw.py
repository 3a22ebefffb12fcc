"""The kit: wrapping that loses nothing, pages that can be numbered at the end, codes, pictures."""

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.builders import make_issue, make_shop
from tests.documents.reading import pages, squash

from osdesk.documents.kit import fonts
from osdesk.documents.kit.draw import Sheet, Style, readable_picture, wrap
from osdesk.documents.papers import render_paper
from osdesk.domain.codes import Paper, PaperFormat
from osdesk.paths import resource

STYLE = Style(size=8.5)


@given(st.text(st.sampled_from("abc déW.-/漢\n\t "), max_size=300), st.integers(12, 300))
def test_wrapping_keeps_every_letter_and_never_exceeds_the_room(text, room):
    lines = wrap(text, STYLE, room)
    assert squash("".join(lines)) == squash(fonts.clean(text))
    assert all(STYLE.width(line) <= room + 1e-6 for line in lines)
    assert len(lines) >= text.count("\n") + 1


def test_wrapping_breaks_between_words_and_only_a_long_word_inside():
    assert wrap("um dois", STYLE, STYLE.width("um dois")) == ["um dois"]
    assert wrap("um dois", STYLE, STYLE.width("um doi")) == ["um", "dois"]
    assert wrap("a bbbb", STYLE, STYLE.width("bb") + 0.1) == ["a", "bb", "bb"]
    assert wrap("  recuo\n\nfim  ", STYLE, 200) == ["  recuo", "", "fim"]
    assert wrap("R$\u00a0150,00", STYLE, STYLE.width("R$ 150")) != ["R$", "150,00"]


def test_a_room_narrower_than_a_letter_still_ends():
    assert wrap("abc", STYLE, 1) == ["a", "b", "c"]


def test_pages_are_numbered_when_all_of_them_are_known():
    sheet = Sheet("Três páginas")
    sheet.text(50, 50, "primeira", STYLE)
    sheet.new_page()
    sheet.new_page()
    sheet.number_pages(500, 800, STYLE)
    sheet.text(50, 50, "última", STYLE)
    shown = [[line.text for line in page] for page in pages(sheet.finish())]
    assert shown == [
        ["primeira", "página 1 de 3"],
        ["página 2 de 3"],
        ["página 3 de 3", "última"],
    ]


@pytest.mark.parametrize(("align", "left"), [("left", 300), ("right", 250), ("center", 275)])
def test_text_is_aligned_at_its_place(align, left):
    sheet = Sheet("x")
    text = "x" * 20
    style = Style(size=50 / STYLE.width(text) * 8.5)
    assert sheet.text(300, 100, text, style, align) == pytest.approx(50)
    (line,) = pages(sheet.finish())[0]
    assert line.x == pytest.approx(left, abs=0.01)
    assert line.baseline == pytest.approx(100, abs=0.01)


def test_a_picture_fits_its_box_and_keeps_its_shape():
    data = resource("logo", "osdesk-256.png").read_bytes()
    assert readable_picture(data)
    assert not readable_picture(b"nothing")
    assert Sheet("x").image(data, 0, 0, 90, 45) == (45, 45)


def test_the_title_is_cleaned_too():
    sheet = Sheet("Título \ud800 😀", "autor\x00")
    assert b"%PDF" in sheet.finish()[:8]


def test_a_file_says_its_title_subject_shop_and_true_date():
    def described(pdf):
        document = pypdfium2.PdfDocument(pdf)
        try:
            return document.get_metadata_dict()
        finally:
            document.close()

    issue = make_issue(Paper.INTAKE)
    pdf = render_paper(issue, PaperFormat.A4, logo=None)
    found = described(pdf)
    assert found["Title"] == "Ordem de serviço 10482"
    assert found["Subject"] == "OS 10482, versão 3"
    assert found["Author"] == "Eletrônica Horizonte"
    assert found["CreationDate"] == found["ModDate"] == "D:20261124144000-03'00'"
    assert "Maria" not in "".join(found.values())
    for said in (
        '<rdf:li xml:lang="x-default">Ordem de serviço 10482</rdf:li>',
        "<xmp:CreateDate>2026-11-24T14:40:00-03:00</xmp:CreateDate>",
        "<rdf:li>pt-BR</rdf:li>",
    ):
        assert said.encode() in pdf
    assert b"/Metadata" in pdf
    assert b"/DisplayDocTitle true" in pdf
    sharp = make_issue(Paper.INTAKE, shop=make_shop(name='Rui & Filhos <Som> "1"'))
    pdf = render_paper(sharp, PaperFormat.A4, logo=None)
    assert described(pdf)["Author"] == 'Rui & Filhos <Som> "1"'
    assert b"Rui &amp; Filhos &lt;Som&gt;" in pdf
    label = render_paper(make_issue(Paper.LABEL), PaperFormat.LABEL_62, logo=None)
    assert described(label)["Title"] == "Etiqueta 10482"
