"""What a report of data brought in says, row by row."""

from collections.abc import Mapping

from osdesk.domain.arrivals import ImportReport, Outcome, RowReport
from osdesk.domain.codes import ImportKind
from osdesk.texts.errors import sentence
from osdesk.texts.fields import field_name, plural

KIND: Mapping[ImportKind, str] = {
    ImportKind.CUSTOMERS: "Clientes",
    ImportKind.CATALOG: "Catálogo",
    ImportKind.ORDERS: "Ordens de serviço",
    ImportKind.MAPOS: "MAP-OS",
}

OUTCOME: Mapping[Outcome, str] = {
    Outcome.TAKEN: "Trazida",
    Outcome.SAME: "Já existe",
    Outcome.REFUSED: "Recusada",
}

TARGET: Mapping[str, str] = {
    "customer.name": "nome do cliente",
    "customer.phones": "telefone",
    "address.number": "número do endereço",
    "address.complement": "complemento",
    "address.district": "bairro",
    "address.city": "cidade",
    "address.state": "estado",
    "address.zip": "CEP",
    "key": "código no sistema anterior",
    "kind": "tipo (serviço ou material)",
    "unit_price": "preço",
    "active": "em uso",
    "part_condition": "condição da peça",
    "number": "nº da OS",
    "equipment.kind": "aparelho",
    "attendant": "atendente",
    "ready_on": "pronta em",
    "delivered_on": "entregue em",
    "cancelled_on": "cancelada em",
    "warranty": "garantia (dias ou até quando)",
    "items": "descrição dos serviços",
    "labor": "valor da mão de obra",
    "parts": "valor dos materiais",
    "total": "valor total",
    "paid": "valor pago",
    "balance": "saldo a receber",
    "reason": "defeito relatado",
}
"""What a column can be, where it is not the name of a field."""


def target_name(target: str) -> str:
    return TARGET.get(target) or field_name(target)


def row_words(row: RowReport) -> str:
    """``linha 12: recusada: Maria. Preencha: nome.``"""
    words = [f"linha {row.row}: {OUTCOME[row.outcome].lower()}"]
    if row.label:
        words.append(row.label)
    text = ": ".join(words)
    told = [sentence(each) for each in ((row.error,) if row.error else ()) + row.warnings]
    return f"{text}. {' '.join(told)}" if told else text


def columns_words(report: ImportReport) -> str:
    """Which columns were recognised, and which are not used."""
    used = [f"{each.title} → {target_name(each.target)}" for each in report.columns if each.target]
    unused = [each.title for each in report.columns if not each.target]
    lines = []
    if used:
        lines.append("Colunas: " + "; ".join(used) + ".")
    if unused:
        lines.append("Colunas não usadas: " + "; ".join(unused) + ".")
    return "\n".join(lines)


def counts_words(report: ImportReport, *, dry_run: bool) -> str:
    """How many rows came, or would come, are here already, are refused."""
    counts = report.counts
    taken = plural(counts[Outcome.TAKEN], "linha trazida", "linhas trazidas")
    if dry_run:
        taken = plural(counts[Outcome.TAKEN], "linha seria trazida", "linhas seriam trazidas")
    same = plural(counts[Outcome.SAME], "já existe", "já existem")
    refused = plural(counts[Outcome.REFUSED], "recusada", "recusadas")
    return f"{taken} · {same} · {refused}"


def not_carried_words(report: ImportReport) -> str:
    """What the shop has no place for, and what was taken for something."""
    if not report.not_carried:
        return ""
    left = "; ".join(f"{what}: {count}" for what, count in sorted(report.not_carried.items()))
    return f"Não veio, ou veio de outro modo: {left}."


def summary(report: ImportReport, *, dry_run: bool) -> str:
    """The counts, what did not come, and the batch's number."""
    lines = [counts_words(report, dry_run=dry_run)]
    if words := not_carried_words(report):
        lines.append(words)
    if report.batch is not None:
        lines.append(f"lote {report.batch}")
    elif dry_run:
        lines.append("Simulação: nada foi gravado.")
    return "\n".join(lines)


def undone_words(batch: int, orders: int, customers: int, entries: int) -> str:
    """What went with a batch that was taken back."""
    parts = (
        (orders, plural(orders, "ordem", "ordens")),
        (customers, plural(customers, "cliente", "clientes")),
        (entries, plural(entries, "item do catálogo", "itens do catálogo")),
    )
    told = ", ".join(words for count, words in parts if count) or "nada"
    return f"Lote {batch} desfeito: {told}."
