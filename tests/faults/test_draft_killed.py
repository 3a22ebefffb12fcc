"""Killed with -9 while somebody types in the window: the words are offered again, in place."""

import os
import subprocess
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

from osdesk.app import open_desk

ROOT = Path(__file__).resolve().parents[2]
TYPE = """
import pathlib, sys
from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from osdesk.app import open_desk

def wait(ms):
    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()

window = open_desk(pathlib.Path(sys.argv[1]))
wait(300)
window.new_order(0)
editor = window.page("editor")
QTest.keyClicks(editor.cards.customer.name, "Zulmira Quaresma")
QTest.keyClicks(editor.cards.equipment.kind, "Celular")
QTest.keyClicks(editor.cards.equipment.reason, "caiu na agua")
wait(2000)
print("typed", flush=True)
QTest.keyClicks(editor.cards.equipment.reason, " ontem")
wait(60_000)
"""


def test_the_words_are_there_after_a_kill(shop_folder: Path, qapp: QApplication, qtbot) -> None:
    child = subprocess.Popen(
        [sys.executable, "-c", TYPE, str(shop_folder)],
        stdout=subprocess.PIPE,
        cwd=ROOT,
        text=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    assert child.stdout is not None
    assert child.stdout.readline().strip() == "typed"
    child.kill()
    child.wait()
    child.stdout.close()

    window = open_desk(shop_folder)
    try:
        window.show_page("navOrders")
        assert QApplication.activeModalWidget() is None
        bar = window.findChild(QWidget, "draftBar")
        assert bar.isVisible()
        assert "Zulmira Quaresma · Celular" in bar.accessibleName()
        window.findChild(QWidget, "draftResume").click()
        editor = window.current
        assert editor.objectName() == "orderEditor"
        form = editor.form()
        assert (form.customer.name, form.equipment.kind) == ("Zulmira Quaresma", "Celular")
        assert form.reason.startswith("caiu na agua")
        assert editor.save()
        window.editing.back_to_list()
        assert bar.isHidden()
    finally:
        window.close()
        qtbot.waitUntil(lambda: not window.isVisible())
        window.deleteLater()
