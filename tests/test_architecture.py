"""The floors of the house: who may import whom. A broken rule fails here, not in a review."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

SRC = Path(__file__).resolve().parents[1] / "src" / "osdesk"
ALL = {"domain", "persistence", "services", "documents", "interchange", "jobs", "texts", "paths"}

# floor: (floors it may import, watched libraries that it may use)
FLOORS = {
    "domain": (set(), {"validate_docbr", "phonenumbers"}),
    "persistence": ({"domain"}, {"sqlalchemy", "alembic"}),
    "services": ({"domain", "persistence"}, {"sqlalchemy"}),
    "documents": ({"domain", "texts", "paths"}, {"reportlab"}),
    "interchange": ({"domain", "services", "texts"}, {"xlsxwriter"}),
    "jobs": (ALL, set()),
    "ui": (ALL - {"persistence", "interchange"}, {"PySide6"}),
    "cli": (ALL | {"app", "ui", "pictures"}, {"click"}),
    "texts": ({"domain"}, set()),
}
# what `Database.run` hands to a function of these floors; they name its type and make none
HANDED = {"jobs": {"sqlalchemy.orm.Session"}, "cli": {"sqlalchemy.orm.Session"}}
# single files that reach further, each for a reason that architecture's table names
EXCEPTIONS = {
    "ui/desk.py": {"persistence"},
    "documents/read.py": {"pypdfium2", "zxingcpp", "PIL"},
    "documents/images.py": {"pypdfium2", "PIL"},  # strangers' files, made safe in one place
    # access codes of devices are sealed under a key beside the database
    "persistence/secret_box.py": {"Cryptodome"},
}
# at the top: places and words serve everybody and lean on nobody; the rest builds
TOP = {
    "paths.py": (set(), {"platformdirs"}),
}
WATCHED = {
    *("sqlalchemy", "alembic", "reportlab", "PySide6", "shiboken6", "xlsxwriter", "openpyxl"),
    *("pypdfium2", "zxingcpp", "click", "pyzipper", "Cryptodome", "PIL", "platformdirs"),
    *("validate_docbr", "phonenumbers", "mako"),
}
# the counter works without a network, and nothing of the shop leaves it by one
NETWORK = {
    *("socket", "socketserver", "ssl", "ftplib", "smtplib", "poplib", "imaplib", "telnetlib"),
    *("xmlrpc", "http", "urllib.request", "requests", "httpx", "aiohttp", "urllib3"),
}
# names of tables and values of pragmas cannot be parameters; here they come from the schema alone
SCHEMA_NAMES = (
    *("persistence/search_index.py", "persistence/migrate.py"),
    "persistence/migrations/",
)
LOCAL_SOCKETS = {"QLocalServer", "QLocalSocket"}


def source(folder: str = "") -> list[Path]:
    return sorted((SRC / folder).rglob("*.py"))


def name(path: Path) -> str:
    return path.relative_to(SRC).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), str(path))


def imports(path: Path) -> Iterator[str]:
    """Full names, whichever way they are imported: `from a import b` is `a.b`."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name(path)}:{node.lineno}: relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def calls(path: Path) -> Iterator[tuple[str, ast.Call]]:
    """Each call with its dotted name, as far as it is one: `a.b.c(…)` is `a.b.c`."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), node


def within(dotted: str, modules: set[str]) -> bool:
    return any(dotted == module or dotted.startswith(module + ".") for module in modules)


def broken(path: Path, floors: set[str], libraries: set[str]) -> list[str]:
    wrong = []
    for imported in imports(path):
        top, _, rest = imported.partition(".")
        target = rest.partition(".")[0]
        if top == "osdesk":
            if target not in floors and target not in ("", "__version__"):
                wrong.append(imported)
        elif top in WATCHED and not within(imported, libraries):
            wrong.append(imported)
    return wrong


def relation(path: Path) -> tuple[set[str], set[str]]:
    """What one file may import: floors, libraries."""
    floor = path.relative_to(SRC).parts[0]
    more = EXCEPTIONS.get(name(path), set())
    if floor in FLOORS:
        floors, libraries = FLOORS[floor]
        return floors | {floor} | more, libraries | more | HANDED.get(floor, set())
    return TOP.get(floor, (ALL | {"app", "cli", "ui"}, {"PySide6"}))


@pytest.mark.parametrize("path", source(), ids=name)
def test_floors(path):
    assert broken(path, *relation(path)) == []


def test_every_package_has_its_floor():
    packages = {p.name for p in SRC.iterdir() if p.is_dir() and any(p.glob("*.py"))}
    assert packages == set(FLOORS)


def test_the_rule_sees_each_way_of_importing(tmp_path):
    file = tmp_path / "a.py"
    file.write_text(
        "import osdesk.ui.desk\nfrom osdesk import persistence\nfrom osdesk.domain import money\n"
        "def late():\n    import sqlalchemy.orm\n    from PySide6.QtSql import QSqlDatabase\n"
    )
    assert broken(file, {"domain"}, {"PySide6"}) == [
        "osdesk.ui.desk",
        "osdesk.persistence",
        "sqlalchemy.orm",
    ]


@pytest.mark.parametrize("path", source(), ids=name)
def test_no_network_and_no_second_way_to_the_database(path):
    for imported in imports(path):
        assert not within(imported, NETWORK), imported
        assert not within(imported, {"PySide6.QtSql"}), imported
        if within(imported, {"PySide6.QtNetwork"}):
            assert imported.rpartition(".")[2] in LOCAL_SOCKETS, imported


@pytest.mark.parametrize("path", source("domain") + source("services"), ids=name)
def test_rules_and_services_never_read_the_clock(path):
    clocks = (
        *("datetime.now", "datetime.utcnow", "datetime.today", "date.today"),
        *("time.time", "time.time_ns", "time.localtime", "time.gmtime"),
    )
    for called, node in calls(path):
        assert not called.endswith(clocks), f"line {node.lineno}: {called} (`now` is an argument)"


@pytest.mark.parametrize("path", source("services") + source("jobs") + source("cli"), ids=name)
def test_nobody_opens_or_commits_a_session_but_the_database(path):
    for called, node in calls(path):
        last = called.rpartition(".")[2]
        wrong = called.endswith(("session.commit", "session.rollback", "session.close"))
        wrong = wrong or last in ("sessionmaker", "Session", "create_engine")
        assert not wrong, f"line {node.lineno}: {called}"


@pytest.mark.parametrize("path", source(), ids=name)
def test_sql_is_never_put_together_from_what_was_typed(path):
    if not any(within(imported, {"sqlalchemy", "sqlite3"}) for imported in imports(path)):
        return  # `text` is Qt's and the papers' word too
    if name(path).startswith(SCHEMA_NAMES):
        return
    for called, node in calls(path):
        if called.rpartition(".")[2] not in ("text", "execute", "executescript", "exec_driver_sql"):
            continue
        for argument in node.args[:1]:
            composed = (
                isinstance(argument, ast.JoinedStr)
                or (isinstance(argument, ast.BinOp) and isinstance(argument.op, ast.Mod | ast.Add))
                or (isinstance(argument, ast.Call) and ast.unparse(argument.func)[-7:] == ".format")
            )
            assert not composed, f"line {node.lineno}: {called} of a composed string"


@pytest.mark.parametrize("path", source(), ids=name)
def test_papers_never_read_markup_from_a_persons_text(path):
    # ReportLab's Paragraph reads its text as XML: "<b>" typed by a clerk would be markup
    for called, node in calls(path):
        assert called.rpartition(".")[2] != "Paragraph", f"line {node.lineno}"
    assert not any(i.endswith(".Paragraph") for i in imports(path))


def test_files_stay_small():
    lines = {name(p): len(p.read_text("utf-8").splitlines()) for p in source()}
    assert {n: k for n, k in lines.items() if k > 600 and "/migrations/" not in n} == {}


@pytest.mark.parametrize("path", source(), ids=name)
def test_a_module_opens_with_why_it_exists(path):
    assert ast.get_docstring(tree(path))


def test_no_module_is_a_drawer():
    drawers = {"utils", "util", "helpers", "misc", "common", "manager", "base"}
    assert [name(p) for p in source() if p.stem in drawers or p.stem.startswith("base_")] == []
