"""``attach``: signed sheets that come back go to their orders."""

import sys
from pathlib import Path

import click

from osdesk.cli import frame
from osdesk.cli.frame import PATH, Command, opened, with_data

EXIT_REFUSED = 1


@click.command(cls=Command)
@click.argument("files", metavar="FILE…", type=PATH, nargs=-1, required=True)
@with_data
@click.pass_context
def attach(ctx: click.Context, files: tuple[Path, ...]) -> None:
    """Arquiva digitalizações e fotos de vias assinadas nas suas ordens, pelo QR.

    FILE é um PDF, PNG, JPEG ou WebP, ou uma pasta deles. O que não se pôde ler é dito no fim, e o
    resto é arquivado assim mesmo.
    """
    from osdesk.domain.views.signed import SheetsOfFile
    from osdesk.jobs.signed_sheets import attach_files, files_of
    from osdesk.texts.sheets import filed_words, unread_words

    answers: list[SheetsOfFile] = []
    with opened(write=True) as store:
        found = files_of(files)
        try:
            with click.progressbar(
                length=len(found), label="Lendo", file=sys.stderr, hidden=not sys.stderr.isatty()
            ) as bar:

                def told(sheets: SheetsOfFile) -> None:
                    answers.append(sheets)
                    bar.update(1)

                attach_files(store, found, now=frame.clock(), author=None, told=told)
        finally:  # what was filed before something went wrong is filed, and said
            for sheets in answers:
                for filed in sheets.filed:
                    frame.say(filed_words(filed))
    unread = [sheet for sheets in answers for sheet in sheets.unread]
    for sheet in unread:
        click.echo(unread_words(sheet), err=True)
    if unread:
        ctx.exit(EXIT_REFUSED)
