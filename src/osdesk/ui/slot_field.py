"""The place on the shelf: free ones are offered first, a taken one says who stands there."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from osdesk.services.slots import offered_slots, slot_holder
from osdesk.ui.desk import Desk
from osdesk.ui.fields import Labelled, TextField
from osdesk.ui.suggest import Suggest, Suggestion
from osdesk.ui.widgets import quiet_label, set_kind


class SlotField(QWidget):
    """``field`` is the line itself, to be bound as any other."""

    edited = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._number: int | None = None
        self.field = TextField()
        self.field.setObjectName("slot")
        self.field.setPlaceholderText("↓ mostra as livres")
        self._holder = quiet_label(wrap=True)
        self._holder.setObjectName("slotHolder")
        set_kind(self._holder, "tone", "amber")
        self._holder.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(Labelled("Prateleira", self.field))
        column.addWidget(self._holder)
        Suggest(self.field, self._find).chosen.connect(self._chosen)
        self.field.edited.connect(self._edited)

    def show_order(self, number: int | None, holder: int | None) -> None:
        """Whose own place counts as free, and which other order stands on it."""
        self._number = number
        self._show_holder(holder)

    def _find(self, text: str) -> list[Suggestion]:
        found = self._desk.read(offered_slots, text, own=self._number)
        return [
            Suggestion(
                slot.name
                if slot.taken_by in (None, self._number)
                else f"{slot.name} · ocupada pela OS {slot.taken_by}",
                slot.name,
            )
            for slot in found
        ]

    def _chosen(self, name: object) -> None:
        self.field.put(str(name))
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _edited(self) -> None:
        self._tell_holder()
        self.edited.emit()

    def _tell_holder(self) -> None:
        name = self.field.text().strip()
        own = self._number
        self._show_holder(self._desk.read(slot_holder, name, own=own) if name else None)

    def _show_holder(self, holder: int | None) -> None:
        self._holder.setText(f"A OS {holder} está nesta prateleira." if holder else "")
        self._holder.setVisible(holder is not None)
