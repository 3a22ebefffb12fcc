"""Around the page: title, status line, messages and questions that push nothing away."""

from PySide6.QtCore import QPoint
from tests.journeys.test_leaving import begin


def title(clerk):
    return clerk.window.windowTitle()


def test_the_window_is_called_by_what_it_shows(clerk):
    assert title(clerk) == "Ordens · Eletrônica Horizonte · osdesk"
    clerk.press("Ctrl+2")
    assert title(clerk) == "Painel · Eletrônica Horizonte · osdesk"
    clerk.press("F2")
    assert title(clerk) == "Nova OS · Eletrônica Horizonte · osdesk"
    clerk.type("Ana Prado")
    clerk.go("equipmentKind")
    clerk.type("Ventilador")
    clerk.press("Tab", "Enter")
    clerk.go("reason")
    clerk.type("Nao gira")
    clerk.press("Ctrl+S")
    assert title(clerk) == "OS 131 · Eletrônica Horizonte · osdesk"
    clerk.type("!")
    assert "salva" not in clerk.see("statusText").text()  # the head alone says how safe it is
    assert clerk.see("orderEditor").head._state.text() == "alterações não salvas"
    clerk.press("Ctrl+S", "Esc")
    assert title(clerk) == "Ordens · Eletrônica Horizonte · osdesk"


def test_the_question_on_the_way_out_has_keys(clerk):
    begin(clerk)
    clerk.press("Esc")
    assert clerk.said("leaveBar")
    clerk.press("Esc")  # a second time: on with the order
    assert not clerk.seen("leaveBar")
    assert clerk.is_at("customerName")
    assert clerk.page() == "orderEditor"
    clerk.press("Esc", "1")  # save: what is missing is said
    assert clerk.see("equipmentKind").error_text()
    clerk.press("Esc", "2")  # as a draft
    assert clerk.page() == "ordersPage"
    assert "Ana Prado" in clerk.said("draftBar")
    clerk.press("Ctrl+R")
    clerk.wait(lambda: clerk.page() == "orderEditor")
    clerk.press("Esc", "3")  # thrown away
    assert clerk.page() == "ordersPage"
    assert not clerk.seen("draftBar")


def test_messages_and_questions_push_nothing_away(clerk):
    def places():
        parts = ("orderPanel", "ordersTable") if clerk.page() == "ordersPage" else ("reason",)
        return [clerk.see(part).mapTo(clerk.window, QPoint()) for part in parts]

    clerk.wait(lambda: clerk.seen("orderPanel"))
    before = places()
    clerk.press("F4")
    assert "OS 130" in clerk.said("messageBar")
    assert places() == before
    clerk.press("F9")
    clerk.wait(lambda: clerk.seen("printedBar"))
    assert places() == before
    clerk.go("ordersTable")
    clerk.press("Enter")
    clerk.wait(lambda: clerk.page() == "orderEditor")
    before = places()
    clerk.window.current.say("Confira os campos marcados.")
    assert clerk.see("editorMessage")
    assert places() == before
    clerk.go("reason")
    clerk.type("!")
    clerk.press("Esc")
    assert clerk.see("leaveBar")
    assert places() == before
    clerk.press("3")
