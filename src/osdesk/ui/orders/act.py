"""One act on the chosen orders, one or many: a step, a technician, a stage, a priority, the shelf.

With several orders chosen it stands in the panel's place: what they all allow is offered, what it
asks for is asked once, and then what became of each order is told.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise

from PySide6.QtCore import QObject, Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from osdesk.domain.errors import UserError
from osdesk.domain.money import format_brl
from osdesk.domain.orders.bulk_steps import OPTIONAL, asked_once, common_steps
from osdesk.domain.orders.forms import StepForm
from osdesk.domain.orders.status import WAITING, Status
from osdesk.domain.topics import Topic
from osdesk.domain.views.listing import OrderRow
from osdesk.services.orders.bulk import move_filled, set_field
from osdesk.services.shop.stages import stages
from osdesk.texts import PRIORITY, STATUS, STEP_VERB, plural, sentence
from osdesk.ui.desk import Desk
from osdesk.ui.panes.step_fields import OF_ORDER, label_of, make_field
from osdesk.ui.widgets import keymap
from osdesk.ui.widgets.controls import (
    GhostButton,
    PrimaryButton,
    error_label,
    quiet_label,
    set_kind,
    title_label,
)
from osdesk.ui.widgets.fields import ChoiceField, Field, Labelled, NumberedChoice
from osdesk.ui.widgets.forms import read_fields
from osdesk.ui.widgets.scroll_column import ScrollColumn
from osdesk.ui.widgets.side_pane import SidePane


@dataclass
class Outcome:
    done: list[int] = field(default_factory=list)
    refused: dict[int, UserError] = field(default_factory=dict)
    left: list[int] = field(default_factory=list)
    """Not tried: it was stopped, or nothing could be written any more."""


class OrdersRun(QObject):
    """``act`` takes a number and writes without a signal; what is shown is refreshed at the end."""

    advanced = Signal(int, int)
    """How many were tried, out of how many."""
    finished = Signal(object)
    """An ``Outcome``."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._act: Callable[[int], object] = int
        self._waiting: list[int] = []
        self._outcome = Outcome()
        self._total = 0
        self._tick = QTimer(self, interval=0)
        self._tick.timeout.connect(self._next)

    @property
    def busy(self) -> bool:
        return self._tick.isActive()

    def start(self, numbers: Sequence[int], act: Callable[[int], object]) -> None:
        self._waiting, self._act = list(numbers), act
        self._outcome, self._total = Outcome(), len(numbers)
        self._tick.start()

    def stop(self) -> None:
        """Leave the rest as it is."""
        self._outcome.left, self._waiting = self._waiting, []

    def _next(self) -> None:
        if not self._waiting:
            self._end()
            return
        number = self._waiting.pop(0)
        try:
            self._act(number)
        except UserError as error:
            self._outcome.refused[number] = error
        except BaseException:
            self.stop()  # a bug: nothing more is tried, and what was done is told
            self._end()
            raise
        else:
            self._outcome.done.append(number)
        self.advanced.emit(self._total - len(self._waiting), self._total)

    def _end(self) -> None:
        self._tick.stop()
        if self._outcome.done:
            self._desk.tell(Topic.ORDERS)
        self.finished.emit(self._outcome)


PRINT_KEY, NOTIFY_KEY = "F9", "F11"
CHOOSE = "F6 escolhe o que fazer com todas"
LIMIT = 500
"""Most orders of one act: more at once is a slip of the hand."""

FIELD_WORDS = {
    "technician": "Técnico responsável",
    "stage": "Etapa",
    "priority": "Prioridade",
    "slot": "Esvaziar prateleira",
}
NO_STAGE = "Nenhuma"


@dataclass(frozen=True)
class BulkAct:
    """A step, or a field to be set."""

    to: Status | None = None
    field: str = ""

    @property
    def words(self) -> str:
        return STEP_VERB[self.to] if self.to else FIELD_WORDS[self.field]


class OrdersAct(SidePane):
    """``left``: what was asked or told is over."""

    dismissed = Signal()
    """Esc where several orders were only chosen: back to one."""
    print_wanted = Signal()
    """One paper of all of them."""
    notices_wanted = Signal()
    """Tell the customers of those that wait."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("ordersAct", parent)
        self._desk = desk
        self._rows: list[OrderRow] = []
        self._act: BulkAct | None = None
        self._fields: dict[str, Field] = {}
        self._parts: list[QWidget] = []
        self._told = self._too_many = False
        self._run = OrdersRun(desk, self)
        self._build()
        self._connect()

    def _build(self) -> None:
        self._title = title_label()
        self._title.setWordWrap(True)
        self._about = quiet_label(wrap=True)
        self._column = QVBoxLayout()
        self._column.setSpacing(6)
        self._wrong = error_label()
        area = ScrollColumn(8)
        column = area.column
        column.addWidget(self._title)
        column.addWidget(self._about)
        column.addLayout(self._column)
        column.addWidget(self._wrong)
        column.addStretch(1)
        self._confirm = PrimaryButton()
        self._confirm.setObjectName("actConfirm")
        self._back = GhostButton("Voltar", "Esc")
        self._back.setObjectName("actBack")
        self.body.setSpacing(6)
        self.body.addWidget(area, 1)
        self.body.addWidget(self._confirm)
        self.body.addWidget(self._back)

    def _connect(self) -> None:
        self._confirm.clicked.connect(self.confirm)
        self._back.clicked.connect(self.go_back)
        self._run.advanced.connect(self._advanced)
        self._run.finished.connect(self._finished)

    # -- what is shown ---------------------------------------------------------------------

    @property
    def busy(self) -> bool:
        return self._run.busy

    @property
    def in_use(self) -> bool:
        """Asked for something, at work, or telling what became of it: other rows must wait."""
        return self._act is not None or self._told or self.busy

    @property
    def rows(self) -> list[OrderRow]:
        """The orders that are chosen; none where they are too many."""
        return [] if self._too_many else self._rows

    def has_text(self) -> bool:
        return any(not field.is_blank() for field in self._fields.values())

    def offer(self, rows: Sequence[OrderRow], count: int) -> None:
        """What can be done with these orders together; ``count``: how many are chosen."""
        self._clear()
        self._rows = list(rows)
        self._title.setText(plural(count, "ordem escolhida", "ordens escolhidas"))
        self._confirm.hide()
        self._too_many = count > LIMIT
        if self._too_many:
            self._say(f"Escolha até {LIMIT} ordens para agir em todas de uma vez.")
            return
        people = len({(row.customer, row.phone) for row in rows})
        total = format_brl(sum(row.total for row in rows))
        who = plural(people, "cliente", "clientes")
        self._about.setText(f"{who} · total {total} · {keymap.words(CHOOSE)}")
        self._about.show()
        acts = self._offered()
        last = [act for act in acts if act.to is Status.CANCELLED]
        for act in acts:
            if act not in last:
                self._offer_act(act)
        self._offer("Imprimir…", "act_print", self.print_wanted, PRINT_KEY)
        if any(row.status in WAITING for row in rows):
            self._offer("Avisar clientes…", "act_notify", self.notices_wanted, NOTIFY_KEY)
        for act in last:
            self._offer_act(act)
        self._say("")

    def _offer_act(self, act: BulkAct) -> None:
        words = f"{act.words}{'…' if self._asks(act) else ''}"
        self._offer(words, f"act_{act.to or act.field}", partial(self.ask, act))

    def _offer(
        self, words: str, name: str, act: Callable[[], object] | SignalInstance, key: str = ""
    ) -> None:
        """A button; without a key of its own it shows the number of its place."""
        button = GhostButton(words, key or str(len(self._parts) + 1))
        button.setObjectName(name)
        button.clicked.connect(act)
        set_kind(button, "left", True)
        self._add(button)

    def _offered(self) -> list[BulkAct]:
        steps = [BulkAct(to) for to in common_steps(self._rows)]
        away = [act for act in steps if act.to is Status.CANCELLED]  # never the first at hand
        fields = [BulkAct(field=name) for name in FIELD_WORDS if name != "stage" or self._stages()]
        return [*(act for act in steps if act not in away), *fields, *away]

    def _stages(self) -> list[str]:
        """Names of the stages that all these orders may stand in."""
        statuses = {row.status for row in self._rows}
        if len(statuses) != 1:
            return []
        found = self._desk.read(stages, active_only=True, status=statuses.pop())
        return [stage.name for stage in found]

    def _asks(self, act: BulkAct) -> list[str]:
        if act.to is None:
            return [] if act.field == "slot" else [act.field]
        return asked_once(self._rows, act.to)

    # -- one act ---------------------------------------------------------------------------

    def ask_one(self, row: OrderRow, field: str) -> None:
        """One field of one order, without opening it."""
        self._rows = [row]
        self.ask(BulkAct(field=field))

    def ask(self, act: BulkAct) -> None:
        """What the act needs to know, once; nothing: it waits for a last Enter."""
        self._clear()
        self._act = act
        one = len(self._rows) == 1
        self._title.setText(act.words)
        first = self._rows[0]
        self._about.setText(
            f"OS {first.number} · {first.customer}" if one else self._count_words("ordem", "ordens")
        )
        self._about.show()
        for name in self._asks(act):
            field = self._field(name)
            field.setObjectName(f"act_{name}")
            self._fields[name] = field
            words = FIELD_WORDS.get(name) if act.to is None else label_of(name, act.to)
            self._add(Labelled(words or name, field))
        no_stage = act.field == "stage" and not self._stages()
        self._confirm.setVisible(not no_stage)
        verb = act.words if act.to or act.field == "slot" else "Salvar"
        self._confirm.set_text(verb if one else f"{verb} ({len(self._rows)})")
        self._say(
            "Nenhuma etapa para esta situação. Cadastre em Configurações, Etapas."
            if no_stage
            else ""
        )
        stops: list[QWidget] = [*self._fields.values(), self._confirm, self._back]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)
        target = next(iter(self._fields.values()), self._back if no_stage else self._confirm)
        target.setFocus(Qt.FocusReason.TabFocusReason)

    def _field(self, name: str) -> Field:
        first = self._rows[0] if len(self._rows) == 1 else None
        if name == "priority":
            choice = NumberedChoice(PRIORITY, self)
            choice.set_value(first.priority if first else None)
            return choice
        if name == "stage":
            names = ChoiceField(self)
            names.set_choices([("", NO_STAGE), *((each, each) for each in self._stages())])
            names.set_value(first.stage.name if first and first.stage else "")
            return names
        field = make_field(name, self._desk, self)
        if name == "technician" and first is not None:
            field.set_value(first.technician)  # type: ignore[arg-type]  # a choice of words
        return field

    def confirm(self) -> None:
        """Do it, one order after the other."""
        if self._act is None or self.busy or self._confirm.isHidden():
            return
        values = read_fields(self._fields)
        if values is None:
            return
        needed = [n for n in self._asks(self._act) if n not in (*OPTIONAL, "stage", "technician")]
        if self._act.to is not None and "technician" in self._fields:
            needed.append("technician")
        missing = [self._fields[name] for name in needed if self._fields[name].is_blank()]
        for blank in missing:
            blank.error("Preencha este campo.")
        if missing:
            missing[0].setFocus(Qt.FocusReason.OtherFocusReason)
            return
        act = self._act
        self._clear()
        self._confirm.hide()
        self._back.set_text("Parar")
        self._back.setFocus(Qt.FocusReason.OtherFocusReason)
        self._run.start([row.number for row in self._rows], partial(self._write, act, values))

    def _write(self, act: BulkAct, values: dict[str, object], number: int) -> None:
        desk, now = self._desk, self._desk.now()
        if act.to is None:
            value = values.get(act.field) or None
            desk.write_quietly(set_field, number, act.field, value, now=now, author=desk.author)
            return
        fill = {name: value for name, value in values.items() if name in OF_ORDER}
        facts = {name: value for name, value in values.items() if name not in OF_ORDER}
        step = StepForm(**facts)  # type: ignore[arg-type]  # each field gives its own kind
        desk.write_quietly(move_filled, number, act.to, step, fill, now=now, author=desk.author)

    def _advanced(self, tried: int, total: int) -> None:
        self._about.setText(f"{tried} de {plural(total, 'ordem', 'ordens')}…")
        self._about.show()

    def _finished(self, outcome: Outcome) -> None:
        act, self._act = self._act, None
        self._back.set_text("Voltar")
        if len(self._rows) == 1 and not outcome.refused:
            self._told = False
            self.left.emit()
            return
        self._clear()
        self._told = True
        self._about.hide()
        self._title.setText(act.words if act else "")
        self._add(told_label(done_words(act, len(outcome.done)), "green" if outcome.done else ""))
        for number, error in outcome.refused.items():
            self._add(told_label(f"OS {number}: {sentence(error)}", "red"))
        if outcome.left:
            count = plural(len(outcome.left), "ordem", "ordens")
            self._add(told_label(f"Sem alteração: {count}.", ""))
        self._back.setFocus(Qt.FocusReason.OtherFocusReason)

    def told(self) -> list[str]:
        """What is said of the last act, line by line."""
        return [part.text() for part in self._parts if isinstance(part, QLabel)]

    def go_back(self) -> None:
        """Esc: stop what runs, leave what is asked or told."""
        if self.busy:
            self._run.stop()
            return
        if not self.in_use:
            self.dismissed.emit()
            return
        self._act, self._told = None, False
        self._clear()
        self.left.emit()

    # -- parts -----------------------------------------------------------------------------

    def _clear(self) -> None:
        for part in self._parts:
            part.hide()
            part.setParent(None)
            part.deleteLater()
        self._parts, self._fields, self._told = [], {}, False
        self._about.hide()
        self._say("")

    def _add(self, part: QWidget) -> None:
        self._parts.append(part)
        self._column.addWidget(part)
        part.show()  # at once: the keyboard may be on its way to it

    def _say(self, words: str) -> None:
        self._wrong.setText(words)
        self._wrong.setVisible(bool(words))

    def _count_words(self, one: str, many: str) -> str:
        return plural(len(self._rows), one, many)

    def focus_first(self) -> None:
        """The keyboard comes to act upon the orders."""
        first = next(iter(self._fields.values()), None) or next(iter(self._parts), self._back)
        first.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def ask_field(self, field: str) -> None:
        """A key that sets one field: of all that are chosen, unless something is asked already."""
        if not self.in_use and BulkAct(field=field) in self._offered():
            self.ask(BulkAct(field=field))

    # -- keys ------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.go_back()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.confirm()
        elif self._act is None and Qt.Key.Key_1 <= key <= Qt.Key.Key_9:
            place = key - Qt.Key.Key_1
            if place < len(self._parts) and isinstance(self._parts[place], GhostButton):
                self._parts[place].click()  # type: ignore[attr-defined]  # a button
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and not self._fields:
            self.focusNextPrevChild(key == Qt.Key.Key_Down)
        else:
            super().keyPressEvent(event)


def done_words(act: BulkAct | None, count: int) -> str:
    """``8 ordens: Pronta para retirada.``"""
    if act is None or count == 0:
        return "Nenhuma ordem foi alterada."
    if act.to is not None:
        return f"{plural(count, 'ordem', 'ordens')}: {STATUS[act.to]}."
    return f"{act.words}: {plural(count, 'ordem alterada', 'ordens alteradas')}."


def told_label(words: str, tone: str) -> QLabel:
    """One line of what became of the orders."""
    label = quiet_label(words, wrap=True)
    label.setProperty("tone", tone)
    return label
