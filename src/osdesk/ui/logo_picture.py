"""A picture file that may become the shop's logo: checked by its content, made small, re-encoded.

What is stored is never the file that was chosen but a fresh picture of it, without whatever else
such files can carry.
"""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from osdesk.domain.errors import UserError

KINDS = frozenset({"png", "jpeg", "jpg", "webp"})
LARGEST_FILE = 20_000_000
LARGEST_SIDE = 16_000
STORED_SIDE = 2_000
PREVIEW = QSize(160, 64)


def logo_from(data: bytes) -> bytes:
    """PNG or JPEG, at most 2000 px wide and high, from the bytes of a PNG, JPEG or WebP file.

    Raises UserError ``logo_too_big``, ``logo_kind``, ``logo_unreadable``.
    """
    if len(data) > LARGEST_FILE:
        raise UserError("logo_too_big")
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setDecideFormatFromContent(True)
    kind = bytes(reader.format().data()).decode("ascii", "replace") if reader.canRead() else ""
    if kind not in KINDS:
        raise UserError("logo_kind")
    size = reader.size()
    if not size.isValid():
        raise UserError("logo_unreadable")
    if max(size.width(), size.height()) > LARGEST_SIDE:
        raise UserError("logo_too_big")
    reader.setAutoTransform(True)
    picture = reader.read()
    if picture.isNull():
        raise UserError("logo_unreadable")
    if max(picture.width(), picture.height()) > STORED_SIDE:
        picture = picture.scaled(
            STORED_SIDE,
            STORED_SIDE,
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
    return _encoded(picture, "JPEG" if kind in ("jpeg", "jpg") else "PNG")


def _encoded(picture: QImage, kind: str) -> bytes:
    fresh = picture.convertToFormat(
        QImage.Format.Format_ARGB32 if picture.hasAlphaChannel() else QImage.Format.Format_RGB32
    )
    for key in fresh.textKeys():
        fresh.setText(key, "")
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    # The stub asks for bytes; Qt takes the format's name as text.
    if not fresh.save(buffer, kind, 90 if kind == "JPEG" else -1):  # type: ignore[call-overload]
        raise UserError("logo_unreadable")
    return bytes(buffer.data().data())


class LogoPreview(QLabel):
    """The logo as it is, on white as on paper; words where there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("logoPreview")
        self.setAccessibleName("Logotipo")
        self.setProperty("kind", "bar")
        self.setFixedSize(PREVIEW + QSize(16, 12))
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.show_picture(None)

    def show_picture(self, data: bytes | None) -> None:
        picture = QPixmap()
        if data is not None and picture.loadFromData(data):
            ratio = self.devicePixelRatioF()
            fitted = picture.scaled(
                PREVIEW * ratio,
                Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
            fitted.setDevicePixelRatio(ratio)
            self.setPixmap(fitted)
            self.setStyleSheet("background: #FFFFFF")
        else:
            self.setStyleSheet("")
            self.setText("Sem logotipo")
