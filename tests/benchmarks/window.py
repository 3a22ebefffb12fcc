"""What the window costs: start, first paint, a search from key to painted rows, a jump."""

import statistics
import subprocess
import sys
import time
from pathlib import Path
from random import Random
from typing import Any

from tests.benchmarks.measure import Result, times

BARE = """
import time
start = time.perf_counter()
import sqlalchemy
import sqlalchemy.orm
from PySide6.QtCore import QAbstractTableModel, Qt
from PySide6.QtWidgets import QApplication, QMainWindow, QTableView
class Rows(QAbstractTableModel):
    def rowCount(self, parent=None): return 40
    def columnCount(self, parent=None): return 8
    def data(self, index, role=0): return "Maria das Dores" if role == 0 else None
app = QApplication([])
window = QMainWindow()
table = QTableView()
rows = Rows()
table.setModel(rows)
window.setCentralWidget(table)
window.resize(1366, 768)
window.show()
window.grab()
print((time.perf_counter() - start) * 1000)
"""
OURS = """
import sys, time
start = time.perf_counter()
from osdesk.app import open_desk
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QTableView
window = open_desk(sys.argv[1])
table = window.findChild(QTableView, "ordersTable")
loop = QEventLoop()
while table.model().rowCount() == 0:
    QTimer.singleShot(1, loop.quit)
    loop.exec()
window.resize(1366, 768)
window.grab()
print((time.perf_counter() - start) * 1000)
"""
MEMORY = """
with open("/proc/self/status") as status:
    print([line.split()[1] for line in status if line.startswith("VmRSS")][0])
"""


def _run(code: str, *words: str) -> list[float]:
    if sys.platform.startswith("linux"):
        code += MEMORY
    output = subprocess.run(
        [sys.executable, "-c", code, *words],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return [float(line) for line in output.split()]


def start(folder: Path, rounds: int = 5) -> list[Result]:
    """Start to a list that answers, and memory at rest, each in a process of its own."""
    bare, ours = [], []
    for _ in range(rounds):
        bare.append(_run(BARE))
        ours.append(_run(OURS, str(folder)))
    low = statistics.median(run[0] for run in bare)
    high = [run[0] for run in ours]
    results = [Result("abrir até a lista responder", low, statistics.median(high), max(high), 1.5)]
    if len(bare[0]) > 1:
        base = statistics.median(run[1] for run in bare) / 1024
        rest = [run[1] / 1024 for run in ours]
        results.append(Result("memória (MB)", base, statistics.median(rest), max(rest), 1, 60))
    return results


def window(folder: Path, typed: list[str], sql: dict[str, float]) -> list[Result]:
    """A search from key to painted rows and a jump in the list.

    The floor is the bare SQL of the same calls (``sql``, milliseconds) and a paint of ready rows.
    """
    from PySide6.QtCore import QEventLoop, QTimer
    from PySide6.QtWidgets import QLineEdit, QTableView

    from osdesk.app import open_desk

    def settle(milliseconds: int) -> None:
        loop = QEventLoop()  # a waiting loop lets the background worker run, a busy one does not
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()

    main: Any = open_desk(folder)
    main.resize(1366, 768)
    settle(1_500)
    table = main.findChild(QTableView, "ordersTable")
    box = main.findChild(QLineEdit, "searchBox")
    if box is None:
        box = main.findChild(object, "searchBox").findChild(QLineEdit)

    def paint() -> None:
        table.viewport().repaint()

    painted = statistics.median(times([paint], 40))

    def search(text: str) -> float:
        before = time.perf_counter()
        box.setText(text)
        paint()
        return (time.perf_counter() - before) * 1000

    found = sorted(search(text) for _ in range(3) for text in typed)
    p99 = found[int(len(found) * 0.99)]
    results = [
        Result(
            "tecla até linhas pintadas",
            sql["busca, 40 linhas"] + painted,
            statistics.median(found),
            p99,
            1.5,
        )
    ]
    box.setText("")
    chip = main.findChild(object, "filterAll")
    chip.click()
    settle(1_500)
    rng = Random(3)
    rows = table.model().rowCount()

    def jump() -> float:
        index = table.model().index(rng.randrange(rows), 0)
        before = time.perf_counter()
        table.scrollTo(index, QTableView.ScrollHint.PositionAtTop)
        paint()
        return (time.perf_counter() - before) * 1000

    jumps = sorted(jump() for _ in range(60))
    results.append(
        Result(
            f"salto na lista de {rows}",
            sql["lista, salto, 40 linhas"] + painted,
            statistics.median(jumps),
            jumps[-1],
            2,
        )
    )
    main.close()
    settle(300)
    return results
