"""*Primeiros passos*: what a new shop does first. It ticks itself off, and goes away."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from osdesk.domain.views.shop import FirstSteps
from osdesk.ui.widgets import keymap, theme
from osdesk.ui.widgets.controls import Card, FlatButton, quiet_label, section_label
from osdesk.ui.widgets.icons import icon_pixmap

STEPS = (
    ("profile", "Dados da loja", "saem no alto de cada papel"),
    ("order", "Primeira OS", "F2 abre; basta o nome do cliente"),
    ("paper", "Papel impresso", "F9, para o cliente assinar"),
    ("sheet", "Via assinada arquivada", "digitalize e solte o arquivo na janela"),
    ("second", "Backup em outro lugar", "um pendrive, por exemplo"),
)
SIGN = 18


class FirstStepsCard(Card):
    chosen = Signal(str)
    """The step that somebody wants to do, by its name in ``STEPS``."""
    dismissed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setObjectName("firstSteps")
        self.setAccessibleName("Primeiros passos")
        # on a small screen the lists beneath it give way, they scroll
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._signs: dict[str, QLabel] = {}
        self._buttons: dict[str, FlatButton] = {}
        self._done: dict[str, bool] = {}
        self._away = FlatButton("Não mostrar mais")
        self._away.setObjectName("firstStepsAway")
        head = QHBoxLayout()
        head.addWidget(section_label("Primeiros passos"), 1)
        head.addWidget(self._away)
        rows = QVBoxLayout()
        rows.setSpacing(0)
        for name, words, how in STEPS:
            self._signs[name] = QLabel()
            self._signs[name].setFixedWidth(SIGN + 6)
            button = self._buttons[name] = FlatButton(words)
            button.setObjectName(f"firstStep{name.capitalize()}")
            button.setProperty("step", name)
            button.clicked.connect(self._clicked)
            row = QHBoxLayout()
            row.setSpacing(4)
            row.addWidget(self._signs[name])
            row.addWidget(button)
            row.addWidget(quiet_label(keymap.words(how)), 1)
            rows.addLayout(row)
        self.body.addLayout(head)
        self.body.addLayout(rows)
        self._away.clicked.connect(self.dismissed)

    def show_steps(self, steps: FirstSteps, *, second: bool) -> bool:
        """Tick off what is done; whether all of it is."""
        self._done = {**steps._asdict(), "second": second}
        for name, words, _ in STEPS:
            done = self._done[name]
            picture = "circle-check" if done else "clock"
            tone = theme.color("green" if done else "muted")
            ratio = self.devicePixelRatioF()
            self._signs[name].setPixmap(icon_pixmap(picture, tone, SIGN, ratio))
            state = "feito" if done else "por fazer"
            self._signs[name].setToolTip(state)
            self._buttons[name].setAccessibleName(f"{words}: {state}")
        return all(self._done.values())

    def done(self) -> dict[str, bool]:
        return self._done

    def _clicked(self) -> None:
        self.chosen.emit(self.sender().property("step"))
