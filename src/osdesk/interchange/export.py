"""The whole shop as plain files that need no osdesk: JSON Lines for programs, CSV for people.

Rows are written as they come, so that a large shop takes no more memory than a small one.
"""

import csv
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from osdesk import texts
from osdesk.domain.calendar import local_day
from osdesk.domain.identifiers import format_document
from osdesk.domain.money import format_quantity_br
from osdesk.domain.views.orders import (
    CustomerView,
    OrderView,
)
from osdesk.domain.views.shop import (
    CatalogView,
)
from osdesk.interchange.cells import csv_day, csv_number, csv_text
from osdesk.interchange.shape_json import (
    catalog_to_json,
    customer_to_json,
    order_to_json,
    payments_to_json,
)

ORDERS = (
    *("OS", "Cliente", "Telefone", "CPF ou CNPJ", "Equipamento", "Nº de série", "Motivo"),
    *("Tipo de serviço", "Responsável", "Entrada", "Prometida", "Pronta em", "Entregue em"),
    *("Situação", "Serviços e materiais", "Laudo", "Mão de obra (R$)", "Materiais (R$)"),
    *("Desconto (R$)", "Total (R$)", "Pago (R$)", "Saldo (R$)", "Referência externa"),
)
CUSTOMERS = (
    *("Código", "Nome", "Telefones", "CPF ou CNPJ", "E-mail", "Endereço", "Observações"),
    "Cadastrado em",
)
CATALOG = (
    *("Código", "Tipo", "Descrição", "Unidade", "Preço (R$)", "Custo (R$)", "Garantia (dias)"),
    *("Condição", "Em uso"),
)
PAYMENTS = (
    *("Código", "OS", "Cliente", "Data", "Valor (R$)", "Forma", "Recebido por", "Recibo"),
    "Estorna",
)


class _Rows(Protocol):
    def writerow(self, row: Iterable[Any], /) -> Any: ...


class Pair:
    """A ``.jsonl`` and a ``.csv`` of the same rows."""

    def __init__(self, lines: Any, rows: _Rows) -> None:
        self._lines = lines
        self._rows = rows
        self.count = 0

    def add(self, plain: dict[str, Any], row: Iterable[str]) -> None:
        self._lines.write(json.dumps(plain, ensure_ascii=False) + "\n")
        self._rows.writerow(row)
        self.count += 1


@contextmanager
def pair(folder: Path, name: str, head: Iterable[str]) -> Iterator[Pair]:
    with (
        (folder / f"{name}.jsonl").open("w", encoding="utf-8", newline="\n") as lines,
        (folder / f"{name}.csv").open("w", encoding="utf-8-sig", newline="") as table,
    ):
        rows = csv.writer(table, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
        rows.writerow(head)
        yield Pair(lines, rows)


def write_orders(folder: Path, sheets: Iterable[OrderView], zone: ZoneInfo) -> dict[str, int]:
    """Orders, and their payments by order; how many of each."""
    with pair(folder, "orders", ORDERS) as orders, pair(folder, "payments", PAYMENTS) as payments:
        for sheet in sheets:
            orders.add(order_to_json(sheet, zone), _order(sheet))
            for plain, row in zip(payments_to_json(sheet), _payments(sheet), strict=True):
                payments.add({"order": sheet.number, **plain}, row)
        return {"orders.jsonl": orders.count, "payments.jsonl": payments.count}


def write_customers(
    folder: Path, customers: Iterable[CustomerView], zone: ZoneInfo
) -> dict[str, int]:
    with pair(folder, "customers", CUSTOMERS) as out:
        for customer in customers:
            out.add({"id": customer.id, **customer_to_json(customer)}, _customer(customer, zone))
        return {"customers.jsonl": out.count}


def write_catalog(folder: Path, entries: Iterable[CatalogView]) -> dict[str, int]:
    with pair(folder, "catalog", CATALOG) as out:
        for entry in entries:
            out.add(catalog_to_json([entry])[0], _entry(entry))
        return {"catalog.jsonl": out.count}


def _phones(customer: CustomerView) -> str:
    return " / ".join(
        f"{phone.number} ({phone.label})" if phone.label else phone.number
        for phone in customer.phones
    )


def _order(sheet: OrderView) -> list[str]:
    lines = [f"{format_quantity_br(item.quantity)} {item.description}" for item in sheet.items]
    return [
        str(sheet.number),
        csv_text(sheet.customer.name),
        csv_text(_phones(sheet.customer)),
        format_document(sheet.customer.document) if sheet.customer.document else "",
        csv_text(sheet.equipment.title),
        csv_text(sheet.equipment.serial),
        csv_text(sheet.reason),
        csv_text(sheet.service_type),
        csv_text(sheet.technician),
        csv_day(sheet.requested_on),
        csv_day(sheet.promised_on),
        csv_day(sheet.ready_on),
        csv_day(sheet.delivered_on),
        texts.STATUS[sheet.status],
        csv_text("\n".join(lines)),
        csv_text(sheet.report),
        csv_number(sheet.labor_total),
        csv_number(sheet.parts_total),
        csv_number(sheet.discount),
        csv_number(sheet.total),
        csv_number(sheet.paid),
        csv_number(sheet.balance),
        csv_text(sheet.external_ref),
    ]


def _payments(sheet: OrderView) -> Iterator[list[str]]:
    for payment in sheet.payments:
        yield [
            str(payment.id),
            str(sheet.number),
            csv_text(sheet.customer.name),
            csv_day(payment.paid_on),
            csv_number(payment.amount),
            texts.METHOD[payment.method],
            csv_text(payment.received_by),
            str(payment.receipt),
            "" if payment.reverses is None else str(payment.reverses),
        ]


def _customer(customer: CustomerView, zone: ZoneInfo) -> list[str]:
    return [
        str(customer.id),
        csv_text(customer.name),
        csv_text(_phones(customer)),
        format_document(customer.document) if customer.document else "",
        csv_text(customer.email),
        csv_text(customer.address),
        csv_text(customer.notes),
        csv_day(local_day(customer.created_at, zone)),
    ]


def _entry(entry: CatalogView) -> list[str]:
    condition = entry.part_condition
    return [
        str(entry.id),
        texts.ITEM_KIND[entry.kind],
        csv_text(entry.description),
        csv_text(entry.unit),
        csv_number(entry.unit_price),
        "" if entry.unit_cost is None else csv_number(entry.unit_cost),
        "" if entry.warranty_days is None else str(entry.warranty_days),
        texts.PART_CONDITION[condition] if condition else "",
        "sim" if entry.active else "não",
    ]
