"""Freezes the program, tries the frozen one, and makes the package of this system.

Run by `packaging/dev.py build`, with the interpreter of the environment; a word names another
folder than `dist`. What works from source can still fail frozen (a file left out, an import made by
name), so the frozen program does the whole main job before anything is packed.
"""

import email.utils
import gzip
import hashlib
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from osdesk.jobs.licences import write_all

ROOT = Path(__file__).resolve().parents[1]
DIST = ROOT / "dist"
WINDOWS = os.name == "nt"
ID = "io.github.osdesk.osdesk"
MAINTAINER = "osdesk contributors <osdesk@users.noreply.github.com>"


def version() -> str:
    text = (ROOT / "src" / "osdesk" / "__init__.py").read_text("utf-8")
    found = re.search(r'^__version__ = "([^"]+)"', text, re.MULTILINE)
    if not found:
        sys.exit("src/osdesk/__init__.py: falta __version__.")
    return found[1]


def freeze(dist: Path) -> Path:
    """The program as a folder that runs, with the licences of all that is in it."""
    frozen = dist / "osdesk"
    shutil.rmtree(frozen, ignore_errors=True)
    spec = str(ROOT / "pyinstaller.spec")
    work = str(ROOT / "build" / f"freeze-{sys.platform}")
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"]
    subprocess.run([*command, "--distpath", str(dist), "--workpath", work, spec], check=True)
    write_all(frozen / "LICENSES")
    if not WINDOWS:
        system_licences(frozen)
    return frozen


def system_licences(frozen: Path) -> None:
    """Beside the licences of our own libraries those of Debian's that were packed along."""
    for library in sorted((frozen / "_internal").glob("lib*.so*")):
        for package in owners(library.name):
            terms = Path("/usr/share/doc") / package / "copyright"
            if terms.is_file():
                copy(terms, frozen / "LICENSES" / "Linux" / f"{package}.txt")


def owners(library: str) -> set[str]:
    """The installed Debian packages that bring a library of this name."""
    if not shutil.which("dpkg"):
        return set()
    done = subprocess.run(["dpkg", "-S", f"*/{library}"], capture_output=True, text=True)
    lines = (line.partition(": ")[0] for line in done.stdout.splitlines())
    return {name.strip().partition(":")[0] for line in lines for name in line.split(",")}


def program(frozen: Path) -> Path:
    return frozen / ("osdesk.exe" if WINDOWS else "osdesk")


def smoke(frozen: Path) -> None:
    """The frozen program's version, then the tour; a hang is a failure too."""
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [program(frozen), "--version"],
        env=env,
        timeout=120,
        check=True,
        capture_output=True,
        text=True,
    )
    if version() not in done.stdout:
        sys.exit(f"O programa congelado diz {done.stdout!r}, não {version()}.")
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "tour"
        subprocess.run([program(frozen), "tour", "--out", out], env=env, timeout=600, check=True)
        papers = {p.suffix for p in out.rglob("*") if p.is_file() and p.stat().st_size}
        if not {".pdf", ".png"} <= papers:
            sys.exit("O programa congelado não fez os papéis e as imagens do passeio.")


def copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def packed(text: str, target: Path) -> None:
    """A text as Debian keeps it: compressed, the same bytes each time."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(gzip.compress(text.encode("utf-8"), mtime=0))


def debian_changelog(release: str) -> str:
    day = email.utils.formatdate(float(os.environ.get("SOURCE_DATE_EPOCH") or time.time()))
    return (
        f"osdesk ({release}) stable; urgency=medium\n\n"
        f"  * O que mudou está em /usr/share/doc/osdesk/CHANGELOG.md.gz.\n\n"
        f" -- {MAINTAINER}  {day}\n"
    )


def manual_page(release: str) -> str:
    """What `osdesk --help` says, as a page of `man`."""
    from osdesk.cli.main import osdesk

    def plain(text: str) -> str:
        return " ".join(text.split()).replace("\\", "\\\\").replace("-", "\\-")

    lines = [
        f'.TH OSDESK 1 "" "osdesk {release}" "osdesk"',
        ".SH NOME",
        "osdesk \\- ordens de serviço para assistências técnicas",
        ".SH SINOPSE",
        ".B osdesk",
        "[OPÇÕES] [COMANDO …]",
        ".SH DESCRIÇÃO",
        plain(osdesk.help or ""),
        ".SH OPÇÕES",
        *(".TP", ".B \\-\\-data DIR", "Pasta da loja (também OSDESK_DATA)."),
        *(".TP", ".B \\-\\-help", "Mostra a ajuda; também depois de um comando."),
        *(".TP", ".B \\-\\-version", "Mostra a versão."),
        ".SH COMANDOS",
    ]
    for name, command in sorted(osdesk.commands.items()):
        if not command.hidden:
            lines += [".TP", f".B {plain(name)}", plain((command.help or "").partition("\n\n")[0])]
    lines += [".SH VEJA TAMBÉM", "/usr/share/doc/osdesk"]
    return "\n".join([*lines, ""])


def debian_tree(root: Path, frozen: Path, release: str, architecture: str) -> None:
    """The package's files below `root`, as they will lie on the machine."""
    home = root / "usr/lib/osdesk"
    shutil.copytree(frozen, home, symlinks=True, ignore=shutil.ignore_patterns("LICENSES"))
    (root / "usr/bin").mkdir(parents=True)
    (root / "usr/bin/osdesk").symlink_to("../lib/osdesk/osdesk")
    linux, logo = ROOT / "packaging/linux", ROOT / "resources/logo"
    copy(linux / f"{ID}.desktop", root / f"usr/share/applications/{ID}.desktop")
    copy(linux / f"{ID}.metainfo.xml", root / f"usr/share/metainfo/{ID}.metainfo.xml")
    icons = root / "usr/share/icons/hicolor"
    copy(logo / "osdesk-icon.svg", icons / f"scalable/apps/{ID}.svg")
    for size in (48, 256):
        copy(logo / f"osdesk-{size}.png", icons / f"{size}x{size}/apps/{ID}.png")
    documents = root / "usr/share/doc/osdesk"
    copy(ROOT / "packaging/deb/copyright", documents / "copyright")
    shutil.copytree(frozen / "LICENSES", documents / "LICENSES")
    packed((ROOT / "CHANGELOG.md").read_text("utf-8"), documents / "CHANGELOG.md.gz")
    packed(debian_changelog(release), documents / "changelog.gz")
    packed(manual_page(release), root / "usr/share/man/man1/osdesk.1.gz")
    overrides = root / "usr/share/lintian/overrides/osdesk"
    copy(ROOT / "packaging/deb/lintian-overrides", overrides)
    for path in root.rglob("*"):
        if path.is_file() and not path.is_symlink():
            path.chmod(0o755 if path == home / "osdesk" else 0o644)
        elif path.is_dir():
            path.chmod(0o755)
    size = sum(p.stat().st_size for p in root.rglob("*") if p.is_file() and not p.is_symlink())
    control = (ROOT / "packaging/deb/control").read_text("utf-8")
    for word, value in (
        ("@VERSION@", release),
        ("@ARCHITECTURE@", architecture),
        ("@MAINTAINER@", MAINTAINER),
        ("@INSTALLED_SIZE@", str(size // 1024)),
    ):
        control = control.replace(word, value)
    (root / "DEBIAN").mkdir(mode=0o755)
    (root / "DEBIAN/control").write_text(control, "utf-8")
    (root / "DEBIAN/md5sums").write_text(md5sums(root), "utf-8")


def md5sums(root: Path) -> str:
    """As dpkg wants them, to tell files that were changed on the machine."""
    lines = []
    for path in sorted((root / "usr").rglob("*")):
        if path.is_file() and not path.is_symlink():
            digest = hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()
            lines.append(f"{digest}  {path.relative_to(root)}\n")
    return "".join(lines)


def debian_package(frozen: Path) -> Path:
    names = {"x86_64": "amd64", "aarch64": "arm64"}
    architecture = names.get(platform.machine(), platform.machine())
    package = frozen.parent / f"osdesk_{version()}_{architecture}.deb"
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "osdesk"
        root.mkdir(mode=0o755)
        debian_tree(root, frozen, version(), architecture)
        command = ["dpkg-deb", "--root-owner-group", "-Zxz", "--build", str(root), str(package)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return package


def windows_installer(frozen: Path, release: str, *, quick: bool = False) -> Path:
    """The installer of a frozen folder, beside it; `quick` packs it badly, for a try."""
    out = frozen.parent
    defines = {"VERSION": release, "PAYLOAD": frozen, "OUT": out}
    options = [f"-D{name}={value}" for name, value in defines.items()]
    if quick:
        options.append("-XSetCompressor /FINAL zlib")
    script = str(ROOT / "packaging" / "windows.nsi")
    subprocess.run(["makensis", "-V2", *options, script], check=True)
    return out / f"osdesk-{release}-instalador.exe"


def digest(path: Path) -> str:
    """The SHA-256 sum of a package, as people compare it."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def main(words: list[str]) -> int:
    dist = Path(words[0]).resolve() if words else DIST
    frozen = freeze(dist)
    smoke(frozen)
    print(f"Programa congelado e provado: {frozen}")
    package = None
    if WINDOWS and shutil.which("makensis"):
        package = windows_installer(frozen, version())
    elif WINDOWS:
        print("Para o instalador falta o NSIS (makensis) no PATH.")
    elif shutil.which("dpkg-deb"):
        package = debian_package(frozen)
    if package:
        print(f"Pacote: {package}")
        print(f"SHA-256: {digest(package)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
