"""Settings: how the program looks, and what it is made of."""

from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import QApplication, QButtonGroup, QRadioButton, QWidget

from osdesk import __version__, paths
from osdesk.ui.desk import Desk
from osdesk.ui.settings.section import Section
from osdesk.ui.widgets import theme
from osdesk.ui.widgets.controls import Card, quiet_label, strong_label, text_label
from osdesk.ui.widgets.fields import LongTextField
from osdesk.ui.window_settings import WindowSettings

SCHEMES = (
    ("system", "Sistema", "Como o computador estiver: claro de dia, escuro de noite, se ele muda."),
    ("light", "Claro", "Fundo claro, sempre."),
    ("dark", "Escuro", "Fundo escuro, sempre."),
)
PARTS = (
    ("osdesk", "licença MIT"),
    ("IBM Plex Sans (letras)", "SIL Open Font License 1.1"),
    ("DejaVu Sans (letras)", "licença Bitstream Vera"),
    ("Tabler Icons (ícones)", "licença MIT"),
    (f"Qt {qVersion()} e PySide6", "GNU LGPL 3, ligados dinamicamente e substituíveis"),
    ("SQLAlchemy, Alembic", "licença MIT"),
    ("ReportLab, Click", "licença BSD"),
    ("pypdfium2, zxing-cpp, XlsxWriter, PyCryptodome", "licenças Apache 2.0 e BSD"),
)
TEXTS = (
    ("fonts", "OFL-IBMPlex.txt"),
    ("fonts", "LICENSE-DejaVu.txt"),
    ("icons", "LICENSE-tabler.txt"),
)


class LookSection(Section):
    """Light, dark, or as the computer is; chosen is applied and kept at once."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._settings = WindowSettings(desk.folder)
        self._group = QButtonGroup(self)
        card = Card("Aparência")
        for number, (scheme, name, words) in enumerate(SCHEMES):
            choice = QRadioButton(name)
            choice.setObjectName(f"scheme{scheme.capitalize()}")
            choice.setAccessibleName(f"Aparência: {name}")
            choice.setChecked(self._settings.scheme == scheme)
            self._group.addButton(choice, number)
            card.body.addWidget(choice)
            card.body.addWidget(quiet_label(words, wrap=True))
        self.whole.addWidget(card)
        self.whole.addStretch(1)
        self._group.idClicked.connect(self._chosen)

    def _chosen(self, number: int) -> None:
        """Apply the chosen theme and remember it."""
        scheme = SCHEMES[number][0]
        self._settings.scheme = scheme
        self._settings.save()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.apply(app, scheme)


class AboutSection(Section):
    """Version, the shop's folder, what the program is made of and under which licences."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        card = Card("Sobre")
        card.body.addWidget(strong_label(f"osdesk {__version__}"))
        card.body.addWidget(
            text_label(
                "Ordens de serviço para assistências técnicas. Tudo fica neste computador; nada é "
                "enviado pela internet.",
                wrap=True,
            )
        )
        folder = text_label(f"Pasta da loja: {desk.folder}", wrap=True)
        folder.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        card.body.addWidget(folder)
        licences = Card("Feito com")
        for name, licence in PARTS:
            licences.body.addWidget(quiet_label(f"{name}: {licence}", wrap=True))
        words = LongTextField(lines=9)
        words.setReadOnly(True)
        words.setObjectName("licenceTexts")
        words.setAccessibleName("Textos das licenças")
        texts = [paths.resource(*place).read_text("utf-8") for place in TEXTS]
        words.set_value(("\n\n" + "—" * 40 + "\n\n").join(texts))
        licences.body.addWidget(words, 1)
        self.whole.addWidget(card)
        self.whole.addWidget(licences, 1)
