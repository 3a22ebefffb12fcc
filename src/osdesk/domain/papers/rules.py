"""Which papers an order can have now, and which of them its moment asks for."""

from osdesk.domain.codes import PAPER_FORMATS, Paper, PaperFormat
from osdesk.domain.orders.status import Status

_USUAL = {
    Status.AWAITING_APPROVAL: Paper.QUOTE,
    Status.DELIVERED: Paper.DELIVERY,
    Status.DECLINED: Paper.UNSERVICED,
    Status.UNREPAIRABLE: Paper.UNSERVICED,
    Status.RETURNED: Paper.UNSERVICED,
}

PAPERS_OF = {
    Paper.DELIVERY: frozenset({Status.DELIVERED}),
    Paper.UNSERVICED: frozenset({Status.DECLINED, Status.UNREPAIRABLE, Status.RETURNED}),
    Paper.NOTICE: frozenset({Status.READY, Status.DECLINED, Status.UNREPAIRABLE}),
}
"""Papers that only some statuses have; the others have any."""


def usual_paper(status: Status) -> Paper:
    """What F9 prints: the paper that this moment of the order is signed on."""
    return _USUAL.get(status, Paper.INTAKE)


def papers_now(status: Status, *, paid: bool) -> tuple[Paper, ...]:
    """Papers that can be made of an order in this status, the usual one first; ``paid``: money was
    ever received for it."""
    usual = usual_paper(status)
    found = [
        paper
        for paper in PAPER_FORMATS
        if status in PAPERS_OF.get(paper, {status}) and (paid or paper is not Paper.RECEIPT)
    ]
    return tuple(sorted(found, key=lambda paper: paper is not usual))


def usual_format(paper: Paper) -> PaperFormat:
    return PAPER_FORMATS[paper][0]
