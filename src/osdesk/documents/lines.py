"""The table of services and materials, and what all of it comes to."""

from collections.abc import Sequence
from dataclasses import dataclass

from osdesk import texts
from osdesk.documents import fonts
from osdesk.documents.draw import Style, wrap
from osdesk.documents.flow import WIDTH, Cell, Strip, cell, row, rule, shaded, space
from osdesk.documents.parts import Looks, amount, day, joined
from osdesk.domain.money import format_quantity_br
from osdesk.domain.shapes import ItemView, OrderSheet


@dataclass(frozen=True, slots=True)
class Column:
    title: str
    x: float
    width: float


def table_head(columns: Sequence[Column], looks: Looks) -> list[Strip]:
    style = Style(fonts.MEDIUM, 7.5 * looks.scale, spacing=1.7)
    cells = [
        cell(each.x, each.width, each.title, style, "right" if number else "left")
        for number, each in enumerate(columns)
    ]
    return [Strip(s.height, shaded(s).draw, keep=True) for s in row(cells)]


def table_row(columns: Sequence[Column], values: Sequence[str], looks: Looks) -> list[Strip]:
    style = looks.text
    cells = [
        cell(column.x, column.width, text, style, "right" if number else "left")
        for number, (column, text) in enumerate(zip(columns, values, strict=True))
    ]
    lines = row(cells)
    last = lines[-1]
    lines[-1] = Strip(last.height, last.draw, keep=True)
    return [space(1.2, keep=True), *lines, rule(above=1.4, below=0)]


def item_columns() -> tuple[Column, ...]:
    pad = 4.0
    return (
        Column("Serviço e materiais", pad, 0.6 * WIDTH - pad),
        Column("Qtde", 0.61 * WIDTH, 0.085 * WIDTH),
        Column("Unitário (R$)", 0.7 * WIDTH, 0.135 * WIDTH),
        Column("Total (R$)", 0.84 * WIDTH, 0.16 * WIDTH - pad),
    )


def item_text(item: ItemView) -> str:
    """What was done or fitted, with all that the customer must be told of it (CDC art. 21)."""
    condition = texts.PART_CONDITION[item.part_condition].lower() if item.part_condition else ""
    text = f"{item.description} ({condition})" if condition else item.description
    return f"{text} · desconto {amount(item.discount)}" if item.discount else text


def quantity(item: ItemView) -> str:
    return f"{format_quantity_br(item.quantity)} {item.unit}".strip()


def item_table(order: OrderSheet, looks: Looks) -> list[Strip]:
    columns = item_columns()
    strips = table_head(columns, looks)
    for item in order.items:
        strips += table_row(
            columns,
            (item_text(item), quantity(item), amount(item.unit_price), amount(item.total)),
            looks,
        )
    return strips


def totals(order: OrderSheet, looks: Looks) -> list[Strip]:
    """Labour, materials and payments at the left; total and balance at the right."""
    name_x, value_x = 0.65 * WIDTH, 0.79 * WIDTH
    small, figure = looks.note, looks.figure
    figures: list[tuple[str, int, Style]] = []
    if order.discount:
        figures.append(("Desconto", -order.discount, small))
    figures.append(("Total", order.total, figure))
    if order.paid:
        figures.append(("Recebido", order.paid, small))
    if order.balance < 0:
        figures.append(("A devolver ou crédito", -order.balance, figure))
    else:
        figures.append(("Saldo", order.balance, figure))
    lines = [
        joined(
            f"Mão de obra {amount(order.labor_total)}",
            f"Materiais {amount(order.parts_total)}",
        ),
        *(payment_line(order, number) for number in range(len(order.payments))),
    ]
    left = Cell(
        4,
        name_x - 20,
        [(part, looks.small) for line in lines for part in wrap(line, looks.small, name_x - 20)],
    )
    names: list[tuple[str, Style]] = []
    values: list[tuple[str, Style]] = []
    for label, cents, style in figures:
        wrapped = wrap(label, style, value_x - name_x)
        money = wrap(amount(cents), style, WIDTH - 4 - value_x)
        height = max(len(wrapped), len(money))
        names += [(line, style) for line in [*wrapped, *[""] * (height - len(wrapped))]]
        values += [(line, style) for line in [*[""] * (height - len(money)), *money]]
    return [
        space(3, keep=True),
        *row(
            [
                left,
                Cell(name_x - 20, value_x - name_x + 20 - 8, names, "right"),
                Cell(value_x, WIDTH - 4 - value_x, values, "right"),
            ],
            keep=len(names),
        ),
    ]


def payment_line(order: OrderSheet, number: int) -> str:
    payment = order.payments[number]
    word = {"payment": "Recebido", "reversal": "Estorno", "refund": "Devolvido"}[payment.kind.value]
    return (
        f"{word} em {texts.METHOD_INSIDE[payment.method]}, {day(payment.paid_on)}: "
        f"{amount(abs(payment.amount))}"
    )
