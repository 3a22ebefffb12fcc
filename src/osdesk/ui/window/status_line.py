"""The line at the window's foot: words of the page at the left, the backup's age at the right."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from osdesk.texts.backups import SafetyWords
from osdesk.ui.widgets import theme
from osdesk.ui.widgets.controls import ElidedLabel, FlatButton, set_kind, text_label
from osdesk.ui.widgets.icons import icon_pixmap
from osdesk.ui.window.keys import ACTS_KEY, SHEETS_KEY

NARROW = 900


class StatusLine(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("statusLine")
        self.setProperty("kind", "foot")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(26)
        self._tone = ""
        self._words = ElidedLabel()
        self._words.setObjectName("statusText")
        self._sign = QLabel()
        self._backup = text_label()
        self._backup.setObjectName("backupAge")
        self._backup.setProperty("kind", "age")
        self.sheets = FlatButton("Arquivar vias assinadas…", SHEETS_KEY)
        self.sheets.setObjectName("signedSheetsButton")
        self.sheets.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.acts = FlatButton("Ações", ACTS_KEY)
        self.acts.setObjectName("actsButton")
        self.acts.setToolTip("Encontra pelo nome tudo o que pode ser feito agora")
        self.acts.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 1, 14, 0)
        row.setSpacing(6)
        row.addWidget(self._words, 1)
        row.addWidget(self.acts)
        row.addWidget(self.sheets)
        row.addWidget(self._sign)
        row.addWidget(self._backup)

    def show_text(self, text: str) -> None:
        self._words.setText(text)

    def show_safety(self, words: SafetyWords) -> None:
        self._backup.setText(words.text)
        for part in (self._backup, self._sign):
            part.setToolTip(words.details)
        self._backup.setAccessibleDescription(words.details)
        self._tone = words.tone
        set_kind(self._backup, "tone", words.tone)
        self._paint_sign()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a small screen the page's words go first; Ctrl+K still finds the signed sheets."""
        super().resizeEvent(event)
        self.sheets.setVisible(self.width() >= NARROW)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if theme.is_scheme_change(event) and hasattr(self, "_sign"):
            self._paint_sign()

    def _paint_sign(self) -> None:
        self._sign.setVisible(self._tone != "")
        if self._tone:
            name = "shield-check" if self._tone == "green" else "shield-x"
            colour = theme.color(self._tone)
            self._sign.setPixmap(icon_pixmap(name, colour, 16, self.devicePixelRatioF()))
