"""A label or a paper is held under the scanner, wherever the hands are just then."""

import pytest

LABEL = "45"
PAPER = "OSDESK1|intake|45|1|2026-11-24|18000|" + "a" * 32


def scan(clerk, code):
    """As fast as a scanner types: no time passes between two letters."""
    scanner = clerk.window._scanner
    hands, scanner._last = scanner._clock, 0.0
    scanner._clock = lambda: 1.0
    clerk.type(code)
    clerk.press("Enter")
    scanner._clock = hands


@pytest.mark.parametrize("code", [LABEL, PAPER], ids=["label", "paper"])
def test_it_opens_from_the_list_from_another_page_and_from_another_order(clerk, code):
    clerk.press("F3")
    scan(clerk, code)
    assert clerk.window.current.number == 45
    clerk.press("Esc", "Down")
    assert clerk.is_at("ordersTable")
    scan(clerk, code)
    assert clerk.window.current.number == 45
    clerk.press("Esc", "Ctrl+2")
    scan(clerk, code)
    assert clerk.window.current.number == 45
    clerk.press("F3")
    clerk.type("12")
    clerk.press("Enter")
    name = clerk.see("customerName").text()
    assert clerk.is_at("customerName")
    scan(clerk, code)
    assert clerk.window.current.number == 45, "nothing was typed: nothing is asked"
    clerk.press("F3")
    clerk.type("12")
    clerk.press("Enter")
    assert clerk.see("customerName").text() == name


@pytest.mark.parametrize("code", [LABEL, PAPER], ids=["label", "paper"])
def test_what_was_typed_is_asked_about_first(clerk, sheet, code):
    clerk.press("F2")
    clerk.type("Ana Prado")
    scan(clerk, code)
    assert clerk.said("leaveBar") == "Há alterações não salvas."
    assert clerk.see("customerName").text() == "Ana Prado"
    clerk.go("leaveStay")
    clerk.press("Enter")
    assert clerk.window.current.number is None
    scan(clerk, code)
    clerk.go("leaveDiscard")
    clerk.press("Enter")
    assert clerk.window.current.number == 45


def test_a_number_scanned_into_its_own_field_stays_there(clerk):
    clerk.press("F2")
    clerk.go("equipmentSerial")
    scan(clerk, LABEL)
    assert clerk.see("equipmentSerial").text() == LABEL
    assert clerk.window.current.number is None
