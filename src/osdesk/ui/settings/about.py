"""Settings: how the program looks, and what it is made of."""

from PySide6.QtCore import QSize, Qt, qVersion
from PySide6.QtWidgets import QApplication, QButtonGroup, QComboBox, QRadioButton, QWidget

from osdesk import __version__
from osdesk.jobs.licences import parts, texts
from osdesk.ui.desk import Desk
from osdesk.ui.settings.section import Section
from osdesk.ui.widgets import theme
from osdesk.ui.widgets.controls import Card, quiet_label, strong_label, text_label
from osdesk.ui.widgets.fields import LongTextField
from osdesk.ui.widgets.flow_layout import FlowLayout
from osdesk.ui.window_settings import ENLARGED, PERCENTS, WindowSettings

SCHEMES = (
    ("system", "Sistema", "Como o computador estiver: claro de dia, escuro de noite, se ele muda."),
    ("light", "Claro", "Fundo claro, sempre."),
    ("dark", "Escuro", "Fundo escuro, sempre."),
)


LEAST = QSize(1016, 560)
"""Below this the window is cut."""


class LookSection(Section):
    """Light, dark, or as the computer is, applied at once; how large everything is."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._settings = WindowSettings(desk.folder)
        app = QApplication.instance()
        self._now = int((app.property(ENLARGED) if app else None) or PERCENTS[0])
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
        self._build_sizes()
        self.whole.addStretch(1)
        self._group.idClicked.connect(self._chosen)
        self._sizes.idClicked.connect(self._size_chosen)

    def _build_sizes(self) -> None:
        card = Card("Tamanho das letras e de tudo")
        self._sizes = QButtonGroup(self)
        row = FlowLayout(16)
        for percent in PERCENTS:
            choice = QRadioButton(f"{percent} %")
            choice.setObjectName(f"size{percent}")
            choice.setAccessibleName(f"Tamanho: {percent} %")
            choice.setChecked(self._settings.size == percent)
            self._sizes.addButton(choice, percent)
            row.addWidget(choice)
        card.body.addLayout(row)
        self._size_words = quiet_label(wrap=True)
        self._size_words.setObjectName("sizeWords")
        card.body.addWidget(self._size_words)
        self.whole.addWidget(card)

    def refresh(self) -> None:
        """What does not fit on this screen cannot be chosen."""
        room = self.screen().availableSize() * self.devicePixelRatioF()
        # what the desktop enlarges stays enlarged: only our own part of it is exchanged
        base = self.devicePixelRatioF() * 100 / self._now
        fit = [
            percent
            for percent in PERCENTS
            if room.width() / base * 100 / percent >= LEAST.width()
            and room.height() / base * 100 / percent >= LEAST.height()
        ]
        most = max(fit, default=PERCENTS[0])
        for choice in self._sizes.buttons():
            choice.setEnabled(choice.isChecked() or self._sizes.id(choice) <= most)
        words = "Vale quando o osdesk for aberto de novo."
        if self._settings.size == self._now:
            words = "Para quem quer letras maiores do que as do resto do computador."
        if most < PERCENTS[-1]:
            words += f" Nesta tela cabe até {most} %."
        self._size_words.setText(words)

    def _size_chosen(self, percent: int) -> None:
        self._settings.size = percent
        self._settings.save()
        self.refresh()

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
        licences.body.addWidget(
            quiet_label(
                f"Qt {qVersion()} e outras partes, cada uma com a sua licença. Escolha uma para "
                "ler o texto dela.",
                wrap=True,
            )
        )
        self._parts = parts()
        self._part = QComboBox()
        self._part.setObjectName("licencePart")
        self._part.setAccessibleName("Parte do programa")
        for part in self._parts:
            self._part.addItem(f"{part.name}: {part.licence}")
        self._words = LongTextField(lines=14)
        self._words.setReadOnly(True)
        self._words.setObjectName("licenceTexts")
        self._words.setAccessibleName("Textos das licenças")
        licences.body.addWidget(self._part)
        licences.body.addWidget(self._words, 1)
        self.whole.addWidget(card)
        self.whole.addWidget(licences, 1)
        self._part.currentIndexChanged.connect(self._show_texts)
        self._show_texts(0)

    def _show_texts(self, number: int) -> None:
        whole = [text.strip() for _, text in texts(self._parts[number])]
        self._words.set_value(("\n\n" + "—" * 40 + "\n\n").join(whole))
