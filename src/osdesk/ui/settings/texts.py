"""Settings: the shop's texts and periods; each text with its warnings and how it looks.

The warnings stand below while one types; they hinder nothing.
"""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import (
    QAction,
    QImage,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QTextCursor,
)
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from osdesk.domain.clauses import void_clauses
from osdesk.domain.default_texts import TEXTS
from osdesk.domain.errors import UserError
from osdesk.domain.fill_in import OFFERED, strangers_in
from osdesk.jobs.text_preview import TextPreview, preview_text
from osdesk.texts import sentence
from osdesk.texts.clauses import CLAUSE, FILL_IN
from osdesk.ui.desk import Desk
from osdesk.ui.settings.section import ShopFormSection
from osdesk.ui.widgets import theme
from osdesk.ui.widgets.controls import (
    Card,
    FlatButton,
    GhostButton,
    MessageBar,
    quiet_label,
    text_label,
)
from osdesk.ui.widgets.fields import ChoiceField, Labelled, LongTextField, NumberField

LINES = {"message": 5}
PAUSE_MS = 250
"""A pause in typing after which the text is read."""
DPI = 96


class TextCard(QWidget):
    """One text: what is typed, the fields to insert, warnings, how it looks on paper."""

    previewed = Signal()

    def __init__(self, desk: Desk, code: str, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.code = code
        self._build(label)
        self._connect()

    def _build(self, label: str) -> None:
        self.field = LongTextField(lines=LINES.get(self.code.partition("_")[0], 11))
        self.field.setObjectName(self.code)
        self.field.setFixedHeight(self.field.minimumHeight())
        self._insert = GhostButton("Inserir campo…")
        self._insert.setObjectName(f"{self.code}Insert")
        self._insert.setToolTip("Dados da OS que entram no texto quando ele é impresso")
        self._menu = QMenu(self._insert)
        for name in OFFERED[self.code]:
            action = self._menu.addAction(f"{{{name}}}   {FILL_IN[name]}")
            action.setData(name)
        self._look = GhostButton("Ver como sai")
        self._look.setObjectName(f"{self.code}Look")
        self._restore = FlatButton("Restaurar texto padrão")
        self._restore.setObjectName(f"{self.code}Restore")
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self._insert, self._look, self._restore):
            buttons.addWidget(button)
        buttons.addStretch(1)
        self._warnings = text_label(wrap=True)
        self._warnings.setObjectName(f"{self.code}Warnings")
        self._warnings.setProperty("kind", "bar")
        self._warnings.setMargin(6)
        self._warnings.setProperty("tone", "amber")
        self._warnings.hide()
        self._words = text_label(wrap=True)
        self._words.setObjectName(f"{self.code}Preview")
        self._words.setProperty("kind", "bar")
        self._words.setMargin(6)
        self._words.hide()
        self._pages = QVBoxLayout()
        self._pages.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(Labelled("Como está escrito", self.field))
        self.field.setAccessibleName(label)
        column.addLayout(buttons)
        column.addWidget(self._warnings)
        column.addWidget(self._words)
        column.addLayout(self._pages)
        column.addStretch(1)

    def _connect(self) -> None:
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.read_through)
        self.field.textChanged.connect(self._pause.start)
        self._insert.clicked.connect(self._offer_fields)
        self._menu.triggered.connect(self._field_chosen)
        self._look.clicked.connect(self._look_clicked)
        self._restore.clicked.connect(self.restore)

    # -- text ------------------------------------------------------------------------------

    def text(self) -> str:
        return self.field.toPlainText()

    def insert(self, name: str) -> None:
        """Put a field where the cursor is, over what is marked."""
        self.field.textCursor().insertText(f"{{{name}}}")
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def restore(self) -> None:
        """The program's own text over what is typed; Ctrl+Z brings that back."""
        cursor = QTextCursor(self.field.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(TEXTS[self.code])
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def read_through(self) -> None:
        """Say what the law does not hold a customer to, and what looks like a field and is none."""
        self._pause.stop()
        text = self.text()
        said = []
        for clause in void_clauses(text):
            why, article = CLAUSE[clause.code]
            said.append(f"“{clause.found}”: {why} ({article}).")
        said += [
            f"{typed} não é um campo deste texto e sai como está."
            for typed in strangers_in(text, self.code)
        ]
        self._warnings.setText("\n".join(said))
        self._warnings.setVisible(bool(said))
        self._restore.setEnabled(text != TEXTS[self.code])

    def warnings(self) -> str:
        return self._warnings.text() if not self._warnings.isHidden() else ""

    def _offer_fields(self) -> None:
        self._menu.popup(self._insert.mapToGlobal(self._insert.rect().bottomLeft()))

    def _field_chosen(self, action: QAction) -> None:
        self.insert(str(action.data()))

    # -- preview ---------------------------------------------------------------------------

    @property
    def shows_preview(self) -> bool:
        return not self._words.isHidden() or self._pages.count() > 0

    def preview_words(self) -> str:
        return self._words.text() if not self._words.isHidden() else ""

    def pictures(self) -> list[QPixmap]:
        """The pages that are shown."""
        return [page.pixmap for page in self.findChildren(PageView)]

    def _look_clicked(self) -> None:
        if self.shows_preview:
            self.hide_preview()
            return
        self._look.setEnabled(False)
        self._desk.tasks.run(
            preview_text,
            self.code,
            self.text(),
            now=self._desk.now(),
            done=self._drawn,
            failed=self._failed,
            always=self._drawing_over,
            owner=self,
        )

    def hide_preview(self) -> None:
        self._words.hide()
        while self._pages.count():
            item = self._pages.takeAt(0)
            widget = item.widget() if item else None
            if widget is not None:
                widget.setParent(None)
                widget.deleteLater()
        self._look.set_text("Ver como sai")

    def _drawn(self, preview: TextPreview) -> None:
        self.hide_preview()
        if preview.pdf is None:
            self._words.setText(preview.words or "Sem texto.")
            self._words.show()
        else:
            for pixmap in first_copy(preview):
                self._pages.addWidget(PageView(pixmap))
        self._look.set_text("Esconder")
        self.previewed.emit()

    def _failed(self, error: UserError) -> None:
        self._words.setText(sentence(error))
        self._words.show()

    def _drawing_over(self) -> None:
        self._look.setEnabled(True)


class PageView(QWidget):
    """A page as wide as there is room for, never enlarged, with an edge around it."""

    def __init__(self, pixmap: QPixmap, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pixmap = pixmap
        self.setMaximumWidth(pixmap.width())
        self.setAccessibleName("Como o documento sai no papel")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setFixedHeight(round(self.width() * self.pixmap.height() / self.pixmap.width()))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(self.rect(), self.pixmap)
        painter.setPen(theme.color("edge"))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))


def first_copy(preview: TextPreview) -> list[QPixmap]:
    """Pictures of the first copy: the upper halves of pages that carry two, else its pages."""
    from osdesk.documents.read import page_pictures

    images = []
    for page in page_pictures(preview.pdf or b"", dpi=DPI):
        kind = QImage.Format.Format_RGB888
        images.append(QImage(page.data, page.width, page.height, page.stride, kind).copy())
    images = images[: preview.pages]
    if preview.halved:
        images = [image.copy(0, 0, image.width(), image.height() // 2) for image in images]
    return [QPixmap.fromImage(image) for image in images]


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


class TextsSection(ShopFormSection):
    """The periods and all texts, one of them shown."""

    QUESTION = "Salvar ou descartar as alterações dos textos?"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._build()
        self._connect()
        self._watch()

    def _build(self) -> None:
        self.cards = {code: TextCard(self._desk, code, label) for code, label in TITLES}
        self._fields = {
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
        self.whole.addWidget(card)
        self.whole.addStretch(1)

    def _connect(self) -> None:
        self.choice.currentIndexChanged.connect(self._show_chosen)
        for card in self.cards.values():
            card.previewed.connect(self._fit)
        self._show_chosen()

    def save(self) -> bool:
        saved = super().save()
        wrong = [code for code, card in self.cards.items() if card.field.error_text()]
        if not saved and wrong:
            self.show_text(wrong[0])
        return saved

    def _load(self) -> None:
        super()._load()
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
