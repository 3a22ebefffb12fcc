"""The drives that are plugged in, as the system tells them; the one place that asks it."""

from pathlib import Path

from PySide6.QtCore import QStorageInfo

from osdesk.domain.backup_places import Volume

COMING_AND_GOING = ("/media", "/run/media", "/mnt", "/Volumes")
"""Where systems other than Windows put drives that may be taken away."""


def mounted() -> list[Volume]:
    """Drives that may be taken away, as sticks and second disks; never the system's own."""
    return [
        Volume(found.name(), Path(found.rootPath()))
        for found in QStorageInfo.mountedVolumes()
        if found.isValid() and found.isReady() and not found.isRoot() and _may_go(found.rootPath())
    ]


def _may_go(root: str) -> bool:
    has_letter = root[1:2] == ":"
    return has_letter or root.startswith(tuple(f"{place}/" for place in COMING_AND_GOING))
