"""What the window remembers of itself: its place, the scheme, who served last. Not the record."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

FILE = "window.ini"


class WindowSettings:
    """``window.ini`` in the shop's folder; losing it loses nothing but habits."""

    def __init__(self, folder: Path) -> None:
        self._file = QSettings(str(folder / FILE), QSettings.Format.IniFormat)

    @property
    def geometry(self) -> QByteArray | None:
        value = self._file.value("window/geometry")
        return value if isinstance(value, QByteArray) and not value.isEmpty() else None

    @geometry.setter
    def geometry(self, value: QByteArray) -> None:
        self._file.setValue("window/geometry", value)

    @property
    def scheme(self) -> str:
        """``system``, ``light`` or ``dark``."""
        value = self._file.value("window/scheme", "system")
        return value if value in ("system", "light", "dark") else "system"

    @scheme.setter
    def scheme(self, value: str) -> None:
        self._file.setValue("window/scheme", value)

    @property
    def author(self) -> int | None:
        value = str(self._file.value("window/author", ""))
        return int(value) if value.isascii() and value.isdigit() else None

    @author.setter
    def author(self, value: int | None) -> None:
        self._file.setValue("window/author", "" if value is None else str(value))

    def save(self) -> None:
        self._file.sync()
