"""Fields of the shop's profile and settings in groups, each group saved by itself."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QObject, Signal

from osdesk.domain.default_texts import TEXTS
from osdesk.domain.errors import UserError
from osdesk.domain.orders.forms import ShopForm
from osdesk.services.shop.shop import save_shop, shop_form
from osdesk.texts import sentence
from osdesk.ui.desk import Desk
from osdesk.ui.widgets.fields import Field
from osdesk.ui.widgets.forms import SaveBar, read_fields, show_error

WORDS = ("name", "payment_terms", *TEXTS)
"""Fields whose empty value is an empty text, not nothing."""


class ShopFormGroup(QObject):
    """Some of the shop's fields with the bar that saves them; the others stay as stored."""

    saved = Signal()

    def __init__(self, desk: Desk, fields: Mapping[str, Field], bar: SaveBar) -> None:
        super().__init__(bar)
        self._desk = desk
        self._fields = dict(fields)
        self._bar = bar
        self._shown: dict[str, Any] = {}
        for field in self._fields.values():
            field.edited.connect(self._edited)
        bar.save_requested.connect(self.save)
        bar.discard_requested.connect(self.load)

    @property
    def dirty(self) -> bool:
        return self._bar.dirty

    def load(self) -> None:
        """Show what is stored, over whatever is typed."""
        form = self._desk.read(shop_form)
        for name, field in self._fields.items():
            field.set_value(getattr(form, name))
        self._shown = {name: getattr(form, name) or None for name in self._fields}
        self._bar.show_state(False)

    def save(self) -> bool:
        if not self.dirty:
            return True
        values = read_fields(self._fields)
        if values is None:
            self._bar.show_state(True, "Confira os campos marcados.")
            return False
        try:
            form = self._form(values)
            self._bar.show_state(False)
            self._desk.write(save_shop, form, now=self._desk.now(), author=self._desk.author)
        except UserError as error:
            self._bar.show_state(True)
            if not show_error(self._fields, error):
                self._bar.say(sentence(error), "red")
            return False
        self.load()
        self._bar.show_state(False, "Salvo.")
        self.saved.emit()
        return True

    def _form(self, values: Mapping[str, Any]) -> ShopForm:
        form = self._desk.read(shop_form)
        for name, value in values.items():
            if value is None and isinstance(getattr(ShopForm(), name), int):
                raise UserError("required", field=name)
            setattr(form, name, "" if value is None and name in WORDS else value)
        if form.default_ddd is None:
            raise UserError("required", field="default_ddd")
        return form

    def _edited(self) -> None:
        try:
            values = {name: field.value() or None for name, field in self._fields.items()}
        except UserError:
            self._bar.show_state(True)
            return
        self._bar.show_state(values != self._shown)
