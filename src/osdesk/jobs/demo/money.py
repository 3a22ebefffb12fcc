"""How an order of the demonstration shop is paid: deposits, at delivery, later, in parts."""

from datetime import datetime, timedelta
from random import Random

from osdesk.domain.codes import PaymentMethod
from osdesk.domain.orders.instalments import in_parts
from osdesk.domain.orders.status import Status
from osdesk.jobs.demo.facts import Money, Story, pick

METHODS = (
    (PaymentMethod.PIX, 45),
    (PaymentMethod.CREDIT, 20),
    (PaymentMethod.DEBIT, 15),
    (PaymentMethod.CASH, 14),
    (PaymentMethod.BOLETO, 3),
    (PaymentMethod.TRANSFER, 2),
    (PaymentMethod.CHEQUE, 1),
)
IN_PARTS_FROM = 20_000
"""Less than that is owed in one sum."""
OWED_IN_PARTS_FROM = 6_000
FORGOTTEN_DAYS = 150
"""What is owed is paid by then: a demonstration of the past owes nothing."""


def deposit_of(total: int) -> int:
    """A third or so, in whole tens of reais; nothing for a small job."""
    return total * 30 // 100 // 1000 * 1000


def pay(rng: Random, story: Story, end: datetime, *, owes: bool) -> None:
    """Deposits, payments at delivery or later, a mistake reversed now and then."""
    owed = story.fee if story.status is Status.RETURNED else story.total
    last = story.moves[-1].at if story.moves else story.opened
    if story.status is Status.CANCELLED:
        if rng.random() < 0.3 and story.total:
            amount = min(story.total, 5000)
            take(rng, story, story.opened, amount, end)
            story.money.append(
                Money(last, -amount, story.money[0].method, "refund", None, "OS cancelada")
            )
        return
    if story.status is not Status.RETURNED and owed and rng.random() < 0.15:
        take(rng, story, story.opened, deposit_of(owed), end)
    if story.status not in (Status.DELIVERED, Status.RETURNED):
        return
    left = owed - sum(money.amount for money in story.money)
    if left <= 0:
        return
    if rng.random() > 0.13 and not owes:
        take(rng, story, last, left, end)
        return
    story.due_on = last.date() + timedelta(days=rng.choice((10, 15, 30)))
    if left >= (OWED_IN_PARTS_FROM if owes else IN_PARTS_FROM) and (owes or rng.random() < 0.6):
        _agree_on_parts(rng, story, left, end, owes=owes)
    if owes or story.parts:
        return
    due = datetime.combine(story.due_on, last.time())
    if rng.random() < 0.4 and left > 2000:
        half = left // 200 * 100
        take(rng, story, last, half, end)
        left -= half
    if rng.random() < 0.5 or end - due > timedelta(days=FORGOTTEN_DAYS):
        take(rng, story, due + timedelta(days=rng.randrange(-5, 20)), left, end)


def _agree_on_parts(rng: Random, story: Story, left: int, end: datetime, *, owes: bool) -> None:
    """Monthly parts from the first day on; some customers stop paying after one or two of them;
    ``owes``: nothing was paid."""
    assert story.due_on is not None
    story.parts = in_parts(left, rng.choice((2, 3, 3, 4)), story.due_on)
    after = end.date() - story.parts[-1].due_on
    paid = 0 if owes else len(story.parts)
    if not owes and rng.random() < 0.4 and after < timedelta(days=FORGOTTEN_DAYS):
        paid = rng.randrange(len(story.parts))
    for part in story.parts[:paid]:
        day = part.due_on + timedelta(days=rng.randrange(-4, 4))
        at = datetime.combine(day, story.last.time()).replace(minute=rng.randrange(60))
        take(rng, story, at, part.amount, end)


def take(rng: Random, story: Story, at: datetime, amount: int, end: datetime) -> None:
    if at > end or amount <= 0:
        return
    method = pick(rng, METHODS)
    if rng.random() < 0.012:
        wrong = PaymentMethod.CASH if method is not PaymentMethod.CASH else PaymentMethod.PIX
        story.money.append(Money(at, amount, wrong))
        story.money.append(
            Money(
                at, -amount, wrong, "reversal", len(story.money) - 1, "Forma de pagamento trocada"
            )
        )
    story.money.append(Money(at, amount, method))
