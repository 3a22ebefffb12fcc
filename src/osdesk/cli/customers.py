"""``osdesk customer …``: one customer as JSON, all that is held of a person, erased for good, two
records made one and parted again."""

from pathlib import Path

import click

from osdesk.cli import frame
from osdesk.cli.frame import PATH, WHOLE, Group, opened, with_data

KEY = click.argument("key", metavar="ID", type=WHOLE)


@click.group(cls=Group)
@with_data
def customer() -> None:
    """Clientes: ver, exportar tudo o que há de uma pessoa, apagar os dados dela, unir cadastros."""


@customer.command()
@KEY
@with_data
def show(key: int) -> None:
    """O cliente em JSON."""
    from osdesk.interchange.shape_json import customer_to_json
    from osdesk.services.customers.customers import customer_view, standing_id
    from osdesk.services.customers.merging import all_records_of
    from osdesk.services.customers.privacy import held_of

    with opened() as store:
        found = store.database.read(customer_view, key)
        held = store.database.read(held_of, key)
        into = store.database.read(standing_id, key)
        frame.emit(
            {
                "id": key,
                **customer_to_json(found),
                "orders": list(held.orders),
                "merged": store.database.read(all_records_of, key)[1:],
                "merged_into": None if into == key else into,
            }
        )


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
                f"Ainda há dados dele nestes backups de {store.backups}, e nas cópias que houver "
                "em outros lugares; guarde-os só enquanto precisar:"
            )
            for name in backups:
                frame.say(f"  {name}")


@customer.command()
@click.argument("keep", type=WHOLE)
@click.argument("gone", type=WHOLE)
@with_data
def merge(keep: int, gone: int) -> None:
    """Une dois cadastros da mesma pessoa: tudo do segundo passa para o primeiro."""
    from osdesk.services.customers.merging import merge_customers

    with opened(write=True) as store:
        store.database.run(merge_customers, keep, gone, now=frame.clock(), author=None)
        frame.say(
            f"O cadastro {gone} foi unido ao {keep}. Para desfazer: osdesk customer unmerge {gone}"
        )


@customer.command()
@KEY
@with_data
def unmerge(key: int) -> None:
    """Desfaz a união: o cadastro ID volta, com as ordens, os aparelhos e os telefones dele."""
    from osdesk.services.customers.merging import unmerge_customer

    with opened(write=True) as store:
        keep = store.database.run(unmerge_customer, key, now=frame.clock(), author=None)
        frame.say(f"O cadastro {key} voltou a ser separado do {keep}.")
