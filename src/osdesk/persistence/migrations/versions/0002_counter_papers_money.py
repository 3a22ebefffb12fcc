"""The counter's day, the papers and the money: stages, slots, notices, instalments, closings.

Revision 0002. Adds columns and tables; no row of revision 0001 changes.
"""

from alembic import op

revision = "0002"
down_revision = "0001"

DAY = "GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'"

STATUSES = (
    "'received', 'in_diagnosis', 'awaiting_approval', 'approved', 'in_progress', 'awaiting_part',"
    " 'ready', 'delivered', 'declined', 'unrepairable', 'returned', 'cancelled'"
)


def _key(table: str, column: str, target: str) -> str:
    """A reference, named as the others are."""
    return (
        f"CONSTRAINT fk_{table}_{column}_{target} FOREIGN KEY({column}) REFERENCES {target} (id)"
        " ON DELETE RESTRICT"
    )


TABLES = (
    f"""
    CREATE TABLE stages (
        id INTEGER NOT NULL,
        status TEXT NOT NULL,
        name TEXT NOT NULL,
        name_folded TEXT NOT NULL,
        colour TEXT NOT NULL,
        active INTEGER NOT NULL,
        CONSTRAINT pk_stages PRIMARY KEY (id),
        CONSTRAINT uq_stages_status_name_folded UNIQUE (status, name_folded),
        CONSTRAINT ck_stages_status CHECK (status IN ({STATUSES}))
    ) STRICT
    """,
    """
    CREATE TABLE slots (
        id INTEGER NOT NULL,
        name TEXT NOT NULL,
        name_folded TEXT NOT NULL,
        active INTEGER NOT NULL,
        CONSTRAINT pk_slots PRIMARY KEY (id),
        CONSTRAINT uq_slots_name_folded UNIQUE (name_folded)
    ) STRICT
    """,
    """
    CREATE TABLE checklists (
        id INTEGER NOT NULL,
        kind TEXT NOT NULL,
        kind_folded TEXT NOT NULL,
        questions TEXT NOT NULL,
        CONSTRAINT pk_checklists PRIMARY KEY (id),
        CONSTRAINT uq_checklists_kind_folded UNIQUE (kind_folded)
    ) STRICT
    """,
    f"""
    CREATE TABLE instalments (
        id INTEGER NOT NULL,
        order_id INTEGER NOT NULL,
        position INTEGER NOT NULL,
        due_on TEXT NOT NULL,
        amount INTEGER NOT NULL,
        open INTEGER NOT NULL,
        CONSTRAINT pk_instalments PRIMARY KEY (id),
        CONSTRAINT uq_instalments_order_id_position UNIQUE (order_id, position),
        CONSTRAINT ck_instalments_amounts CHECK (amount > 0 AND open BETWEEN 0 AND amount),
        CONSTRAINT ck_instalments_due_on_is_day CHECK (due_on IS NULL OR due_on {DAY}),
        {_key("instalments", "order_id", "orders")}
    ) STRICT
    """,
    f"""
    CREATE TABLE issued_files (
        id INTEGER NOT NULL,
        issued_paper_id INTEGER NOT NULL,
        format TEXT NOT NULL,
        again INTEGER NOT NULL,
        name TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        at TEXT NOT NULL,
        CONSTRAINT pk_issued_files PRIMARY KEY (id),
        CONSTRAINT uq_issued_files_issued_paper_id_format_again
            UNIQUE (issued_paper_id, format, again),
        CONSTRAINT ck_issued_files_sha256_length CHECK (length(sha256) = 64),
        {_key("issued_files", "issued_paper_id", "issued_papers")}
    ) STRICT
    """,
    f"""
    CREATE TABLE notices (
        id INTEGER NOT NULL,
        order_id INTEGER NOT NULL,
        at TEXT NOT NULL,
        author_id INTEGER,
        kind TEXT NOT NULL,
        channel TEXT NOT NULL,
        body TEXT NOT NULL,
        CONSTRAINT pk_notices PRIMARY KEY (id),
        CONSTRAINT ck_notices_kind CHECK (kind IN ('pick_up', 'collection', 'other')),
        CONSTRAINT ck_notices_channel
            CHECK (channel IN ('whatsapp', 'phone', 'email', 'letter', 'counter')),
        {_key("notices", "order_id", "orders")},
        {_key("notices", "author_id", "employees")}
    ) STRICT
    """,
    f"""
    CREATE TABLE access_codes (
        order_id INTEGER NOT NULL,
        kind TEXT NOT NULL,
        secret TEXT,
        at TEXT NOT NULL,
        author_id INTEGER,
        wiped_at TEXT,
        CONSTRAINT pk_access_codes PRIMARY KEY (order_id),
        CONSTRAINT ck_access_codes_kind
            CHECK (kind IN ('pin', 'pattern', 'password', 'not_informed')),
        CONSTRAINT ck_access_codes_not_informed
            CHECK (kind <> 'not_informed' OR secret IS NULL),
        {_key("access_codes", "order_id", "orders")},
        {_key("access_codes", "author_id", "employees")}
    ) STRICT
    """,
    f"""
    CREATE TABLE drafts (
        id INTEGER NOT NULL,
        order_id INTEGER,
        at TEXT NOT NULL,
        author_id INTEGER,
        body TEXT NOT NULL,
        CONSTRAINT pk_drafts PRIMARY KEY (id),
        CONSTRAINT uq_drafts_order_id UNIQUE (order_id),
        {_key("drafts", "order_id", "orders")},
        {_key("drafts", "author_id", "employees")}
    ) STRICT
    """,
    f"""
    CREATE TABLE month_closings (
        id INTEGER NOT NULL,
        month TEXT NOT NULL,
        closed_at TEXT NOT NULL,
        author_id INTEGER,
        figures TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        reopened_at TEXT,
        CONSTRAINT pk_month_closings PRIMARY KEY (id),
        CONSTRAINT ck_month_closings_sha256_length CHECK (length(sha256) = 64),
        CONSTRAINT ck_month_closings_month
            CHECK (month GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]'),
        {_key("month_closings", "author_id", "employees")}
    ) STRICT
    """,
)


def _column(table: str, words: str) -> str:
    return f"ALTER TABLE {table} ADD COLUMN {words}"


COLUMNS = (
    _column("shop", "pix_key TEXT"),
    _column("shop", "pix_name TEXT"),
    _column("shop", "pix_city TEXT"),
    _column(
        "shop",
        "code_days INTEGER DEFAULT 7 NOT NULL"
        " CONSTRAINT ck_shop_code_days CHECK (code_days BETWEEN 0 AND 3650)",
    ),
    _column(
        "shop",
        "fine_bp INTEGER DEFAULT 0 NOT NULL"
        " CONSTRAINT ck_shop_fine CHECK (fine_bp BETWEEN 0 AND 200)",
    ),
    _column(
        "shop",
        "interest_bp INTEGER DEFAULT 0 NOT NULL"
        " CONSTRAINT ck_shop_interest CHECK (interest_bp BETWEEN 0 AND 100)",
    ),
    _column("shop", "open_saturday INTEGER DEFAULT 0 NOT NULL"),
    _column(
        "service_types",
        "promise_days INTEGER CONSTRAINT ck_service_types_promise_days"
        " CHECK (promise_days BETWEEN 0 AND 365)",
    ),
    _column(
        "orders",
        "ceiling INTEGER CONSTRAINT ck_orders_ceiling_not_negative CHECK (ceiling >= 0)",
    ),
    _column(
        "orders",
        "stage_id INTEGER CONSTRAINT fk_orders_stage_id_stages REFERENCES stages (id)",
    ),
    _column(
        "orders",
        "waiting_since TEXT CONSTRAINT ck_orders_waiting_since_is_day"
        f" CHECK (waiting_since IS NULL OR waiting_since {DAY})",
    ),
    _column(
        "attachments",
        "kind TEXT DEFAULT 'other' NOT NULL CONSTRAINT ck_attachments_kind"
        " CHECK (kind IN ('photo', 'signed', 'other'))",
    ),
    _column(
        "attachments",
        "issued_paper_id INTEGER CONSTRAINT fk_attachments_issued_paper_id_issued_papers"
        " REFERENCES issued_papers (id)",
    ),
    _column("attachments", "removed_at TEXT"),
)

INDEXES = (
    (
        "CREATE INDEX ix_orders_warranty_return ON orders (warranty_return_of_id)"
        " WHERE warranty_return_of_id IS NOT NULL"
    ),
    (
        "CREATE INDEX ix_issued_papers_signed ON issued_papers (signed_at)"
        " WHERE signed_at IS NOT NULL"
    ),
    "CREATE INDEX ix_instalments_open ON instalments (due_on, order_id, open) WHERE open > 0",
    "CREATE INDEX ix_notices_order_id ON notices (order_id)",
    "CREATE INDEX ix_access_codes_kept ON access_codes (order_id) WHERE secret IS NOT NULL",
    (
        "CREATE UNIQUE INDEX uq_month_closings_month ON month_closings (month)"
        " WHERE reopened_at IS NULL"
    ),
)


def _guard(name: str, when: str) -> str:
    """A trigger that refuses: what was told and closed cannot be rewritten from anywhere."""
    return (
        f"CREATE TRIGGER guard_{name} BEFORE {when} BEGIN SELECT RAISE(ABORT, 'guard_{name}'); END"
    )


GUARDS = (
    _guard("attachments_delete", "DELETE ON attachments"),
    _guard("issued_files_delete", "DELETE ON issued_files"),
    _guard("issued_files_update", "UPDATE ON issued_files"),
    _guard("month_closings_delete", "DELETE ON month_closings"),
    _guard(
        "month_closings_update",
        "UPDATE OF month, closed_at, author_id, figures, sha256 ON month_closings",
    ),
    _guard("notices_delete", "DELETE ON notices"),
    _guard("notices_update", "UPDATE OF order_id, at, author_id, kind, channel ON notices"),
)


def upgrade() -> None:
    for words in (*TABLES, *COLUMNS, *INDEXES, *GUARDS):
        op.execute(words)
