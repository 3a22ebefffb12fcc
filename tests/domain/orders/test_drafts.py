from dataclasses import replace
from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st
from tests.forms import order, service

from osdesk.domain.orders.drafts import DraftForm, HeldFile, draft_body, draft_from, over, words_of
from osdesk.domain.orders.forms import InstalmentForm, OrderForm


def test_a_draft_comes_back_as_it_was():
    form = order(
        requested_at=datetime(2026, 11, 24, 17, 32, tzinfo=UTC),
        checklist={"Liga?": "sim"},
        instalments=[InstalmentForm(date(2026, 12, 10), 5_000)],
        ceiling=30_000,
    )
    held = HeldFile("a" * 64, "frente.jpg", "image/jpeg", 1234)
    draft = DraftForm(form, order(reason="antes"), {"promised_on": "31/02"}, [held])
    assert draft_from(draft_body(draft)) == draft


@given(st.text(), st.text())
def test_any_text_is_kept_letter_by_letter(reason, loose):
    draft = DraftForm(order(reason=reason), OrderForm(), {"fee": loose})
    body = draft_body(draft)
    body.encode("utf-8")
    assert draft_from(body) == draft


def test_a_field_that_this_version_does_not_know_is_left_out():
    body = draft_body(DraftForm(order())).replace('"reason":', '"voucher": 1, "reason":')
    assert draft_from(body).form == order()


def test_it_is_named_by_what_was_typed():
    assert words_of(DraftForm(order(name="Ana"))) == ("Ana", "Lavadora Brastemp BWK12ABANA")
    assert words_of(DraftForm()) == ("", "")


def test_what_others_changed_meanwhile_stays():
    base = order()
    typed = order(reason="outro motivo", items=[service(5_000)])
    typed.equipment = replace(typed.equipment, brand="Consul")
    stored = order(reason="de antes", diagnosis="placa queimada", promised_on=date(2026, 12, 1))
    stored.customer = replace(stored.customer, email="maria@example.com")
    merged = over(stored, DraftForm(typed, base))
    assert merged.reason == "outro motivo"
    assert merged.items == [service(5_000)]
    assert merged.equipment.brand == "Consul"
    assert (merged.diagnosis, merged.promised_on) == ("placa queimada", date(2026, 12, 1))
    assert merged.customer.email == "maria@example.com"
    assert over(stored, DraftForm(base, base)) == stored
