"""A sheet as it comes back from the customer: a page of ours as a picture, signed by a pen.

For the demonstration and the tour, where nobody is there to sign.
"""

import struct
import zlib
from collections.abc import Iterator
from math import pi, sin
from random import Random

from osdesk.documents.read import PagePicture, page_pictures

DPI = 110
INK = bytes((38, 52, 120))
PEN = 1
"""Pixels around the point of the pen."""
DARK = 120
"""A printed line is darker than this."""
SPANS = ((0.08, 0.42), (0.57, 0.91))
"""Where the customer's line runs and where the shop's does, as shares of the page's width."""
GAP = 0.5


def signed_scan(pdf: bytes, rng: Random) -> bytes:
    """The first page as PNG, with a name on each line for a signature of its upper half."""
    page = next(page_pictures(pdf, dpi=DPI))
    paper = bytearray(page.data)
    line = _signature_line(page)
    if line is not None:
        for first, last in SPANS:
            _sign(paper, page, rng, int(first * page.width), int(last * page.width), line)
    return _png(page, bytes(paper))


def _signature_line(page: PagePicture) -> int | None:
    """The lowest row of the upper half that is dark along both lines and white between them."""
    for row in range(page.height // 2, page.height // 8, -1):
        if _is_dark(page, row, GAP):
            continue
        points = [share for first, last in SPANS for share in (first, (first + last) / 2, last)]
        if all(_is_dark(page, row, share) for share in points):
            return row
    return None


def _is_dark(page: PagePicture, row: int, share: float) -> bool:
    return page.data[row * page.stride + int(share * page.width) * 3] < DARK


def _sign(
    paper: bytearray, page: PagePicture, rng: Random, first: int, last: int, line: int
) -> None:
    for x, y in _stroke(rng, first, last, line):
        for row in range(y - PEN, y + PEN + 1):
            at = row * page.stride + (x - PEN) * 3
            paper[at : at + (2 * PEN + 1) * 3] = INK * (2 * PEN + 1)


def _stroke(rng: Random, first: int, last: int, line: int) -> Iterator[tuple[int, int]]:
    """Loops of uneven height along the line, slower at the first letter than at the end."""
    start = first + (last - first) * rng.uniform(0.02, 0.12)
    length = (last - first) * rng.uniform(0.45, 0.65)
    loops = rng.uniform(5, 8)
    tall = [rng.uniform(0.35, 1) for _ in range(10)]
    tall[0] = 1.5
    steps = int(length * 12)
    for step in range(steps):
        share = step / steps
        turn = share * loops * 2 * pi
        height = 13 * tall[int(share * loops)] * (1 - share / 2)
        x = start + length * share - 5 * sin(turn)
        y = line - 6 - height * (1 + sin(turn + pi / 2 + share)) / 2
        yield int(x), int(y)


def _png(page: PagePicture, pixels: bytes) -> bytes:
    width = page.width * 3
    rows = (
        b"\0" + pixels[row * page.stride : row * page.stride + width] for row in range(page.height)
    )
    head = struct.pack(">IIBBBBB", page.width, page.height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(b"".join(rows), 6)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in chunks
    )
