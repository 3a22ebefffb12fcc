"""The commands themselves, in the order of the contract, and the one place of exit codes."""

import errno
import logging
import os
import sys
from datetime import date
from pathlib import Path
from typing import Any

import click

from osdesk import __version__
from osdesk.cli import frame
from osdesk.cli.customers import customer
from osdesk.cli.frame import DATE, PATH, SEED, WHOLE, Choice, Group, Parsed, opened, with_data
from osdesk.cli.imports import bring
from osdesk.cli.orders import order
from osdesk.cli.papers import attach
from osdesk.domain.backup_password import tidy_password
from osdesk.domain.bug_details import details_of
from osdesk.domain.calendar import Month
from osdesk.domain.codes import Paper, PaperFormat
from osdesk.domain.errors import UserError
from osdesk.domain.orders.status import OrderFilter
from osdesk.domain.views.shop import BackupFigures
from osdesk.paths import log_dir

PAGE = 500
MOST_PROBLEMS = 50
EXIT_REFUSED, EXIT_USAGE, EXIT_IN_USE = 1, 2, 3


@click.group(cls=Group, invoke_without_command=True)
@click.version_option(
    __version__, prog_name="osdesk", message="%(prog)s %(version)s", help="Mostra a versão."
)
@with_data
@click.pass_context
def osdesk(ctx: click.Context) -> None:
    """Ordens de serviço para assistências técnicas. Sem comando, abre o programa."""
    if ctx.invoked_subcommand is None:
        from osdesk.app import main_gui

        ctx.exit(main_gui(frame.data_folder()))


osdesk.add_command(order)
osdesk.add_command(customer)
osdesk.add_command(attach)
osdesk.add_command(bring)


@osdesk.command()
@click.option("--orders", type=WHOLE, default="400", help="Quantas ordens (400).")
@click.option("--seed", type=SEED, default="1", help="Semente: a mesma faz a mesma loja (1).")
@click.option("--until", type=DATE, help="Último dia (hoje).")
@with_data
def demo(orders: int, seed: int, until: date | None) -> None:
    """Enche uma pasta vazia com uma loja de demonstração."""
    from osdesk.jobs.demo.demo import fill_demo

    with opened(write=True, create=True) as store:
        with click.progressbar(
            length=orders, label="Criando ordens", file=sys.stderr, hidden=not sys.stderr.isatty()
        ) as bar:
            fill_demo(
                store, orders=orders, seed=seed, until=until, now=frame.clock(), progress=bar.update
            )
        frame.say(f"Loja de demonstração pronta: {orders} ordens em {store.folder}")


@osdesk.command()
@click.option("--out", type=PATH, required=True, help="Pasta para os papéis e as imagens.")
@with_data
def tour(out: Path) -> None:
    """Faz o trabalho principal em uma loja de demonstração, sem tela."""
    from osdesk.cli.tour import run_tour

    run_tour(out, frame.say)


@osdesk.command()
@click.argument("text", metavar="TEXT")
@click.option("--limit", type=WHOLE, default="100", help="Máximo de resultados (100).")
@with_data
def search(text: str, limit: int) -> None:
    """O que a caixa de busca mostraria, em JSON Lines."""
    from osdesk.interchange.shape_json import row_to_json
    from osdesk.services.orders.search import search_orders
    from osdesk.services.shop.shop import zone_of

    with opened() as store:
        zone = store.database.read(zone_of)
        for row in store.database.read(search_orders, text, now=frame.clock(), limit=limit):
            frame.emit(row_to_json(row, zone))


@osdesk.command("list")
@click.option("--filter", "which", type=Choice(OrderFilter), default="all", help="Quais ordens.")
@click.option("--limit", type=WHOLE, help="Máximo de ordens.")
@with_data
def list_orders(which: OrderFilter, limit: int | None) -> None:
    """A lista de ordens, em JSON Lines, da mais nova à mais antiga."""
    from osdesk.interchange.shape_json import row_to_json
    from osdesk.services.orders.listing import order_page
    from osdesk.services.shop.shop import zone_of

    now = frame.clock()
    with opened() as store:
        zone = store.database.read(zone_of)
        below: int | None = None
        left = limit
        while left is None or left > 0:
            size = PAGE if left is None else min(PAGE, left)
            rows = store.database.read(order_page, which, now=now, below=below, limit=size)
            for row in rows:
                frame.emit(row_to_json(row, zone))
            if len(rows) < size:
                break
            below = rows[-1].number
            left = None if left is None else left - size


@osdesk.command()
@with_data
def dashboard() -> None:
    """Os números do painel, em JSON."""
    from osdesk.interchange.shape_json import dashboard_to_json
    from osdesk.services.reports.dashboard import dashboard as figures

    with opened() as store:
        frame.emit(dashboard_to_json(store.database.read(figures, now=frame.clock())))


@osdesk.command("print")
@click.argument("number", metavar="N", type=WHOLE)
@click.option("--paper", type=Choice(Paper), required=True, help="Qual documento.")
@click.option("--format", "paper_format", type=Choice(PaperFormat), required=True, help="Formato.")
@click.option("--payment", type=WHOLE, metavar="ID", help="Qual pagamento, no recibo.")
@click.option("--out", type=PATH, required=True, metavar="X.pdf", help="Arquivo PDF a gravar.")
@with_data
def print_paper(
    number: int, paper: Paper, paper_format: PaperFormat, payment: int | None, out: Path
) -> None:
    """Grava um documento da OS em PDF."""
    from osdesk.jobs.papers import draw_paper, make_paper, refuse_format
    from osdesk.persistence.files import refuse_unwritable, write_atomic
    from osdesk.services.papers.papers import issued_already

    refuse_format(paper, paper_format)
    now = frame.clock()
    with opened() as store:
        issued = store.database.read(issued_already, number, paper, now=now, payment_id=payment)
        if issued is not None:
            content = draw_paper(store, issued, paper_format)
    if issued is None:
        refuse_unwritable(out)
        with opened(write=True) as store:
            content = make_paper(
                store, number, paper, paper_format, now=now, author=None, payment_id=payment
            ).content
    write_atomic(out, content)
    frame.say(f"{out}")


@osdesk.command()
@click.argument("month", metavar="YYYY-MM", type=Parsed("YYYY-MM", Month.parse))
@click.option("--out", type=PATH, required=True, help="Arquivo: .pdf, .xlsx, .csv ou .json.")
@with_data
def report(month: Month, out: Path) -> None:
    """O fechamento de um mês; o final do nome do arquivo escolhe o formato."""
    from osdesk.jobs.reports import export_report

    with opened() as store:
        export_report(store, month, out, now=frame.clock())
    frame.say(f"{out}")


@osdesk.command()
@click.argument("file", metavar="FILE", type=PATH)
@with_data
@click.pass_context
def verify(ctx: click.Context, file: Path) -> None:
    """Diz se o registro ainda é igual ao documento impresso ou digitalizado."""
    from osdesk.jobs.papers import verify_file
    from osdesk.texts import sentence

    with opened() as store:
        if file.is_file():
            equal, words = verify_file(store, file, now=frame.clock())
        else:
            equal, words = False, sentence(UserError("cannot_read", path=file))
    frame.say(words)
    ctx.exit(0 if equal else EXIT_REFUSED)


@osdesk.command()
@click.option("--out", type=PATH, required=True, metavar="DIR", help="Pasta de destino, vazia.")
@with_data
def export(out: Path) -> None:
    """Exporta ordens, clientes, catálogo e pagamentos em JSON Lines e CSV, com os arquivos."""
    from osdesk.jobs.export import export_all

    with opened() as store:
        counts = export_all(store, out, now=frame.clock())
    listed = " · ".join(f"{name}: {count}" for name, count in counts.items())
    frame.say(f"{out}\n{listed}")


@osdesk.command()
@click.option("--to", type=PATH, metavar="DIR", help="Pasta do backup (a da loja).")
@click.option("--if-due", is_flag=True, help="Só se algo mudou ou ainda não houver um de hoje.")
@click.option(
    "--also", type=PATH, metavar="DIR", help="Com --if-due e --drill: também nesta segunda pasta."
)
@click.option(
    "--drill", is_flag=True, help="Ensaia: restaura à parte o mais novo de cada pasta e compara."
)
@with_data
@click.pass_context
def backup(
    ctx: click.Context, to: Path | None, if_due: bool, also: Path | None, drill: bool
) -> None:
    """Faz um backup verificado, em um só arquivo."""
    if drill:
        ctx.exit(_drill(also))
    from osdesk.jobs.backup import back_up, back_up_if_due

    with opened() as store:
        if if_due:
            made = back_up_if_due(store, now=frame.clock(), second=also)
            if made is None:
                frame.say("O último backup já tem tudo.")
                return
            figures = made
        else:
            figures = back_up(store, to, now=frame.clock())
    frame.say(
        f"{figures.path}\n"
        f"Ordens: {figures.orders} · clientes: {figures.customers} · "
        f"pagamentos: {figures.payments} · arquivos: {figures.files} · "
        f"sequência: {figures.sequence}\n"
        f"SHA-256: {figures.sha256}"
    )


def _drill(also: Path | None) -> int:
    """Try the newest backups; the exit code."""
    from osdesk.jobs.drill import rehearse
    from osdesk.services.shop.shop import zone_of
    from osdesk.texts.backups import drill_words

    with opened() as store:
        drill = rehearse(store, also, clock=frame.clock)
        words = drill_words(drill, store.database.read(zone_of))
    click.echo(words, err=bool(drill.failed))
    return EXIT_REFUSED if drill.failed else 0


@osdesk.command()
@click.argument("file", metavar="FILE", type=PATH)
@click.option("--replace", is_flag=True, help="Substitui a loja, que é guardada antes.")
@click.option("--other-shop", is_flag=True, help="Aceita o backup de outra loja.")
@with_data
def restore(file: Path, replace: bool, other_shop: bool) -> None:
    """Restaura um backup em uma pasta vazia, ou no lugar da loja com --replace.

    A senha de um backup que tem uma é perguntada, ou vem de OSDESK_BACKUP_PASSWORD.
    """
    from osdesk.jobs.backup import restore as restore_backup
    from osdesk.texts import plural
    from osdesk.texts.backups import plan_words

    folder = frame.data_folder()

    def bring_back(passwords: list[str]) -> BackupFigures:
        return restore_backup(
            file,
            folder,
            replace=replace,
            other_shop=other_shop,
            clock=frame.clock,
            passwords=passwords,
            tell=lambda plan: frame.say(plan_words(plan)),
        )

    given = os.environ.get("OSDESK_BACKUP_PASSWORD", "")
    try:
        figures = bring_back([tidy_password(given)] if given else [])
    except UserError as error:
        if error.code != "backup_locked" or not sys.stdin.isatty():
            raise
        typed = click.prompt("Senha do backup", hide_input=True, err=True, prompt_suffix=": ")
        figures = bring_back([tidy_password(typed)])
    orders = plural(figures.orders, "ordem", "ordens")
    frame.say(f"Backup restaurado em {folder}: {orders}.")


@osdesk.command()
@with_data
@click.pass_context
def check(ctx: click.Context) -> None:
    """Confere banco de dados, arquivos, histórico, totais e índice de busca."""
    from osdesk.jobs.check import check as run_check

    with opened() as store:
        problems = run_check(store)
    for problem in problems[:MOST_PROBLEMS]:
        frame.warn(problem)
    if len(problems) > MOST_PROBLEMS:
        click.echo(f"… e mais {len(problems) - MOST_PROBLEMS}.", err=True)
    if problems:
        ctx.exit(EXIT_REFUSED)
    frame.say("Tudo certo: banco de dados, arquivos, histórico, totais e índice de busca.")


@osdesk.command()
@click.option("--dry-run", is_flag=True, help="Só diz o que seria feito.")
@with_data
def upgrade(dry_run: bool) -> None:
    """Atualiza o banco de dados da loja para esta versão do programa."""
    from osdesk.persistence.store import pending_upgrades

    pending = pending_upgrades(frame.data_folder())
    if not pending:
        frame.say("O banco de dados já está atualizado.")
    elif dry_run:
        frame.say("Seriam aplicadas: " + ", ".join(pending))
    else:
        with opened(write=True):
            frame.say("Aplicadas: " + ", ".join(pending))


def _log_bug(error: Exception) -> None:
    """An unforeseen error into the shop's log, where there is a shop; never onto the screen."""
    from osdesk.persistence.folder import DATABASE

    try:
        folder = log_dir(frame.data_folder())
    except UserError:
        return  # where there is no folder there is no log
    if not (folder.parent / DATABASE).is_file():
        return
    folder.mkdir(exist_ok=True)
    handler = logging.FileHandler(folder / "osdesk.log", encoding="utf-8")
    log = logging.getLogger("osdesk")
    log.addHandler(handler)
    try:
        log.error("command failed\n%s", details_of(error))
    finally:
        log.removeHandler(handler)
        handler.close()


def _failed(error: Exception) -> int:
    """An unforeseen error: the bug goes to the log, a sentence out."""
    _log_bug(error)
    click.echo(
        "Erro inesperado do programa. Nada foi gravado pela metade; tente de novo ou veja os "
        "registros.",
        err=True,
    )
    return EXIT_REFUSED


NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def main(words: list[str] | None = None) -> int:
    """Run one command; its exit code: 0 done, 1 refused, 2 not understood, 3 folder in use."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    frame.forget_folder()
    logging.raiseExceptions = False  # a log that finds no room says nothing on the screen
    try:
        result: Any = osdesk.main(words, prog_name="osdesk", standalone_mode=False)
    except UserError as error:
        frame.warn(error)
        return EXIT_IN_USE if error.code == "folder_in_use" else EXIT_REFUSED
    except click.UsageError as error:
        click.echo(frame.usage_sentence(error), err=True)
        return EXIT_USAGE
    except (click.Abort, KeyboardInterrupt):
        click.echo("Interrompido.", err=True)
        return EXIT_REFUSED
    except BrokenPipeError:
        return EXIT_REFUSED
    except OSError as error:
        if error.errno not in NO_ROOM:
            return _failed(error)
        frame.warn(UserError("disk_full"))
        return EXIT_REFUSED
    except Exception as error:  # noqa: BLE001  # the last resort of a command: the bug goes to the log, a sentence out
        return _failed(error)
    return result if isinstance(result, int) else 0
