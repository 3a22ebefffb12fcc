"""Where things are: what the program brings along, the shop's folder, the logs.

The program runs in three layouts (an installed wheel, a checkout, a frozen folder); nobody else
needs to know which.
"""

import sys
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


@cache
def _resource_root(package: Path, frozen: str | None) -> Path:
    if frozen:
        return Path(frozen) / "resources"
    installed = package / "resources"
    return installed if installed.is_dir() else package.parents[1] / "resources"


def resource(*parts: str) -> Path:
    """A file that comes with the program; FileNotFoundError where it was left out of a build."""
    path = _resource_root(PACKAGE, getattr(sys, "_MEIPASS", None)).joinpath(*parts)
    if not path.exists():
        raise FileNotFoundError(path)
    return path


def changelog() -> Path:
    """What changed in each version, as the person reads it."""
    inside = _resource_root(PACKAGE, getattr(sys, "_MEIPASS", None)) / "CHANGELOG.md"
    return inside if inside.exists() else PACKAGE.parents[1] / "CHANGELOG.md"


def program(*words: str) -> list[str]:
    """How another process of this program is started, from its source or frozen."""
    if getattr(sys, "frozen", False):
        place = Path(sys.executable)
        # on Windows the program without a console has no input and output of its own
        twin = place.with_name(place.name.replace("osdeskw", "osdesk"))
        return [str(twin if twin.exists() else place), *words]
    return [sys.executable, "-P", "-m", "osdesk", *words]


def default_data_dir() -> Path:
    """The shop's folder when no other is named.

    On Windows the local profile, never the roaming one: a database must not be copied over the
    network at each log-on.
    """
    from platformdirs import user_data_path

    return user_data_path("osdesk", appauthor=False, roaming=False)


DEMONSTRATION = "-demonstracao"


def demo_dir(data: Path) -> Path:
    """The folder of the demonstration that belongs to a shop: beside the shop's own."""
    data = data.resolve()
    return data.with_name(data.name + DEMONSTRATION)


def own_dir(data: Path) -> Path | None:
    """Of a demonstration's folder the shop's own; None where it is no such folder."""
    data = data.resolve()
    name = data.name.removesuffix(DEMONSTRATION)
    return data.with_name(name) if name and name != data.name else None


def log_dir(data: Path) -> Path:
    """Logs are kept beside the shop they are about, so that two shops on one machine never mix."""
    return data / "logs"
