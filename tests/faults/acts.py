"""What faults are tried in: each act of a shop that writes."""

import gzip
import json
import shutil
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from tests.faults.asking import Answer, LockedOutError, Shown, osdesk, shown
from tests.faults.traced import Act, Say
from tests.forms import order

from osdesk.domain.errors import UserError
from osdesk.persistence import backup_file, migrate
from osdesk.persistence.store import Store, open_store
from osdesk.services.orders.saving import add_order
from osdesk.texts import sentence

RELEASED = Path(__file__).parents[1] / "persistence" / "released"
FAR = "usb"
"""The folder of a place that stands for another disk."""


def clock() -> datetime:
    return datetime.now(UTC)


def words(name: str, **more: Any) -> str:
    """An order as a script would pipe it in."""
    whole = {
        "customer": {"name": name, "phones": [{"number": "(11) 98765-4321"}]},
        "equipment": {"kind": "Lavadora"},
        "service_type": "Conserto",
        "reason": "Não centrifuga",
        "items": [{"kind": "service", "description": "Placa", "unit_price": "180.00"}],
    }
    return json.dumps(whole | more)


class RefusedError(Exception):
    """A command that must work was refused."""


def done(answer: Answer) -> Answer:
    if answer.code != 0:
        raise RefusedError(answer.err.strip())
    return answer


class ShopAct(Act):
    """An act on a shop of some orders, in the place's folder ``shop``.

    ``steps``: what the shop shows before, and after each thing that the act acknowledges; a run
    without faults fills it in.
    """

    spoilt = False
    """Whether something is wrong with the shop before any fault; ``known`` then says what."""

    def __init__(self) -> None:
        self.steps: list[Shown | None] = []
        self.known: list[str] = []

    def prepare(self, place: Path) -> None:
        done(osdesk(place / "shop", "order", "add", self.file(place, "first", words("Ana Souza"))))

    def file(self, place: Path, name: str, content: str) -> Path:
        path = place / f"{name}.json"
        path.write_text(content, encoding="utf-8")
        return path

    def state(self, place: Path) -> Shown | None:
        """What there is, as osdesk shows it. Raises LockedOutError."""
        return shown(place / "shop")

    def start(self, place: Path) -> None:
        """The next start after a fault, where it has something to finish."""

    def again(self, place: Path) -> None:
        """What a person does next, which must work. Raises RefusedError, LockedOutError."""
        done(osdesk(place / "shop", "order", "add", self.file(place, "next", words("Caio Lima"))))

    def harm(self, place: Path, said: list[dict[str, Any]]) -> list[str]:
        """What is wrong besides the shop itself."""
        return []

    def command(self, place: Path, say: Say, *line: object) -> bool:
        """A command of the act; whether it was done."""
        answer = osdesk(place / "shop", *line)
        if answer.code == 0:
            say({"said": answer.out[-200:]})
        else:
            say({"refused": answer.err[:400], "plain": answer.plain})
        return answer.code == 0


class Commands(ShopAct):
    name = "save: order add, edit, pay"

    def ready(self, place: Path) -> None:
        self.file(place, "second", words("Bia Alves"))
        self.file(place, "change", json.dumps({"reason": "Não liga", "priority": "urgent"}))

    def work(self, place: Path, state: Any, say: Say) -> None:
        (
            self.command(place, say, "order", "add", place / "second.json")
            and self.command(place, say, "order", "edit", 2, place / "change.json")
            and self.command(place, say, "order", "pay", 2, "--amount", "80,00", "--method", "pix")
        )


def opened(place: Path, *, create: bool = False) -> Store:
    return open_store(place / "shop", write=True, create=create, clock=clock)


def guarded(say: Say, work: Callable[[], object]) -> bool:
    """Part of an act that is no command: whether it was done, told as a command is."""
    try:
        work()
    except UserError as error:
        say({"refused": sentence(error), "plain": True})
        return False
    say({"said": ""})
    return True


class Window(ShopAct):
    name = "save: three orders in an open shop"

    def ready(self, place: Path) -> Store:
        return opened(place)

    def work(self, place: Path, state: Store, say: Say) -> None:
        for name in ("Bia Alves", "Caio Lima", "Davi Rocha"):
            if not guarded(say, partial(self.save, state, name)):
                return

    def save(self, store: Store, name: str) -> None:
        form = order(name=name, serial=None, notes="x" * 6000)
        store.database.run(add_order, form, now=clock(), author=None)


class Close(ShopAct):
    """The log of many orders is folded into a file that must grow for it."""

    name = "close after 12 orders"

    def ready(self, place: Path) -> Store:
        store = opened(place)
        for _ in range(12):
            form = order(name="Bia Alves", serial=None, notes="x" * 8000)
            store.database.run(add_order, form, now=clock(), author=None)
        return store

    def work(self, place: Path, state: Store, say: Say) -> None:
        guarded(say, state.close)


class Backup(ShopAct):
    name = "backup"

    def prepare(self, place: Path) -> None:
        super().prepare(place)
        self.picture(place)
        done(osdesk(place / "shop", "backup", "--to", place / FAR))

    def picture(self, place: Path) -> None:
        store = opened(place)
        store.files.add(b"picture" * 3000)
        store.close()

    def work(self, place: Path, state: Any, say: Say) -> None:
        self.command(place, say, "backup", "--to", place / FAR)

    def again(self, place: Path) -> None:
        done(osdesk(place / "shop", "backup", "--to", place / FAR))
        super().again(place)

    def harm(self, place: Path, said: list[dict[str, Any]]) -> list[str]:
        found = [*backups_harm(place / FAR)]
        count = len(list((place / FAR).glob("*.zip")))
        if count < 1 + sum("said" in one for one in said):
            found.append(f"{count} backups are there")
        return found


def backups_harm(folder: Path) -> list[str]:
    """Every file with the name of a finished backup is one."""
    found = []
    for file in folder.glob("*.zip"):
        try:
            backup_file.read(file)
        except UserError as error:
            found.append(f"{file.name}: {error.code}")
    return found


class Replace(Backup):
    name = "restore --replace"

    def prepare(self, place: Path) -> None:
        super().prepare(place)
        done(osdesk(place / "shop", "order", "add", self.file(place, "late", words("Tarde"))))

    def backup(self, place: Path) -> Path:
        return min((place / FAR).glob("*.zip"))

    def work(self, place: Path, state: Any, say: Say) -> None:
        self.command(place, say, "restore", self.backup(place), "--replace")

    def again(self, place: Path) -> None:
        done(osdesk(place / "shop", "restore", self.backup(place), "--replace"))
        if self.state(place) != self.steps[-1]:
            raise RefusedError("the same restore again brought something else")

    def harm(self, place: Path, said: list[dict[str, Any]]) -> list[str]:
        found = [*backups_harm(place / FAR), *backups_harm(place / "shop" / "backups")]
        replaced = self.state(place) == self.steps[-1]
        if replaced and not list((place / "shop" / "backups").glob("*.zip")):
            found.append("no safety copy")
        return found


class Anew(Replace):
    """A backup on a new computer: there is no shop, or the whole one."""

    name = "restore into a new folder"

    def prepare(self, place: Path) -> None:
        super().prepare(place)
        shutil.rmtree(place / "shop")

    def state(self, place: Path) -> Shown | None:
        return shown(place / "shop") if (place / "shop" / "osdesk.db").exists() else None

    def harm(self, place: Path, said: list[dict[str, Any]]) -> list[str]:
        return backups_harm(place / FAR)


class Attach(ShopAct):
    name = "attach a signed sheet"

    def prepare(self, place: Path) -> None:
        super().prepare(place)
        sheet = ("--paper", "intake", "--format", "a4", "--out", place / "sheet.pdf")
        done(osdesk(place / "shop", "print", 1, *sheet))

    def ready(self, place: Path) -> None:
        from osdesk.documents import apart

        apart.page_count((place / "sheet.pdf").read_bytes())  # its process is there already

    def work(self, place: Path, state: Any, say: Say) -> None:
        self.command(place, say, "attach", place / "sheet.pdf")

    def again(self, place: Path) -> None:
        done(osdesk(place / "shop", "attach", place / "sheet.pdf"))
        if self.state(place) != self.steps[-1]:
            raise RefusedError("the sheet is not filed")


class Import(ShopAct):
    """Another system's orders: the whole batch, or nothing of it."""

    name = "import three orders"

    def ready(self, place: Path) -> None:
        names = ("Bia Alves", "Caio Lima", "Davi Rocha")
        self.file(place, "batch", "\n".join(map(words, names))).rename(place / "batch.jsonl")

    def work(self, place: Path, state: Any, say: Say) -> None:
        self.command(place, say, "import", "orders", place / "batch.jsonl")

    def harm(self, place: Path, said: list[dict[str, Any]]) -> list[str]:
        return backups_harm(place / "shop" / "backups")


class Erase(ShopAct):
    """A person's data is there, or all of it is gone."""

    name = "erase a person"

    def prepare(self, place: Path) -> None:
        super().prepare(place)
        done(osdesk(place / "shop", "order", "move", 1, "cancelled", "--json", self.why(place)))

    def why(self, place: Path) -> Path:
        return self.file(place, "why", json.dumps({"reason": "Desistiu"}))

    def work(self, place: Path, state: Any, say: Say) -> None:
        self.command(place, say, "customer", "anonymise", 1)

    def harm(self, place: Path, said: list[dict[str, Any]]) -> list[str]:
        found = backups_harm(place / "shop" / "backups")
        if self.state(place) == self.steps[-1] and any("said" in one for one in said):
            whole = b"".join(path.read_bytes() for path in (place / "shop").glob("osdesk.db*"))
            found += ["the name is still in the file"] * (b"Ana Souza" in whole)
        return found


class Print(ShopAct):
    name = "print an intake"

    def work(self, place: Path, state: Any, say: Say) -> None:
        sheet = ("--paper", "intake", "--format", "a4", "--out", place / "sheet.pdf")
        self.command(place, say, "print", 1, *sheet)

    def again(self, place: Path) -> None:
        self.work(place, None, lambda what: None)
        done(osdesk(place / "shop", "verify", place / "sheet.pdf"))


class FirstStart(ShopAct):
    """There is no shop, or an empty one that opens."""

    name = "first start"

    def prepare(self, place: Path) -> None:
        """There is nothing yet."""

    def state(self, place: Path) -> Shown | None:
        return shown(place / "shop") if (place / "shop" / "osdesk.db").exists() else None

    def work(self, place: Path, state: Any, say: Say) -> None:
        guarded(say, lambda: opened(place, create=True).close())


class Upgrade(ShopAct):
    """The first start of this version on a file of a release before; ``figures``: its rows and sums
    of money, which no fault may change. Of 0002 only the database was kept, not the pictures."""

    def __init__(self, release: str) -> None:
        super().__init__()
        self.name = f"upgrade of a file of release {release}"
        self.packed = RELEASED / f"{release}.db.gz"
        self.figures: dict[str, int] = {}
        self.spoilt = release == "0002"

    def prepare(self, place: Path) -> None:
        (place / "shop").mkdir()
        path = place / "shop" / "osdesk.db"
        path.write_bytes(gzip.decompress(self.packed.read_bytes()))
        self.figures = figures(path)

    def work(self, place: Path, state: Any, say: Say) -> None:
        guarded(say, lambda: opened(place).close())

    def start(self, place: Path) -> None:
        try:
            opened(place).close()
        except UserError as error:
            raise LockedOutError(sentence(error)) from error

    def state(self, place: Path) -> Shown | None:
        listed = osdesk(place / "shop", "list")
        if "upgrade" in listed.err or "versão anterior" in listed.err:
            return None
        return shown(place / "shop")

    def harm(self, place: Path, said: list[dict[str, Any]]) -> list[str]:
        after = figures(place / "shop" / "osdesk.db")
        lost = sorted(name for name, value in self.figures.items() if after.get(name) != value)
        return [f"not what it was: {', '.join(lost)}"] if lost else []


def figures(path: Path) -> dict[str, int]:
    connection = sqlite3.connect(path)
    try:
        return migrate.figures(connection)
    finally:
        connection.close()


def acts() -> list[ShopAct]:
    return [
        Commands(),
        Window(),
        Close(),
        Backup(),
        Replace(),
        Anew(),
        Attach(),
        Print(),
        Import(),
        Erase(),
        Upgrade("0001"),
        Upgrade("0002"),
        FirstStart(),
    ]
