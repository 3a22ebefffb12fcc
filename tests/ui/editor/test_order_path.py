"""The way of an order: the status of now is always on it."""

import pytest
from tests.builders import make_sheet
from tests.ui.conftest import NOW

from osdesk.domain.codes import EventCode
from osdesk.domain.orders.status import Status
from osdesk.domain.views.orders import EventView
from osdesk.texts import STATUS
from osdesk.ui.editor.head import OrderPath, path_of

S = Status


def moved(before, to):
    return EventView(NOW, None, EventCode.MOVED, {"from": before.value, "to": to.value})


@pytest.mark.parametrize("status", list(Status))
def test_the_current_status_is_on_the_way_once(status):
    path = path_of(make_sheet(status=status))
    assert path.count(status) == 1
    assert len(set(path)) == len(path)
    assert path[0] is S.RECEIVED


def test_a_refused_quote_leads_to_the_device_given_back():
    sheet = make_sheet(status=S.DECLINED, events=(moved(S.AWAITING_APPROVAL, S.DECLINED),))
    assert path_of(sheet) == (S.RECEIVED, S.AWAITING_APPROVAL, S.DECLINED, S.RETURNED)


def test_a_part_is_waited_for_within_the_work():
    path = path_of(make_sheet(status=S.AWAITING_PART))
    place = path.index(S.AWAITING_PART)
    assert (path[place - 1], path[place + 1]) == (S.IN_PROGRESS, S.READY)


def test_it_is_shown_and_read_aloud(qtbot):
    path = OrderPath()
    qtbot.addWidget(path)
    path.show_order(make_sheet(status=S.READY))
    here = [label for label in path._labels if label.property("kind") == "here"]
    assert [label.text() for label in here] == [STATUS[S.READY]]
    assert path.accessibleName() == "Situação: Pronta para retirada"
    path.show_order(None)
    assert path.accessibleName() == "Situação: ainda não salva"
