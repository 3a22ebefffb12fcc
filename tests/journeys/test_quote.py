"""A quote: what misses is asked, it is approved by phone, changed, refused, and given back."""

from osdesk.domain.codes import ApprovalVia
from osdesk.domain.orders.status import Status


def open_order(clerk, number):
    clerk.press("F3")
    clerk.type(str(number))
    clerk.press("Enter")
    assert clerk.window.current.number == number


def test_a_quote_is_asked_for_sent_approved_and_done_from_the_panel(clerk, sheet):
    clerk.press("F3")
    clerk.type("987654009")
    clerk.press("Down")
    clerk.go("panelMoreSteps")
    clerk.choose("Enviar orçamento")  # lines, dates and technician are there: at once
    assert sheet(clerk, 9).status is Status.AWAITING_APPROVAL
    clerk.go("panelNextStep")
    clerk.press("Enter")
    assert clerk.is_at("step_approved_by")
    assert clerk.see("step_approved_by").text() == "Cliente Número 9"
    clerk.press("Enter")
    assert clerk.see("step_approved_via").error_text() == "Preencha este campo."
    clerk.press("Shift+Tab")
    clerk.type("Dona Lurdes")
    clerk.go("step_approved_via")
    clerk.press("2", "Enter")
    approval = sheet(clerk, 9).approval
    assert (approval.by, approval.via) == ("Dona Lurdes", ApprovalVia.PHONE)
    assert clerk.is_at("ordersTable")
    clerk.wait(lambda: clerk.window.orders.side.panel.sheet.status is Status.APPROVED)
    clerk.go("panelNextStep")
    clerk.press("Enter")
    assert sheet(clerk, 9).status is Status.IN_PROGRESS


def test_lines_by_keys_and_what_is_wrong_stays_beside_its_field(clerk, sheet):
    open_order(clerk, 10)
    clerk.go("itemsTable")
    clerk.press("Enter", "Tab", "Tab")
    clerk.type("12.50")
    clerk.press("Ctrl+S")
    assert "12.50" in clerk.see("itemsProblem").text()
    assert clerk.said() == "Corrija a linha marcada em serviço e materiais."
    assert sheet(clerk, 10).total == 18000
    clerk.press("Esc")
    assert not clerk.window.current.bar.isVisible()  # mended, no longer said
    clerk.press("Delete")
    assert clerk.window.current.form().items == []
    clerk.press("Ctrl+Z")
    assert [item.description for item in clerk.window.current.form().items] == ["Troca da placa"]
    clerk.go("discount")
    clerk.type("500")
    clerk.press("Ctrl+S")
    assert "maior" in clerk.see("discount").error_text()
    clerk.press("Ctrl+A")
    clerk.type("30")
    clerk.press("Ctrl+S")
    assert sheet(clerk, 10).total == 15000


def test_a_technician_is_taken_by_the_first_letters(clerk, sheet):
    clerk.press("F2")
    clerk.type("Rui")
    clerk.go("equipmentKind")
    clerk.type("TV")
    clerk.go("reason")
    clerk.type("Sem som")
    clerk.press("Ctrl+S", "Esc")
    clerk.go("panelNextStep")
    clerk.press("Enter")
    assert clerk.is_at("step_technician")
    clerk.type("ed")
    clerk.press("Enter", "Enter")
    assert sheet(clerk, 131).technician == "Edson Ramos"
    assert sheet(clerk, 131).status is Status.IN_DIAGNOSIS


def test_a_refused_quote_is_given_back_for_its_fee(clerk, sheet):
    open_order(clerk, 3)
    clerk.go("fee")
    clerk.type("40")
    clerk.press("Ctrl+S")
    clerk.go("moreStepsButton")
    clerk.choose("Registrar recusa")
    clerk.type("achou caro")
    clerk.press("Enter")
    assert (sheet(clerk, 3).status, sheet(clerk, 3).total) == (Status.DECLINED, 4000)
    clerk.go("nextStepButton")
    clerk.press("Enter", "F8")  # the fee is due: money first, by the key that the step names
    assert clerk.is_at("paymentAmount")
    clerk.press("Enter", "2", "Enter", "Esc")
    clerk.go("nextStepButton")
    clerk.press("Enter")
    clerk.type("Ana")
    clerk.press("Enter")
    after = sheet(clerk, 3)
    assert (after.status, after.balance, after.collected.by) == (Status.RETURNED, 0, "Ana")


def test_the_report_is_one_key_away(clerk, sheet):
    open_order(clerk, 12)
    clerk.press("Ctrl+PgDown")
    assert clerk.is_at("diagnosis")
    clerk.type("placa oxidada")
    clerk.press("Ctrl+S", "Ctrl+PgDown", "Ctrl+PgDown")
    assert clerk.is_at("orderHistory"), "the files stand between report and history"
    assert sheet(clerk, 12).diagnosis == "placa oxidada"


def test_a_refused_quote_leaves_with_its_fee_in_parts_and_its_paper(clerk, sheet, outside):
    open_order(clerk, 3)
    clerk.go("fee")
    clerk.type("40")
    clerk.press("Ctrl+S")
    clerk.go("moreStepsButton")
    clerk.choose("Registrar recusa")
    clerk.type("achou caro")
    clerk.press("Enter")
    clerk.go("nextStepButton")
    clerk.press("Enter")
    clerk.type("Ana")
    clerk.go("step_due_on")
    clerk.type("10/12")
    clerk.press("Tab")
    clerk.type("2")
    clerk.press("Enter")
    after = sheet(clerk, 3)
    assert (after.status, after.total, after.balance) == (Status.RETURNED, 4000, 4000)
    assert [part.amount for part in after.instalments] == [2000, 2000]
    assert "F9 imprime o termo de retirada" in clerk.said()
    clerk.press("F9")
    clerk.wait(lambda: outside.opened)
    assert outside.opened[0].suffix == ".pdf"
