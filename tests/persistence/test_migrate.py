"""Files are made and brought up to date by the migrations alone, whole or not at all."""

import gzip
import shutil
import sqlite3
from datetime import datetime
from pathlib import Path
from textwrap import dedent

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine
from tests.conftest import NOW

from osdesk.domain.errors import UserError
from osdesk.jobs.check import check
from osdesk.persistence import migrate
from osdesk.persistence.checks import history
from osdesk.persistence.columns import moment_text
from osdesk.persistence.database import APPLICATION_ID, bare
from osdesk.persistence.models import Base
from osdesk.persistence.packed import unpack
from osdesk.persistence.store import Store, open_store
from osdesk.services.orders.view import sheets_after

NEXT = migrate.SCHEMA + 1


@pytest.fixture
def shop(store: Store) -> Path:
    """A closed file with one order's rows in it."""
    store.database.fill(lambda session: _one_order(bare(session)))
    store.close()
    return store.database.path


def _one_order(connection: sqlite3.Connection) -> None:
    moment = "2026-11-24T17:32:00.000000Z"
    connection.execute(
        "INSERT INTO customers (id, name, name_folded, created_at) VALUES (1, 'Ana', 'ana', ?)",
        (moment,),
    )
    connection.execute(
        "INSERT INTO equipment (id, customer_id, kind, created_at) VALUES (1, 1, 'TV', ?)",
        (moment,),
    )
    connection.execute(
        "INSERT INTO orders (id, number, customer_id, equipment_id, service_type_id, status,"
        " reason, priority, created_at, requested_at, requested_on, discount, fee, labor_total,"
        " parts_total, total, paid, balance, signed) VALUES (1, 7, 1, 1, 1, 'received', 'x',"
        " 'normal', ?, ?, '2026-11-24', 0, 0, 5000, 0, 5000, 0, 5000, 0)",
        (moment, moment),
    )


def scripts_with(folder: Path, body: str) -> Path:
    """The real migrations and one more, of a version to come."""
    target = folder / "migrations"
    shutil.copytree(migrate.SCRIPTS, target)
    head = f'from alembic import op\n\nrevision = "9999"\ndown_revision = "{migrate.HEAD}"\n\n\n'
    script = f'"""Add a column."""\n\n{head}def upgrade():\n'
    (target / "versions" / "9999_next.py").write_text(
        script + "".join(f"    {line}\n" for line in dedent(body).strip().splitlines())
    )
    return target


def rows(path: Path, query: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(path)
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def test_the_newest_revision_is_known_without_alembic() -> None:
    config = Config()
    config.set_main_option("script_location", str(migrate.SCRIPTS))
    config.set_main_option("path_separator", "os")
    directory = ScriptDirectory.from_config(config)
    assert directory.get_current_head() == migrate.HEAD
    assert len(list(directory.walk_revisions())) == migrate.SCHEMA


def test_the_migrations_make_what_the_mapped_classes_say(shop: Path) -> None:
    ours = {table.name for table in Base.metadata.tables.values()}

    def ours_only(name: str | None, kind: str, _: object) -> bool:
        return kind != "table" or name in ours

    with create_engine(f"sqlite:///{shop}").connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": ours_only})
        assert compare_metadata(context, Base.metadata) == []
        connection.engine.dispose()


def test_a_new_file_says_whose_it_is(shop: Path) -> None:
    assert rows(shop, "PRAGMA application_id") == [(APPLICATION_ID,)]
    assert rows(shop, "PRAGMA user_version") == [(migrate.SCHEMA,)]
    assert rows(shop, "PRAGMA page_size") == [(4096,)]
    assert rows(shop, "SELECT version_num FROM alembic_version") == [(migrate.HEAD,)]
    assert rows(shop, "PRAGMA integrity_check") == [("ok",)]


def test_every_table_is_strict_and_nothing_cascades(shop: Path) -> None:
    for (sql,) in rows(shop, "SELECT sql FROM sqlite_master WHERE type = 'table'"):
        text = str(sql)
        if "VIRTUAL" in text or "_fts_" in text or "alembic" in text or "sqlite_" in text:
            continue
        assert text.rstrip().endswith("STRICT")
        assert "CASCADE" not in text


def test_nothing_is_left_of_a_file_that_could_not_be_made(tmp_path: Path) -> None:
    def fail(connection: sqlite3.Connection) -> None:
        assert connection.in_transaction
        raise UserError("refused")

    with pytest.raises(UserError, match="refused"):
        migrate.create_file(tmp_path / "osdesk.db", fail)
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_try_left_is_no_hindrance(tmp_path: Path) -> None:
    path = tmp_path / "osdesk.db"
    (tmp_path / "osdesk.db.new").write_bytes(b"half")
    (tmp_path / "osdesk.db.new-journal").write_bytes(b"half")
    migrate.create_file(path, lambda connection: None)
    assert [entry.name for entry in tmp_path.iterdir()] == ["osdesk.db"]
    assert rows(path, "PRAGMA integrity_check") == [("ok",)]


def test_migrations_leave_the_transaction_to_us() -> None:
    connection = migrate.bare(":memory:")
    connection.execute("BEGIN IMMEDIATE")
    migrate.apply_migrations(connection)
    assert connection.in_transaction
    connection.execute("ROLLBACK")
    assert connection.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)
    connection.close()


def test_pending_names_what_would_run(tmp_path: Path) -> None:
    scripts = scripts_with(tmp_path, "op.execute('SELECT 1')")
    assert migrate.pending(migrate.HEAD) == []
    assert migrate.pending(migrate.HEAD, scripts=scripts) == ["9999 Add a column."]


def test_an_older_file_is_upgraded_whole_and_kept(shop: Path, tmp_path: Path, now: datetime):
    scripts = scripts_with(
        tmp_path,
        """
        import sqlalchemy as sa
        with op.batch_alter_table("customers") as batch:
            batch.add_column(sa.Column("nickname", sa.Text()))
        """,
    )
    before = rows(shop, "SELECT id, name FROM customers")
    kept = migrate.upgrade_file(
        shop, shop.parent / "backups", now=now, scripts=scripts, schema=NEXT
    )
    assert kept.name == "antes-da-atualizacao-20261124-173200.db"
    assert rows(kept, "SELECT version_num FROM alembic_version") == [(migrate.HEAD,)]
    assert rows(kept, "SELECT id, name FROM customers") == before
    assert rows(shop, "SELECT version_num FROM alembic_version") == [("9999",)]
    assert rows(shop, "PRAGMA user_version") == [(NEXT,)]
    assert rows(shop, "SELECT id, name, nickname FROM customers") == [(1, "Ana", None)]
    assert rows(shop, "SELECT number FROM orders") == [(7,)]
    names = {entry.name for entry in shop.parent.iterdir()}
    assert not {name for name in names if ".new" in name or name.endswith(("-wal", "-journal"))}


@pytest.mark.parametrize(
    "body",
    [
        "op.execute('UPDATE orders SET paid = 100, balance = 4900')",
        "op.execute('DROP TRIGGER guard_orders_delete')\nop.execute('DELETE FROM orders')",
        "op.execute('DELETE FROM equipment')",
        "op.execute('UPDATE customers SET nothing = 1')",
        (
            "op.execute('DROP TRIGGER fts_customers_before')\n"
            "op.execute('DROP TRIGGER fts_customers_after')\n"
            "op.execute(\"UPDATE customers SET name = 'Bia'\")"
        ),
        "raise OSError",
    ],
    ids=["money", "rows", "parents", "error", "index", "surprise"],
)
def test_an_upgrade_that_loses_anything_is_not_made(
    shop: Path, tmp_path: Path, now: datetime, body: str
) -> None:
    scripts = scripts_with(tmp_path, body)
    before = shop.read_bytes()
    with pytest.raises(UserError, match="upgrade_failed"):
        migrate.upgrade_file(shop, shop.parent / "backups", now=now, scripts=scripts, schema=NEXT)
    assert shop.read_bytes() == before
    assert not migrate.new_of(shop).exists()
    good = scripts_with(tmp_path / "again", "op.execute('CREATE TABLE more (id INTEGER) STRICT')")
    migrate.upgrade_file(shop, shop.parent / "backups", now=now, scripts=good, schema=NEXT)
    assert rows(shop, "PRAGMA user_version") == [(NEXT,)]


def test_an_upgrade_waits_for_nobody_who_reads(shop: Path, tmp_path: Path, now: datetime) -> None:
    scripts = scripts_with(tmp_path, "op.execute('CREATE TABLE more (id INTEGER) STRICT')")
    reader = sqlite3.connect(shop, isolation_level=None)
    reader.execute("PRAGMA journal_mode=WAL")
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM orders").fetchall()
    with pytest.raises(UserError, match="database_busy"):
        migrate.upgrade_file(shop, shop.parent / "backups", now=now, scripts=scripts, schema=NEXT)
    reader.close()
    assert rows(shop, "SELECT version_num FROM alembic_version") == [(migrate.HEAD,)]
    assert not migrate.new_of(shop).exists()


def test_what_is_still_in_the_log_is_upgraded_too(shop: Path, tmp_path: Path, now: datetime):
    scripts = scripts_with(tmp_path, "op.execute('CREATE TABLE more (id INTEGER) STRICT')")
    image, log = tmp_path / "image.db", tmp_path / "image.db-wal"
    writer = sqlite3.connect(shop, isolation_level=None)
    writer.execute("PRAGMA journal_mode=WAL")
    writer.execute("INSERT INTO shop_texts VALUES ('late', 'still in the log')")
    shutil.copyfile(shop, image)
    shutil.copyfile(f"{shop}-wal", log)
    writer.close()
    migrate.upgrade_file(image, tmp_path / "aside", now=now, scripts=scripts, schema=NEXT)
    assert rows(image, "SELECT body FROM shop_texts WHERE code = 'late'") == [("still in the log",)]
    assert not log.exists()


FROZEN = {"quotes": "content", "issued_papers": "canonical, sheet"}
"""Tables with JSON that is deflated since revision 0003."""
HISTORY = (
    "SELECT e.id, e.code, e.at, e.hash, t.salt, t.body, e.data, e.author_id, e.order_id"
    " FROM events AS e LEFT JOIN event_texts AS t ON t.event_id = e.id ORDER BY e.id"
)


@pytest.mark.parametrize(("name", "without"), [("0001", set()), ("0002", {"file_missing"})])
def test_a_file_of_each_released_version_comes_up_with_nothing_lost(
    tmp_path: Path, name: str, without: set[str]
) -> None:
    """``without``: of the second release only the database was kept, not the pictures beside it."""
    packed = Path(__file__).parent / "released" / f"{name}.db.gz"
    path = tmp_path / "shop" / "osdesk.db"
    path.parent.mkdir()
    path.write_bytes(gzip.decompress(packed.read_bytes()))
    connection = sqlite3.connect(path)
    before, told = migrate.figures(connection), {}
    for table, columns in FROZEN.items():
        told[table] = connection.execute(f"SELECT id, {columns} FROM {table}").fetchall()
    chained = connection.execute(HISTORY).fetchall()
    assert list(history(connection)) == []
    connection.close()
    store = open_store(path.parent, write=True, clock=lambda: NOW)
    try:
        connection = sqlite3.connect(path)
        after = migrate.figures(connection)
        for table, columns in FROZEN.items():
            rows = connection.execute(f"SELECT id, {columns} FROM {table}").fetchall()
            assert [(row[0], *map(unpack, row[1:])) for row in rows] == told[table]
            assert rows or (name, table) == ("0001", "issued_papers")
        rows = connection.execute(HISTORY).fetchall()
        same = [
            (*row[:2], moment_text(row[2]), row[3].hex(), row[4] and row[4].hex(), *row[5:])
            for row in rows
        ]
        assert same[: len(chained)] == chained != []
        connection.close()
        assert before["orders"] == 24
        assert {key: after[key] for key in before} == before
        assert {problem.code for problem in check(store)} == without
        orders = store.database.read(sheets_after, 0, now=NOW)
        assert len(orders) == 24
        assert name != "0001" or {order.ceiling for order in orders} == {None}
    finally:
        store.close()
