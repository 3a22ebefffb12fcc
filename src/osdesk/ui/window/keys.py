"""The keys of the window, in one table; each acts on the page that is shown."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from osdesk.ui.page import Page
from osdesk.ui.widgets import keymap
from osdesk.ui.window.side_bar import PAGES

ACTS_KEY = "Ctrl+K"
SHEETS_KEY = "Ctrl+Shift+A"


class KeyActions(Protocol):
    """What the window does for a key."""

    def new_order_key(self) -> None: ...
    def search_key(self) -> None: ...
    def escape_key(self) -> None: ...
    def palette_key(self) -> None: ...
    def sheets_key(self) -> None: ...
    def page_key(self, place: int) -> None: ...
    def help_key(self) -> None: ...


@dataclass(frozen=True)
class Act:
    """Something that can be done: its words, the key that does it (or none), and the doing."""

    words: str
    key: str
    run: Callable[[], object]


class Keys(QObject):
    """F1 the manual, F2 new, F3 search, F5 read again, F8 receive, F9 print (Shift: which paper),
    Ctrl+S save, Ctrl+K anything by its name, Esc back, Ctrl+1 to Ctrl+6 go to a page."""

    def __init__(self, window: QWidget, actions: KeyActions, shown: Callable[[], Page]) -> None:
        """``shown``: the page that is seen when a key is pressed."""
        super().__init__(window)
        standard = QKeySequence.StandardKey
        acts = (
            Act("Nova OS", "F2", actions.new_order_key),
            Act("Buscar", "F3", actions.search_key),
            Act("Atualizar", "F5", lambda: shown().refresh()),
            Act("Receber", "F8", lambda: shown().receive()),
            Act("Imprimir", "F9", lambda: shown().print_now()),
            Act("Escolher o que imprimir", "Shift+F9", lambda: shown().choose_print()),
            Act("Anotar", "F10", lambda: shown().add_note()),
            Act("Avisar cliente", "F11", lambda: shown().notify()),
            Act("Arquivar vias assinadas…", SHEETS_KEY, actions.sheets_key),
            Act("Salvar", "Ctrl+S", lambda: shown().save()),
            Act("Manual desta tela", "F1", actions.help_key),
            *(
                Act(f"Ir para {words}", f"Ctrl+{place}", partial(actions.page_key, place))
                for place, (_, words, _) in enumerate(PAGES, 1)
            ),
        )
        also = (
            Act("", ACTS_KEY, actions.palette_key),
            Act("", "Esc", actions.escape_key),
        )
        self.acts = tuple(replace(act, key=keymap.key(act.key)) for act in acts)
        for act in (*acts, *also):
            self._bind(window, keymap.sequence(act.key), act.run)
        for key, act in (
            (standard.New, self.acts[0]),
            (standard.Find, self.acts[1]),
            (standard.Print, self.acts[4]),
        ):
            self._bind(window, QKeySequence(key), act.run)

    def _bind(self, window: QWidget, key: QKeySequence, run: Callable[[], object]) -> None:
        shortcut = QShortcut(key, window)
        shortcut.setAutoRepeat(False)
        shortcut.activated.connect(run)
