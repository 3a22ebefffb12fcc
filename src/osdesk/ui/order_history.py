"""The history of an order as a person reads it: day by day, newest first, when, who, what."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListWidget, QListWidgetItem, QWidget

from osdesk.domain.calendar import WEEKDAYS, format_date, local_day
from osdesk.domain.shapes import EventView
from osdesk.ui import theme
from osdesk.ui.event_words import what_happened


class OrderHistory(QListWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("orderHistory")
        self.setAccessibleName("Histórico da ordem")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWordWrap(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSpacing(2)

    def show_events(self, events: Sequence[EventView], zone: ZoneInfo) -> None:
        """A heading for each day of the shop's zone; of one day the newest first too."""
        self.clear()
        newest = reversed(events)
        for day, happened in groupby(newest, key=lambda event: local_day(event.at, zone)):
            heading = QListWidgetItem(day_words(day))
            heading.setFlags(Qt.ItemFlag.ItemIsEnabled)  # read, never chosen
            heading.setFont(theme.bold(12))
            self.addItem(heading)
            for event in happened:
                self.addItem(event_words(event, zone))


def day_words(day: date) -> str:
    """``terça-feira, 24/11/2026``."""
    return f"{WEEKDAYS[day.weekday()]}, {format_date(day)}"


def event_words(event: EventView, zone: ZoneInfo) -> str:
    """``14:32 · Priscila · OS aberta``."""
    when = event.at.astimezone(zone).strftime("%H:%M")
    return " · ".join(part for part in (when, event.author, what_happened(event, zone)) if part)
