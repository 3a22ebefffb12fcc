"""What is known before anything is typed goes to its place in an empty form."""

from typing import Any

from osdesk.domain.forms import OrderForm, PhoneForm


def prefill(form: OrderForm, path: str, value: Any) -> None:
    """``path`` as ``customer.name``; phones are given as their numbers."""
    owner: Any = form
    *owners, name = path.split(".")
    for part in owners:
        owner = getattr(owner, part)
    if name == "phones":
        value = [PhoneForm(str(number)) for number in value]
    setattr(owner, name, value)
