"""Settings: the texts that papers carry and the deadlines that they speak of."""

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from osdesk.ui.desk import Desk
from osdesk.ui.fields import Field, Labelled, LongTextField, NumberField
from osdesk.ui.form_fields import SaveBar
from osdesk.ui.shop_form import ShopFormGroup
from osdesk.ui.widgets import Card, MessageBar, quiet_label

ADVICE = (
    "Estes textos saem nos papéis que o cliente assina. Os que vêm com o programa seguem o Código "
    "de Defesa do Consumidor; se mudar algum, peça a um advogado que leia antes de usar."
)


class TextsSection(QWidget):
    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._build()
        self.group = ShopFormGroup(desk, self._fields, self._bar)
        self.refresh()

    def _build(self) -> None:
        self._fields: dict[str, Field] = {
            "quote_validity_days": NumberField(),
            "warranty_days": NumberField(),
            "pick_up_days": NumberField(),
            "payment_terms": LongTextField(lines=2),
            "terms_intake": LongTextField(lines=9),
            "terms_delivery": LongTextField(lines=9),
        }
        labels = (
            ("quote_validity_days", "Validade do orçamento (dias)"),
            ("warranty_days", "Garantia do serviço (dias, no mínimo 90)"),
            ("pick_up_days", "Prazo para retirar (dias)"),
        )
        days = QGridLayout()
        days.setHorizontalSpacing(8)
        for column, (name, label) in enumerate(labels):
            days.addWidget(Labelled(label, self._fields[name]), 0, column)
            days.setColumnStretch(column, 1)
        advice = MessageBar()
        advice.setObjectName("legalAdvice")
        advice.say(ADVICE, "amber", lasting=True)
        self._bar = SaveBar()
        card = Card("Textos e prazos")
        card.body.addWidget(advice)
        card.body.addLayout(days)
        for name, label in (
            ("payment_terms", "Condições de pagamento"),
            ("terms_intake", "Termos de entrada (na OS que o cliente assina)"),
            ("terms_delivery", "Termos de entrega e garantia"),
        ):
            field = self._fields[name]
            field.setFixedHeight(field.minimumHeight())
            card.body.addWidget(Labelled(label, field))
        card.body.addWidget(quiet_label("Entre **asteriscos duplos** o texto sai em negrito."))
        card.body.addWidget(self._bar)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(card)
        whole.addStretch(1)

    @property
    def dirty(self) -> bool:
        return self.group.dirty

    def save(self) -> bool:
        return self.group.save()

    def ask_to_save(self) -> None:
        self._bar.ask("Salvar ou descartar as alterações dos textos?")

    def refresh(self) -> None:
        if not self.dirty:
            self.group.load()
