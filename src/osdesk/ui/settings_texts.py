"""Settings: the texts that papers and messages carry and the deadlines that they speak of."""

from PySide6.QtWidgets import QGridLayout, QStackedWidget, QVBoxLayout, QWidget

from osdesk.ui.desk import Desk
from osdesk.ui.fields import ChoiceField, Field, Labelled, LongTextField, NumberField
from osdesk.ui.form_fields import SaveBar
from osdesk.ui.shop_form import ShopFormGroup
from osdesk.ui.text_card import TextCard
from osdesk.ui.widgets import Card, MessageBar, quiet_label

ADVICE = (
    "Estes textos saem nos papéis que o cliente assina. Os que vêm com o programa seguem o Código "
    "de Defesa do Consumidor; se mudar algum, peça a um advogado que leia antes de usar."
)
TITLES = (
    ("terms_intake", "Termos de entrada (na OS que o cliente assina)"),
    ("terms_quote", "Termos do orçamento"),
    ("terms_delivery", "Termos de entrega e garantia"),
    ("terms_unserviced", "Termos de retirada sem serviço"),
    ("terms_notice", "Aviso de retirada (carta)"),
    ("terms_collection", "Carta de cobrança"),
    ("message_quote", "Mensagem: orçamento pronto"),
    ("message_ready", "Mensagem: pronto para retirar"),
    ("message_notice", "Mensagem: aviso de retirada"),
)


class TextsSection(QWidget):
    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._build()
        self._connect()
        self.refresh()

    def _build(self) -> None:
        self.cards = {code: TextCard(self._desk, code, label) for code, label in TITLES}
        self._fields: dict[str, Field] = {
            "quote_validity_days": NumberField(),
            "warranty_days": NumberField(),
            "pick_up_days": NumberField(),
            "payment_terms": LongTextField(lines=2),
            **{code: card.field for code, card in self.cards.items()},
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
        terms = self._fields["payment_terms"]
        terms.setFixedHeight(terms.minimumHeight())
        self.choice = ChoiceField()
        self.choice.setObjectName("textChoice")
        self.choice.set_choices(TITLES)
        self.choice.set_value(TITLES[0][0])
        self._stack = QStackedWidget()
        for text in self.cards.values():
            self._stack.addWidget(text)
        card = Card("Textos e prazos")
        card.body.addLayout(days)
        card.body.addWidget(Labelled("Condições de pagamento", terms))
        card.body.addWidget(advice)
        card.body.addWidget(Labelled("Texto", self.choice))
        card.body.addWidget(self._stack)
        card.body.addWidget(
            quiet_label(
                "Linhas entre **asteriscos duplos** saem em negrito: são as que limitam direitos. "
                "O que está entre {chaves} é preenchido com os dados de cada OS.",
                wrap=True,
            )
        )
        card.body.addWidget(self._bar)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(card)
        whole.addStretch(1)

    def _connect(self) -> None:
        self.group = ShopFormGroup(self._desk, self._fields, self._bar)
        self.choice.currentIndexChanged.connect(self._show_chosen)
        for card in self.cards.values():
            card.previewed.connect(self._fit)
        self._show_chosen()

    @property
    def dirty(self) -> bool:
        return self.group.dirty

    def save(self) -> bool:
        saved = self.group.save()
        wrong = [code for code, card in self.cards.items() if card.field.error_text()]
        if not saved and wrong:
            self.show_text(wrong[0])
        return saved

    def ask_to_save(self) -> None:
        self._bar.ask("Salvar ou descartar as alterações dos textos?")

    def refresh(self) -> None:
        if not self.dirty:
            self.group.load()
            self._show_chosen()

    def show_text(self, code: str) -> None:
        """Choose which of the texts is seen."""
        self.choice.setCurrentIndex(self.choice.findData(code))

    def _show_chosen(self, *_: object) -> None:
        code = self.choice.value()
        if code in self.cards:
            card = self.cards[str(code)]
            self._stack.setCurrentWidget(card)
            card.read_through()
            self._fit()

    def _fit(self) -> None:
        """The page is as high as the text that is shown, not as the highest of them."""
        policy = self._stack.sizePolicy()
        for card in self.cards.values():
            shown = card is self._stack.currentWidget()
            mode = policy.Policy.Preferred if shown else policy.Policy.Ignored
            card.setSizePolicy(policy.Policy.Preferred, mode)
        self._stack.adjustSize()
