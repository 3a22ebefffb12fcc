import sys
from pathlib import Path

import pytest
from reportlab.pdfbase.ttfonts import TTFont

from osdesk import paths

FONTS = [
    "IBMPlexSans-Regular.ttf",
    "IBMPlexSans-Medium.ttf",
    "IBMPlexSans-SemiBold.ttf",
    "IBMPlexSans-Italic.ttf",
    "IBMPlexSansCondensed-Regular.ttf",
    "IBMPlexSansCondensed-Medium.ttf",
    "IBMPlexSansCondensed-SemiBold.ttf",
    "DejaVuSans.ttf",
]


@pytest.fixture
def package(tmp_path, monkeypatch):
    """A stand-in for the place where the package lies, in a checkout without resources."""
    place = tmp_path / "src" / "osdesk"
    place.mkdir(parents=True)
    monkeypatch.setattr(paths, "PACKAGE", place)
    monkeypatch.delattr(sys, "_MEIPASS", raising=False)
    return place


def put(folder: Path) -> Path:
    folder.mkdir(parents=True)
    file = folder / "a.txt"
    file.write_text("x")
    return file


def test_resource_of_a_checkout(package, tmp_path):
    file = put(tmp_path / "resources")
    assert paths.resource("a.txt") == file


def test_resource_of_an_installed_wheel_wins_over_a_stray_folder(package, tmp_path):
    put(tmp_path / "resources")
    file = put(package / "resources")
    assert paths.resource("a.txt") == file


def test_resource_of_a_frozen_folder(package, tmp_path, monkeypatch):
    put(package / "resources")
    file = put(tmp_path / "frozen" / "resources")
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path / "frozen"), raising=False)
    assert paths.resource("a.txt") == file


def test_a_resource_that_was_left_out_is_named(package, tmp_path):
    put(tmp_path / "resources")
    with pytest.raises(FileNotFoundError, match=r"b\.txt"):
        paths.resource("fonts", "b.txt")


@pytest.mark.parametrize("name", FONTS)
def test_fonts_are_truetype_and_know_portuguese(name):
    face = TTFont(name, str(paths.resource("fonts", name))).face
    known = set(face.charToGlyph)
    assert {ord(c) for c in "áâãàçéêíóôõúüÁÂÃÀÇÉÊÍÓÔÕÚÜºª§R$–—“”×½"} <= known


def test_the_fallback_font_has_what_plex_lacks():
    known = TTFont("x", str(paths.resource("fonts", "DejaVuSans.ttf"))).face.charToGlyph
    assert {ord("☐"), ord("☑")} <= set(known)


def test_licences_lie_beside_what_they_cover():
    for place in ("fonts/OFL-IBMPlex.txt", "fonts/LICENSE-DejaVu.txt", "icons/LICENSE-tabler.txt"):
        assert len(paths.resource(*place.split("/")).read_text("utf-8")) > 500


def test_every_icon_is_shown_somewhere():
    shown = "".join(
        path.read_text("utf-8") for path in (Path(paths.__file__).parent / "ui").rglob("*.py")
    )
    icons = [path.stem for path in paths.resource("icons").glob("*.svg")]
    assert [name for name in icons if f'"{name}"' not in shown] == []


def test_icons_take_the_colour_of_the_palette():
    icons = sorted(paths.resource("icons").glob("*.svg"))
    assert len(icons) >= 25
    assert [i.name for i in icons if 'stroke="currentColor"' not in i.read_text("utf-8")] == []


def test_the_shops_folder_is_the_users_own(monkeypatch, tmp_path):
    if sys.platform.startswith("linux"):
        monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
        assert paths.default_data_dir() == tmp_path / "osdesk"
    assert paths.default_data_dir().name == "osdesk"
    assert paths.default_data_dir().is_absolute()


def test_logs_stay_with_the_shop(tmp_path):
    assert paths.log_dir(tmp_path).parent == tmp_path
