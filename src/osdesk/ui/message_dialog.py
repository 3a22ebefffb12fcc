"""A message as a QR code on the screen, for the clerk's own phone to read and send."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLayout, QVBoxLayout, QWidget

from osdesk.ui.pix_dialog import QrPicture
from osdesk.ui.widgets import FlatButton, quiet_label, title_label

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
