"""``tour``: the main job from intake to the closed month, as a new user's first command runs it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.cli.conftest import refused
from tests.faults.no_network import child

PAPERS = (
    *("1-etiqueta.pdf", "1-os-80mm.pdf", "1-os-para-assinar.pdf", "3-orcamento.pdf"),
    *("4-recibo.pdf", "5-entrega-e-garantia.pdf"),
)
PICTURES = ("clientes", "editor", "ordens", "painel", "relatorios")


def run(*words: object) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "osdesk", *map(str, words)],
        capture_output=True,
        encoding="utf-8",
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONIOENCODING": "utf-8"},
        timeout=120,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


@pytest.fixture(scope="module")
def out(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("tour") / "passeio"


@pytest.fixture(scope="module")
def said(out, tmp_path_factory) -> str:
    """What the tour says; it runs where any connection would end it."""
    scratch = tmp_path_factory.mktemp("no_network")
    done, tries = child(scratch, "-m", "osdesk", "tour", "--out", out)
    assert (tries, done.returncode, done.stderr) == ("", 0, "")
    return done.stdout


def test_it_says_in_few_lines_what_it_did_and_where(said, out):
    lines = said.splitlines()
    assert 5 < len(lines) <= 12
    assert lines[-1] == f"Tudo está em {out}"
    assert "via assinada arquivada" in said
    assert "3 parcelas" in said
    assert "fechado" in said


def test_papers_and_pictures_are_there(said, out):
    """The first test of the tour takes seconds: the whole main job with its pictures."""
    names = {path.name for path in out.iterdir()}
    assert names >= {*PAPERS, *(f"tela-{name}.png" for name in PICTURES), "2-via-assinada.png"}
    assert len([name for name in names if name.startswith("6-")]) == 2
    for name in names - {"loja"}:
        assert (out / name).stat().st_size > 1000
        assert name in said


def test_the_shop_that_it_leaves_is_sound_and_holds_the_order(said, out):
    shop = out / "loja"
    run("check", "--data", shop)
    order = json.loads(run("order", "show", 401, "--data", shop))
    assert order["status"] == "delivered"
    assert order["signed"] is True
    assert [part["amount"] for part in order["instalments"]] == ["90.00"] * 3
    assert order["payment_state"] == "partly_paid"
    assert "igual" in run("verify", out / "2-via-assinada.png", "--data", shop)


def test_a_folder_with_other_things_is_left_alone(osdesk, tmp_path):
    (tmp_path / "carta.txt").write_text("não apague")
    refused(osdesk("tour", "--out", tmp_path), "vazia")
    assert (tmp_path / "carta.txt").read_text() == "não apague"
