import os
import subprocess
import sys
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtWidgets import QApplication, QMessageBox

from osdesk import app
from osdesk.domain.errors import UserError
from osdesk.persistence.store import open_store


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
