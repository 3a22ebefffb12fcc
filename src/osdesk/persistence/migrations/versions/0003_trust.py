"""What the counter, the accountant and the lawyer asked for after the first version.

Revision 0003. Adds columns, tables and indexes; no row of revision 0002 changes its meaning.
"""

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
        ("name", "document", "email", "address"),
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


def upgrade() -> None:
    for words in (*CHARGES, *ORDERS, *REPORTS, *SORTED, *SEARCH):
        op.execute(words)
    for words in SYNONYMS:
        op.execute(sa.text(SYNONYM).bindparams(words=words))
