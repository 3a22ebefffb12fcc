"""Backups in words: how old the newest is; whose one is before a restore, what would go."""

from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import PurePath
from typing import NamedTuple

from osdesk.domain.backup_rules import LATE_HERE, LATE_SECOND, RestoreStep, is_late
from osdesk.domain.calendar import format_date
from osdesk.domain.errors import UserError
from osdesk.domain.views.shop import (
    BackupAge,
    BackupFigures,
    BackupRow,
    Drill,
    RestorePlan,
    Safety,
)
from osdesk.texts.errors import sentence
from osdesk.texts.fields import listing, plural
from osdesk.texts.held import held_words

AHEAD = timedelta(hours=1)
"""A backup made later than now: the clock was wrong then, or is now."""


class SafetyWords(NamedTuple):
    """For the line at the window's foot; ``tone``: green, amber or red. ``details``: each place."""

    text: str
    tone: str
    details: str


def safety_words(safety: Safety, now: datetime) -> SafetyWords:
    """How safe the work is, in words; moments in the shop's zone."""
    here, second, name = safety.here, safety.second, safety.second_name
    words, tone = here_words(here, now)
    places = [f"Neste computador: {here_details(here, now)}"]
    if name:
        places.append(f"{name}: {second_words(second, now)}")
    else:
        places.append("Segundo lugar: nenhum. Escolha um em Configurações, Backup.")
    if safety.drill is not None:
        places.append(drill_words(safety.drill, now.tzinfo or UTC))
    if safety.drill is not None and safety.drill.failed and tone != "red":
        words, tone = f"O ensaio de {safety.drill.at.astimezone(now.tzinfo):%d/%m} falhou", "red"
    elif is_late(second.waiting_since, LATE_SECOND, now):
        if tone != "red":
            where = f"em {name}" if name else "em um segundo lugar"
            words, tone = f"Sem cópia {where} {_for(second, now)}", "red"
    elif second.made is not None and tone == "green":
        words += f" · {name} {_when(second.made, now)}"
    return SafetyWords(words, tone, "\n".join(places))


def drill_words(drill: Drill, zone: tzinfo) -> str:
    """What came of the last drill."""
    day = f"{drill.at.astimezone(zone):%d/%m}"
    if not drill.failed:
        places = listing([str(PurePath(each.path).parent) for each in drill.results])
        return f"Ensaio de {day}: tudo voltou, de {places}."
    first = drill.failed[0]
    why = sentence(UserError(first.code, **first.data))
    which = "um backup" if first.path in why else f"o backup {first.path}"
    return f"Ensaio de {day}: {which} não voltou. {why}"


def here_words(age: BackupAge, now: datetime) -> tuple[str, str]:
    """Words for the backups of the shop's own folder, and their tone."""
    if age.made is not None and age.made > now + AHEAD:
        day = format_date(age.made.date())
        return f"Último backup com data futura, {day}: confira o relógio", "amber"
    if is_late(age.waiting_since, LATE_HERE, now):
        return f"Sem backup {_for(age, now)}", "red"
    if age.made is None:
        return "Ainda sem backup", "amber"
    return f"Backup verificado {_when(age.made, now)}", "green"


def here_details(age: BackupAge, now: datetime) -> str:
    """The same, with the last good one where that is too old."""
    words, tone = here_words(age, now)
    last = f"; o último foi feito {_when(age.made, now)}" if tone == "red" and age.made else ""
    return f"{words[0].lower()}{words[1:]}{last}"


def second_words(age: BackupAge, now: datetime) -> str:
    """The same for the second place, after its name."""
    if age.made is None:
        return "ainda sem backup"
    words = f"último backup {_when(age.made, now)}"
    if age.waiting_since is None:
        return f"{words}, com tudo"
    if is_late(age.waiting_since, LATE_SECOND, now):
        return f"{words}; há trabalho sem cópia lá {_for(age, now)}"
    return words


def _when(made: datetime, now: datetime) -> str:
    days = (now.date() - made.date()).days
    if days <= 0:
        return f"hoje às {made:%H:%M}"
    if days == 1:
        return f"ontem às {made:%H:%M}"
    return f"em {format_date(made.date())}"


def _for(age: BackupAge, now: datetime) -> str:
    """How long work has waited for a backup."""
    days = (now - age.waiting_since).days if age.waiting_since else 0
    return f"há {plural(days, 'dia', 'dias')}"


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
