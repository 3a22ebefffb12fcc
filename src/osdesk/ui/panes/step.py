"""What a step of an order still misses, asked in place: no dialog, the first field at once.

Which fields are shown is the domain's answer (``step_needs``), not this form's. Facts of the step
are asked each time; fields of the order that are missing are saved with the step, in the same
transaction. Enter confirms, Esc goes back.
"""

from copy import deepcopy
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from osdesk.domain.errors import UserError
from osdesk.domain.orders.forms import OrderForm, StepForm
from osdesk.domain.orders.rules import (
    OrderFacts,
    facts_of_view,
    facts_with,
    has_used_part,
    step_hindrance,
    step_needs,
)
from osdesk.domain.orders.status import HANDED_OVER, Status, reopened_status
from osdesk.domain.views.orders import OrderView
from osdesk.services.orders.forms import load_form
from osdesk.services.orders.steps import move_order, reopen_order
from osdesk.texts import STEP_VERB, sentence
from osdesk.ui.desk import Desk
from osdesk.ui.panes.parts_preview import PartsPreview, standing_words
from osdesk.ui.panes.qr_dialogs import PixButton
from osdesk.ui.panes.step_fields import (
    OF_ORDER,
    label_of,
    make_field,
    step_hint,
    step_summary,
    warranty_words,
)
from osdesk.ui.widgets import keymap
from osdesk.ui.widgets.controls import (
    FlatButton,
    GhostButton,
    PrimaryButton,
    error_label,
    quiet_label,
    set_kind,
    strong_label,
    text_label,
    title_label,
)
from osdesk.ui.widgets.fields import DateField, Field, Labelled, NumberField, TextField
from osdesk.ui.widgets.forms import read_fields
from osdesk.ui.widgets.scroll_column import ScrollColumn
from osdesk.ui.widgets.side_pane import SidePane

NAME_LONGEST = 22
"""So many letters of a name stand on a button of a narrow side."""
ALSO = {Status.DELIVERED: ("collected_document",), Status.RETURNED: ("collected_document",)}
"""Asked where a step is asked for anyway, and free to stay empty."""


class StepPane(SidePane):
    asks_step = True

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("stepPane", parent)
        self._desk = desk
        self._sheet: OrderView | None = None
        self._to: Status | None = None
        self._form: OrderForm | None = None
        self._owed = 0
        self._preview: PartsPreview | None = None
        self._fields: dict[str, Field] = {}
        self._labelled: list[QWidget] = []
        self._build()
        self._connect()

    def _build(self) -> None:
        self._title = title_label()
        self._title.setWordWrap(True)
        self._who = quiet_label(wrap=True)
        self._summary = strong_label(wrap=True)
        self._hint = text_label(wrap=True)
        self._column = QVBoxLayout()
        self._column.setSpacing(8)
        self._wrong = error_label()
        self._wrong.setObjectName("stepError")
        self._confirm = PrimaryButton()
        self._confirm.setObjectName("stepConfirm")
        self._cancel = GhostButton("Voltar", "Esc")
        self._cancel.setObjectName("stepCancel")
        buttons = QVBoxLayout()
        buttons.setSpacing(6)
        self._pix = PixButton(self._desk)
        buttons.addWidget(self._pix)
        buttons.addWidget(self._confirm)
        buttons.addWidget(self._cancel)
        self._area = ScrollColumn(8)
        column = self._area.column
        for part in (self._title, self._who, self._summary, self._hint):
            column.addWidget(part)
        column.addLayout(self._column)
        column.addWidget(self._wrong)
        column.addStretch(1)
        self._warranty = quiet_label(wrap=True)
        self._warranty.setObjectName("stepWarranty")
        column.insertWidget(4, self._warranty)
        self.body.addWidget(self._area, 1)
        self.body.addLayout(buttons)  # outside of what scrolls: always in sight

    def _connect(self) -> None:
        self._confirm.clicked.connect(self.confirm)
        self._cancel.clicked.connect(self.left)

    # -- asking ----------------------------------------------------------------------------

    def ask(self, sheet: OrderView, to: Status | None, form: OrderForm | None = None) -> None:
        """Show what ``to`` misses; None is *Reabrir*. ``form``: changes saved with the step."""
        self._sheet, self._to, self._form = sheet, to, deepcopy(form)
        self._title.setText(STEP_VERB[to] if to else "Reabrir OS")
        self._who.setText(f"OS {sheet.number} · {sheet.customer.name} · {sheet.equipment.title}")
        facts = facts_with(facts_of_view(sheet, self._desk.shop.payment_terms), form)
        names, hindrance = self._wanted(sheet, facts, to)
        words = step_summary(facts, to)
        agreed = standing_words(sheet, self._desk.today()) if to in HANDED_OVER else ""
        self._summary.setText("\n".join(filter(None, (words, agreed))))
        self._summary.setVisible(bool(self._summary.text()))
        back = reopened_status(sheet.status, _before(sheet)) if to is None else None
        self._hint.setText(step_hint(to, names, hindrance, back))
        self._hint.setVisible(bool(self._hint.text()))
        self._owed = facts.balance_under(to) if to else 0
        self._show_fields([name for name in names if name != "items"])
        own = to is Status.DELIVERED and not hindrance and not sheet.warranty_return_of
        today = self._desk.today()
        days = self._desk.shop.warranty_days
        self._warranty.setText(warranty_words(facts, days, today) if own else "")
        self._warranty.setVisible(own)
        stopped = "items" in names or bool(hindrance)
        self._confirm.set_text("Reabrir" if to is None else STEP_VERB[to])
        self._confirm.setVisible(not stopped)
        self._say("")
        self.focus_first()

    def _wanted(
        self, sheet: OrderView, facts: OrderFacts, to: Status | None
    ) -> tuple[list[str], str]:
        if to is None:
            return ["reason", *(["device_returned"] if sheet.status in HANDED_OVER else [])], ""
        code = step_hindrance(facts, to)
        if code:
            amount = facts.paid if to is Status.CANCELLED else -facts.balance_under(to)
            return [], sentence(UserError(code, number=sheet.number, amount=amount))
        names = step_needs(facts, to, StepForm(), today=self._desk.today())
        if "items" in names:
            return ["items"], ""
        if to is Status.APPROVED and has_used_part(facts.lines):
            names.append("used_parts_authorized_by")
        for name in ALSO.get(to, ()):
            names.insert(names.index("collected_by") + 1, name)
        if "due_on" in names:
            names.insert(names.index("due_on") + 1, "instalment_count")
        return names, ""

    def _show_fields(self, names: list[str]) -> None:
        for old in self._labelled:
            old.setParent(None)
            old.deleteLater()
        self._labelled, self._fields = [], {}
        customer = self._sheet.customer.name if self._sheet else ""
        stops: list[QWidget] = []
        for name in names:
            field = make_field(name, self._desk, self)
            field.setObjectName(f"step_{name}")
            self._fields[name] = field
            labelled = Labelled(label_of(name, self._to), field)
            labelled.label.setWordWrap(True)  # the longest is wider than a narrow side
            self._add(labelled)
            stops.append(field)
            if name == "approved_by" and isinstance(field, TextField):
                field.set_value(customer)  # nearly always; marked, so that typing replaces it
            elif name in ("collected_by", "used_parts_authorized_by"):
                offer = _Himself(customer, field)
                self._add(offer)
                stops.append(offer)
        self._preview = self._follow_parts()
        self._offer_pix()
        stops += (self._pix, self._confirm, self._cancel)
        for before, widget in pairwise(stops):
            QWidget.setTabOrder(before, widget)

    def _follow_parts(self) -> PartsPreview | None:
        due, count = self._fields.get("due_on"), self._fields.get("instalment_count")
        if not isinstance(due, DateField) or not isinstance(count, NumberField):
            return None
        preview = PartsPreview(due, count, self)
        self._add(preview.label)
        preview.set_amount(self._owed)
        for field in (due, count):
            field.edited.connect(self._offer_pix)
        return preview

    def _offer_pix(self) -> None:
        """Where something stays to be paid: the code of all of it, or of the first part."""
        try:
            parts = self._preview.parts() if self._preview else []
        except UserError:
            parts = []  # said beside its field once it is confirmed
        amount = parts[0].amount if parts else self._owed
        number = self._sheet.number if self._sheet else 0
        self._pix.offer(number, amount if self._preview else None)

    def _add(self, part: QWidget) -> None:
        self._labelled.append(part)
        left = isinstance(part, _Himself)
        self._column.addWidget(part, 0, Qt.AlignmentFlag.AlignLeft if left else Qt.AlignmentFlag(0))
        part.show()  # at once: the keyboard may be on its way to it

    def focus_first(self) -> None:
        first = next(iter(self._fields.values()), None)
        target: QWidget = first if first is not None else self._cancel
        if first is None and not self._confirm.isHidden():
            target = self._confirm
        target.setFocus(Qt.FocusReason.TabFocusReason)

    def has_text(self) -> bool:
        return any(
            not field.is_blank() and not self._is_given(field) for field in self._fields.values()
        )

    def _is_given(self, field: Field) -> bool:
        """The customer's name as it was filled in."""
        if not isinstance(field, TextField) or field is not self._fields.get("approved_by"):
            return False
        return self._sheet is not None and field.text() == self._sheet.customer.name

    # -- answering -------------------------------------------------------------------------

    def confirm(self) -> None:
        """Take the step; what is wrong or missing is said beside its field."""
        sheet = self._sheet
        if sheet is None or self._confirm.isHidden():
            return
        values = read_fields(self._fields)
        if values is None:
            return
        self._say("")
        try:
            if self._to is None:
                missing = [name for name, field in self._fields.items() if field.is_blank()]
                if missing:
                    raise UserError("missing", to=None, names=missing)
                self._desk.write(
                    reopen_order,
                    sheet.number,
                    reason=str(values["reason"] or ""),
                    device_returned=bool(values.get("device_returned")),
                    now=self._desk.now(),
                    author=self._desk.author,
                )
            else:
                self._move(sheet, self._to, values)
        except UserError as error:
            self._show_error(error)
        else:
            self.done.emit(sheet.number)

    def _move(self, sheet: OrderView, to: Status, values: dict[str, object]) -> None:
        values.pop("instalment_count", None)
        parts = self._preview.parts() if self._preview else []
        of_order = {name: value for name, value in values.items() if name in OF_ORDER}
        of_step = {name: value for name, value in values.items() if name not in OF_ORDER}
        form = deepcopy(self._form)
        if of_order and form is None:
            form = self._desk.read(load_form, sheet.number)
        if form is not None:
            for name, value in of_order.items():
                setattr(form, name, value)
            if "due_on" in of_order:
                form.instalments = parts
        self._desk.write(
            move_order,
            sheet.number,
            to,
            StepForm(**of_step),  # type: ignore[arg-type]  # each field gives its own kind
            now=self._desk.now(),
            author=self._desk.author,
            form=form,
        )

    def _show_error(self, error: UserError) -> None:
        names = error.data.get("names")
        missing = [str(name) for name in names] if isinstance(names, list | tuple) else []
        wrong = [self._fields[name] for name in missing if name in self._fields]
        for name in missing:
            if name in self._fields:
                self._fields[name].error(self._why_missing(name))
        named = self._fields.get(str(error.data.get("field", "")))
        if named is not None:
            named.error(sentence(error))
            wrong.append(named)
        if not wrong or any(name not in self._fields for name in missing):
            self._say(sentence(error))
        if wrong:
            wrong[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _why_missing(self, name: str) -> str:
        """Nothing was typed; or a day that has passed, which counts as nothing."""
        if self._fields[name].is_blank():
            return "Preencha este campo."
        return sentence(UserError("date_in_past", field=name))

    def _say(self, words: str) -> None:
        self._wrong.setText(words)
        self._wrong.setVisible(bool(words))

    # -- keys ------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.confirm()
        elif keymap.pressed(event, "F7"):
            self._pix.show_code()
        else:
            super().keyPressEvent(event)


class _Himself(FlatButton):
    """*É o cliente*: the usual answer by one press, never given by itself."""

    def __init__(self, name: str, field: Field) -> None:
        short = name if len(name) <= NAME_LONGEST else f"{name[: NAME_LONGEST - 1].rstrip()}…"
        super().__init__(f"É {short}")
        self.setAccessibleName(f"Preencher com {name}")
        set_kind(self, "left", True)
        self._name, self._field = name, field
        self.clicked.connect(self._fill)

    def _fill(self) -> None:
        self._field.set_value(self._name)  # type: ignore[arg-type]  # a field of words
        self.focusNextPrevChild(True)


def _before(sheet: OrderView) -> Status | None:
    """The status that *Reabrir* leads to, as the history tells it."""
    for event in reversed(sheet.events):
        if event.code.value == "moved" and event.data.get("to") == sheet.status.value:
            return Status(str(event.data["from"]))
    return None
