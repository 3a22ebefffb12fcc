"""One door to all papers: a frozen issue in, PDF bytes out; the same issue gives the same bytes."""

from collections.abc import Callable, Sequence

from osdesk.documents.kit.draw import Sheet
from osdesk.documents.kit.head import title_of
from osdesk.documents.kit.layout import Copy, lay_out
from osdesk.documents.kit.style import Looks
from osdesk.documents.orders.delivery import delivery_copies
from osdesk.documents.orders.full import full_copies
from osdesk.documents.orders.intake import intake_copies
from osdesk.documents.orders.label import LABELS, draw_label
from osdesk.documents.orders.notice import notice_copies
from osdesk.documents.orders.quote import quote_copies
from osdesk.documents.orders.receipt import receipt_copies
from osdesk.documents.orders.technician import technician_copies
from osdesk.documents.orders.unserviced import unserviced_copies
from osdesk.domain.codes import Paper, PaperFormat
from osdesk.domain.views.orders import IssuedPaper

Copies = Callable[[IssuedPaper, Looks, Sequence[int], bytes | None], list[Copy]]

COPIES: dict[Paper, Copies] = {
    Paper.INTAKE: intake_copies,
    Paper.QUOTE: quote_copies,
    Paper.FULL: full_copies,
    Paper.RECEIPT: receipt_copies,
    Paper.DELIVERY: delivery_copies,
    Paper.UNSERVICED: unserviced_copies,
    Paper.NOTICE: notice_copies,
    Paper.TECHNICIAN: technician_copies,
}


def render_paper(issue: IssuedPaper, format: PaperFormat, *, logo: bytes | None) -> bytes:
    """The paper as PDF; ``logo`` is the shop's picture (PNG or JPEG) or None.

    ``a4-half`` becomes full pages where the text does not fit: nothing is cut.
    """
    if format in LABELS:
        return draw_label(issue, format)
    copies = COPIES[issue.paper]
    sheet = Sheet(f"{title_of(issue).capitalize()} {issue.number}", issue.shop.name)
    lay_out(sheet, lambda looks, terms: copies(issue, looks, terms, logo), format)
    return sheet.finish()
