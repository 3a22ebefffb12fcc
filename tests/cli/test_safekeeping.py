"""``backup``, ``restore``, ``check``, ``export``: exit codes and what is said where."""

import hashlib
import json
import sqlite3
from pathlib import Path

import pytest
from tests.cli.conftest import plain_order
from tests.conftest import NOW

from osdesk.persistence.store import open_store


@pytest.fixture
def backup_of(osdesk, add, tmp_path):
    add()
    answer = osdesk("backup", "--to", tmp_path / "usb")
    assert (answer.code, answer.err) == (0, "")
    return answer


def path_in(answer) -> Path:
    return Path(answer.out.splitlines()[0])


def test_a_backup_prints_its_path_its_figures_and_its_hash(backup_of):
    path, figures, digest = backup_of.out.splitlines()
    assert hashlib.sha256(Path(path).read_bytes()).hexdigest() == digest.removeprefix("SHA-256: ")
    assert figures.startswith("Ordens: 1 · clientes: 1 · pagamentos: 0 · arquivos: 0")
    assert figures.endswith("sequência: 2")


def test_a_drill_says_what_came_back_and_ends_with_1_where_something_did_not(
    osdesk, backup_of, tmp_path, shop_folder
):
    assert osdesk("backup").code == 0
    answer = osdesk("backup", "--drill", "--also", tmp_path / "usb")
    assert (answer.code, answer.err) == (0, "")
    assert "tudo voltou" in answer.out
    path = path_in(backup_of)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    answer = osdesk("backup", "--drill", "--also", tmp_path / "usb")
    assert (answer.code, answer.out) == (1, "")
    assert "um backup não voltou" in answer.err
    assert str(path) in answer.err


def test_a_backup_comes_back_in_a_new_folder(osdesk, backup_of, show, tmp_path):
    before = show(1)
    new = tmp_path / "new"
    answer = osdesk("restore", path_in(backup_of), "--data", new)
    assert (answer.code, answer.err) == (0, "")
    backup_words, done = answer.out.splitlines()
    assert "1 ordem, 1 cliente, 0 pagamentos" in backup_words
    assert done == f"Backup restaurado em {new}: 1 ordem."
    assert osdesk("order", "show", 1, "--data", new).json == before
    assert osdesk("check", "--data", new).code == 0


def test_a_backup_with_a_password_asks_for_it(osdesk, add, tmp_path, shop_folder, monkeypatch):
    add()
    store = open_store(shop_folder, write=True, clock=lambda: NOW)
    store.backup_lock.set("ABCDE-23456-FGHJK-789AB-CDEFG")
    store.close()
    file = path_in(osdesk("backup", "--to", tmp_path / "usb"))
    new = tmp_path / "new"
    answer = osdesk("restore", file, "--data", new)
    assert (answer.code, answer.out) == (1, "")
    assert answer.err.startswith(f"O backup {file} tem senha.")
    monkeypatch.setenv("OSDESK_BACKUP_PASSWORD", "errada")
    answer = osdesk("restore", file, "--data", new)
    assert (answer.code, answer.out) == (1, "")
    assert answer.err.startswith("A senha não abre o backup")
    assert answer.err.count("\n") == 1
    assert not new.exists()
    monkeypatch.setenv("OSDESK_BACKUP_PASSWORD", "abcde 23456 fghjk 789ab cdefg")
    answer = osdesk("restore", file, "--data", new)
    assert (answer.code, answer.err) == (0, "")
    assert osdesk("check", "--data", new).code == 0


def test_over_the_shop_only_with_its_word(osdesk, backup_of, add, shop_folder):
    add(customer__name="Depois")
    answer = osdesk("restore", path_in(backup_of))
    assert (answer.code, answer.out) == (1, "")
    assert "--replace" in answer.err
    assert osdesk("restore", path_in(backup_of), "--replace").code == 0
    assert osdesk("order", "show", 2).code == 1
    (kept,) = (shop_folder / "backups").iterdir()
    assert osdesk("restore", kept, "--replace").code == 0
    assert osdesk("order", "show", 2).json["customer"]["name"] == "Depois"


def test_another_shops_backup_needs_its_word(osdesk, backup_of, tmp_path):
    other = tmp_path / "outra"
    assert osdesk("order", "add", "-", "--data", other, given=plain_order()).code == 0
    answer = osdesk("restore", path_in(backup_of), "--replace", "--data", other)
    assert (answer.code, answer.out) == (1, "")
    assert "é de outra loja" in answer.err
    answer = osdesk("restore", path_in(backup_of), "--replace", "--other-shop", "--data", other)
    assert (answer.code, answer.err) == (0, "")
    assert "A loja de agora tem 1 ordem" in answer.out


def test_beside_an_open_window(osdesk, backup_of, shop_folder, tmp_path):
    window = open_store(shop_folder, write=True, clock=lambda: NOW)
    assert osdesk("backup").code == 0
    assert osdesk("check").code == 0
    assert osdesk("export", "--out", tmp_path / "out").code == 0
    answer = osdesk("restore", path_in(backup_of), "--replace")
    assert (answer.code, answer.out) == (3, "")
    window.close()


@pytest.mark.parametrize("content", [None, b"", b"PK", b"not a zip" * 100])
def test_what_is_no_backup_is_refused_in_one_sentence(osdesk, tmp_path, content):
    file = tmp_path / "x.zip"
    if content is not None:
        file.write_bytes(content)
    answer = osdesk("restore", file, "--data", tmp_path / "new")
    assert (answer.code, answer.out) == (1, "")
    assert answer.err.count("\n") == 1
    assert str(file) in answer.err
    assert not (tmp_path / "new").exists()


def test_a_check_says_what_is_wrong_and_ends_with_1(osdesk, add, shop_folder):
    add()
    assert osdesk("check").err == ""
    connection = sqlite3.connect(shop_folder / "osdesk.db")
    connection.execute("UPDATE orders SET paid = 5, balance = total - 5")
    connection.execute("UPDATE orders SET total = 5, balance = 0")
    connection.commit()
    connection.close()
    answer = osdesk("check")
    assert (answer.code, answer.out) == (1, "")
    words = "OS 1: não confere: total e valor pago. Compare com o último backup.\n"
    assert answer.err == words


def test_an_export_is_what_the_commands_show(osdesk, add, show, tmp_path):
    for name in ("Ana", "Bia"):
        add(customer__name=name)
    out = tmp_path / "out"
    answer = osdesk("export", "--out", out)
    assert answer.code == 0
    assert "orders.jsonl: 2" in answer.out
    lines = (out / "orders.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line) for line in lines] == [show(1), show(2)]
    answer = osdesk("export", "--out", out)
    assert (answer.code, answer.out) == (1, "")


@pytest.mark.parametrize("command", ["backup", "check", "export"])
def test_nothing_is_made_where_there_is_no_shop(osdesk, tmp_path, command):
    words = ["--out", tmp_path / "out"] if command == "export" else []
    answer = osdesk(command, *words, "--data", tmp_path / "absent")
    assert (answer.code, answer.out) == (1, "")
    assert not (tmp_path / "absent").exists()
    assert not (tmp_path / "out").exists()
