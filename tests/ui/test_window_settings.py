from PySide6.QtCore import QByteArray

from osdesk.ui.window_settings import WindowSettings


def test_habits_are_remembered_in_the_shops_folder(tmp_path):
    settings = WindowSettings(tmp_path)
    assert (settings.geometry, settings.scheme, settings.author) == (None, "system", None)
    settings.geometry = QByteArray(b"abc")
    settings.scheme = "dark"
    settings.author = 7
    settings.save()
    assert (tmp_path / "window.ini").is_file()
    again = WindowSettings(tmp_path)
    assert (again.geometry, again.scheme, again.author) == (QByteArray(b"abc"), "dark", 7)


def test_a_spoilt_file_costs_habits_only(tmp_path):
    (tmp_path / "window.ini").write_text("[window]\nscheme=pink\nauthor=x\ngeometry=1\n")
    settings = WindowSettings(tmp_path)
    assert (settings.geometry, settings.scheme, settings.author) == (None, "system", None)
