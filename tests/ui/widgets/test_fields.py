from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QListWidget, QVBoxLayout, QWidget

from osdesk.domain.errors import UserError
from osdesk.ui.widgets.fields import (
    ChoiceField,
    DateField,
    DiscountField,
    DocumentField,
    Labelled,
    LongTextField,
    MoneyField,
    PhoneField,
    TextField,
    TimeField,
)

TODAY = date(2026, 11, 24)


def make(kind):
    if kind is DateField:
        return DateField(lambda: TODAY)
    if kind is PhoneField:
        return PhoneField(lambda: "11")
    return kind()


LINES = [
    (TextField, "Maria ", "Maria ", "Maria "),
    (MoneyField, "1150", 115000, "1.150,00"),
    (MoneyField, "R$ 0,05", 5, "0,05"),
    (DocumentField, "52998224725", "52998224725", "529.982.247-25"),
    (PhoneField, "987654321", "987654321", "(11) 98765-4321"),
    (PhoneField, "0800 77", "0800 77", "0800 77"),
    (DateField, "24/12", date(2026, 12, 24), "24/12/2026"),
    (DateField, "hoje", TODAY, "24/11/2026"),
    (DateField, "+3", date(2026, 11, 27), "27/11/2026"),
    (TimeField, "17h30", "17:30", "17:30"),
]
UNREADABLE = [
    (MoneyField, "12.34"),
    (DocumentField, "529.982.247-26"),
    (DateField, "31/02"),
    (TimeField, "25:00"),
]


@pytest.mark.parametrize(("kind", "typed", "value", "shown"), LINES)
def test_what_is_typed_becomes_a_value_and_is_written_in_its_usual_form(
    qtbot, kind, typed, value, shown
):
    field = make(kind)
    qtbot.addWidget(field)
    with qtbot.waitSignal(field.edited):
        qtbot.keyClicks(field, typed)
    assert field.value() == value
    field.settle()
    assert field.text() == shown
    assert field.error_text() == ""


@pytest.mark.parametrize(("kind", "typed"), UNREADABLE)
def test_what_cannot_be_read_stays_as_typed_with_its_error(qtbot, kind, typed):
    field = make(kind)
    labelled = Labelled("Campo", field)
    qtbot.addWidget(labelled)
    labelled.show()
    qtbot.keyClicks(field, typed)
    with pytest.raises(UserError):
        field.value()
    field.settle()
    assert field.text() == typed
    assert field.error_text()
    assert field.accessibleDescription() == field.error_text()
    assert labelled._wrong.isVisible()
    qtbot.keyClicks(field, "x")
    assert field.error_text() == ""
    assert not labelled._wrong.isVisible()


@pytest.mark.parametrize(
    "kind",
    [TextField, MoneyField, DocumentField, PhoneField, DateField, TimeField, LongTextField],
)
def test_nothing_typed_is_none_and_a_shown_value_tells_nobody(qtbot, kind):
    field = make(kind)
    qtbot.addWidget(field)
    assert field.value() is None
    assert field.is_blank()
    value = {MoneyField: 100, DateField: TODAY, TimeField: "10:00"}.get(kind, "52998224725")
    with qtbot.assertNotEmitted(field.edited):
        field.set_value(value)
    assert not field.is_blank()
    field.set_value(None)
    assert field.value() is None


def test_leaving_a_field_with_tab_settles_it(qtbot):
    whole = QWidget()
    column = QVBoxLayout(whole)
    field, text = MoneyField(), LongTextField()
    column.addWidget(Labelled("Valor", field))
    column.addWidget(Labelled("Texto", text))
    qtbot.addWidget(whole)
    with qtbot.waitExposed(whole):
        whole.show()
    field.setFocus()
    qtbot.keyClicks(field, "15")
    qtbot.keyClick(field, Qt.Key.Key_Tab)
    assert field.text() == "15,00"
    assert text.hasFocus()
    qtbot.keyClicks(text, "um")
    qtbot.keyClick(text, Qt.Key.Key_Tab)
    assert text.value() == "um"
    assert not text.hasFocus()
    assert field.accessibleName() == "Valor"


def test_a_day_can_be_stepped_with_the_arrows(qtbot):
    field = make(DateField)
    qtbot.addWidget(field)
    qtbot.keyClick(field, Qt.Key.Key_Up)
    assert field.value() == date(2026, 11, 25)
    qtbot.keyClick(field, Qt.Key.Key_Down)
    qtbot.keyClick(field, Qt.Key.Key_Down)
    assert field.value() == date(2026, 11, 23)


def test_a_choice_holds_values_not_words(qtbot):
    field = ChoiceField()
    qtbot.addWidget(field)
    field.set_choices([(None, "—"), (1, "Um"), (2, "Dois")])
    field.set_value(2)
    assert (field.value(), field.currentText()) == (2, "Dois")
    field.set_choices([(None, "—"), (2, "Dois"), (3, "Três")])
    assert field.value() == 2
    field.set_value("antigo")
    assert field.value() == "antigo"  # no longer offered, never lost
    with qtbot.waitSignal(field.edited):
        field.setCurrentIndex(1)
    field.set_value(None)
    assert field.value() is None


def test_a_free_choice_takes_what_is_typed(qtbot):
    field = ChoiceField(free=True)
    qtbot.addWidget(field)
    field.set_choices([("Conserto", "Conserto"), ("Orçamento", "Orçamento")])
    field.set_value(None)
    assert field.currentText() == ""
    with qtbot.waitSignal(field.edited):
        field.setEditText("conserto")
    assert field.value() == "Conserto"
    field.setEditText("Polimento")
    assert field.text_value() == "Polimento"
    field.set_value("Pintura")
    assert (field.value(), field.currentText()) == ("Pintura", "Pintura")


def test_a_text_that_is_too_long_is_refused_and_kept(qtbot):
    field = LongTextField(limit=5)
    qtbot.addWidget(field)
    field.set_value("123456")
    with pytest.raises(UserError, match="too_long"):
        field.value()
    assert field.toPlainText() == "123456"


@pytest.fixture
def technicians(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    field = ChoiceField(window, free=True)
    field.set_choices([(name, name) for name in ("Cíntia Prado", "Edson Ramos", "Rui Prates")])
    field.set_value(None)
    QVBoxLayout(window).addWidget(field)
    window.resize(300, 300)
    window.show()
    qtbot.waitExposed(window)
    field.setFocus()
    field.kept = window  # lives as long as the field is used
    return field


def offered(field):
    found = field.window().findChild(QListWidget, "suggestions")
    visible = found is not None and found.isVisible()
    return [found.item(row).text() for row in range(found.count())] if visible else []


def test_a_free_choice_offers_by_any_part_of_the_words_without_accents(qtbot, technicians):
    qtbot.keyClicks(technicians.lineEdit(), "pra")
    assert offered(technicians) == ["Cíntia Prado", "Rui Prates"]
    assert technicians.value() == "pra"  # nothing is chosen by itself
    with qtbot.waitSignal(technicians.edited):
        qtbot.keyClick(technicians.lineEdit(), Qt.Key.Key_Down)
        qtbot.keyClick(technicians.lineEdit(), Qt.Key.Key_Return)
    assert technicians.value() == "Cíntia Prado"
    assert offered(technicians) == []


def test_down_on_a_chosen_one_offers_all_and_no_window_is_left_open(qtbot, technicians):
    technicians.set_value("Edson Ramos")
    qtbot.keyClick(technicians.lineEdit(), Qt.Key.Key_Down)
    assert len(offered(technicians)) == 3
    assert QApplication.activePopupWidget() is None
    qtbot.keyClick(technicians.lineEdit(), Qt.Key.Key_Escape)
    assert offered(technicians) == []
    assert technicians.value() == "Edson Ramos"


def test_a_share_becomes_money_when_the_field_is_left(qtbot):
    field = DiscountField(lambda: 42_000)
    qtbot.addWidget(field)
    field.setText("12,5%")
    assert field.value() == 5_250
    assert field.text() == "12,5%", "while it is typed it stays as it is"
    field.settle()
    assert field.text() == "52,50"
    field.setText("101%")
    field.settle()
    assert "de 0% a 100%" in field.error_text()
    field.setText("10")
    assert (field.value(), field.error_text()) == (1_000, "")
    field.setText("")
    assert field.value() == 0


def test_days_ahead_count_the_saturdays_of_the_shop(qtbot):
    open_on_saturday = DateField(lambda: TODAY, saturday=lambda: True)
    qtbot.addWidget(open_on_saturday)
    open_on_saturday.setText("+4")
    assert open_on_saturday.value() == date(2026, 11, 28)
