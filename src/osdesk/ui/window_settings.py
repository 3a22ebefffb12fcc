"""What the window remembers of itself: its place, the scheme, who served last, how its pages were
left. Not the record."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from osdesk.domain.backup_places import SecondPlace
from osdesk.domain.views.shop import SeenBackup

FILE = "window.ini"
ENLARGED = "percent"
"""Property of the Qt application: how large everything was made when it was opened."""
PERCENTS = (100, 110, 125, 150, 175, 200)


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
    def version(self) -> str:
        """The program that was last opened on this shop; empty before the first."""
        return str(self._file.value("window/version", ""))

    @version.setter
    def version(self, value: str) -> None:
        self._file.setValue("window/version", value)

    @property
    def scheme(self) -> str:
        """``system``, ``light`` or ``dark``."""
        value = self._file.value("window/scheme", "system")
        return value if value in ("system", "light", "dark") else "system"

    @scheme.setter
    def scheme(self, value: str) -> None:
        self._file.setValue("window/scheme", value)

    @property
    def size(self) -> int:
        """How large everything is shown, in percent."""
        value = str(self._file.value("window/size", ""))
        return next((each for each in PERCENTS if value == str(each)), PERCENTS[0])

    @size.setter
    def size(self, value: int) -> None:
        self._file.setValue("window/size", value)

    @property
    def author(self) -> int | None:
        value = str(self._file.value("window/author", ""))
        return int(value) if value.isascii() and value.isdigit() else None

    @author.setter
    def author(self, value: int | None) -> None:
        self._file.setValue("window/author", "" if value is None else str(value))

    @property
    def second_place(self) -> SecondPlace | None:
        """Another folder that gets each backup too, as one on a stick; this computer's alone."""
        folder, label, inside = (
            str(self._file.value(f"backup/{name}", "")) for name in ("second", "label", "inside")
        )
        return SecondPlace(Path(folder), label, inside) if folder else None

    @second_place.setter
    def second_place(self, place: SecondPlace | None) -> None:
        self._file.setValue("backup/second", "" if place is None else str(place.folder))
        self._file.setValue("backup/label", "" if place is None else place.label)
        self._file.setValue("backup/inside", "" if place is None else place.inside)
        self.second_seen = None

    @property
    def second_seen(self) -> SeenBackup | None:
        """The newest backup of the second place, when it was last here."""
        sequence, _, rest = str(self._file.value("backup/seen", "")).partition(" ")
        head, _, made = rest.partition(" ")
        try:
            return SeenBackup(int(sequence), head, datetime.fromisoformat(made))
        except ValueError:
            return None

    @second_seen.setter
    def second_seen(self, seen: SeenBackup | None) -> None:
        words = f"{seen.sequence} {seen.head} {seen.made_at.isoformat()}" if seen else ""
        self._file.setValue("backup/seen", words)

    @property
    def keys(self) -> dict[str, str]:
        """The keys that were chosen, by those that the program comes with."""
        return self.habits("keys")

    def set_key(self, default: str, key: str | None) -> None:
        """None: as the program comes."""
        if key is None:
            self._file.remove(f"keys/{default}")
        else:
            self._file.setValue(f"keys/{default}", key)

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
