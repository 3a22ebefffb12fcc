"""What the program is made of and under which licences: for the page *Sobre* and for the packages.

The texts come with the installed libraries themselves; what brings none has its text in
``resources/licences``. A test holds the list to the dependencies.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from osdesk import paths

_TEXT = re.compile(r"(licen[cs]e|copying|notice)", re.IGNORECASE)
_OWN = ".dist-info/"


@dataclass(frozen=True, slots=True)
class Part:
    """A library, a typeface or a set of icons; ``distributions`` as they are installed."""

    name: str
    licence: str
    distributions: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    """Files in ``resources``."""


_GNU = ("licences/LGPL-3.0.txt", "licences/GPL-3.0.txt")
PARTS = (
    Part("osdesk", "MIT", texts=("licences/osdesk.txt",)),
    Part(
        "Qt, PySide6 e Shiboken6",
        "GNU LGPL 3, ligados dinamicamente e substituíveis",
        ("PySide6-Essentials", "shiboken6"),
        ("licences/Qt.txt", *_GNU),
    ),
    Part("Python", "PSF 2.0", texts=("licences/Python.txt", "licences/Apache-2.0.txt")),
    Part("SQLite", "domínio público", texts=("licences/SQLite.txt",)),
    Part("SQLAlchemy", "MIT", ("SQLAlchemy",)),
    Part("Alembic", "MIT", ("alembic",)),
    Part("Mako", "MIT", ("Mako",)),
    Part("MarkupSafe", "BSD de 3 cláusulas", ("MarkupSafe",)),
    Part("ReportLab", "BSD", ("reportlab", "rl-accel")),
    Part("Pillow", "MIT-CMU", ("pillow",)),
    Part("charset-normalizer", "MIT", ("charset-normalizer",)),
    Part(
        "PDFium e pypdfium2",
        "BSD de 3 cláusulas e Apache 2.0, com as bibliotecas do PDFium",
        ("pypdfium2",),
    ),
    Part("zxing-cpp", "Apache 2.0", ("zxing-cpp",)),
    Part("XlsxWriter", "BSD de 2 cláusulas", ("XlsxWriter",)),
    Part("PyCryptodome", "BSD e domínio público", ("pycryptodomex",)),
    Part("pyzipper", "MIT", ("pyzipper",)),
    Part("openpyxl", "MIT", ("openpyxl",)),
    Part("et_xmlfile", "MIT", ("et-xmlfile",)),
    Part("sqlglot", "MIT", ("sqlglot",)),
    Part("Click", "BSD de 3 cláusulas", ("click",)),
    Part("platformdirs", "MIT", ("platformdirs",)),
    Part("validate-docbr", "MIT", ("validate-docbr",)),
    Part("phonenumberslite", "Apache 2.0", ("phonenumberslite",)),
    Part("typing-extensions", "PSF 2.0", ("typing-extensions",)),
    Part("colorama", "BSD de 3 cláusulas", ("colorama",)),
    Part("tzdata", "Apache 2.0 e domínio público", ("tzdata",)),
    Part("IBM Plex Sans (letras)", "SIL Open Font License 1.1", texts=("fonts/OFL-IBMPlex.txt",)),
    Part("DejaVu Sans (letras)", "licença Bitstream Vera", texts=("fonts/LICENSE-DejaVu.txt",)),
    Part("Tabler Icons (ícones)", "MIT", texts=("icons/LICENSE-tabler.txt",)),
)


def parts() -> list[Part]:
    """Those that are here: some libraries are for one system alone."""
    return [part for part in PARTS if part.texts or any(map(_is_here, part.distributions))]


def installed() -> list[str]:
    """The libraries that are here, as they are installed."""
    return [name for part in PARTS for name in part.distributions if _is_here(name)]


def texts(part: Part) -> Iterator[tuple[str, str]]:
    """Name of the file and text of each licence of a part."""
    for place in part.texts:
        path = paths.resource(*place.split("/"))
        yield path.name, path.read_text("utf-8")
    for name in part.distributions:
        for inside, path in _files(name):
            yield f"{name}-{inside}", path.read_text("utf-8", "replace")


def write_all(folder: Path) -> None:
    """A folder for each part, with its texts, and a list of all."""
    lines = []
    for part in parts():
        place = folder / re.sub(r"[^\w.-]+", "-", part.name).strip("-")
        place.mkdir(parents=True)
        for name, text in texts(part):
            (place / name).write_text(text, "utf-8")
        lines.append(f"{part.name}: {part.licence} ({place.name}/)\n")
    (folder / "LEIA-ME.txt").write_text("".join(lines), "utf-8")


def _is_here(name: str) -> bool:
    try:
        distribution(name)
    except PackageNotFoundError:
        return False
    return True


def _files(name: str) -> list[tuple[str, Path]]:
    """The texts that a library brings: its own name for each, and where it is."""
    if not _is_here(name):
        return []
    found = []
    for file in distribution(name).files or []:
        inside = file.as_posix().partition(_OWN)[2]
        if _TEXT.search(inside) and "Commercial" not in file.name:
            path = Path(str(file.locate()))
            if path.is_file():
                found.append((inside.removeprefix("licenses/").replace("/", "-"), path))
    return sorted(found)
