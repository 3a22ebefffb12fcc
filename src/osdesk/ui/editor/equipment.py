"""What was brought, in what state, and why; a serial number that is known says so at once."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from osdesk.domain.calendar import format_date
from osdesk.domain.errors import UserError
from osdesk.domain.identifiers import looks_like_imei
from osdesk.domain.orders.forms import EquipmentForm, OrderForm
from osdesk.domain.orders.status import CLOSED, Status
from osdesk.domain.orders.warranty import RETURN_TYPE
from osdesk.domain.text import fold
from osdesk.domain.views.listing import OrderRow
from osdesk.domain.views.orders import EquipmentPast
from osdesk.services.orders.devices import equipment_past, knows_kind, used_words
from osdesk.services.orders.forms import load_form
from osdesk.services.orders.listing import orders_of_customer
from osdesk.services.shop.staff import service_types
from osdesk.texts import STATUS, plural
from osdesk.ui.desk import Desk
from osdesk.ui.widgets import keymap
from osdesk.ui.widgets.ask_new import AskNew
from osdesk.ui.widgets.controls import (
    Card,
    FlatButton,
    quiet_label,
    section_label,
    set_kind,
    text_label,
)
from osdesk.ui.widgets.fields import ChoiceField, Field, Labelled, LongTextField, TextField
from osdesk.ui.widgets.forms import Binding
from osdesk.ui.widgets.suggest import Suggest, Suggestion

WORK_LETTERS = 60
REASON_LETTERS = 50


def past_words(past: Sequence[EquipmentPast], customer: str, today: date) -> str:
    """``Este aparelho já esteve aqui: OS 9120, …``; empty where it never was."""
    if not past:
        return ""
    last = past[0]
    whose = "" if fold(last.customer) == fold(customer) else f", de {last.customer}"
    if _is_here(last):
        day = format_date(last.requested_on)
        return (
            f"Este aparelho já está aqui: OS {last.number}{whose}, {STATUS[last.status].lower()},"
            f" entrada em {day}."
        )
    words = f"Este aparelho já esteve aqui: OS {last.number}{whose}, {_what(last)}."
    guarded = _guarded(past)
    if guarded is not None and guarded.warranty_until is not None:
        of_other = "" if guarded is last else f" da OS {guarded.number}"
        words += f" Garantia{of_other} até {format_date(guarded.warranty_until)} ("
        words += f"{_distance(guarded.warranty_until, today)})."
    if len(past) > 1:
        words += f" Mais {plural(len(past) - 1, 'vez', 'vezes')} antes."
    return words


def past_lines(past: Sequence[EquipmentPast]) -> str:
    """Every earlier order in a line of its own, the newest first."""
    return "\n".join(f"OS {one.number}: {_what(one)}" for one in past)


def return_words(number: int, past: Sequence[EquipmentPast]) -> str:
    """What it means that the order is a return of order ``number``."""
    found = next((one for one in past if one.number == number), None)
    what = f" ({_what(found)})" if found else ""
    return (
        f"Retorno em garantia da OS {number}{what}. Sem cobrança; os dias aqui não contam na "
        "garantia."
    )


def under_warranty(past: Sequence[EquipmentPast], today: date) -> int:
    """Number of the order that a return today would come back to; 0 where there is none."""
    if not past or _is_here(past[0]):
        return 0
    guarded = _guarded(past)
    if guarded is None or guarded.warranty_until is None or guarded.warranty_until < today:
        return 0
    return guarded.number


def _guarded(past: Sequence[EquipmentPast]) -> EquipmentPast | None:
    """The order whose warranty runs longest, the newest of equals."""
    known = [one for one in past if one.warranty_until is not None]
    return max(known, key=lambda one: (one.warranty_until or date.min, one.number), default=None)


def _is_here(one: EquipmentPast) -> bool:
    return one.status not in CLOSED


def _what(one: EquipmentPast) -> str:
    """What was wrong, what was done, by whom and when."""
    reason, work = _short(one.reason, REASON_LETTERS), _short(one.work or "", WORK_LETTERS)
    words = f"“{reason}”, {work}" if work else f"“{reason}”"
    if one.status is Status.CANCELLED:
        words += ", cancelada"
    if one.technician and work:
        words += f", por {one.technician}"
    return f"{words}, em {format_date(one.delivered_on or one.requested_on)}"


def _short(text: str, letters: int) -> str:
    words = " ".join(text.split()).rstrip(".;,")
    return words if len(words) <= letters else f"{words[: letters - 1].rstrip()}…"


def _distance(until: date, today: date) -> str:
    days = (until - today).days
    if days < 0:
        return f"vencida há {plural(-days, 'dia', 'dias')}"
    if days == 0:
        return "termina hoje"
    return f"{'falta' if days == 1 else 'faltam'} {plural(days, 'dia', 'dias')}"


TEXT_HEIGHT = 62
"""Three lines; what is longer scrolls."""
RETURN_KEY = "Ctrl+G"
DEVICE = ("kind", "brand", "model", "serial", "imei2", "colour")


class OrderEquipment(Card):
    """The card: device, serial, what it came with, why, and its earlier visits."""

    edited = Signal()
    order_requested = Signal(int)
    """The earlier order of the same device."""
    return_requested = Signal(int)
    """The device comes back under the warranty of that order."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._desk = desk
        self._customer_id: int | None = None
        self._customer = ""
        self._number: int | None = None
        self._earlier = 0
        self._under_warranty = 0
        self._return_of: int | None = None
        self._type_before: str | None = None
        self._locked = False
        self._types: set[str] = set()
        self._build()
        self._connect()

    def _build(self) -> None:
        self.service_type = ChoiceField(free=True, likely=True)
        self.kind, self.brand, self.model = TextField(), TextField(), TextField()
        self.serial, self.imei2, self.colour = TextField(), TextField(), TextField(limit=60)
        self.reason = LongTextField(lines=2)
        self.accessories = LongTextField(lines=2)
        self.condition = LongTextField(lines=2)
        self.warranty_reason = TextField(limit=500)
        fields: dict[str, Field] = {
            "equipment.kind": self.kind,
            "equipment.brand": self.brand,
            "equipment.model": self.model,
            "equipment.serial": self.serial,
            "equipment.imei2": self.imei2,
            "equipment.colour": self.colour,
            "equipment.accessories": self.accessories,
            "equipment.condition": self.condition,
            "service_type": self.service_type,
            "reason": self.reason,
            "warranty_reason": self.warranty_reason,
        }
        for text in (self.reason, self.accessories, self.condition):
            text.setFixedHeight(TEXT_HEIGHT)
        self.binding = Binding(fields)
        for path, name in (
            ("equipment.kind", "equipmentKind"),
            ("equipment.brand", "equipmentBrand"),
            ("equipment.model", "equipmentModel"),
            ("equipment.serial", "equipmentSerial"),
            ("equipment.imei2", "equipmentImei2"),
            ("equipment.colour", "equipmentColour"),
            ("equipment.accessories", "equipmentAccessories"),
            ("equipment.condition", "equipmentCondition"),
            ("service_type", "serviceType"),
            ("reason", "reason"),
            ("warranty_reason", "warrantyReason"),
        ):
            fields[path].setObjectName(name)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(section_label("Equipamento"))
        head.addStretch()
        caption = quiet_label("Tipo de serviço")
        caption.setBuddy(self.service_type)
        self.service_type.setAccessibleName("Tipo de serviço")
        self.service_type.setFixedWidth(200)
        head.addWidget(caption)
        head.addWidget(self.service_type)
        self.new_type = AskNew(
            self.service_type,
            self._is_type,
            "Criar o tipo de serviço “{word}”? A loja ainda não tem.",
            name="newType",
        )
        self.new_kind = AskNew(
            self.kind,
            self._is_kind,
            "Criar o tipo de aparelho “{word}”? A loja ainda não tem.",
            name="newKind",
        )
        device = QHBoxLayout()
        device.setSpacing(8)
        self._imei2 = Labelled("2º IMEI", self.imei2)
        for part, stretch in (
            (Labelled("Tipo", self.kind, required=True), 4),
            (Labelled("Marca", self.brand), 4),
            (Labelled("Modelo", self.model), 4),
            (Labelled("Nº de série / IMEI", self.serial), 5),
            (self._imei2, 4),
            (Labelled("Cor", self.colour), 2),
        ):
            device.addWidget(part, stretch)
        self.history = _history_label()
        self.earlier = FlatButton()
        self.earlier.setObjectName("equipmentEarlier")
        self.earlier.hide()
        known = QHBoxLayout()
        known.setSpacing(8)
        known.addWidget(self.history, 1)
        self.back = FlatButton("", RETURN_KEY)
        self.back.setObjectName("warrantyReturn")
        self.back.hide()
        acts = QVBoxLayout()
        acts.setSpacing(0)
        acts.addWidget(self.earlier)
        acts.addWidget(self.back)
        acts.addStretch()
        known.addLayout(acts)
        words = QHBoxLayout()
        words.setSpacing(8)
        top = Qt.AlignmentFlag.AlignTop  # an error under one does not move the others
        reason = Labelled("Motivo relatado pelo cliente", self.reason, required=True)
        words.addWidget(reason, 5, top)
        words.addWidget(Labelled("Acessórios deixados", self.accessories), 3, top)
        words.addWidget(Labelled("Estado na entrada", self.condition), 3, top)
        self.body.setContentsMargins(14, 8, 14, 12)
        self.body.setSpacing(6)
        self.body.addLayout(head)
        self.body.addWidget(self.new_type)
        self.body.addLayout(device)
        self.body.addWidget(self.new_kind)
        self._why = Labelled(
            "Motivo, se a garantia não cobre este aparelho ou já acabou", self.warranty_reason
        )
        self._why.hide()
        self.body.addLayout(known)
        self.body.addWidget(self._why)
        self.body.addLayout(words)
        self._imei2.hide()
        self.kind.setPlaceholderText("Lavadora, celular…")

    def _connect(self) -> None:
        for field in self.binding.fields.values():
            field.edited.connect(self.edited)
        Suggest(self.kind, self._find_kind, single=True).chosen.connect(self._kind_chosen)
        Suggest(self.brand, self._find_brand, single=True).chosen.connect(self._brand_chosen)
        Suggest(self.model, self._find_model).chosen.connect(self._model_chosen)
        self.serial.edited.connect(self._show_past)
        self.serial.editingFinished.connect(self._complete_from_past)
        self.earlier.clicked.connect(lambda: self.order_requested.emit(self._earlier))
        self.back.clicked.connect(self._back_clicked)
        QShortcut(keymap.sequence(RETURN_KEY), self.back).activated.connect(self.back.click)

    # -- load, read ------------------------------------------------------------------------

    def load(self, form: OrderForm, number: int | None, *, locked: bool = False) -> None:
        """``locked``: where the lines stay as they are, a return stays one."""
        self._number, self._locked = number, locked
        self._return_of, self._type_before = form.warranty_return_of, None
        types = self._desk.read(service_types)
        self._types = {fold(each.name) for each in types}
        self.service_type.set_choices([(each.name, each.name) for each in types if each.active])
        self.binding.load(form)
        self.new_type.load(form.service_type)
        self.new_kind.load(form.equipment.kind)
        self._show_past()

    def write(self, form: OrderForm) -> dict[str, UserError]:
        form.warranty_return_of = self._return_of
        wrong = self.binding.write(form)
        if self._return_of is None:
            form.warranty_reason = None
        return wrong

    @property
    def return_of(self) -> int | None:
        return self._return_of

    def come_back(self, form: OrderForm) -> None:
        """Fill in a return, as far as the fields are empty, and go on to what is wrong now."""
        self._return_of = form.warranty_return_of
        self._type_before = self.service_type.text_value()
        self._fill(form.equipment)
        self._types.add(fold(form.service_type))  # made by the program for what comes back
        self.service_type.setEditText(form.service_type)
        self.reason.setFocus(Qt.FocusReason.TabFocusReason)
        self.edited.emit()

    def set_customer(self, customer_id: int | None, name: str) -> None:
        """Whose devices are offered, and whose name is not worth repeating."""
        self._customer_id, self._customer = customer_id, name
        self.kind.setPlaceholderText(
            "Lavadora, celular…" if customer_id is None else "↓ os aparelhos do cliente"
        )

    # -- known words and devices -----------------------------------------------------------

    def _is_type(self, word: str) -> bool:
        return fold(word) in self._types

    def _is_kind(self, word: str) -> bool:
        return self._desk.read(knows_kind, word)

    def _words(self, column: str, text: str) -> list[Suggestion]:
        found = self._desk.read(used_words, column, text, limit=8)
        return [Suggestion(word, word) for word in found]

    def _find_kind(self, text: str) -> list[Suggestion]:
        """With nothing typed the devices of the chosen customer, else known kinds."""
        if text.strip() or self._customer_id is None:
            return self._words("kind", text) if text.strip() else []
        rows = self._desk.read(orders_of_customer, self._customer_id, now=self._desk.now())
        known: dict[tuple[str, str | None], OrderRow] = {}
        for row in rows:
            known.setdefault((row.equipment, row.serial), row)
        return [
            Suggestion(f"{row.equipment} · {row.serial}" if row.serial else row.equipment, row)
            for row in known.values()
        ]

    def _find_brand(self, text: str) -> list[Suggestion]:
        return self._words("brand", text)

    def _find_model(self, text: str) -> list[Suggestion]:
        return self._words("model", text)

    def _kind_chosen(self, value: object) -> None:
        if isinstance(value, OrderRow):
            self._fill(self._desk.read(load_form, value.number).equipment)
            self.reason.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self._take(self.kind, str(value), self.brand)

    def _brand_chosen(self, value: object) -> None:
        self._take(self.brand, str(value), self.model)

    def _model_chosen(self, value: object) -> None:
        self._take(self.model, str(value), self.serial)

    def _take(self, field: TextField, word: str, following: TextField) -> None:
        field.put(word)
        following.setFocus(Qt.FocusReason.TabFocusReason)

    def _fill(self, device: EquipmentForm) -> None:
        """A known device: what is still empty is filled, typed words stay."""
        for name in DEVICE:
            field = self.binding.fields[f"equipment.{name}"]
            if field.is_blank() and getattr(device, name):
                field.setText(getattr(device, name))
        self._show_past()

    def _past(self) -> list[EquipmentPast]:
        serial = self.serial.text().strip()
        if not serial:
            return []
        now = self._desk.now()
        return self._desk.read(equipment_past, serial, now=now, except_number=self._number)

    def _show_past(self) -> None:
        past = self._past()
        today = self._desk.today()
        if self._return_of is not None:
            words, tone = return_words(self._return_of, past), "green"
            self._earlier, self._under_warranty = self._return_of, 0
        else:
            words, tone = past_words(past, self._customer, today), "amber"
            self._earlier = past[0].number if past else 0
            self._under_warranty = under_warranty(past, today)
        self.earlier.set_text(f"Abrir OS {self._earlier}")
        self.earlier.setVisible(bool(self._earlier))
        self.back.set_text("Desvincular" if self._return_of else "Retorno em garantia")
        self.back.setVisible(
            not self._locked and (self._return_of is not None or self._under_warranty > 0)
        )
        self._why.setVisible(self._return_of is not None)
        self.history.setText(words)
        self.history.setToolTip(past_lines(past))
        set_kind(self.history, "tone", tone)
        self.history.setVisible(bool(words))
        imei = looks_like_imei(self.serial.text()) or not self.imei2.is_blank()
        self._imei2.setVisible(imei)

    def _back_clicked(self) -> None:
        if self._return_of is None:
            self.return_requested.emit(self._under_warranty)
            return
        before = self._type_before
        self._return_of, self._type_before = None, None
        self._show_past()
        if before and self.service_type.text_value() == RETURN_TYPE:
            self.service_type.put(before)
        self.edited.emit()

    def _complete_from_past(self) -> None:
        """A scanned serial of a known device: kind, brand and model need no typing, and words that
        only begin like its own are these."""
        past = self._past()
        if not past:
            return
        device = self._desk.read(load_form, past[0].number).equipment
        begun = [name for name in DEVICE[:3] if self._begins(name, getattr(device, name))]
        if self.kind.is_blank() or "kind" in begun:
            for name in begun:
                self._part(name).put(getattr(device, name))
            self._fill(device)

    def _begins(self, name: str, word: str | None) -> bool:
        typed = fold(self._part(name).text())
        return bool(typed) and fold(word or "").startswith(typed) and typed != fold(word or "")

    def _part(self, name: str) -> TextField:
        field = self.binding.fields[f"equipment.{name}"]
        assert isinstance(field, TextField)
        return field


def _history_label() -> QLabel:
    label = text_label(wrap=True)
    label.setObjectName("equipmentHistory")
    label.setProperty("kind", "bar")
    label.setProperty("tone", "amber")
    label.hide()
    return label
