"""A quote told by message, approved, changed while the work goes on, and approved again."""

from tests.ui.conftest import NOW

from osdesk.domain.codes import ApprovalVia
from osdesk.domain.orders.status import Status
from osdesk.services.orders.quotes import quote_versions


def test_a_phone_is_quoted_approved_by_whatsapp_then_changed_and_approved_again(clerk, sheet):
    clerk.press("F2")
    clerk.type("Rita Prado")
    clerk.press("Tab")
    clerk.type("11988887777")
    clerk.go("equipmentKind")
    clerk.type("Celular")
    clerk.go("reason")
    clerk.type("Tela trincada")
    clerk.go("addServiceButton")
    clerk.press("Enter")
    clerk.type("Troca da tela")
    clerk.press("Tab", "Tab")
    clerk.type("350")
    clerk.press("Enter", "Enter")
    assert clerk.is_at("technician")
    clerk.type("ed")
    clerk.press("Enter")
    clerk.go("promisedOn")
    clerk.type("+3")
    clerk.go("startOn")
    clerk.type("hoje")
    clerk.press("Ctrl+S")
    assert clerk.window.current.number == 131

    before = clerk.keys
    clerk.press("F6")  # the other steps, by their numbers
    clerk.choose_now("Enviar orçamento")
    assert sheet(clerk, 131).status is Status.AWAITING_APPROVAL
    clerk.press("F4")
    assert clerk.is_at("step_approved_by")
    clerk.go("step_approved_via")
    clerk.press("3", "Enter")
    first = sheet(clerk, 131)
    assert (first.status, first.approval.via) == (Status.APPROVED, ApprovalVia.WHATSAPP)
    assert first.approval.by == "Rita Prado"
    sent_and_approved = clerk.spent(before)
    clerk.press("F4")
    assert sheet(clerk, 131).status is Status.IN_PROGRESS

    # the battery is swollen too: another line, and it is asked again
    clerk.go("addPartButton")
    clerk.press("Enter")
    clerk.type("Bateria")
    clerk.press("Tab", "Tab")
    clerk.type("120")
    clerk.press("Ctrl+S")
    changed = sheet(clerk, 131)
    assert (changed.status, changed.total) == (Status.AWAITING_APPROVAL, 47000)
    assert "Aguardando aprovação" in clerk.said()
    clerk.press("F4")
    clerk.go("step_approved_via")
    clerk.press("3", "Enter")
    again = sheet(clerk, 131)
    assert (again.status, again.approval.via) == (Status.APPROVED, ApprovalVia.WHATSAPP)

    # both stay, and what changed between them is read beside the order
    newest, oldest = clerk.window._desk.read(quote_versions, 131, now=NOW)
    assert (newest.total, oldest.total) == (47000, 35000)
    assert oldest.approval.by == newest.approval.by == "Rita Prado"
    clerk.press("F6")
    clerk.choose_now("Versões do orçamento…")
    assert clerk.is_at("quoteVersions")
    words = clerk.window.current.acts.quotes.versions.texts()
    assert any("Bateria" in line for line in words)
    assert any("470,00" in line for line in words)
    clerk.press("Esc")
    assert sent_and_approved <= 12
