import pytest
from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QImage

from osdesk.documents.apart import MAX_BYTES, prepare_logo
from osdesk.documents.images import SIDE
from osdesk.domain.errors import UserError
from osdesk.ui.settings.shop import LogoPreview


def picture(kind: str, width: int = 320, height: int = 120, *, alpha: bool = False) -> bytes:
    shape = QImage.Format.Format_ARGB32 if alpha else QImage.Format.Format_RGB32
    image = QImage(width, height, shape)
    image.fill(Qt.GlobalColor.transparent if alpha else Qt.GlobalColor.darkCyan)
    image.setText("Author", "somebody")
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert image.save(buffer, kind)
    return bytes(buffer.data().data())


@pytest.mark.parametrize(
    ("kind", "magic"), [("PNG", b"\x89PNG"), ("JPEG", b"\xff\xd8"), ("WEBP", b"\x89PNG")]
)
def test_a_picture_is_encoded_anew_as_png_or_jpeg(qapp, kind, magic):
    stored = prepare_logo(picture(kind))
    assert stored.startswith(magic)
    assert QImage.fromData(stored).size() == QImage.fromData(picture(kind)).size()
    assert b"somebody" not in stored


def test_transparency_stays(qapp):
    assert QImage.fromData(prepare_logo(picture("PNG", alpha=True))).hasAlphaChannel()


def test_a_huge_picture_becomes_small(qapp):
    image = QImage.fromData(prepare_logo(picture("PNG", 4000, 1000)))
    assert (image.width(), image.height()) == (SIDE, SIDE // 4)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file_empty"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "logo_kind"),
        (b"GIF89a" + bytes(64), "logo_kind"),
        (b"%PDF-1.7", "logo_kind"),
        (b"x" * (MAX_BYTES + 1), "file_too_big"),
    ],
)
def test_anything_else_is_refused(qapp, data, code):
    with pytest.raises(UserError) as caught:
        prepare_logo(data)
    assert caught.value.code == code


def test_half_a_picture_is_refused(qapp):
    with pytest.raises(UserError) as caught:
        prepare_logo(picture("PNG", 800, 600)[:60])
    assert caught.value.code == "logo_unreadable"


def test_the_preview_says_where_there_is_none(qapp, qtbot):
    preview = LogoPreview()
    qtbot.addWidget(preview)
    assert preview.text() == "Sem logotipo"
    preview.show_picture(picture("PNG"))
    assert preview.pixmap().height() <= 64 * preview.devicePixelRatioF()
