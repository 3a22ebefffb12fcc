"""The second place of backups: a folder, known by the name of the drive that it is on.

A letter or a mount's path changes with the socket; the name of a drive stays.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

FOLDER = "osdesk-backups"
"""Made on a drive that was chosen as a whole."""


@dataclass(frozen=True, slots=True)
class Volume:
    """A drive that is plugged in now and may be taken away."""

    label: str
    root: Path


@dataclass(frozen=True, slots=True)
class SecondPlace:
    """``label``: the drive's name, where it has one; ``inside``: the folder's path on that drive.
    ``folder``: where it was when it was chosen."""

    folder: Path
    label: str = ""
    inside: str = ""

    @property
    def name(self) -> str:
        """As a person calls it."""
        return self.label or self.folder.name or str(self.folder)


def chosen_place(folder: Path, volumes: Sequence[Volume]) -> SecondPlace:
    """What a folder that a person has chosen is, with the drives that are there."""
    for volume in sorted(volumes, key=lambda each: len(each.root.parts), reverse=True):
        if folder.is_relative_to(volume.root):
            inside = folder.relative_to(volume.root)
            if inside == PurePath("."):
                inside = Path(FOLDER)
            return SecondPlace(volume.root / inside, volume.label, inside.as_posix())
    return SecondPlace(folder)


def candidates(place: SecondPlace, volumes: Sequence[Volume]) -> list[Path]:
    """Where that place may be now; one without the name of a drive is where it was."""
    if not place.label:
        return [place.folder]
    return [volume.root / place.inside for volume in volumes if volume.label == place.label]
