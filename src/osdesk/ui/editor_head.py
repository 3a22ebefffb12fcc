"""The head of the editor: the way back, which order it is, how it stands, whether it is saved."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from osdesk.domain.shapes import OrderSheet
from osdesk.ui.order_path import OrderPath
from osdesk.ui.widgets import ElidedLabel, GhostButton, title_label


class EditorHead(QWidget):
    back_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        back = GhostButton("", "", "arrow-left")
        back.setObjectName("editorBack")
        back.setAccessibleName("Voltar à lista")
        back.setToolTip("Voltar à lista (Esc)")
        back.setFixedWidth(46)
        back.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        back.clicked.connect(self.back_requested)
        self._title = title_label()
        self._title.setObjectName("editorTitle")
        self._state = ElidedLabel(kind="quiet")
        self._state.setObjectName("editorState")
        self._path = OrderPath()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(back)
        row.addWidget(self._title)
        row.addWidget(self._state, 1)
        row.addWidget(self._path)

    def title(self) -> str:
        return self._title.text()

    def show_order(self, sheet: OrderSheet | None) -> None:
        """``sheet``: None for an order that was never saved."""
        self._title.setText(f"OS {sheet.number}" if sheet else "Nova OS")
        self._path.show_order(sheet)

    def show_state(self, *, stored: bool, changed: bool) -> None:
        if changed:
            self._state.setText("alterações não salvas" if stored else "não salva")
        else:
            self._state.setText("salva" if stored else "")
