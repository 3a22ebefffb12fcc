"""The floors of the house: who may import whom. A broken rule fails here, not in a review."""

import ast
from collections import Counter
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

SRC = Path(__file__).resolve().parents[1] / "src" / "osdesk"
ALL = {"domain", "persistence", "services", "documents", "interchange", "jobs", "texts", "paths"}

# floor: (floors it may import, watched libraries that it may use)
FLOORS = {
    "domain": (set(), {"validate_docbr", "phonenumbers"}),
    "persistence": ({"domain"}, {"sqlalchemy", "alembic"}),
    "services": ({"domain", "persistence"}, {"sqlalchemy"}),
    "documents": ({"domain", "texts", "paths"}, {"reportlab"}),
    "interchange": ({"domain", "services", "texts"}, {"xlsxwriter", "openpyxl", "sqlglot"}),
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
    "persistence/backup_file.py": {"pyzipper"},  # backups with a password
}
# at the top: places and words serve everybody and lean on nobody; the rest builds
TOP = {
    "paths.py": (set(), {"platformdirs"}),
}
WATCHED = {
    *("sqlalchemy", "alembic", "reportlab", "PySide6", "shiboken6", "xlsxwriter", "openpyxl"),
    *("pypdfium2", "zxingcpp", "click", "pyzipper", "Cryptodome", "PIL", "platformdirs"),
    *("validate_docbr", "phonenumbers", "mako", "sqlglot"),
}
# the counter works without a network, and nothing of the shop leaves it by one
NETWORK = {
    *("socket", "socketserver", "ssl", "ftplib", "smtplib", "poplib", "imaplib", "telnetlib"),
    *("xmlrpc", "http", "urllib.request", "requests", "httpx", "aiohttp", "urllib3"),
}
# names of tables and values of pragmas cannot be parameters; here they come from the schema alone
SCHEMA_NAMES = (
    *("persistence/search_index.py", "persistence/migrate.py", "persistence/copies.py"),
    "persistence/migrations/",
)
LOCAL_SOCKETS = {"QLocalServer", "QLocalSocket"}
# room of the window: the rooms that it may import; `desk`, `page` and what serves several rooms
# stand beside them
ROOMS = {
    "widgets": set(),
    "papers": {"widgets"},
    "panes": {"widgets", "papers"},
    "orders": {"widgets", "papers", "panes"},
    "editor": {"widgets", "papers", "panes"},
    "customers": {"widgets", "papers", "panes"},
    "catalog": {"widgets"},
    "dashboard": {"widgets"},
    "reports": {"widgets"},
    "backups": {"widgets"},
    "help": {"widgets"},
    "imports": {"widgets"},
    "settings": {"widgets", "backups", "imports"},
    # it alone brings the pages together
    "window": {"widgets", "papers", "orders", "editor", "customers", "catalog", "dashboard"}
    | {"reports", "settings", "backups", "help"},
}
# who imports back what imports it, and why: no import of one process, or it could not be cut
BACK = {
    ("documents/apart.py", "documents/images.py"): "the child process, started by the same file",
    ("documents/apart.py", "documents/read.py"): "the child process, started by the same file",
}
BESIDE_THE_ROOMS = {"desk", "tasks", "page", "list_page", "window_settings"}


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


@cache
def calls(path: Path) -> list[tuple[str, ast.Call]]:
    """Each call with its dotted name, as far as it is one: `a.b.c(…)` is `a.b.c`."""
    found = [node for node in ast.walk(tree(path)) if isinstance(node, ast.Call)]
    return [(ast.unparse(node.func), node) for node in found]


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


def test_floors():
    offenders = {name(p): broken(p, *relation(p)) for p in source()}
    assert {n: wrong for n, wrong in offenders.items() if wrong} == {}


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


def test_no_network_and_no_second_way_to_the_database():
    offenders = []
    for path in source():
        for imported in imports(path):
            wrong = within(imported, NETWORK | {"PySide6.QtSql"})
            if within(imported, {"PySide6.QtNetwork"}):
                wrong = imported.rpartition(".")[2] not in LOCAL_SOCKETS
            if wrong:
                offenders.append(f"{name(path)}: {imported}")
    assert offenders == []


def test_rules_and_services_never_read_the_clock():
    clocks = (
        *("datetime.now", "datetime.utcnow", "datetime.today", "date.today"),
        *("time.time", "time.time_ns", "time.localtime", "time.gmtime"),
    )
    assert [
        f"{name(path)}:{node.lineno}: {called} (`now` is an argument)"
        for path in source("domain") + source("services")
        for called, node in calls(path)
        if called.endswith(clocks)
    ] == []


def test_nobody_opens_or_commits_a_session_but_the_database():
    ends = ("session.commit", "session.rollback", "session.close")
    makes = ("sessionmaker", "Session", "create_engine")
    assert [
        f"{name(path)}:{node.lineno}: {called}"
        for path in source("services") + source("jobs") + source("cli")
        for called, node in calls(path)
        if called.endswith(ends) or called.rpartition(".")[2] in makes
    ] == []


def composed(argument: ast.expr) -> bool:
    """Whether a text is put together where it is handed over."""
    return (
        isinstance(argument, ast.JoinedStr)
        or (isinstance(argument, ast.BinOp) and isinstance(argument.op, ast.Mod | ast.Add))
        or (isinstance(argument, ast.Call) and ast.unparse(argument.func)[-7:] == ".format")
    )


def test_sql_is_never_put_together_from_what_was_typed():
    sayings = ("text", "execute", "executescript", "exec_driver_sql")
    assert (
        [
            f"{name(path)}:{node.lineno}: {called} of a composed string"
            for path in source()
            if not name(path).startswith(SCHEMA_NAMES)
            # elsewhere `text` is Qt's and the papers' word too
            and any(within(imported, {"sqlalchemy", "sqlite3"}) for imported in imports(path))
            for called, node in calls(path)
            if called.rpartition(".")[2] in sayings and any(map(composed, node.args[:1]))
        ]
        == []
    )


def test_papers_never_read_markup_from_a_persons_text():
    # ReportLab's Paragraph reads its text as XML: "<b>" typed by a clerk would be markup
    offenders = []
    for path in source():
        used = [i for i in imports(path) if i.endswith(".Paragraph")]
        used += [called for called, _ in calls(path) if called.rpartition(".")[2] == "Paragraph"]
        offenders += [f"{name(path)}: {one}" for one in used]
    assert offenders == []


def test_each_rule_sees_what_it_forbids(tmp_path):
    """The parts the rules above are made of, on a file that breaks them."""
    file = tmp_path / "a.py"
    file.write_text(
        "import urllib.request\nnow = datetime.now()\nsession.commit()\n"
        'session.execute(text(f"SELECT {a}"))\ntext("a" + b)\ntext("{}".format(a))\ntext("a")\n'
    )
    assert within(next(imports(file)), NETWORK)
    called = dict(calls(file))
    assert {"datetime.now", "session.commit", "session.execute"} <= set(called)
    texts = [node for said, node in calls(file) if said == "text"]
    assert sorted(composed(node.args[0]) for node in texts) == [False, True, True, True]


LONGEST = 600
FULLEST = 30
SMALL = 80
# files of fewer lines than that, with a single importer on their floor: what keeps each apart
SMALL_FOR_A_REASON = {
    "ui/dashboard/first_steps.py": "a card of a new shop, beside a page that stays",
    "cli/papers.py": "a group of commands, as its neighbours are; `main` only lists the groups",
    "services/orders/changes.py": "what the history says of a save; `saving` is long enough",
    "ui/settings/money.py": "a section, as its neighbours are; `page` only lists them",
}


def importers() -> dict[str, set[str]]:
    """Each file of the house: the others that import it."""
    modules = {}
    for path in source():
        parts = path.relative_to(SRC.parent).with_suffix("").parts
        modules[".".join(part for part in parts if part != "__init__")] = name(path)
    found: dict[str, set[str]] = {file: set() for file in modules.values()}
    for path in source():
        for imported in imports(path):
            for dotted in (imported, imported.rpartition(".")[0]):
                if dotted in modules and modules[dotted] != name(path):
                    found[modules[dotted]].add(name(path))
    return found


def length(path: Path) -> int:
    return len(path.read_text("utf-8").splitlines())


def test_files_stay_small():
    # a released migration is never edited, so it cannot be split either
    assert {
        name(p): length(p)
        for p in source()
        if length(p) > LONGEST and "/migrations/" not in name(p)
    } == {}


def test_a_small_file_with_a_single_importer_has_its_reason():
    lonely = {
        file
        for file, others in importers().items()
        # one that is imported from another floor cannot move into its importer
        if {other.partition("/")[0] for other in others} == {file.partition("/")[0]}
        and len(others) == 1
        and length(SRC / file) < SMALL
        and not file.endswith("__init__.py")
    }
    assert lonely - set(SMALL_FOR_A_REASON) == set(), "belongs into its importer, or has a reason"
    assert set(SMALL_FOR_A_REASON) - lonely == set(), "needs no reason any more"


def test_rooms_of_the_window():
    rooms = {p.name for p in (SRC / "ui").iterdir() if p.is_dir() and any(p.glob("*.py"))}
    assert rooms == set(ROOMS)
    wrong = []
    for path in source("ui"):
        room = path.relative_to(SRC / "ui").parts[0]
        allowed = {room} | ROOMS.get(room, {"widgets"})
        allowed |= BESIDE_THE_ROOMS if room != "widgets" else set()
        for imported in imports(path):
            if imported.startswith("osdesk.ui.") and imported.split(".")[2] not in allowed:
                wrong.append(f"{name(path)}: {imported}")
    assert wrong == []


def test_no_modules_import_each_other_in_a_circle():
    """Also not where only types are looked at: two that need each other are one, or three."""
    needs: dict[str, set[str]] = {file: set() for file in importers()}
    for file, others in importers().items():
        for other in others:
            # a package's own parts are imported by its name too
            if "__init__" not in file and (other, file) not in BACK:
                needs[other].add(file)
    assert list(TopologicalSorter(needs).static_order())  # CycleError names the circle


def test_a_floor_of_many_files_has_rooms():
    folders = Counter(p.parent.relative_to(SRC).as_posix() for p in source())
    assert {folder: k for folder, k in folders.items() if k > FULLEST} == {}


def test_a_module_opens_with_why_it_exists():
    assert [name(p) for p in source() if not ast.get_docstring(tree(p))] == []


def test_no_module_is_named_for_nothing():
    empty = {"utils", "util", "helpers", "misc", "common", "manager", "base"}
    assert [name(p) for p in source() if p.stem in empty or p.stem.startswith("base_")] == []
