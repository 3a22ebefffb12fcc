"""``python -m tests.benchmarks.soak FOLDER ROUNDS``: orders' worth of work through the window.

Each round opens an order, changes and saves it, searches, prints, pays, takes a step, makes a new
order and goes through the pages. What memory, open files, widgets and the time of the window's
thread are in the first tenth is compared with the last.
"""

import gc
import json
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

from PySide6.QtCore import QEventLoop, QTimer, qInstallMessageHandler
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QLineEdit
from tests.benchmarks.measure import Result
from tests.conftest import NOW
from tests.forms import order

from osdesk.app import open_desk
from osdesk.domain.codes import PaymentMethod
from osdesk.domain.errors import UserError
from osdesk.domain.orders.forms import PaymentForm, StepForm
from osdesk.domain.orders.status import OrderFilter, Status
from osdesk.services.orders.forms import load_form
from osdesk.services.orders.payments import pay_order
from osdesk.services.orders.saving import add_order, edit_order
from osdesk.services.orders.sorting import order_numbers
from osdesk.services.orders.steps import move_order
from osdesk.ui.page import PageName

BUSY = 50.0
"""Milliseconds of the window's thread, beyond which one act is told."""
NAMES = ("maria", "jose", "ana", "carlos", "samsung", "lavadora", "98", "zzzz")


class Soak:
    def __init__(self, folder: Path, rounds: int) -> None:
        QDesktopServices.openUrl = staticmethod(lambda _url: True)  # type: ignore[method-assign]
        self.window: Any = open_desk(folder, now=lambda: NOW)
        self.window.resize(1366, 768)
        self.rounds = rounds
        self.rng = Random(5)
        self.settle(3_000)
        self.desk = self.window.orders._desk
        self.box = self.window.findChild(QLineEdit, "searchBox")
        self.open = list(self.desk.read(order_numbers, OrderFilter.OPEN, now=NOW))
        self.owed = list(self.desk.read(order_numbers, OrderFilter.RECEIVABLE, now=NOW))
        self.busy: dict[str, list[float]] = {}
        self.states: list[tuple[float, int, int]] = []

    def settle(self, milliseconds: int) -> None:
        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()

    def act(self, name: str, act: Callable[[], object], rest: int = 60) -> None:
        """The thread's own time, so that a loaded machine measures the same."""
        before = time.thread_time()
        try:
            act()
        except UserError as error:  # an order that has come further meanwhile: part of the work
            self.busy.setdefault(f"recusado: {error.code}", []).append(0.0)
        QApplication.processEvents()
        self.busy.setdefault(name, []).append((time.thread_time() - before) * 1000)
        self.settle(rest)

    def round(self) -> None:
        number = self.rng.choice(self.open)
        self.act("abrir", lambda: self.window.open_order(number))
        self.act("voltar", self.window.escape_key)
        self.act("salvar", lambda: self._change(number))
        self.act("buscar", lambda: self.box.setText(self.rng.choice(NAMES)))
        self.act("limpar", self.box.clear)
        self.act("imprimir", self.window.orders.print_now, rest=300)
        if self.owed:
            self.act("receber", lambda: self._pay(self.owed.pop()))
        self.act("passo", lambda: self._move(number))
        self.act("nova", self._add)
        self.act("painel", lambda: self.window.show_page(PageName.DASHBOARD))
        self.act("clientes", lambda: self.window.show_page(PageName.CUSTOMERS))
        self.act("lista", lambda: self.window.show_page(PageName.ORDERS))

    def _change(self, number: int) -> None:
        form = replace(self.desk.read(load_form, number), diagnosis=f"Visto {self.rng.random()}")
        self.desk.write(edit_order, number, form, now=NOW, author=None)

    def _pay(self, number: int) -> None:
        form = PaymentForm(100, PaymentMethod.CASH)
        self.desk.write(pay_order, number, form, now=NOW, author=None)

    def _move(self, number: int) -> None:
        to = self.rng.choice((Status.IN_DIAGNOSIS, Status.IN_PROGRESS, Status.AWAITING_PART))
        step = StepForm(waiting_for="peça", used_parts_authorized_by="Cliente")
        self.desk.write(move_order, number, to, step, now=NOW, author=None)

    def _add(self) -> None:
        name = f"Cliente {self.rng.randrange(10_000)}"
        self.desk.write(add_order, order(name=name, phones=[]), now=NOW, author=None)

    def run(self) -> list[Result]:
        for place in range(self.rounds):
            self.round()
            if place in (self.rounds // 10, self.rounds - 1):
                gc.collect()
                self.states.append((_memory(), _files(), len(QApplication.allWidgets())))
        results = []
        names = ("memória (MB)", "arquivos abertos", "widgets")
        for place, (name, spare) in enumerate(zip(names, (40, 5, 60), strict=True)):
            first, last = self.states[0][place], self.states[-1][place]
            results.append(Result(f"fôlego, {name}", first, last, last, 1, spare))
        tenth = max(1, self.rounds // 10)
        for name, found in self.busy.items():
            if len(found) >= 2 * tenth:
                first = statistics.median(found[:tenth])
                last = statistics.median(found[-tenth:])
                results.append(Result(f"fôlego, {name} (ms)", first, last, max(found), 1.5, 10))
        late = [took for found in self.busy.values() for took in found if took > BUSY]
        acts = sum(map(len, self.busy.values()))
        share = 100 * len(late) / acts
        results.append(Result(f"fôlego, acima de {BUSY:.0f} ms (%)", 1, share, share, 1))
        self.window.close()
        return results


def _memory() -> float:
    """Megabytes in use; 0 where the system does not say so in a file."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0.0
    line = next(row for row in status.read_text().splitlines() if row.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def _files() -> int:
    handles = Path("/proc/self/fd")
    return len(list(handles.iterdir())) if handles.exists() else 0


def main() -> None:
    qInstallMessageHandler(lambda *_: None)  # what the offscreen screen cannot do
    for result in Soak(Path(sys.argv[1]), int(sys.argv[2])).run():
        print(json.dumps(result.as_json()), flush=True)


if __name__ == "__main__":
    main()
