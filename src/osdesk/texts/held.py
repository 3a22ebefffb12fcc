"""What a file of the shop holds, in words; by itself because sentences of errors use it too."""

from osdesk.domain.calendar import format_date
from osdesk.domain.views.shop import Held
from osdesk.texts.fields import plural


def held_words(held: Held) -> str:
    """What a file holds, as the end of a sentence about it."""
    if held.orders is None:
        return "não se deixa ler"
    orders = f"tem {plural(held.orders, 'ordem', 'ordens')}"
    if held.last_change is None:
        return orders
    return f"{orders} e a última alteração é de {format_date(held.last_change)}"
