"""Settings: who the shop is, as its papers say it, with its logo."""

from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from osdesk.domain.errors import UserError
from osdesk.services.shop.shop import set_logo
from osdesk.texts import sentence
from osdesk.ui.desk import Desk
from osdesk.ui.settings.section import ShopFormSection
from osdesk.ui.widgets import file_dialogs
from osdesk.ui.widgets.controls import Card, FlatButton, GhostButton, error_label, quiet_label
from osdesk.ui.widgets.fields import (
    ChoiceField,
    DocumentField,
    Labelled,
    NumberField,
    TextField,
)

PREVIEW = QSize(160, 64)


class LogoPreview(QLabel):
    """The logo as it is, on white as on paper; words where there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("logoPreview")
        self.setAccessibleName("Logotipo")
        self.setProperty("kind", "bar")
        self.setFixedSize(PREVIEW + QSize(16, 12))
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.show_picture(None)

    def show_picture(self, data: bytes | None) -> None:
        picture = QPixmap()
        if data is not None and picture.loadFromData(data):
            ratio = self.devicePixelRatioF()
            fitted = picture.scaled(
                PREVIEW * ratio,
                Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
            fitted.setDevicePixelRatio(ratio)
            self.setPixmap(fitted)
            self.setStyleSheet("background: #FFFFFF")
        else:
            self.setStyleSheet("")
            self.setText("Sem logotipo")


ZONES = (
    ("America/Sao_Paulo", "Brasília, Sul e Sudeste"),
    ("America/Bahia", "Bahia"),
    ("America/Fortaleza", "Ceará, Maranhão, Piauí, Rio Grande do Norte, Paraíba"),
    ("America/Recife", "Pernambuco"),
    ("America/Maceio", "Alagoas e Sergipe"),
    ("America/Belem", "Pará (leste) e Amapá"),
    ("America/Santarem", "Pará (oeste)"),
    ("America/Araguaina", "Tocantins"),
    ("America/Campo_Grande", "Mato Grosso do Sul"),
    ("America/Cuiaba", "Mato Grosso"),
    ("America/Manaus", "Amazonas"),
    ("America/Porto_Velho", "Rondônia"),
    ("America/Boa_Vista", "Roraima"),
    ("America/Rio_Branco", "Acre"),
    ("America/Eirunepe", "Amazonas (oeste)"),
    ("America/Noronha", "Fernando de Noronha"),
)


class ShopSection(ShopFormSection):
    """The shop's profile, the next order's number, the logo."""

    QUESTION = "Salvar ou descartar as alterações da loja?"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._build()
        self._connect()
        self._watch()

    def _build(self) -> None:
        self.name = TextField(limit=200)
        self.name.setObjectName("shopName")
        zone = ChoiceField()
        zone.set_choices(ZONES)
        self.next_number = NumberField()
        self._fields = {
            "name": self.name,
            "tagline": TextField(limit=200, placeholder="Assistência técnica multimarcas"),
            "document": DocumentField(),
            "email": TextField(limit=200),
            "address": TextField(limit=200),
            "city": TextField(limit=200, placeholder="São Paulo/SP"),
            "phones": TextField(limit=200),
            "default_ddd": TextField(limit=2),
            "zone": zone,
            "next_number": self.next_number,
        }
        places = (
            ("name", "Nome da loja", 0, 0, 2),
            ("tagline", "Descrição", 0, 2, 2),
            ("document", "CNPJ ou CPF", 1, 0, 2),
            ("email", "E-mail", 1, 2, 2),
            ("address", "Endereço", 2, 0, 2),
            ("city", "Cidade/UF", 2, 2, 2),
            ("phones", "Telefones, como saem nos papéis", 3, 0, 3),
            ("default_ddd", "DDD da loja", 3, 3, 1),
            ("zone", "Fuso horário", 4, 0, 3),
            ("next_number", "Próximo nº de OS", 4, 3, 1),
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(8)
        for name, label, row, column, span in places:
            grid.addWidget(Labelled(label, self._fields[name]), row, column, 1, span)
        for column in range(4):
            grid.setColumnStretch(column, 1)
        profile = Card("A loja")
        profile.body.addLayout(grid)
        profile.body.addWidget(
            quiet_label(
                "O próximo número continua o seu talão de papel e só pode aumentar: nenhum número "
                "se repete.",
                wrap=True,
            )
        )
        profile.body.addWidget(self._bar)

        self._preview = LogoPreview()
        self._choose = GhostButton("Escolher imagem", "", "photo")
        self._choose.setObjectName("chooseLogoButton")
        self._remove = FlatButton("Tirar o logotipo")
        self._wrong = error_label()
        self._wrong.hide()
        buttons = QHBoxLayout()
        buttons.addWidget(self._choose)
        buttons.addWidget(self._remove)
        buttons.addStretch(1)
        words = QVBoxLayout()
        words.addWidget(quiet_label("PNG, JPEG ou WebP. Sai no alto dos papéis.", wrap=True))
        words.addLayout(buttons)
        words.addWidget(self._wrong)
        logo = Card("Logotipo")
        line = QHBoxLayout()
        line.setSpacing(16)
        line.addWidget(self._preview)
        line.addLayout(words, 1)
        logo.body.addLayout(line)
        self.whole.addWidget(profile)
        self.whole.addWidget(logo)
        self.whole.addStretch(1)

    def _connect(self) -> None:
        self._choose.clicked.connect(self._choose_logo)
        self._remove.clicked.connect(self._remove_logo)

    def refresh(self) -> None:
        super().refresh()
        logo = self._desk.shop.logo
        self._preview.show_picture(self._desk.store.files.read(logo) if logo else None)
        self._remove.setVisible(logo is not None)

    # -- logo ------------------------------------------------------------------------------

    def _choose_logo(self) -> None:
        path = file_dialogs.ask_logo(self)
        if path is not None:
            self.take_logo(path)

    def take_logo(self, path: Path) -> None:
        """Check a file and make it the shop's logo; say beside it what is wrong with it."""
        try:
            sha = store_logo(self._desk, path)
        except UserError as error:
            self._wrong.setText(sentence(error))
            self._wrong.show()
            return
        self._wrong.hide()
        self._set(sha)

    def _remove_logo(self) -> None:
        self._wrong.hide()
        self._set(None)

    def _set(self, sha: str | None) -> None:
        self._desk.write(set_logo, sha, now=self._desk.now(), author=self._desk.author)
        self.refresh()


def store_logo(desk: Desk, path: Path) -> str:
    """The hash under which the checked picture lies among the shop's files. Raises UserError."""
    from osdesk.documents.apart import prepare_logo

    return str(desk.store.files.add(prepare_logo(path)))
