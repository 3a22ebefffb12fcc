"""Settings: the shop's own stages under a status, each with a colour of the look's meanings."""

from typing import Any

from osdesk.domain.forms import StageForm
from osdesk.domain.shapes import StageView
from osdesk.domain.status import Status
from osdesk.services.stages import COLOURS, save_stage, stages
from osdesk.texts import STATUS
from osdesk.ui.desk import Desk
from osdesk.ui.fields import ChoiceField
from osdesk.ui.settings_lists import ListRow, ListSection
from osdesk.ui.widgets import Pill

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
