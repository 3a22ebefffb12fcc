"""Settings: where the shop's Pix goes."""

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from osdesk.ui.desk import Desk
from osdesk.ui.fields import Field, Labelled, TextField
from osdesk.ui.form_fields import SaveBar
from osdesk.ui.shop_form import ShopFormGroup
from osdesk.ui.widgets import Card, quiet_label

PIX_WORDS = (
    "Com a chave, o osdesk monta o QR code e o texto do Pix com o valor e o número da OS, na tela "
    "e nos papéis. O código não confirma nada: confira no banco antes de registrar o recebimento."
)


class MoneySection(QWidget):
    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._build()
        self.group = ShopFormGroup(desk, self._fields, self._bar)
        self.refresh()

    def _build(self) -> None:
        key = TextField(limit=77, placeholder="CPF, CNPJ, celular, e-mail ou chave aleatória")
        key.setObjectName("pixKey")
        self._fields: dict[str, Field] = {
            "pix_key": key,
            "pix_name": TextField(limit=200, placeholder="Como no banco"),
            "pix_city": TextField(limit=200, placeholder="São Paulo"),
        }
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(8)
        places = (
            ("pix_key", "Chave Pix", 0, 0, 2),
            ("pix_name", "Nome de quem recebe", 1, 0, 1),
            ("pix_city", "Cidade", 1, 1, 1),
        )
        for name, label, row, column, span in places:
            grid.addWidget(Labelled(label, self._fields[name]), row, column, 1, span)
        self._bar = SaveBar()
        card = Card("Pix")
        card.body.addLayout(grid)
        card.body.addWidget(quiet_label(PIX_WORDS, wrap=True))
        card.body.addWidget(self._bar)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(12)
        whole.addWidget(card)
        whole.addStretch(1)

    @property
    def dirty(self) -> bool:
        return self.group.dirty

    def save(self) -> bool:
        return self.group.save()

    def ask_to_save(self) -> None:
        self._bar.ask("Salvar ou descartar as alterações do Pix?")

    def refresh(self) -> None:
        """Show what is stored; what is being typed stays."""
        if not self.dirty:
            self.group.load()
