"""What is taken down when a device comes in: checklist, place on the shelf, code, photos."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from osdesk.domain.access_codes import AccessCodeForm
from osdesk.domain.drafts import HeldFile
from osdesk.domain.errors import UserError
from osdesk.domain.forms import OrderForm
from osdesk.domain.shapes import OrderSheet
from osdesk.services.checklists import checklist_for
from osdesk.services.intake import arrival_view
from osdesk.ui.checklist_card import ChecklistCard
from osdesk.ui.code_card import CodeCard
from osdesk.ui.desk import Desk
from osdesk.ui.form_binding import Binding
from osdesk.ui.photos_card import PhotosCard
from osdesk.ui.slot_field import SlotField


class OrderArrival(QWidget):
    edited = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.checklist = ChecklistCard()
        self.slot = SlotField(desk)
        self.code = CodeCard(desk)
        self.photos = PhotosCard(desk)
        self.binding = Binding({"slot": self.slot.field})
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(self.slot)
        right.addWidget(self.code)
        right.addWidget(self.photos)
        right.addStretch()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self.checklist, 5)
        row.addLayout(right, 4)
        for part in (self.checklist, self.slot, self.code, self.photos):
            part.edited.connect(self.edited)

    def load(
        self, form: OrderForm, sheet: OrderSheet | None, held: Sequence[HeldFile] = ()
    ) -> None:
        """A form's part of it; code and photos of the stored order, or those that are held."""
        number, kind = (sheet.number if sheet else None), form.equipment.kind
        known = self._desk.read(arrival_view, number, kind=kind, slot=form.slot)
        self.binding.load(form)
        self.slot.show_order(number, known.holder)
        self.checklist.load(form.checklist, known.questions, kind=kind)
        self.code.show_code(number, known.code)
        self.photos.show_photos(number, sheet.files if sheet else (), held)

    def show_kind(self, kind: str) -> None:
        """Another kind of equipment was typed."""
        self.checklist.ask(self._desk.read(checklist_for, kind), kind=kind)

    def write(self, form: OrderForm) -> dict[str, UserError]:
        form.checklist = self.checklist.answers()
        return self.binding.write(form)

    # -- what is no part of the form -------------------------------------------------------

    @property
    def pending(self) -> bool:
        """A code or photos wait for the order to be saved."""
        return self.code.pending or bool(self.photos.held)

    def code_form(self) -> AccessCodeForm | None:
        """Raises UserError where what was typed cannot be a code."""
        return self.code.form()

    def chain(self) -> list[QWidget]:
        """In the order of Tab."""
        return [
            *(self.checklist.table, self.slot.field, self.code.kind, self.code.secret),
            *(self.code.show_button, self.code.grid),
            *(self.photos.add_button, self.photos.paste_button),
        ]

    def focus_first(self) -> None:
        first = self.slot.field if self.checklist.table.isHidden() else self.checklist.table
        first.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def title(self) -> str:
        """The tab's words: how much is answered, without opening it."""
        done, asked = self.checklist.progress()
        return f"Entrada {done}/{asked}" if asked else "Entrada"
