"""What was found and done, and what only the shop needs to know of an order."""

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from osdesk.domain.errors import UserError
from osdesk.domain.forms import OrderForm
from osdesk.texts import PRIORITY
from osdesk.ui.fields import ChoiceField, Field, Labelled, LongTextField, TextField
from osdesk.ui.form_binding import Binding


class OrderNotes(QWidget):
    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.diagnosis = LongTextField(lines=2)
        self.diagnosis.setObjectName("diagnosis")
        self.report = LongTextField(lines=2)
        self.report.setObjectName("report")
        self.notes = LongTextField(lines=2)
        self.notes.setObjectName("notes")
        self.priority = ChoiceField()
        self.priority.setObjectName("priority")
        self.priority.set_choices(PRIORITY.items())
        self.stage = ChoiceField()
        self.stage.setObjectName("stage")
        self.external_ref = TextField()
        self.external_ref.setObjectName("externalRef")
        self.binding = Binding(
            {
                "diagnosis": self.diagnosis,
                "report": self.report,
                "notes": self.notes,
                "priority": self.priority,
                "stage": self.stage,
                "external_ref": self.external_ref,
            }
        )
        for text in (self.diagnosis, self.report, self.notes):
            text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        shown: tuple[tuple[str, Field], ...] = (
            ("Diagnóstico", self.diagnosis),
            ("Laudo: o que foi feito", self.report),
            ("Observações internas", self.notes),
            ("Prioridade", self.priority),
            ("Etapa", self.stage),
            ("Referência externa", self.external_ref),
        )
        for place, (words, field) in enumerate(shown):
            grid.addWidget(Labelled(words, field), *divmod(place, 3))
        for column in range(3):
            grid.setColumnStretch(column, 1)
        grid.setRowStretch(0, 1)
        for bound in self.binding.fields.values():
            bound.edited.connect(self.edited)

    def set_stages(self, names: Iterable[str]) -> None:
        """Those of the order's status; what is chosen now stays chosen."""
        self.stage.set_choices([(None, "Nenhuma"), *((name, name) for name in names)])

    def load(self, form: OrderForm) -> None:
        self.binding.load(form)

    def write(self, form: OrderForm) -> dict[str, UserError]:
        return self.binding.write(form)
