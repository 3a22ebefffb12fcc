"""What only real processes show: answers as lines come, the folder's lock, a closed pipe."""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.cli.conftest import plain_order, quoted_order

OSDESK = (sys.executable, "-m", "osdesk")


def run(folder: Path, *words: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*OSDESK, "--data", str(folder), *map(str, words)],
        capture_output=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        timeout=60,
    )


class Adding:
    """``order add -`` that waits for lines."""

    def __init__(self, folder: Path) -> None:
        pipe = subprocess.PIPE
        words = [*OSDESK, "order", "add", "-", "--data", str(folder)]
        self.process = subprocess.Popen(words, stdin=pipe, stdout=pipe, stderr=pipe)

    def send(self, line: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(line.encode() + b"\n")
        self.process.stdin.flush()

    def answer(self) -> dict[str, object]:
        assert self.process.stdout is not None
        return json.loads(self.process.stdout.readline())

    def end(self) -> tuple[int, str, str]:
        out, err = self.process.communicate(timeout=60)
        return self.process.returncode, out.decode(), err.decode()


@pytest.fixture
def heard_interruptions() -> Iterator[None]:
    """A shell starts a job in the background deaf to SIGINT, and its children inherit that."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@contextmanager
def adding(folder: Path) -> Iterator[Adding]:
    running = Adding(folder)
    try:
        yield running
    finally:
        running.process.kill()
        running.process.communicate()


def test_each_line_is_answered_after_its_commit_before_the_next_comes(shop_folder):
    with adding(shop_folder) as orders:
        for token in ("a", "b"):
            orders.send(json.dumps(plain_order(external_ref=token)))
            order = orders.answer()
            assert order["external_ref"] == token
            beside = run(shop_folder, "order", "show", order["number"])
            assert json.loads(beside.stdout) == order, "it is there for a reader beside"
        orders.send("{}")
        code, out, err = orders.end()
    assert (code, out) == (1, "")
    assert "nome do cliente" in err
    assert "Traceback" not in err
    assert len(run(shop_folder, "list").stdout.splitlines()) == 2


def test_a_folder_in_use_is_3_for_who_writes_and_open_for_who_reads(shop_folder, tmp_path):
    """Takes seconds: each command is a process of its own, as in a shop."""
    paper = ("--paper", "intake", "--format", "a4", "--out")
    with adding(shop_folder) as orders:
        orders.send(json.dumps(quoted_order()))
        orders.answer()
        refused = run(shop_folder, "order", "pay", 1, "--amount", "1", "--method", "pix")
        assert (refused.returncode, refused.stdout) == (3, "")
        assert "em uso por outro osdesk" in refused.stderr
        assert run(shop_folder, "print", 1, *paper, tmp_path / "novo.pdf").returncode == 3
        assert not (tmp_path / "novo.pdf").exists()
        assert run(shop_folder, "demo", "--orders", 3).returncode == 3
    assert run(shop_folder, "print", 1, *paper, tmp_path / "um.pdf").returncode == 0
    with adding(shop_folder) as orders:
        orders.send(json.dumps(plain_order()))
        orders.answer()
        again = run(shop_folder, "print", 1, *paper, tmp_path / "dois.pdf")
        assert (again.returncode, again.stderr) == (0, "")
        assert (tmp_path / "dois.pdf").read_bytes() == (tmp_path / "um.pdf").read_bytes()
        assert run(shop_folder, "verify", tmp_path / "um.pdf").returncode == 0


def test_a_killed_writer_leaves_what_it_answered(shop_folder):
    with adding(shop_folder) as orders:
        orders.send(json.dumps(plain_order()))
        orders.answer()
        orders.process.kill()
        orders.end()
    assert len(run(shop_folder, "list").stdout.splitlines()) == 1
    assert run(shop_folder, "check").returncode == 0


@pytest.mark.skipif(os.name == "nt", reason="signals and pipes of POSIX")
def test_an_interruption_is_a_word_not_a_traceback(shop_folder, heard_interruptions):
    with adding(shop_folder) as orders:
        orders.send(json.dumps(plain_order()))
        orders.answer()
        orders.process.send_signal(signal.SIGINT)
        code, _, err = orders.end()
    assert (code, err.strip()) == (1, "Interrompido.")


@pytest.mark.skipif(os.name == "nt", reason="signals and pipes of POSIX")
def test_a_reader_may_close_the_pipe_early(demo_shop, tmp_path):
    shop_folder = shutil.copytree(demo_shop, tmp_path / "shop")
    pipe = subprocess.PIPE
    with subprocess.Popen(
        [*OSDESK, "list", "--data", str(shop_folder)], stdout=pipe, stderr=pipe
    ) as listing:
        assert listing.stdout is not None
        assert listing.stderr is not None
        assert json.loads(listing.stdout.readline())["number"] == 400
        listing.stdout.close()
        assert listing.stderr.read() == b""
