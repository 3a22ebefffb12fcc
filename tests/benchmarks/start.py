"""What the start costs until the list answers, and the memory at rest."""

import os
import statistics
import subprocess
import sys
from pathlib import Path

from tests.benchmarks.measure import Result

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


NO_PYC = ("PYTHONDONTWRITEBYTECODE", "PYTHONPYCACHEPREFIX")


def _run(code: str, *words: str) -> list[float]:
    if sys.platform.startswith("linux"):
        code += MEMORY
    # as installed: the compiled modules are kept, whatever the shell of the measurement says
    kept = {name: value for name, value in os.environ.items() if not name.startswith(NO_PYC)}
    output = subprocess.run(
        [sys.executable, "-c", code, *words], capture_output=True, text=True, check=True, env=kept
    ).stdout
    return [float(line) for line in output.split()]


def start(folder: Path, rounds: int = 5) -> list[Result]:
    """Start to a list that answers, and memory at rest, each in a process of its own."""
    _run(BARE)  # once for the compiled modules
    _run(OURS, str(folder))
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
