"""Settings: what somebody who helps from afar needs to know, to be read aloud or copied."""

from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QWidget

from osdesk.domain.errors import UserError
from osdesk.jobs.diagnosis import checked, diagnosis
from osdesk.texts import plural, sentence
from osdesk.ui.desk import Desk
from osdesk.ui.settings.section import Section
from osdesk.ui.widgets.controls import Card, GhostButton, PrimaryButton, quiet_label
from osdesk.ui.widgets.fields import LongTextField

WELL = "Conferência: tudo certo."
CHECKING = "Conferindo a loja inteira…"


class DiagnosisSection(Section):
    """Versions, folder, sizes, the last check; one button copies all of it."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._facts: list[tuple[str, str]] = []
        self._check = ""
        self._build()
        self._connect()

    def _build(self) -> None:
        self._words = LongTextField(lines=16)
        self._words.setReadOnly(True)
        self._words.setObjectName("diagnosisText")
        self._words.setAccessibleName("Diagnóstico")
        self._copy = PrimaryButton("Copiar")
        self._copy.setObjectName("diagnosisCopy")
        self._begin = GhostButton("Conferir agora")
        self._begin.setObjectName("diagnosisCheck")
        self._begin.setToolTip("Lê o banco de dados, os arquivos e o histórico; não muda nada")
        self._said = quiet_label("", wrap=True)
        self._said.setObjectName("diagnosisSaid")
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self._copy)
        buttons.addWidget(self._begin)
        buttons.addWidget(self._said, 1)
        card = Card("Diagnóstico")
        card.body.addWidget(
            quiet_label(
                "Para quando você pedir ajuda: copie e mande a quem ajuda. Não há nomes, telefones "
                "nem textos dos seus clientes aqui.",
                wrap=True,
            )
        )
        card.body.addWidget(self._words, 1)
        card.body.addLayout(buttons)
        self.whole.addWidget(card, 1)

    def _connect(self) -> None:
        self._copy.clicked.connect(self._copied)
        self._begin.clicked.connect(self._check_now)

    def refresh(self) -> None:
        self._desk.tasks.run(
            diagnosis, now=self._desk.now(), done=self._found, failed=self._failed, owner=self
        )

    def text(self) -> str:
        """What is shown and copied."""
        lines = [f"{name}: {value}" for name, value in self._facts]
        return "\n".join([*lines, *filter(None, [self._check])])

    def _found(self, facts: list[tuple[str, str]]) -> None:
        here = ("Qt", f"{qVersion()}, {QGuiApplication.platformName()}, tela {self._screen()}")
        self._facts = [*facts[:-1], here, facts[-1]]
        self._show()

    def _screen(self) -> str:
        screen = self.screen()
        size = screen.size()
        return f"{size.width()} × {size.height()}, {screen.devicePixelRatio() * 100:.0f} %"

    def _show(self) -> None:
        self._words.set_value(self.text())

    def _failed(self, error: UserError) -> None:
        self._said.setText(sentence(error))

    def _copied(self) -> None:
        QGuiApplication.clipboard().setText(self.text())
        self._said.setText("Copiado.")

    def _check_now(self) -> None:
        self._begin.setEnabled(False)
        self._said.setText(CHECKING)
        self._desk.tasks.run(
            checked,
            done=self._checked,
            failed=self._failed,
            always=lambda: self._begin.setEnabled(True),
            owner=self,
        )

    def _checked(self, problems: list[str]) -> None:
        found = plural(len(problems), "problema", "problemas")
        self._check = "\n".join([f"Conferência: {found}", *problems]) if problems else WELL
        self._said.setText(self._check.partition("\n")[0])
        self._show()
