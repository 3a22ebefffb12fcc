"""The foundation: all tables, the search indexes and the guards that the database keeps itself.

Revision 0001. What stands here is frozen: later revisions add, none rewrites.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

ORDER_SEARCH = """
CREATE VIEW order_search AS
SELECT o.number AS number,
       c.name || ' ' || coalesce(c.document, '') || ' ' ||
       coalesce((SELECT group_concat(p.digits || ' ' || p.local, ' ')
                 FROM customer_phones AS p WHERE p.customer_id = c.id), '') || ' ' ||
       e.kind || ' ' || coalesce(e.brand, '') || ' ' || coalesce(e.model, '') || ' ' ||
       coalesce(e.serial, '') || ' ' || coalesce(e.serial_folded, '') || ' ' ||
       coalesce(e.imei2, '') || ' ' || coalesce(e.imei2_folded, '') AS body
FROM orders AS o
JOIN customers AS c ON c.id = o.customer_id
JOIN equipment AS e ON e.id = o.equipment_id
"""

CUSTOMER_SEARCH = """
CREATE VIEW customer_search AS
SELECT c.id AS id,
       c.name || ' ' || coalesce(c.document, '') || ' ' ||
       coalesce((SELECT group_concat(p.digits || ' ' || p.local, ' ')
                 FROM customer_phones AS p WHERE p.customer_id = c.id), '') AS body
FROM customers AS c
"""

FTS = """
CREATE VIRTUAL TABLE {index} USING fts5(
    body, content='{view}', content_rowid='{key}', detail=none, columnsize=0,
    tokenize='unicode61 remove_diacritics 2', prefix='1 2 3 4 5 6 7 8')
"""

REMOVE = (
    "INSERT INTO {index}({index}, rowid, body) "
    "SELECT 'delete', {key}, body FROM {view} WHERE {which};"
)
ADD = "INSERT INTO {index}(rowid, body) SELECT {key}, body FROM {view} WHERE {which};"

ORDERS = {"index": "orders_fts", "view": "order_search", "key": "number"}
CUSTOMERS = {"index": "customers_fts", "view": "customer_search", "key": "id"}
OF_CUSTOMER = "number IN (SELECT number FROM orders WHERE customer_id IN ({}))"
OF_EQUIPMENT = "number IN (SELECT number FROM orders WHERE equipment_id = {})"
DEVICE = ("kind", "brand", "model", "serial", "serial_folded", "imei2", "imei2_folded")


def _statement(template: str, table: dict[str, str], which: str) -> str:
    return template.format(**table, which=which)


def _of_customer(template: str, key: str) -> str:
    """For a customer, or for the two that a phone goes between: own texts, and those of orders."""
    return (
        _statement(template, ORDERS, OF_CUSTOMER.format(key))
        + " "
        + _statement(template, CUSTOMERS, f"id IN ({key})")
    )


def _around(name: str, table: str, columns: tuple[str, ...], before: str, after: str) -> list[str]:
    """The old text leaves the index before a real change, the new one enters after it."""
    changed = " OR ".join(f"old.{column} IS NOT new.{column}" for column in columns)
    update = f"UPDATE OF {', '.join(columns)} ON {table} WHEN {changed}"
    return [
        f"CREATE TRIGGER fts_{name}_before BEFORE {update} BEGIN {before} END",
        f"CREATE TRIGGER fts_{name}_after AFTER {update} BEGIN {after} END",
    ]


def _index_triggers() -> list[str]:
    one_order = "number = {}.number"
    triggers = [
        "CREATE TRIGGER fts_orders_insert AFTER INSERT ON orders BEGIN "
        + _statement(ADD, ORDERS, one_order.format("new"))
        + " END",
        "CREATE TRIGGER fts_customers_insert AFTER INSERT ON customers BEGIN "
        + _statement(ADD, CUSTOMERS, "id = new.id")
        + " END",
        *_around(
            "orders",
            "orders",
            ("customer_id", "equipment_id"),
            _statement(REMOVE, ORDERS, one_order.format("old")),
            _statement(ADD, ORDERS, one_order.format("new")),
        ),
        *_around(
            "customers",
            "customers",
            ("name", "document"),
            _of_customer(REMOVE, "old.id"),
            _of_customer(ADD, "new.id"),
        ),
        *_around(
            "phones",
            "customer_phones",
            ("customer_id", "digits", "local"),
            _of_customer(REMOVE, "old.customer_id, new.customer_id"),
            _of_customer(ADD, "old.customer_id, new.customer_id"),
        ),
        *_around(
            "equipment",
            "equipment",
            DEVICE,
            _statement(REMOVE, ORDERS, OF_EQUIPMENT.format("old.id")),
            _statement(ADD, ORDERS, OF_EQUIPMENT.format("new.id")),
        ),
    ]
    for verb, row in (("INSERT", "new"), ("DELETE", "old")):
        for when, template in (("BEFORE", REMOVE), ("AFTER", ADD)):
            triggers.append(
                f"CREATE TRIGGER fts_phones_{verb.lower()}_{when.lower()} {when} {verb} "
                f"ON customer_phones BEGIN {_of_customer(template, f'{row}.customer_id')} END"
            )
    return triggers


def _guard(name: str, when: str, words: str = "") -> str:
    """A trigger that refuses: the history and the money cannot be rewritten from anywhere."""
    return (
        f"CREATE TRIGGER guard_{name} BEFORE {when} {words} "
        f"BEGIN SELECT RAISE(ABORT, 'guard_{name}'); END"
    )


GUARDS = [
    _guard("events_update", "UPDATE ON events"),
    _guard("events_delete", "DELETE ON events"),
    _guard(
        "events_replace",
        "INSERT ON events",
        "WHEN EXISTS (SELECT 1 FROM events WHERE id = new.id)",
    ),
    _guard(
        "event_texts_update",
        "UPDATE ON event_texts",
        "WHEN new.event_id IS NOT old.event_id OR new.body <> ''",
    ),
    _guard("event_texts_delete", "DELETE ON event_texts"),
    _guard("payments_update", "UPDATE ON payments"),
    _guard("payments_delete", "DELETE ON payments"),
    _guard("orders_delete", "DELETE ON orders"),
    _guard("orders_number", "UPDATE OF number ON orders", "WHEN new.number <> old.number"),
    _guard("quotes_delete", "DELETE ON quotes"),
    _guard("quotes_content", "UPDATE OF order_id, version, content, total ON quotes"),
    _guard("approvals_delete", "DELETE ON approvals"),
    _guard("deliveries_delete", "DELETE ON deliveries"),
    _guard("issued_papers_delete", "DELETE ON issued_papers"),
    _guard(
        "issued_papers_update",
        "UPDATE OF order_id, payment_id, paper, version, issued_at, total, sha256 ON issued_papers",
    ),
    _guard("counters_delete", "DELETE ON counters"),
    _guard("counters_back", "UPDATE OF next ON counters", "WHEN new.next < old.next"),
]


def _is_day(table: str, column: str) -> sa.CheckConstraint:
    day = "[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]"
    return sa.CheckConstraint(
        f"{column} IS NULL OR {column} GLOB '{day}'", name=f"ck_{table}_{column}_is_day"
    )


def upgrade() -> None:
    _tables()
    op.execute(ORDER_SEARCH)
    op.execute(CUSTOMER_SEARCH)
    for table in (ORDERS, CUSTOMERS):
        op.execute(FTS.format(**table))
    for trigger in (*_index_triggers(), *GUARDS):
        op.execute(trigger)


def _tables() -> None:
    op.create_table(
        "catalog",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("description_folded", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("unit_price", sa.Integer(), nullable=False),
        sa.Column("unit_cost", sa.Integer(), nullable=True),
        sa.Column("warranty_days", sa.Integer(), nullable=True),
        sa.Column("part_condition", sa.Text(), nullable=True),
        sa.Column("active", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind IN ('service', 'part')", name="ck_catalog_kind"),
        sa.CheckConstraint("unit_cost >= 0", name="ck_catalog_unit_cost_not_negative"),
        sa.CheckConstraint("unit_price >= 0", name="ck_catalog_unit_price_not_negative"),
        sa.CheckConstraint("warranty_days >= 0", name="ck_catalog_warranty_days_not_negative"),
        sa.PrimaryKeyConstraint("id", name="pk_catalog"),
        sa.UniqueConstraint(
            "kind", "description_folded", name="uq_catalog_kind_description_folded"
        ),
        sqlite_strict=True,
    )
    op.create_table(
        "counters",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("next", sa.Integer(), nullable=False),
        sa.CheckConstraint("next >= 1", name="ck_counters_next_positive"),
        sa.PrimaryKeyConstraint("name", name="pk_counters"),
        sqlite_strict=True,
    )
    op.create_table(
        "customers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_folded", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("anonymised_at", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "document IS NULL OR length(document) IN (11, 14)", name="ck_customers_document_length"
        ),
        sa.CheckConstraint("length(name) > 0", name="ck_customers_name_filled"),
        sa.PrimaryKeyConstraint("id", name="pk_customers"),
        sqlite_strict=True,
    )
    op.create_index("ix_customers_name_folded_id", "customers", ["name_folded", "id"], unique=False)
    op.create_index(
        "uq_customers_document",
        "customers",
        ["document"],
        unique=True,
        sqlite_where=sa.text("document IS NOT NULL"),
        postgresql_where=sa.text("document IS NOT NULL"),
    )
    op.create_table(
        "employees",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_folded", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("active", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "role IN ('owner', 'attendant', 'technician')", name="ck_employees_role"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_employees"),
        sa.UniqueConstraint("name_folded", name="uq_employees_name_folded"),
        sqlite_strict=True,
    )
    op.create_table(
        "service_types",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_folded", sa.Text(), nullable=False),
        sa.Column("active", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_service_types"),
        sa.UniqueConstraint("name_folded", name="uq_service_types_name_folded"),
        sqlite_strict=True,
    )
    op.create_table(
        "shop",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("shop_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("tagline", sa.Text(), nullable=True),
        sa.Column("document", sa.Text(), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("city", sa.Text(), nullable=True),
        sa.Column("phones", sa.Text(), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("logo", sa.Text(), nullable=True),
        sa.Column("default_ddd", sa.Text(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("quote_validity_days", sa.Integer(), nullable=False),
        sa.Column("warranty_days", sa.Integer(), nullable=False),
        sa.Column("pick_up_days", sa.Integer(), nullable=False),
        sa.Column("payment_terms", sa.Text(), nullable=False),
        sa.CheckConstraint("id = 1", name="ck_shop_one_row"),
        sa.CheckConstraint("pick_up_days BETWEEN 1 AND 3650", name="ck_shop_pick_up"),
        sa.CheckConstraint("quote_validity_days BETWEEN 1 AND 365", name="ck_shop_quote_validity"),
        sa.CheckConstraint("warranty_days BETWEEN 90 AND 3650", name="ck_shop_warranty"),
        sa.PrimaryKeyConstraint("id", name="pk_shop"),
        sqlite_strict=True,
    )
    op.create_table(
        "shop_texts",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("code", name="pk_shop_texts"),
        sqlite_strict=True,
    )
    op.create_table(
        "customer_phones",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("digits", sa.Text(), nullable=False),
        sa.Column("local", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customers.id"],
            name="fk_customer_phones_customer_id_customers",
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_customer_phones"),
        sa.UniqueConstraint(
            "customer_id", "position", name="uq_customer_phones_customer_id_position"
        ),
        sqlite_strict=True,
    )
    op.create_index("ix_customer_phones_digits", "customer_phones", ["digits"], unique=False)
    op.create_table(
        "equipment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("brand", sa.Text(), nullable=True),
        sa.Column("model", sa.Text(), nullable=True),
        sa.Column("serial", sa.Text(), nullable=True),
        sa.Column("serial_folded", sa.Text(), nullable=True),
        sa.Column("imei2", sa.Text(), nullable=True),
        sa.Column("imei2_folded", sa.Text(), nullable=True),
        sa.Column("colour", sa.Text(), nullable=True),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.CheckConstraint("length(kind) > 0", name="ck_equipment_kind_filled"),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customers.id"],
            name="fk_equipment_customer_id_customers",
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_equipment"),
        sqlite_strict=True,
    )
    op.create_index("ix_equipment_customer_id", "equipment", ["customer_id"], unique=False)
    op.create_index(
        "ix_equipment_imei2",
        "equipment",
        ["imei2_folded"],
        unique=False,
        sqlite_where=sa.text("imei2_folded IS NOT NULL"),
        postgresql_where=sa.text("imei2_folded IS NOT NULL"),
    )
    op.create_index(
        "ix_equipment_serial",
        "equipment",
        ["serial_folded"],
        unique=False,
        sqlite_where=sa.text("serial_folded IS NOT NULL"),
        postgresql_where=sa.text("serial_folded IS NOT NULL"),
    )
    op.create_table(
        "orders",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("equipment_id", sa.Integer(), nullable=False),
        sa.Column("service_type_id", sa.Integer(), nullable=False),
        sa.Column("technician_id", sa.Integer(), nullable=True),
        sa.Column("attendant_id", sa.Integer(), nullable=True),
        sa.Column("warranty_return_of_id", sa.Integer(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("status_before", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("priority", sa.Text(), nullable=False),
        sa.Column("slot", sa.Text(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("accessories", sa.Text(), nullable=True),
        sa.Column("condition", sa.Text(), nullable=True),
        sa.Column("checklist", sa.Text(), nullable=True),
        sa.Column("diagnosis", sa.Text(), nullable=True),
        sa.Column("report", sa.Text(), nullable=True),
        sa.Column("external_ref", sa.Text(), nullable=True),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("requested_at", sa.Text(), nullable=False),
        sa.Column("requested_on", sa.Text(), nullable=False),
        sa.Column("start_on", sa.Text(), nullable=True),
        sa.Column("promised_on", sa.Text(), nullable=True),
        sa.Column("promised_time", sa.Text(), nullable=True),
        sa.Column("valid_until", sa.Text(), nullable=True),
        sa.Column("due_on", sa.Text(), nullable=True),
        sa.Column("ready_on", sa.Text(), nullable=True),
        sa.Column("delivered_on", sa.Text(), nullable=True),
        sa.Column("returned_on", sa.Text(), nullable=True),
        sa.Column("cancelled_on", sa.Text(), nullable=True),
        sa.Column("warranty_until", sa.Text(), nullable=True),
        sa.Column("payment_terms", sa.Text(), nullable=True),
        sa.Column("waiting_for", sa.Text(), nullable=True),
        sa.Column("used_parts_authorized_by", sa.Text(), nullable=True),
        sa.Column("discount", sa.Integer(), nullable=False),
        sa.Column("fee", sa.Integer(), nullable=False),
        sa.Column("labor_total", sa.Integer(), nullable=False),
        sa.Column("parts_total", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("paid", sa.Integer(), nullable=False),
        sa.Column("balance", sa.Integer(), nullable=False),
        sa.Column("signed", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(status = 'cancelled') = (cancelled_on IS NOT NULL)", name="ck_orders_cancelled"
        ),
        sa.CheckConstraint(
            "(status = 'delivered') = (delivered_on IS NOT NULL)", name="ck_orders_delivered"
        ),
        sa.CheckConstraint(
            "(status = 'returned') = (returned_on IS NOT NULL)", name="ck_orders_returned"
        ),
        _is_day("orders", "cancelled_on"),
        _is_day("orders", "delivered_on"),
        _is_day("orders", "due_on"),
        sa.CheckConstraint(
            "priority IN ('low', 'normal', 'high', 'urgent')", name="ck_orders_priority"
        ),
        _is_day("orders", "promised_on"),
        sa.CheckConstraint(
            "promised_time IS NULL OR promised_time GLOB '[0-2][0-9]:[0-5][0-9]'",
            name="ck_orders_promised_time_is_time",
        ),
        _is_day("orders", "ready_on"),
        _is_day("orders", "requested_on"),
        _is_day("orders", "returned_on"),
        _is_day("orders", "start_on"),
        sa.CheckConstraint(
            "status IN ('received', 'in_diagnosis', 'awaiting_approval', 'approved', "
            "'in_progress', 'awaiting_part', 'ready', 'delivered', 'declined', "
            "'unrepairable', 'returned', 'cancelled')",
            name="ck_orders_status",
        ),
        _is_day("orders", "valid_until"),
        _is_day("orders", "warranty_until"),
        sa.CheckConstraint("balance = total - paid", name="ck_orders_balance"),
        sa.CheckConstraint(
            "discount <= labor_total + parts_total", name="ck_orders_discount_within"
        ),
        sa.CheckConstraint("discount >= 0", name="ck_orders_discount_not_negative"),
        sa.CheckConstraint("fee >= 0", name="ck_orders_fee_not_negative"),
        sa.CheckConstraint("labor_total >= 0", name="ck_orders_labor_total_not_negative"),
        sa.CheckConstraint("length(reason) > 0", name="ck_orders_reason_filled"),
        sa.CheckConstraint("number >= 1", name="ck_orders_number_positive"),
        sa.CheckConstraint("paid >= 0", name="ck_orders_paid_not_negative"),
        sa.CheckConstraint("parts_total >= 0", name="ck_orders_parts_total_not_negative"),
        sa.CheckConstraint("total >= 0", name="ck_orders_total_not_negative"),
        sa.ForeignKeyConstraint(
            ["attendant_id"],
            ["employees.id"],
            name="fk_orders_attendant_id_employees",
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customers.id"],
            name="fk_orders_customer_id_customers",
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["equipment_id"],
            ["equipment.id"],
            name="fk_orders_equipment_id_equipment",
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["service_type_id"],
            ["service_types.id"],
            name="fk_orders_service_type_id_service_types",
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["technician_id"],
            ["employees.id"],
            name="fk_orders_technician_id_employees",
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["warranty_return_of_id"],
            ["orders.id"],
            name="fk_orders_warranty_return_of_id_orders",
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_orders"),
        sa.UniqueConstraint("number", name="uq_orders_number"),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_orders_cancelled_on",
        "orders",
        ["cancelled_on"],
        unique=False,
        sqlite_where=sa.text("cancelled_on IS NOT NULL"),
        postgresql_where=sa.text("cancelled_on IS NOT NULL"),
    )
    op.create_index(
        "ix_orders_customer_id_number", "orders", ["customer_id", "number"], unique=False
    )
    op.create_index(
        "ix_orders_delivered_on",
        "orders",
        ["delivered_on", "labor_total", "parts_total", "discount", "promised_on"],
        unique=False,
        sqlite_where=sa.text("delivered_on IS NOT NULL"),
        postgresql_where=sa.text("delivered_on IS NOT NULL"),
    )
    op.create_index("ix_orders_equipment_id", "orders", ["equipment_id"], unique=False)
    op.create_index(
        "ix_orders_open",
        "orders",
        ["number", "status", "promised_on", "promised_time", "technician_id"],
        unique=False,
        sqlite_where=sa.text("status NOT IN ('delivered', 'returned', 'cancelled')"),
        postgresql_where=sa.text("status NOT IN ('delivered', 'returned', 'cancelled')"),
    )
    op.create_index(
        "ix_orders_owed",
        "orders",
        ["due_on", "customer_id", "balance", "status", "number"],
        unique=False,
        sqlite_where=sa.text("balance > 0"),
        postgresql_where=sa.text("balance > 0"),
    )
    op.create_index(
        "ix_orders_ready_on",
        "orders",
        ["ready_on", "promised_on"],
        unique=False,
        sqlite_where=sa.text("ready_on IS NOT NULL"),
        postgresql_where=sa.text("ready_on IS NOT NULL"),
    )
    op.create_index("ix_orders_requested_on", "orders", ["requested_on"], unique=False)
    op.create_index(
        "ix_orders_returned_on",
        "orders",
        ["returned_on"],
        unique=False,
        sqlite_where=sa.text("returned_on IS NOT NULL"),
        postgresql_where=sa.text("returned_on IS NOT NULL"),
    )
    op.create_index("ix_orders_status_number", "orders", ["status", "number"], unique=False)
    op.create_table(
        "attachments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.CheckConstraint("size >= 0", name="ck_attachments_size_not_negative"),
        sa.ForeignKeyConstraint(
            ["author_id"],
            ["employees.id"],
            name="fk_attachments_author_id_employees",
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["order_id"], ["orders.id"], name="fk_attachments_order_id_orders", ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_attachments"),
        sqlite_strict=True,
    )
    op.create_index("ix_attachments_order_id", "attachments", ["order_id"], unique=False)
    op.create_table(
        "deliveries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("collected_by", sa.Text(), nullable=False),
        sa.Column("collected_document", sa.Text(), nullable=True),
        sa.Column("warranty_until", sa.Text(), nullable=True),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("reopened_at", sa.Text(), nullable=True),
        sa.CheckConstraint("status IN ('delivered', 'returned')", name="ck_deliveries_status"),
        sa.ForeignKeyConstraint(
            ["author_id"],
            ["employees.id"],
            name="fk_deliveries_author_id_employees",
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["order_id"], ["orders.id"], name="fk_deliveries_order_id_orders", ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_deliveries"),
        sqlite_strict=True,
    )
    op.create_index("ix_deliveries_order_id", "deliveries", ["order_id"], unique=False)
    op.create_table(
        "items",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("unit_price", sa.Integer(), nullable=False),
        sa.Column("unit_cost", sa.Integer(), nullable=True),
        sa.Column("discount", sa.Integer(), nullable=False),
        sa.Column("part_condition", sa.Text(), nullable=True),
        sa.Column("technician_id", sa.Integer(), nullable=True),
        sa.Column("warranty_days", sa.Integer(), nullable=True),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind IN ('service', 'part')", name="ck_items_kind"),
        sa.CheckConstraint("discount >= 0", name="ck_items_discount_not_negative"),
        sa.CheckConstraint("quantity > 0", name="ck_items_quantity_positive"),
        sa.CheckConstraint(
            "total = (quantity * unit_price + 500) / 1000 - discount", name="ck_items_line_total"
        ),
        sa.CheckConstraint("total >= 0", name="ck_items_total_not_negative"),
        sa.CheckConstraint("unit_cost >= 0", name="ck_items_unit_cost_not_negative"),
        sa.CheckConstraint("unit_price >= 0", name="ck_items_unit_price_not_negative"),
        sa.CheckConstraint("warranty_days >= 0", name="ck_items_warranty_days_not_negative"),
        sa.ForeignKeyConstraint(
            ["order_id"], ["orders.id"], name="fk_items_order_id_orders", ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["technician_id"],
            ["employees.id"],
            name="fk_items_technician_id_employees",
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_items"),
        sa.UniqueConstraint("order_id", "position", name="uq_items_order_id_position"),
        sqlite_strict=True,
    )
    op.create_table(
        "notes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("for_customer", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"],
            ["employees.id"],
            name="fk_notes_author_id_employees",
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["order_id"], ["orders.id"], name="fk_notes_order_id_orders", ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_notes"),
        sqlite_strict=True,
    )
    op.create_index("ix_notes_order_id", "notes", ["order_id"], unique=False)
    op.create_table(
        "payments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("paid_on", sa.Text(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("received_by_id", sa.Integer(), nullable=True),
        sa.Column("receipt", sa.Integer(), nullable=False),
        sa.Column("reverses_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(kind = 'payment') = (amount > 0) AND amount <> 0", name="ck_payments_sign"
        ),
        sa.CheckConstraint(
            "(kind = 'reversal') = (reverses_id IS NOT NULL)", name="ck_payments_reverses"
        ),
        sa.CheckConstraint("kind IN ('payment', 'reversal', 'refund')", name="ck_payments_kind"),
        sa.CheckConstraint(
            "method IN ('cash', 'pix', 'debit', 'credit', 'transfer', 'boleto', 'cheque')",
            name="ck_payments_method",
        ),
        _is_day("payments", "paid_on"),
        sa.ForeignKeyConstraint(
            ["order_id"], ["orders.id"], name="fk_payments_order_id_orders", ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["received_by_id"],
            ["employees.id"],
            name="fk_payments_received_by_id_employees",
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["reverses_id"],
            ["payments.id"],
            name="fk_payments_reverses_id_payments",
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_payments"),
        sa.UniqueConstraint("receipt", name="uq_payments_receipt"),
        sa.UniqueConstraint("reverses_id", name="uq_payments_reverses_id"),
        sqlite_strict=True,
    )
    op.create_index("ix_payments_order_id", "payments", ["order_id"], unique=False)
    op.create_index(
        "ix_payments_paid_on_kind_method_amount",
        "payments",
        ["paid_on", "kind", "method", "amount"],
        unique=False,
    )
    op.create_table(
        "quotes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("start_on", sa.Text(), nullable=True),
        sa.Column("promised_on", sa.Text(), nullable=True),
        sa.Column("valid_until", sa.Text(), nullable=True),
        sa.Column("payment_terms", sa.Text(), nullable=True),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("sent_at", sa.Text(), nullable=True),
        sa.Column("decided_at", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "status IN ('draft', 'sent', 'approved', 'refused', 'superseded')",
            name="ck_quotes_status",
        ),
        sa.CheckConstraint("total >= 0", name="ck_quotes_total_not_negative"),
        sa.ForeignKeyConstraint(
            ["order_id"], ["orders.id"], name="fk_quotes_order_id_orders", ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_quotes"),
        sa.UniqueConstraint("order_id", "version", name="uq_quotes_order_id_version"),
        sqlite_strict=True,
    )
    op.create_table(
        "approvals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("quote_id", sa.Integer(), nullable=True),
        sa.Column("approved_by", sa.Text(), nullable=False),
        sa.Column("via", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("superseded_at", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "via IN ('counter', 'phone', 'whatsapp', 'email', 'paper')", name="ck_approvals_via"
        ),
        sa.ForeignKeyConstraint(
            ["author_id"],
            ["employees.id"],
            name="fk_approvals_author_id_employees",
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["order_id"], ["orders.id"], name="fk_approvals_order_id_orders", ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["quote_id"], ["quotes.id"], name="fk_approvals_quote_id_quotes", ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_approvals"),
        sqlite_strict=True,
    )
    op.create_index("ix_approvals_order_id", "approvals", ["order_id"], unique=False)
    op.create_table(
        "events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=True),
        sa.Column("customer_id", sa.Integer(), nullable=True),
        sa.Column("payment_id", sa.Integer(), nullable=True),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("text_hash", sa.Text(), nullable=True),
        sa.Column("previous", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.CheckConstraint("length(hash) = 64 AND length(previous) = 64", name="ck_events_hashes"),
        sa.ForeignKeyConstraint(
            ["author_id"],
            ["employees.id"],
            name="fk_events_author_id_employees",
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customers.id"],
            name="fk_events_customer_id_customers",
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["order_id"], ["orders.id"], name="fk_events_order_id_orders", ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["payment_id"],
            ["payments.id"],
            name="fk_events_payment_id_payments",
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_events"),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index(
        "ix_events_order",
        "events",
        ["order_id", "id"],
        unique=False,
        sqlite_where=sa.text("order_id IS NOT NULL"),
        postgresql_where=sa.text("order_id IS NOT NULL"),
    )
    op.create_table(
        "issued_papers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("payment_id", sa.Integer(), nullable=True),
        sa.Column("paper", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("issued_at", sa.Text(), nullable=False),
        sa.Column("issued_on", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("canonical", sa.Text(), nullable=False),
        sa.Column("sheet", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("signed_at", sa.Text(), nullable=True),
        sa.CheckConstraint("length(sha256) = 64", name="ck_issued_papers_sha256_length"),
        sa.ForeignKeyConstraint(
            ["author_id"],
            ["employees.id"],
            name="fk_issued_papers_author_id_employees",
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["order_id"],
            ["orders.id"],
            name="fk_issued_papers_order_id_orders",
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["payment_id"],
            ["payments.id"],
            name="fk_issued_papers_payment_id_payments",
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_issued_papers"),
        sa.UniqueConstraint(
            "order_id", "paper", "version", name="uq_issued_papers_order_id_paper_version"
        ),
        sqlite_strict=True,
    )
    op.create_table(
        "event_texts",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name="fk_event_texts_event_id_events", ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("event_id", name="pk_event_texts"),
        sqlite_strict=True,
    )
