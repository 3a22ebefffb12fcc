"""What the window remembers of itself: its place, the scheme, who served last, how its pages were
left. Not the record."""

from collections.abc import Mapping
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

    @property
    def second_place(self) -> Path | None:
        """Another folder that gets each backup too, as one on a stick; this computer's alone."""
        value = str(self._file.value("backup/second", ""))
        return Path(value) if value else None

    @second_place.setter
    def second_place(self, value: Path | None) -> None:
        self._file.setValue("backup/second", "" if value is None else str(value))

    def habits(self, page: str) -> dict[str, str]:
        """How a page was left, in words of its own: the chip, the section."""
        self._file.beginGroup(page)
        found = {key: str(self._file.value(key, "")) for key in self._file.childKeys()}
        self._file.endGroup()
        return found

    def keep_habits(self, page: str, habits: Mapping[str, str]) -> None:
        for key, value in habits.items():
            self._file.setValue(f"{page}/{key}", value)

    def save(self) -> None:
        self._file.sync()
