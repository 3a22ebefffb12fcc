"""JSON as it is read here: nothing twice, no number that no field holds."""

import json
from typing import Any

from osdesk.domain.errors import UserError


def parse_json(text: str) -> Any:
    """JSON without repeated keys, NaN or Infinity."""
    try:
        return json.loads(
            text, object_pairs_hook=_no_repeats, parse_constant=_no_constant, parse_int=_integer
        )
    except RecursionError:
        raise UserError("bad_json", line=1) from None


def _integer(text: str) -> int:
    """Python refuses to read thousands of digits; no field holds so many."""
    return int(text) if len(text) <= 30 else int(text[:30])


def _no_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise UserError("repeated_key", key=key)
        found[key] = value
    return found


def _no_constant(text: str) -> Any:
    raise UserError("bad_json_constant", value=text)
