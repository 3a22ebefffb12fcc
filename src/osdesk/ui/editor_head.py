"""The head of the editor: the way back, which order it is, how it stands, whether it is saved."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from osdesk.domain.shapes import OrderSheet
from osdesk.ui.order_path import OrderPath
from osdesk.ui.widgets import ElidedLabel, FlatButton, GhostButton, Pill, title_label

NARROW = 1000


class EditorHead(QWidget):
    back_requested = Signal()
    order_requested = Signal(int)
    """The order whose work came back under warranty."""

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
        self._draft = ""
        self._stored = self._changed = False
        self._path = OrderPath()
        self.stage = Pill()
        self.stage.setObjectName("editorStage")
        self.stage.hide()
        self._return_of = 0
        self.origin = FlatButton()
        self.origin.setObjectName("warrantyOrigin")
        self.origin.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.origin.clicked.connect(lambda: self.order_requested.emit(self._return_of))
        self.origin.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(back)
        row.addWidget(self._title)
        row.addWidget(self.stage)
        row.addWidget(self.origin)
        row.addWidget(self._state, 1)
        row.addWidget(self._path)

    def title(self) -> str:
        return self._title.text()

    def show_order(self, sheet: OrderSheet | None) -> None:
        """``sheet``: None for an order that was never saved."""
        self._title.setText(f"OS {sheet.number}" if sheet else "Nova OS")
        self._path.show_order(sheet)
        stage = sheet.stage if sheet else None
        self.stage.setVisible(stage is not None)
        if stage is not None:
            self.stage.show_status(stage.name, stage.colour)
        self._draft = ""

    def show_return(self, number: int | None) -> None:
        """That the order is a return; pressed, it opens the one it comes back to."""
        self._return_of = number or 0
        self._name_origin()
        self.origin.setVisible(number is not None)

    def _name_origin(self) -> None:
        words = f"Retorno em garantia da OS {self._return_of}"
        self.origin.set_text("Retorno" if self.width() < NARROW else words)
        self.origin.setAccessibleName(words)
        self.origin.setToolTip(f"{words}: abrir a OS {self._return_of}")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._name_origin()

    def show_state(self, *, stored: bool, changed: bool) -> None:
        self._stored, self._changed = stored, changed
        self._tell()

    def show_draft(self, words: str) -> None:
        """How safe the typed text is while it is not saved; empty where there is none."""
        self._draft = words
        self._tell()

    def _tell(self) -> None:
        if self._changed:
            words = "alterações não salvas" if self._stored else "não salva"
            self._state.setText(self._draft or words)
        else:
            self._state.setText("salva" if self._stored else "")
