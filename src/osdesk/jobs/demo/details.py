"""What people note around an order of the demonstration shop: answers at intake, remarks, stages,
what was authorised, and how often the customer was told to come or to pay."""

from datetime import datetime, time, timedelta
from random import Random

from osdesk.domain.codes import NoticeChannel, NoticeKind
from osdesk.domain.orders.checklists import NO, UNTESTED, YES, known_kind
from osdesk.domain.orders.instalments import open_parts
from osdesk.domain.orders.status import CLOSED, Status
from osdesk.domain.text import fold
from osdesk.jobs.demo.facts import Remark, Story, Told, pick
from osdesk.jobs.demo.people import Device, vocabulary

PRIORITIES = (("normal", 88), ("high", 8), ("urgent", 4))
WAITS = frozenset({Status.READY, Status.DECLINED, Status.UNREPAIRABLE})
"""Where nothing is left to do but to collect."""
NOTICES = (
    (0, NoticeChannel.WHATSAPP),
    (12, NoticeChannel.PHONE),
    (33, NoticeChannel.LETTER),
)
"""Days of waiting after which the shop tells a customer to come, and how."""
REMINDED_AFTER = 6
"""Days after which somebody who did not pay is written to."""


def add_details(rng: Random, story: Story, device: Device, end: datetime, customer: str) -> None:
    """All of it up to ``end``; the order's steps and money are told already."""
    story.priority = pick(rng, PRIORITIES)
    is_open = story.status not in CLOSED
    if is_open or rng.random() < 0.6:
        story.checklist = _answers(rng, story.fault, device.kind)
    asked = any(move.to is Status.AWAITING_APPROVAL for move in story.moves)
    if story.total and not asked and rng.random() < 0.25:
        story.ceiling = -(-story.total * 13 // 10 // 1000) * 1000
    for chance in (0.55, 0.2) if is_open else (0.12,):
        if rng.random() < chance:
            _remark(rng, story, end)
    names = [name for status, name, _ in vocabulary()["stages"] if status == story.status.value]
    if names and rng.random() < 0.75:
        story.stage = (min(story.last + timedelta(minutes=rng.randrange(5, 90)), end), names[0])
        if len(names) > 1:
            story.stage = (story.stage[0], rng.choice(names))
    if story.status in WAITS:
        _tell_to_collect(rng, story, end, customer)
    elif story.parts:
        _remind(story, end, customer)


def _answers(rng: Random, fault: str, kind: str) -> dict[str, str]:
    """A device that does not turn on was not tried any further."""
    known = known_kind(kind)
    if known is None:
        return {}
    dead = fold(fault).startswith("nao liga")
    answers = {}
    for question in known.questions:
        answer = pick(rng, ((YES, 7), (NO, 2), (UNTESTED, 1)))
        if question == "Liga?":
            answer = NO if dead else YES
        elif dead and question.startswith(_TRIED):
            answer = UNTESTED
        answers[question] = answer
    return answers


_TRIED = (
    *("Toque", "Carrega", "Câmeras", "Som", "Teclado", "Bateria segura", "Entradas", "Tem "),
    *("Enche", "Agita", "Centrifuga", "Escoa", "Puxa", "Imprime", "Digitaliza", "Gira"),
)


def _remark(rng: Random, story: Story, end: datetime) -> None:
    for_customer = rng.random() < 0.4
    words = vocabulary()["remarks_customer" if for_customer else "remarks_shop"]
    bench = story.status is not Status.RECEIVED and rng.random() < 0.5
    until = min(story.last, end)
    at = story.opened + (until - story.opened) * rng.random()
    story.remarks.append(Remark(at, rng.choice(words), for_customer, bench))


def _tell_to_collect(rng: Random, story: Story, end: datetime, customer: str) -> None:
    for days, channel in NOTICES:
        at = story.last + timedelta(minutes=20 + rng.randrange(60))
        if days:
            at = _in_the_morning(rng, at + timedelta(days=days))
        if at > end:
            return
        words = vocabulary()["notices"][channel.value]
        story.notices.append(Told(at, NoticeKind.PICK_UP, channel, _filled(words, customer)))


def _remind(story: Story, end: datetime, customer: str) -> None:
    """Whoever is behind with a part is written to once, some days after it was due."""
    paid = sum(item.amount for item in story.money)
    left = open_parts([part.amount for part in story.parts], story.total - paid) or []
    for part, amount in zip(story.parts, left, strict=True):
        at = datetime.combine(part.due_on + timedelta(days=REMINDED_AFTER), time(10, 15))
        if amount and at <= end:
            words = _filled(vocabulary()["notices"]["collection"], customer)
            story.notices.append(Told(at, NoticeKind.COLLECTION, NoticeChannel.WHATSAPP, words))
            return


def _in_the_morning(rng: Random, at: datetime) -> datetime:
    at += timedelta(days=1 if at.weekday() == 6 else 0)
    return at.replace(hour=9, minute=rng.randrange(60))


def _filled(words: str, customer: str) -> str:
    return words.replace("{name}", customer.split()[0])
