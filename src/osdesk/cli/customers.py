"""``osdesk customer …``: one customer as JSON, all that is held of a person, erased for good."""

from pathlib import Path

import click

from osdesk.cli import frame
from osdesk.cli.frame import PATH, WHOLE, Group, opened, with_data

KEY = click.argument("key", metavar="ID", type=WHOLE)


@click.group(cls=Group)
@with_data
def customer() -> None:
    """Clientes: ver, exportar tudo o que há de uma pessoa, apagar os dados dela."""


@customer.command()
@KEY
@with_data
def show(key: int) -> None:
    """O cliente em JSON."""
    from osdesk.interchange.shape_json import customer_to_json
    from osdesk.services.customers.customers import customer_view
    from osdesk.services.customers.privacy import held_of

    with opened() as store:
        found = store.database.read(customer_view, key)
        held = store.database.read(held_of, key)
        frame.emit({"id": key, **customer_to_json(found), "orders": list(held.orders)})


@customer.command()
@KEY
@click.option("--out", type=PATH, required=True, metavar="DIR", help="Pasta de destino, vazia.")
@with_data
def export(key: int, out: Path) -> None:
    """Tudo o que há de uma pessoa, em PDF e JSON, com fotos e papéis."""
    from osdesk.jobs.privacy import export_person

    with opened() as store:
        frame.say(str(export_person(store, key, out, now=frame.clock())))


@customer.command()
@KEY
@with_data
def anonymise(key: int) -> None:
    """Apaga para sempre os dados de uma pessoa; as ordens e os valores ficam."""
    from osdesk.jobs.privacy import anonymise_person

    with opened(write=True) as store:
        backups = anonymise_person(store, key, now=frame.clock(), author=None)
        frame.say(f"Dados do cliente {key} apagados. As ordens e os valores ficaram.")
        if backups:
            frame.say(
                f"Ainda há dados dele nestes backups de {store.backups}; guarde-os só enquanto "
                "precisar:"
            )
            for name in backups:
                frame.say(f"  {name}")
