"""The Pix on the screen: read back from the picture, copied as text, or said why there is none."""

from dataclasses import replace

import pytest
import zxingcpp
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QLabel, QWidget
from tests.ui.conftest import NOW

from osdesk.domain.errors import UserError
from osdesk.services.shop.shop import save_shop, shop_form
from osdesk.ui.panes.qr_dialogs import NO_KEY, PixDialog, QrPicture
from osdesk.ui.settings.money import MoneySection


def with_pix(desk, **changes):
    values = {"pix_key": "12.345.678/0001-95", "pix_name": "Conserta Já", "pix_city": "São Paulo"}
    form = replace(desk.read(shop_form), **{**values, **changes})
    desk.write(save_shop, form, now=NOW, author=None)


@pytest.fixture
def dialog(desk, qtbot):
    parent = QWidget()
    qtbot.addWidget(parent)

    def show(amount=12_345):
        shown = PixDialog(desk, 5, amount, parent)
        shown.show()
        return shown

    return show


def test_the_picture_is_the_text_that_is_copied(desk, dialog, qtbot):
    with_pix(desk)
    shown = dialog()
    picture = shown.findChild(QrPicture).grab().toImage()
    picture = picture.convertToFormat(QImage.Format.Format_Grayscale8)
    grey = Image.frombytes(
        "L",
        (picture.width(), picture.height()),
        bytes(picture.constBits()),
        "raw",
        "L",
        picture.bytesPerLine(),
    )
    (found,) = zxingcpp.read_barcodes(grey)
    assert found.text == shown.code
    assert "5406123.45" in shown.code
    assert "OS000005" in shown.code
    qtbot.keyClick(shown, Qt.Key.Key_Return)
    assert QGuiApplication.clipboard().text() == shown.code


def test_without_a_key_it_says_where_to_type_one(dialog):
    shown = dialog()
    assert shown.code == ""
    assert NO_KEY in [label.text() for label in shown.findChildren(QLabel)]


def test_a_key_needs_the_receivers_name_and_city(desk):
    with pytest.raises(UserError, match="pix_incomplete"):
        with_pix(desk, pix_city=None)
    with pytest.raises(UserError, match="bad_pix_key"):
        with_pix(desk, pix_key="123")
    assert desk.shop.pix_key is None


def test_the_key_is_typed_in_the_settings(desk, qtbot):
    section = MoneySection(desk)
    qtbot.addWidget(section)
    section._fields["pix_key"].setText("(11) 98765-4321")
    section._fields["pix_name"].setText("Conserta Já")
    assert section.dirty
    assert not section.save()
    section._fields["pix_city"].setText("São Paulo")
    assert section.save()
    assert desk.shop.pix_key == "+5511987654321"
    assert section._fields["pix_key"].value() == "+5511987654321"
