"""Backups in words: how old the newest is; whose one is before a restore, what would go."""

from datetime import datetime, timedelta

from osdesk.domain.calendar import format_date
from osdesk.domain.views.shop import Held, RestorePlan
from osdesk.texts.fields import plural

AHEAD = timedelta(hours=1)
"""A backup made later than now: the clock was wrong then, or is now."""


def backup_words(made: datetime | None, now: datetime) -> tuple[str, bool]:
    """Words for the newest backup, both moments in the shop's zone; whether it is good enough."""
    if made is None:
        return "Ainda sem backup", False
    if made > now + AHEAD:
        return (
            f"Último backup com data futura, {format_date(made.date())}: confira o relógio",
            False,
        )
    days = (now.date() - made.date()).days
    if days <= 0:
        return f"Backup verificado hoje às {made:%H:%M}", True
    if days == 1:
        return f"Backup verificado ontem às {made:%H:%M}", True
    return f"Último backup em {format_date(made.date())}, há {days} dias", days <= 3


def held_words(held: Held) -> str:
    """What a file holds, as the end of a sentence about it."""
    if held.orders is None:
        return "não se deixa ler"
    orders = f"tem {plural(held.orders, 'ordem', 'ordens')}"
    if held.last_change is None:
        return orders
    return f"{orders} e a última alteração é de {format_date(held.last_change)}"


def plan_words(plan: RestorePlan) -> str:
    made = plan.made_at.astimezone()
    named = f" da loja “{plan.shop}”" if plan.shop else ""
    listed = ", ".join(
        (
            plural(plan.orders, "ordem", "ordens"),
            plural(plan.customers, "cliente", "clientes"),
            plural(plan.payments, "pagamento", "pagamentos"),
        )
    )
    words = f"Backup{named} de {format_date(made.date())} às {made:%H:%M}: {listed}."
    if plan.there is None:
        return words
    if plan.there.orders is None:
        gone = "O banco de dados de agora não se deixa ler"
    else:
        gone = f"A loja de agora {held_words(plan.there)}; {_gone_words(plan)}"
    return f"{words}\n{gone}. Ela é guardada antes, na pasta dos backups."


def _gone_words(plan: RestorePlan) -> str:
    if plan.changes_gone is None or plan.orders_gone is None:
        return "ela não continua a deste backup, e sai inteira"
    if plan.changes_gone == 0:
        return "nada mudou nela depois do backup"
    orders = plural(plan.orders_gone, "ordem aberta", "ordens abertas")
    changes = plural(plan.changes_gone, "alteração", "alterações")
    return f"do que veio depois do backup saem {orders} e {changes} ao todo"
