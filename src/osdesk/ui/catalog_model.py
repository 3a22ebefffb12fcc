"""The price list as Qt sees it: one row an entry, what has been put aside in quiet words."""

from osdesk.domain.money import format_amount
from osdesk.domain.shop_shapes import (
    CatalogView,
)
from osdesk.texts import ITEM_KIND, PART_CONDITION, plural
from osdesk.ui.rows_model import LinesModel
from osdesk.ui.two_lines import Lines

DESCRIPTION, KIND, WARRANTY, COST, PRICE = range(5)
HEADINGS = ("Descrição", "Tipo", "Garantia", "Custo (R$)", "Preço (R$)")
RIGHT = (WARRANTY, COST, PRICE)


class CatalogModel(LinesModel[CatalogView]):
    def __init__(self) -> None:
        super().__init__(HEADINGS, _lines, RIGHT)

    def row_of(self, entry: int) -> int | None:
        return next((n for n, row in enumerate(self._rows) if row.id == entry), None)

    def tip(self, row: CatalogView, column: int, lines: Lines) -> str | None:
        return row.description if column == DESCRIPTION else None


def _lines(row: CatalogView, column: int) -> Lines:
    tone = "ink" if row.active else "muted"
    if column == DESCRIPTION:
        return Lines(row.description, "" if row.active else "fora de uso", tone, strong=True)
    if column == KIND:
        condition = PART_CONDITION[row.part_condition] if row.part_condition else ""
        return Lines(ITEM_KIND[row.kind], condition, tone)
    if column == WARRANTY:
        days = row.warranty_days
        return Lines("—" if days is None else plural(days, "dia", "dias"), tone=tone, right=True)
    if column == COST:
        cost = "—" if row.unit_cost is None else format_amount(row.unit_cost)
        return Lines(cost, tone=tone, right=True)
    unit = "" if row.unit == "un" else f"por {row.unit}"
    return Lines(format_amount(row.unit_price), unit, tone, strong=True, right=True)
