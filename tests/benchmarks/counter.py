"""``python -m tests.benchmarks.counter FOLDER``: what one does at the counter, through the window.

Each act is measured from the key or click to the end of its paint, in a process of its own; the
results go out as lines of JSON. The floor is the bare SQL of the same act, sent again on a bare
connection, and a paint of the table's ready rows.
"""

import json
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QTableView
from tests.benchmarks.measure import Result, captured, replay
from tests.conftest import NOW

from osdesk.app import open_desk
from osdesk.persistence.database import connect
from osdesk.ui.page import PageName
from osdesk.ui.settings.page import SECTIONS
from osdesk.ui.widgets import theme

FRAME = 50.0
"""Milliseconds that the window's thread may be busy with one act."""
CHIPS = ("filterLate", "filterAll", "filterReady", "filterFinished", "filterReceivable")
TYPED = ("maria", "jose", "98", "samsung", "geladeira", "ana paula")
NOTHING = ("zzzzq", "xqxqx", "wwwwk", "qqqqz")


class Paints(QObject):
    """When any part of the window was painted last."""

    def __init__(self) -> None:
        super().__init__()
        self.last = 0.0
        app = QApplication.instance()
        assert app is not None
        app.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.last = time.perf_counter()
        return False


class Counter:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        # a clock of its own: closing starts no backup beside what is measured next
        self.window: Any = open_desk(folder, now=lambda: NOW)
        self.window.resize(1366, 768)
        self.settle(8_000)  # the pages that are made ahead are there
        self.table = self.window.findChild(QTableView, "ordersTable")
        self.box = self.window.findChild(QLineEdit, "searchBox")
        self.bare = connect(folder / "osdesk.db")
        self.painted = statistics.median(self.took(self.table.viewport().repaint)[1:])
        self.results: list[Result] = []

    def settle(self, milliseconds: int) -> None:
        loop = QEventLoop()  # a waiting loop lets the background worker run, a busy one does not
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()

    def took(self, act: Callable[[], object], rounds: int = 20) -> list[float]:
        return [self.one(act) for _ in range(rounds)]

    def one(self, act: Callable[[], object]) -> float:
        """Milliseconds until what the act changed is painted."""
        before = time.perf_counter()
        act()
        QApplication.processEvents()
        return (time.perf_counter() - before) * 1000

    def compare(
        self,
        name: str,
        acts: list[Callable[[], object]],
        *,
        budget: float,
        spare: float = 0.0,
        rest: int = 150,
        after: Callable[[], object] | None = None,
    ) -> None:
        """Each act and its own SQL on a bare connection, one after the other."""
        low, high = [], []
        for act in acts:
            with captured() as statements:
                high.append(self.one(act))
            self.settle(rest)
            before = time.perf_counter()
            replay(self.bare, [s for s in statements if s[0].lstrip().startswith("SELECT")])
            low.append((time.perf_counter() - before) * 1000 + self.painted)
            if after is not None:
                after()
                self.settle(rest)
        self.add(name, statistics.median(low), high, budget, spare)

    def add(
        self, name: str, floor: float, found: list[float], budget: float, spare: float = 0.0
    ) -> None:
        self.results.append(
            Result(name, floor, statistics.median(found), max(found), budget, spare)
        )

    # -- the acts --------------------------------------------------------------------------

    def lists(self) -> None:
        chips = [self.window.findChild(QPushButton, name) for name in CHIPS]
        for chip in chips:
            chip.click()
            self.settle(700)
        self.compare("lista, outro filtro", [chip.click for chip in chips * 3], budget=1.5)
        self.window.findChild(QPushButton, "filterAll").click()
        self.settle(1_500)
        rng, rows = Random(3), self.table.model().rowCount()

        def jump() -> None:
            place = self.table.model().index(rng.randrange(rows), 0)
            self.table.scrollTo(place, QTableView.ScrollHint.PositionAtTop)

        self.compare("lista, qualquer lugar", [jump] * 30, budget=2, rest=30)

    def searches(self) -> None:
        def typing(text: str) -> Callable[[], None]:
            return lambda: self.box.setText(text)

        self.compare("busca, tecla até pintada", [typing(t) for t in TYPED * 5], budget=1.5)
        acts = [typing(t) for pair in zip(NOTHING * 5, TYPED * 5, strict=False) for t in pair]
        found = []
        for place, act in enumerate(acts):
            took = self.one(act)
            self.settle(150)
            if place % 2 == 0:
                found.append(took)
        self.add("busca sem resultado", 8, found, 1)
        paints = Paints()
        settled = []
        for text in TYPED * 2:
            before = time.perf_counter()
            self.box.setText(text)
            self.settle(300)
            settled.append((paints.last - before) * 1000)
        self.add("busca, última pintura (painel)", 100, settled, 1)
        self.box.clear()
        self.settle(500)

    def orders(self) -> None:
        numbers = [self.window.orders.model.number_at(place) for place in range(60)]

        def opening(number: int) -> Callable[[], None]:
            return lambda: self.window.open_order(number)

        first, *others = [opening(number) for number in numbers if number is not None]
        self.add("OS, primeira abertura", FRAME, [self.one(first)], 1)
        self.window.escape_key()
        self.settle(300)
        self.compare(
            "OS, abrir", others[:30], budget=2, spare=20, after=self.window.escape_key, rest=100
        )

    def pages(self) -> None:
        took = self.one(lambda: self.window.show_page(PageName.DASHBOARD))
        self.add("painel, primeira visita", 100, [took], 1)
        self.settle(500)
        for name, words in (
            (PageName.CUSTOMERS, "clientes, primeira visita"),
            (PageName.REPORTS, "relatórios, primeira visita"),
            (PageName.SETTINGS, "configurações, primeira visita"),
        ):
            self.add(words, 100, [self.one(lambda n=name: self.window.show_page(n))], 1)
            self.settle(500)
        found = []
        for section, _ in SECTIONS:
            found.append(self.one(lambda s=section: self.window.pages.settings.show_section(s)))
            self.settle(100)
        self.add("configurações, cada seção", FRAME, found, 1)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        self.window.show_page(PageName.ORDERS)
        self.settle(300)
        themes = [self.one(lambda s=s: theme.apply(app, s)) for s in ("dark", "light")]
        self.add("tema, troca", 300, themes, 1)

    def close(self) -> None:
        self.add("fechar a janela", 300, [self.one(self.window.close)], 1)


def main() -> None:
    qInstallMessageHandler(lambda *_: None)  # what the offscreen screen cannot do
    counter = Counter(Path(sys.argv[1]))
    for act in (counter.lists, counter.searches, counter.orders, counter.pages, counter.close):
        act()
        for result in counter.results:
            print(json.dumps(result.as_json()), flush=True)
        counter.results.clear()


if __name__ == "__main__":
    main()
