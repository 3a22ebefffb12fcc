"""Freezes the program, tries the frozen one, and makes the package of this system.

Run by `packaging/dev.py build`, with the interpreter of the environment. What works from source
can still fail frozen (a file left out, an import made by name), so the frozen program does the
whole main job before anything is packed.
"""

import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DIST = ROOT / "dist"
FROZEN = DIST / "osdesk"
WINDOWS = os.name == "nt"
ID = "io.github.osdesk.osdesk"


def version() -> str:
    text = (ROOT / "src" / "osdesk" / "__init__.py").read_text("utf-8")
    found = re.search(r'^__version__ = "([^"]+)"', text, re.MULTILINE)
    if not found:
        sys.exit("src/osdesk/__init__.py: falta __version__.")
    return found[1]


def freeze() -> None:
    shutil.rmtree(FROZEN, ignore_errors=True)
    spec = str(ROOT / "pyinstaller.spec")
    work = str(ROOT / "build")
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"]
    subprocess.run([*command, "--distpath", str(DIST), "--workpath", work, spec], check=True)


def program() -> Path:
    return FROZEN / ("osdesk.exe" if WINDOWS else "osdesk")


def smoke() -> None:
    """The frozen program's version, then the tour; a hang is a failure too."""
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [program(), "--version"], env=env, timeout=60, check=True, capture_output=True, text=True
    )
    if version() not in done.stdout:
        sys.exit(f"O programa congelado diz {done.stdout!r}, não {version()}.")
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "tour"
        subprocess.run([program(), "tour", "--out", out], env=env, timeout=300, check=True)
        papers = {p.suffix for p in out.rglob("*") if p.is_file() and p.stat().st_size}
        if not {".pdf", ".png"} <= papers:
            sys.exit("O programa congelado não fez os papéis e as imagens do passeio.")


def copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def debian_tree(root: Path, frozen: Path, release: str, architecture: str) -> None:
    """The package's files below `root`, as they will lie on the machine."""
    shutil.copytree(frozen, root / "usr/lib/osdesk", symlinks=True)
    (root / "usr/bin").mkdir(parents=True)
    (root / "usr/bin/osdesk").symlink_to("../lib/osdesk/osdesk")
    linux, logo = ROOT / "packaging/linux", ROOT / "resources/logo"
    copy(linux / f"{ID}.desktop", root / f"usr/share/applications/{ID}.desktop")
    copy(linux / f"{ID}.metainfo.xml", root / f"usr/share/metainfo/{ID}.metainfo.xml")
    icons = root / "usr/share/icons/hicolor"
    copy(logo / "osdesk-icon.svg", icons / f"scalable/apps/{ID}.svg")
    for size in (48, 256):
        copy(logo / f"osdesk-{size}.png", icons / f"{size}x{size}/apps/{ID}.png")
    copy(ROOT / "LICENSE", root / "usr/share/doc/osdesk/copyright")
    size = sum(p.stat().st_size for p in root.rglob("*") if p.is_file() and not p.is_symlink())
    control = (ROOT / "packaging/deb/control").read_text("utf-8")
    for word, value in (
        ("@VERSION@", release),
        ("@ARCHITECTURE@", architecture),
        ("@INSTALLED_SIZE@", str(size // 1024)),
    ):
        control = control.replace(word, value)
    (root / "DEBIAN").mkdir()
    (root / "DEBIAN/control").write_text(control, "utf-8")


def debian_package() -> Path:
    names = {"x86_64": "amd64", "aarch64": "arm64"}
    architecture = names.get(platform.machine(), platform.machine())
    package = DIST / f"osdesk_{version()}_{architecture}.deb"
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "osdesk"
        root.mkdir(mode=0o755)
        debian_tree(root, FROZEN, version(), architecture)
        command = ["dpkg-deb", "--root-owner-group", "-Zxz", "--build", str(root), str(package)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return package


def windows_installer() -> Path:
    script = str(ROOT / "packaging" / "windows.nsi")
    defines = [f"/DVERSION={version()}", f"/DPAYLOAD={FROZEN}", f"/DOUT={DIST}"]
    subprocess.run(["makensis", "/V2", *defines, script], check=True)
    return DIST / f"osdesk-{version()}-instalador.exe"


def main() -> int:
    freeze()
    smoke()
    print(f"Programa congelado e provado: {FROZEN}")
    if WINDOWS and shutil.which("makensis"):
        print(f"Instalador: {windows_installer()}")
    elif WINDOWS:
        print("Para o instalador falta o NSIS (makensis) no PATH.")
    elif shutil.which("dpkg-deb"):
        print(f"Pacote: {debian_package()}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
