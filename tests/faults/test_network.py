"""No network connection at all, ever: commands and window run where one would end them, and so does
the tour in ``tests/cli/test_tour.py``.

Some take seconds: whole programs run in processes of their own.
"""

import json
from pathlib import Path

import pytest
from tests.faults.acts import words
from tests.faults.no_network import CAUGHT, child

ENDED_BY_THE_SYSTEM = -31
"""By the signal for a call that is not allowed."""
COMMANDS = """
import os, sys
from pathlib import Path
from osdesk.cli.main import main

place = Path(sys.argv[1])
for line in Path(sys.argv[2]).read_text("utf-8").splitlines():
    code = main([*line.split(" "), "--data", str(place / "shop")])
    assert code == 0, (line, code)
print("done")
"""
LINES = """order add {place}/order.json
order show 1
order edit 1 {place}/change.json
order pay 1 --amount 80,00 --method pix
search Ana
list
dashboard
print 1 --paper intake --format a4 --out {place}/sheet.pdf
verify {place}/sheet.pdf
attach {place}/sheet.pdf
report {month} --out {place}/month.pdf
report {month} --out {place}/month.xlsx
export --out {place}/export
customer export 1 --out {place}/person
backup --to {place}/usb
check"""
WINDOW = """
import sys
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QAbstractButton
from osdesk.app import open_desk

def wait(ms):
    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()

window = open_desk(sys.argv[1])
seen = [button for button in window.findChildren(QAbstractButton)
        if button.objectName().startswith("nav")]
for button in seen:
    button.click()
    wait(50)
window.new_order(0)
wait(50)
window.close()
print(len(seen))
"""


@pytest.mark.parametrize(
    "attempt",
    [
        "import socket; socket.create_connection(('127.0.0.1', 9), 1)",
        "import socket; socket.getaddrinfo('example.org', 80)",
        "import urllib.request; urllib.request.urlopen('http://127.0.0.1:9/')",
        (
            "import subprocess, sys; words = [sys.executable, '-P', '-c',"
            " 'import socket; socket.create_server((\"127.0.0.1\", 0))'];"
            " sys.exit(86 if subprocess.run(words).returncode else 0)"
        ),
    ],
    ids=["connects", "asks for a name", "loads a page", "a process of its own"],
)
def test_a_program_that_tries_is_caught(tmp_path: Path, attempt: str) -> None:
    """The next tests would see a connection if there was one."""
    done, tries = child(tmp_path, "-c", attempt)
    assert done.returncode in (CAUGHT, ENDED_BY_THE_SYSTEM)
    assert tries != "" or "create_server" in attempt or done.returncode == ENDED_BY_THE_SYSTEM


def test_commands_connect_to_nothing(tmp_path: Path) -> None:
    (tmp_path / "order.json").write_text(words("Ana Souza"), encoding="utf-8")
    (tmp_path / "change.json").write_text(json.dumps({"reason": "Não liga"}), encoding="utf-8")
    lines = tmp_path / "lines"
    lines.write_text(LINES.format(place=tmp_path, month="2026-11"), encoding="utf-8")
    done, tries = child(tmp_path, "-c", COMMANDS, tmp_path, lines)
    assert (tries, done.returncode) == ("", 0), done.stderr
    assert done.stdout.endswith("done\n")


def test_the_window_connects_to_nothing(tmp_path: Path, shop_folder: Path) -> None:
    done, tries = child(tmp_path, "-c", WINDOW, shop_folder)
    assert (tries, done.returncode) == ("", 0), done.stderr
    assert int(done.stdout) >= 6


def test_libraries_are_caught_too(tmp_path: Path) -> None:
    """Not only Python's own sockets: where the system refuses too, a call from C never returns."""
    script = (
        "from tests.faults import no_network; print(no_network.refused_by_system, flush=True)\n"
        "if no_network.refused_by_system:\n"
        "    import ctypes; ctypes.CDLL(None).socket(2, 1, 0); print('a socket')"
    )
    done, _ = child(tmp_path, "-c", script)
    ends = {"True\n": ENDED_BY_THE_SYSTEM, "False\n": 0}
    assert done.returncode == ends[done.stdout]
