"""The table of services and materials, and what all of it comes to."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from osdesk import texts
from osdesk.documents.kit import fonts
from osdesk.documents.kit.draw import Style, wrap
from osdesk.documents.kit.flow import (
    Cell,
    Strip,
    cell,
    kept_together,
    row,
    rule,
    shaded,
    space,
    text_strips,
)
from osdesk.documents.kit.parts import amount, day, joined, reais
from osdesk.documents.kit.style import WIDTH, PaperStyles
from osdesk.domain.codes import PartCondition
from osdesk.domain.money import format_quantity_br
from osdesk.domain.views.orders import ItemView, OrderView


@dataclass(frozen=True, slots=True)
class Column:
    title: str
    x: float
    width: float
    roll: str = "{}"
    """How a value is said on a roll, where a row is stacked and has no head."""


def table(
    columns: Sequence[Column], rows: Sequence[Sequence[str]], styles: PaperStyles
) -> list[Strip]:
    """A head and rows; the head stands again on each page, the last row stays with what follows.

    On a roll each row is its first value over the others, the last of them at the right.
    """
    if styles.roll:
        strips = [strip for values in rows for strip in _stacked(columns, values, styles)]
        strips.insert(0, rule(styles, above=0, below=1))
    else:
        head = _table_head(columns, styles)
        strips = [*head]
        for values in rows:
            strips += [replace(s, under=tuple(head)) for s in _table_row(columns, values, styles)]
    strips[-1] = replace(strips[-1], keep=True)
    return strips


def _table_head(columns: Sequence[Column], styles: PaperStyles) -> list[Strip]:
    style = styles.style(7.5, fonts.MEDIUM, spacing=1.7)
    cells = [
        cell(each.x, each.width, each.title, style, "right" if number else "left")
        for number, each in enumerate(columns)
    ]
    return [replace(shaded(strip, styles), keep=True) for strip in row(cells)]


def _table_row(
    columns: Sequence[Column], values: Sequence[str], styles: PaperStyles
) -> list[Strip]:
    style = styles.text
    cells = [
        cell(column.x, column.width, text, style, "right" if number else "left")
        for number, (column, text) in enumerate(zip(columns, values, strict=True))
    ]
    return kept_together([space(1.2), *row(cells), rule(styles, above=1.4, below=0)])


def _stacked(columns: Sequence[Column], values: Sequence[str], styles: PaperStyles) -> list[Strip]:
    style, indent, gap = styles.text, 8.0, 6.0
    first, *others = values
    said = [column.roll.format(text) for column, text in zip(columns[1:], others, strict=True)]
    *more, end = said
    end = end.removeprefix("· ")  # at the right it stands apart
    left, room = " ".join(more), styles.width - indent
    wide = style.width(fonts.clean(end)) + 0.01
    if style.width(fonts.clean(left)) + gap + wide <= room:
        below = row(
            [
                cell(indent, room - gap - wide, left, style),
                cell(styles.width - wide, wide, end, style, "right"),
            ]
        )
    else:
        below = [
            *row([cell(indent, room, left, style)]),
            *row([cell(indent, room, end, style, "right")]),
        ]
    lines = row([cell(0, styles.width, first, style)])
    end_of_row = rule(styles, weight=0.3, above=1.5, below=0)
    return kept_together([space(1), *lines, *below, end_of_row])


def item_columns() -> tuple[Column, ...]:
    pad = 4.0
    return (
        Column("Serviço e materiais", pad, 0.6 * WIDTH - pad),
        Column("Qtde", 0.61 * WIDTH, 0.085 * WIDTH),
        Column("Unitário (R$)", 0.7 * WIDTH, 0.135 * WIDTH, "× {}"),
        Column("Total (R$)", 0.84 * WIDTH, 0.16 * WIDTH - pad, "= {}"),
    )


def item_text(item: ItemView) -> str:
    """What was done or fitted, with all that the customer must be told of it (CDC art. 21)."""
    condition = texts.PART_CONDITION[item.part_condition].lower() if item.part_condition else ""
    text = f"{item.description} ({condition})" if condition else item.description
    return f"{text} · desconto {amount(item.discount)}" if item.discount else text


def other_parts(order: OrderView) -> bool:
    """Whether a part is not a new original: then the customer is asked (CDC art. 21)."""
    conditions = {item.part_condition for item in order.items}
    return bool(conditions - {None, PartCondition.NEW_ORIGINAL})


def quantity(item: ItemView) -> str:
    return f"{format_quantity_br(item.quantity)} {item.unit}".strip()


def item_table(order: OrderView, styles: PaperStyles) -> list[Strip]:
    """The lines with their prices; without them where nothing is charged, as on a return."""
    if not is_charged(order):
        return unpriced_table([(item_text(item), quantity(item)) for item in order.items], styles)
    rows = [
        (item_text(item), quantity(item), amount(item.unit_price), amount(item.total))
        for item in order.items
    ]
    return table(item_columns(), rows, styles)


def is_charged(order: OrderView) -> bool:
    """Whether a line has a price: those of a return under warranty have none."""
    return order.warranty_return_of is None or any(item.unit_price for item in order.items)


def unpriced_table(rows: Sequence[tuple[str, str]], styles: PaperStyles) -> list[Strip]:
    """Lines and quantities alone."""
    columns = (
        Column("Serviço e materiais", 4, 0.8 * WIDTH - 4),
        Column("Qtde", 0.82 * WIDTH, 0.18 * WIDTH - 4),
    )
    return table(columns, rows, styles)


def totals(order: OrderView, styles: PaperStyles, *, sums: bool = True) -> list[Strip]:
    """``sums`` of labour and of materials, where both are there, and payments at the left (on a
    roll above); total, and what is left of it. Nothing where nothing is charged."""
    if not (order.total or order.paid or order.payments or order.discount):
        return []
    both = sums and order.labor_total and order.parts_total
    lines = [
        *([_sums(order)] if both else []),
        *(payment_line(order, number) for number in range(len(order.payments))),
    ]
    shown = _figures(order, styles)
    # names begin at x and values at value_x; pad is the white at both ends
    pad, x, value_x = 4.0, 0.65 * styles.width, 0.79 * styles.width
    if styles.roll:  # names give way to the widest value
        widest = max(style.width(amount(cents)) for _, cents, style in shown) + 0.01
        pad, x, value_x = 0.0, 0.0, max(styles.width - widest, styles.width * 0.3)
    end = styles.width - pad
    names: list[tuple[str, Style]] = []
    values: list[tuple[str, Style]] = []
    for label, cents, style in shown:
        wrapped = wrap(label, style, value_x - x - (8 if styles.roll else 0))
        money = wrap(amount(cents), style, end - value_x)
        height = max(len(wrapped), len(money))
        names += [(line, style) for line in [*wrapped, *[""] * (height - len(wrapped))]]
        values += [(line, style) for line in [*[""] * (height - len(money)), *money]]
    right = Cell(value_x, end - value_x, values, "right")
    if styles.roll:
        above = [strip for line in lines for strip in text_strips(line, styles.note, styles)]
        figures = row([Cell(0, value_x, names), right], keep=99)
        return [space(3, keep=True), *above, *kept_together([space(2), *figures])]
    beside = x - 20
    left = [(part, styles.note) for line in lines for part in wrap(line, styles.note, beside)]
    return [
        space(3, keep=True),
        *row(
            [
                Cell(pad, beside, left),
                Cell(beside, value_x - beside - 8, names, "right"),
                right,
            ],
            keep=len(names),
        ),
    ]


def _sums(order: OrderView) -> str:
    return joined(
        f"Mão de obra {amount(order.labor_total)}", f"Materiais {amount(order.parts_total)}"
    )


def _figures(order: OrderView, styles: PaperStyles) -> list[tuple[str, int, Style]]:
    small, figure = styles.note, styles.figure
    figures: list[tuple[str, int, Style]] = []
    if order.discount:
        figures.append(("Desconto", -order.discount, small))
    if order.allowance:
        figures.append(("Abatimento", -order.allowance, small))
    if order.late_fees:
        figures.append(("Encargos de atraso", order.late_fees, small))
    figures.append(("Total", order.total, figure))
    if order.paid:
        figures.append(("Recebido", order.paid, small))
    if order.balance < 0:
        figures.append(("A devolver ou crédito", -order.balance, figure))
    elif order.balance != order.total:
        figures.append(("Saldo", order.balance, figure))
    return figures


def owed_words(order: OrderView) -> str:
    """What is still to be paid, and when: each part where it is paid in parts."""
    unpaid = [part for part in order.instalments if part.paid < part.amount]
    if len(unpaid) < 2:
        due_on = unpaid[0].due_on if unpaid else order.due_on
        until = f", a pagar até {day(due_on)}" if due_on else ""
        return f"{reais(order.balance)}{until}"
    parts = "; ".join(f"{reais(each.amount - each.paid)} até {day(each.due_on)}" for each in unpaid)
    return f"{reais(order.balance)}, em {len(unpaid)} parcelas: {parts}"


def payment_line(order: OrderView, number: int) -> str:
    payment = order.payments[number]
    word = {"payment": "Recebido", "reversal": "Estorno", "refund": "Devolvido"}[payment.kind.value]
    return (
        f"{word} em {texts.METHOD_INSIDE[payment.method]}, {day(payment.paid_on)}: "
        f"{amount(abs(payment.amount))}"
    )
