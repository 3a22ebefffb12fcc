import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtWidgets import QApplication, QMessageBox
from tests.forms import order

from osdesk import __version__, app
from osdesk.app import SCREENS, has_screen, open_desk
from osdesk.domain.errors import UserError
from osdesk.persistence.store import open_store
from osdesk.services.orders.saving import add_order
from osdesk.ui.window.second_start import raise_open_window
from osdesk.ui.window_settings import WindowSettings


def clock() -> datetime:
    return datetime(2026, 11, 24, 15, tzinfo=UTC)


def test_qts_own_words_are_portuguese(qapp):
    app.application()
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Cancelar"
    assert QLocale().name() == "pt_BR"


@pytest.mark.parametrize(("in_use", "code"), [(True, 3), (False, 1)])
def test_a_folder_that_cannot_be_opened_is_said_in_one_sentence(
    qapp, tmp_path, monkeypatch, in_use, code
):
    said = []
    monkeypatch.setattr(QMessageBox, "warning", lambda *words: said.append(words[-1]))
    folder = tmp_path / "shop"
    if in_use:
        store = open_store(folder, write=True, create=True, clock=clock)
    else:
        folder.mkdir()
        (folder / "osdesk.db").write_bytes(b"this is no database" * 100)
    assert app.main_gui(folder) == code
    if in_use:
        store.close()
    assert len(said) == 1
    assert said[0].endswith(".")


def test_a_window_that_cannot_be_built_gives_the_folder_free(qapp, tmp_path, monkeypatch):
    def fail(*_):
        raise UserError("disk_full")

    monkeypatch.setattr(app, "MainWindow", fail)
    with pytest.raises(UserError):
        app.open_desk(tmp_path / "shop")
    open_store(tmp_path / "shop", write=True, clock=clock).close()


def test_the_start_leaves_heavy_libraries_for_when_they_are_used(tmp_path):
    script = (
        "import sys; from osdesk.app import open_desk, application; app = application();"
        f"w = open_desk({str(tmp_path / 'shop')!r}); app.processEvents();"
        "heavy = ('reportlab', 'openpyxl', 'xlsxwriter', 'pypdfium2', 'zxingcpp', 'click', 'PIL');"
        "print([m for m in heavy if m in sys.modules]); w.close()"
    )
    ready = open_store(tmp_path / "shop", write=True, create=True, clock=clock)
    ready.close()
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    ran = subprocess.run(
        [sys.executable, "-c", script], env=env, capture_output=True, text=True, check=True
    )
    assert ran.stdout.strip() == "[]"


def test_the_application_is_made_once(qapp):
    assert app.application() is QApplication.instance()


def run_apart(script: str, *, screen: tuple[int, int] = (1920, 1080), folder=None) -> str:
    """What a program of its own prints, on a screen of that size."""
    place = folder / "screen.json"
    only = {"name": "one", "x": 0, "y": 0, "width": screen[0], "height": screen[1]}
    place.write_text(json.dumps({"screens": [only]}))
    # named from where it lies: to Qt a colon, as behind the letter of a drive, ends the name
    env = {**os.environ, "QT_QPA_PLATFORM": f"offscreen:configfile={place.name}"}
    command = [sys.executable, "-c", script]
    ran = subprocess.run(command, env=env, cwd=folder, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.strip()


def test_qts_words_are_portuguese_also_where_the_program_is_called_osdesk(tmp_path):
    script = (
        "import sys; sys.argv = ['/usr/bin/osdesk']; from osdesk.app import application;"
        "from PySide6.QtCore import QCoreApplication, QLocale; app = application();"
        "print(QCoreApplication.translate('QLineEdit', '&Copy'), QLocale().name(),"
        "app.desktopFileName())"
    )
    words = run_apart(script, folder=tmp_path)
    assert words == "&Copiar pt_BR io.github.osdesk.osdesk"
    entry = Path(__file__).parents[1] / "packaging/linux/io.github.osdesk.osdesk.desktop"
    assert entry.is_file()


@pytest.mark.parametrize(
    ("screen", "maximised"),
    [((1024, 600), True), ((1366, 768), True), ((1920, 1080), False)],
    ids=["1024x600", "1366x768", "1920x1080"],
)
def test_the_first_window_is_no_larger_than_the_screen(tmp_path, screen, maximised):
    script = (
        f"from osdesk.app import open_desk, application; app = application();"
        f"w = open_desk({str(tmp_path / 'shop')!r}); app.processEvents();"
        "whole = w.screen().availableGeometry();"
        "print(w.isMaximized(), whole.contains(w.frameGeometry())); w.close()"
    )
    assert run_apart(script, screen=screen, folder=tmp_path) == f"{maximised} True"


def test_the_first_list_is_painted_before_all_that_it_does_not_need(tmp_path):
    store = open_store(tmp_path / "shop", write=True, create=True, clock=clock)
    store.database.run(add_order, order(), now=clock(), author=None)
    store.close()
    later = [
        *("osdesk.persistence.history_models", "osdesk.persistence.money_models"),
        *("osdesk.persistence.left_log", "osdesk.domain.orders.forms"),
        *("osdesk.domain.views.orders", "osdesk.domain.papers.facts"),
        *("osdesk.ui.orders.side", "osdesk.services.orders.view", "platformdirs", "click"),
    ]
    script = (
        "import gc, sys; from osdesk.app import open_desk;"
        f"w = open_desk({str(tmp_path / 'shop')!r}); w.grab();"
        "print(w.orders.model.rowCount(), gc.isenabled(),"
        f" [m for m in {later!r} if m in sys.modules]); w.close()"
    )
    assert run_apart(script, folder=tmp_path) == "1 True []"


def test_a_second_start_raises_the_open_window(qapp, qtbot, tmp_path):
    window = app.open_desk(tmp_path / "shop", now=clock)
    with qtbot.waitExposed(window):
        window.showMinimized()
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    started = [sys.executable, "-m", "osdesk", "--data", str(tmp_path / "shop")]
    second = subprocess.Popen(started, env=env, stderr=subprocess.PIPE)
    qtbot.waitUntil(lambda: second.poll() is not None)
    with second.stderr:
        assert (second.returncode, second.stderr.read()) == (0, b"")
    qtbot.waitUntil(lambda: not window.isMinimized())
    assert window.isActiveWindow()
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible())
    assert not raise_open_window(tmp_path / "shop")
    window.deleteLater()


def test_who_was_killed_leaves_nothing_that_keeps_a_window_from_being_called(qapp, tmp_path):
    script = (
        "import os; from osdesk.app import open_desk, application; app = application();"
        f"w = open_desk({str(tmp_path / 'shop')!r}); app.processEvents();"
        "os.kill(os.getpid(), 9)"
    )
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    killed = subprocess.run([sys.executable, "-c", script], env=env, check=False)
    assert killed.returncode != 0
    assert not raise_open_window(tmp_path / "shop")
    window = app.open_desk(tmp_path / "shop", now=clock)
    qapp.processEvents()  # it is called once the list is there
    assert raise_open_window(tmp_path / "shop")
    window.close()
    window.deleteLater()


@pytest.mark.parametrize(
    ("environment", "platform", "shown"),
    [
        ({}, "linux", False),
        ({"DISPLAY": ""}, "linux", False),
        ({"DISPLAY": ":0"}, "linux", True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", True),
        ({"QT_QPA_PLATFORM": "offscreen"}, "linux", True),
        ({}, "win32", True),
    ],
)
def test_where_a_window_can_be_shown(environment, platform, shown):
    assert has_screen(environment, platform) is shown


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there always is a screen")
def test_without_a_screen_a_sentence_says_so(tmp_path):
    environment = {k: v for k, v in os.environ.items() if k not in SCREENS}
    ended = subprocess.run(
        [sys.executable, "-m", "osdesk", "--data", str(tmp_path / "shop")],
        capture_output=True,
        text=True,
        env=environment,
        check=False,
    )
    assert ended.returncode == 1
    assert ended.stderr.startswith("Não há uma tela")
    assert "Traceback" not in ended.stderr
    assert not (tmp_path / "shop").exists()


def test_after_an_upgrade_what_changed_is_a_click_away(qapp, qtbot, tmp_path):
    folder = tmp_path / "shop"
    first = open_desk(folder)
    qtbot.waitUntil(lambda: first._second_start is not None)
    assert not first.news.isVisible()
    first.close()
    settings = WindowSettings(folder)
    assert settings.version == __version__
    settings.version = "0.0.9"
    settings.save()
    window = open_desk(folder)
    qtbot.waitUntil(window.news.isVisible)
    assert f"versão {__version__}" in window.news.text()
    window._open_news()
    assert window._manual.shown == "novidades"
    assert not window.news.isVisible()
    window._manual.close()
    window.close()
    again = open_desk(folder)
    qtbot.waitUntil(lambda: again._second_start is not None)
    assert not again.news.isVisible()
    again.close()


def test_everything_is_as_large_as_the_shop_was_told_and_what_it_opens_is_not(tmp_path):
    folder = tmp_path / "shop"
    open_store(folder, write=True, create=True, clock=clock).close()
    settings = WindowSettings(folder)
    settings.size = 125
    settings.save()
    script = (
        "import os, sys; from osdesk.app import open_desk; window = open_desk(sys.argv[1]);"
        "print(window.devicePixelRatioF(), 'QT_SCALE_FACTOR' in os.environ); window.close()"
    )
    env = {key: value for key, value in os.environ.items() if key != "QT_SCALE_FACTOR"}
    words = [sys.executable, "-c", script, str(folder)]
    done = subprocess.run(words, env=env, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["1.25", "False"]
    heard = {**env, "QT_SCALE_FACTOR": "2"}
    done = subprocess.run(words, env=heard, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["2.0", "True"], "whoever set it himself is heard"
