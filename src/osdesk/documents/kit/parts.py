"""What papers are put together from: words, fields, running texts, terms."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from math import ceil

from osdesk.documents.kit import fonts
from osdesk.documents.kit.draw import Style
from osdesk.documents.kit.flow import (
    Cell,
    Strip,
    cell,
    field_cell,
    height_of,
    kept_together,
    row,
    space,
)
from osdesk.documents.kit.flow import cell as text_cell
from osdesk.documents.kit.style import WIDTH, PaperStyles
from osdesk.domain.calendar import format_date, format_moment, load_zone
from osdesk.domain.identifiers import format_document
from osdesk.domain.money import format_amount
from osdesk.domain.views.orders import (
    IssuedPaper,
    OrderView,
)
from osdesk.domain.views.shop import (
    ShopView,
)


def arrival_strips(order: OrderView, styles: PaperStyles) -> list[Strip]:
    """Why the device was brought, how it looked, what was left with it, what was checked."""
    reason = ("Motivo relatado pelo cliente", order.reason)
    state = ("Estado e acessórios na entrada", _state_text(order))
    return [*side_by_side(reason, state, styles), *checklist_strips(order, styles)]


def findings_strips(order: OrderView, styles: PaperStyles) -> list[Strip]:
    """What was found, and what was done."""
    return [
        *labelled("Diagnóstico", order.diagnosis, styles),
        *labelled("Laudo", order.report, styles),
    ]


def _state_text(order: OrderView) -> str:
    equipment = order.equipment
    left = f"Acessórios: {equipment.accessories}" if equipment.accessories else None
    return joined(equipment.condition, left, by="\n") or NONE


def checklist_strips(order: OrderView, styles: PaperStyles) -> list[Strip]:
    """Questions and answers of the check on arrival, in their order, row by row in columns; nothing
    where there was none."""
    answers = [_answered(*pair) for pair in order.checklist.items()]
    if not answers:
        return []
    style, gap = styles.text, 10.0
    tried = []
    for count in range(1, MOST_COLUMNS + 1):
        room = (styles.width + gap) / count
        wide = [style.width(fonts.clean(answer)) + 0.01 + gap for answer in answers]
        tried.append((_dealt([min(ceil(each / room), count) for each in wide], count), room))
    rows, room = min(tried, key=lambda dealt: len(dealt[0]))
    label = row([text_cell(0, styles.width, "Conferência na entrada", styles.label)], keep=99)
    strips = [space(3), *(replace(strip, keep=True) for strip in label)]
    left = iter(answers)
    for places in rows:
        strips += row([cell(x * room, span * room - gap, next(left), style) for x, span in places])
    return strips


MOST_COLUMNS = 5


def _dealt(spans: Sequence[int], count: int) -> list[list[tuple[int, int]]]:
    """Rows of ``count`` columns: for each answer its first column and how many it needs."""
    rows: list[list[tuple[int, int]]] = [[]]
    used = 0
    for span in spans:
        if used + span > count:
            rows.append([])
            used = 0
        rows[-1].append((used, span))
        used += span
    return rows


def _answered(question: str, answer: str) -> str:
    """``Liga? sim``, ``Tampa: ok``; not parted where it is short."""
    said = f"{question} {answer}" if question.endswith("?") else f"{question}: {answer}"
    return " ".join(said.split("\n"))


def device_marks(order: OrderView) -> list[tuple[str, str]]:
    """What tells this device from another, beside its serial number."""
    pairs = (("Cor", order.equipment.colour), ("IMEI 2", order.equipment.imei2))
    return [(label, text) for label, text in pairs if text]


def labelled(label: str, text: str | None, styles: PaperStyles) -> list[Strip]:
    """One labelled running text, or nothing."""
    return [space(3), *side_by_side((label, text), None, styles)] if text else []


def heading(text: str, styles: PaperStyles) -> list[Strip]:
    """The name of a part of a paper, not parted from it."""
    return [
        space(6, keep=True),
        *row([text_cell(0, styles.width, text, styles.strong)], keep=99),
        space(1.5, keep=True),
    ]


NONE = "—"
TERMS_SIZE = 12.0
"""CDC art. 54 § 3: an adhesion contract is never set smaller; it does not scale."""


def moment(value: datetime, issue: IssuedPaper) -> str:
    return format_moment(value, load_zone(issue.shop.zone))


def day(value: date | None) -> str:
    return format_date(value) if value else NONE


def document_text(document: str) -> str:
    """``CPF 529.982.247-25``, not parted at a line's end."""
    return f"{'CPF' if len(document) == 11 else 'CNPJ'}\u00a0{format_document(document)}"


def reais(cents: int) -> str:
    """``R$ 1.234,56``, not parted at a line's end."""
    sign = "−" if cents < 0 else ""
    return f"{sign}R$\u00a0{format_amount(abs(cents))}"


def amount(cents: int) -> str:
    return f"−{format_amount(-cents)}" if cents < 0 else format_amount(cents)


def percent(hundredths: int) -> str:
    """``1,5 %`` of 150, not parted at a line's end."""
    whole, rest = divmod(hundredths, 100)
    return f"{whole},{rest:02d}".rstrip("0").rstrip(",") + "\u00a0%"


def contact(shop: ShopView) -> str:
    """How to reach the shop; a number is not parted at a line's end, nor from its name."""
    phones = re.sub(r"(?<=\w) (?=\()", "\u00a0", (shop.phones or "").replace(") ", ")\u00a0"))
    return joined(phones or None, shop.email)


def place_of(shop: ShopView) -> str:
    """Where the shop is; empty where it does not say."""
    return joined(shop.address, shop.city, by=", ")


def joined(*parts: str | None, by: str = " · ") -> str:
    return by.join(part for part in parts if part)


COLUMNS = (0.0, 0.335, 0.6, 0.805)
"""Where the four columns of fields begin, as parts of the width."""


def field_rows(pairs: Sequence[tuple[str, str]], styles: PaperStyles) -> list[Strip]:
    """Labels over values, four in a row; on a roll two where both are short."""
    strips: list[Strip] = []
    for cells in _narrow(pairs, styles) if styles.roll else _in_columns(pairs, styles):
        strips += [*row(cells), space(3 * styles.scale)]
    return strips


def _in_columns(pairs: Sequence[tuple[str, str]], styles: PaperStyles) -> list[list[Cell]]:
    rows = []
    for start in range(0, len(pairs), 4):
        cells = []
        for number, (label, text) in enumerate(pairs[start : start + 4]):
            x = COLUMNS[number] * WIDTH
            end = (COLUMNS[number + 1] if number < 3 else 1.0) * WIDTH
            cells.append(
                field_cell(x, end - x - (10 if number < 3 else 0), label, text, styles.field)
            )
        rows.append(cells)
    return rows


def _narrow(pairs: Sequence[tuple[str, str]], styles: PaperStyles) -> list[list[Cell]]:
    gap = 8.0
    half = (styles.width - gap) / 2
    rows: list[list[Cell]] = []
    beside = False  # the row under way has its right half free
    for label, text in pairs:
        cell = field_cell(0, half, label, text, styles.field)
        short = len(cell.lines) == 2
        if short and beside:
            rows[-1].append(replace(cell, x=half + gap))
            beside = False
            continue
        rows.append([cell if short else field_cell(0, styles.width, label, text, styles.field)])
        beside = short
    return rows


def side_by_side(
    left: tuple[str, str],
    right: tuple[str, str] | None,
    styles: PaperStyles,
    *,
    share: float = 0.56,
) -> list[Strip]:
    """One or two labelled running texts."""
    whole = row([field_cell(0, styles.width, *left, styles.reading)])
    if right is None:
        return whole
    below = [*whole, space(3), *row([field_cell(0, styles.width, *right, styles.reading)])]
    if styles.roll:
        return below
    x = share * styles.width
    beside = row(
        [
            field_cell(0, x - 14, *left, styles.reading),
            field_cell(x, styles.width - x, *right, styles.reading),
        ]
    )
    # One long text beside a short one wastes half the width: then they stand one below the other.
    return min(beside, below, key=height_of)


def phones_text(order: OrderView) -> str:
    return (
        "\n".join(
            f"{phone.number} ({phone.label})" if phone.label else phone.number
            for phone in order.customer.phones
        )
        or NONE
    )


def document_field(order: OrderView) -> tuple[str, str]:
    document = order.customer.document
    if document is None:
        return "CPF/CNPJ", NONE
    return ("CPF" if len(document) == 11 else "CNPJ"), format_document(document)


def promised_text(order: OrderView) -> str:
    if order.promised_on is None:
        return "A combinar"
    return joined(day(order.promised_on), order.promised_time, by=" ")


def people_and_device(issue: IssuedPaper) -> list[tuple[str, str]]:
    order = issue.order
    return [
        ("Cliente", order.customer.name),
        ("Telefone", phones_text(order)),
        document_field(order),
        ("Responsável", order.technician or NONE),
        ("Equipamento", order.equipment.title),
        ("Nº de série / IMEI", order.equipment.serial or NONE),
        ("Entrada", moment(order.requested_at, issue)),
    ]


def terms_strips(heading: str, text: str, styles: PaperStyles) -> list[Strip]:
    """Contract terms at 12 pt; stretches of lines between ``**`` in bold. The heading is not parted
    from the first lines."""
    paragraphs = emphasised(text)
    if not paragraphs:
        return []
    plain = _terms_style(styles, fonts.REGULAR)
    bold = _terms_style(styles, fonts.SEMIBOLD)
    width = styles.width
    strips = [*row([cell(0, width, heading, bold)]), space(2)]
    first = len(strips) + FIRST_LINES
    for content, strong in paragraphs:
        if content:
            style = bold if strong else plain
            strips += [*row([cell(0, width, content, style)], keep=0), space(2.2)]
        else:
            strips.append(space(5))
    strips.pop()
    return [*kept_together(strips[:first]), *strips[first:]]


FIRST_LINES = 3


def emphasised(text: str) -> list[tuple[str, bool]]:
    """The paragraphs of a text without their marks, and whether each stands out; empty where the
    text leaves a line blank."""
    found = []
    emphasis = False
    for line in text.strip().splitlines():
        content = line.strip()
        marks = content.count("**")
        strong = emphasis or bool(marks)  # a mark inside a line makes all of it bold
        words, emphasis = content.replace("**", "").strip(), emphasis ^ bool(marks % 2)
        if words or not content:
            found.append((words, strong))
    return found


def short_terms(text: str) -> str:
    """The clauses of a text that stand out, and where all of it is: for the shop's copy on a roll,
    which is signed with the same code as the customer's whole one. Nothing of nothing."""
    if not text.strip():
        return ""
    clauses = [f"**{words}**" for words, strong in emphasised(text) if words and strong]
    return "\n".join([*clauses, "O texto completo está na via do cliente, com o mesmo código."])


def _terms_style(styles: PaperStyles, font: str) -> Style:
    return replace(styles.style(TERMS_SIZE, font, spacing=1.22), size=TERMS_SIZE)
