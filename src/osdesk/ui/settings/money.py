"""Settings: where the shop's Pix goes, and what it agreed on for late payments."""

from PySide6.QtWidgets import QGridLayout, QWidget

from osdesk.ui.desk import Desk
from osdesk.ui.settings.section import ShopFormSection
from osdesk.ui.widgets.controls import Card, quiet_label
from osdesk.ui.widgets.fields import Labelled, MoneyField, TextField

PIX_WORDS = (
    "Com a chave, o osdesk monta o QR code e o texto do Pix com o valor e o número da OS, na tela "
    "e nos papéis. O código não confirma nada: confira no banco antes de registrar o recebimento."
)

LATE_WORDS = (
    "Com zero, nada é somado. Só use se estiver combinado com o cliente, por escrito na OS. A "
    "multa vai até 2 % (CDC, art. 52) e os juros até 1 % ao mês, simples, contados por dia. Saem "
    "só na carta de cobrança; o saldo da OS não muda."
)


class MoneySection(ShopFormSection):
    """The Pix key, and fine and interest of late payments."""

    QUESTION = "Salvar ou descartar as alterações dos recebimentos?"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._build()
        self._watch()

    def _build(self) -> None:
        key = TextField(limit=77, placeholder="CPF, CNPJ, celular, e-mail ou chave aleatória")
        key.setObjectName("pixKey")
        self._fields = {
            "pix_key": key,
            "pix_name": TextField(limit=200, placeholder="Como no banco"),
            "pix_city": TextField(limit=200, placeholder="São Paulo"),
            "fine_bp": MoneyField(blank=0),
            "interest_bp": MoneyField(blank=0),
        }
        self._fields["fine_bp"].setObjectName("lateFine")
        self._fields["interest_bp"].setObjectName("lateInterest")
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
        card = Card("Pix")
        card.body.addLayout(grid)
        card.body.addWidget(quiet_label(PIX_WORDS, wrap=True))
        late = Card("Pagamento em atraso")
        pair = QGridLayout()
        pair.setHorizontalSpacing(8)
        pair.addWidget(Labelled("Multa (%)", self._fields["fine_bp"]), 0, 0)
        pair.addWidget(Labelled("Juros ao mês (%)", self._fields["interest_bp"]), 0, 1)
        pair.setColumnStretch(2, 2)
        late.body.addLayout(pair)
        late.body.addWidget(quiet_label(LATE_WORDS, wrap=True))
        for part in (card, late, self._bar):
            self.whole.addWidget(part)
        self.whole.addStretch(1)
