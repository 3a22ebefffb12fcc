"""Where backups are kept beside the shop's own folder: drives that come and go, by their name.

A letter or a mount's path changes with the socket; the name of a drive stays.
"""

import contextlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from osdesk.persistence.backup import backups_in


@dataclass(frozen=True, slots=True)
class Volume:
    """A drive that is plugged in now and may be taken away."""

    label: str
    root: Path


def folders_with_backups(volumes: Iterable[Volume]) -> list[Path]:
    """Where on those drives backups lie: at the top, or in a folder there."""
    found = []
    for volume in volumes:
        places = [volume.root]
        with contextlib.suppress(OSError):
            places += sorted(entry for entry in volume.root.iterdir() if entry.is_dir())
        found += [place for place in places if backups_in(place)]
    return found
