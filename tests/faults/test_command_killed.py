"""``osdesk order add -`` killed with -9 under a pipe of orders: each line printed is an order."""

import contextlib
import json
import random
import subprocess
import sys
import threading
import time
from pathlib import Path

from tests.conftest import NOW

from osdesk.jobs.check import check
from osdesk.persistence.store import Store, open_store
from osdesk.services.orders.view import order_view


def line(token: int) -> str:
    order = {
        "customer": {"name": f"Cliente {token}", "phones": [{"number": "(11) 98765-4321"}]},
        "equipment": {"kind": "Lavadora"},
        "service_type": "Conserto",
        "reason": "Não centrifuga",
        "items": [{"kind": "service", "description": "Placa", "unit_price": "180.00"}],
        "external_ref": f"token-{token}",
    }
    return json.dumps(order) + "\n"


def run_and_kill(folder: Path, first: int, wanted: int, pause: float) -> dict[int, str]:
    """What one command acknowledged before it was killed: tokens by order number."""
    child = subprocess.Popen(
        [sys.executable, "-m", "osdesk", "order", "add", "-", "--data", str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert child.stdin is not None
    assert child.stdout is not None
    feed = child.stdin

    def pour() -> None:
        try:
            for token in range(first, first + 500):
                feed.write(line(token))
            feed.flush()
        except BrokenPipeError:
            pass

    feeder = threading.Thread(target=pour)
    feeder.start()
    said = [child.stdout.readline() for _ in range(wanted)]
    time.sleep(pause)
    child.kill()
    said += child.stdout.readlines()
    feeder.join()
    child.wait()
    child.stdout.close()
    with contextlib.suppress(OSError):  # a broken pipe, which Windows calls an invalid argument
        feed.close()
    whole = [json.loads(text) for text in said if text.endswith("\n")]
    return {order["number"]: order["external_ref"] for order in whole}


def test_every_acknowledged_order_is_there_and_whole(shop_folder: Path) -> None:
    """Takes seconds: four processes are started and killed."""
    rng = random.Random(4)
    acknowledged: dict[int, str] = {}
    for turn in range(4):
        acknowledged |= run_and_kill(
            shop_folder, turn * 1000, rng.randrange(1, 12), rng.random() / 40
        )
    store: Store = open_store(shop_folder, write=True, clock=lambda: NOW)
    try:
        assert len(acknowledged) >= 4
        assert store.missing_changes == 0
        assert check(store) == []
        for number, token in acknowledged.items():
            sheet = store.database.read(order_view, number, now=NOW)
            assert sheet.external_ref == token
            assert sheet.customer.name == f"Cliente {token.removeprefix('token-')}"
            assert (sheet.total, len(sheet.items)) == (18_000, 1)
            assert [event.code.value for event in sheet.events] == ["order_opened"]
    finally:
        store.close()
