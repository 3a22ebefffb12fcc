"""Pictures of the README and the manual, taken anew from a demonstration shop of a fixed day.

Run in the environment that ``dev.py`` makes: ``.venv/bin/python packaging/pictures.py``.
"""

import shutil
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path

from osdesk.domain.orders.status import OrderFilter
from osdesk.jobs.backup import back_up
from osdesk.jobs.demo.demo import fill_demo
from osdesk.persistence.store import open_store
from osdesk.pictures import take_pictures
from osdesk.services.orders.listing import order_page
from osdesk.services.orders.view import order_view

NOW = datetime(2026, 11, 24, 17, 32, tzinfo=UTC)
OUT = Path(__file__).resolve().parents[1] / "resources" / "manual" / "pictures"
NAMES = {
    "ordens": "orders",
    "painel": "dashboard",
    "clientes": "customers",
    "relatorios": "reports",
    "editor": "editor",
}


def main() -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "loja"
        store = open_store(folder, write=True, create=True, clock=lambda: NOW)
        fill_demo(store, orders=400, seed=1, until=date(2026, 11, 24), now=NOW)
        back_up(store, None, now=NOW)
        rows = store.database.read(order_page, OrderFilter.IN_PROGRESS, now=NOW)
        sheets = [store.database.read(order_view, row.number, now=NOW) for row in rows]
        plain = [sheet for sheet in sheets if not sheet.customer.email and not sheet.ceiling]
        number = max(plain or sheets, key=lambda sheet: (len(sheet.items), sheet.total)).number
        store.close()
        for picture in take_pictures(folder, Path(scratch), number, now=lambda: NOW):
            name = NAMES[picture.stem.removeprefix("tela-")]
            shutil.copyfile(picture, OUT / f"{name}.png")
            print(OUT / f"{name}.png")


if __name__ == "__main__":
    main()
