"""Under a field of known words: is what was typed something new, or only mistyped?"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QComboBox, QHBoxLayout, QLineEdit, QWidget

from osdesk.domain.text import fold
from osdesk.ui.widgets.controls import FlatButton, set_kind, text_label

PASSING = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
"""The keyboard comes back by itself: the field is not left."""


class AskNew(QWidget):
    """Hidden while the words are known. The question comes when the field is left, and again when
    the form is to be saved: a record is never made by a slip of the keyboard. In the order of Tab
    it follows the field.

    ``known`` answers whether the shop has the words already; ``question`` cites them as ``{word}``.
    """

    answered = Signal()

    def __init__(
        self,
        field: QLineEdit | QComboBox,
        known: Callable[[str], bool],
        question: str,
        *,
        name: str,
        narrow: bool = False,
    ) -> None:
        super().__init__()
        self.setObjectName(name)
        line = field.lineEdit() if isinstance(field, QComboBox) else field
        assert line is not None  # words are typed in the field
        self._field, self._line, self._known, self._question = field, line, known, question
        self._accepted = {""}
        self._words = text_label(wrap=True)
        set_kind(self._words, "kind", "bar")
        set_kind(self._words, "tone", "amber")
        self.create_button = FlatButton("Criar", "Enter")
        self.create_button.setObjectName(f"{name}Create")
        self.mend_button = FlatButton("Corrigir", "Esc")
        self.mend_button.setObjectName(f"{name}Mend")
        down = QBoxLayout.Direction.TopToBottom
        whole = QBoxLayout(down if narrow else QBoxLayout.Direction.LeftToRight, self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(6)
        whole.addWidget(self._words, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(4)
        buttons.addWidget(self.create_button)
        buttons.addWidget(self.mend_button)
        whole.addLayout(buttons)
        self.create_button.clicked.connect(self.accept)
        self.mend_button.clicked.connect(self.mend)
        line.textChanged.connect(self.hide)
        for watched in {line, field}:  # the line of a combo box gets keys past its filters
            watched.installEventFilter(self)
        self.hide()

    def load(self, word: str | None) -> None:
        """What the form is shown with needs no question."""
        self._accepted = {"", fold(word or "")}
        self.hide()

    def settled(self) -> bool:
        """Whether the words are known, none, or were said to be new."""
        word = self._line.text()
        return fold(word) in self._accepted or self._known(word)

    def ask(self) -> None:
        """Put the question, and the keyboard on the answer."""
        self._show()
        self.create_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def accept(self) -> None:
        """The words are new; on to the next field."""
        self._accepted.add(fold(self._line.text()))
        self.hide()
        self.answered.emit()

    def mend(self) -> None:
        """The words are to be typed again."""
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)
        self._line.selectAll()
        self.hide()

    def chain(self) -> tuple[QWidget, QWidget]:
        """In the order of Tab."""
        return self.create_button, self.mend_button

    def question(self) -> str:
        return self._words.text() if not self.isHidden() else ""

    def _show(self) -> None:
        self._words.setText(self._question.format(word=" ".join(self._line.text().split())))
        self.show()

    def _look(self) -> None:
        if not self._line.isReadOnly() and not self.settled():
            self._show()

    # -- Qt's own ways ---------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusOut:
            left = event.reason() not in PASSING
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            left = event.key() == Qt.Key.Key_Tab  # before Qt looks for the next stop: the answer
        else:
            left = False
        if left:
            self._look()
        return False

    def event(self, event: QEvent) -> bool:
        escape = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if escape and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()  # else the page's own Esc would take it
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.mend()
        else:
            super().keyPressEvent(event)
