import importlib.util
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

import osdesk

ROOT = Path(__file__).resolve().parents[2]


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


def test_what_the_debian_package_puts_where(bundle, tmp_path):
    frozen = tmp_path / "frozen"
    (frozen / "_internal").mkdir(parents=True)
    (frozen / "osdesk").write_bytes(b"x" * 4096)
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


def test_the_windows_installer_leaves_the_shops_folder_alone():
    script = (ROOT / "packaging" / "windows.nsi").read_text("utf-8")
    removed = re.findall(r"^\s*(?:RMDir|Delete)\s+(?:/r\s+)?\"([^\"]+)\"", script, re.MULTILINE)
    assert len(removed) >= 6
    assert all(place.startswith(("$INSTDIR", "$SMPROGRAMS", "$DESKTOP")) for place in removed)
    assert r"$LOCALAPPDATA\osdesk" not in script
