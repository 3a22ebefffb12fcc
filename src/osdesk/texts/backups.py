"""How old the newest backup is, in words."""

from datetime import datetime

from osdesk.domain.calendar import format_date


def backup_words(made: datetime | None, now: datetime) -> tuple[str, bool]:
    """Words for the newest backup, both moments in the shop's zone; whether it is good enough."""
    if made is None:
        return "Ainda sem backup", False
    days = (now.date() - made.date()).days
    if days <= 0:
        return f"Backup verificado hoje às {made:%H:%M}", True
    if days == 1:
        return f"Backup verificado ontem às {made:%H:%M}", True
    return f"Último backup em {format_date(made.date())}, há {days} dias", days <= 3
