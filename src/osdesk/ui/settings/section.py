"""What a section of the settings is: parts one beneath the other, saved by themselves."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from osdesk.domain.default_texts import TEXTS
from osdesk.domain.errors import UserError
from osdesk.domain.orders.forms import ShopForm
from osdesk.services.shop.shop import save_shop, shop_form
from osdesk.ui.desk import Desk
from osdesk.ui.widgets.fields import Field
from osdesk.ui.widgets.forms import SaveBar, save_form

WORDS = ("name", "payment_terms", *TEXTS)
"""Fields whose empty value is an empty text, not nothing."""


class Section(QWidget):
    """A section in which nothing is typed is as it stands here; ``whole`` takes its parts."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.whole = QVBoxLayout(self)
        self.whole.setContentsMargins(0, 0, 0, 0)
        self.whole.setSpacing(12)

    @property
    def dirty(self) -> bool:
        """Whether something typed is not saved."""
        return False

    def save(self) -> bool:
        """Save what was typed; False where something must be mended first."""
        return True

    def ask_to_save(self) -> None:
        """Something else was wanted: ask here whether to save."""

    def refresh(self) -> None:
        """Show what is stored; what is being typed stays."""

    def escape(self) -> bool:
        """Esc was pressed: whether there was something to give up."""
        return False


class ShopFormSection(Section):
    """Some fields of the shop's profile and settings and the bar that saves them; the others stay
    as stored.

    A section fills ``_fields`` in its ``_build`` and calls ``_watch`` once they are there.
    """

    QUESTION = ""
    """Asked where one leaves with something unsaved."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._fields: dict[str, Field] = {}
        self._shown: dict[str, Any] = {}
        self._bar = SaveBar()

    def _watch(self) -> None:
        for field in self._fields.values():
            field.edited.connect(self._edited)
        self._bar.save_requested.connect(self.save)
        self._bar.discard_requested.connect(self._load)
        self.refresh()

    @property
    def dirty(self) -> bool:
        return self._bar.dirty

    def refresh(self) -> None:
        if not self._bar.dirty:
            self._load()

    def save(self) -> bool:
        if not self._bar.dirty:
            return True
        if not save_form(self._bar, self._fields, self._store):
            return False
        self._load()
        self._bar.show_state(False, "Salvo.")
        return True

    def ask_to_save(self) -> None:
        self._bar.ask(self.QUESTION)

    def _load(self) -> None:
        """Show what is stored, over whatever is typed."""
        form = self._desk.read(shop_form)
        for name, field in self._fields.items():
            field.set_value(getattr(form, name))
        self._shown = {name: getattr(form, name) or None for name in self._fields}
        self._bar.show_state(False)

    def _store(self, values: Mapping[str, Any]) -> None:
        form = self._desk.read(shop_form)
        for name, value in values.items():
            if value is None and isinstance(getattr(ShopForm(), name), int):
                raise UserError("required", field=name)
            setattr(form, name, "" if value is None and name in WORDS else value)
        if form.default_ddd is None:
            raise UserError("required", field="default_ddd")
        self._desk.write(save_shop, form, now=self._desk.now(), author=self._desk.author)

    def _edited(self) -> None:
        try:
            values = {name: field.value() or None for name, field in self._fields.items()}
        except UserError:
            self._bar.show_state(True)
            return
        self._bar.show_state(values != self._shown)
