import gzip
import importlib.util
import os
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

import osdesk

ROOT = Path(__file__).resolve().parents[2]
posix = pytest.mark.skipif(
    os.name == "nt", reason="links and modes of POSIX; Debian's package is made on Linux"
)


@pytest.fixture(scope="module")
def bundle():
    spec = importlib.util.spec_from_file_location("osdesk_bundle", ROOT / "packaging" / "bundle.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_version_is_the_programs_own(bundle):
    assert bundle.version() == osdesk.__version__


def test_the_metainfo_names_the_version(bundle):
    root = ET.parse(ROOT / "packaging" / "linux" / f"{bundle.ID}.metainfo.xml").getroot()
    assert root.find("releases/release").get("version") == osdesk.__version__


@posix
def test_what_the_debian_package_puts_where(bundle, tmp_path):
    frozen = tmp_path / "frozen"
    (frozen / "_internal").mkdir(parents=True)
    (frozen / "osdesk").write_bytes(b"x" * 4096)
    (frozen / "_internal" / "library.so").write_bytes(b"x")
    (frozen / "_internal" / "library.so").chmod(0o755)
    (frozen / "LICENSES" / "Qt").mkdir(parents=True)
    (frozen / "LICENSES" / "Qt" / "LGPL-3.0.txt").write_text("GNU")
    root = tmp_path / "root"
    bundle.debian_tree(root, frozen, "9.8.7", "amd64")

    assert (root / "usr/bin/osdesk").resolve() == root / "usr/lib/osdesk/osdesk"
    desktop = (root / f"usr/share/applications/{bundle.ID}.desktop").read_text("utf-8")
    icon = re.search(r"^Icon=(.+)$", desktop, re.MULTILINE)[1]
    assert (root / f"usr/share/icons/hicolor/256x256/apps/{icon}.png").stat().st_size > 1000
    control = (root / "DEBIAN/control").read_text("utf-8")
    fields = dict(re.findall(r"^([\w-]+): (.+)$", control, re.MULTILINE))
    assert (fields["Version"], fields["Architecture"]) == ("9.8.7", "amd64")
    assert int(fields["Installed-Size"]) > 4
    assert "@" not in control.replace(fields["Maintainer"], "")
    assert "libcups2" in fields["Depends"]

    documents = root / "usr/share/doc/osdesk"
    assert (documents / "LICENSES/Qt/LGPL-3.0.txt").read_text() == "GNU"
    assert not (root / "usr/lib/osdesk/LICENSES").exists(), "only once"
    assert "Format: https://www.debian.org" in (documents / "copyright").read_text("utf-8")
    assert gzip.decompress((documents / "changelog.gz").read_bytes()).startswith(b"osdesk (9.8.7)")
    sums = (root / "DEBIAN/md5sums").read_text("utf-8")
    assert "  usr/lib/osdesk/osdesk\n" in sums


@posix
def test_only_the_program_is_executable_in_the_debian_package(bundle, tmp_path):
    frozen = tmp_path / "frozen"
    (frozen / "LICENSES").mkdir(parents=True)
    for name in ("osdesk", "library.so"):
        (frozen / name).write_bytes(b"x")
        (frozen / name).chmod(0o755)
    bundle.debian_tree(tmp_path / "root", frozen, "9.8.7", "amd64")
    home = tmp_path / "root/usr/lib/osdesk"
    assert (home / "osdesk").stat().st_mode & 0o777 == 0o755
    assert (home / "library.so").stat().st_mode & 0o777 == 0o644


def test_the_manual_page_names_every_command(bundle):
    page = bundle.manual_page("9.8.7")
    assert page.startswith('.TH OSDESK 1 "" "osdesk 9.8.7"')
    commands = re.findall(r"^\.TP\n\.B ([a-z-]+)\n(.+)$", page.partition(".SH COMANDOS")[2], re.M)
    assert {name for name, _ in commands} >= {"order", "print", "backup", "restore", "verify"}
    assert all(words.endswith(".") for _, words in commands)


def test_the_installer_packs_the_folder_as_both_systems_name_it():
    """A slash before the pattern finds nothing where the compiler itself runs on Windows."""
    script = (ROOT / "packaging" / "windows.nsi").read_text("utf-8")
    assert re.findall(r"^\s*File .*$", script, re.MULTILINE) == ['  File /r "${PAYLOAD}\\*.*"']


def test_the_windows_installer_leaves_the_shops_folder_alone():
    script = (ROOT / "packaging" / "windows.nsi").read_text("utf-8")
    removed = re.findall(r"^\s*(?:RMDir|Delete)\s+(?:/r\s+)?\"([^\"]+)\"", script, re.MULTILINE)
    assert len(removed) >= 6
    assert all(place.startswith(("$INSTDIR", "$SMPROGRAMS", "$DESKTOP")) for place in removed)
    assert r"$LOCALAPPDATA\osdesk" not in script
