"""Whether a month is closed, and the two acts about it: closing, and reopening with a reason."""

from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from osdesk.domain.calendar import Month, format_moment
from osdesk.domain.errors import UserError
from osdesk.domain.topics import Topic
from osdesk.domain.views.figures import Closing, ClosingState, MonthReport
from osdesk.services.reports.closings import close_month, reopen_month
from osdesk.texts import sentence
from osdesk.ui.desk import Desk
from osdesk.ui.widgets.controls import ElidedLabel, FlatButton, GhostButton, Pill, PrimaryButton
from osdesk.ui.widgets.line_fields import TextField

SHOWN = 8
"""Letters of the hash on screen; all of it is on the paper and in the tooltip."""
ASK_CLOSE = "Congela os números; mudanças viram ajustes."


class MonthClosingBar(QWidget):
    """One line. ``done`` after either act, ``refused`` with the reason where it could not be."""

    done = Signal(str)
    refused = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._month: Month | None = None
        self._state = ClosingState(None, False, False)
        self._asking = False
        self._said = self._ended = ""
        self._build()
        self._connect()
        self._offer()

    def _build(self) -> None:
        self._pill = Pill()
        self._words = ElidedLabel("", "quiet")
        self._reason = TextField(placeholder="Por que reabrir?")
        self._reason.setObjectName("reopenReason")
        self._reason.setAccessibleName("Motivo da reabertura")
        self._act = FlatButton("")
        self._act.setObjectName("monthClosingButton")
        self._confirm = PrimaryButton("")
        self._confirm.setObjectName("monthClosingConfirm")
        self._back = GhostButton("Voltar", "Esc")
        self._back.setObjectName("monthClosingBack")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._pill)
        row.addWidget(self._reason, 1)
        for button in (self._act, self._confirm, self._back):
            row.addWidget(button)
        row.addWidget(self._words, 1)

    def _connect(self) -> None:
        self._act.clicked.connect(self.ask)
        self._confirm.clicked.connect(self._confirmed)
        self._back.clicked.connect(self.leave)
        self._reason.returnPressed.connect(self._confirmed)

    def show_state(self, report: MonthReport, state: ClosingState | None) -> None:
        """``state`` None: days that are no month, which are never closed."""
        month = report.period.month
        if month != self._month:
            self._asking = False
        self._month, self._state = month, state or ClosingState(None, False, False)
        if state is None:
            tone, pill, words = "grey", "período", "Contado do registro como está hoje."
        elif state.closed is not None:
            tone, pill, words = "green", "mês fechado", self._closed(state.closed)
        elif report.partial:
            tone, pill, words = "blue", "mês em andamento", "Contado até agora."
        else:
            tone, pill, words = "amber", "mês não fechado", "Os números ainda podem mudar."
        self._pill.show_status(pill, tone)
        self._said = words
        self.setToolTip(f"SHA-256 {state.closed.sha256}" if state and state.closed else "")
        self._offer()

    def _closed(self, closing: Closing) -> str:
        moment = format_moment(closing.closed_at, self._desk.zone)
        who = f" por {closing.author}" if closing.author else ""
        return f"Em {moment}{who} · SHA-256 {closing.sha256[:SHOWN]}…"

    def _offer(self) -> None:
        may_close, may_reopen = self._state.may_close, self._state.may_reopen
        reopening = self._asking and may_reopen
        self._act.set_text("Fechar mês" if may_close else "Reabrir mês")
        self._act.setVisible(not self._asking and (may_close or may_reopen))
        self._confirm.set_text("Fechar mês" if may_close else "Reabrir mês")
        self._confirm.setVisible(self._asking)
        self._back.setVisible(self._asking)
        self._reason.setVisible(reopening)
        self._words.setVisible(not reopening)
        self._words.setText(ASK_CLOSE if self._asking else self._said)

    @property
    def asking(self) -> bool:
        return self._asking

    def ask(self) -> None:
        self._asking = True
        self._reason.set_value(None)
        self._offer()
        field = self._reason if self._state.may_reopen else self._confirm
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        self._asking = False
        self._offer()
        self._act.setFocus(Qt.FocusReason.OtherFocusReason)

    def _confirmed(self) -> None:
        """Done in the background: a month of thousands of orders takes longer than a blink."""
        month = self._month
        if month is None or not self._confirm.isEnabled():
            return
        closing = self._state.may_close
        self._ended = f"{month.label().capitalize()} {'fechado' if closing else 'reaberto'}."
        self._confirm.setEnabled(False)
        self._desk.tasks.run(
            _close if closing else partial(_reopen, reason=self._reason.value() or ""),
            month,
            now=self._desk.now(),
            author=self._desk.author,
            done=self._acted,
            failed=self._failed,
            always=self._ready,
            owner=self,
        )

    def _acted(self, _: object) -> None:
        self._asking = False
        self._offer()
        self._desk.tell(Topic.CLOSINGS)
        self.done.emit(self._ended)

    def _failed(self, error: UserError) -> None:
        self.refused.emit(sentence(error))

    def _ready(self) -> None:
        self._confirm.setEnabled(True)


def _close(store: Any, month: Month, *, now: datetime, author: int | None) -> None:
    store.database.run(close_month, month, now=now, author=author)


def _reopen(store: Any, month: Month, *, reason: str, now: datetime, author: int | None) -> None:
    store.database.run(reopen_month, month, reason=reason, now=now, author=author)
