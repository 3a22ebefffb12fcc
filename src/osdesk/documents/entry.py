"""How the equipment came in, as papers say it: state, accessories, checklist, further marks."""

from osdesk.documents.flow import Strip, row, space
from osdesk.documents.flow import cell as text_cell
from osdesk.documents.looks import Looks
from osdesk.documents.parts import NONE, joined, side_by_side
from osdesk.domain.shapes import OrderSheet


def state_text(order: OrderSheet) -> str:
    equipment = order.equipment
    left = f"Acessórios: {equipment.accessories}" if equipment.accessories else None
    return joined(equipment.condition, left, by="\n") or NONE


def checklist_strips(order: OrderSheet, looks: Looks) -> list[Strip]:
    """Questions and answers of the check on arrival; nothing where there was none."""
    if not order.checklist:
        return []
    answers = " · ".join(f"{asked}: {answer}" for asked, answer in order.checklist.items())
    return [space(3), *side_by_side(("Conferência na entrada", answers), None, looks)]


def marks(order: OrderSheet) -> list[tuple[str, str]]:
    """What tells this device from another, beside its serial number."""
    pairs = (("Cor", order.equipment.colour), ("IMEI 2", order.equipment.imei2))
    return [(label, text) for label, text in pairs if text]


def told(label: str, text: str | None, looks: Looks) -> list[Strip]:
    """One labelled running text, or nothing."""
    return [space(3), *side_by_side((label, text), None, looks)] if text else []


def heading(text: str, looks: Looks) -> list[Strip]:
    """The name of a part of a paper, not parted from it."""
    return [
        space(6, keep=True),
        *row([text_cell(0, looks.width, text, looks.strong)], keep=99),
        space(1.5, keep=True),
    ]
