"""The only place that builds everything: the shop's folder, the desk, the window with its theme."""

import gc
import os
import sys
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path

gc.disable()
# isort: split
# Nothing that is imported here is garbage, and looking for it takes a tenth of the start.
from osdesk.persistence.store import open_store

# isort: split
# The Qt binding reads the source of every module that is imported after it: SQLAlchemy came first.
from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication, QMainWindow, QMessageBox

from osdesk import paths
from osdesk.domain.errors import UserError
from osdesk.domain.views.shop import BackupFigures, RestoreRequest
from osdesk.texts import sentence
from osdesk.ui.desk import Desk, clock
from osdesk.ui.widgets import keymap, theme
from osdesk.ui.window.crash_handler import write_logs
from osdesk.ui.window.main_window import MainWindow
from osdesk.ui.window.upkeep import start_backup, start_drill
from osdesk.ui.window_settings import ENLARGED, WindowSettings

gc.enable()

IN_USE = 3
PATIENCE = 0.8
"""Seconds that a save waits for another program: longer, and the window seems dead."""
DESKTOP_ID = "io.github.osdesk.osdesk"
"""The name of the desktop entry in ``packaging``: by it a desktop finds icon and window."""
WORDS = "qtWords"
SCALE = "QT_SCALE_FACTOR"


SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


def has_screen(environment: Mapping[str, str], platform: str) -> bool:
    """Whether a window can be shown; on Linux somebody has to say where."""
    return platform != "linux" or any(environment.get(name) for name in SCREENS)


def application(folder: Path | str | None = None) -> QApplication:
    """The Qt application, made once, with Qt's own words in Portuguese.

    ``folder``: the shop's, which says how large everything is shown; Qt takes that once. Raises
    UserError where there is no screen: Qt itself would end the program.
    """
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        if not has_screen(os.environ, sys.platform):
            raise UserError("no_screen")
        app = _made(100 if folder is None else WindowSettings(Path(folder)).size)
    # not by the application's name: Qt takes that from the program's, which is "osdesk" too
    if app.findChild(QTranslator, WORDS) is None:
        app.setApplicationName("osdesk")
        app.setDesktopFileName(DESKTOP_ID)
        QLocale.setDefault(QLocale("pt_BR"))
        words = QTranslator(app)
        words.setObjectName(WORDS)
        place = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if words.load("qtbase_pt_BR", place):
            app.installTranslator(words)
    return app


def _made(percent: int) -> QApplication:
    """Enlarged beyond what the desktop says; whoever set Qt's own word for it is heard first."""
    if percent == 100 or SCALE in os.environ:
        return QApplication(sys.argv[:1])
    os.environ[SCALE] = str(percent / 100)
    try:
        app = QApplication(sys.argv[:1])
    finally:
        del os.environ[SCALE]  # what the program opens is as large as ever
    app.setProperty(ENLARGED, percent)
    return app


def open_desk(data_dir: Path | str, *, now: Callable[[], datetime] = clock) -> QMainWindow:
    """The whole program on that folder, made if it is absent or empty: the shown window.

    Raises UserError where the folder cannot be opened; no event loop is started.
    """
    app = application(data_dir)
    gc.disable()  # what is built for the first list stays
    store = open_store(Path(data_dir), write=True, create=True, clock=now, wait=PATIENCE)
    try:
        settings = WindowSettings(store.folder)
        theme.apply(app, settings.scheme)
        keymap.use(settings.keys)
        window = MainWindow(Desk(store, now), settings)
        window.shop_wanted.connect(partial(_open_instead, window, now))
        window.restore_wanted.connect(partial(_restore_instead, window, now))
        if now is clock:
            window.backup_wanted.connect(start_backup)  # by the real clock, as this window
            window.drill_wanted.connect(start_drill)
        window.show()
    except BaseException:
        store.close()
        raise
    finally:
        gc.enable()
    return window


def _open_instead(window: MainWindow, now: Callable[[], datetime], folder: Path) -> None:
    """The window was closed for another shop: the demonstration, or the own one again."""
    try:
        window.next_window = open_desk(folder, now=now)
    except UserError as error:
        QMessageBox.warning(None, "osdesk", sentence(error))


def _restore_instead(
    window: MainWindow, now: Callable[[], datetime], request: RestoreRequest
) -> None:
    """The window was closed for a backup to be restored in its place; then the shop is open again,
    restored or as it was."""
    from osdesk.ui.backups.restoring import RestoringWindow

    folder = window.folder
    restoring = RestoringWindow(folder, request, now)
    restoring.ended.connect(partial(_open_restored, window, now))
    restoring.show()
    window.next_window = restoring


def _open_restored(
    window: MainWindow, now: Callable[[], datetime], result: BackupFigures | str
) -> None:
    _open_instead(window, now, window.folder)
    opened = window.next_window
    if not isinstance(opened, MainWindow):
        return
    if isinstance(result, str):
        opened.say_not_restored(result)
    else:
        opened.say_restored(result)


def main_gui(data_dir: Path | None = None) -> int:
    """Run the program until its window is closed; the exit code.

    Where a window is open on the folder already, that one comes to the front.
    """
    folder = data_dir or paths.default_data_dir()
    app = application(folder)
    try:
        window = open_desk(folder)
    except UserError as error:
        if error.code == "folder_in_use":
            from osdesk.ui.window.second_start import raise_open_window

            if raise_open_window(folder):
                return 0
        theme.apply(app)
        QMessageBox.warning(None, "osdesk", sentence(error))
        return IN_USE if error.code == "folder_in_use" else 1
    gc.freeze()  # it lives as long as the program: what is collected later need not look at it
    handler = write_logs(folder)
    try:
        code = app.exec()
    finally:
        handler.close()
    window.deleteLater()
    return code
