"""A hundred and fifty things that a clerk types, and what must come up: ``vectors/searches.csv``.

The shop is small and each of its orders is in the way of another: numbers that are also parts of
phones, the same model in two spellings, streets called like people.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.conftest import NOW
from tests.vectors_csv import rows

from osdesk.domain.orders.forms import CustomerForm, EquipmentForm, OrderForm, PhoneForm
from osdesk.persistence.database import Database
from osdesk.persistence.store import open_store
from osdesk.services.orders.saving import add_order
from osdesk.services.orders.search import near_spellings, search_orders
from osdesk.services.shop.shop import save_shop, shop_form
from osdesk.services.shop.synonyms import save_synonyms

FIRST = 1190
# name, phones, document, e-mail, address | kind, brand, model, serial, second IMEI | reason, shelf,
# key in another system
SHOP = (
    (
        ("Maria das Dores Conceição", "(11) 98765-4321", "52998224725", "maria.dores@gmail.com",
         "Rua das Palmeiras, 210 · Centro · São Paulo/SP"),
        ("Lavadora", "Brastemp", "BWK12ABANA", "CX-0341187", None),
        ("Não centrifuga e faz barulho alto no final do ciclo.", "A3", None),
    ),
    (
        ("Thiago Souza Lima", "(11) 99119-8000", None, "thiago.constantino@empresa.com.br", None),
        ("Celular", "Apple", "iPhone 13", "353012345678908", "353012345678916"),
        ("Tela trincada depois de queda", "B12", "LOJA-778"),
    ),
    (
        ("Padaria Pão da Vila Ltda.", "(11) 3222-4455 / (11) 3222-4456", "12345678000195", None,
         "Av. Maria Antônia, 1500 · Boa Vista"),
        ("Refrigerador", "Consul", "CRM-50 HB", "JK7711223", None),
        ("Não gela, faz estalos", "D1", None),
    ),
    (
        ("José Antônio da Silva", "(21) 2555-1198", None, None, "Travessa do Comércio, 15"),
        ("Ar-condicionado", "Springer", "Split 9.000 BTU", "AC-99.120/7", None),
        ("Pinga água dentro da sala", "E2", None),
    ),
    (
        ("Luiz Gonzaga Sá", "(85) 99123-4567", "11144477735", "luiz@exemplo.com.br", None),
        ("Micro-ondas", "Panasonic", "NN-ST27", "MS3095", None),
        ("Prato não gira", "A11", None),
    ),
    (
        ("Kátia Regina D'Ávila", "(11) 97000-1194", None, None, None),
        ("Celular", "Samsung", "Galaxy A54 5G", "350000000054321", None),
        ("Conector frouxo, carrega só de lado", "B2", None),
    ),
    (
        ("Vítor Matheus Araújo", "+55 (11) 96666-7777", None, None, "Rua São João, 77, apto 42"),
        ("Notebook", "Dell", "Inspiron 15 3000", "7KXZ01", None),
        ("Desliga sozinho; fonte de 65 W", "C7", "PED/2026-19"),
    ),
    (
        ("Antônia Gonçalves", "(11) 95555-0000", None, None, None),
        ("TV", "LG", "43UQ7500", "206AZ1198", None),
        ("Tem som e não tem imagem", "D4", None),
    ),
    (
        ("Wesley Philipe Brandão", "(11) 94444-1111", None, "wesley_brandao@hotmail.com", None),
        ("Impressora", "HP", "DeskJet 2774", "BR9CXL4", None),
        ("Puxa várias folhas", "C2", None),
    ),
    (
        ("\u2066Ana\u2069 Beatriz Prado", "(11) 93333-2222; (13) 3456-7890", None, None, None),
        ("Micro-ondas", "LG", "MS3095L", "502KW12", None),
        ("Solta faíscas", "A2", None),
    ),
    (
        ("Maria Aparecida Souza", "(11) 98765-0001", None, None, "Rua Thiago de Mello, 9"),
        ("Lavadora de alta pressão", "Kärcher", "K 2 Basic", "01K-222", None),
        ("Vaza pela pistola; 1.600 PSI", "F9", None),
    ),
    (
        ("O'Brien & Filhos ME", "0800 123 4567", None, None, None),
        ("Caixa de som", "JBL", "Flip 5", "TL0123-AB", None),
        ("Não pareia por Bluetooth", None, None),
    ),
)  # fmt: skip
SEARCHES = rows("searches.csv")
NEAR = rows("near_spellings.csv")


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    folder: Path = tmp_path_factory.mktemp("searches") / "shop"
    store = open_store(folder, write=True, create=True, clock=lambda: NOW)
    form = store.database.read(shop_form)
    form.next_number = FIRST
    store.database.run(save_shop, form, now=NOW, author=None)
    for (name, phone, document, email, address), device, (reason, slot, ref) in SHOP:
        kind, brand, model, serial, imei2 = device
        order = OrderForm(
            customer=CustomerForm(name, [PhoneForm(phone)], document, email, address),
            equipment=EquipmentForm(kind, brand, model, serial, imei2),
            service_type="Conserto",
            reason=reason,
            slot=slot,
            external_ref=ref,
        )
        store.database.run(add_order, order, now=NOW, author=None)
    words = "fogão, cooktop"
    store.database.run(save_synonyms, None, words, active=True, now=NOW, author=None)
    yield store.database
    store.close()


def test_there_are_as_many_as_were_asked():
    assert len(SEARCHES) >= 150
    assert len({row["typed"] for row in SEARCHES}) == len(SEARCHES)


@pytest.mark.parametrize("row", SEARCHES, ids=[row["typed"] for row in SEARCHES])
def test_what_is_typed_finds(shop: Database, row: dict[str, str]) -> None:
    found = [str(each.number) for each in shop.read(search_orders, row["typed"], now=NOW)]
    assert found == row["orders"].split(), row["why"]


@pytest.mark.parametrize("row", NEAR, ids=[row["typed"] for row in NEAR])
def test_nothing_found_offers_what_is_spelt_nearly_so(shop: Database, row: dict[str, str]) -> None:
    assert shop.read(search_orders, row["typed"], now=NOW) == []
    assert shop.read(near_spellings, row["typed"]) == row["offers"].split("|")
    for offer in row["offers"].split("|"):
        assert shop.read(search_orders, offer, now=NOW) != []


def test_nothing_is_offered_for_what_is_near_to_nothing(shop: Database) -> None:
    for typed in ("xqzvkw", "123456789", "", "zz", "maria xqzvkw", "☎"):
        assert shop.read(near_spellings, typed) == [], typed
