"""What the counter, the accountant and the lawyer asked for after the first version.

Revision 0003. Adds columns, tables and indexes; history, quotes and papers take less room; no row
of revision 0002 changes its meaning.
"""

import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

DAY = "GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'"

# -- charges: what an order comes to beside its lines ---------------------------------------------
#
# A row of kind 'allowance' is the price falling after delivery (abatimento), dated the day the
# money was given back; its amount is above zero. A row of kind 'late_fees' is the fine and interest
# of a late payment, booked together with the payment that brought them; below zero where that
# payment was reversed. ``orders.allowance`` and ``orders.late_fees`` are the sums of these rows,
# kept in the transaction that writes them:
# total = lines - discount (or the fee) - allowance + late_fees.

CHARGES = (
    f"""
    CREATE TABLE charges (
        id INTEGER NOT NULL,
        order_id INTEGER NOT NULL,
        kind TEXT NOT NULL,
        at TEXT NOT NULL,
        booked_on TEXT NOT NULL,
        amount INTEGER NOT NULL,
        payment_id INTEGER NOT NULL,
        author_id INTEGER,
        CONSTRAINT pk_charges PRIMARY KEY (id),
        CONSTRAINT ck_charges_kind CHECK (kind IN ('allowance', 'late_fees')),
        CONSTRAINT ck_charges_sign
            CHECK (amount <> 0 AND (kind = 'late_fees' OR amount > 0)),
        CONSTRAINT ck_charges_booked_on_is_day CHECK (booked_on IS NULL OR booked_on {DAY}),
        CONSTRAINT fk_charges_order_id_orders
            FOREIGN KEY(order_id) REFERENCES orders (id) ON DELETE RESTRICT,
        CONSTRAINT fk_charges_payment_id_payments
            FOREIGN KEY(payment_id) REFERENCES payments (id) ON DELETE RESTRICT,
        CONSTRAINT fk_charges_author_id_employees
            FOREIGN KEY(author_id) REFERENCES employees (id) ON DELETE RESTRICT
    ) STRICT
    """,
    "CREATE INDEX ix_charges_order_id ON charges (order_id)",
    "CREATE INDEX ix_charges_booked_on_kind_amount ON charges (booked_on, kind, amount)",
    (
        "CREATE TRIGGER guard_charges_update BEFORE UPDATE ON charges "
        "BEGIN SELECT RAISE(ABORT, 'guard_charges_update'); END"
    ),
    (
        "CREATE TRIGGER guard_charges_delete BEFORE DELETE ON charges "
        "BEGIN SELECT RAISE(ABORT, 'guard_charges_delete'); END"
    ),
    (
        "ALTER TABLE orders ADD COLUMN allowance INTEGER DEFAULT 0 NOT NULL"
        " CONSTRAINT ck_orders_allowance_not_negative CHECK (allowance >= 0)"
    ),
    (
        "ALTER TABLE orders ADD COLUMN late_fees INTEGER DEFAULT 0 NOT NULL"
        " CONSTRAINT ck_orders_late_fees_not_negative CHECK (late_fees >= 0)"
    ),
)

# -- orders: reopening, returns under warranty, a stage that waits for the answer -----------------

ORDERS = (
    # the day of the hand-over that goes on to count while an order is reopened and its device
    # stayed with the customer; the next delivery takes it over
    (
        "ALTER TABLE orders ADD COLUMN handed_on TEXT CONSTRAINT ck_orders_handed_on_is_day"
        f" CHECK (handed_on IS NULL OR handed_on {DAY})"
    ),
    # why a device comes back without charge although no warranty says so
    "ALTER TABLE orders ADD COLUMN warranty_reason TEXT",
    # the stage that an agreed order had when it went back to the customer for approval
    (
        "ALTER TABLE orders ADD COLUMN kept_stage_id INTEGER"
        " CONSTRAINT fk_orders_kept_stage_id_stages REFERENCES stages (id)"
    ),
    # who allowed used or reconditioned parts when the work was approved (CDC art. 21)
    "ALTER TABLE approvals ADD COLUMN used_parts_authorized_by TEXT",
)

# -- reports: a closed month's revenue at hand, what is to be given back --------------------------

REPORTS = (
    # both stand in ``figures`` too, but there a whole month would be read for each
    "ALTER TABLE month_closings ADD COLUMN format INTEGER",
    "ALTER TABLE month_closings ADD COLUMN revenue INTEGER",
    (
        "UPDATE month_closings SET format = json_extract(figures, '$.format'),"
        " revenue = json_extract(figures, '$.figures.revenue')"
    ),
    (
        "CREATE TRIGGER guard_month_closings_revenue BEFORE UPDATE OF format, revenue"
        " ON month_closings BEGIN SELECT RAISE(ABORT, 'guard_month_closings_revenue'); END"
    ),
    "CREATE INDEX ix_orders_to_refund ON orders (balance) WHERE balance < 0",
)

# -- the order list sorted by any column: walked along an index ------------------------------------

SORTED = (
    "CREATE INDEX ix_orders_technician_id ON orders (technician_id)",
    "CREATE INDEX ix_orders_promised_on ON orders (promised_on)",
    "CREATE INDEX ix_orders_total ON orders (total)",
    "CREATE INDEX ix_equipment_kind_brand_model ON equipment (kind, brand, model)",
)

# -- customers: two records of one person made one, and parted again -------------------------------

MERGED = (
    (
        "ALTER TABLE customers ADD COLUMN merged_into_id INTEGER"
        " CONSTRAINT fk_customers_merged_into_id_customers REFERENCES customers (id)"
    ),
    (
        "CREATE INDEX ix_customers_merged ON customers (merged_into_id)"
        " WHERE merged_into_id IS NOT NULL"
    ),
    # both may have the same document once one of them is shown no more
    "DROP INDEX uq_customers_document",
    (
        "CREATE UNIQUE INDEX uq_customers_document ON customers (document)"
        " WHERE document IS NOT NULL AND merged_into_id IS NULL"
    ),
    # who was known by it under a record that is shown no more is looked for at each save
    "CREATE INDEX ix_customers_document ON customers (document) WHERE document IS NOT NULL",
)

# -- search: more of an order is found, and in any spelling ----------------------------------------
#
# The index holds, beside the words themselves: the last four letters of phones, documents and
# serials; e-mail, kind, brand and model as one word without signs ("microondas", "iphone13"); and
# texts in which a number has dots once more without them ("9.000 BTU" as 9000); names without
# their apostrophes ("davila").

SYNONYMS = (
    "geladeira, refrigerador",
    "máquina de lavar, lavadora, lava-roupas, tanquinho",
    "celular, smartphone, telefone",
    "TV, televisão, televisor",
    "notebook, laptop",
    "computador, PC, desktop",
    "videogame, console",
    "micro-ondas, forno de micro-ondas",
    "ar-condicionado, split",
    "caixa de som, alto-falante",
    "tela, display, visor",
)


def _joined(text: str) -> str:
    for sign in (" ", "-", ".", "/", "_", "+", "@"):
        text = f"replace({text}, '{sign}', '')"
    return text


def _undotted(text: str) -> str:
    return f"iif({text} GLOB '*[0-9].[0-9]*', replace({text}, '.', ''), '')"


def _without_apostrophes(text: str) -> str:
    plain = f"replace(replace({text}, char(39), ''), char(8217), '')"
    return f"iif({plain} <> {text}, {plain}, '')"


def _or_nothing(*texts: str) -> str:
    """Texts of which some may be NULL, with blanks between them."""
    return " || ' ' || ".join(f"coalesce({text}, '')" for text in texts)


PHONES = (
    "(SELECT group_concat(p.digits || ' ' || p.local || ' ' || substr(p.digits, -4), ' ')"
    " FROM customer_phones AS p WHERE p.customer_id = c.id)"
)
PERSON = (
    "c.name",
    _without_apostrophes("c.name"),
    "c.document",
    "substr(c.document, -4)",
    PHONES,
    "c.email",
    _joined("c.email"),
)
DEVICE_WORDS = (
    *("e.kind", _joined("e.kind"), "e.brand", "e.model", _joined("e.model")),
    _joined("substr(e.model, instr(e.model, ' ') + 1)"),
    _joined("e.brand || e.model"),
    _undotted("e.model"),
    *("e.serial", "e.serial_folded", "substr(e.serial_folded, -4)"),
    *("e.imei2", "e.imei2_folded", "substr(e.imei2_folded, -4)"),
)
ORDER_WORDS = (
    "o.reason",
    _undotted("o.reason"),
    "o.slot",
    "o.external_ref",
    _joined("o.external_ref"),
    "c.address",
)

VIEWS = (
    "DROP VIEW order_search",
    "DROP VIEW customer_search",
    f"""
    CREATE VIEW order_search AS
    SELECT o.number AS number, {_or_nothing(*PERSON, *DEVICE_WORDS, *ORDER_WORDS)} AS body
    FROM orders AS o
    JOIN customers AS c ON c.id = o.customer_id
    JOIN equipment AS e ON e.id = o.equipment_id
    """,  # noqa: S608 - names of columns, written above
    f"""
    CREATE VIEW customer_search AS
    SELECT c.id AS id, {_or_nothing(*PERSON)} AS body FROM customers AS c
    WHERE c.merged_into_id IS NULL
    """,  # noqa: S608 - names of columns, written above
)

ONE_ORDER = "number = {}.number"
OF_CUSTOMER = "number IN (SELECT number FROM orders WHERE customer_id = {}.id)"
REMOVE_ORDERS = (
    "INSERT INTO orders_fts(orders_fts, rowid, body)"
    " SELECT 'delete', number, body FROM order_search WHERE {};"
)
ADD_ORDERS = "INSERT INTO orders_fts(rowid, body) SELECT number, body FROM order_search WHERE {};"
REMOVE_CUSTOMER = (
    "INSERT INTO customers_fts(customers_fts, rowid, body)"
    " SELECT 'delete', id, body FROM customer_search WHERE id = old.id;"
)
ADD_CUSTOMER = (
    "INSERT INTO customers_fts(rowid, body) SELECT id, body FROM customer_search WHERE id = new.id;"
)


def _around(name: str, table: str, columns: tuple[str, ...], before: str, after: str) -> list[str]:
    """The old text leaves the index before a real change, the new one enters after it."""
    changed = " OR ".join(f"old.{column} IS NOT new.{column}" for column in columns)
    update = f"UPDATE OF {', '.join(columns)} ON {table} WHEN {changed}"
    return [
        f"DROP TRIGGER fts_{name}_before",
        f"DROP TRIGGER fts_{name}_after",
        f"CREATE TRIGGER fts_{name}_before BEFORE {update} BEGIN {before} END",
        f"CREATE TRIGGER fts_{name}_after AFTER {update} BEGIN {after} END",
    ]


SEARCH = (
    *VIEWS,
    *_around(
        "orders",
        "orders",
        ("customer_id", "equipment_id", "reason", "slot", "external_ref"),
        REMOVE_ORDERS.format(ONE_ORDER.format("old")),
        ADD_ORDERS.format(ONE_ORDER.format("new")),
    ),
    *_around(
        "customers",
        "customers",
        ("name", "document", "email", "address", "merged_into_id"),
        REMOVE_ORDERS.format(OF_CUSTOMER.format("old")) + " " + REMOVE_CUSTOMER,
        ADD_ORDERS.format(OF_CUSTOMER.format("new")) + " " + ADD_CUSTOMER,
    ),
    "INSERT INTO orders_fts(orders_fts) VALUES ('rebuild')",
    "INSERT INTO customers_fts(customers_fts) VALUES ('rebuild')",
    """
    CREATE TABLE synonyms (
        id INTEGER NOT NULL,
        words TEXT NOT NULL,
        active INTEGER NOT NULL,
        CONSTRAINT pk_synonyms PRIMARY KEY (id),
        CONSTRAINT ck_synonyms_filled CHECK (length(words) > 0)
    ) STRICT
    """,
)
SYNONYM = "INSERT INTO synonyms (words, active) VALUES (:words, 1)"

# -- what was brought in from another system, by batches that can be taken back whole --------------
#
# A row of import_rows says which batch made a row of another table, and which event tells of it.
# Only what a batch that is being taken back made may be deleted; everything else is guarded as
# before. The numbers of orders and receipts go back too, where none was given since.

OF_UNDONE = (
    "EXISTS (SELECT 1 FROM import_rows AS r JOIN import_batches AS b ON b.id = r.batch_id"
    " WHERE r.kind = 'order' AND r.key = {} AND b.undone_at IS NOT NULL)"
)
DELETABLE = {
    "orders": "old.id",
    **dict.fromkeys(
        ("payments", "charges", "quotes", "approvals", "deliveries", "notices", "attachments"),
        "old.order_id",
    ),
}


def _deletable(table: str, key: str) -> tuple[str, str]:
    name = f"guard_{table}_delete"
    return (
        f"DROP TRIGGER {name}",
        (
            f"CREATE TRIGGER {name} BEFORE DELETE ON {table} WHEN NOT {OF_UNDONE.format(key)}"
            f" BEGIN SELECT RAISE(ABORT, '{name}'); END"
        ),
    )


IMPORTS = (
    """
    CREATE TABLE import_batches (
        id INTEGER NOT NULL,
        kind TEXT NOT NULL,
        at TEXT NOT NULL,
        author_id INTEGER,
        source TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        taken INTEGER NOT NULL,
        same INTEGER NOT NULL,
        refused INTEGER NOT NULL,
        order_before INTEGER NOT NULL,
        order_after INTEGER NOT NULL,
        receipt_before INTEGER NOT NULL,
        receipt_after INTEGER NOT NULL,
        undone_at TEXT,
        undone_by_id INTEGER,
        CONSTRAINT pk_import_batches PRIMARY KEY (id),
        CONSTRAINT ck_import_batches_kind
            CHECK (kind IN ('customers', 'catalog', 'orders', 'mapos')),
        CONSTRAINT ck_import_batches_sha256_length CHECK (length(sha256) = 64),
        CONSTRAINT fk_import_batches_author_id_employees
            FOREIGN KEY(author_id) REFERENCES employees (id) ON DELETE RESTRICT,
        CONSTRAINT fk_import_batches_undone_by_id_employees
            FOREIGN KEY(undone_by_id) REFERENCES employees (id) ON DELETE RESTRICT
    ) STRICT
    """,
    """
    CREATE TABLE import_rows (
        kind TEXT NOT NULL,
        "key" INTEGER NOT NULL,
        batch_id INTEGER NOT NULL,
        event_id INTEGER,
        source TEXT,
        CONSTRAINT pk_import_rows PRIMARY KEY (kind, "key"),
        CONSTRAINT ck_import_rows_kind CHECK (kind IN ('customer', 'equipment', 'order', 'catalog',
            'employee', 'service_type', 'slot', 'stage')),
        CONSTRAINT fk_import_rows_batch_id_import_batches
            FOREIGN KEY(batch_id) REFERENCES import_batches (id) ON DELETE RESTRICT,
        CONSTRAINT fk_import_rows_event_id_events
            FOREIGN KEY(event_id) REFERENCES events (id) ON DELETE RESTRICT
    ) WITHOUT ROWID, STRICT
    """,
    'CREATE INDEX ix_import_rows_batch_id_kind_key ON import_rows (batch_id, kind, "key")',
    "CREATE INDEX ix_import_rows_source ON import_rows (kind, source) WHERE source IS NOT NULL",
    "CREATE INDEX ix_import_rows_event_id ON import_rows (event_id) WHERE event_id IS NOT NULL",
    # what refers to a row is looked for before it is deleted
    "CREATE INDEX ix_events_customer ON events (customer_id) WHERE customer_id IS NOT NULL",
    "CREATE INDEX ix_events_payment ON events (payment_id) WHERE payment_id IS NOT NULL",
    (
        "CREATE TRIGGER guard_import_batches_delete BEFORE DELETE ON import_batches"
        " BEGIN SELECT RAISE(ABORT, 'guard_import_batches_delete'); END"
    ),
    (
        "CREATE TRIGGER guard_import_batches_update BEFORE UPDATE OF id, kind, at, author_id,"
        " source, sha256, order_before, receipt_before ON import_batches"
        " BEGIN SELECT RAISE(ABORT, 'guard_import_batches_update'); END"
    ),
    (
        "CREATE TRIGGER guard_import_batches_undone BEFORE UPDATE ON import_batches"
        " WHEN old.undone_at IS NOT NULL"
        " BEGIN SELECT RAISE(ABORT, 'guard_import_batches_undone'); END"
    ),
    (
        "CREATE TRIGGER guard_import_rows_update BEFORE UPDATE ON import_rows"
        " BEGIN SELECT RAISE(ABORT, 'guard_import_rows_update'); END"
    ),
    (
        "CREATE TRIGGER guard_import_rows_delete BEFORE DELETE ON import_rows WHEN NOT EXISTS"
        " (SELECT 1 FROM import_batches WHERE id = old.batch_id AND undone_at IS NOT NULL)"
        " BEGIN SELECT RAISE(ABORT, 'guard_import_rows_delete'); END"
    ),
    *(words for table, key in DELETABLE.items() for words in _deletable(table, key)),
    "DROP TRIGGER guard_counters_back",
    (
        "CREATE TRIGGER guard_counters_back BEFORE UPDATE OF next ON counters"
        " WHEN new.next < old.next AND NOT EXISTS (SELECT 1 FROM import_batches"
        " WHERE undone_at IS NOT NULL AND new.next ="
        " CASE old.name WHEN 'order' THEN order_before WHEN 'receipt' THEN receipt_before END"
        " AND old.next ="
        " CASE old.name WHEN 'order' THEN order_after WHEN 'receipt' THEN receipt_after END)"
        " BEGIN SELECT RAISE(ABORT, 'guard_counters_back'); END"
    ),
    # orders and customers that go leave the search as well
    (
        "CREATE TRIGGER fts_orders_delete BEFORE DELETE ON orders BEGIN "
        + REMOVE_ORDERS.format(ONE_ORDER.format("old"))
        + " END"
    ),
    (
        "CREATE TRIGGER fts_customers_delete BEFORE DELETE ON customers BEGIN "
        + REMOVE_CUSTOMER
        + " END"
    ),
)


# -- room: the same history in half of it ----------------------------------------------------------
#
# Hashes and salts are bytes; the hash before is that of the row before; the hash of an event's
# texts follows from the texts, and is kept only where they were erased; a moment is its number of
# microseconds. What the chain covers is the same, so every hash stays what it was. The JSON of
# quotes and papers is deflated.

EVENTS = """
    CREATE TABLE events_new (
        id INTEGER NOT NULL,
        at INTEGER NOT NULL,
        author_id INTEGER,
        code TEXT NOT NULL,
        order_id INTEGER,
        customer_id INTEGER,
        payment_id INTEGER,
        data TEXT NOT NULL,
        hash BLOB NOT NULL,
        CONSTRAINT pk_events PRIMARY KEY (id AUTOINCREMENT),
        CONSTRAINT ck_events_hash_length CHECK (length(hash) = 32),
        CONSTRAINT fk_events_author_id_employees
            FOREIGN KEY(author_id) REFERENCES employees (id) ON DELETE RESTRICT,
        CONSTRAINT fk_events_customer_id_customers
            FOREIGN KEY(customer_id) REFERENCES customers (id) ON DELETE RESTRICT,
        CONSTRAINT fk_events_order_id_orders
            FOREIGN KEY(order_id) REFERENCES orders (id) ON DELETE RESTRICT,
        CONSTRAINT fk_events_payment_id_payments
            FOREIGN KEY(payment_id) REFERENCES payments (id) ON DELETE RESTRICT
    ) STRICT
    """
EVENT_TEXTS = """
    CREATE TABLE event_texts_new (
        event_id INTEGER NOT NULL,
        salt BLOB NOT NULL,
        body TEXT NOT NULL,
        erased BLOB,
        CONSTRAINT pk_event_texts PRIMARY KEY (event_id),
        CONSTRAINT ck_event_texts_erased CHECK ((erased IS NOT NULL) = (body = '')),
        CONSTRAINT fk_event_texts_event_id_events
            FOREIGN KEY(event_id) REFERENCES events (id) ON DELETE RESTRICT
    ) STRICT
    """
OF_TEXTS = (
    (
        "CREATE TRIGGER guard_event_texts_update BEFORE UPDATE ON event_texts"
        " WHEN new.event_id IS NOT old.event_id OR new.body <> '' OR old.erased IS NOT NULL"
        " BEGIN SELECT RAISE(ABORT, 'guard_event_texts_update'); END"
    ),
)
QUOTES = """
    CREATE TABLE quotes_new (
        id INTEGER NOT NULL,
        order_id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        status TEXT NOT NULL,
        content BLOB NOT NULL,
        total INTEGER NOT NULL,
        start_on TEXT,
        promised_on TEXT,
        valid_until TEXT,
        payment_terms TEXT,
        created_at TEXT NOT NULL,
        sent_at TEXT,
        decided_at TEXT,
        CONSTRAINT ck_quotes_status
            CHECK (status IN ('draft', 'sent', 'approved', 'refused', 'superseded')),
        CONSTRAINT ck_quotes_total_not_negative CHECK (total >= 0),
        CONSTRAINT fk_quotes_order_id_orders
            FOREIGN KEY(order_id) REFERENCES orders (id) ON DELETE RESTRICT,
        CONSTRAINT pk_quotes PRIMARY KEY (id),
        CONSTRAINT uq_quotes_order_id_version UNIQUE (order_id, version)
    ) STRICT
    """
ISSUED_PAPERS = """
    CREATE TABLE issued_papers_new (
        id INTEGER NOT NULL,
        order_id INTEGER NOT NULL,
        payment_id INTEGER,
        paper TEXT NOT NULL,
        version INTEGER NOT NULL,
        issued_at TEXT NOT NULL,
        issued_on TEXT NOT NULL,
        author_id INTEGER,
        total INTEGER NOT NULL,
        canonical BLOB NOT NULL,
        sheet BLOB NOT NULL,
        sha256 TEXT NOT NULL,
        signed_at TEXT,
        CONSTRAINT ck_issued_papers_sha256_length CHECK (length(sha256) = 64),
        CONSTRAINT fk_issued_papers_author_id_employees
            FOREIGN KEY(author_id) REFERENCES employees (id) ON DELETE RESTRICT,
        CONSTRAINT fk_issued_papers_order_id_orders
            FOREIGN KEY(order_id) REFERENCES orders (id) ON DELETE RESTRICT,
        CONSTRAINT fk_issued_papers_payment_id_payments
            FOREIGN KEY(payment_id) REFERENCES payments (id) ON DELETE RESTRICT,
        CONSTRAINT pk_issued_papers PRIMARY KEY (id),
        CONSTRAINT uq_issued_papers_order_id_paper_version UNIQUE (order_id, paper, version)
    ) STRICT
    """
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


@cache
def _moment(text: str) -> int:
    """Another text than the program ever wrote has another hash: the check finds it."""
    try:
        return (datetime.fromisoformat(text) - BEGINNING) // timedelta(microseconds=1)
    except (ValueError, TypeError):
        return 0


def _bytes(length: int) -> Callable[[str | None], bytes | None]:
    def of(text: str | None) -> bytes | None:
        try:
            found = None if text is None else bytes.fromhex(text)
        except ValueError:
            found = b""
        return found if found is None or len(found) == length else bytes(length)

    return of


def _anew(connection: sqlite3.Connection, table: str, create: str, rows: str) -> None:
    """A table with other columns, with the indexes and guards that it had; ``rows`` fills it."""
    kept = connection.execute(
        "SELECT sql FROM sqlite_master WHERE tbl_name = ? AND type IN ('index', 'trigger')"
        " AND sql IS NOT NULL ORDER BY type, name",
        (table,),
    ).fetchall()
    connection.execute(create)
    connection.execute(f"INSERT INTO {table}_new {rows}")
    connection.execute(f"DROP TABLE {table}")
    connection.execute(f"ALTER TABLE {table}_new RENAME TO {table}")
    for (words,) in kept:
        connection.execute(words)


def _take_less_room(connection: Any) -> None:
    from osdesk.persistence.packed import pack

    connection.create_function("moment", 1, _moment, deterministic=True)
    connection.create_function("digest", 1, _bytes(32), deterministic=True)
    connection.create_function("salt", 1, _bytes(16), deterministic=True)
    connection.create_function("pack", 1, pack, deterministic=True)
    connection.execute("DROP TRIGGER guard_event_texts_update")
    _anew(
        connection,
        "event_texts",
        EVENT_TEXTS,
        "SELECT t.event_id, iif(t.salt = '', x'', salt(t.salt)), t.body,"
        " iif(t.body = '', digest(coalesce(e.text_hash, '')), NULL)"
        " FROM event_texts AS t LEFT JOIN events AS e ON e.id = t.event_id",
    )
    for words in OF_TEXTS:
        connection.execute(words)
    given = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'events'").fetchone()
    _anew(
        connection,
        "events",
        EVENTS,
        "SELECT id, moment(at), author_id, code, order_id, customer_id, payment_id, data,"
        " digest(hash) FROM events ORDER BY id",
    )
    if given is not None:
        connection.execute("DELETE FROM sqlite_sequence WHERE name = 'events'")
        connection.execute("INSERT INTO sqlite_sequence (name, seq) VALUES ('events', ?)", given)
    _anew(
        connection,
        "quotes",
        QUOTES,
        "SELECT id, order_id, version, status, pack(content), total, start_on, promised_on,"
        " valid_until, payment_terms, created_at, sent_at, decided_at FROM quotes ORDER BY id",
    )
    _anew(
        connection,
        "issued_papers",
        ISSUED_PAPERS,
        "SELECT id, order_id, payment_id, paper, version, issued_at, issued_on, author_id, total,"
        " pack(canonical), pack(sheet), sha256, signed_at FROM issued_papers ORDER BY id",
    )
    for name in ("moment", "digest", "salt", "pack"):
        connection.create_function(name, 1, None)


def upgrade() -> None:
    _take_less_room(op.get_bind().connection.driver_connection)
    for words in (*CHARGES, *ORDERS, *REPORTS, *SORTED, *MERGED, *SEARCH, *IMPORTS):
        op.execute(words)
    for words in SYNONYMS:
        op.execute(sa.text(SYNONYM).bindparams(words=words))
