import threading
import weakref

import pytest
from PySide6.QtCore import QObject

from osdesk.domain.errors import UserError
from osdesk.ui.tasks import Tasks


@pytest.fixture
def tasks(qapp):
    tasks = Tasks("store")
    yield tasks
    tasks.close()


def test_work_runs_elsewhere_and_answers_here(tasks, qtbot):
    here, seen = threading.get_ident(), []
    tasks.run(
        lambda store, n: (store, n, threading.get_ident() != here),
        2,
        done=lambda answer: seen.append((answer, threading.get_ident() == here)),
        always=lambda: seen.append("always"),
    )
    qtbot.waitUntil(lambda: len(seen) == 2)
    assert seen == [(("store", 2, True), True), "always"]
    assert not tasks.busy


def test_what_a_person_can_mend_goes_to_failed(tasks, qtbot):
    def work(store):
        raise UserError("disk_full")

    seen = []
    tasks.run(work, done=seen.append, failed=lambda error: seen.append(error.code))
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == ["disk_full"]


def test_a_bug_is_raised_on_the_gui_thread(tasks, qtbot):
    def work(store):
        raise ZeroDivisionError

    with qtbot.capture_exceptions() as caught:
        tasks.run(work)
        qtbot.waitUntil(lambda: not tasks.busy)
    assert [kind for kind, _, _ in caught] == [ZeroDivisionError]


def test_answers_to_the_dropped_and_the_gone_are_thrown_away(tasks, qtbot):
    gate, seen = threading.Event(), []
    owner = QObject()
    tasks.run(lambda store: gate.wait(5), done=seen.append, owner=owner)
    tasks.run(lambda store: 1, done=seen.append).drop()
    owner.deleteLater()
    del owner
    qtbot.wait(20)
    gate.set()
    qtbot.waitUntil(lambda: not tasks.busy)
    assert seen == []


def test_progress_arrives_here_and_dropping_stops_the_work(tasks, qtbot):
    steps, worked = [], []

    def work(store, progress):
        for n in range(1000):
            worked.append(n)
            progress(n, 1000)
            gate.wait(5)

    gate = threading.Event()
    task = tasks.run(work, progress=lambda n, of: steps.append((n, of)))
    qtbot.waitUntil(lambda: steps == [(0, 1000)])
    task.drop()
    gate.set()
    qtbot.waitUntil(lambda: not tasks.busy)
    assert worked == [0, 1]


def test_the_worker_never_lets_go_of_a_task(tasks, qtbot):
    """A task has connections; where the worker drops it, Qt's lock and Python's wait for ever."""
    owner, ends = QObject(), []
    for _ in range(3):
        task = tasks.run(lambda store: None, owner=owner)
        weakref.finalize(task, lambda: ends.append(threading.current_thread().name))
        del task
    qtbot.waitUntil(lambda: not tasks.busy and len(ends) == 3)
    assert set(ends) == {threading.main_thread().name}


def test_the_worker_ends_quietly_where_its_owner_was_destroyed(qapp, qtbot):
    gate, window = threading.Event(), QObject()
    tasks = Tasks("store", window)
    tasks.run(lambda store: gate.wait(5))
    window.destroyed.connect(gate.set)
    window.deleteLater()
    qtbot.waitUntil(gate.is_set)
    worker = tasks._thread
    assert worker is not None
    worker.join(5)
    assert not worker.is_alive()
