"""What screens see of intake: places on the shelf, questions asked, how a device is unlocked."""

from dataclasses import dataclass
from datetime import datetime

from osdesk.domain.codes import AccessCodeKind


@dataclass(frozen=True, slots=True)
class SlotView:
    """A place on the shelf; ``taken_by``: the newest open order that stands on it."""

    id: int
    name: str
    active: bool
    taken_by: int | None


@dataclass(frozen=True, slots=True)
class ChecklistView:
    """What is asked at intake of a kind of equipment; ``own``: the shop changed the list."""

    kind: str
    questions: tuple[str, ...]
    own: bool


@dataclass(frozen=True, slots=True)
class CodeView:
    """What is known of a device's access code without looking at it."""

    kind: AccessCodeKind
    kept: bool
    """There is something to look at."""
    at: datetime
    author: str | None
    wiped_at: datetime | None
