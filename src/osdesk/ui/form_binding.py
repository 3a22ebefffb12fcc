"""Between a form and its fields: only what a person changed is written back.

A value that a field cannot show exactly (a no-break space, a second phone) stays what it was until
somebody types over it: opening and saving an order changes nothing.
"""

from collections.abc import Mapping
from typing import Any

from osdesk.domain.errors import UserError

NEVER_NONE = frozenset({"name", "kind", "service_type", "reason"})
"""Required texts of the order's form: empty, never absent."""


class Binding:
    """Fields by the path of their value in a form: ``technician``, ``equipment.kind``."""

    def __init__(self, fields: Mapping[str, Any]) -> None:
        self.fields = dict(fields)
        self._shown: dict[str, object] = {}

    def load(self, form: object) -> None:
        for path, field in self.fields.items():
            owner, name = _owner(form, path)
            field.set_value(getattr(owner, name) or None)
        self.settle()

    def settle(self) -> None:
        """What is shown now is what was given: the next reading writes back nothing."""
        self._shown = {path: _raw(field) for path, field in self.fields.items()}

    def touched(self, path: str) -> bool:
        return _raw(self.fields[path]) != self._shown.get(path)

    def write(self, form: object) -> dict[str, UserError]:
        """Put the changed values into the form; errors of the fields that cannot be read."""
        wrong: dict[str, UserError] = {}
        for path, field in self.fields.items():
            if not self.touched(path):
                continue
            try:
                value = field.value()
            except UserError as error:
                wrong[path] = error
                continue
            owner, name = _owner(form, path)
            setattr(owner, name, "" if value is None and name in NEVER_NONE else value)
        return wrong


def _owner(form: object, path: str) -> tuple[object, str]:
    *owners, name = path.split(".")
    for owner in owners:
        form = getattr(form, owner)
    return form, name


def _raw(field: Any) -> object:
    try:
        value: object = field.value()
    except UserError as error:
        return (error.code, error.data.get("value"))
    return value
