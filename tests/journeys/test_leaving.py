"""Away from something typed: it is asked, and what was wanted goes on."""


def begin(clerk):
    clerk.press("F2")
    clerk.type("Ana Prado")
    assert clerk.window.current.has_changes()


def test_esc_asks_and_the_three_answers(clerk, sheet):
    begin(clerk)
    clerk.press("Esc")
    assert clerk.said("leaveBar") == "Há alterações não salvas."
    clerk.go("leaveStay")
    clerk.press("Enter")
    assert clerk.is_at("customerName")
    assert clerk.see("customerName").text() == "Ana Prado"

    clerk.press("Esc", "Enter")  # to save, what misses must be there
    assert clerk.page() == "orderEditor"
    assert clerk.see("equipmentKind").error_text()
    assert clerk.is_at("equipmentKind")
    clerk.type("Ventilador")
    clerk.press("Tab", "Enter")
    clerk.go("reason")
    clerk.type("Nao gira")
    clerk.press("Esc", "Enter")
    assert clerk.page() == "ordersPage"
    assert clerk.window.orders.table.current_number() == 131
    assert sheet(clerk, 131).reason == "Nao gira"

    begin(clerk)
    clerk.press("F3")
    assert clerk.page() == "orderEditor"
    clerk.go("leaveDiscard")
    clerk.press("Enter")
    assert clerk.is_at("searchBox")  # where F3 was going
    assert clerk.window.orders.model.number_at(0) == 131


def test_a_key_never_loses_what_is_typed_beside(clerk, sheet):
    clerk.press("F3")
    clerk.type("987654030")
    clerk.press("Down", "F8")
    clerk.type("70")
    for key in ("F8", "F9", "Ctrl+S", "Esc"):
        clerk.press(key)
        assert clerk.see("paymentAmount").text() == "70"
    assert "Esc de novo descarta" in clerk.window.bar.text()
    clerk.press("Esc")
    assert clerk.is_at("ordersTable")
    assert sheet(clerk, 30).paid == 0


def test_the_window_waits_for_an_unsaved_order_and_asks_for_a_backup(clerk_at, order_folder):
    clerk = clerk_at(order_folder)
    wanted = []
    clerk.window.backup_wanted.connect(wanted.append)
    begin(clerk)
    assert not clerk.window.close()
    assert clerk.said("leaveBar")
    clerk.go("leaveDiscard")
    clerk.press("Enter")
    clerk.wait(lambda: not clerk.window.isVisible())
    assert wanted == [order_folder]
    again = clerk_at(order_folder)
    assert again.window.orders.model.number_at(0) == 130


def test_an_order_is_put_aside_and_gone_on_with_by_keys(clerk_at, order_folder, sheet):
    clerk = clerk_at(order_folder)
    begin(clerk)
    assert not clerk.window.close()
    clerk.go("leaveKeep")
    clerk.press("Enter")
    clerk.wait(lambda: not clerk.window.isVisible())
    again = clerk_at(order_folder)
    again.wait(lambda: again.window.orders.drafts.isVisible())
    assert "Rascunho de Ana Prado" in again.said("draftBar")
    again.press("Ctrl+R")
    assert again.page() == "orderEditor"
    assert again.see("customerName").text() == "Ana Prado"
    again.go("equipmentKind")
    again.type("Ventilador")
    again.press("Tab", "Enter")
    again.go("reason")
    again.type("Nao gira")
    again.press("Ctrl+S")
    assert sheet(again, 131).customer.name == "Ana Prado"
    again.press("Esc")
    assert not again.window.orders.drafts.isVisible()


def test_every_page_takes_every_key(clerk):
    for place in range(1, 7):
        for key in ("F5", "F8", "F9", "Ctrl+S", "Esc"):
            clerk.press(f"Ctrl+{place}")
            page = clerk.page()
            clerk.press(key)
            assert clerk.page() == page, key
            clerk.press("Esc")
        clerk.press("F2")
        assert clerk.is_at("customerName")
        clerk.press("F3")
        assert clerk.is_at("searchBox")
