"""Labels: number and bar code whole, name and device as large as fits, what is cut is marked."""

from dataclasses import replace

import pytest
import zxingcpp
from tests.builders import make_customer, make_equipment, make_issue, make_sheet
from tests.documents.reading import collisions, pages, pictures, sizes, squash

from osdesk.documents.orders.label import LABELS, STEPS
from osdesk.documents.papers import render_paper
from osdesk.domain.codes import Paper
from osdesk.domain.papers.facts import PAPERS

MM = 72 / 25.4
FORMS = PAPERS[Paper.LABEL].formats
LONG_NAME = make_customer(
    name="Maximiliano Augusto de Albuquerque Cavalcanti Bragança e Silva Neto"
)
ENDLESS = make_sheet(
    number=123_456_789,
    slot="gaveta " * 20,
    customer=make_customer(name="Maximiliano" * 18),
    equipment=make_equipment(model="modelo sem fim " * 20),
)
ORDERS = [
    make_sheet(),
    make_sheet(slot="A3", promised_time=None),
    make_sheet(number=7, promised_on=None, customer=make_customer(name="Ana 😀 漢字")),
    make_sheet(number=123_456_789, customer=LONG_NAME),
    ENDLESS,
]


def label(order, form):
    return render_paper(replace(make_issue(Paper.LABEL, order=order)), form, logo=None)


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("form", FORMS)
def test_number_and_code_are_whole_and_nothing_leaves_the_label(order, form):
    pdf = label(order, form)
    assert label(order, form) == pdf
    ((width, height),) = sizes(pdf)
    assert (width, height) == pytest.approx(LABELS[form], abs=0.01)
    (page,) = pages(pdf)
    assert page[0].text.strip() == str(order.number)
    assert page[0].size == max(line.size for line in page)
    assert collisions(page) == []
    code_top = height - 4.5 - min(step.code for step in STEPS)
    for line in page:
        assert line.left >= 4
        assert line.right <= width - 4
        assert line.top >= 4
        assert line.bottom <= code_top
    (picture,) = pictures(pdf, 203)
    (code,) = zxingcpp.read_barcodes(picture)
    assert (code.text, code.format) == (str(order.number), zxingcpp.BarcodeFormat.Code128)


@pytest.mark.parametrize("form", FORMS)
def test_long_texts_wrap_and_step_down_and_only_the_endless_are_cut_with_a_mark(form):
    def text(order):
        return squash("".join(line.text for line in pages(label(order, form))[0]))

    for order in ORDERS[:4]:
        assert "…" not in text(replace(order, reason="Pinga"))
        assert squash(order.customer.name.translate(str.maketrans("😀漢字", "□□□"))) in text(order)
        assert squash(order.equipment.title) in text(order)
    assert text(ENDLESS).count("…") == 3


@pytest.mark.parametrize("form", FORMS)
def test_what_is_wrong_and_what_was_left_stand_where_there_is_room(form):
    def lines(issue):
        return [line.text for line in pages(render_paper(issue, form, logo=None))[0]]

    order = make_sheet(
        customer=make_customer(name="Ana Prado"),
        equipment=make_equipment(kind="TV", brand=None, model=None, accessories="controle"),
        reason="Sem som",
    )
    issue = make_issue(Paper.LABEL, order=order)
    assert lines(issue)[-1] == "Sem som · com: controle"
    assert lines(replace(issue, edition=1))[-1] == "TV", "as it was printed then"
    long = replace(order, reason="Não liga depois da queda de luz de ontem à noite " * 6)
    assert lines(make_issue(Paper.LABEL, order=long))[-1].endswith("…")
    full = label(replace(ENDLESS, reason="Sem som"), form)
    assert "Sem som" not in "".join(line.text for line in pages(full)[0])


def test_the_promise_and_the_slot_are_said_where_there_are_any():
    words = squash("".join(line.text for line in pages(label(ORDERS[1], FORMS[0]))[0]))
    assert "para27/11A3" in words
    assert "para" not in "".join(line.text for line in pages(label(ORDERS[2], FORMS[0]))[0])


@pytest.mark.parametrize("form", FORMS)
def test_the_bars_take_the_width_that_there_is(form):
    (picture,) = pictures(label(make_sheet(number=10482), form), 203)
    (code,) = zxingcpp.read_barcodes(picture)
    place = code.position
    assert place.top_right.x - place.top_left.x > 0.7 * picture.width
