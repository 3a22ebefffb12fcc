"""Settings: people, service types, stages, places: short lists, edited row by row in place."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from osdesk.domain.codes import Role
from osdesk.domain.errors import UserError
from osdesk.domain.orders.forms import EmployeeForm, ServiceTypeForm, StageForm
from osdesk.domain.orders.status import Status
from osdesk.domain.views.listing import StageView
from osdesk.services.shop.slots import save_slot, slots
from osdesk.services.shop.staff import (
    employees,
    save_employee,
    save_service_type,
    service_types,
)
from osdesk.services.shop.stages import COLOURS, save_stage, stages
from osdesk.services.shop.synonyms import save_synonyms, synonyms
from osdesk.texts import ROLE, STATUS, sentence
from osdesk.ui.desk import Desk
from osdesk.ui.settings.section import Section, ShopFormSection
from osdesk.ui.widgets.controls import Card, GhostButton, Pill, error_label, quiet_label, set_kind
from osdesk.ui.widgets.fields import ChoiceField, Labelled, NumberField, TextField

Entry = tuple[int | None, str, Role | None, bool, int | None]
"""Key, name, role, in use, usual days of promise."""


class ListRow(QWidget):
    """One entry: name, role or days where it has them, in use or not. ``entry`` None: a new one."""

    save_requested = Signal(object)

    def __init__(self, stored: Entry, *, with_days: bool = False) -> None:
        super().__init__()
        entry, name, role, active, days = stored
        self.entry = entry
        self.more: list[ChoiceField] = []
        """Fields of a list that has more to choose."""
        self.stored: Any = (name, role, active, str(days) if days is not None else "")
        self.given: Any = None
        self.begun: Any = None
        """What the row was made of, and what stood in it then."""
        self.name = TextField(limit=200, placeholder="Novo…" if entry is None else "")
        self.name.setAccessibleName("Nome" if entry else "Nome do novo")
        self.name.set_value(name or None)
        self.role = None if role is None else self._role_field(role)
        self.days = self._days_field(name, days) if with_days else None
        self.active = QCheckBox("Em uso")
        self.active.setAccessibleName(f"{name or 'Novo'} em uso")
        self.active.setChecked(active)
        kept = self.active.sizePolicy()  # a new row keeps the columns of those above
        kept.setRetainSizeWhenHidden(True)
        self.active.setSizePolicy(kept)
        self.active.setVisible(entry is not None)
        self.button = GhostButton("Salvar" if entry else "Adicionar")
        self.button.setFixedWidth(104)
        self._wrong = error_label()
        self._wrong.hide()
        line = self.line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.name, 1)
        for field in (self.role, self.days):
            if field is not None:
                line.addWidget(field)
                field.edited.connect(self._edited)
        line.addWidget(self.active)
        line.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(line)
        column.addWidget(self._wrong)
        self.name.edited.connect(self._edited)
        self.name.returnPressed.connect(self._save)
        self.active.clicked.connect(self._edited)
        self.button.clicked.connect(self._save)
        self._edited()

    def _role_field(self, role: Role) -> ChoiceField:
        field = ChoiceField()
        field.setAccessibleName("Função")
        field.set_choices([(each, words.capitalize()) for each, words in ROLE.items()])
        field.set_value(role)
        field.setFixedWidth(132)
        return field

    def _days_field(self, name: str, days: int | None) -> NumberField:
        field = NumberField()
        field.setAccessibleName(f"Prazo de {name or 'novo'} em dias úteis")
        field.setPlaceholderText("dias úteis")
        field.setToolTip("Dias úteis até a data prometida de uma OS nova; vazio: nenhuma")
        field.set_value(days)
        field.setFixedWidth(104)
        field.returnPressed.connect(self._save)
        return field

    def value(self) -> Any:
        """Name, role, in use, days as typed; then what ``more`` says."""
        # Qt hands a StrEnum back as a plain str
        role = self.role.text_value() if self.role else None
        name = self.name.text().strip()
        days = self.days.text().strip() if self.days else ""
        more = (field.value() for field in self.more)
        return name, Role(role) if role else None, self.active.isChecked(), days, *more

    @property
    def dirty(self) -> bool:
        return bool(self.value() != self.stored)

    def say(self, text: str) -> None:
        self._wrong.setText(text)
        self._wrong.setVisible(bool(text))
        set_kind(self.name, "bad", bool(text))

    def _edited(self) -> None:
        self.say("")
        self.button.setEnabled(self.dirty)

    def _save(self) -> None:
        if self.dirty:
            self.save_requested.emit(self)


class ListSection(Section):
    """A card of rows; what is saved is told by ``_entries`` and ``_store``, given at the start."""

    def __init__(
        self,
        desk: Desk,
        title: str,
        advice: str,
        entries: Callable[[Desk], list[Any]],
        store: Callable[[Desk, Any], int],
        new_role: Role | None,
        parent: QWidget | None = None,
        *,
        with_days: bool = False,
    ) -> None:
        super().__init__(desk, parent)
        self._with_days = with_days
        self._entries, self._store, self._new_role = entries, store, new_role
        self._rows: list[ListRow] = []
        self._asked = quiet_label(wrap=True)
        self._asked.hide()
        card = Card(title)
        card.body.addWidget(quiet_label(advice, wrap=True))
        self._column = QVBoxLayout()
        self._column.setSpacing(6)
        card.body.addLayout(self._column)
        card.body.addWidget(self._asked)
        self.whole.addWidget(card)
        self.whole.addStretch(1)
        self.refresh()

    @property
    def dirty(self) -> bool:
        return any(row.dirty for row in self._rows)

    def refresh(self) -> None:
        """A row in which something is typed stays, and so does one that would be the same again."""
        stored = self._entries(self._desk)
        wanted = {values[0]: values for values in (*stored, self._blank())}
        kept = {
            row.entry: row
            for row in self._rows
            if row.dirty or (wanted.get(row.entry) == row.given and row.value() == row.begun)
        }
        if [row.entry for row in self._rows if row.entry in kept] == list(wanted):
            self._asked.hide()
            return
        for row in self._rows:
            if kept.get(row.entry) is not row:
                row.hide()
                row.deleteLater()
            self._column.removeWidget(row)
        self._rows = []
        for entry, values in wanted.items():
            row = kept.get(entry) or self._row(values)
            if entry not in kept:
                row.given, row.begun = values, row.value()
                row.save_requested.connect(self._save_row)
            self._rows.append(row)
            self._column.addWidget(row)
            row.show()  # at once: the keyboard may be on its way to it
        self._asked.hide()

    def _blank(self) -> Any:
        """The entry that a new row begins with."""
        return (None, "", self._new_role, True, None)

    def _row(self, values: Any) -> ListRow:
        return ListRow(values, with_days=self._with_days)

    def save(self) -> bool:
        return all(self._save_row(row) for row in list(self._rows) if row.dirty)

    def ask_to_save(self) -> None:
        self._asked.setText("Há linhas alteradas. Salve cada uma, ou volte ao que era.")
        set_kind(self._asked, "tone", "red")
        self._asked.show()
        changed = next(row for row in self._rows if row.dirty)
        changed.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _save_row(self, row: ListRow) -> bool:
        stored = row.stored
        row.stored = row.value()  # saved from here on: the record's own news must not keep the row
        try:
            self._store(self._desk, row)
        except UserError as error:
            row.stored = stored
            row.say(sentence(error))
            row.name.setFocus(Qt.FocusReason.OtherFocusReason)
            return False
        self.refresh()
        after = next(each for each in self._rows if each.entry == row.entry)
        after.name.setFocus(Qt.FocusReason.OtherFocusReason)
        return True


def team_section(desk: Desk) -> ListSection:
    return ListSection(
        desk,
        "Equipe",
        "Quem atende e quem conserta. Quem saiu fica fora de uso: as ordens antigas guardam o "
        "nome. Técnicos aparecem como responsáveis da OS.",
        _people,
        _store_person,
        Role.TECHNICIAN,
    )


def types_section(desk: Desk) -> ListSection:
    return ListSection(
        desk,
        "Tipos de serviço",
        "O que se escolhe ao abrir uma OS, com o prazo que se costuma prometer. O que não se usa "
        "mais fica fora de uso.",
        _types,
        _store_type,
        None,
        with_days=True,
    )


def synonyms_section(desk: Desk) -> ListSection:
    return ListSection(
        desk,
        "Palavras da busca",
        "Palavras que querem dizer o mesmo, separadas por vírgula: quem busca uma acha as ordens "
        "que dizem outra.",
        _synonyms,
        _store_synonyms,
        None,
    )


def _synonyms(desk: Desk) -> list[Entry]:
    return [(each.id, each.words, None, each.active, None) for each in desk.read(synonyms)]


def _store_synonyms(desk: Desk, row: ListRow) -> int:
    words, _, active, _ = row.value()
    return desk.write(
        save_synonyms, row.entry, words, active=active, now=desk.now(), author=desk.author
    )


def _people(desk: Desk) -> list[Entry]:
    return [(each.id, each.name, each.role, each.active, None) for each in desk.read(employees)]


def _store_person(desk: Desk, row: ListRow) -> int:
    name, role, active, _ = row.value()
    form = EmployeeForm(name, (role or Role.TECHNICIAN).value, active, row.entry)
    return desk.write(save_employee, form, now=desk.now(), author=desk.author)


def _types(desk: Desk) -> list[Entry]:
    found = desk.read(service_types)
    return [(each.id, each.name, None, each.active, each.promise_days) for each in found]


def _store_type(desk: Desk, row: ListRow) -> int:
    name, _, active, _ = row.value()
    form = ServiceTypeForm(name, active, row.entry, row.days.value() if row.days else None)
    return desk.write(save_service_type, form, now=desk.now(), author=desk.author)


COLOUR = {
    "blue": "Azul",
    "green": "Verde",
    "amber": "Âmbar",
    "violet": "Violeta",
    "red": "Vermelho",
    "grey": "Cinza",
}
ADVICE = (
    "Detalham uma situação: “Bancada” ou “Em teste” em “Em andamento”. São só um nome colorido: "
    "quem decide o que se pode fazer é a situação. Ao mudar de situação, a OS sai da etapa."
)


class StageRow(ListRow):
    """A stage: name, status and colour, with how the colour looks in the list."""

    def __init__(self, stage: StageView | None) -> None:
        name, active = (stage.name, stage.active) if stage else ("", True)
        super().__init__((stage.id if stage else None, name, None, active, None))
        self.status = ChoiceField()
        self.status.setAccessibleName(f"Situação da etapa {name or 'nova'}")
        self.status.set_choices(STATUS.items())
        self.status.set_value(stage.status if stage else Status.IN_PROGRESS)
        self.status.setFixedWidth(168)
        self.colour = ChoiceField()
        self.colour.setAccessibleName(f"Cor da etapa {name or 'nova'}")
        self.colour.set_choices([(each, COLOUR[each]) for each in COLOURS])
        self.colour.set_value(stage.colour if stage else COLOURS[0])
        self.colour.setFixedWidth(98)
        self.swatch = Pill()
        for place, part in enumerate((self.status, self.colour, self.swatch), start=1):
            self.line.insertWidget(place, part)
        self.more = [self.status, self.colour]
        for field in self.more:
            field.edited.connect(self._edited)
        self.colour.edited.connect(self._show_colour)
        self.stored = self.value()
        self._show_colour()

    def _show_colour(self) -> None:
        tone = str(self.colour.value())
        self.swatch.show_status("Aa", tone)
        self.swatch.setAccessibleName(COLOUR[tone])


class StagesSection(ListSection):
    """The stages, each with its status and colour."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Etapas", ADVICE, _entries, _store, None)

    def _blank(self) -> Any:
        return (None, None)

    def _row(self, values: Any) -> ListRow:
        return StageRow(values[1])


def _entries(desk: Desk) -> list[tuple[int, StageView]]:
    return [(stage.id, stage) for stage in desk.read(stages)]


def _store(desk: Desk, row: StageRow) -> int:
    name, _, active, _, status, colour = row.value()
    form = StageForm(Status(status), name, str(colour), active, row.entry)
    return desk.write(save_stage, form, now=desk.now(), author=desk.author)


SLOTS = (
    "Onde os aparelhos ficam. Uma prateleira nova digitada na OS entra nesta lista sozinha; fica "
    "livre quando a OS é entregue, devolvida ou cancelada."
)
CODES = (
    "A senha, o PIN ou o desenho que o cliente diz fica cifrado, com a chave fora do banco de "
    "dados e dos backups, e é apagado depois da entrega. Com 0 dias some na própria entrega."
)


class SlotsSection(ShopFormSection):
    """The shelves, and how long devices' access codes are kept."""

    QUESTION = "Salvar ou descartar os dias?"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.slots = ListSection(desk, "Prateleiras", SLOTS, _slots, _store_slot, None)
        days = NumberField()
        days.setObjectName("codeDays")
        days.setFixedWidth(220)
        codes = Card("Senhas dos aparelhos")
        codes.body.addWidget(quiet_label(CODES, wrap=True))
        line = QHBoxLayout()
        line.addWidget(Labelled("Apagar depois da entrega (dias)", days))
        line.addStretch(1)
        codes.body.addLayout(line)
        codes.body.addWidget(self._bar)
        self.whole.addWidget(self.slots)
        self.whole.addWidget(codes)
        self.whole.addStretch(1)
        self._fields = {"code_days": days}
        self._watch()

    @property
    def dirty(self) -> bool:
        return self.slots.dirty or super().dirty

    def refresh(self) -> None:
        self.slots.refresh()
        super().refresh()

    def save(self) -> bool:
        return self.slots.save() and super().save()

    def ask_to_save(self) -> None:
        if self.slots.dirty:
            self.slots.ask_to_save()
        else:
            super().ask_to_save()


def _slots(desk: Desk) -> list[Entry]:
    return [(each.id, each.name, None, each.active, None) for each in desk.read(slots)]


def _store_slot(desk: Desk, row: ListRow) -> int:
    name, _, active, _ = row.value()
    now, author = desk.now(), desk.author
    return desk.write(save_slot, row.entry, name, active=active, now=now, author=author)
