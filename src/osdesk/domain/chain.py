"""The history's hash chain: each event's SHA-256 covers the one before it.

Only codes, keys, amounts and dates are hashed directly; personal and free texts stand in a row of
their own and enter by their salted hash, so that they can be erased without breaking the chain.
"""

import hashlib
import json
from collections.abc import Mapping

GENESIS = "0" * 64
"""What the first event names as its predecessor."""


_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
"""Made once: a check of the whole history asks it for every event."""
_ORDERED = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def canonical_json(value: object) -> str:
    """One text for one value: sorted keys, no spaces, letters as they are."""
    return _ENCODER.encode(value)


def ordered_json(value: object) -> str:
    """The same, with the keys in the order that they have: for what is shown, not compared."""
    return _ORDERED.encode(value)


def sha256_hex(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def text_hash(salt: str, body: str) -> str:
    """Hash of an event's erasable texts; ``salt`` keeps short texts from being guessed."""
    return sha256_hex(f"{salt}\n{body}")


def chain_hash(
    previous: str,
    *,
    sequence: int,
    at: str,
    author_id: int | None,
    code: str,
    keys: Mapping[str, int | None],
    data: str,
    texts: str | None,
) -> str:
    """Hash of one event.

    ``at`` is the stored UTC text, ``keys`` the ids of order, customer and payment, ``data`` the
    stored canonical JSON and ``texts`` the hash of the erasable texts.
    """
    # canonical JSON by hand: a check of a large shop asks it of ten million events
    words = ",".join(
        (
            f'["{previous}",{sequence},"{at}"',
            "null" if author_id is None else str(author_id),
            f"{_ORDERED.encode(code)}",
            f'{{"customer":{_number(keys["customer"])},"order":{_number(keys["order"])}',
            f'"payment":{_number(keys["payment"])}}}',
            _ORDERED.encode(data),
            "null]" if texts is None else f'"{texts}"]',
        )
    )
    return sha256_hex(words)


def _number(key: int | None) -> str:
    return "null" if key is None else str(key)
