"""The commands as a technician's script sees them: words in; exit code, stdout and stderr out."""

import io
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import NOW

from osdesk.cli import frame, main

Json = dict[str, Any]


@dataclass(frozen=True)
class Answer:
    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[Json]:
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def json(self) -> Json:
        (line,) = self.lines
        return line


Run = Callable[..., Answer]


def plain_order(**changes: Any) -> Json:
    """Only what is required, and a phone; ``customer__name`` reaches into the customer."""
    order: Json = {
        "customer": {
            "name": "Maria das Dores Conceição",
            "phones": [{"number": "(11) 98765-4321", "label": "WhatsApp"}],
        },
        "equipment": {"kind": "Lavadora", "brand": "Brastemp", "serial": "CX0341187"},
        "service_type": "Conserto",
        "reason": "Não centrifuga",
    }
    for path, value in changes.items():
        *parents, key = path.split("__")
        place = order
        for parent in parents:
            place = place[parent]
        place[key] = value
    return order


LINES = [
    {"kind": "service", "description": "Troca da placa", "unit_price": "100.00"},
    {
        "kind": "part",
        "description": "Placa",
        "unit_price": "50.00",
        "unit_cost": "30.00",
        "part_condition": "new_original",
    },
]


def quoted_order(**changes: Any) -> Json:
    """An order of 150.00 that lacks nothing up to its approval."""
    whole = {
        "technician": "Edson Ramos",
        "start_on": "2026-11-25",
        "promised_on": "2026-11-27",
        "items": LINES,
    }
    return plain_order(**whole | changes)


@pytest.fixture
def osdesk(
    shop_folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Run:
    """``osdesk("order", "show", 1)`` on the test's shop, its clock at NOW."""
    monkeypatch.setattr(frame, "clock", lambda: NOW)
    monkeypatch.setenv("OSDESK_DATA", str(shop_folder))

    def run(*words: object, given: object = None) -> Answer:
        if given is not None:
            if not isinstance(given, str | bytes):
                given = json.dumps(given)
            raw = given.encode("utf-8", "surrogatepass") if isinstance(given, str) else given
            monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))
        capsys.readouterr()
        code = main([str(word) for word in words])
        out, err = capsys.readouterr()
        return Answer(code, out, err)

    return run


@pytest.fixture
def add(osdesk: Run) -> Callable[..., int]:
    """Open an order; its number."""

    def open_order(order: Json | None = None, /, **changes: Any) -> int:
        answer = osdesk("order", "add", "-", given=order or plain_order(**changes))
        assert answer.code == 0, answer.err
        return int(answer.json["number"])

    return open_order


@pytest.fixture
def show(osdesk: Run) -> Callable[[int], Json]:
    return lambda number: osdesk("order", "show", number).json


@pytest.fixture
def move(osdesk: Run) -> Run:
    """Take one step; what it asks for as keywords."""

    def step(number: int, to: str, **facts: Any) -> Answer:
        return osdesk("order", "move", number, to, "--json", "-", given=facts)

    return step


@pytest.fixture
def edit(osdesk: Run) -> Run:
    def change(number: int, **changes: Any) -> Answer:
        return osdesk("order", "edit", number, "-", given=changes)

    return change


@pytest.fixture
def pay(osdesk: Run) -> Run:
    def receive(number: int, amount: str, *more: str, method: str = "pix") -> Answer:
        return osdesk("order", "pay", number, "--amount", amount, "--method", method, *more)

    return receive


def refused(answer: Answer, *words: str) -> None:
    """Exit 1, one sentence in Portuguese with these words, nothing on stdout."""
    assert answer.code == 1, answer
    assert answer.out == ""
    assert answer.err.count("\n") == 1, answer.err
    assert answer.err.rstrip().endswith(".")
    assert "inesperado" not in answer.err
    assert "Não foi possível concluir" not in answer.err
    for word in words:
        assert word in answer.err, answer.err
