"""Via técnica: what the bench needs to know of a device, and room to write; not a word of money."""

from osdesk import texts
from osdesk.documents.kit.copies import draw_copies
from osdesk.documents.kit.draw import INK, Sheet
from osdesk.documents.kit.flow import HAIRLINE, Strip, rule, signatures, space
from osdesk.documents.kit.layout import FULL_SCALE
from osdesk.documents.kit.lines import quantity, unpriced_table
from osdesk.documents.kit.parts import (
    NONE,
    arrival_strips,
    device_marks,
    field_rows,
    findings_strips,
    heading,
    labelled,
    moment,
    promised_text,
)
from osdesk.documents.kit.style import PaperStyles
from osdesk.domain.codes import PaperFormat, Priority
from osdesk.domain.views.orders import IssuedPaper, ItemView, OrderView

LINE = 19.0
"""Between ruled lines, for handwriting: 6.7 mm."""


def draw_technician(issue: IssuedPaper, form: PaperFormat, logo: bytes | None) -> Sheet:
    return draw_copies(issue, form, logo, body=_body, closing=_closing)


def _closing(_issue: IssuedPaper, _copy: str, _place: str, styles: PaperStyles) -> list[Strip]:
    return signatures("Técnico", "Conferido por", styles)


def _body(issue: IssuedPaper, _copy: str, styles: PaperStyles) -> list[Strip]:
    order = issue.order
    strips = field_rows(_fields(issue), styles)
    strips.append(rule(styles, above=0, below=3))
    strips += [*arrival_strips(order, styles), *findings_strips(order, styles)]
    strips += labelled("Observações", order.notes, styles)
    if order.items:
        strips += [space(5), *_work(order, styles)]
    full = styles.scale >= FULL_SCALE
    strips += _ruled("Diagnóstico e testes", 9 if full else 3, styles)
    return [*strips, *_ruled("Peças usadas (quantidade, peça, condição)", 6 if full else 2, styles)]


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
        *device_marks(order),
    ]
    return [(label, text) for label, text in pairs if text]


def _work(order: OrderView, styles: PaperStyles) -> list[Strip]:
    rows = [(_line(item), quantity(item)) for item in order.items]
    return unpriced_table(rows, styles)


def _line(item: ItemView) -> str:
    """A line without its price or discount."""
    if item.part_condition is None:
        return item.description
    return f"{item.description} ({texts.PART_CONDITION[item.part_condition]})"


def _ruled(title: str, lines: int, styles: PaperStyles) -> list[Strip]:
    def draw(sheet: Sheet, x: float, top: float) -> None:
        sheet.rule(x, top + LINE, x + styles.width, weight=HAIRLINE, colour=INK)

    blank = Strip(LINE + 0.5, draw)
    return [*heading(title, styles), *([blank] * lines)]
