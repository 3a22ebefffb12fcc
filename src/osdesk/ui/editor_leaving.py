"""Away from the editor: nothing typed is lost, and what becomes of it is asked in place."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from osdesk.ui.leave_bar import UNCONFIRMED, UNSAVED, LeaveBar

if TYPE_CHECKING:
    from osdesk.ui.order_editor import OrderEditor

WITHOUT_CODE = (
    "O rascunho foi guardado sem a senha do aparelho, que não fica em rascunhos. Pergunte-a de "
    "novo ao continuar."
)


class EditorLeaving(QObject):
    """Asks with the ``bar``; the editor's ``closed`` or ``stayed`` follows the answer."""

    def __init__(self, editor: "OrderEditor", bar: LeaveBar) -> None:
        super().__init__(editor)
        self._editor = editor
        self._bar = bar
        bar.save_requested.connect(self._saving)
        bar.keep_requested.connect(self._keeping)
        bar.discard_requested.connect(self._discarding)
        bar.stay_requested.connect(self._staying)

    def try_close(self) -> bool:
        """True where nothing would be lost; else it is asked, and the answer goes on."""
        acts, keeper = self._editor.acts, self._editor.keeper
        if self._editor.has_changes():
            keeper.keep()  # while the question stands nothing can happen to it
        if acts.is_open:
            if acts.has_text():
                self._ask(UNCONFIRMED, can_save=False)
                return False
            acts.leave()
        if not self._editor.has_changes():
            self._bar.hide()
            keeper.drop()
            keeper.rest()
            return True
        self._ask(UNSAVED)
        return False

    def _ask(self, words: str, *, can_save: bool = True) -> None:
        self._editor.bar.clear()
        self._bar.ask(words, can_save=can_save)

    def _saving(self) -> None:
        if self._editor.save():
            self._editor.keeper.rest()
            self._editor.closed.emit()
        else:
            self._bar.hide()
            self._editor.stayed.emit()

    def _keeping(self) -> None:
        """As a draft, for later; an access code that was typed is not kept with it."""
        if not self._editor.keeper.keep():
            self._editor.say("O rascunho não pôde ser gravado. Salve a OS ou continue aqui.")
            self._bar.hide()
            self._editor.stayed.emit()
            return
        unsaid = self._editor.cards.work.arrival.code.pending
        self._editor.keeper.rest()
        self._editor.empty()
        self._editor.closed.emit()
        if unsaid:
            self._editor.said.emit(WITHOUT_CODE, "amber")

    def _discarding(self) -> None:
        self._editor.keeper.drop()
        self._editor.keeper.rest()
        self._editor.empty()
        self._editor.closed.emit()

    def _staying(self) -> None:
        self._bar.hide()
        self._editor.stayed.emit()
        if self._editor.acts.is_open:
            self._editor.acts.setFocus()
        else:
            self._editor.cards.customer.name.setFocus(Qt.FocusReason.OtherFocusReason)
