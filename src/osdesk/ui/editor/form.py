"""The cards of the editor as one form: shown, read back, compared, and told what is wrong.

Only the difference between two plain forms, what was loaded and what the parts show now, is
something to lose.
"""

from copy import deepcopy
from dataclasses import replace
from itertools import pairwise
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from osdesk.domain.errors import UserError
from osdesk.domain.orders.drafts import DraftForm, over
from osdesk.domain.orders.forms import CustomerForm, OrderForm, PhoneForm
from osdesk.domain.orders.rules import (
    EditNeeds,
    edit_needs,
    facts_of_view,
    locked_in,
    warranty_days_of,
)
from osdesk.domain.views.orders import OrderView
from osdesk.texts import sentence
from osdesk.ui.desk import Desk
from osdesk.ui.editor.customer import OrderCustomer
from osdesk.ui.editor.equipment import OrderEquipment
from osdesk.ui.editor.intake_help import IntakeHelp
from osdesk.ui.editor.side import EditorSide
from osdesk.ui.editor.work import ITEMS, OrderWork
from osdesk.ui.widgets.forms import type_into, typed_in
from osdesk.ui.widgets.scroll_column import ScrollColumn


def prefill(form: OrderForm, path: str, value: Any) -> None:
    """``path`` as ``customer.name``; phones are given as their numbers."""
    owner: Any = form
    *owners, name = path.split(".")
    for part in owners:
        owner = getattr(owner, part)
    if name == "phones":
        value = [PhoneForm(str(number)) for number in value]
    setattr(owner, name, value)


NARROW = 680
ASK_FIRST = "Há algo que a loja ainda não tem: crie, ou corrija o que foi digitado."
MANY = ("required_fields", "missing")


class EditorForm(ScrollColumn):
    """The cards at the left; the ``side`` belongs to the same form."""

    edited = Signal(bool)
    """Whether what is shown now differs from what was loaded."""

    def __init__(self, desk: Desk, side: EditorSide, parent: QWidget | None = None) -> None:
        super().__init__(10, parent)
        self._desk = desk
        self._sheet: OrderView | None = None
        self._form = OrderForm()
        self._stored = OrderForm()
        self._baseline = OrderForm()
        self._loading = False
        self.customer = OrderCustomer(desk)
        self.equipment = OrderEquipment(desk)
        self.work = OrderWork(desk)
        self.side = side
        self.help = IntakeHelp(desk, self.customer, self.equipment, self.work, side)
        self.column.addWidget(self.customer)
        self.column.addWidget(self.equipment)
        self.column.addWidget(self.work, 1)
        for part in (self.customer, self.equipment, self.work, self.side):
            part.edited.connect(self._edited)
        self.customer.chosen.connect(self._customer_chosen)
        self.equipment.kind.textChanged.connect(self._kind_typed)
        self.work.items.table.left.connect(self._lines_left)
        self.work.turned.connect(self._work_turned)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.work.set_narrow(event.size().width() < NARROW)
        super().resizeEvent(event)

    def order_tabs(self) -> None:
        """The order of Tab: the cards from above, then the right side."""
        device = ("brand", "model", "serial", "imei2", "colour")
        words = (self.equipment.reason, self.equipment.accessories, self.equipment.condition)
        side = self.side
        chain: list[QWidget] = [
            *(self.customer.name, self.customer.phone, self.customer.document),
            *(self.customer.second, self.customer.email, self.customer.address),
            *(self.equipment.kind, *self.equipment.new_kind.chain()),
            *(self.equipment.binding.fields[f"equipment.{name}"] for name in device),
            *(self.equipment.earlier, self.equipment.back, self.equipment.warranty_reason),
            *words,
            *(self.equipment.service_type, *self.equipment.new_type.chain()),
            *(self.work.add_service, self.work.add_part, self.work.items.table),
            *self.work.items.details.fields.values(),
            *self.work.arrival.chain(),
            *self.work.notes.binding.fields.values(),
            self.work.agreed.reason,
            *(
                side.technician,
                *side.new_technician.chain(),
                side.collected_by,
                side.collected_document,
                side.promised_on,
                side.promised_time,
                side.promise.take,
            ),
            *(side.start_on, side.valid_until, side.payment_terms),
            *(side.discount, side.fee, side.ceiling, side.due_on),
            *(side.next, side.save, side.more, side.print, side.receive),
            *(*self.work.tabs(), self.customer.correct, self.customer.act, self.customer.toggle),
        ]
        with self.work.tabs_reachable():
            for one, other in pairwise(chain):
                QWidget.setTabOrder(one, other)

    # -- load, read, compare ---------------------------------------------------------------

    def load(
        self, form: OrderForm, sheet: OrderView | None, draft: DraftForm | None = None
    ) -> None:
        """Show a form, with what is known of its stored order; over it what a draft has."""
        self._loading = True
        try:
            self._form, self._sheet = deepcopy(form), sheet
            self._stored = deepcopy(form)
            self.customer.load(form.customer, own_order=sheet is not None)
            self.equipment.set_customer(form.customer.id, form.customer.name)
            self.equipment.load(
                form,
                sheet.number if sheet else None,
                locked=sheet is not None and "warranty_return_of" in locked_in(sheet.status),
            )
            self.side.load(form, sheet)
            held = draft.files if draft is not None else ()
            self.work.load(form, sheet, self.side.technicians, held)
            self.help.load(sheet)
        finally:
            self._loading = False
        self._baseline = self.read()[0]
        if draft is not None:
            self._show_draft(form, sheet, draft)
        self._edited()

    def _show_draft(self, form: OrderForm, sheet: OrderView | None, draft: DraftForm) -> None:
        """What was typed stands in the fields again, and is still to be saved."""
        stored, baseline = self._stored, self._baseline
        self.load(over(form, draft), sheet, None)
        self._stored, self._baseline = stored, baseline
        self.work.arrival.photos.load(sheet.number if sheet else None, draft.files)
        for path, field in self._fields().items():
            if path in draft.texts:
                type_into(field, draft.texts[path])
        reason = draft.form.change_reason
        if reason:
            self.work.agreed.reason.setText(reason)

    def draft(self) -> DraftForm:
        """All that is typed now, what cannot be read too. Never an access code."""
        form, wrong = self.read()
        form.items, loose = self.work.items.as_typed()
        fields = self._fields()
        texts = {path: typed_in(fields[path]) for path in wrong if path in fields}
        return DraftForm(form, self._baseline, texts | loose, list(self.work.arrival.photos.held))

    def show_sheet(self, sheet: OrderView) -> None:
        """What was changed of this order elsewhere (money, papers); the form stays as typed."""
        self._sheet = sheet
        self.side.show_sheet(sheet)
        self.work.show_sheet(sheet)
        self._edited()

    def read(self) -> tuple[OrderForm, dict[str, UserError]]:
        """What is shown now as a form, and the fields whose text cannot be read, by path."""
        form = replace(
            self._form,
            customer=CustomerForm(),
            equipment=replace(self._form.equipment),
            items=[],
            checklist=dict(self._form.checklist),
        )
        wrong = self.customer.write(form.customer)
        wrong |= self.equipment.write(form)
        wrong |= self.work.write(form)
        wrong |= self.side.write(form)
        return form, wrong

    def form(self) -> OrderForm:
        """What is shown now. Raises UserError for text that cannot be read."""
        form, wrong = self.read()
        for error in wrong.values():
            raise error
        return form

    def differs(self, form: OrderForm) -> bool:
        return form != self._baseline

    def has_changes(self) -> bool:
        """Whether there is something to lose."""
        form, wrong = self.read()
        pending = self.work.arrival.pending
        return bool(wrong) or pending or self.work.items.unfinished or self.differs(form)

    def _edited(self) -> None:
        if self._loading:
            return
        form, wrong = self.read()
        discount = 0 if "discount" in wrong else form.discount
        fee = 0 if "fee" in wrong else form.fee
        days = None
        self.work.items.model.free = form.warranty_return_of is not None
        if form.warranty_return_of is None:
            days = warranty_days_of(form.items, self._desk.shop.warranty_days)
        self.side.show_totals(self.work.items.totals(discount), fee, days)
        self.work.agreed.tell(self._means(form))
        self.equipment.set_customer(form.customer.id, form.customer.name)
        self.help.look(form)
        pending = self.work.arrival.pending
        self.edited.emit(bool(wrong) or pending or self.differs(form))

    def _means(self, form: OrderForm) -> EditNeeds | None:
        """What saving ``form`` leads to; nothing for a new order."""
        if self._sheet is None:
            return None
        facts = facts_of_view(self._sheet, self._desk.shop.payment_terms)
        return edit_needs(self._stored, form, facts, today=self._desk.today())

    # -- what is wrong ---------------------------------------------------------------------

    def ready(self) -> tuple[OrderForm | None, str]:
        """The form, if all of it can be read; else None and words: what is wrong is marked."""
        self.customer.settle()
        if self.customer.asks:
            self.customer.correct.setFocus(Qt.FocusReason.OtherFocusReason)
            return None, "Diga se o nome do cliente estava errado ou se é outra pessoa."
        if not self.work.finish():
            return None, "Corrija a linha marcada em serviço e materiais."
        form, wrong = self.read()
        if not wrong:
            return (None, ASK_FIRST) if self._asks_what_is_new() else (form, "")
        fields = self._fields()
        for path, error in wrong.items():
            fields[path].error(sentence(error))
        self._go_to(fields[next(iter(wrong))])
        return None, "Corrija os campos marcados."

    def _asks_what_is_new(self) -> bool:
        """A type, kind, person or shelf that the shop does not have yet is asked for in place."""
        asks = (self.equipment.new_kind, self.equipment.new_type, self.side.new_technician)
        for ask in (*asks, self.work.arrival.slot.new):
            if not ask.settled():
                self.work.show_field(ask)
                ask.ask()
                self._into_sight(ask)
                return True
        return False

    def show_error(self, error: UserError) -> str:
        """Mark the field that an error names, and go there; the words for the message bar."""
        words = sentence(error)
        if error.data.get("field") == "items" and "row" in error.data:
            self.work.show_items_error(error)
            return words
        if error.data.get("field") == "access_code":
            self.work.show_code_error(error)
            return words
        fields = self._fields()
        named = error.data.get("fields") or error.data.get("names") or [error.data.get("field")]
        names = [str(name) for name in named] if isinstance(named, list | tuple) else []
        marked = [name for name in names if name in fields]
        for name in marked:
            fields[name].error("Preencha este campo." if error.code in MANY else words)
        if marked:
            self._go_to(fields[marked[0]])
        if error.data.get("again"):
            words = f"A mudança vira um novo orçamento para o cliente aprovar. {words}"
        return words

    def _fields(self) -> dict[str, Any]:
        return {
            **self.customer.fields(),
            **self.equipment.binding.fields,
            **self.work.arrival.binding.fields,
            **self.work.notes.binding.fields,
            **self.side.binding.fields,
        }

    def _go_to(self, field: QWidget) -> None:
        self.work.show_field(field)
        if self.customer.more.isAncestorOf(field):
            self.customer.more.show()
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        self._into_sight(field)

    def _into_sight(self, field: QWidget) -> None:
        for area in (self, self.side.area):
            if area.isAncestorOf(field):
                area.ensureWidgetVisible(field)

    def ask_for_lines(self) -> None:
        """To the lines, ready to write the first."""
        self.work.show_tab(ITEMS)
        self.ensureWidgetVisible(self.work)
        self.work.add_service.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- moving on -------------------------------------------------------------------------

    def _customer_chosen(self) -> None:
        if self.equipment.kind.is_blank():
            self.equipment.kind.setFocus(Qt.FocusReason.TabFocusReason)

    def _kind_typed(self, kind: str) -> None:
        if not self._loading:
            self.work.show_kind(kind)

    def _lines_left(self) -> None:
        self.side.technician.setFocus(Qt.FocusReason.TabFocusReason)

    def _work_turned(self) -> None:
        """The page that was turned to comes into sight, once it has its own height."""
        QTimer.singleShot(0, self, lambda: self.verticalScrollBar().setValue(self.work.y()))
