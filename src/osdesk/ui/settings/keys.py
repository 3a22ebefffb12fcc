"""Settings: which key does what; each is changed by pressing the new one."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from osdesk.domain.errors import UserError
from osdesk.texts import sentence
from osdesk.ui.desk import Desk
from osdesk.ui.settings.section import Section
from osdesk.ui.widgets import keymap
from osdesk.ui.widgets.controls import (
    Card,
    FlatButton,
    GhostButton,
    quiet_label,
    set_kind,
    text_label,
)
from osdesk.ui.window_settings import WindowSettings

HOW = (
    "Clique em uma tecla (ou chegue a ela com Tab) e aperte a nova. Vale quando a janela for "
    "aberta de novo; botões, dicas e as ações (Ctrl+K) passam a mostrar a nova."
)
MODIFIERS = frozenset(
    {Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr}
)
MOVES = frozenset(
    {Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Escape, Qt.Key.Key_Up, Qt.Key.Key_Down}
)


class KeyField(QLineEdit):
    """Shows a key; ``pressed`` tells which other one was pressed here."""

    pressed = Signal(str)

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setFixedWidth(132)
        self.setAccessibleName(f"Tecla de: {words}")
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)

    def event(self, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() not in MOVES
        ):
            event.accept()  # else the window would do what the key does
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in MOVES:
            event.ignore()
        elif key not in MODIFIERS:
            self.pressed.emit(QKeySequence(event.keyCombination()).toString())


class KeysSection(Section):
    """A row for each thing that has a key: what it is, the key, back to the usual one."""

    reopen_requested = Signal()
    """The window is to be opened anew, so that the keys count."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._settings = WindowSettings(desk.folder)
        self._fields: dict[str, KeyField] = {}
        self._usual: dict[str, FlatButton] = {}
        card = Card("Teclas")
        card.body.addWidget(quiet_label(keymap.words(HOW), wrap=True))
        self._said = quiet_label(wrap=True)
        self._said.setObjectName("keysSaid")
        self._reopen = GhostButton("Abrir a janela de novo")
        self._reopen.setObjectName("keysReopen")
        card.body.addWidget(self._said)
        card.body.addWidget(self._reopen, 0, Qt.AlignmentFlag.AlignLeft)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 1)
        grid.setColumnMinimumWidth(2, 84)
        for row, (default, words) in enumerate(keymap.KEYS.items()):
            field = self._fields[default] = KeyField(words)
            field.setObjectName(f"key_{default}")
            field.pressed.connect(self._pressed)
            usual = self._usual[default] = FlatButton("Voltar a " + default)
            usual.setAccessibleName(f"{words}: voltar a {default}")
            usual.clicked.connect(self._back)
            grid.addWidget(text_label(words, wrap=True), row, 0)
            grid.addWidget(field, row, 1)
            grid.addWidget(usual, row, 2)
        card.body.addLayout(grid)
        self._all = GhostButton("Voltar todas ao padrão")
        self._all.setObjectName("keysAll")
        card.body.addWidget(self._all, 0, Qt.AlignmentFlag.AlignLeft)
        self.whole.addWidget(card)
        self.whole.addStretch(1)
        self._all.clicked.connect(self._all_back)
        self._reopen.clicked.connect(self.reopen_requested)
        self._show()

    def refresh(self) -> None:
        self._show()

    def _show(self) -> None:
        own = self._settings.keys
        for default, field in self._fields.items():
            field.setText(own.get(default, default))
            self._usual[default].setVisible(default in own)
        self._all.setEnabled(bool(own))
        waiting = any(keymap.key(each) != own.get(each, each) for each in keymap.KEYS)
        self._reopen.setVisible(waiting)
        self._say("As teclas novas valem quando a janela for aberta de novo." if waiting else "")

    def _say(self, words: str, tone: str = "amber") -> None:
        self._said.setText(words)
        self._said.setVisible(bool(words))
        set_kind(self._said, "tone", tone)

    def _of(self, sender: object) -> str:
        """The default key whose row was used."""
        rows = (*self._fields.items(), *self._usual.items())
        return next(default for default, part in rows if part is sender)

    def _pressed(self, wanted: str) -> None:
        self._take(self._of(self.sender()), wanted)

    def _back(self) -> None:
        default = self._of(self.sender())
        self._take(default, default)
        self._fields[default].setFocus(Qt.FocusReason.OtherFocusReason)

    def _take(self, default: str, wanted: str) -> None:
        try:
            key = keymap.checked(default, wanted, self._settings.keys)
        except UserError as error:
            self._show()
            self._say(sentence(error), "red")
            return
        self._settings.set_key(default, None if key == default else key)
        self._settings.save()
        self._show()

    def _all_back(self) -> None:
        for default in keymap.KEYS:
            self._settings.set_key(default, None)
        self._settings.save()
        self._show()
