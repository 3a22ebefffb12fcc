"""Settings: the places on the shelf, and how long a device's access code is kept."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from osdesk.services.slots import save_slot, slots
from osdesk.ui.desk import Desk
from osdesk.ui.fields import Labelled, NumberField
from osdesk.ui.form_fields import SaveBar
from osdesk.ui.settings_lists import Entry, ListRow, ListSection
from osdesk.ui.shop_form import ShopFormGroup
from osdesk.ui.widgets import Card, quiet_label

SLOTS = (
    "Onde os aparelhos ficam. Uma prateleira nova digitada na OS entra nesta lista sozinha; fica "
    "livre quando a OS é entregue, devolvida ou cancelada."
)
CODES = (
    "A senha, o PIN ou o desenho que o cliente diz fica cifrado, com a chave fora do banco de "
    "dados e dos backups, e é apagado depois da entrega. Com 0 dias some na própria entrega."
)


class SlotsSection(QWidget):
    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.slots = ListSection(desk, "Prateleiras", SLOTS, _slots, _store_slot, None)
        days = NumberField()
        days.setObjectName("codeDays")
        days.setFixedWidth(220)
        self._bar = SaveBar()
        codes = Card("Senhas dos aparelhos")
        codes.body.addWidget(quiet_label(CODES, wrap=True))
        line = QHBoxLayout()
        line.addWidget(Labelled("Apagar depois da entrega (dias)", days))
        line.addStretch(1)
        codes.body.addLayout(line)
        codes.body.addWidget(self._bar)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(12)
        whole.addWidget(self.slots)
        whole.addWidget(codes)
        whole.addStretch(1)
        self.group = ShopFormGroup(desk, {"code_days": days}, self._bar)
        self.refresh()

    @property
    def dirty(self) -> bool:
        return self.slots.dirty or self.group.dirty

    def refresh(self) -> None:
        self.slots.refresh()
        if not self.group.dirty:
            self.group.load()

    def save(self) -> bool:
        return self.slots.save() and self.group.save()

    def ask_to_save(self) -> None:
        if self.slots.dirty:
            self.slots.ask_to_save()
        else:
            self._bar.ask("Salvar ou descartar os dias?")


def _slots(desk: Desk) -> list[Entry]:
    return [(each.id, each.name, None, each.active, None) for each in desk.read(slots)]


def _store_slot(desk: Desk, row: ListRow) -> int:
    name, _, active, _ = row.value()
    now, author = desk.now(), desk.author
    return desk.write(save_slot, row.entry, name, active=active, now=now, author=author)
