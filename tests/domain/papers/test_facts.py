"""What is known of each paper, and what it covers: old hashes stay for ever; no price where none
is shown."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from tests.builders import make_delivered, make_equipment, make_payment, make_sheet, make_shop
from tests.domain.first_terms import TERMS_DELIVERY, TERMS_INTAKE

from osdesk.domain.chain import canonical_json, sha256_hex
from osdesk.domain.codes import Paper
from osdesk.domain.orders.status import Status
from osdesk.domain.papers.facts import (
    FIRST_FORM,
    PAPERS,
    covered,
    covered_as,
    papers_now,
    papers_of_all,
    usual_paper,
)
from osdesk.domain.views.orders import ApprovalView, NoteView
from osdesk.texts import COVERED

FIRST = {
    Paper.INTAKE: "4f631cfce856e8468ff6076d4f8d6f028ab3081459227c902e674c06a8fc90cd",
    Paper.DELIVERY: "ea1d9a3a7012b923492242c1a53f99f5175e14a803e7ba164a0da0567c1c52cc",
    Paper.RECEIPT: "02f2b5e661f45e5bc91abad50001f4c28ca10d5a5399040a21f5936bea2fb9cf",
}
"""The hashes of the first release, of these very shapes."""


@pytest.mark.parametrize("paper", FIRST)
def test_the_hash_of_what_was_signed_before_stays(paper):
    order = {
        Paper.INTAKE: make_sheet(fee=5000, checklist={"Liga?": "não"}),
        Paper.DELIVERY: make_delivered(),
        Paper.RECEIPT: make_sheet(),
    }[paper]
    payment = make_payment() if paper is Paper.RECEIPT else None
    shop = make_shop(terms_intake=TERMS_INTAKE, terms_delivery=TERMS_DELIVERY)
    content = covered_as(FIRST_FORM, covered(paper, shop, order, payment))
    assert sha256_hex(canonical_json(content)) == FIRST[paper]


def test_a_ceiling_is_covered_where_one_is_set():
    assert "ceiling" not in covered(Paper.INTAKE, make_shop(), make_sheet(), None)
    capped = covered(Paper.INTAKE, make_shop(), make_sheet(ceiling=30000), None)
    assert capped["ceiling"] == 30000


def test_late_fees_are_covered_where_the_shop_asks_some():
    shop = make_shop(fine_bp=200, interest_bp=100)
    for paper in Paper:
        content = covered(paper, shop, make_delivered(), make_payment())
        assert content.get("late_rates") == ([200, 100] if PAPERS[paper].late_rates else None)
    assert "late_rates" not in covered(Paper.INTAKE, make_shop(), make_sheet(), None)


def test_what_the_terms_cite_is_covered_with_them():
    shop = make_shop(terms_intake="OS {numero}, {saldo}, {apelido}")
    content = covered(Paper.INTAKE, shop, make_sheet(), None)
    assert content["terms"] == shop.terms_intake
    assert content["fields"] == {"numero": "10482"}
    assert "fields" not in covered(Paper.INTAKE, make_shop(), make_sheet(), None)


@pytest.mark.parametrize("paper", [Paper.TECHNICIAN, Paper.LABEL])
def test_no_price_and_no_payment_is_in_what_shows_none(paper):
    order = make_sheet(fee=5000, discount=100)
    content = covered(paper, make_shop(), order, None)
    dearer = make_sheet(
        fee=1,
        payments=(),
        items=tuple(replace(item, unit_price=1, discount=0) for item in order.items),
    )
    assert covered(paper, make_shop(payment_terms="x"), dearer, None) == content


def test_a_label_covers_number_name_device_promise_slot_reason_and_accessories():
    content = covered(Paper.LABEL, make_shop(), make_sheet(), None)
    assert content["customer"] == "Maria das Dores Conceição"
    assert content["equipment"] == "Lavadora Brastemp BWK12ABANA"
    assert covered(Paper.LABEL, make_shop(), make_sheet(reason="outro"), None) != content
    before = covered_as({"paper": "label"}, content)
    assert set(content) - set(before) == {"reason", "accessories"}, "as the first releases covered"
    intake = covered(Paper.INTAKE, make_shop(), make_sheet(), None)
    assert covered_as({"checklist": {}}, intake)["reason"] == intake["reason"]
    assert covered(Paper.LABEL, make_shop(), make_sheet(slot="A3"), None) != content
    scratched = make_sheet(equipment=make_equipment(condition="novo"))
    assert covered(Paper.LABEL, make_shop(), scratched, None) == content


NOW = datetime(2026, 11, 24, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"payments": ()}, "payments"),
        ({"diagnosis": "placa"}, "diagnosis"),
        ({"report": "trocada"}, "report"),
        ({"approval": ApprovalView("Maria", "phone", NOW, None)}, "approval"),
        ({"ready_on": date(2026, 11, 26)}, "ready_on"),
        ({"log": (NoteView(NOW, None, True, "ligou"),)}, "log"),
        ({"technician": "Rui"}, "technician"),
        ({"due_on": date(2026, 12, 1)}, "due_on"),
    ],
)
def test_the_whole_order_covers_what_it_shows(changes, key):
    before = covered(Paper.FULL, make_shop(), make_sheet(), None)
    after = covered(Paper.FULL, make_shop(), make_sheet(**changes), None)
    assert [name for name in before if before[name] != after[name]] == [key]


def test_the_approval_is_covered_in_the_form_of_the_first_release():
    word = ApprovalView("Maria", "phone", NOW, None, "Maria")
    content = covered(Paper.FULL, make_shop(), make_sheet(approval=word), None)
    assert set(content["approval"]) == {"by", "via", "at", "author"}


def test_what_the_price_fell_by_is_covered_where_it_fell():
    plain = covered(Paper.FULL, make_shop(), make_sheet(), None)
    assert not {"allowance", "late_fees"} & set(plain)
    charged = covered(Paper.FULL, make_shop(), make_sheet(allowance=5, late_fees=7), None)
    assert (charged["allowance"], charged["late_fees"]) == (5, 7)


def test_payments_are_covered_in_the_form_of_the_first_release():
    (paid,) = covered(Paper.FULL, make_shop(), make_sheet(), None)["payments"]
    assert "late_fees" not in paid
    assert paid["amount"] == 15000


def test_several_orders_share_the_papers_that_all_of_them_have():
    ready, delivered, received = Status.READY, Status.DELIVERED, Status.RECEIVED
    assert papers_of_all([delivered, delivered])[0] is Paper.DELIVERY, "the usual one of all"
    mixed = papers_of_all([ready, delivered])
    assert mixed[0] is Paper.INTAKE
    assert not {Paper.DELIVERY, Paper.NOTICE, Paper.RECEIPT} & set(mixed)
    assert Paper.NOTICE in papers_of_all([ready])
    for statuses in ([received], [ready, received], list(Status)):
        assert {Paper.LABEL, Paper.TECHNICIAN, Paper.INTAKE} < set(papers_of_all(statuses))


@pytest.mark.parametrize("paper", list(Paper))
def test_every_covered_part_has_a_name_to_be_told_by(paper):
    order = make_delivered(ceiling=1, allowance=1, late_fees=1)
    keys = covered(paper, make_shop(terms_intake="{loja}"), order, make_payment())
    silent = {"paper", "shop", "number", "payment", "receipt", "kind"}
    assert [key for key in keys if key not in silent and key not in COVERED] == []


@pytest.mark.parametrize("paper", Paper)
def test_every_paper_has_its_facts(paper: Paper) -> None:
    facts = PAPERS[paper]
    assert facts.formats
    assert facts.copies
    assert (facts.statuses == frozenset(Status)) == (facts.refusal == ""), "who is refused is told"
    assert facts.usual_for <= facts.statuses
    for told in ("name", "title", "file"):
        assert [each for each in PAPERS if getattr(PAPERS[each], told) == getattr(facts, told)] == [
            paper
        ]


def test_each_moment_of_an_order_has_one_usual_paper() -> None:
    for status in Status:
        assert sum(status in facts.usual_for for facts in PAPERS.values()) == 1


def test_no_two_papers_cover_the_same() -> None:
    """A new paper that was given another's content by mistake would be verified by it."""
    order = make_delivered(ceiling=1)
    shop = make_shop(terms_intake="{loja}")
    contents = [covered(paper, shop, order, make_payment()) for paper in Paper]
    keys = [frozenset(content) - {"terms", "fields"} for content in contents]
    assert len(set(keys)) == len(Paper)


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("paid", [False, True])
def test_the_usual_paper_comes_first_and_can_be_made(status: Status, paid: bool) -> None:
    papers = papers_now(status, paid=paid)
    assert papers[0] is usual_paper(status)
    assert (Paper.RECEIPT in papers) == paid
    assert Paper.INTAKE in papers
    assert len(set(papers)) == len(papers)
    for paper in papers:
        assert status in PAPERS[paper].statuses


@pytest.mark.parametrize(
    ("status", "paper"),
    [
        (Status.RECEIVED, Paper.INTAKE),
        (Status.AWAITING_APPROVAL, Paper.QUOTE),
        (Status.IN_PROGRESS, Paper.INTAKE),
        (Status.READY, Paper.INTAKE),
        (Status.DELIVERED, Paper.DELIVERY),
        (Status.DECLINED, Paper.UNSERVICED),
        (Status.UNREPAIRABLE, Paper.UNSERVICED),
        (Status.RETURNED, Paper.UNSERVICED),
        (Status.CANCELLED, Paper.INTAKE),
    ],
)
def test_what_f9_prints(status: Status, paper: Paper) -> None:
    assert usual_paper(status) is paper
