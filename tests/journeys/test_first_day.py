"""From the first start to the month's report: one customer, one order, one day."""

from pypdfium2 import PdfDocument

from osdesk.domain.codes import PaymentMethod
from osdesk.domain.orders.status import Status


def test_first_day(clerk_at, tmp_path, outside, sheet):
    clerk = clerk_at(tmp_path / "shop")
    assert clerk.page() == "welcomePage"
    assert clerk.is_at("welcomeName")
    clerk.type("Eletrônica Horizonte")
    clerk.press("Enter")
    assert clerk.page() == "ordersPage"
    assert clerk.is_at("searchBox")

    # somebody with a blender: name, kind and reason are enough
    clerk.press("F2")
    clerk.type("Ana Prado")
    clerk.go("equipmentKind")
    clerk.type("Liquidificador")
    clerk.press("Tab", "Enter")  # a kind that the shop has not had
    clerk.go("reason")
    clerk.type("Solta fumaça ao ligar")
    clerk.go("addServiceButton")
    clerk.press("Enter")
    clerk.type("Troca do motor")
    clerk.press("Tab", "Tab")
    clerk.type("180")
    clerk.press("Enter", "Enter")
    clerk.type("Edson Ramos")
    clerk.press("Tab", "Enter")  # the first of the team
    clerk.press("F9")
    assert clerk.see("editorTitle").text() == "OS 1"
    clerk.wait(lambda: outside.opened)
    assert outside.opened[0].read_bytes().startswith(b"%PDF")
    clerk.press("Esc")
    assert clerk.page() == "ordersPage"

    # found by half a word, and on its way
    clerk.press("F3")
    clerk.type("prad")
    assert clerk.window.orders.model.rowCount() == 1
    clerk.press("Enter")
    clerk.go("moreStepsButton")
    clerk.choose("Registrar aprovação")
    clerk.type("Ana")
    clerk.go("step_approved_via")
    clerk.press("1")
    clerk.go("step_promised_on")
    clerk.type("+2")
    clerk.press("Enter")
    assert sheet(clerk, 1).status is Status.APPROVED
    clerk.go("nextStepButton")
    clerk.press("Enter", "Enter")
    assert sheet(clerk, 1).status is Status.READY

    # paid in cash, with change; the receipt by one key
    clerk.press("F8", "Enter", "1")
    clerk.go("paymentGiven")
    clerk.type("200")
    assert clerk.see("paymentChange").text() == "Troco R$ 20,00"
    clerk.press("Enter", "F9")
    clerk.wait(lambda: len(outside.opened) == 2)
    assert "recibo" in outside.opened[1].name
    assert sheet(clerk, 1).payments[0].method is PaymentMethod.CASH
    assert sheet(clerk, 1).balance == 0

    # handed over
    clerk.go("nextStepButton")
    clerk.press("Enter", "Tab", "Enter", "Enter")  # who collects is the customer
    assert sheet(clerk, 1).status is Status.DELIVERED
    assert sheet(clerk, 1).collected.by == "Ana Prado"
    clerk.press("F9")
    clerk.wait(lambda: len(outside.opened) == 3)
    assert "entrega" in outside.opened[2].name

    # the month, to take along
    clerk.press("Ctrl+5")
    clerk.wait(lambda: "Relatório de" in clerk.window.status._words.text())
    clerk.go("exportPdfButton")
    clerk.press("Enter")
    made = outside.folder / "relatorio-2026-11.pdf"
    clerk.wait(lambda: made.exists() and clerk.see("exportPdfButton").isEnabled())
    with PdfDocument(made) as pdf:
        words = "".join(page.get_textpage().get_text_bounded() for page in pdf)
    assert "Ana Prado" in words
    assert "180,00" in words
