"""Backups in words: how old the newest is; whose one is before a restore, what would go."""

from datetime import datetime, timedelta, tzinfo

from osdesk.domain.backup_rules import RestoreStep
from osdesk.domain.calendar import format_date
from osdesk.domain.views.shop import BackupFigures, BackupRow, Held, RestorePlan
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


def plan_words(plan: RestorePlan, zone: tzinfo | None = None) -> str:
    """``zone``: the shop's, where it is known before; else the computer's."""
    made = plan.made_at.astimezone(zone)
    named = f" da loja “{plan.shop}”" if plan.shop else ""
    listed = ", ".join(
        (
            plural(plan.orders, "ordem", "ordens"),
            plural(plan.customers, "cliente", "clientes"),
            plural(plan.payments, "pagamento", "pagamentos"),
        )
    )
    words = f"Backup{named} de {format_date(made.date())} às {made:%H:%M}: {listed}."
    there = there_words(plan)
    return f"{words}\n{there}" if there else words


def there_words(plan: RestorePlan) -> str:
    """What would become of the shop that is there; empty where there is none."""
    if plan.there is None:
        return ""
    if plan.there.orders is None:
        gone = "O banco de dados de agora não se deixa ler"
    elif plan.there.orders == 0:
        gone = "A loja de agora ainda não tem ordens"
    else:
        gone = f"A loja de agora {held_words(plan.there)}; {_gone_words(plan)}"
    return f"{gone}. Ela é guardada antes, na pasta dos backups."


def _gone_words(plan: RestorePlan) -> str:
    if plan.changes_gone is None or plan.orders_gone is None:
        return "ela não continua a deste backup, e sai inteira"
    if plan.changes_gone == 0:
        return "nada mudou nela depois do backup"
    orders = plural(plan.orders_gone, "ordem aberta", "ordens abertas")
    if plan.numbers_gone:
        named = ", ".join(map(str, plan.numbers_gone))
        more = plan.orders_gone - len(plan.numbers_gone)
        orders += f" (OS {named}{f' e mais {more}' if more else ''})"
    changes = plural(plan.changes_gone, "alteração", "alterações")
    return f"do que veio depois do backup saem {orders} e {changes} ao todo"


def gone_short(plan: RestorePlan) -> tuple[str, str]:
    """The same for a line of a list: what goes, and how many changes that is."""
    if plan.other_shop:
        return "outra loja", ""
    if plan.there is None or not plan.there.orders:
        return "nada", ""
    if plan.changes_gone is None or plan.orders_gone is None:
        return "a loja inteira", ""
    if plan.changes_gone == 0:
        return "nada", ""
    changes = plural(plan.changes_gone, "alteração", "alterações")
    if plan.orders_gone == 0:
        return changes, ""
    return plural(plan.orders_gone, "ordem", "ordens"), changes


def restored_words(figures: BackupFigures, before: BackupRow | None, zone: tzinfo) -> str:
    """Said right after a restore; ``before``: the shop that was replaced, where it had orders."""
    made = figures.made_at.astimezone(zone)
    words = (
        f"Loja restaurada do backup de {format_date(made.date())} às {made:%H:%M}, com "
        f"{_orders(figures.orders)}."
    )
    if before is None:
        return words
    return f"{words} A de antes está guardada, com {_orders(before.plan.orders)}."


def _orders(count: int) -> str:
    return plural(count, "ordem", "ordens")


BEFORE = {
    "restore": "antes de restaurar",
    "import": "antes de importar",
    "erase": "antes de apagar dados",
}
"""Before what a backup was made, by its reason."""
STEPS = {
    RestoreStep.READ: "Conferindo o backup…",
    RestoreStep.KEEP: "Guardando a loja de agora…",
    RestoreStep.SWAP: "Trocando a loja…",
}
"""What a restore is at."""
