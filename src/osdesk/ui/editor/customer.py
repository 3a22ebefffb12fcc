"""The customer inside the order: typed, or chosen from the known ones as one types.

The danger here is a card that is renamed by accident. A chosen customer stays chosen while the name
still resembles the card's; another name is another customer, and what the card had filled goes.
"""

from copy import deepcopy
from difflib import SequenceMatcher

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from osdesk.domain.calendar import format_date
from osdesk.domain.errors import UserError
from osdesk.domain.identifiers import format_document, parse_phone
from osdesk.domain.money import format_brl
from osdesk.domain.orders.forms import CustomerForm, PhoneForm
from osdesk.domain.text import fold
from osdesk.domain.views.counter import NearDuplicate
from osdesk.domain.views.orders import CustomerSituation, CustomerView
from osdesk.services.customers.customers import customer_situation, customer_view, find_customers
from osdesk.services.customers.same_customer import near_duplicates
from osdesk.texts import plural
from osdesk.ui.desk import Desk
from osdesk.ui.widgets import keymap
from osdesk.ui.widgets.controls import Card, FlatButton, quiet_label, set_kind
from osdesk.ui.widgets.fields import DocumentField, Labelled, PhoneField, TextField
from osdesk.ui.widgets.forms import Binding
from osdesk.ui.widgets.suggest import Suggest, Suggestion


def customer_words(customer: CustomerView) -> str:
    """One line of the list of known customers."""
    parts = [customer.name]
    parts += [phone.number for phone in customer.phones[:1]]
    if customer.document:
        parts.append(format_document(customer.document))
    return " · ".join(parts)


def situation_words(
    situation: CustomerSituation, *, own_order: bool, zone_year: int
) -> tuple[str, str]:
    """The line under a chosen customer and its tone; ``own_order``: one of them is the order shown.

    ``zone_year``: the year in which the customer was added, in the shop's zone.
    """
    first = situation.first_order_on
    year = min(zone_year, first.year) if first else zone_year
    before = situation.orders - (1 if own_order else 0)
    parts = [f"Cliente desde {year}"]
    if own_order:
        parts.append(plural(before, "outra ordem", "outras ordens") if before else "única OS")
    else:
        known = plural(before, "ordem anterior", "ordens anteriores")
        parts.append(known if before else "primeira OS")
    opened = situation.open_orders - (1 if own_order else 0)
    if opened > 0:
        parts.append(plural(opened, "aberta", "abertas"))
    tone = ""
    if situation.owed and situation.owed_since is not None:
        parts.append(f"deve {format_brl(situation.owed)} desde {format_date(situation.owed_since)}")
        tone = "red"
    elif situation.owed:
        parts.append(f"tem {format_brl(situation.owed)} a pagar")
        tone = "amber"
    else:
        if own_order:  # what it says of itself stands at the side
            parts += ["nada a pagar das outras"] if before else []
        else:
            parts.append("nada a pagar" if opened > 0 else "nada em aberto")
    if situation.ready_orders:
        count = situation.ready_orders
        parts.append(f"{count} {'pronta' if count == 1 else 'prontas'} para retirada")
    return " · ".join(parts), tone


def near_words(found: NearDuplicate, others: int) -> str:
    """``Parece ser: Maria · (11) 98765-4321, 3 OS``."""
    customer = found.customer
    contact = [phone.number for phone in customer.phones[:1]]
    if customer.document and (found.why == "document" or not contact):
        contact = [format_document(customer.document)]
    orders = plural(found.orders, "OS", "OS") if found.orders else "sem OS"
    words = f"Parece ser: {' · '.join([customer.name, *contact])}, {orders}"
    return f"{words} (e mais {others})" if others else words


ALIKE = 0.6
WHO_KEY = "Ctrl+O"
"""This customer, another one, or back: what the card offers."""
HINT = "Só o nome é obrigatório. Ao digitar nome, telefone ou CPF aparecem os clientes conhecidos."


class OrderCustomer(Card):
    """The card: name, phone, document, and what is known of who is chosen."""

    edited = Signal()
    chosen = Signal()
    """A known customer was taken: on to the equipment."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("Cliente", parent)
        self._desk = desk
        self._base = CustomerForm()
        self._before: CustomerForm | None = None
        self._offered: CustomerView | None = None
        self._pointed = ("", "", "")
        self._own_id: int | None = None
        self._corrected = ""
        self._build()
        self._connect()

    def _build(self) -> None:
        self.name = TextField()
        self.name.setObjectName("customerName")
        self.phone = PhoneField(self._ddd)
        self.phone.setObjectName("customerPhone")
        self.document = DocumentField()
        self.document.setObjectName("customerDocument")
        self.second = PhoneField(self._ddd)
        self.second.setObjectName("customerSecondPhone")
        self.email = TextField()
        self.email.setObjectName("customerEmail")
        self.address = TextField(limit=500)
        self.address.setObjectName("customerAddress")
        self._binding = Binding(
            {
                "name": self.name,
                "document": self.document,
                "email": self.email,
                "address": self.address,
            }
        )
        self._phones = (self.phone, self.second)
        self._phones_shown: tuple[str, str] = ("", "")
        first = QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(Labelled("Nome", self.name, required=True), 3)
        first.addWidget(Labelled("Telefone / WhatsApp", self.phone), 2)
        first.addWidget(Labelled("CPF ou CNPJ", self.document), 2)
        self.more = QWidget()
        second = QHBoxLayout(self.more)
        second.setContentsMargins(0, 0, 0, 0)
        second.setSpacing(8)
        second.addWidget(Labelled("Outro telefone", self.second), 2)
        second.addWidget(Labelled("E-mail", self.email), 2)
        second.addWidget(Labelled("Endereço", self.address), 3)
        self.more.hide()
        self.situation = quiet_label(wrap=True)
        self.situation.setObjectName("customerSituation")
        self.act = FlatButton("", WHO_KEY)
        self.act.setObjectName("customerAct")
        self.act.hide()
        self.correct = FlatButton("Corrigir em todas as OS")
        self.correct.setObjectName("customerCorrect")
        self.correct.hide()
        self.toggle = FlatButton("Mais dados")
        self.toggle.setAccessibleName("Mostrar outro telefone, e-mail e endereço")
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.situation, 1)
        foot.addWidget(self.correct)
        foot.addWidget(self.act)
        foot.addWidget(self.toggle)
        rows = QVBoxLayout()
        rows.setSpacing(6)
        rows.addLayout(first)
        rows.addWidget(self.more)
        rows.addLayout(foot)
        self.body.addLayout(rows)
        self.body.setContentsMargins(14, 10, 14, 8)

    def _connect(self) -> None:
        for field in (self.name, self.phone, self.document):
            Suggest(field, self._find, least=2).chosen.connect(self._choose)
        for field in (*self._phones, *self._binding.fields.values()):
            field.edited.connect(self.edited)
        self.name.editingFinished.connect(self.settle)
        for field in (self.name, self.phone, self.document):
            field.edited.connect(self._point_out)
            field.editingFinished.connect(self._point_out)
        QShortcut(keymap.sequence(WHO_KEY), self.act).activated.connect(self.act.click)
        self.toggle.clicked.connect(self._toggle_more)
        self._desk.changed.connect(self._record_changed)
        self.act.clicked.connect(self._acted)
        self.correct.clicked.connect(self._correct)

    # -- load, read ------------------------------------------------------------------------

    def load(self, form: CustomerForm, *, own_order: bool) -> None:
        """``own_order``: the order that is shown is already among the customer's."""
        self._own_id = form.id if own_order else None
        self._before, self._corrected = None, ""
        self._show(deepcopy(form))

    def write(self, form: CustomerForm) -> dict[str, UserError]:
        """Into an empty form; errors by the path in the order's form."""
        for name, value in vars(deepcopy(self._base)).items():
            setattr(form, name, value)
        wrong = self._binding.write(form)
        for place, (field, shown) in enumerate(zip(self._phones, self._phones_shown, strict=True)):
            typed = field.text().strip()
            if typed != shown:
                _set_phone(form.phones, place, typed)
        form.phones = [phone for phone in form.phones if phone.number]
        return {f"customer.{name}": error for name, error in wrong.items()}

    @property
    def customer_id(self) -> int | None:
        return self._base.id

    def fields(self) -> dict[str, TextField | PhoneField | DocumentField]:
        named = {f"customer.{name}": field for name, field in self._binding.fields.items()}
        return named | {"customer.phones": self.phone}

    def _show(self, form: CustomerForm) -> None:
        self._base = form
        self._offered = None
        self._pointed = ("", "", "")
        self._binding.load(form)
        numbers = [phone.number for phone in form.phones[:2]]
        numbers += [""] * (2 - len(numbers))
        for field, number in zip(self._phones, numbers, strict=True):
            field.set_value(number or None)
        self._phones_shown = (self.phone.text().strip(), self.second.text().strip())
        self.more.setVisible(bool(numbers[1] or form.email or form.address))
        self._say_situation()

    # -- who it is -------------------------------------------------------------------------

    def _find(self, text: str) -> list[Suggestion]:
        found = self._desk.read(find_customers, text)
        return [Suggestion(customer_words(customer), customer) for customer in found]

    def _choose(self, customer: CustomerView) -> None:
        # what was typed in the field that was searched with is no value of its own
        typed_phone = "" if self.phone.hasFocus() else self.phone.text().strip()
        form = CustomerForm(
            name=customer.name,
            phones=[PhoneForm(phone.number, phone.label) for phone in customer.phones],
            document=customer.document,
            email=customer.email,
            address=customer.address,
            notes=customer.notes,
            id=customer.id,
        )
        known = {self._digits(phone.number) for phone in form.phones}
        extra = typed_phone and self._base.id is None and self._digits(typed_phone) not in known
        self._before = None
        self._show(form)
        if extra:
            self.second.setText(typed_phone) if form.phones else self.phone.setText(typed_phone)
            self.more.setVisible(True)
        self.edited.emit()
        self.chosen.emit()

    def choose(self, customer_id: int) -> None:
        self._choose(self._desk.read(customer_view, customer_id))

    def settle(self) -> None:
        """The name was left: is it still the customer that was chosen?"""
        if self._base.id is None:
            self._point_out()
            return
        typed, card = fold(self.name.text()), fold(self._base.name)
        if typed == card:
            self._say_situation()
        elif self.asks:
            self._say(
                f"O nome mudou. “{self._base.name}” estava errado, ou é outra pessoa?",
                "amber",
                "É outra pessoa",
                correct=True,
            )
        elif typed and (
            self.name.text() == self._corrected
            or SequenceMatcher(None, typed, card).ratio() >= ALIKE
        ):
            self._say(
                f"O cadastro de “{self._base.name}” passará a “{self.name.text().strip()}”.",
                "amber",
                "É outro cliente",
            )
        else:
            self._part()

    @property
    def asks(self) -> bool:
        """Another name stands on a stored order: whose it is only the person can say."""
        typed = self.name.text()
        own = self._own_id is not None and self._base.id == self._own_id
        changed = bool(typed.strip()) and fold(typed) != fold(self._base.name)
        return own and changed and typed != self._corrected

    def _correct(self) -> None:
        """The name was wrong: it is corrected wherever this customer stands."""
        self._corrected = self.name.text()
        self.settle()
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _part(self) -> None:
        """Another customer: the card's own phone and document are not theirs."""
        card = self._base
        untouched = [field for field in self._binding.fields if not self._binding.touched(field)]
        phones = [
            field
            for field, shown in zip(self._phones, self._phones_shown, strict=True)
            if field.text().strip() == shown
        ]
        self._base, self._before = CustomerForm(), card
        for name in untouched:
            if name != "name":
                self._binding.fields[name].set_value(None)
        for field in phones:
            field.set_value(None)
        kept = {name: field.text() for name, field in self._binding.fields.items()}
        self._binding.load(CustomerForm())
        for name, text in kept.items():
            if text:
                self._binding.fields[name].setText(text)
        self._phones_shown = ("", "")
        self._pointed = ("", "", "")
        self._say("Cliente novo.", "", f"Voltar para {card.name}")
        self._point_out()
        self.edited.emit()

    def _point_out(self) -> None:
        """Somebody who is already known seems to be typed: offered, never taken by itself."""
        if self._base.id is not None:
            return
        typed = (self.name.text(), self.phone.text(), self.document.text())
        if typed == self._pointed:
            return
        self._pointed = typed
        form = CustomerForm(typed[0], [PhoneForm(typed[1])], typed[2])
        parted = self._before.id if self._before else None
        found = [
            near for near in self._desk.read(near_duplicates, form) if near.customer.id != parted
        ]
        self._offered = found[0].customer if found else None
        if found:
            self._say(near_words(found[0], len(found) - 1), "amber", "Usar este cadastro")
        else:
            self._say_situation()

    def _digits(self, number: str) -> str:
        return parse_phone(number, default_ddd=self._ddd()).digits

    def _ddd(self) -> str:
        return self._desk.shop.default_ddd

    def _record_changed(self) -> None:
        """Money came in or an order went on: what the line says of the customer is read again."""
        if self._base.id is not None and fold(self.name.text()) == fold(self._base.name):
            self._say_situation()

    # -- words -----------------------------------------------------------------------------

    def _say_situation(self) -> None:
        if self._base.id is None:
            if self._before is not None:
                self._say("Cliente novo.", "", f"Voltar para {self._before.name}")
            else:
                self._say(HINT if self.name.is_blank() else "Cliente novo.")
            return
        now = self._desk.now()
        situation = self._desk.read(customer_situation, self._base.id, now=now)
        year = situation.customer.created_at.astimezone(self._desk.zone).year
        own = self._base.id == self._own_id
        words, tone = situation_words(situation, own_order=own, zone_year=year)
        self._say(words, tone, "" if own else "É outro cliente")

    def _say(self, words: str, tone: str = "", action: str = "", *, correct: bool = False) -> None:
        self.correct.setVisible(correct)
        self.situation.setText(words)
        set_kind(self.situation, "tone", tone)
        self.act.set_text(action)
        self.act.setVisible(bool(action))

    def _acted(self) -> None:
        if self._offered is not None:
            self._choose(self._offered)
        elif self._base.id is not None:
            self._part()
            self.name.setFocus()
            self.name.selectAll()
        elif self._before is not None:
            before, self._before = self._before, None
            self._show(before)
            self.edited.emit()

    def _toggle_more(self) -> None:
        self.more.setVisible(self.more.isHidden())
        if self.more.isVisible():
            self.second.setFocus()


def _set_phone(phones: list[PhoneForm], place: int, number: str) -> None:
    while len(phones) <= place:
        phones.append(PhoneForm(""))
    phones[place].number = number
