from datetime import UTC, datetime

import pytest

from osdesk.domain.errors import UserError
from osdesk.domain.orders.status import OrderFilter
from osdesk.persistence.store import open_store
from osdesk.services.orders.forms import load_form
from osdesk.services.orders.opening import opened_order
from osdesk.services.orders.sorting import order_numbers
from osdesk.services.orders.view import order_view

NOW = datetime(2026, 11, 24, 15, tzinfo=UTC)


def test_an_order_is_opened_as_form_and_view_say_it(demo_shop):
    store = open_store(demo_shop, write=False, clock=lambda: NOW)
    read = store.database.read
    numbers = read(order_numbers, OrderFilter.ALL, now=NOW)
    assert len(numbers) == 400
    for number in numbers:
        form, sheet = read(opened_order, number, now=NOW)
        assert sheet == read(order_view, number, now=NOW)
        assert form == read(load_form, number)
    store.close()


def test_an_order_that_is_not_there_is_said(demo_shop):
    store = open_store(demo_shop, write=False, clock=lambda: NOW)
    with pytest.raises(UserError, match="order_not_found"):
        store.database.read(opened_order, 999_999, now=NOW)
    store.close()
