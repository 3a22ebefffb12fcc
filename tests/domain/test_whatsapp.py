"""The link names one phone of Brazil and carries the text letter by letter."""

from urllib.parse import parse_qs, urlsplit

import pytest

from osdesk.domain.views.orders import PhoneView
from osdesk.domain.whatsapp import whatsapp_digits, whatsapp_link

MOBILE, OTHER, FIXED = "(11) 98765-4321", "(21) 99888-7766", "(11) 3222-4455"


@pytest.mark.parametrize(
    ("phones", "digits"),
    [
        ([], None),
        ([(FIXED, None)], None),
        ([(FIXED, "WhatsApp")], "1132224455"),
        ([(FIXED, None), (MOBILE, "celular"), (OTHER, None)], "11987654321"),
        ([(MOBILE, None), (OTHER, "Whats da esposa")], "21998887766"),
        ([("0800 123", "WhatsApp")], None),
    ],
)
def test_which_phone(phones: list[tuple[str, str | None]], digits: str | None) -> None:
    assert whatsapp_digits([PhoneView(*phone) for phone in phones]) == digits


def test_the_text_comes_back_as_it_was() -> None:
    text = "Olá, Conceição!\nSaldo: R$\u00a0130,00 & só isso? 100% #1 + 🙂"
    link = urlsplit(whatsapp_link("11987654321", text))
    assert (link.scheme, link.netloc, link.path) == ("https", "wa.me", "/5511987654321")
    assert parse_qs(link.query) == {"text": [text]}
