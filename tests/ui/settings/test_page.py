import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QRadioButton
from tests.ui.settings.test_logo_picture import picture

from osdesk.domain.codes import Role
from osdesk.services.shop.shop import shop_view
from osdesk.services.shop.staff import employees, service_types
from osdesk.ui.settings.page import SECTIONS, SettingsPage
from osdesk.ui.widgets import file_dialogs, theme
from osdesk.ui.window_settings import WindowSettings


@pytest.fixture
def page(desk, qtbot):
    page = SettingsPage(desk)
    qtbot.addWidget(page)
    page.resize(1194, 742)
    page.show()
    return page


def at(page, name):
    page.findChild(QPushButton, name).click()
    return page.section(name)


@pytest.mark.parametrize("name", [name for name, _ in SECTIONS])
def test_looking_at_a_section_changes_nothing(page, desk, name):
    before = desk.read(shop_view)
    section = at(page, name)
    assert page.stack.currentWidget().isAncestorOf(section)
    assert not section.dirty
    page.save()
    assert page.try_close()
    assert desk.read(shop_view) == before


def test_the_profile_is_saved_and_told(page, desk, qtbot):
    shop = at(page, "settingsShop")
    shop.name.setText("Oficina do Bairro")
    shop._fields["document"].setText("12.345.678/0001-95")
    shop._fields["city"].setText("Recife/PE")
    shop._fields["zone"].setCurrentIndex(shop._fields["zone"].findText("Pernambuco"))
    shop.next_number.setText("10482")
    with qtbot.waitSignal(desk.changed) as caught:
        page.save()
    assert caught.args == ["shop"]
    assert (desk.shop.name, desk.shop.document) == ("Oficina do Bairro", "12345678000195")
    assert (desk.shop.zone, desk.shop.city) == ("America/Recife", "Recife/PE")
    assert desk.shop.next_number == 10482
    assert not shop.dirty


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("document", "11.111.111/1111-11", "não é um CPF ou CNPJ"),
        ("default_ddd", "1", "dois dígitos"),
        ("default_ddd", "", "Preencha"),
        ("next_number", "12", "só pode aumentar"),
        ("next_number", "doze", "número inteiro"),
        ("next_number", "", "Preencha"),
    ],
)
def test_an_error_stands_beside_its_field(page, desk, field, typed, words):
    shop = at(page, "settingsShop")
    shop._fields[field].setText(typed)
    page.save()
    assert words in shop._fields[field].error_text()
    assert shop._fields[field].text() == typed
    assert desk.read(shop_view).next_number == 131


def test_texts_and_deadlines(page, desk):
    texts = at(page, "settingsTexts")
    texts._fields["warranty_days"].setText("30")
    page.save()
    assert "de 90 a 3650" in texts._fields["warranty_days"].error_text()
    texts._fields["warranty_days"].setText("120")
    texts._fields["payment_terms"].setPlainText("Metade na entrada.")
    texts._fields["terms_intake"].setPlainText("")
    page.save()
    assert desk.shop.warranty_days == 120
    assert desk.shop.payment_terms == "Metade na entrada."
    assert desk.shop.terms_intake == ""
    assert "advogado" in texts.findChild(object, "legalAdvice").text()


def test_a_logo_is_checked_stored_and_taken_away(page, desk, tmp_path, monkeypatch):
    shop = at(page, "settingsShop")
    wrong, right = tmp_path / "logo.png", tmp_path / "certo.png"
    wrong.write_bytes(b"not a picture")
    right.write_bytes(picture("PNG"))
    answers = [wrong, right]
    monkeypatch.setattr(file_dialogs, "ask_logo", lambda *a: answers.pop(0))
    button = page.findChild(QPushButton, "chooseLogoButton")
    button.click()
    assert "PNG, JPEG ou WebP" in shop._wrong.text()
    assert desk.shop.logo is None
    button.click()
    assert not shop._wrong.isVisible()
    assert desk.store.files.read(desk.shop.logo).startswith(b"\x89PNG")
    shop._remove.click()
    assert desk.shop.logo is None


def test_people_are_added_renamed_and_put_out_of_use(page, desk):
    team = at(page, "settingsTeam")
    assert [row.name.text() for row in team._rows] == ["Edson Ramos", "Priscila", ""]
    new = team._rows[-1]
    new.name.setText("Helena Prado")
    new.role.setCurrentIndex(0)
    new.button.click()
    assert ("Helena Prado", Role.OWNER) in [(e.name, e.role) for e in desk.read(employees)]
    row = next(row for row in team._rows if row.name.text() == "Priscila")
    row.name.setText("Priscila Lima")
    row.active.click()
    assert team.dirty
    row.button.click()
    stored = next(e for e in desk.read(employees) if e.name == "Priscila Lima")
    assert not stored.active
    assert not team.dirty


def test_a_name_is_not_taken_twice_and_the_row_says_so(page, desk, qtbot):
    types = at(page, "settingsTypes")
    before = desk.read(service_types)
    new = types._rows[-1]
    new.name.setText(before[0].name.upper())
    qtbot.keyClick(new.name, Qt.Key.Key_Return)
    assert "já existe" in new._wrong.text()
    assert desk.read(service_types) == before
    new.name.setText("Instalação de antena")
    qtbot.keyClick(new.name, Qt.Key.Key_Return)
    assert [each.name for each in desk.read(service_types)][-1] == "Instalação de antena"


def test_a_service_type_has_its_usual_promise(page, desk, qtbot):
    row = at(page, "settingsTypes")._rows[0]
    row.days.setText("3 dias")
    row.button.click()
    assert "não é um número" in row._wrong.text()
    row.days.setText("400")
    row.button.click()
    assert "de 0 a 365" in row._wrong.text()
    row.days.setText("5")
    qtbot.keyClick(row.days, Qt.Key.Key_Return)
    assert desk.read(service_types)[0].promise_days == 5
    row = at(page, "settingsTypes")._rows[0]
    row.name.setText("Reparo")
    row.button.click()
    first = desk.read(service_types)[0]
    assert (first.name, first.promise_days) == ("Reparo", 5), "the days stay with the name"
    team = at(page, "settingsTeam")._rows[0]
    assert team.days is None


def test_one_saved_row_leaves_the_others_as_they_are_typed(page):
    types = at(page, "settingsTypes")
    first, second = types._rows[:2]
    first.name.setText("Reparo")
    second.name.setText("Orçar")
    first.button.click()
    assert [row.name.text() for row in types._rows[:2]] == ["Reparo", "Orçar"]
    assert types._rows[1].dirty
    assert not types._rows[0].dirty


def test_unsaved_edits_wait_are_marked_and_asked_about(page):
    shop = at(page, "settingsShop")
    shop.name.setText("Outro")
    at(page, "settingsTexts")
    assert page.findChild(QPushButton, "settingsShop").text() == "Loja •"
    assert not page.try_close()
    assert page.shown == "settingsShop"
    assert shop.name.text() == "Outro"
    page.save()
    assert page.findChild(QPushButton, "settingsShop").text() == "Loja"
    assert page.try_close()


def test_the_scheme_is_changed_and_remembered(page, desk, qapp):
    at(page, "settingsLook")
    page.findChild(QRadioButton, "schemeDark").click()
    assert theme.color("ink").name().upper() == theme.DARK["ink"]
    assert WindowSettings(desk.folder).scheme == "dark"
    page.findChild(QRadioButton, "schemeLight").click()
    assert theme.color("ink").name().upper() == theme.LIGHT["ink"]


def test_a_backup_is_made_and_its_figures_are_said(page, desk, qtbot):
    backup = at(page, "settingsBackup")
    assert "ainda sem backup" in page.findChild(object, "newestBackup").text()
    button = page.findChild(QPushButton, "backupNowButton")
    button.click()
    assert not button.isEnabled()
    qtbot.waitUntil(button.isEnabled)
    assert "130 ordens e 130 clientes" in backup.bar.text()
    assert list(desk.store.backups.iterdir())


def test_about_names_the_licences(page):
    about = at(page, "settingsAbout")
    words = about.findChild(object, "licenceTexts")
    assert "Permission is hereby granted" in words.toPlainText(), "first the program's own"
    part = about.findChild(QComboBox, "licencePart")
    names = [part.itemText(number) for number in range(part.count())]
    part.setCurrentIndex(next(n for n, name in enumerate(names) if name.startswith("Qt")))
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in words.toPlainText()
    part.setCurrentIndex(next(n for n, name in enumerate(names) if "IBM Plex" in name))
    assert "SIL OPEN FONT LICENSE" in words.toPlainText()


def visible_sections(page):
    return [button.objectName() for button in page._group.buttons() if button.isVisible()]


def test_a_setting_is_found_by_a_word_that_stands_in_its_section(page, qtbot):
    everything = visible_sections(page)
    page.search.setFocus()
    qtbot.keyClicks(page.search, "escuro")
    assert visible_sections(page) == ["settingsLook"]
    qtbot.keyClick(page.search, Qt.Key.Key_Return)
    assert page.shown == "settingsLook"
    page.search.setText("CHAVE pix")
    assert "settingsMoney" in visible_sections(page)
    page.search.setText("não existe isto")
    assert visible_sections(page) == []
    assert page.findChild(QLabel, "settingsNone").isVisible()
    assert page.escape()
    assert visible_sections(page) == everything


def test_what_is_found_far_down_is_scrolled_to(page, qtbot):
    page.resize(852, 574)
    page.search.setText("ir para catálogo")
    qtbot.keyClick(page.search, Qt.Key.Key_Return)
    assert page.shown == "settingsKeys"
    bar = page.stack.currentWidget().verticalScrollBar()
    qtbot.waitUntil(lambda: bar.value() > 0)
