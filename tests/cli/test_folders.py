"""Which folder becomes a shop, and which is left byte for byte as it was."""

import json
import shutil
import sqlite3
from pathlib import Path

import pytest
from tests.cli.conftest import plain_order, refused

READING = [
    ("list",),
    ("search", "x"),
    ("dashboard",),
    ("order", "show", "1"),
    ("report", "2026-11", "--out", "{out}"),
    ("verify", "{out}"),
    ("upgrade", "--dry-run"),
    ("check",),
    ("backup",),
    ("export", "--out", "{out}"),
]
WRITING = [
    ("order", "add", "-"),
    ("order", "edit", "1", "-"),
    ("order", "move", "1", "in_diagnosis"),
    ("order", "pay", "1", "--amount", "1", "--method", "pix"),
    ("order", "reverse", "1", "1", "--reason", "x"),
    ("order", "refund", "1", "--amount", "1", "--method", "pix", "--reason", "x"),
    ("order", "reopen", "1", "--reason", "x"),
    ("demo", "--orders", "3"),
    ("upgrade",),
    ("print", "1", "--paper", "intake", "--format", "a4", "--out", "{out}"),
]
MAKING = (("order", "add", "-"), ("demo", "--orders", "3"))


def contents(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {
        str(path.relative_to(folder)): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture
def ask(osdesk, tmp_path):
    def run(folder, words):
        out = str(tmp_path / "saida" / "x.json")
        given = plain_order() if words[:2] == ("order", "add") else {}
        return osdesk(*(word.format(out=out) for word in words), "--data", folder, given=given)

    return run


@pytest.mark.parametrize(
    "words", [*READING, *(w for w in WRITING if w not in MAKING)], ids=" ".join
)
def test_where_nothing_is_nothing_is_made(ask, tmp_path, words):
    folder = tmp_path / "nada"
    refused(ask(folder, words), str(folder))
    assert not folder.exists()
    folder.mkdir()
    refused(ask(folder, words), str(folder))
    assert list(folder.iterdir()) == []
    assert not (tmp_path / "saida").exists()


@pytest.mark.parametrize("words", MAKING, ids=" ".join)
@pytest.mark.parametrize("there", [False, True])
def test_what_makes_a_shop(ask, osdesk, tmp_path, words, there):
    folder = tmp_path / "a" / "nova"
    if there:
        folder.mkdir(parents=True)
    answer = ask(folder, words)
    assert (answer.code, answer.err) == (0, "")
    assert osdesk("list", "--data", folder).lines
    assert osdesk("check", "--data", folder).code == 0


def _foreign(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE t (a)")
    connection.commit()
    connection.close()


def _newer(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()


@pytest.fixture(
    params=["missing", "only the mark", "only a log", "empty", "cut", "text", "foreign", "newer"]
)
def spoilt(request, shop_folder: Path, tmp_path: Path) -> Path:
    """A folder with a shop's files whose database cannot be used."""
    folder = tmp_path / "estragada"
    (folder / "files").mkdir(parents=True)
    (folder / "files" / "foto").write_bytes(b"foto")
    database = folder / "osdesk.db"
    match request.param:
        case "missing":
            (folder / "backups").mkdir()
        case "only the mark":
            shutil.rmtree(folder / "files")
            (folder / "osdesk.mark").write_text("{}")
        case "only a log":
            shutil.rmtree(folder / "files")
            (folder / "osdesk.db-wal").touch()
        case "empty":
            database.touch()
        case "cut":
            database.write_bytes((shop_folder / "osdesk.db").read_bytes()[:700])
        case "text":
            database.write_bytes(b"nada de SQLite " * 100)
        case "foreign":
            _foreign(database)
        case "newer":
            shutil.copy(shop_folder / "osdesk.db", database)
            _newer(database)
    return folder


def test_a_spoilt_shop_is_left_byte_for_byte(ask, spoilt):
    before = contents(spoilt)
    for words in (*READING, *WRITING):
        refused(ask(spoilt, words))
        assert contents(spoilt) == before, words


def test_a_directory_in_the_databases_place(ask, tmp_path):
    (tmp_path / "x" / "osdesk.db").mkdir(parents=True)
    refused(ask(tmp_path / "x", ("list",)), "não é um banco de dados")
    assert list((tmp_path / "x").iterdir()) == [tmp_path / "x" / "osdesk.db"]


def test_somebodys_documents_are_no_place_for_a_shop(ask, tmp_path):
    folder = tmp_path / "documentos"
    folder.mkdir()
    (folder / "carta.txt").write_text("x")
    for words in MAKING:
        refused(ask(folder, words), "pasta vazia")
    assert [path.name for path in folder.iterdir()] == ["carta.txt"]


def test_a_file_is_no_folder(ask, tmp_path):
    (tmp_path / "arquivo").write_text("x")
    for words in (("list",), *MAKING):
        refused(ask(tmp_path / "arquivo", words), "arquivo")
    refused(ask(tmp_path / "arquivo" / "dentro", ("list",)))


def test_reading_leaves_a_shop_byte_for_byte(ask, osdesk, add, shop_folder, tmp_path):
    add()
    before = contents(shop_folder)
    for words in (w for w in READING if w[0] != "backup"):
        ask(shop_folder, words)
        assert contents(shop_folder) == before, words


def test_a_refused_order_leaves_the_shop_as_it_was(osdesk, add, shop_folder):
    add()
    rows = "SELECT * FROM orders", "SELECT * FROM events", "SELECT * FROM employees"

    def stored():
        connection = sqlite3.connect(shop_folder / "osdesk.db")
        found = [connection.execute(query).fetchall() for query in rows]
        connection.close()
        return found

    before = stored()
    bad = plain_order(technician="Novo", service_type="Novo", discount="5.00")
    refused(osdesk("order", "add", "-", given=json.dumps(bad)))
    assert stored() == before


LONG = "x" * 5_000


@pytest.mark.parametrize(
    "words",
    [
        ("list",),
        ("verify", f"{LONG}.pdf"),
        ("attach", f"{LONG}.pdf"),
        ("export", "--out", LONG),
        ("backup", "--to", LONG),
        ("print", "1", "--paper", "intake", "--format", "a4", "--out", f"{LONG}.pdf"),
        ("report", "2026-11", "--out", f"{LONG}.pdf"),
        ("tour", "--out", LONG),
    ],
)
def test_a_path_that_no_system_takes_is_said_in_one_sentence(osdesk, words):
    given = (*words, "--data", f"/{LONG}") if words == ("list",) else words
    answer = osdesk(*given)
    refused(answer, "não aceita o caminho")
    assert len(answer.err) < 400


def test_a_file_that_is_not_there_is_not_verified(osdesk, tmp_path):
    for path in (tmp_path / "nada.pdf", tmp_path):
        answer = osdesk("verify", path)
        assert (answer.code, answer.err) == (1, "")
        assert answer.out.startswith(f"Não foi possível ler {path}")
