"""What the right panel says of an order, line by line."""

from tests.builders import make_item, make_sheet

from osdesk.ui.orders.panel import money_text


def test_a_return_says_which_order_it_comes_back_to_instead_of_a_price():
    free = make_sheet(items=(make_item(unit_price=0),), payments=())
    assert money_text(free) == "Sem preço"
    linked = make_sheet(items=(), payments=(), warranty_return_of=9_120)
    assert money_text(linked) == "Retorno em garantia da OS 9120, sem cobrança"
    owing = make_sheet(warranty_return_of=9_120)
    assert money_text(owing).startswith("Total 420,00"), "money that is there is always told"
