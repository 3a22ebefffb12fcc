"""Via técnica: what the bench needs to know of a device, and room to write; not a word of money."""

from collections.abc import Sequence

from osdesk import texts
from osdesk.documents.kit.draw import Sheet
from osdesk.documents.kit.flow import Strip, rule, signatures, space
from osdesk.documents.kit.head import SHOP, foot, head, head_again
from osdesk.documents.kit.layout import FULL_SCALE, Copy
from osdesk.documents.kit.lines import Column, quantity, table
from osdesk.documents.kit.parts import (
    NONE,
    checklist_strips,
    field_rows,
    heading,
    marks,
    moment,
    promised_text,
    side_by_side,
    state_text,
    told,
)
from osdesk.documents.kit.style import WIDTH, Looks
from osdesk.domain.codes import Priority
from osdesk.domain.views.orders import IssuedPaper, ItemView, OrderView

LINE = 19.0
"""Between ruled lines, for handwriting: 6.7 mm."""


def technician_copies(
    issue: IssuedPaper, looks: Looks, _terms: Sequence[int], logo: bytes | None
) -> list[Copy]:
    return [
        Copy(
            head=head(issue, SHOP, looks, number=issue.number, logo=logo),
            again=head_again(issue, SHOP, looks, number=issue.number),
            body=_body(issue, looks),
            closing=signatures("Técnico", "Conferido por", looks),
            foot=foot(issue, ""),
        )
    ]


def _body(issue: IssuedPaper, looks: Looks) -> list[Strip]:
    order = issue.order
    strips = field_rows(_fields(issue), looks)
    strips.append(rule(looks, above=0, below=3))
    strips += side_by_side(
        ("Motivo relatado pelo cliente", order.reason),
        ("Estado e acessórios na entrada", state_text(order)),
        looks,
    )
    strips += checklist_strips(order, looks)
    strips += told("Diagnóstico", order.diagnosis, looks)
    strips += told("Laudo", order.report, looks)
    strips += told("Observações", order.notes, looks)
    if order.items:
        strips += [space(5), *_work(order, looks)]
    full = looks.scale >= FULL_SCALE
    strips += _ruled("Diagnóstico e testes", 9 if full else 3, looks)
    return [*strips, *_ruled("Peças usadas (quantidade, peça, condição)", 6 if full else 2, looks)]


def _fields(issue: IssuedPaper) -> list[tuple[str, str]]:
    order = issue.order
    urgent = order.priority is not Priority.NORMAL
    returned = order.warranty_return_of
    pairs: list[tuple[str, str | None]] = [
        ("Cliente", order.customer.name),
        ("Equipamento", order.equipment.title),
        ("Nº de série / IMEI", order.equipment.serial or NONE),
        ("Responsável", order.technician or NONE),
        ("Entrada", moment(order.requested_at, issue)),
        ("Prometida para", promised_text(order)),
        ("Tipo de serviço", order.service_type),
        ("Prateleira", order.slot),
        ("Prioridade", texts.PRIORITY[order.priority] if urgent else None),
        ("Retorno em garantia", f"da OS {returned}" if returned else None),
        *marks(order),
    ]
    return [(label, text) for label, text in pairs if text]


def _work(order: OrderView, looks: Looks) -> list[Strip]:
    columns = (
        Column("Serviço e materiais", 4, 0.8 * WIDTH - 4),
        Column("Qtde", 0.82 * WIDTH, 0.18 * WIDTH - 4),
    )
    rows = [(_line(item), quantity(item)) for item in order.items]
    return table(columns, rows, looks)


def _line(item: ItemView) -> str:
    """A line without its price or discount."""
    if item.part_condition is None:
        return item.description
    return f"{item.description} ({texts.PART_CONDITION[item.part_condition]})"


def _ruled(title: str, lines: int, looks: Looks) -> list[Strip]:
    def draw(sheet: Sheet, x: float, top: float) -> None:
        sheet.rule(x, top + LINE, x + looks.width, weight=0.5, colour=looks.line)

    blank = Strip(LINE + 0.5, draw)
    return [*heading(title, looks), *([blank] * lines)]
