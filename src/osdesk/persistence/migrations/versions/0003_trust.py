"""What the counter, the accountant and the lawyer asked for after the first version.

Revision 0003. Adds columns, tables and indexes; no row of revision 0002 changes its meaning.
"""

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


def upgrade() -> None:
    for words in (*CHARGES, *ORDERS, *REPORTS):
        op.execute(words)
