"""Whoever changes something is named: every service that writes takes the author, and all writes
pass one place, where they can be refused."""

import ast
from pathlib import Path

import pytest

import osdesk
from osdesk.domain.errors import UserError
from osdesk.domain.orders.forms import CustomerForm
from osdesk.persistence.database import Database
from osdesk.persistence.models import Customer
from osdesk.services.customers.customers import count_customers, save_customer

SERVICES = Path(osdesk.__file__).with_name("services")
WRITES = frozenset({"add", "add_all", "delete"})
TOLD = frozenset({"record", "record_all", "insert", "update", "delete"})
PARTS = "a part of another service, which takes the author"
NOBODY = {
    "wipe_due": "the days are over: the program does it by itself",
    "drop_draft": "what was typed and not saved is no record",
    "keep_paper": "the file of a version whose author is known",
    "put_once": PARTS,
    "refresh_signed": PARTS,
    "new_device": PARTS,
    "change_device": PARTS,
    "owe_again": PARTS,
    "fill_defaults": PARTS,
    "close_quote": PARTS,
    "keep_text": PARTS,
    "drop_stage": PARTS,
}


def writing_services() -> dict[str, set[str]]:
    """The public functions on a session that write, and the names of their arguments."""
    found = {}
    for file in SERVICES.rglob("*.py"):
        for each in ast.parse(file.read_text("utf-8")).body:
            if isinstance(each, ast.FunctionDef) and not each.name.startswith("_"):
                names = {arg.arg for arg in (*each.args.args, *each.args.kwonlyargs)}
                if "session" in names and any(map(_writes, ast.walk(each))):
                    found[each.name] = names
    return found


def _writes(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call):
        return False
    match node.func:
        case ast.Attribute(value=ast.Name(id="session"), attr=name):
            return name in WRITES
        case ast.Name(id=name):
            return name in TOLD
    return False


def test_every_service_that_writes_takes_the_author() -> None:
    found = writing_services()
    assert len(found) > 30
    nameless = {name for name, arguments in found.items() if "author" not in arguments}
    assert nameless - set(NOBODY) == set()


def test_none_is_excused_that_is_not_there() -> None:
    names = {
        each.name
        for file in SERVICES.rglob("*.py")
        for each in ast.parse(file.read_text("utf-8")).body
        if isinstance(each, ast.FunctionDef)
    }
    assert set(NOBODY) <= names


def test_a_refused_write_is_refused_where_all_writes_pass(db: Database, now: object) -> None:
    db.refuse_writing()
    for service, arguments in (
        (save_customer, (CustomerForm("Ana"),)),
        (lambda session, **_: session.add(Customer()), ()),
    ):
        with pytest.raises(UserError, match="shop_read_only"):
            db.run(service, *arguments, now=now, author=None)
    assert db.read(count_customers) == 0


def test_only_the_database_itself_opens_a_session_that_writes() -> None:
    others = [
        file.relative_to(SERVICES.parent).as_posix()
        for file in SERVICES.parent.rglob("*.py")
        if "Session(" in file.read_text("utf-8")
    ]
    assert others == ["persistence/database.py"]
