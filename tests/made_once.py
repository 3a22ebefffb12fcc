"""Folders that are costly to make: made by the first test that asks, then copied or only read.

With several processes (pytest-xdist) the others wait for the one that makes it.
"""

import os
from collections.abc import Callable
from pathlib import Path

import pytest


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """The folder ``name``, which ``make`` filled; one for all processes of this run."""
    base = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" not in os.environ:
        return _made(base / name, make)
    from PySide6.QtCore import QLockFile

    lock = QLockFile(str(base.parent / f"{name}.lock"))
    lock.setStaleLockTime(0)  # the making may take longer than Qt's half minute
    lock.lock()
    try:
        return _made(base.parent / name, make)
    finally:
        lock.unlock()


def _made(folder: Path, make: Callable[[Path], object]) -> Path:
    if not folder.exists():
        aside = folder.with_name(f"{folder.name}.making")
        aside.mkdir()
        make(aside)
        aside.rename(folder)
    return folder
