"""Files that are whole or not there: atomic writing, and pictures kept under their SHA-256."""

import contextlib
import hashlib
import os
import re
import time
from pathlib import Path

from osdesk.domain.errors import UserError

_SHA = re.compile(r"[0-9a-f]{64}")


def sha256_of(data: bytes) -> str:
    """64 hex digits, as files are named and known by."""
    return hashlib.sha256(data).hexdigest()


def sync_folder(folder: Path) -> None:
    """Make a rename durable; a no-op where folders cannot be opened (Windows)."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def replace_file(source: Path, target: Path) -> None:
    """``os.replace`` made durable; on Windows another program may hold the file for a moment."""
    deadline = time.monotonic() + 10
    while True:
        try:
            source.replace(target)
            break
        except PermissionError:
            if os.name != "nt" or time.monotonic() > deadline:
                raise
            time.sleep(0.1)
    sync_folder(target.parent)


def write_atomic(path: Path, content: bytes) -> None:
    """Write a whole file beside its place, make it durable, then give it its name.

    Raises UserError ``cannot_write``.
    """
    temporary = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with temporary.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        replace_file(temporary, path)
    except OSError:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise UserError("cannot_write", path=path) from None


def refuse_unwritable(path: Path) -> None:
    """Raises UserError ``cannot_write`` where ``write_atomic`` would, before anything is done."""
    temporary = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_dir():
            raise IsADirectoryError(path)
        temporary.touch()
        temporary.unlink()
    except OSError:
        raise UserError("cannot_write", path=path) from None


class Files:
    """The folder's ``files``: content by its SHA-256, never changed once there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, sha: str) -> Path:
        if not _SHA.fullmatch(sha):
            raise ValueError("not a SHA-256 name")
        return self.folder / sha

    def add(self, data: bytes) -> str:
        sha = sha256_of(data)
        path = self.path(sha)
        if not path.is_file() or path.stat().st_size != len(data):
            write_atomic(path, data)
        return sha

    def read(self, sha: str) -> bytes:
        """Raises UserError ``file_missing`` or ``file_damaged``."""
        try:
            data = self.path(sha).read_bytes()
        except OSError:
            raise UserError("file_missing", name=sha) from None
        if sha256_of(data) != sha:
            raise UserError("file_damaged", name=sha)
        return data

    def names(self) -> list[str]:
        if not self.folder.is_dir():
            return []
        return sorted(path.name for path in self.folder.iterdir() if _SHA.fullmatch(path.name))
