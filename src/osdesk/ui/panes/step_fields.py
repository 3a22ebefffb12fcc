"""The fields that a step may ask for, each of its kind, and the words around them."""

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtWidgets import QWidget

from osdesk.domain.calendar import format_date
from osdesk.domain.money import format_brl
from osdesk.domain.orders.forms import ORDER_FIELDS
from osdesk.domain.orders.rules import OrderFacts, line_warranty_until, warranty_days_of
from osdesk.domain.orders.status import Status
from osdesk.domain.views.orders import OrderView
from osdesk.services.shop.staff import employees
from osdesk.texts import STATUS, VIA
from osdesk.ui.desk import Desk
from osdesk.ui.widgets import keymap
from osdesk.ui.widgets.fields import (
    ChoiceField,
    DateField,
    Field,
    LongTextField,
    NumberedChoice,
    NumberField,
    TextField,
)

OF_ORDER = frozenset(field.name for field in ORDER_FIELDS if field.step)
"""Fields of the order itself; all others are facts of the step."""
LONG = ("reason", "waiting_for", "payment_terms")
DATES = ("start_on", "promised_on", "valid_until", "due_on")
LABELS = {
    "technician": "Técnico responsável",
    "start_on": "Início do serviço",
    "promised_on": "Prometida para",
    "valid_until": "Orçamento válido até",
    "due_on": "Vencimento do saldo",
    "instalment_count": "Em quantas vezes",
    "payment_terms": "Condições de pagamento",
    "device_returned": "O aparelho voltou?",
    "approved_by": "Quem aprovou",
    "approved_via": "Como aprovou",
    "waiting_for": "Que peça se espera",
    "report": "Laudo",
    "used_parts_authorized_by": "Quem autorizou a peça usada ou recondicionada",
    "collected_by": "Quem retirou",
    "collected_document": "Documento de quem retirou (opcional)",
    "reason": "Motivo",
}
REASONS = {
    Status.DECLINED: "Motivo da recusa",
    Status.CANCELLED: "Motivo do cancelamento",
    None: "Motivo da reabertura",
}


DEVICE = {False: "Ficou com o cliente", True: "Voltou para a oficina"}


def label_of(name: str, to: Status | None) -> str:
    return REASONS.get(to, LABELS[name]) if name == "reason" else LABELS[name]


def make_field(name: str, desk: Desk, parent: QWidget) -> Field:
    """A field of the right kind for one name of ``step_needs``."""
    if name in DATES:
        return DateField(desk.today, parent, saturday=lambda: desk.shop.open_saturday)
    if name == "instalment_count":
        return NumberField(parent)
    if name == "report":
        return LongTextField(parent, lines=4)
    if name == "technician":
        choice = ChoiceField(parent, free=True, likely=True)
        people = desk.read(employees, active_only=True)
        choice.set_choices([(person.name, person.name) for person in people])
        choice.set_value(None)
        return choice
    if name == "device_returned":
        return NumberedChoice(DEVICE, parent)
    if name == "approved_via":
        return NumberedChoice(VIA, parent)
    return TextField(parent, limit=500 if name in LONG else 200)


def step_summary(facts: OrderFacts, to: Status | None) -> str:
    """The figure that the step is about."""
    if to in (Status.AWAITING_APPROVAL, Status.APPROVED):
        words = f"Total {format_brl(facts.balance_under(to) + facts.paid)}"
        if facts.promised_on is not None:
            words += f" · pronta em {format_date(facts.promised_on)}"
        return words
    if to in (Status.DELIVERED, Status.RETURNED):
        balance = facts.balance_under(to)
        return f"Saldo {format_brl(balance)}" if balance > 0 else "Nada a receber"
    return ""


def warranty_words(facts: OrderFacts, shop_days: int, today: date) -> str:
    """The warranty that delivering today would give, line by line where the lines differ."""
    until = today + timedelta(days=warranty_days_of(facts.lines, shop_days))
    ends = {
        line.description: line_warranty_until(line.warranty_days, facts.lines, today, until)
        for line in facts.lines
        if line.description.strip()
    }
    if len(set(ends.values())) < 2:
        return f"Garantia até {format_date(until)}."
    lines = [f"{words}: até {format_date(day)}" for words, day in ends.items()]
    return "\n".join(["Garantia, contada da entrega:", *lines])


def taken_words(sheet: OrderView) -> str:
    """That the step was taken, and the paper that is to be signed or handed over now."""
    words = f"OS {sheet.number}: {STATUS[sheet.status]}."
    if sheet.status is Status.DELIVERED:
        return f"{words} {keymap.key('F9')} imprime o termo de entrega e garantia."
    if sheet.status is Status.RETURNED:
        return f"{words} {keymap.key('F9')} imprime o termo de retirada."
    return words


CORRECTED = (
    "Quem retirou, custo, técnico da linha, laudo e notas se corrigem na própria OS, sem reabrir."
)


def step_hint(to: Status | None, names: Sequence[str], hindrance: str, back: Status | None) -> str:
    """What to know before the step, in a sentence or two; empty where nothing."""
    if hindrance:
        return hindrance
    if "items" in names:
        return "Antes, inclua na OS os serviços e materiais do orçamento e salve."
    if to is None:
        where = f" para “{STATUS[back]}”" if back else ""
        words = f"A OS volta{where}; fica registrado quem reabriu, quando e por quê."
        return f"{words} {CORRECTED}" if "device_returned" in names else words
    if "due_on" in names:
        return keymap.words("Há saldo: combine o vencimento ou as parcelas, ou receba antes (F8).")
    if "valid_until" in names:
        return "O orçamento venceu: confirme com o cliente e renove a validade."
    if "used_parts_authorized_by" in names:
        return "Peça usada ou recondicionada pede a autorização do cliente (CDC, art. 21)."
    if to is Status.AWAITING_PART and "waiting_for" in names:
        return "Escreva a peça e, se souber, o fornecedor e a previsão."
    return ""
