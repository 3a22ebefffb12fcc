"""What all commands share: the data folder, exit codes, help in Portuguese, JSON on stdout."""

import json
import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, TypeVar

import click

from osdesk.domain.calendar import parse_iso_date
from osdesk.domain.errors import UserError
from osdesk.paths import default_data_dir

if TYPE_CHECKING:
    from osdesk.persistence.store import Store

E = TypeVar("E", bound=StrEnum)
F = TypeVar("F", bound=Callable[..., Any])


def clock() -> datetime:
    """The one clock of the commands."""
    return datetime.now(UTC)


# -- words of the command line --------------------------------------------------------------------


class Choice(click.ParamType[Any]):
    """One of our codes. A wrong value is a UserError: exit 1, not 2."""

    def __init__(self, kind: type[E]) -> None:
        self.kind = kind
        self.name = "|".join(member.value for member in kind)

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        return self.name

    def convert(self, value: Any, param: object, ctx: object) -> StrEnum:
        if isinstance(value, self.kind):
            return value
        try:
            return self.kind(value)
        except ValueError:
            options = ", ".join(member.value for member in self.kind)
            raise UserError("bad_option", value=value, options=options) from None


class Parsed(click.ParamType[Any]):
    """A value read by one of the domain's parsers."""

    def __init__(self, name: str, parse: Callable[[str], Any]) -> None:
        self.name = name
        self.parse = parse

    def convert(self, value: Any, param: object, ctx: object) -> Any:
        return self.parse(value) if isinstance(value, str) else value


def _whole(text: str) -> int:
    number = _seed(text)
    if number == 0:
        raise UserError("bad_whole", value=text)
    return number


def _seed(text: str) -> int:
    if not re.fullmatch("0*[0-9]{1,9}", text):
        raise UserError("bad_whole", value=text)
    return int(text)


LONGEST_NAME = 255
"""Letters of a file's or folder's name, on every usual system."""


def _path(text: str) -> Path:
    """A place that may be there or not. Raises UserError ``path_unusable`` for one that the system
    does not take: too long, in a folder that is closed to us."""
    if not text.strip() or "\0" in text:
        raise UserError("bad_path")
    path = Path(text)
    if max(map(len, path.parts), default=0) > LONGEST_NAME:  # Windows says that it is not there
        raise UserError("path_unusable", path=path)
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        pass
    except OSError:
        raise UserError("path_unusable", path=path) from None
    return path


def _iso_date(text: str) -> date:
    try:
        return parse_iso_date(text)
    except UserError:
        raise UserError("bad_iso_date", value=text) from None


WHOLE = Parsed("N", _whole)
SEED = Parsed("S", _seed)
DATE = Parsed("DATE", _iso_date)
PATH = Parsed("PATH", _path)


# -- help and usage errors in Portuguese ----------------------------------------------------------


def _help_option(command: click.Command, ctx: click.Context) -> click.Option | None:
    option = click.Command.get_help_option(command, ctx)
    if option is not None:
        option.help = "Mostra esta ajuda."
    return option


class Command(click.Command):
    """A command whose help is in Portuguese."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """A number below zero is a bad value, not an unknown option."""
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            if re.fullmatch("-[0-9]", error.option_name):
                raise UserError("bad_whole", value=error.option_name) from None
            raise

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        return _help_option(self, ctx)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        pieces = " ".join(self.collect_usage_pieces(ctx)).replace("OPTIONS", "OPÇÕES")
        formatter.write_usage(ctx.command_path, pieces, prefix="Uso: ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        options = [param for param in self.get_params(ctx) if isinstance(param, click.Option)]
        rows = [row for option in options if (row := option.get_help_record(ctx))]
        rows = [(words, text.replace("[required]", "[obrigatória]")) for words, text in rows]
        if rows:
            with formatter.section("Opções"):
                formatter.write_dl(rows)


class Group(Command, click.Group):
    """A group whose help is in Portuguese."""

    command_class = Command

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_usage(ctx.command_path, "[OPÇÕES] COMANDO …", prefix="Uso: ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        Command.format_options(self, ctx, formatter)
        rows = [
            (name, command.get_short_help_str(90))
            for name in self.list_commands(ctx)
            if (command := self.get_command(ctx, name)) is not None
        ]
        with formatter.section("Comandos"):
            formatter.write_dl(rows)


def usage_sentence(error: click.UsageError) -> str:
    """What is wrong with the words of a command."""
    where = error.ctx.command_path if error.ctx else "osdesk"
    match error:
        case click.NoSuchOption():
            what = f"A opção {error.option_name} não existe."
        case click.MissingParameter():
            match error.param:
                case click.Option(opts=[name, *_]):
                    pass
                case click.Parameter(human_readable_name=name):
                    pass
                case _:
                    name = ""
            what = f"Falta informar {name}."
        case click.BadOptionUsage():
            what = f"A opção {error.option_name} foi usada de forma errada."
        case _:
            what = "O comando não foi entendido."
    return f"{what} Veja {where} --help."


# -- the folder -----------------------------------------------------------------------------------


_given: dict[str, Path] = {}
"""The folder of the running command; forgotten when the next one starts."""


def _keep_folder(ctx: click.Context, param: click.Parameter, value: Path | None) -> None:
    if value is not None:
        _given["data"] = value


def forget_folder() -> None:
    _given.clear()


def with_data(function: F) -> F:
    """``--data DIR``, accepted before and after a command's own words."""
    option = click.option(
        "--data",
        type=PATH,
        metavar="DIR",
        expose_value=False,
        callback=_keep_folder,
        help="Pasta da loja (também OSDESK_DATA).",
    )
    return option(function)


def data_folder() -> Path:
    """``--data``, else ``OSDESK_DATA``, else the user's data folder."""
    given = _given.get("data") or os.environ.get("OSDESK_DATA")
    return _path(str(given)).expanduser().absolute() if given else default_data_dir()


@contextmanager
def opened(*, write: bool = False, create: bool = False) -> Iterator["Store"]:
    """The shop's folder for the length of a command."""
    from osdesk.persistence.store import open_store

    store = open_store(data_folder(), write=write, create=create, clock=clock)
    try:
        if write:
            _refuse_damaged(store)
        if store.missing_changes:
            warn(UserError("changes_missing", count=store.missing_changes))
        yield store
    finally:
        store.close()


@contextmanager
def opened_or_scratch(*, scratch: bool) -> Iterator["Store"]:
    """The shop to write into, made where there is none; ``scratch``: only to look at, and where
    there is none, one that is gone afterwards."""
    folder = data_folder()
    if not scratch:
        with opened(write=True, create=True) as store:
            yield store
    elif folder.exists() and any(folder.iterdir()):
        with opened() as store:
            yield store
    else:
        import tempfile

        from osdesk.persistence.store import open_store

        with tempfile.TemporaryDirectory() as place:
            store = open_store(Path(place) / "shop", write=True, create=True, clock=clock)
            try:
                yield store
            finally:
                store.close()


def _refuse_damaged(store: "Store") -> None:
    """A command has no window that says it later: a file that was touched since its last close is
    looked at before anything is written into it."""
    from osdesk.jobs.check import quick_check

    if store.touched and quick_check(store, stopped=lambda: False):
        store.database.refuse_writing()
        raise UserError("shop_read_only")


# -- in and out -----------------------------------------------------------------------------------


def say(text: str) -> None:
    click.echo(text)


def warn(error: UserError) -> None:
    from osdesk.texts import sentence

    click.echo(sentence(error), err=True)


def emit(value: object) -> None:
    """One JSON value on one line, flushed."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def open_input(name: str) -> AbstractContextManager[IO[bytes]]:
    """A file named on the command line, or standard input for ``-``, which stays open."""
    if name == "-":
        return nullcontext(sys.stdin.buffer)
    try:
        return Path(name).open("rb")
    except OSError:
        raise UserError("cannot_read", path=name) from None


def documents(lines: IO[bytes]) -> Iterator[Any]:
    """JSON documents of a stream, each as soon as it is whole: one a line, or one over many lines.

    Raises UserError ``bad_json`` with the line for what can never become JSON.
    """
    from osdesk.interchange.strict_json import parse_json

    pending, first = "", 0
    for count, raw in enumerate(iter(lines.readline, b""), start=1):
        try:
            text = raw.decode("utf-8-sig" if count == 1 else "utf-8")
        except UnicodeDecodeError:
            raise UserError("bad_encoding", line=count) from None
        if not pending.strip():
            pending, first = "", count
        pending += text
        if not pending.strip():
            continue
        try:
            yield parse_json(pending)
        except json.JSONDecodeError as error:
            if error.pos < len(pending.rstrip()):
                raise UserError("bad_json", line=first) from None
            continue
        pending = ""
    if pending.strip():
        raise UserError("bad_json", line=first)


def one_document(name: str) -> Any:
    """The single JSON document of a file or of standard input."""
    with open_input(name) as lines:
        found = list(documents(lines))
    if len(found) != 1:
        raise UserError("one_json")
    return found[0]
