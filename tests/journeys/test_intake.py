"""What comes over the counter: three devices of one customer, and one with all that is asked."""

from PySide6.QtGui import QGuiApplication, QImage
from tests.ui.conftest import NOW

from osdesk.domain.codes import AccessCodeKind
from osdesk.domain.orders.checklists import NO, UNTESTED, YES
from osdesk.services.orders.access_codes import code_view
from osdesk.services.shop.checklists import checklist_for
from osdesk.services.shop.slots import save_slot, slot_holder


def test_three_devices_of_one_customer(clerk, sheet):
    clerk.press("F2", "Tab")
    clerk.type("987654007")
    clerk.press("Down", "Enter")
    before = clerk.keys
    texts: list[str] = []
    devices = (("Liquidificador", "Nao liga"), ("Ventilador", "Faz barulho"), ("Ferro", "Vaza"))
    for place, (kind, reason) in enumerate(devices, start=1):
        assert clerk.is_at("equipmentKind"), "ready for the next device"
        assert clerk.see("customerName").text() == "Cliente Número 7"
        clerk.press("Ctrl+A")
        clerk.type(kind)
        clerk.press("Tab")
        assert f"“{kind}”" in clerk.window.current.cards.equipment.new_kind.question()
        clerk.press("Enter")  # the shop has had none of these
        clerk.go("reason")
        clerk.type(reason)
        texts += (kind, reason)
        clerk.press("Ctrl+Shift+S" if place < len(devices) else "Ctrl+S")
    saved = [sheet(clerk, number) for number in (131, 132, 133)]
    assert [one.equipment.kind for one in saved] == [kind for kind, _ in devices]
    assert {one.customer.id for one in saved} == {sheet(clerk, 7).customer.id}
    assert [one.reason for one in saved] == [reason for _, reason in devices]
    assert clerk.spent(before, *texts) / len(devices) <= 12
    clerk.press("Esc")
    assert clerk.page() == "ordersPage"


def test_checklist_place_photo_and_a_code_that_nobody_told(clerk, sheet, qapp):
    desk = clerk.window._desk
    for name in ("A1", "A2"):
        desk.write(save_slot, None, name, active=True, now=NOW, author=None)
    clerk.press("F2")
    clerk.type("Rita Prado")
    clerk.go("equipmentKind")
    clerk.type("Celular")
    clerk.go("reason")
    clerk.type("Nao carrega")
    questions = desk.read(checklist_for, "Celular")
    assert questions

    before = clerk.keys
    clerk.press("Ctrl+PgUp")
    assert clerk.is_at("checklistTable")
    clerk.press("S", "N", *["T"] * (len(questions) - 3), "Enter")
    clerk.type("Trinco no canto")
    clerk.press("Enter", "Tab")
    assert clerk.is_at("slot")
    clerk.press("Down")
    clerk.wait(lambda: clerk.seen("suggestions"))
    clerk.press("Down", "Enter")
    slot = clerk.see("slot").text()
    assert slot
    clerk.press("Tab")
    assert clerk.is_at("codeKind")
    clerk.type("c")  # Cliente não informou
    assert clerk.see("codeKind").currentText() == "Cliente não informou"
    clerk.press("Tab")
    assert clerk.is_at("addPhoto")
    picture = QImage(300, 200, QImage.Format.Format_RGB32)
    picture.fill(0x336699)
    QGuiApplication.clipboard().setImage(picture)
    clerk.press("Ctrl+V")
    photos = clerk.window.current.cards.work.arrival.photos
    clerk.wait(lambda: not photos.working and photos.count() == 1)
    clerk.press("Ctrl+S")
    keys = clerk.spent(before, "Trinco no canto")

    saved = sheet(clerk, 131)
    assert dict(saved.checklist) == dict(
        zip(
            questions,
            [YES, NO, *[UNTESTED] * (len(questions) - 3), "Trinco no canto"],
            strict=True,
        )
    )
    assert saved.slot == slot
    assert desk.read(slot_holder, slot, own=None) == 131
    assert desk.read(code_view, 131).kind is AccessCodeKind.NOT_INFORMED
    assert [file.kind.value for file in saved.files] == ["photo"]
    assert keys <= len(questions) + 14
