"""The words of the command line: exit codes 1 and 2, help in Portuguese, the folder's option."""

import re

import click
import pytest
from tests.cli.conftest import plain_order, refused

from osdesk.cli.main import osdesk as program


@pytest.mark.parametrize(
    "words",
    [
        ("frob",),
        ("order",),
        ("order", "frob"),
        ("order", "show"),
        ("order", "show", "1", "2"),
        ("order", "show", "1", "--frob"),
        ("order", "add"),
        ("order", "move", "1"),
        ("order", "pay", "1", "--amount", "1"),
        ("order", "reverse", "1", "1"),
        ("order", "reopen", "1"),
        ("list", "--limit"),
        ("search",),
        ("report", "2026-11"),
        ("print", "1", "--paper", "intake", "--format", "a4"),
        ("verify",),
        ("attach",),
        ("tour",),
        ("export",),
        ("restore",),
        ("--data",),
        ("--frob",),
    ],
)
def test_what_is_not_understood_is_2(osdesk, words):
    answer = osdesk(*words)
    assert (answer.code, answer.out) == (2, "")
    assert re.search(r"Veja osdesk( \w+)* --help\.\n$", answer.err)


@pytest.mark.parametrize(
    ("words", "word"),
    [
        (("order", "show", "abc"), "“abc”"),
        (("order", "show", "0"), "“0”"),
        (("order", "show", "-1"), "“-1”"),
        (("order", "show", "1.5"), "“1.5”"),
        (("order", "show", "９"), "“９”"),
        (("order", "show", "9" * 40), "999"),
        (("order", "show", "77"), "OS 77"),
        (("order", "move", "1", "frob"), "awaiting_part"),
        (("order", "edit", "77", "-"), "OS 77"),
        (("list", "--filter", "LATE"), "receivable"),
        (("list", "--limit", "0"), "“0”"),
        (("list", "--limit", "-1"), "“-1”"),
        (("search", "x", "--limit", "many"), "“many”"),
        (("report", "11/2026", "--out", "x.pdf"), "“11/2026”"),
        (("print", "1", "--paper", "bill", "--format", "a4", "--out", "x.pdf"), "intake"),
        (("print", "1", "--paper", "intake", "--format", "a5", "--out", "x.pdf"), "a4-half"),
        (("print", "1", "--paper", "intake", "--format", "a4", "--out", ""), "vazio"),
        (("demo", "--orders", "0"), "“0”"),
        (("demo", "--seed", "-1"), "“-1”"),
        (("demo", "--until", "24/11/2026"), "2026-11-24"),
        (("list", "--data", ""), "vazio"),
    ],
)
def test_a_bad_value_is_1(osdesk, words, word):
    refused(osdesk(*words, given={}), word)


def commands(group: click.Group, path: tuple[str, ...] = ()):
    for name, command in group.commands.items():
        yield (*path, name)
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))


@pytest.mark.parametrize("path", [(), *commands(program)], ids=" ".join)
def test_every_help_is_in_portuguese_and_knows_the_folder(osdesk, path):
    answer = osdesk(*path, "--help")
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.startswith(f"Uso: {' '.join(('osdesk', *path))}")
    assert "--data DIR" in answer.out
    english = r"Usage|Options|Commands|Show|Arguments|required|default|\bthe\b|\bfile\b|\band\b"
    assert re.findall(english, answer.out) == []


def test_help_shows_values_as_they_are_written(osdesk):
    assert "a4-half|a4" in osdesk("print", "--help").out
    assert "cash|pix|debit|credit|transfer|boleto|cheque" in osdesk("order", "pay", "--help").out


def test_the_version(osdesk):
    answer = osdesk("--version")
    assert answer.code == 0
    assert re.fullmatch(r"osdesk \d+\.\d+\.\d+\n", answer.out)


@pytest.mark.parametrize("place", range(3))
def test_the_folder_may_be_named_anywhere(osdesk, tmp_path, monkeypatch, place):
    folder = tmp_path / "outra"
    assert osdesk("--data", folder, "order", "add", "-", given=plain_order()).code == 0
    monkeypatch.setenv("OSDESK_DATA", str(tmp_path / "nenhuma"))
    words = ["order", "show", "1"]
    words[place:place] = ["--data", str(folder)]
    assert osdesk(*words).json["number"] == 1


def test_an_empty_variable_is_none(osdesk, tmp_path, monkeypatch):
    monkeypatch.setenv("OSDESK_DATA", "")
    monkeypatch.setattr("osdesk.cli.frame.default_data_dir", lambda: tmp_path / "padrao")
    refused(osdesk("list"), "padrao")


def test_an_unforeseen_error_is_a_sentence_and_a_log(osdesk, shop_folder, monkeypatch):
    def fail(*args, **kwargs):
        raise ZeroDivisionError("segredo")

    monkeypatch.setattr("osdesk.services.orders.search.search_orders", fail)
    answer = osdesk("search", "x")
    assert (answer.code, answer.out) == (1, "")
    assert "Traceback" not in answer.err
    assert "segredo" not in answer.err
    logged = (shop_folder / "logs" / "osdesk.log").read_text("utf-8")
    assert "ZeroDivisionError" in logged
    assert "segredo" not in logged.replace('ZeroDivisionError("segredo")', ""), "source lines only"
