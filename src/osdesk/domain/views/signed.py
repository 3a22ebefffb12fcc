"""Signed sheets that come back: versions they may be of, filed ones, unread ones."""

from dataclasses import dataclass
from datetime import date

from osdesk.domain.codes import Paper
from osdesk.domain.errors import UserError


@dataclass(frozen=True, slots=True)
class IssuedVersion:
    """An issued version, as a signed sheet is filed to it."""

    id: int
    number: int
    paper: Paper
    version: int
    issued_on: date
    newest: int
    """The newest version of this paper of this order."""
    signed: bool


@dataclass(frozen=True, slots=True)
class FiledSheet:
    """Pages of a file that were put to a version. ``new``: False where they were there before."""

    file: str
    pages: tuple[int, ...]
    """From 1; empty where the file is one page."""
    issued: IssuedVersion
    new: bool


@dataclass(frozen=True, slots=True)
class UnreadSheet:
    """A page, or a whole file where ``page`` is None, that a person has to look at, and why."""

    file: str
    page: int | None
    """From 0."""
    pages: int
    """How many the file has; 0 where it cannot be opened."""
    why: UserError


@dataclass(frozen=True, slots=True)
class SheetsOfFile:
    """What became of one file."""

    filed: tuple[FiledSheet, ...]
    unread: tuple[UnreadSheet, ...]
