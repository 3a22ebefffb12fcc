"""What a restore is about to do, in words: whose backup, of when, with what; what would go.

The command says them now, the window's list of copies asks with them.
"""

from osdesk.domain.calendar import format_date
from osdesk.domain.views.shop import Held, RestorePlan
from osdesk.texts.fields import plural


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
