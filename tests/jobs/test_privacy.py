"""A person's data: taken along whole, and erased so that no byte of the folder tells of them."""

import json
import os
from datetime import UTC, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import NOW
from tests.documents.reading import pages
from tests.forms import order, service
from tests.jobs.test_files import picture

from osdesk.domain.codes import (
    ApprovalVia,
    FileKind,
    NoticeChannel,
    Paper,
    PaperFormat,
    PaymentMethod,
)
from osdesk.domain.errors import UserError
from osdesk.domain.orders.drafts import DraftForm, HeldFile
from osdesk.domain.orders.forms import (
    CustomerForm,
    NoticeForm,
    PaymentForm,
    PhoneForm,
    StepForm,
)
from osdesk.domain.orders.status import Status
from osdesk.jobs.backup import back_up, restore
from osdesk.jobs.check import check
from osdesk.jobs.files import keep_file
from osdesk.jobs.papers import make_paper, verify_file
from osdesk.jobs.privacy import (
    anonymise_people,
    anonymise_person,
    drop_unused_files,
    export_person,
)
from osdesk.persistence.backup import backups_in, last_backup
from osdesk.persistence.folder import set_aside
from osdesk.persistence.store import Store, open_store
from osdesk.services.customers.customers import customer_view, save_customer
from osdesk.services.customers.merging import merge_customers, unmerge_customer
from osdesk.services.orders.drafts import keep_draft
from osdesk.services.orders.forms import load_form
from osdesk.services.orders.notes import add_note
from osdesk.services.orders.notices import give_notice
from osdesk.services.orders.payments import pay_order
from osdesk.services.orders.saving import add_order
from osdesk.services.orders.search import search_orders
from osdesk.services.orders.steps import move_order
from osdesk.services.orders.view import order_view
from osdesk.texts import sentence

WHO: dict[str, Any] = {"now": NOW, "author": None}
LATER = NOW + timedelta(days=400)
"""No warranty runs any more."""
TYPED = (
    *("Zulmira Quaresma", "98123-4567", "zulmira@exemplo.com", "Travessa Única", "SERIE7788"),
    *("mora com a irmã", "chiado estranho", "arranhado na tampa", "fonte azul", "capacitor gasto"),
    *("Teófilo", "ligar só à tarde", "avisada por recado"),
)
"""What names the person or was typed of their order; each stands nowhere else."""


@pytest.fixture
def number(store: Store) -> int:
    """An order with everything that can tell of a person, delivered and paid."""
    form = order(reason="Faz chiado estranho", notes="ligar só à tarde", items=[service(18_000)])
    form.customer.name = "Zulmira Quaresma"
    form.customer.phones = [PhoneForm("(11) 98123-4567")]
    form.customer.email = "zulmira@exemplo.com"
    form.customer.address = "Travessa Única, 9"
    form.customer.notes = "mora com a irmã"
    form.equipment.serial = "SERIE7788"
    form.equipment.condition = "arranhado na tampa"
    form.equipment.accessories = "fonte azul"
    form.diagnosis = "capacitor gasto"
    form.technician = "Edson"
    form.promised_on = (NOW + timedelta(days=3)).date()
    number = store.database.run(add_order, form, **WHO).number
    make_paper(store, number, Paper.INTAKE, PaperFormat.A4, **WHO)
    keep_file(store, number, picture(), FileKind.PHOTO, name="Zulmira Quaresma.jpg", **WHO)
    store.database.run(add_note, number, "ligar só à tarde", for_customer=False, **WHO)
    approved = StepForm(approved_by="Teófilo", approved_via=ApprovalVia.PHONE)
    for status, step in (
        (Status.APPROVED, approved),
        (Status.IN_PROGRESS, StepForm()),
        (Status.READY, StepForm()),
    ):
        store.database.run(move_order, number, status, step, **WHO)
    notice = NoticeForm(NoticeChannel.WHATSAPP, "avisada por recado")
    store.database.run(give_notice, number, notice, **WHO)
    paid = PaymentForm(amount=18_000, method=PaymentMethod.PIX)
    store.database.run(pay_order, number, paid, **WHO)
    collected = StepForm(collected_by="Teófilo")
    store.database.run(move_order, number, Status.DELIVERED, collected, **WHO)
    return number


def customer_of(store: Store, number: int) -> int:
    return store.database.read(order_view, number, now=NOW).customer.id


def everything_in(folder: Path) -> bytes:
    """All but the backups, which may hold the person until they are thrown away."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return b"".join(path.read_bytes() for path in files if path.parent.name != "backups")


def test_a_person_takes_all_that_is_held_along(store: Store, number: int, tmp_path: Path) -> None:
    out = tmp_path / "dela"
    place = export_person(store, customer_of(store, number), out, now=NOW)
    read = " ".join(line.text for page in pages(place.read_bytes()) for line in page)
    plain = json.loads(next(out.glob("*.json")).read_text("utf-8"))
    told = json.dumps(plain, ensure_ascii=False)
    for typed in TYPED:
        assert typed in told, typed
        assert typed in read, typed
    assert plain["orders"][0]["number"] == number
    copied = sorted(path.relative_to(out).as_posix() for path in out.rglob("*.*"))
    assert len([name for name in copied if name.startswith("arquivos/")]) == 1
    assert [name for name in copied if name.startswith("papeis/")] == [
        f"papeis/OS-{number}-entrada-v1-a4.pdf"
    ]
    with pytest.raises(UserError, match="folder_not_empty"):
        export_person(store, customer_of(store, number), out, now=NOW)


def test_nothing_in_the_folder_tells_of_who_was_erased(
    store: Store, number: int, tmp_path: Path
) -> None:
    customer = customer_of(store, number)
    paper = make_paper(store, number, Paper.DELIVERY, PaperFormat.A4, **WHO).place
    kept = tmp_path / "papel do cliente.pdf"
    kept.write_bytes(paper.read_bytes())
    before = store.database.read(order_view, number, now=NOW)
    assert len(anonymise_person(store, customer, now=LATER, author=None)) == 1
    assert check(store) == []
    after = store.database.read(order_view, number, now=LATER)
    assert (after.total, after.paid, after.delivered_on) == (
        before.total,
        before.paid,
        before.delivered_on,
    )
    assert store.database.read(customer_view, customer).name == "Cliente anonimizado"
    for typed in ("Zulmira", "98123-4567", "SERIE7788", "chiado"):
        assert store.database.read(search_orders, typed, now=LATER) == []
    equal, words = verify_file(store, kept, now=LATER)
    assert not equal
    assert "anonimizada" in words
    folder = store.folder
    store.close()
    content = everything_in(folder)
    for typed in TYPED:
        assert typed.encode("utf-8") not in content, typed
    again = open_store(folder, write=True, clock=lambda: LATER)
    try:
        assert check(again) == []
        # the paper of an erased person can be issued again, of what is left
        make_paper(again, number, Paper.DELIVERY, PaperFormat.A4, now=LATER, author=None)
    finally:
        again.close()


def test_backups_that_still_hold_the_person_are_named(store: Store, number: int) -> None:
    with_her = back_up(store, None, now=NOW)
    aside = set_aside(store.folder, "posto-de-lado", NOW)
    names = anonymise_person(store, customer_of(store, number), now=LATER, author=None)
    before = last_backup(store.backups)
    assert before is not None
    kept = {path.name for path in store.backups.iterdir()}
    assert set(names) == kept
    assert {Path(with_her.path).name, aside.name, before[1].name} <= set(names)


def test_a_backup_of_before_the_person_was_known_is_not_among_them(store: Store) -> None:
    first = back_up(store, None, now=NOW)
    person = store.database.run(save_customer, CustomerForm("Zulmira"), **WHO)
    second = back_up(store, None, now=NOW)
    names = anonymise_person(store, person, now=LATER, author=None)
    assert Path(first.path).name not in names
    assert Path(second.path).name in names
    assert len(names) == 2


def test_before_a_person_is_erased_the_shop_is_backed_up(store: Store, number: int) -> None:
    customer = customer_of(store, number)
    with pytest.raises(UserError, match="customer_under_warranty"):
        anonymise_person(store, customer, now=NOW, author=None)
    assert backups_in(store.backups) == [], "nothing was going to be erased"
    anonymise_person(store, customer, now=LATER, author=None)
    (kept,) = backups_in(store.backups)
    assert kept.manifest.reason == "erase"
    assert kept.as_copy(UTC).pinned
    folder = store.folder.with_name("before")
    restore(kept.path, folder, replace=False, clock=lambda: LATER)
    before = open_store(folder, write=False, clock=lambda: LATER)
    assert before.database.read(customer_view, customer).name == "Zulmira Quaresma"
    before.close()


def test_where_no_backup_can_be_made_nobody_is_erased(store: Store, number: int) -> None:
    customer = customer_of(store, number)
    store.backups.write_bytes(b"a file in the place of the folder")
    with pytest.raises(UserError, match="cannot_write"):
        anonymise_person(store, customer, now=LATER, author=None)
    assert store.database.read(customer_view, customer).name == "Zulmira Quaresma"


@pytest.mark.parametrize(
    ("when", "code"), [(NOW, "customer_under_warranty"), (LATER, None)], ids=["warranty", "free"]
)
def test_a_running_warranty_keeps_the_data(
    store: Store, number: int, when: Any, code: str | None
) -> None:
    customer = customer_of(store, number)
    if code is None:
        anonymise_person(store, customer, now=when, author=None)
        code = "customer_anonymised"
    with pytest.raises(UserError) as caught:
        anonymise_person(store, customer, now=when, author=None)
    assert caught.value.code == code
    assert sentence(caught.value)


def test_an_open_order_and_a_debt_keep_the_data(store: Store) -> None:
    form = order(items=[service(5_000)], fee=2_000)
    number = store.database.run(add_order, form, **WHO).number
    customer = customer_of(store, number)
    with pytest.raises(UserError, match="customer_has_open_orders"):
        anonymise_person(store, customer, now=LATER, author=None)
    view = store.database.read(load_form, number)
    view.report, view.due_on = "Sem conserto", (NOW + timedelta(days=5)).date()
    store.database.run(move_order, number, Status.UNREPAIRABLE, StepForm(), **WHO, form=view)
    collected = StepForm(collected_by="Ela")
    store.database.run(move_order, number, Status.RETURNED, collected, **WHO)
    with pytest.raises(UserError, match="customer_owes"):
        anonymise_person(store, customer, now=LATER, author=None)
    assert store.database.read(customer_view, customer).name == form.customer.name


def test_photos_of_drafts_that_were_thrown_away_leave_the_folder(store: Store, number: int) -> None:
    stray = store.files.add(b"a photo that nobody saved")
    waiting = HeldFile(store.files.add(b"of a draft"), "foto.jpg", "image/jpeg", 10)
    store.database.run(keep_draft, DraftForm(files=[waiting]), draft_id=None, number=None, **WHO)
    fresh = store.files.add(b"taken a minute ago, not saved yet")
    for sha in (stray, waiting.sha256):
        day_before = NOW.timestamp() - 90_000
        os.utime(store.files.path(sha), (day_before, day_before))
    os.utime(store.files.path(fresh), (NOW.timestamp() - 60,) * 2)
    assert drop_unused_files(store, now=NOW) == 1
    assert store.files.path(fresh).exists()
    assert store.files.path(waiting.sha256).exists()
    assert not store.files.path(stray).exists()
    assert check(store) == []


def test_of_records_that_were_made_one_all_is_taken_along_and_all_is_erased(
    store: Store, number: int, tmp_path: Path
) -> None:
    customer = customer_of(store, number)
    form = CustomerForm("Zuleica Única", [PhoneForm("(11) 97777-1212")], "529.982.247-25")
    other = store.database.run(save_customer, form, **WHO)
    store.database.run(merge_customers, other, customer, **WHO)
    out = tmp_path / "dela"
    place = export_person(store, other, out, now=NOW)
    read = " ".join(line.text for page in pages(place.read_bytes()) for line in page)
    plain = json.loads(next(out.glob("*.json")).read_text("utf-8"))
    assert [each["name"] for each in plain["merged"]] == ["Zulmira Quaresma"]
    assert "Cadastro unido a este: Zulmira Quaresma" in read
    with pytest.raises(UserError, match="customer_merged"):
        anonymise_person(store, customer, now=LATER, author=None)
    anonymise_person(store, other, now=LATER, author=None)
    with pytest.raises(UserError, match="customer_anonymised"):
        store.database.run(unmerge_customer, customer, **WHO)
    assert check(store) == []
    folder = store.folder
    store.close()
    content = everything_in(folder)
    for typed in (*TYPED, "Zuleica", "97777-1212", "52998224725"):
        assert typed.encode("utf-8") not in content, typed


def test_several_are_erased_with_one_backup_each_by_its_own_refusals(
    store: Store, number: int
) -> None:
    open_order = order()
    open_order.customer = CustomerForm("Joana Aberta")
    stays = customer_of(store, store.database.run(add_order, open_order, **WHO).number)
    gone = [store.database.run(save_customer, CustomerForm(name), **WHO) for name in ("A", "B")]
    told: list[int] = []
    with pytest.raises(UserError, match="customer_has_open_orders"):
        anonymise_people(
            store, [gone[0], stays, gone[1]], now=LATER, author=None, progress=told.append
        )
    assert told == [1, 2]
    assert len(backups_in(store.backups)) == 1
    names = [store.database.read(customer_view, key).name for key in (*gone, stays)]
    assert names == ["Cliente anonimizado", "Cliente anonimizado", "Joana Aberta"]
    assert anonymise_people(store, [customer_of(store, number)], now=LATER, author=None) == 1
    assert check(store) == []
