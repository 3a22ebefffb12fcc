"""Which days a report tells of: a month, a quarter, a year from a list, or two days typed."""

from collections.abc import Callable
from datetime import date
from enum import StrEnum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from osdesk.domain.calendar import Month
from osdesk.domain.errors import UserError
from osdesk.domain.period import Period
from osdesk.texts import sentence
from osdesk.texts.periods import period_label
from osdesk.ui.widgets.controls import GhostButton, quiet_label
from osdesk.ui.widgets.fields import ChoiceField
from osdesk.ui.widgets.line_fields import DateField

OFFERED = 36
"""Months in the list, and as many quarters and years as begin in them; arrows go further back."""


class Kind(StrEnum):
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    DAYS = "days"


KINDS = {
    Kind.MONTH: "Mês",
    Kind.QUARTER: "Trimestre",
    Kind.YEAR: "Ano",
    Kind.DAYS: "De / até",
}
PRESETS = {
    Kind.MONTH: ("este mês", "mês passado"),
    Kind.QUARTER: ("este trimestre", "trimestre passado"),
    Kind.YEAR: ("este ano", "ano passado"),
}


def period_of(kind: Kind, day: date) -> Period:
    """The month, quarter or year that holds the day."""
    if kind is Kind.QUARTER:
        return Period.of_quarter(day)
    return Period.of_year(day.year) if kind is Kind.YEAR else Period.of_month(Month.of(day))


def kind_of(period: Period) -> Kind:
    if period.month is not None:
        return Kind.MONTH
    if period.quarter:
        return Kind.QUARTER
    return Kind.YEAR if period.is_year else Kind.DAYS


class PeriodChooser(QWidget):
    changed = Signal()
    refused = Signal(str)
    """Why what was typed is no period."""

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self.period = Period.of_month(Month.of(today()))
        self._kind = Kind.MONTH
        self._build()
        self._connect()
        self.offer()

    def _build(self) -> None:
        self.kind = ChoiceField()
        self.kind.setObjectName("reportKind")
        self.kind.setAccessibleName("Tipo de período")
        self.kind.setFixedWidth(118)
        self.kind.set_choices(KINDS.items())
        self.before = GhostButton("", "", "chevron-left")
        self.after = GhostButton("", "", "chevron-right")
        for arrow, name in ((self.before, "Período anterior"), (self.after, "Período seguinte")):
            arrow.setAccessibleName(name)
            arrow.setToolTip(name)
            arrow.setFixedWidth(38)
            arrow.setStyleSheet("padding: 0")
        self.before.setObjectName("reportPreviousMonth")
        self.after.setObjectName("reportNextMonth")
        self.choice = ChoiceField()
        self.choice.setObjectName("reportMonth")
        self.choice.setAccessibleName("Período do relatório")
        self.choice.setFixedWidth(290)
        self.first, self.last = DateField(self._today), DateField(self._today)
        self.first.setObjectName("reportFrom")
        self.last.setObjectName("reportTo")
        self._to = quiet_label("até")
        for field, name in ((self.first, "De"), (self.last, "Até")):
            field.setAccessibleName(name)
            field.setFixedWidth(98)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for part in (self.kind, self.before, self.choice, self.first, self._to, self.last):
            row.addWidget(part)
        row.addWidget(self.after)
        self.setFocusProxy(self.choice)

    def _connect(self) -> None:
        self.kind.edited.connect(self._kind_chosen)
        self.choice.edited.connect(self._chosen)
        self.before.clicked.connect(self._go_before)
        self.after.clicked.connect(self._go_after)
        for field in (self.first, self.last):
            field.editingFinished.connect(self._typed)

    def offer(self) -> None:
        """Show what is chosen, and what else there is to choose as of today."""
        today = self._today()
        days = self._kind is Kind.DAYS
        self.choice.setVisible(not days)
        for part in (self.first, self._to, self.last):
            part.setVisible(days)
        self.kind.set_value(self._kind)
        if days:
            self.first.set_value(self.period.first)
            self.last.set_value(self.period.last)
        else:
            newest = period_of(self._kind, today)
            oldest = Month.of(today).shifted(1 - OFFERED).first
            offered = [newest]
            while offered[-1].previous().last >= oldest:
                offered.append(offered[-1].previous())
            named = dict(zip(offered, PRESETS[self._kind], strict=False))
            shown = sorted({*offered, self.period}, reverse=True)
            self.choice.set_choices(
                [
                    (each, f"{words} ({named[each]})" if each in named else words)
                    for each, words in ((each, period_label(each)) for each in shown)
                ]
            )
            self.choice.setToolTip(period_label(self.period))
            self.choice.set_value(self.period)
        self.after.setEnabled(self.period.last < today)

    def show_period(self, period: Period) -> bool:
        """Whether it is another one than was shown."""
        if period == self.period:
            return False
        self.period = period
        if self._kind is not Kind.DAYS:
            self._kind = kind_of(period)
        self.offer()
        return True

    def _go_to(self, period: Period) -> None:
        if self.show_period(period):
            self.changed.emit()

    def _go_before(self) -> None:
        self._go_to(self.period.previous())

    def _go_after(self) -> None:
        self._go_to(self.period.next())

    def _chosen(self) -> None:
        period = self.choice.value()
        if isinstance(period, Period):
            self._go_to(period)

    def _kind_chosen(self) -> None:
        """The month, quarter or year in which the days shown end; of these days, the same days."""
        kind = self._kind = Kind(self.kind.text_value() or Kind.MONTH)
        if kind is Kind.DAYS:
            self.offer()
            self.setFocusProxy(self.first)
            self.first.setFocus()
            self.first.selectAll()
            return
        self.setFocusProxy(self.choice)
        period = period_of(kind, min(self.period.last, self._today()))
        if not self.show_period(period):
            self.offer()
            return
        self.changed.emit()

    def _typed(self) -> None:
        try:
            first, last = self.first.value(), self.last.value()
            if first is None or last is None:
                return
            period = Period.of(first, last)
        except UserError as error:
            self.refused.emit(sentence(error))
            return
        self._go_to(period)
