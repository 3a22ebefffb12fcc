"""``osdesk import …``: customers, catalogue, orders, and taking a batch back."""

import sys
from pathlib import Path

import click

from osdesk.cli import frame
from osdesk.cli.frame import PATH, WHOLE, Group, opened, with_data
from osdesk.domain.codes import ImportKind
from osdesk.domain.errors import UserError

FILE = click.argument("file", metavar="FILE", type=PATH)
DRY_RUN = click.option("--dry-run", is_flag=True, help="Só diz o que seria feito.")
COLUMNS = click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="COLUNA=CAMPO",
    help="Diz o que é uma coluna que não foi reconhecida; sem CAMPO, não é usada.",
)


@click.group("import", cls=Group)
@with_data
def bring() -> None:
    """Traz dados de outro sistema, em um lote que pode ser desfeito."""


@bring.command()
@FILE
@DRY_RUN
@COLUMNS
@with_data
def customers(file: Path, dry_run: bool, columns: tuple[str, ...]) -> None:
    """Clientes, de CSV, planilha .xlsx ou customers.jsonl."""
    _bring(ImportKind.CUSTOMERS, file, dry_run, columns)


@bring.command()
@FILE
@DRY_RUN
@COLUMNS
@with_data
def catalog(file: Path, dry_run: bool, columns: tuple[str, ...]) -> None:
    """Serviços e materiais, de CSV, planilha .xlsx ou catalog.jsonl."""
    _bring(ImportKind.CATALOG, file, dry_run, columns)


@bring.command()
@FILE
@DRY_RUN
@COLUMNS
@with_data
def orders(file: Path, dry_run: bool, columns: tuple[str, ...]) -> None:
    """Ordens de serviço e o que falta pagar, de CSV, planilha .xlsx ou orders.jsonl."""
    _bring(ImportKind.ORDERS, file, dry_run, columns)


@bring.command()
@click.argument("file", metavar="DUMP.sql", type=PATH)
@DRY_RUN
@with_data
def mapos(file: Path, dry_run: bool) -> None:
    """Tudo de um MAP-OS 4, de um dump feito pelo mysqldump ou pelo phpMyAdmin."""
    _bring(ImportKind.MAPOS, file, dry_run, ())


@bring.command()
@click.argument("batch", metavar="BATCH", type=WHOLE)
@with_data
def undo(batch: int) -> None:
    """Desfaz um lote inteiro, se nada dele foi usado depois."""
    from osdesk.jobs.imports import undo_import
    from osdesk.texts.imports import undone_words

    with opened(write=True) as store:
        gone = undo_import(store, batch, now=frame.clock(), author=None)
    frame.say(undone_words(batch, gone.orders, gone.customers, gone.entries))


def _bring(kind: ImportKind, file: Path, dry_run: bool, columns: tuple[str, ...]) -> None:
    from osdesk.jobs.imports import import_file
    from osdesk.texts.imports import columns_words, row_words, summary

    chosen = dict(_column(kind, words) for words in columns)
    if not file.is_file():
        raise UserError("cannot_read", path=file)
    with (
        frame.opened_or_scratch(scratch=dry_run) as store,
        click.progressbar(
            length=1000, label="Trazendo", file=sys.stderr, hidden=not sys.stderr.isatty()
        ) as bar,
    ):
        report = import_file(
            store,
            kind,
            file,
            dry_run=dry_run,
            now=frame.clock(),
            author=None,
            chosen=chosen,
            progress=lambda share, _: bar.update(int(share * 1000) - bar.pos),
        )
    if words := columns_words(report):
        frame.say(words)
    for row in report.rows:
        frame.say(row_words(row))
    frame.say(summary(report, dry_run=dry_run))


def _column(kind: ImportKind, words: str) -> tuple[str, str | None]:
    """``Fone=telefone``: the column's title, and the field by its name or by its code."""
    from osdesk.interchange.incoming.columns import targets
    from osdesk.texts.imports import target_name

    title, sign, name = words.rpartition("=")
    if not sign:
        raise UserError("import_column", value=words)
    if not name.strip():
        return title.strip(), None
    for target in targets(kind):
        if name.strip().casefold() in (target, target_name(target).casefold()):
            return title.strip(), target
    raise UserError("import_column", value=words)
