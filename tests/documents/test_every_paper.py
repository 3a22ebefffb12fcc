"""Every paper in every format, of orders of all kinds: all that was typed is on each copy, and
nothing overlaps, leaves the paper, or takes the room of a signature.
"""

from collections.abc import Iterator
from dataclasses import replace

import pytest
import zxingcpp
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.builders import make_item, make_part
from tests.deep import examples
from tests.documents.reading import (
    COPIES,
    HALF,
    HEIGHT,
    Line,
    collisions,
    columns,
    copies,
    is_halved,
    is_roll,
    pages,
    pictures,
    signing_lines,
    sizes,
    squash,
)
from tests.documents.samples import CASES, drawn, monster, sample, typical

from osdesk.documents.kit import fonts
from osdesk.documents.kit.parts import short_terms
from osdesk.documents.papers import render_paper
from osdesk.domain.codes import Paper, PaperFormat
from osdesk.domain.views.orders import IssuedPaper, OrderView

EXAMPLES = examples(2)
PAIRS = [(paper, form) for size, paper, form in CASES if size == "typical"]
MM = 72 / 25.4
SIDES = {PaperFormat.ROLL_80: 4 * MM, PaperFormat.ROLL_58: 5 * MM}
"""What the printer of a roll does not reach at each side; an A4 has 12 mm."""
ROOM_TO_SIGN = 9 * MM


@pytest.mark.parametrize(("size", "paper", "form"), CASES)
def test_a_paper_of_each_kind_of_order(size, paper, form):
    hold(drawn(size, paper, form), sample(size, paper), form)


@pytest.mark.parametrize(("paper", "form"), PAIRS)
def test_the_code_is_read_from_a_picture_of_a_labels_printer(paper, form):
    pdf = drawn("typical", paper, form)
    found = [code.text for page in pictures(pdf, 203) for code in zxingcpp.read_barcodes(page)]
    assert found == [sample("typical", paper).qr] * len(copies(pdf))


LETTERS = st.one_of(
    st.characters(min_codepoint=0x20, max_codepoint=0x24F, exclude_categories=("Cc", "Cf")),
    st.sampled_from("\n\t<>&{}%☺😀漢字Ωж–“”"),
)
WORDS = st.one_of(
    st.text(LETTERS, min_size=1, max_size=30),
    # Hebrew stands in the monster: a reader turns a mixed line in ways of its own
    st.sampled_from(["W" * 120, "a", "de", "1.234,56", "😀", "漢字" * 20]),
)
TEXTS = st.lists(WORDS, min_size=1, max_size=60).map(
    # single blanks only: how wide a gap was is not read back from a PDF
    lambda words: "\n".join(" ".join(line.split()) for line in " ".join(words).splitlines())
)
LINE = TEXTS.map(lambda text: text.replace("\n", " ").strip()[:200].strip() or "x")


@pytest.mark.parametrize(("paper", "form"), PAIRS)
def test_whatever_is_typed(paper, form):
    start = typical(paper)

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=EXAMPLES < 100,
        suppress_health_check=list(HealthCheck),
        database=None,
        phases=(Phase.generate, Phase.shrink) if EXAMPLES >= 100 else (Phase.generate,),
    )
    @given(st.data())
    def typed(data):
        issue = replace(start, order=_order(data, start.order))
        hold(render_paper(issue, form, logo=None), issue, form)

    typed()


def _order(data: st.DataObject, order: OrderView) -> OrderView:
    text = TEXTS.map(lambda typed: typed.strip() or "x")
    lines = data.draw(st.lists(LINE, max_size=40)) if order.items else []
    makers = (make_item, make_part)
    items = tuple(makers[n % 2](each, unit_price=n * 777) for n, each in enumerate(lines))
    equipment = replace(
        order.equipment, condition=data.draw(text), serial=data.draw(LINE), model=data.draw(LINE)
    )
    return replace(
        order,
        reason=data.draw(text),
        customer=replace(order.customer, name=data.draw(LINE)),
        equipment=equipment,
        items=items,
        report=data.draw(text) if order.report else None,
        diagnosis=data.draw(text) if order.diagnosis else None,
    )


def hold(pdf: bytes, issue: IssuedPaper, form: PaperFormat) -> None:
    """Everything that every paper promises."""
    found = pages(pdf)
    for page, size, lines in zip(found, sizes(pdf), signing_lines(pdf), strict=True):
        assert collisions(page) == []
        _within(page, size, form)
        for left, right, y in lines:
            above = [
                line.text
                for line in page
                if line.text.strip()
                and line.right > left + 0.5
                and line.left < right - 0.5
                and y - ROOM_TO_SIGN < line.bottom < y + 1
            ]
            assert above == [], "no room to sign"
            assert y > ROOM_TO_SIGN
    whole = copies(pdf)
    for copy in whole.values():
        shown = columns(copy)
        for text in said(issue):
            assert _is_there(shown, text), text
    assert sum(map(len, signing_lines(pdf))) % len(whole) == 0
    for name, copy in whole.items():
        short = form in SIDES and name == COPIES[0]  # the shop's roll has the limits alone
        large = columns([[line for line in page if line.size >= 12] for page in copy])
        for text in _terms(issue):
            for line in (short_terms(text) if short else text).replace("**", "").splitlines():
                assert _is_there(large, line), line


def _within(page: list[Line], size: tuple[float, float], form: PaperFormat) -> None:
    width, height = size
    side = SIDES.get(form, 34.0) - 0.5
    for line in page:
        assert line.left >= side, line
        assert line.right <= width - side, line
        if is_roll(size):
            assert line.size >= 8, line
            continue
        assert line.size >= 7 or not line.text.strip(), line
        assert line.top >= 17, line
        assert line.bottom <= HEIGHT - 14, line
        if is_halved(page):
            assert line.bottom <= HALF - 14 or line.top >= HALF + 14, line
    if is_roll(size):
        lowest = max(line.bottom for line in page)
        assert 2 * MM < height - lowest <= 6 * MM, "the tail of a roll"
        assert min(line.top for line in page if line.text.strip()) >= 6
        assert height <= 3_010 * MM


def _is_there(shown: list[str], text: str) -> bool:
    """Whether one column of a copy's texts has this one, unbroken."""
    clean = fonts.clean(text)
    if fonts.visual(clean) == clean:
        return any(squash(clean) in column for column in shown)
    # words from right to left are turned line by line, and read back in either order and form
    return all(
        any(word in column or word[::-1] in column or squash(word) in column for column in shown)
        for typed in text.split()
        if len(typed) < 12
        for word in [typed if fonts.visual(typed) != typed else fonts.clean(typed)]
    )


# -- what each paper must say ---------------------------------------------------------------------

DESCRIBED = {Paper.INTAKE, Paper.QUOTE, Paper.FULL, Paper.DELIVERY, Paper.TECHNICIAN}
REASONED = DESCRIBED | {Paper.UNSERVICED}
REPORTED = {Paper.FULL, Paper.DELIVERY, Paper.UNSERVICED, Paper.TECHNICIAN}
DIAGNOSED = {Paper.QUOTE, Paper.FULL, Paper.TECHNICIAN}
ARRIVED = {Paper.INTAKE, Paper.FULL, Paper.UNSERVICED, Paper.TECHNICIAN}


def said(issue: IssuedPaper) -> Iterator[str]:
    """Texts that a person typed and that this paper shows on each copy."""
    order, paper = issue.order, issue.paper
    yield order.customer.name
    yield order.equipment.title
    if paper in DESCRIBED:
        yield from (item.description for item in order.items)
    if paper in REASONED:
        yield order.reason
        yield order.equipment.serial or "—"
    if paper in ARRIVED:
        yield order.equipment.condition or "—"
        yield order.equipment.accessories or ""
    if paper in REPORTED and order.report:
        yield order.report
    if paper in DIAGNOSED and order.diagnosis:
        yield order.diagnosis
    if paper is Paper.TECHNICIAN:
        yield order.notes or ""
    if paper is Paper.FULL:
        yield from (note.body for note in order.log)


def _terms(issue: IssuedPaper) -> list[str]:
    shop = issue.shop
    return {
        Paper.INTAKE: [shop.terms_intake],
        Paper.QUOTE: [shop.terms_quote],
        Paper.DELIVERY: [shop.terms_delivery],
        Paper.UNSERVICED: [shop.terms_unserviced],
        Paper.NOTICE: [shop.terms_notice],
    }.get(issue.paper, [])


def test_a_table_that_goes_on_has_its_head_on_each_page():
    issue = monster(Paper.INTAKE)
    for copy in copies(render_paper(issue, PaperFormat.A4, logo=None)).values():
        for page in copy:
            texts = [line.text.strip() for line in page]
            if any("comprida" in text for text in texts):
                assert "Unitário (R$)" in texts


@pytest.mark.parametrize("count", range(18, 34))
def test_totals_never_stand_alone_on_a_page(count):
    issue = typical(Paper.INTAKE)
    order = replace(issue.order, items=tuple(make_part(f"Peça {n}") for n in range(count)))
    pdf = render_paper(replace(issue, order=order), PaperFormat.A4, logo=None)
    for copy in copies(pdf).values():
        (page,) = [page for page in copy if any(line.text.strip() == "Saldo" for line in page)]
        assert any(line.text.startswith(f"Peça {count - 1} ") for line in page)


def test_a_roll_of_many_metres_ends_between_lines_and_goes_on():
    issue = typical(Paper.INTAKE)
    items = tuple(make_part(f"Peça {n} {'comprida ' * 20}") for n in range(160))
    issue = replace(issue, order=replace(issue.order, items=items))
    for form in SIDES:
        pdf = render_paper(issue, form, logo=None)
        hold(pdf, issue, form)
        for copy in copies(pdf).values():
            assert len(copy) > 1
