"""Who comes to the demonstration shop, and with what: invented people with valid numbers."""

import json
from functools import cache
from random import Random
from typing import Any

from osdesk.domain.orders.forms import CustomerForm, EquipmentForm, PhoneForm
from osdesk.paths import resource

CPF_STRIDE = 387_420_489
"""Odd and not a multiple of five: multiples of it run through all nine-digit numbers once."""
CATEGORY = {
    "Tablet": "Celular",
    "Monitor": "TV",
    "Caixa de som": "Áudio",
    "Furadeira": "Ferramenta",
    "Parafusadeira": "Ferramenta",
    "Esmerilhadeira": "Ferramenta",
    "Lavadora de alta pressão": "Ferramenta",
    "Liquidificador": "Geral",
    "Ventilador": "Geral",
    "Aspirador de pó": "Geral",
}
"""Price list of a kind of device, where it is not called like the device."""


@cache
def vocabulary() -> dict[str, Any]:
    text = resource("demo", "vocabulary.json").read_text("utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def make_person(rng: Random, index: int) -> CustomerForm:
    """A person or a company; no two with different ``index`` have the same document."""
    words = vocabulary()
    company = rng.random() < 0.08
    if company:
        name = f"{rng.choice(words['companies'])} {rng.choice(('Ltda.', 'ME', 'EPP'))}"
    else:
        middle = f" {rng.choice(words['surnames'])}" if rng.random() < 0.6 else ""
        name = f"{rng.choice(words['first_names'])}{middle} {rng.choice(words['surnames'])}"
    ddd = "11" if rng.random() < 0.9 else rng.choice(("12", "13", "19", "21"))
    if company and rng.random() < 0.5:
        local = f"{rng.choice('345')}{rng.randrange(1_000_000, 9_999_999)}"
    else:
        local = f"9{rng.choice('6789')}{rng.randrange(10_000_000):07d}"
    label = "WhatsApp" if len(local) == 9 else None
    document = None
    if rng.random() < 0.7:
        document = _cnpj(index) if company else _cpf(index)
    street, district = rng.choice(words["streets"]), rng.choice(words["districts"])
    address = None
    if rng.random() < 0.4:
        address = f"{street}, {rng.randrange(10, 2000)} · {district} · São Paulo/SP"
    return CustomerForm(
        name=name,
        phones=[PhoneForm(f"({ddd}) {local[:-4]}-{local[-4:]}", label)],
        document=document,
        email=f"cliente{index + 1}@example.com" if rng.random() < 0.25 else None,
        address=address,
    )


def make_device(rng: Random) -> EquipmentForm:
    kind, brand, model, identifier = rng.choice(vocabulary()["devices"])
    serial = None
    if identifier == "imei":
        serial = make_serial(rng, imei=True)
    elif identifier == "serie" and rng.random() < 0.7:
        serial = make_serial(rng, imei=False)
    return EquipmentForm(kind=kind, brand=brand, model=model, serial=serial)


def make_serial(rng: Random, *, imei: bool) -> str:
    if not imei:
        letters = "".join(rng.choices("ABCDEFGHJKLMNPRSTUVWXYZ", k=2))
        return f"{letters}{rng.randrange(10_000_000):07d}"
    digits = [3, 5, *(rng.randrange(10) for _ in range(12))]
    doubled = sum(sum(divmod(2 * digit, 10)) for digit in digits[1::2])
    check = -(sum(digits[0::2]) + doubled) % 10
    return "".join(map(str, (*digits, check)))


def _cpf(index: int) -> str:
    digits = f"{(index + 1) * CPF_STRIDE % 1_000_000_000:09d}"
    for _ in range(2):
        weights = range(len(digits) + 1, 1, -1)
        rest = sum(int(d) * w for d, w in zip(digits, weights, strict=True)) % 11
        digits += "0" if rest < 2 else str(11 - rest)
    return digits


def _cnpj(index: int) -> str:
    digits = f"{(index + 1) * CPF_STRIDE % 99_999_989 + 1:08d}0001"
    for _ in range(2):
        weights = [2 + place % 8 for place in range(len(digits))][::-1]
        rest = sum(int(d) * w for d, w in zip(digits, weights, strict=True)) % 11
        digits += "0" if rest < 2 else str(11 - rest)
    return digits
