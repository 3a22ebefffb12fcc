"""Draws any paper: a frozen issue in, PDF bytes out; the same issue gives the same bytes."""

from collections.abc import Callable

from osdesk.documents.kit.draw import Sheet
from osdesk.documents.orders.delivery import draw_delivery
from osdesk.documents.orders.full import draw_full
from osdesk.documents.orders.intake import draw_intake
from osdesk.documents.orders.label import draw_label
from osdesk.documents.orders.notice import draw_notice
from osdesk.documents.orders.quote import draw_quote
from osdesk.documents.orders.receipt import draw_receipt
from osdesk.documents.orders.technician import draw_technician
from osdesk.documents.orders.unserviced import draw_unserviced
from osdesk.domain.codes import Paper, PaperFormat
from osdesk.domain.views.orders import IssuedPaper

Drawing = Callable[[IssuedPaper, PaperFormat, bytes | None], Sheet]

DRAWINGS: dict[Paper, Drawing] = {
    Paper.INTAKE: draw_intake,
    Paper.QUOTE: draw_quote,
    Paper.FULL: draw_full,
    Paper.RECEIPT: draw_receipt,
    Paper.DELIVERY: draw_delivery,
    Paper.UNSERVICED: draw_unserviced,
    Paper.NOTICE: draw_notice,
    Paper.TECHNICIAN: draw_technician,
    Paper.LABEL: draw_label,
}


def render_paper(issue: IssuedPaper, format: PaperFormat, *, logo: bytes | None) -> bytes:
    """The paper as PDF; ``logo`` is the shop's picture (PNG or JPEG) or None.

    ``a4-half`` becomes full pages where the text does not fit: nothing is cut.
    """
    return DRAWINGS[issue.paper](issue, format, logo).finish()


def first_copy(issue: IssuedPaper, *, logo: bytes | None) -> tuple[bytes, int, bool]:
    """The paper on half pages as PDF, on how many of its pages the first copy is, and whether it
    has only their upper halves: a text that is too long for them is on full pages."""
    sheet = DRAWINGS[issue.paper](issue, PaperFormat.A4_HALF, logo)
    return sheet.finish(), sheet.first_copy, sheet.halved
