"""The faults themselves: each case is tried many times and counted in one row of the results."""

import random
import shutil
import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.faults.acts import RefusedError, ShopAct
from tests.faults.asking import LockedOutError, damage
from tests.faults.power import Kept, Recording
from tests.faults.traced import Outcome, Point, record, run

from osdesk.documents.apart import OPENER
from osdesk.persistence.store import Store

ERRING = {
    "openat": "ENOSPC EIO",
    "mkdir": "ENOSPC",
    "write": "ENOSPC EIO",
    "pwrite64": "ENOSPC EIO",
    "sendfile": "ENOSPC EIO",
    "ftruncate": "EIO",
    "fsync": "EIO ENOSPC",
    "fdatasync": "EIO ENOSPC",
    "rename": "EIO ENOSPC",
    "unlink": "EIO",
}


@dataclass
class Row:
    """``refused``: tries in which a sentence said that it was not done."""

    case: str
    tries: int = 0
    refused: int = 0
    lost: int = 0
    damaged: int = 0
    locked_out: int = 0
    seconds: float = 0.0
    left_out: str = ""
    """Why the case was not tried here."""
    found: list[str] = field(default_factory=list)

    @property
    def clean(self) -> bool:
        return not self.found

    @contextmanager
    def one(self, what: str) -> Iterator[None]:
        """One try; an exception in it is a finding of its kind."""
        self.tries += 1
        began = time.monotonic()
        try:
            yield
        except LockedOutError as error:
            self.locked_out += 1
            self.found.append(f"{what}: locked out: {error}")
        except LostError as error:
            self.lost += 1
            self.found.append(f"{what}: lost: {error}")
        except (DamagedError, RefusedError) as error:
            self.damaged += 1
            self.found.append(f"{what}: {error}")
        except Exception:  # noqa: BLE001  # whatever a fault brings about is a finding, not our end
            self.damaged += 1
            self.found.append(f"{what}: {traceback.format_exc()}")
        finally:
            self.seconds += time.monotonic() - began


class LostError(Exception):
    """What was acknowledged is not there, or something is there by half."""


class DamagedError(Exception):
    """What is there is not sound."""


@dataclass
class Bench:
    """Where cases are tried, and how many of each."""

    folder: Path
    tries: int | None
    seed: int
    places: int = 0

    def rng(self, name: str) -> random.Random:
        return random.Random(f"{self.seed} {name}")

    def choose(self, points: list[Any], name: str) -> list[Any]:
        """All, or some of them by the seed, in their order."""
        if self.tries is None or len(points) <= self.tries:
            return points
        some = self.rng(name).sample(range(len(points)), self.tries)
        return [points[at] for at in sorted(some)]

    def fresh(self, name: str) -> Path:
        """An empty place. Each try has a path of its own: what is remembered by a path is not of
        the try before."""
        self.places += 1
        place = self.folder / f"{name}-{self.places}"
        place.mkdir()
        return place


@dataclass
class Tried:
    """An act that ran once without faults: its places, its calls, what it wrote."""

    act: ShopAct
    template: Path
    recording: Recording
    points: list[Point]


def rehearse(bench: Bench, act: ShopAct) -> Tried:
    """Prepare the act, run it here to see its steps, run it under strace to see its calls."""
    template = bench.fresh("template")
    act.prepare(template)
    place = _copy(template, bench.fresh("rehearsal"))
    state = act.ready(place)
    act.steps = [act.state(place)]
    act.work(place, state, lambda what: _step(act, place, what))
    if isinstance(state, Store):
        state.close()
    act.start(place)
    act.steps[-1] = act.state(place)
    act.known = damage(place / "shop")
    if act.known and not act.spoilt:
        raise RefusedError(f"{act.name}: {act.known}")
    _clear(place)
    OPENER.close()  # its pipes must not be shared by the processes to come
    place = _copy(template, bench.fresh("recorded"))
    recording, points, outcome = record(act, place)
    _refuse_other(act, outcome)
    _clear(place)
    return Tried(act, template, recording, points)


def _step(act: ShopAct, place: Path, what: dict[str, Any]) -> None:
    if "said" not in what:
        raise RefusedError(f"{act.name}: {what}")
    act.steps.append(act.state(place))


def _refuse_other(act: ShopAct, outcome: Outcome) -> None:
    if len(outcome.said) != len(act.steps) - 1 or any("said" not in one for one in outcome.said):
        raise RefusedError(f"{act.name}: {outcome.said}")


def _copy(template: Path, place: Path) -> Path:
    shutil.copytree(template, place, dirs_exist_ok=True)
    return place


def _clear(place: Path) -> None:
    shutil.rmtree(place)


def judge(act: ShopAct, place: Path, said: list[dict[str, Any]]) -> None:
    """Raises what is wrong with a shop after a fault. ``said``: what the act acknowledged."""
    acknowledged = sum("said" in one for one in said)
    for one in said:
        if "bug" in one or one.get("plain") is False:
            raise DamagedError(f"no plain sentence: {one}")
    act.start(place)
    there = act.state(place)
    allowed = act.steps[acknowledged : acknowledged + 2]
    if there not in allowed:
        raise LostError(f"{acknowledged} acknowledged, {_difference(there, allowed)}")
    if there is not None and (wrong := damage(place / "shop")) != act.known:
        raise DamagedError("; ".join(wrong))
    if harm := act.harm(place, said):
        raise DamagedError("; ".join(harm))
    act.again(place)
    if (wrong := damage(place / "shop")) != act.known:
        raise DamagedError(f"after the next act: {'; '.join(wrong)}")


def _difference(there: Any, allowed: Iterable[Any]) -> str:
    return f"there is {str(there)[:300]}, not one of {[str(one)[:300] for one in allowed]}"


# -- killed, refused, without power ---------------------------------------------------------------


def killed(bench: Bench, tried: Tried, row: Row) -> None:
    """kill -9 right before each call that writes, syncs, names or removes something."""
    for point in bench.choose(tried.points, row.case):
        place = _copy(tried.template, bench.fresh("kill"))
        with row.one(f"{point}"):
            outcome = run(tried.act, place, f"{point.call}:signal=KILL:when={point.nth}")
            row.tries -= not outcome.killed  # this time the act has fewer calls
            if outcome.hung:
                raise LockedOutError("it hangs")
            judge(tried.act, place, outcome.said)
        _clear(place)


def erring(bench: Bench, tried: Tried, row: Row) -> None:
    """Each call answers with an error of the disk: once, or from then on, as on a full disk."""
    faults = [
        f"{point.call}:error={error}:when={point.nth}{lasting}"
        for point in tried.points
        if point.call != "writev"
        for error in ERRING.get(point.call, "EIO").split()
        for lasting in ("", "+")
    ]
    for fault in bench.choose(faults, row.case):
        place = _copy(tried.template, bench.fresh("error"))
        with row.one(fault):
            outcome = run(tried.act, place, fault)
            if outcome.hung or outcome.killed:
                raise LockedOutError("it hangs" if outcome.hung else "it died")
            row.refused += any("refused" in one for one in outcome.said)
            judge(tried.act, place, outcome.said)
        _clear(place)


def unpowered(bench: Bench, tried: Tried, row: Row) -> None:
    """The power goes before an act's call: what no sync has covered is gone, there or torn."""
    recording, rng = tried.recording, bench.rng(row.case)
    cuts = [(at, kept) for at in range(len(recording.ops) + 1) for kept in Kept]
    for at, kept in bench.choose(cuts, row.case):
        place = bench.fresh("power")
        with row.one(f"before call {at} of {len(recording.ops)}, unsynced {kept.value}"):
            recording.cut(at, kept, rng).write_to(place)
            said = [{"said": ""}] * recording.said_before(at)
            judge(tried.act, place, said)
        _clear(place)


SWEEPS = {"kill -9": killed, "power cut": unpowered, "ENOSPC, EIO": erring}


def swept(
    bench: Bench, act: ShopAct, asked: Callable[[str], bool], tell: Callable[[Row], None]
) -> None:
    """An act through those of the sweeps that are asked for."""
    rows = {name: Row(f"{name}: {act.name}") for name in SWEEPS}
    rows = {name: row for name, row in rows.items() if asked(row.case)}
    tried = rehearse(bench, act) if rows else None
    for name, row in rows.items():
        assert tried is not None
        SWEEPS[name](bench, tried, row)
        tell(row)
