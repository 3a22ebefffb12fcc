"""The timeline: a heading for each day, the newest first."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt
from tests.ui.conftest import NOW

from osdesk.domain.codes import EventCode
from osdesk.domain.views.orders import EventView
from osdesk.ui.editor.history import OrderHistory

ZONE = ZoneInfo("America/Sao_Paulo")


def test_the_timeline_goes_by_days_newest_first_in_the_shops_zone(qtbot):
    history = OrderHistory()
    qtbot.addWidget(history)
    late = datetime(2026, 11, 25, 1, 30, tzinfo=UTC)
    after = datetime(2026, 11, 25, 12, 5, tzinfo=UTC)
    events = (
        EventView(NOW, "Priscila", EventCode.ORDER_OPENED, {}),
        EventView(late, None, EventCode.REOPENED, {"from": "cancelled", "to": "received"}),
        EventView(after, "Edson", EventCode.NOTE_ADDED, {"body": "Secou"}),
    )
    for _ in range(2):  # shown again, nothing is doubled
        history.show_events(events, ZONE)
    assert [history.item(row).text() for row in range(history.count())] == [
        "quarta-feira, 25/11/2026",
        "09:05 · Edson · Anotação feita · “Secou”",
        "terça-feira, 24/11/2026",
        "22:30 · OS reaberta: Cancelada → Recebida",
        "12:00 · Priscila · OS aberta",
    ]
    headings = [
        row for row in (0, 2) if not history.item(row).flags() & Qt.ItemFlag.ItemIsSelectable
    ]
    assert headings == [0, 2]
