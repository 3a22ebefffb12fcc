"""The computer is gone, the stick is there; and a restore that somebody thinks better of."""

import shutil
import time
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from tests.conftest import NOW
from tests.forms import order
from tests.journeys.clerk import Clerk

from osdesk.jobs.backup import back_up
from osdesk.jobs.check import check
from osdesk.persistence.backup import backups_in
from osdesk.persistence.store import open_store
from osdesk.services.orders.saving import add_order
from osdesk.services.orders.view import order_view
from osdesk.ui.window.main_window import MainWindow

TEN_MINUTES = 600


def backed_up(folder: Path, to: Path | None = None) -> Path:
    store = open_store(folder, write=False, clock=lambda: NOW)
    try:
        return Path(back_up(store, to, now=NOW - timedelta(hours=2)).path)
    finally:
        store.close()


PATIENCE = 60_000
"""Milliseconds that a restore, or the reading of a backup, may take on a slow machine."""


def opened_after(clerk: Clerk, qtbot) -> Clerk:
    """Whoever sits at the window that the program opens once the shop is restored."""
    qtbot.waitUntil(lambda: isinstance(clerk.window.next_window, MainWindow), timeout=PATIENCE)
    window = clerk.window.next_window
    with qtbot.waitActive(window):
        window.activateWindow()
    return Clerk(window, qtbot)


def pick(monkeypatch: pytest.MonkeyPatch, file: Path) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))


def choose_file(clerk: Clerk, qtbot) -> None:
    clerk.go("restoreFileButton")
    clerk.press("Enter")
    qtbot.waitUntil(lambda: clerk.seen("restorePlan"), timeout=PATIENCE)


def test_a_new_computer_and_the_stick(
    clerk_at, shop_with_orders, outside, qtbot, monkeypatch, tmp_path, record_property
):
    stick = tmp_path / "stick"
    pick(monkeypatch, backed_up(shop_with_orders, stick))
    started, keys = time.monotonic(), 0

    clerk = clerk_at(tmp_path / "new")
    assert clerk.page() == "welcomePage"
    clerk.go("welcomeRestore")
    clerk.press("Enter")
    choose_file(clerk, qtbot)
    plan = clerk.see("restorePlan").text()
    assert "“Eletrônica Horizonte”" in plan
    assert "130 ordens" in plan
    assert "ainda não tem ordens" in plan
    clerk.go("restoreConfirm")
    clerk.press("Enter")
    keys += clerk.keys

    home = opened_after(clerk, qtbot)
    home.wait(lambda: home.window.orders.model.rowCount() == 129)
    assert "130 ordens" in home.said("restoredBand")
    home.press("F3")
    home.type("130")
    home.wait(lambda: home.window.orders.model.rowCount() == 1)
    home.press("Enter", "Enter")
    assert home.see("editorTitle").text() == "OS 130"
    home.press("F9")
    home.wait(lambda: outside.opened)
    assert outside.opened[0].read_bytes().startswith(b"%PDF")
    keys += home.keys
    seconds = time.monotonic() - started
    record_property("seconds", round(seconds, 1))
    print(f"from the stick to a printed order: {seconds:.1f} s, {keys} keys")
    assert seconds < TEN_MINUTES
    home.window.close()
    home.wait(lambda: not home.window.isVisible())
    store = open_store(tmp_path / "new", write=False, clock=lambda: NOW)
    assert check(store) == []
    store.close()


def test_restored_and_back_with_one_click(clerk_at, order_folder, qtbot, monkeypatch):
    old = backed_up(order_folder)
    store = open_store(order_folder, write=True, clock=lambda: NOW)
    for name in ("Depois Um", "Depois Dois"):
        store.database.run(add_order, order(name=name), now=NOW, author=None)
    store.close()

    clerk = clerk_at(order_folder)
    clerk.wait(lambda: clerk.window.orders.model.rowCount() == 131)
    clerk.window.pages.settings.show_section("settingsBackup")
    clerk.window.show_page("navSettings")
    qtbot.waitUntil(lambda: clerk.see("backupsTable").model().rowCount() == 1, timeout=PATIENCE)
    clerk.go("backupsTable")
    clerk.press("Down", "Enter")
    qtbot.waitUntil(lambda: clerk.seen("restorePlan"), timeout=PATIENCE)
    plan = clerk.see("restorePlan").text()
    assert "saem 2 ordens abertas (OS 131, 132) e " in plan
    assert old.exists()
    clerk.press("F2")  # something typed is asked about before the window closes
    clerk.type("Nova Cliente")
    clerk.window.restore(clerk.window.pages.settings.section("settingsBackup").restoring.request())
    clerk.wait(lambda: clerk.seen("leaveBar"))
    clerk.go("leaveDiscard")
    clerk.press("Enter")

    there = opened_after(clerk, qtbot)
    there.wait(lambda: there.window.orders.model.rowCount() == 129)
    assert "A de antes está guardada, com 132 ordens." in there.said("restoredBand")
    there.see("restoredBand").acted.emit()

    home = opened_after(there, qtbot)
    home.wait(lambda: home.window.orders.model.rowCount() == 131)
    for number, name in ((131, "Depois Um"), (132, "Depois Dois")):
        view = home.window._desk.read(order_view, number, now=NOW)
        assert view.customer.name == name
    assert check(home.window._desk.store) == []
    home.window.close()
    home.wait(lambda: not home.window.isVisible())


def test_another_shop_needs_its_name_typed(clerk_at, order_folder, qtbot, monkeypatch, tmp_path):
    other = tmp_path / "other"
    shutil.copytree(order_folder, other)
    made = open_store(tmp_path / "bigger", write=True, create=True, clock=lambda: NOW)
    made.database.run(add_order, order(), now=NOW, author=None)
    pick(monkeypatch, Path(back_up(made, tmp_path / "stick", now=NOW).path))
    made.close()
    clerk = clerk_at(order_folder)
    clerk.wait(lambda: clerk.window.orders.model.rowCount() == 129)
    clerk.window.pages.settings.show_section("settingsBackup")
    clerk.window.show_page("navSettings")
    choose_file(clerk, qtbot)
    assert clerk.is_at("restoreShopName")
    assert not clerk.see("restoreConfirm").isEnabled()
    clerk.type("outra")
    clerk.press("Enter")
    assert clerk.window.isVisible()
    clerk.type(" loja")
    clerk.press("Enter")
    there = opened_after(clerk, qtbot)
    there.wait(lambda: there.window.orders.model.rowCount() == 1)
    there.see("restoredBand").acted.emit()
    home = opened_after(there, qtbot)
    home.wait(lambda: home.window.orders.model.rowCount() == 129)
    home.window.close()
    home.wait(lambda: not home.window.isVisible())


def test_a_backup_that_rots_meanwhile_changes_nothing(clerk_at, order_folder, qtbot):
    kept = backed_up(order_folder)
    clerk = clerk_at(order_folder)
    clerk.wait(lambda: clerk.window.orders.model.rowCount() == 129)
    pane = clerk.window.pages.settings.section("settingsBackup").restoring
    pane.choose(kept)
    qtbot.waitUntil(lambda: pane.request() is not None, timeout=PATIENCE)
    content = bytearray(kept.read_bytes())
    content[len(content) // 2] ^= 1
    kept.write_bytes(content)
    clerk.window.restore(pane.request())
    home = opened_after(clerk, qtbot)
    assert "está danificado e nada foi restaurado" in home.said("restoredBand")
    home.wait(lambda: home.window.orders.model.rowCount() == 129)
    assert len(backups_in(order_folder / "backups")) <= 1
    pane = home.window.pages.settings.section("settingsBackup").restoring
    pane.choose(kept)
    qtbot.waitUntil(lambda: "está danificado" in pane.bar.text(), timeout=PATIENCE)
    assert pane.request() is None
    home.window.close()
    home.wait(lambda: not home.window.isVisible())


def test_a_backup_with_a_password_opens_with_the_code_of_its_sheet(
    clerk_at, order_folder, qtbot, monkeypatch, tmp_path
):
    code = "ABCDE-23456-FGHJK-789AB-CDEFG"
    store = open_store(order_folder, write=True, clock=lambda: NOW)
    store.backup_lock.set(code)
    store.close()
    pick(monkeypatch, backed_up(order_folder, tmp_path / "stick"))
    clerk = clerk_at(tmp_path / "new")
    clerk.go("welcomeRestore")
    clerk.press("Enter")
    clerk.go("restoreFileButton")
    clerk.press("Enter")
    qtbot.waitUntil(lambda: clerk.seen("restorePassword"), timeout=PATIENCE)
    assert clerk.is_at("restorePassword")
    clerk.type("errada")
    clerk.press("Enter")
    pane = clerk.window.pages.welcome._restoring
    qtbot.waitUntil(lambda: "A senha não abre o backup" in pane.bar.text(), timeout=PATIENCE)
    assert not clerk.seen("restorePlan")
    clerk.go("restorePassword")
    clerk.press("Ctrl+A")
    clerk.type(code.lower().replace("-", " "))
    clerk.press("Enter")
    qtbot.waitUntil(lambda: clerk.seen("restorePlan"), timeout=PATIENCE)
    clerk.go("restoreConfirm")
    clerk.press("Enter")
    home = opened_after(clerk, qtbot)
    home.wait(lambda: home.window.orders.model.rowCount() == 129)
    assert home.window._desk.store.backup_lock.password == code
    home.window.close()
    home.wait(lambda: not home.window.isVisible())
