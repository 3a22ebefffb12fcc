"""A dump of MAP-OS 4.x as customers, catalogue, people and orders of the shop.

A dump comes table by table, an order is made of several: its rows are sorted by what they belong to
in a scratch file, so that a large one takes no more memory than a small one.
"""

import json
import re
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, BinaryIO, TextIO
from zoneinfo import ZoneInfo

from osdesk.domain.arrivals import NOT_TOLD, Arrival, ArrivedNote, ArrivedOrder, ArrivedPayment
from osdesk.domain.codes import ItemKind, PaymentMethod
from osdesk.domain.errors import UserError
from osdesk.domain.identifiers import normalize_document
from osdesk.domain.money import MAX_CENTS, line_total
from osdesk.domain.orders.forms import (
    CatalogForm,
    CustomerForm,
    EmployeeForm,
    EquipmentForm,
    ItemForm,
    OrderForm,
    PhoneForm,
)
from osdesk.domain.orders.status import Status
from osdesk.domain.text import NAME_LIMIT, TEXT_LIMIT, fold
from osdesk.interchange.cells import plain
from osdesk.interchange.incoming import values
from osdesk.interchange.incoming.rows import LINES_BEFORE, LONG_AGO
from osdesk.interchange.incoming.sql_dump import rows_of
from osdesk.interchange.incoming.tables import Progress, encoding_of, opened

SOURCE = "mapos:"
BELONGS_TO = {
    "clientes": "idClientes",
    "usuarios": "idUsuarios",
    "produtos": "idProdutos",
    "servicos": "idServicos",
    "os": "idOs",
    "produtos_os": "os_id",
    "servicos_os": "os_id",
    "anotacoes_os": "os_id",
    "lancamentos": "idLancamentos",
}
"""Tables that are read, and the column by which a row is found again."""
NOT_CARRIED = {
    "anexos": "anexos das OS (só o endereço está no dump)",
    "garantias": "textos de garantia",
    "vendas": "vendas de balcão",
    "itens_de_vendas": "itens de vendas de balcão",
    "cobrancas": "cobranças de gateway",
    "contas": "contas bancárias",
    "categorias": "categorias financeiras",
    "documentos": "documentos avulsos",
    "equipamentos": "cadastro de equipamentos",
    "equipamentos_os": "equipamentos ligados a OS",
    "permissoes": "permissões",
}
"""Of tables that the shop has no place for; others hold nothing of a shop's day."""
STATUS = {
    "aberto": Status.RECEIVED,
    "orcamento": Status.AWAITING_APPROVAL,
    "negociacao": Status.AWAITING_APPROVAL,
    "aprovado": Status.APPROVED,
    "aguardando pecas": Status.AWAITING_PART,
    "em andamento": Status.IN_PROGRESS,
    "faturado": Status.DELIVERED,
    "cancelado": Status.CANCELLED,
}
METHOD = {
    "dinheiro": PaymentMethod.CASH,
    "cartao de credito": PaymentMethod.CREDIT,
    "cartao de debito": PaymentMethod.DEBIT,
    "boleto": PaymentMethod.BOLETO,
    "deposito": PaymentMethod.TRANSFER,
    "pix": PaymentMethod.PIX,
    "cheque": PaymentMethod.CHEQUE,
}
_READ = 0.6
"""What share of the work is reading; the rest is bringing in."""
Row = Mapping[str, Any]


@contextmanager
def open_dump(
    path: Path, progress: Progress, *, zone: ZoneInfo, today: date, not_carried: dict[str, int]
) -> Iterator[Iterator[Arrival]]:
    """Everything of a dump that the shop has a place for; ``not_carried`` is filled on the way.

    Raises UserError ``cannot_read``, ``dump_broken``, ``dump_no_columns``, ``dump_no_mapos``.
    """
    with tempfile.TemporaryDirectory(prefix="osdesk-") as folder:
        scratch = sqlite3.connect(Path(folder) / "rows.db", isolation_level=None)
        try:
            left = Counter[str]()
            _sort(path, scratch, progress, left)
            yield _Shop(scratch, zone, today, left, not_carried, progress).arrivals()
        finally:
            scratch.close()


def _sort(path: Path, scratch: sqlite3.Connection, progress: Progress, left: Counter[str]) -> None:
    with opened(path) as raw:
        encoding = _letters_of(raw)
    scratch.execute("PRAGMA journal_mode=OFF")
    scratch.execute("PRAGMA synchronous=OFF")
    scratch.execute("CREATE TABLE rows (name TEXT, key INTEGER, body TEXT)")
    scratch.execute("BEGIN")
    size = path.stat().st_size or 1
    known = set()
    with path.open(encoding=encoding, errors="replace", newline="") as text:
        stream: TextIO = text
        for row in rows_of(stream):
            progress.share = _READ * min(1.0, stream.buffer.tell() / size)
            column = BELONGS_TO.get(row.table)
            key = row.values.get(column) if column else None
            if key is None or not re.fullmatch(r"\d{1,15}", key):
                left[row.table] += 1
                continue
            known.add(row.table)
            body = json.dumps(row.values, ensure_ascii=False)
            scratch.execute("INSERT INTO rows VALUES (?, ?, ?)", (row.table, int(key), body))
    scratch.execute("CREATE INDEX by_key ON rows (name, key)")
    scratch.execute("COMMIT")
    if not known & {"clientes", "os"}:
        raise UserError("dump_no_mapos", path=path.name)


_LETTERS = re.compile(rb"SET (?:NAMES|character_set_client *=) *(\w+)", re.IGNORECASE)


def _letters_of(stream: BinaryIO) -> str:
    """The encoding that the dump names: bytes that are no text, as those of sessions, stand in it
    as they are, so that not all of it need be text."""
    named = _LETTERS.search(stream.read(1 << 16))
    stream.seek(0)
    if named is not None and named[1].lower().startswith(b"utf8"):
        return "utf-8-sig"
    if named is not None and named[1].lower() == b"latin1":
        return "cp1252"
    return encoding_of(stream)


class _Shop:
    """The sorted rows of one dump."""

    def __init__(
        self,
        scratch: sqlite3.Connection,
        zone: ZoneInfo,
        today: date,
        left: Counter[str],
        not_carried: dict[str, int],
        progress: Progress,
    ) -> None:
        self._scratch = scratch
        self._zone = zone
        self._today = today
        self._left = left
        self._not_carried = not_carried
        self._progress = progress
        self._row = 0
        self._people = {key: _line(row, "nome") or NOT_TOLD for key, row in self._all("usuarios")}

    def arrivals(self) -> Iterator[Arrival]:
        for table, count in sorted(self._left.items()):
            if table in NOT_CARRIED:
                self._miss(NOT_CARRIED[table], count)
        total = self._scratch.execute("SELECT count(*) FROM rows").fetchone()[0] or 1
        for arrival in self._each():
            self._progress.share = _READ + (1 - _READ) * min(1.0, self._row / total)
            yield arrival

    def _each(self) -> Iterator[Arrival]:
        for _, row in self._all("usuarios"):
            name, active = _line(row, "nome") or "", row.get("situacao") != "0"
            yield self._arrival(name, EmployeeForm(name, active=active))
        for key, row in self._all("clientes"):
            if row.get("fornecedor") == "1":
                self._miss("fornecedores (vêm só os que têm OS)")
                continue
            person, told = _person(row)
            yield self._arrival(person.name, person, told, key=f"{SOURCE}{key}")
        for table in ("servicos", "produtos"):
            for _, row in self._all(table):
                yield self._entry(row, table)
        for key, row in self._all("os"):
            label = f"OS {key}"
            try:
                order, told = self._order(key, row)
            except UserError as error:
                yield self._arrival(label, None, error=error)
                continue
            yield self._arrival(f"{label} · {order.form.customer.name}", order, told)
        self._unused_money()

    def _arrival(
        self,
        label: str,
        item: Any,
        warnings: tuple[UserError, ...] = (),
        *,
        key: str | None = None,
        error: UserError | None = None,
    ) -> Arrival:
        """Rows are counted as they are brought in: lines of a dump say nothing to anybody."""
        self._row += 1
        return Arrival(self._row, label, item, error, warnings, key)

    def _all(self, table: str) -> Iterator[tuple[int, Row]]:
        query = "SELECT key, body FROM rows WHERE name = ? ORDER BY key, rowid"
        for key, body in self._scratch.execute(query, (table,)):
            yield key, json.loads(body)

    def _of(self, table: str, key: int) -> list[Row]:
        query = "SELECT body FROM rows WHERE name = ? AND key = ? ORDER BY rowid"
        return [json.loads(body) for (body,) in self._scratch.execute(query, (table, key))]

    def _miss(self, what: str, count: int = 1) -> None:
        self._not_carried[what] = self._not_carried.get(what, 0) + count

    def _entry(self, row: Row, table: str) -> Arrival:
        service = table == "servicos"
        name = _line(row, "nome" if service else "descricao") or ""
        try:
            form = CatalogForm(
                ItemKind.SERVICE if service else ItemKind.PART,
                name,
                unit=_line(row, "unidade") or "un",
                unit_price=_money(row, "preco" if service else "precoVenda"),
                unit_cost=_money(row, "precoCompra") or None,
            )
        except UserError as error:
            return self._arrival(name, None, error=error)
        if service and _line(row, "descricao"):
            self._miss("descrições de serviços do catálogo")
        if _line(row, "codDeBarra"):
            self._miss("códigos de barras do catálogo")
        if (row.get("estoque") or "0") != "0":
            self._miss("quantidades em estoque")
        return self._arrival(name, form)

    # -- orders ----------------------------------------------------------------------------------

    def _order(self, key: int, row: Row) -> tuple[ArrivedOrder, tuple[UserError, ...]]:
        customers = self._of("clientes", _whole(row, "clientes_id"))
        if not customers:
            raise UserError("required", field="customer.name")
        person, told = _person(customers[0])
        entered = _day(row, "dataInicial")
        ends = _day(row, "dataFinal")
        assumed: list[str] = []
        if entered is None:
            entered = ends if ends is not None and ends <= self._today else None
            if entered is None:
                raise UserError("required", field="requested_at")
            assumed.append("requested_at")
        described = _text(row, "descricaoProduto")
        reason = _text(row, "defeito")
        form = OrderForm(
            customer=person,
            equipment=_device(described, assumed),
            service_type=NOT_TOLD,
            reason=reason or NOT_TOLD,
            technician=self._people.get(_whole(row, "usuarios_id")),
            requested_at=datetime.combine(entered, time(), self._zone),
            notes=_text(row, "observacoes") or None,
            report=_text(row, "laudoTecnico") or None,
        )
        if not reason:
            assumed.append("reason")
        order = ArrivedOrder(
            form,
            number=key,
            customer_key=f"{SOURCE}{row.get('clientes_id')}",
            assumed=assumed,
            log=[self._note(note) for note in self._of("anotacoes_os", key)],
        )
        if form.equipment.kind != described:
            order.log.insert(0, ArrivedNote(f"Descrição no MAP-OS: {described}", self._at(entered)))
        self._lines(key, row, order)
        self._stand(row, order, entered, ends)
        self._pay(row, order, entered)
        self._fit(order, entered)
        return order, told

    def _at(self, day: date) -> datetime:
        return datetime.combine(day, time(), self._zone)

    def _note(self, row: Row) -> ArrivedNote:
        at = values.moment_of(row.get("data_hora"), "notes", self._zone)
        return ArrivedNote(_text(row, "anotacao") or "", at or self._at(self._today))

    def _lines(self, key: int, row: Row, order: ArrivedOrder) -> None:
        items: list[ItemForm] = []
        for table, kind, name in (
            ("servicos_os", ItemKind.SERVICE, "servico"),
            ("produtos_os", ItemKind.PART, "descricao"),
        ):
            for line in self._of(table, key):
                item = self._line(line, table, kind, name)
                if item is not None:
                    items.append(item)
        total = _money(row, "valorTotal")
        if not items and total:
            items.append(ItemForm(ItemKind.SERVICE, LINES_BEFORE, unit_price=total))
        whole = sum(line_total(item.quantity, item.unit_price) for item in items)
        order.form.items = items
        after = _money(row, "valor_desconto")
        given = _money(row, "desconto")
        if 0 < after < total:
            discount = total - after
        elif (row.get("tipo_desconto") or "").startswith("porcento"):
            discount = (whole * given + 50_00) // 100_00
        else:
            discount = given
        if discount > whole:
            self._miss("descontos maiores que o total")
            discount = 0
        order.form.discount = discount
        if total and whole != total:
            order.told["valorTotal"] = str(row.get("valorTotal"))
            self._miss("totais que não são a soma dos itens (valem os itens)")

    def _line(self, line: Row, table: str, kind: ItemKind, name: str) -> ItemForm | None:
        quantity = _thousandths(line.get("quantidade"))
        price = _money(line, "preco")
        if not price and quantity:
            price = _money(line, "subTotal") * 1000 // quantity
        text = _line(line, name)
        if text is None:
            listed = "servicos" if kind is ItemKind.SERVICE else "produtos"
            found = self._of(listed, _whole(line, f"{listed}_id"))
            text = _line(found[0], "nome" if listed == "servicos" else "descricao") if found else ""
        if not quantity or price * quantity > MAX_CENTS * 1000:
            self._miss("itens sem quantidade")
            return None
        return ItemForm(kind, text or NOT_TOLD, quantity, unit_price=price)

    def _stand(self, row: Row, order: ArrivedOrder, entered: date, ends: date | None) -> None:
        words = _line(row, "status") or ""
        order.told["status"] = words
        name = fold(words)
        done = ends if ends is not None and ends <= self._today else None
        if name in STATUS:
            order.status = STATUS[name]
        elif name == "finalizado":
            old = self._today - (done or entered) > LONG_AGO
            order.status = Status.DELIVERED if old else Status.READY
            if old:
                order.assumed.append("status")
        else:
            known = values.STATUS_WORDS.get(name)
            order.status = known if isinstance(known, Status) else Status.RECEIVED
            if known is None:
                order.assumed.append("status")
                self._miss(f"situação “{words}”, posta como recebida")
        day = done or entered
        match order.status:
            case Status.DELIVERED:
                order.delivered_on = order.ready_on = day
                if done is None:
                    order.assumed.append("delivered_on")
                self._warrant(row, order, day)
            case Status.READY:
                order.ready_on = day
            case Status.RETURNED:
                order.returned_on = day
            case Status.CANCELLED:
                order.cancelled_on = day
                if done is None:
                    order.assumed.append("cancelled_on")
            case _:
                order.form.promised_on = ends

    def _warrant(self, row: Row, order: ArrivedOrder, day: date) -> None:
        try:
            days = values.days_of(row.get("garantia"), "warranty")
        except UserError:
            order.told["garantia"] = str(row.get("garantia"))
            return
        if days is not None:
            order.warranty_until = day + timedelta(days=max(days, 90))

    def _pay(self, row: Row, order: ArrivedOrder, entered: date) -> None:
        """The money that the order's entry in the cash book tells of. Where a finished order has
        none, nobody wrote its money there: it is taken for paid, and said so."""
        total = sum(line_total(each.quantity, each.unit_price) for each in order.form.items)
        total -= order.form.discount
        invoice = _whole(row, "lancamento")
        found = self._of("lancamentos", invoice) if invoice else []
        if not found:
            if order.status is Status.DELIVERED and total > 0:
                order.payments.append(
                    ArrivedPayment(total, PaymentMethod.CASH, order.delivered_on or entered)
                )
                order.assumed.extend(("paid", "method", "paid_on"))
                self._miss("OS terminadas sem lançamento, supostas pagas")
            return
        booked = found[0]
        due_on, paid_on = _day(booked, "data_vencimento"), _day(booked, "data_pagamento")
        amount = _money(booked, "valor_desconto") or _money(booked, "valor")
        self._scratch.execute(
            "UPDATE rows SET body = '' WHERE name = 'lancamentos' AND key = ?", (invoice,)
        )
        if booked.get("baixado") != "1":
            order.form.due_on = due_on
            return
        if order.status is Status.CANCELLED:
            self._miss("pagamentos de OS canceladas (não se sabe se foram devolvidos)")
            return
        if amount > total:
            self._miss("pagamentos acima do total da OS (vem o total)")
            amount = total
        if amount <= 0:
            return
        method = METHOD.get(fold(_line(booked, "forma_pgto") or ""))
        if method is None:
            method = PaymentMethod.CASH
            order.assumed.append("method")
        if paid_on is None or paid_on > self._today:
            paid_on = order.delivered_on or entered
            order.assumed.append("paid_on")
        order.payments.append(ArrivedPayment(amount, method, paid_on))
        if amount < total:
            order.form.due_on = due_on

    def _unused_money(self) -> None:
        query = "SELECT count(*) FROM rows WHERE name = 'lancamentos' AND body <> ''"
        count = self._scratch.execute(query).fetchone()[0]
        if count:
            self._miss("lançamentos do caixa que não são de OS", count)

    def _fit(self, order: ArrivedOrder, entered: date) -> None:
        """What is longer than a field holds goes on in notes, nothing is cut."""
        for name in ("reason", "notes", "report"):
            text = getattr(order.form, name)
            if text and len(text) > TEXT_LIMIT:
                setattr(order.form, name, text[:TEXT_LIMIT])
                rest = text[TEXT_LIMIT:]
                pieces = [rest[at : at + TEXT_LIMIT] for at in range(0, len(rest), TEXT_LIMIT)]
                order.log.extend(ArrivedNote(piece, self._at(entered)) for piece in pieces)


# -- one value ------------------------------------------------------------------------------------


def _line(row: Row, column: str) -> str | None:
    """In one line, without what nobody sees."""
    text = " ".join(plain(row.get(column) or "").split())
    return text or None


def _whole(row: Row, column: str) -> int:
    text = row.get(column) or ""
    return int(text) if re.fullmatch(r"\d{1,15}", text) else 0


def _money(row: Row, column: str) -> int:
    return max(values.money_of(row.get(column), column) or 0, 0)


def _day(row: Row, column: str) -> date | None:
    try:
        return values.day_of(row.get(column), column)
    except UserError:
        return None


def _thousandths(text: str | None) -> int:
    match = re.fullmatch(r"(\d{1,6})(?:[.,](\d{1,3})\d*)?", text or "")
    return int(match[1]) * 1000 + int((match[2] or "").ljust(3, "0")) if match else 0


class _Plain(HTMLParser):
    """What is seen of a text that was written in a page's editor."""

    BREAKS = frozenset({"p", "br", "div", "li", "tr", "h1", "h2", "h3", "h4", "ul", "ol", "table"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag in self.BREAKS:
            self.found.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in self.BREAKS:
            self.found.append("\n")

    def handle_data(self, data: str) -> None:
        self.found.append(data)


_TAG = re.compile(
    r"</?(?:p|br|div|span|b|i|u|strong|em|ul|ol|li|h[1-6]|table|tr|td|a|font)\b", re.I
)


def _text(row: Row, column: str) -> str:
    """A free text; of one that is HTML what is seen of it."""
    text = plain(row.get(column) or "")
    if _TAG.search(text) or re.search(r"&(?:[a-z]+|#\d+);", text):
        reader = _Plain()
        reader.feed(text)
        reader.close()
        text = "".join(reader.found).replace("\xa0", " ")
    lines = [line.strip() for line in text.split("\n")]
    return re.sub(r"\n{2,}", "\n", "\n".join(lines)).strip()


def _person(row: Row) -> tuple[CustomerForm, tuple[UserError, ...]]:
    """The customer's card. A document that is none stays readable, among the notes."""
    notes = [f"Contato: {contact}"] if (contact := _line(row, "contato")) else []
    document = values.document_of(row.get("documento"))
    told: tuple[UserError, ...] = ()
    if document is not None:
        try:
            normalize_document(document)
        except UserError as error:
            told = (UserError("import_document_kept", **error.data),)
            notes.append(f"Documento no MAP-OS: {document}")
            document = None
    phones = [PhoneForm(text) for name in ("telefone", "celular") if (text := _line(row, name))]
    street = ", ".join(
        text for name in ("rua", "numero", "complemento") if (text := _line(row, name))
    )
    town = " - ".join(text for name in ("cidade", "estado") if (text := _line(row, name)))
    code = _line(row, "cep")
    pieces = (street, _line(row, "bairro"), town, code and f"CEP {code}")
    form = CustomerForm(
        name=(_line(row, "nomeCliente") or "")[:NAME_LIMIT],
        phones=phones,
        document=document,
        email=_line(row, "email"),
        address=", ".join(piece for piece in pieces if piece) or None,
        notes="\n".join(notes) or None,
    )
    return form, told


_LABELS = {
    "brand": r"marca|fabricante",
    "model": r"modelo",
    "serial": r"n[º°o.]*\s*(?:de\s*)?s[ée]rie|s[ée]rie|serial|s\s*/\s*n|sn|imei",
    "colour": r"cor",
    "accessories": r"acess[óo]rios?",
}
_KIND = re.compile(r"^\s*(?:aparelho|equipamento|produto|tipo)\s*[:=]\s*", re.IGNORECASE)
_IMEI = re.compile(r"\bIMEI\s*[:=]?\s*(\d{15})\b", re.IGNORECASE)


def _device(text: str, assumed: list[str]) -> EquipmentForm:
    """The device as far as its description tells: lines like ``Marca: Dell``; the first other line
    is what it is."""
    found: dict[str, str] = {}
    rest = []
    for line in text.split("\n"):
        for name, words in _LABELS.items():
            match = re.fullmatch(rf"\s*(?:{words})\s*[:=]\s*(.+)", line, re.IGNORECASE)
            if match and name not in found:
                found[name] = match[1].strip()[:NAME_LIMIT]
                break
        else:
            rest.append(line)
    first = next((line for line in rest if line.strip()), "")
    kind = _KIND.sub("", first).strip()[:NAME_LIMIT]
    if "serial" not in found and (imei := _IMEI.search(text)):
        found["serial"] = imei[1]
    if not kind:
        assumed.append("equipment.kind")
    return EquipmentForm(kind=kind or NOT_TOLD, **found)
