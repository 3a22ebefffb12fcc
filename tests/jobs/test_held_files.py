import struct
import zlib

import pytest

from osdesk.domain.errors import UserError
from osdesk.jobs.held_files import hold_photo


def png(width=8, height=6):
    rows = b"".join(b"\0" + b"\x33\x66\x99" * width for _ in range(height))

    def chunk(kind, body):
        sealed = kind + body
        return struct.pack(">I", len(body)) + sealed + struct.pack(">I", zlib.crc32(sealed))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    secret = chunk(b"tEXt", b"Comment\0where it was taken")
    body = chunk(b"IDAT", zlib.compress(rows))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + secret + body + chunk(b"IEND", b"")


def test_a_fresh_picture_is_kept_by_its_hash(store, tmp_path):
    path = tmp_path / "Frente.PNG"
    path.write_bytes(png())
    held = hold_photo(store, path)
    data = store.files.read(held.sha256)
    assert (held.name, held.media_type, held.size) == ("Frente.png", "image/png", len(data))
    assert b"where it was taken" not in data
    assert hold_photo(store, png(), name="colada").name == "colada.png"
    assert hold_photo(store, png()).name == "foto.png"


def test_what_is_no_picture_is_not_kept(store):
    with pytest.raises(UserError):
        hold_photo(store, b"%PDF-1.4 no picture")
    assert store.files.names() == []
