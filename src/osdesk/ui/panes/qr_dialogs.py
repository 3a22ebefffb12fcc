"""Codes on the screen for a phone to read: a Pix charge, a message to send."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPaintEvent, QTextOption
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLayout, QPlainTextEdit, QVBoxLayout, QWidget

from osdesk.domain.errors import UserError
from osdesk.domain.money import format_brl
from osdesk.domain.pix import shop_pix
from osdesk.texts import sentence
from osdesk.ui.desk import Desk
from osdesk.ui.widgets.controls import (
    FlatButton,
    GhostButton,
    PrimaryButton,
    error_label,
    quiet_label,
    title_label,
)

WARNING = (
    "O código não confirma o pagamento: veja no aplicativo do banco que o valor entrou e então "
    "registre o recebimento."
)
NO_KEY = "A loja ainda não tem chave Pix. Digite-a em Configurações, Recebimentos."


class QrPicture(QWidget):
    """A QR code in black on white, whatever the scheme, with its quiet margin."""

    MARGIN = 4

    def __init__(self, side: int = 240, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._side = side
        self._cells: tuple[tuple[bool, ...], ...] = ()
        self.setFixedSize(side, side)

    def show_text(self, text: str, words: str) -> None:
        """``words`` is what a screen reader says instead of the picture."""
        from osdesk.documents.kit.draw import qr_matrix

        self._cells = qr_matrix(text) if text else ()
        self.setAccessibleName(words)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._side, self._side)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor("#ffffff"))
        if not self._cells:
            return
        count = len(self._cells) + 2 * self.MARGIN
        size = self._side // count
        start = (self._side - size * len(self._cells)) // 2
        for y, row in enumerate(self._cells):
            for x, dark in enumerate(row):
                if dark:
                    place = QRect(start + x * size, start + y * size, size, size)
                    painter.fillRect(place, QColor("#000000"))


class PixDialog(QDialog):
    """Opened by who receives; it records nothing."""

    def __init__(self, desk: Desk, number: int, amount: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("pixDialog")
        self.setWindowTitle(f"Pix da OS {number}")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.code = ""
        self._wrong = ""
        try:
            self.code = shop_pix(desk.shop, number, amount) or ""
            self._wrong = "" if self.code else NO_KEY
        except UserError as error:
            self._wrong = sentence(error)
        self._build(number, amount)
        self._connect()

    def _build(self, number: int, amount: int) -> None:
        self._picture = QrPicture(256)
        self._picture.show_text(self.code, f"QR code do Pix de {format_brl(amount)}")
        self._text = QPlainTextEdit(self.code)
        self._text.setObjectName("pixText")
        self._text.setReadOnly(True)
        self._text.setWordWrapMode(QTextOption.WrapMode.WrapAnywhere)
        self._text.setTabChangesFocus(True)
        self._text.setAccessibleName("Pix copia e cola")
        self._text.setFixedHeight(106)
        self._copy = PrimaryButton("Copiar", "Enter")
        self._copy.setObjectName("copyPixButton")
        self._copy.setDefault(True)
        self._close = FlatButton("Fechar", "Esc")
        buttons = QHBoxLayout()
        buttons.addWidget(self._copy)
        buttons.addWidget(self._close)
        buttons.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 16, 16, 16)
        whole.setSpacing(10)
        whole.addWidget(title_label(f"Pix de {format_brl(amount)}, OS {number}"))
        if self._wrong:
            wrong = error_label(self._wrong)
            wrong.setWordWrap(True)
            whole.addWidget(wrong)
        else:
            whole.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignHCenter)
            whole.addWidget(self._text)
            whole.addWidget(quiet_label(WARNING, wrap=True))
        self._copy.setVisible(not self._wrong)
        whole.addLayout(buttons)
        self.setFixedWidth(400)
        (self._close if self._wrong else self._copy).setFocus()

    def _connect(self) -> None:
        self._copy.clicked.connect(self._copy_text)
        self._close.clicked.connect(self.reject)

    def _copy_text(self) -> None:
        QGuiApplication.clipboard().setText(self.code)
        self._copy.setText("Copiado")


class PixButton(GhostButton):
    """On show while there is an amount to pay by Pix; it records nothing."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("Mostrar Pix", "F7", parent=parent)
        self.setObjectName("showPix")
        self.setToolTip("Mostrar o código Pix deste valor para o cliente pagar")
        self._desk = desk
        self._number = self._amount = 0
        self.clicked.connect(self.show_code)
        self.hide()

    def offer(self, number: int, amount: int | None) -> None:
        """``amount`` in centavos of order ``number``; None or nothing takes the button away."""
        self._number, self._amount = number, amount or 0
        self.setVisible(self._amount > 0)

    def show_code(self) -> None:
        if self._amount > 0:
            PixDialog(self._desk, self._number, self._amount, self.window()).open()


SIDE = 400


class MessageDialog(QDialog):
    """Opened by who writes; it sends and records nothing."""

    def __init__(self, link: str, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("messageDialog")
        self.setWindowTitle("Mensagem pelo celular")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        picture = QrPicture(SIDE)
        picture.setObjectName("messageQr")
        picture.show_text(link, f"QR code da mensagem para {name}")
        close = FlatButton("Fechar", "Esc")
        close.clicked.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(10)
        column.setSizeConstraint(QLayout.SizeConstraint.SetFixedSize)
        column.addWidget(title_label("Leia com a câmera do seu celular"))
        column.addWidget(picture, 0, Qt.AlignmentFlag.AlignHCenter)
        words = (
            "Abre a conversa no WhatsApp com o texto pronto. Depois de enviar, registre o aviso."
        )
        told = quiet_label(words, wrap=True)
        told.setFixedWidth(SIDE)
        column.addWidget(told)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignLeft)
