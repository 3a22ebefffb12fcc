"""Frozen versions: what each paper covers, when it is a new one, what a QR is held to."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from tests.conftest import NOW
from tests.forms import APPROVAL, COLLECTED, order, part, service

from osdesk.domain.chain import canonical_json, sha256_hex
from osdesk.domain.codes import EventCode, Paper, PaymentMethod
from osdesk.domain.default_texts import TEXTS
from osdesk.domain.errors import UserError
from osdesk.domain.frozen import to_plain
from osdesk.domain.orders.forms import OrderForm, PaymentForm, StepForm
from osdesk.domain.orders.status import Status
from osdesk.domain.papers.facts import FIRST_FORM, covered, covered_as
from osdesk.domain.views.orders import IssuedPaper, Verification
from osdesk.persistence.database import Database
from osdesk.persistence.models import Event
from osdesk.persistence.models import IssuedPaper as PaperRow
from osdesk.services.orders.forms import load_form
from osdesk.services.orders.payments import pay_order, reverse_payment
from osdesk.services.orders.saving import add_order, edit_order
from osdesk.services.orders.steps import move_order, reopen_order
from osdesk.services.papers.papers import draft_paper, issue_paper, issued_already, verify_code
from osdesk.services.shop.shop import save_shop, shop_form, shop_view

WHO: dict[str, Any] = {"now": NOW, "author": None}
LATER = NOW + timedelta(days=3)


def add(db: Database, **changes: Any) -> int:
    return db.run(add_order, order(**changes), **WHO).number


def edit(db: Database, number: int, **changes: Any) -> None:
    form: OrderForm = db.read(load_form, number)
    parts = {"customer": form.customer, "equipment": form.equipment}
    for key, value in changes.items():
        if isinstance(value, dict) and key in parts:
            changes[key] = replace(parts[key], **value)
    db.run(edit_order, number, replace(form, **changes), **WHO)


def issue(db: Database, number: int, paper: Paper = Paper.INTAKE, **more: Any) -> IssuedPaper:
    return db.run(issue_paper, number, paper, **({"now": NOW, "author": None} | more))


def already(db: Database, number: int, paper: Paper = Paper.INTAKE) -> IssuedPaper | None:
    return db.read(issued_already, number, paper, now=LATER)


def code_of(issued: IssuedPaper) -> str:
    """What the QR says; the drawing makes it so and its own test holds it to that."""
    return "|".join(
        (
            "OSDESK1",
            issued.paper.value,
            str(issued.number),
            str(issued.version),
            issued.issued_on.isoformat(),
            str(issued.total),
            issued.sha256[:32],
        )
    )


def verify(db: Database, issued: IssuedPaper) -> Verification:
    return db.read(verify_code, code_of(issued), now=LATER)


def deliver(db: Database) -> int:
    number = add(db)
    db.run(pay_order, number, PaymentForm(37_000, PaymentMethod.PIX), **WHO)
    for to in (Status.APPROVED, Status.IN_PROGRESS, Status.READY):
        db.run(move_order, number, to, APPROVAL, **WHO)
    db.run(move_order, number, Status.DELIVERED, COLLECTED, **WHO)
    return number


def test_an_unchanged_paper_is_the_version_issued_before(db: Database) -> None:
    number = add(db)
    assert already(db, number) is None
    first = issue(db, number)
    assert (first.version, first.issued_at, first.issued_on) == (1, NOW, date(2026, 11, 24))
    assert issue(db, number, now=LATER) == first
    assert already(db, number) == first
    told = select(func.count()).select_from(Event).where(Event.code == EventCode.PAPER_ISSUED)
    assert db.read(lambda s: s.scalar(told)) == 1, "printing again is no event"


CHANGES = [
    ({"customer": {"name": "Outra Pessoa"}}, "customer"),
    ({"customer": {"phones": []}}, "customer"),
    ({"customer": {"document": "52998224725"}}, "customer"),
    ({"equipment": {"serial": "Z9"}}, "equipment"),
    ({"equipment": {"accessories": "com mangueira"}}, "equipment"),
    ({"reason": "Não liga"}, "reason"),
    ({"service_type": "Limpeza"}, "service_type"),
    ({"requested_at": NOW - timedelta(hours=1)}, "requested_at"),
    ({"promised_on": date(2026, 11, 28)}, "promised_on"),
    ({"promised_time": "18:00"}, "promised_time"),
    ({"items": [service(), part(19_001)]}, "items"),
    ({"items": [service(), part(quantity=2_000)]}, "items"),
    ({"items": [service(warranty_days=180), part()]}, "items"),
    ({"discount": 1}, "discount"),
    ({"fee": 5_000}, "fee"),
    ({"checklist": {"Liga?": "não"}}, "checklist"),
]


@pytest.mark.parametrize(("changes", "key"), CHANGES)
def test_a_change_of_what_the_intake_promises_is_a_new_version(
    db: Database, changes: dict[str, Any], key: str
) -> None:
    number = add(db)
    first = issue(db, number)
    before = db.read(load_form, number)
    edit(db, number, **changes)
    told = verify(db, first)
    assert (told.outcome, told.changed) == ("changed", (key,))
    second = issue(db, number, now=LATER)
    assert second.version == 2
    assert verify(db, second).outcome == "equal"
    db.run(edit_order, number, before, **WHO)
    assert verify(db, first).outcome == "equal", "what was signed is the record again"
    assert issue(db, number, now=LATER) == first


@pytest.mark.parametrize(
    "changes",
    [
        {"technician": "Rui"},
        {"notes": "nota"},
        {"customer": {"notes": "nota"}},
        {"slot": "A1"},
        {"diagnosis": "placa"},
        {"report": "trocada"},
        {"external_ref": "x"},
        {"due_on": date(2026, 12, 1)},
        {"start_on": date(2026, 11, 24)},
        {"items": [service(technician="Rui"), part(unit_cost=1)]},
    ],
)
def test_what_is_not_promised_is_not_covered(db: Database, changes: dict[str, Any]) -> None:
    number = add(db)
    first = issue(db, number)
    edit(db, number, **changes)
    db.run(move_order, number, Status.AWAITING_APPROVAL, APPROVAL, **WHO)
    db.run(pay_order, number, PaymentForm(100, PaymentMethod.PIX), **WHO)
    assert verify(db, first).outcome == "equal"
    assert already(db, number) == first


def test_the_sheet_is_what_was_printed_whatever_comes_after(db: Database) -> None:
    number = add(db, notes="primeira")
    issue(db, number)
    edit(db, number, notes="segunda")
    again = already(db, number)
    assert again is not None
    assert again.order.notes == "primeira", "drawn again byte for byte"


def test_the_shops_terms_are_part_of_what_is_signed(db: Database) -> None:
    number = add(db)
    first = issue(db, number)
    form = db.read(shop_form)
    db.run(save_shop, replace(form, tagline="Outra frase"), **WHO)
    assert verify(db, first).outcome == "equal"
    db.run(save_shop, replace(db.read(shop_form), terms_intake="Novos termos."), **WHO)
    assert verify(db, first).changed == ("terms",)
    assert issue(db, number).version == 2


def test_a_delivery_is_of_a_delivered_order(db: Database) -> None:
    number = add(db)
    with pytest.raises(UserError) as caught:
        issue(db, number, Paper.DELIVERY)
    assert caught.value.code == "not_delivered"
    number = deliver(db)
    first = issue(db, number, Paper.DELIVERY)
    assert verify(db, first).outcome == "equal"
    edit(db, number, notes="ligou")
    assert verify(db, first).outcome == "equal"
    edit(db, number, report="Outro laudo")
    assert verify(db, first).changed == ("report",)
    db.run(reopen_order, number, reason="engano", **WHO)
    assert verify(db, first).changed == ("delivered_on",)


def test_each_payment_has_its_receipt(db: Database) -> None:
    number = add(db)
    with pytest.raises(UserError) as caught:
        issue(db, number, Paper.RECEIPT)
    assert caught.value.code == "no_payment"
    paid = [
        db.run(pay_order, number, PaymentForm(amount, PaymentMethod.PIX), **WHO)
        for amount in (100, 200)
    ]
    newest = issue(db, number, Paper.RECEIPT)
    assert (newest.total, newest.version) == (200, 1)
    assert newest.payment is not None
    assert newest.payment.id == paid[1]
    first = issue(db, number, Paper.RECEIPT, payment_id=paid[0])
    assert (first.total, first.version) == (100, 2)
    back = db.run(reverse_payment, number, paid[1], reason="x", **WHO)
    assert issue(db, number, Paper.RECEIPT) == first, "the newest that stands"
    assert issue(db, number, Paper.RECEIPT, payment_id=back).total == -200
    for receipt in (newest, first):
        assert verify(db, receipt).outcome == "equal"
    edit(db, number, items=[service(), part(), service(100)])
    assert verify(db, newest).outcome == "equal", "a receipt is about its money"
    with pytest.raises(UserError) as caught:
        issue(db, number, Paper.RECEIPT, payment_id=99)
    assert caught.value.code == "payment_not_found"


def test_a_code_is_held_to_every_part(db: Database) -> None:
    issued = issue(db, add(db))
    good = code_of(issued).split("|")
    assert db.read(verify_code, "|".join(good), now=NOW).outcome == "equal"
    for place, value, outcome in (
        (0, "OSDESK2", "foreign"),
        (1, "bill", "foreign"),
        (1, "receipt", "unknown"),
        (2, "2", "unknown"),
        (2, "-1", "foreign"),
        (2, "x", "foreign"),
        (3, "2", "unknown"),
        (3, "", "foreign"),
        (4, "2026-11-25", "unknown"),
        (5, "1", "unknown"),
        (6, "0" * 32, "unknown"),
        (6, good[6][:-1], "unknown"),
        (6, good[6] + "|x", "foreign"),
    ):
        bad = [*good[:place], value, *good[place + 1 :]]
        assert db.read(verify_code, "|".join(bad), now=NOW).outcome == outcome, bad


@pytest.mark.parametrize("code", ["", "https://exemplo.com.br", "||||||", "OSDESK1", "²" * 7])
def test_any_other_code_is_foreign(db: Database, code: str) -> None:
    assert db.read(verify_code, code, now=NOW).outcome == "foreign"


def test_digits_that_no_number_has(db: Database) -> None:
    issue(db, add(db))
    for number in ("²", "1²", "9" * 30):
        code = f"OSDESK1|intake|{number}|1|2026-11-24|37000|{'0' * 32}"
        assert db.read(verify_code, code, now=NOW).outcome == "foreign"


def test_a_later_wording_of_our_defaults_changes_nothing_that_was_issued(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = add(db)
    issued = issue(db, number, Paper.QUOTE)
    monkeypatch.setitem(TEXTS, "terms_quote", "Outras palavras de um programa mais novo.")
    assert verify(db, issued).outcome == "equal"
    assert already(db, number, Paper.QUOTE) == issued


def test_an_intake_printed_after_a_refusal_still_sums_its_lines(db: Database) -> None:
    number = add(db, fee=5_000)
    db.run(move_order, number, Status.UNREPAIRABLE, StepForm(), **WHO, form=with_report(db, number))
    issued = issue(db, number)
    assert (issued.total, issued.order.total, issued.order.balance) == (37_000, 37_000, 37_000)
    assert verify(db, issued).outcome == "equal"


def with_report(db: Database, number: int) -> OrderForm:
    return replace(db.read(load_form, number), report="Placa sem reposição.")


ANSWERS = {"Liga?": "sim", "Tela inteira?": "não", "Carrega?": "não testado"}


def as_first_released(session: Session, number: int, paper: Paper = Paper.INTAKE) -> None:
    """Freeze a paper of the order as the first releases did: the answers by name, of the
    entry only the moment."""
    draft = draft_paper(session, number, paper, now=NOW)
    now = covered(paper, shop_view(session), draft.order, None)
    content = covered_as(FIRST_FORM, now)
    canonical = canonical_json(content)
    sheet = to_plain(replace(draft, sha256=sha256_hex(canonical)))
    del sheet["edition"], sheet["order"]["requested_on"]
    session.add(
        PaperRow(
            order_id=draft.order.id,
            paper=draft.paper,
            version=draft.version,
            issued_at=draft.issued_at,
            issued_on=draft.issued_on,
            total=draft.total,
            canonical=canonical,
            sheet=canonical_json(sheet),
            sha256=sha256_hex(canonical),
        )
    )


def test_a_checklist_keeps_its_order_on_the_record_and_on_paper(db: Database) -> None:
    number = add(db, checklist=ANSWERS)
    assert list(db.read(load_form, number).checklist.items()) == list(ANSWERS.items())
    issued = issue(db, number)
    assert list(issued.order.checklist.items()) == list(ANSWERS.items())
    again = already(db, number)
    assert again is not None
    assert list(again.order.checklist.items()) == list(ANSWERS.items())
    edit(db, number, checklist=dict(sorted(ANSWERS.items())))
    assert issue(db, number).version == 2


def test_a_version_of_the_first_releases_stays_in_force_and_verified(db: Database) -> None:
    number = add(db, checklist=ANSWERS)
    db.run(as_first_released, number)
    before = already(db, number)
    assert before is not None
    assert (before.version, before.edition) == (1, 1)
    assert issue(db, number) == before
    assert db.read(verify_code, code_of(before), now=LATER).outcome == "equal"
    edit(db, number, checklist=ANSWERS | {"Liga?": "não"})
    assert db.read(verify_code, code_of(before), now=LATER).changed == ("checklist",)
    assert issue(db, number).version == 2
    edit(db, number, checklist=ANSWERS)
    assert issue(db, number).version == 1


def test_a_label_that_told_no_reason_stays_in_force_and_verified(db: Database) -> None:
    number = add(db)
    db.run(as_first_released, number, Paper.LABEL)
    before = already(db, number, Paper.LABEL)
    assert before is not None
    edit(db, number, reason="Outro motivo")
    assert db.read(verify_code, code_of(before), now=LATER).outcome == "equal"
    assert issue(db, number, Paper.LABEL) == before
    edit(db, number, slot="A3")
    second = issue(db, number, Paper.LABEL)
    assert second.version == 2
    edit(db, number, reason="Mais outro")
    assert db.read(verify_code, code_of(second), now=LATER).changed == ("reason",)


def test_a_sheet_frozen_without_its_day_of_entry_has_that_of_its_own_zone(db: Database) -> None:
    """The first releases kept only the moment; the zone that counts is the one of that paper."""
    number = add(db, requested_at=NOW.replace(day=20, hour=2, minute=30))
    db.run(as_first_released, number)
    form = replace(db.read(shop_form), zone="America/Noronha")
    db.run(save_shop, form, **WHO)
    before = already(db, number)
    assert before is not None
    assert before.order.requested_on == date(2026, 11, 19)


def set_fees(db: Database, fine: int, interest: int) -> None:
    form = replace(db.read(shop_form), fine_bp=fine, interest_bp=interest)
    db.run(save_shop, form, **WHO)


def test_late_fees_are_agreed_on_what_is_signed_and_bind_nobody_who_signed_before(
    db: Database,
) -> None:
    number = add(db)
    db.run(as_first_released, number)
    before = already(db, number)
    assert before is not None
    set_fees(db, 200, 100)
    assert db.read(verify_code, code_of(before), now=LATER).outcome == "equal"
    assert issue(db, number) == before, "what was signed stays in force"
    edit(db, number, reason="Outro motivo")
    second = issue(db, number)
    assert (second.version, second.shop.fine_bp) == (2, 200)
    assert db.read(verify_code, code_of(second), now=LATER).outcome == "equal"
    set_fees(db, 0, 0)
    assert db.read(verify_code, code_of(second), now=LATER).changed == ("late_rates",)
