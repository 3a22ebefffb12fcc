"""When it is promised: the day and hour, what day that is, and what works like this one took.

A day is warned of, never refused: a shop may work on a Sunday.
"""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from osdesk.domain.calendar import WEEKDAYS, add_business_days, closed_because, format_date
from osdesk.domain.counter_shapes import SimilarJobs
from osdesk.domain.errors import UserError
from osdesk.domain.money import format_brl
from osdesk.texts import plural
from osdesk.ui.desk import Desk
from osdesk.ui.fields import DateField, Labelled, TimeField
from osdesk.ui.widgets import FlatButton, quiet_label, set_kind

CLOSED = {
    "sunday": "{day} é domingo.",
    "saturday": "{day} é sábado: a loja não abre.",
    "holiday": "{day} é feriado nacional.",
}


class PromiseFields(QWidget):
    similar_requested = Signal()
    """Take what works like this one cost and took."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._usual: date | None = None
        self._build()
        self.day.textChanged.connect(self._note)
        self.take.clicked.connect(self.similar_requested)
        QShortcut(QKeySequence("F7"), self.take).activated.connect(self.take.click)

    def _build(self) -> None:
        self.day = DateField(self._desk.today, saturday=lambda: self._desk.shop.open_saturday)
        self.time = TimeField()
        self.note = quiet_label(wrap=True)
        self.note.setObjectName("promiseNote")
        self.note.hide()
        self.similar = quiet_label(wrap=True)
        self.similar.setObjectName("similarJobs")
        self.take = FlatButton("Usar", "F7")
        self.take.setObjectName("takeSimilar")
        self.take.setAccessibleName("Usar prazo e preço de serviços como este")
        self.take.setToolTip("Preenche a promessa e o preço do serviço, onde faltam")
        self._alike = QWidget()
        alike = QHBoxLayout(self._alike)
        alike.setContentsMargins(0, 0, 0, 0)
        alike.setSpacing(4)
        alike.addWidget(self.similar, 1)
        alike.addWidget(self.take, 0, Qt.AlignmentFlag.AlignTop)
        self._alike.hide()
        both = QHBoxLayout()
        both.setSpacing(8)
        both.addWidget(Labelled("Prometida para", self.day), 5, Qt.AlignmentFlag.AlignTop)
        both.addWidget(Labelled("Hora", self.time), 3, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(both)
        column.addWidget(self.note)
        column.addWidget(self._alike)

    # -- the usual day ---------------------------------------------------------------------

    def forget(self) -> None:
        """Another order: nothing that stands in the field was put there from here."""
        self._usual = None

    def is_open(self) -> bool:
        """No day was typed: what stands there, if anything, is the usual one."""
        if self.day.isReadOnly():
            return False
        usual = self._usual is not None and self._typed() == self._usual
        return self.day.is_blank() or usual

    def offer(self, days: int | None) -> bool:
        """The usual promise of a service type, so many business days from today, where none was
        typed; whether the field changed."""
        if not self.is_open():
            return False
        before, saturday = self._typed(), self._desk.shop.open_saturday
        today = self._desk.today()
        self._usual = None if days is None else add_business_days(today, days, saturday=saturday)
        self.day.set_value(self._usual)
        return before != self._usual

    def take_day(self, day: date) -> None:
        """As if the day had been typed."""
        self.day.put(format_date(day))

    def _typed(self) -> date | None:
        try:
            return self.day.value()
        except UserError:
            return None

    # -- words -----------------------------------------------------------------------------

    def _note(self) -> None:
        """At once, as one types: the day that ``+3`` is, and that the shop is closed then."""
        saturday = self._desk.shop.open_saturday
        words, tone = promise_words(self.day.text(), self._typed(), saturday)
        self.note.setText(words)
        set_kind(self.note, "tone", tone)
        self.note.setVisible(bool(words))

    def show_similar(self, jobs: SimilarJobs | None) -> None:
        self.similar.setText(similar_words(jobs))
        self._alike.setVisible(jobs is not None)


def promise_words(typed: str, day: date | None, open_saturday: bool) -> tuple[str, str]:
    """Words and tone; a plain business day that is typed out needs none."""
    if day is None:
        return "", ""
    closed = closed_because(day, saturday=open_saturday)
    if closed is not None:
        return CLOSED[closed].format(day=format_date(day)), "amber"
    if typed.strip().startswith("+") or typed.strip().isalpha():
        return f"{WEEKDAYS[day.weekday()].capitalize()}, {format_date(day)}", ""
    return "", ""


def similar_words(jobs: SimilarJobs | None) -> str:
    """``Como este: R$ 230,00 · 4 dias (12 OS)``."""
    if jobs is None:
        return ""
    days = plural(jobs.days, "dia", "dias") if jobs.days else "no mesmo dia"
    return f"Como este: {format_brl(jobs.price)} · {days} ({jobs.count} OS)"
