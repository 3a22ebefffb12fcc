"""Files of strangers cannot take the program's memory or time; what cannot be opened is said."""

import os
import struct
import subprocess
import sys
import time
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from tests.platforms import WINE

from osdesk.documents import apart
from osdesk.documents.apart import Opener
from osdesk.domain.errors import UserError


def pdf_of(*objects: bytes) -> bytes:
    """A PDF of these objects, numbered from 1; the first is the catalogue."""
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start)
    return bytes(out)


def stream(head: bytes, content: bytes) -> bytes:
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (head, len(content), content)


def forms_in_forms(depth: int) -> bytes:
    """Each form draws the one before it ten times: some kilobytes, and work for ever."""
    first = 5
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /XObject << /F %d 0 R >> >> >>" % (first + depth),
        stream(b"", b"/F Do"),
        stream(b"/Type /XObject /Subtype /Form /BBox [0 0 595 842]", b"0 0 500 500 re f " * 50),
    ]
    objects += [
        stream(
            b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources"
            b" << /XObject << /F %d 0 R >> >>" % (first + level),
            b"/F Do " * 10,
        )
        for level in range(depth)
    ]
    return pdf_of(*objects)


def thin_picture(width: int, height: int) -> bytes:
    """A PNG of one colour; its size is in the head, its points are few bytes."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    points = zlib.compress((b"\0" + bytes(width)) * height, 9)
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", points) + chunk(b"IEND", b"")
    )


def picture(side: int = 400) -> bytes:
    out = BytesIO()
    Image.new("RGB", (side, side), "teal").save(out, "PNG")
    return out.getvalue()


def three_pages() -> bytes:
    pages = [Image.new("L", (100, 100), 255) for _ in range(3)]
    out = BytesIO()
    pages[0].save(out, "PDF", save_all=True, append_images=pages[1:])
    return out.getvalue()


@pytest.fixture
def opener():
    opener = Opener(seconds=2)
    yield opener
    opener.close()


def asked(opener: Opener, name: str, data: bytes, **arguments: object) -> str:
    """The code of what is refused."""
    with pytest.raises(UserError) as caught:
        list(opener.ask(name, data, **arguments))
    return caught.value.code


def test_a_pdf_that_would_be_drawn_for_ever_is_refused_and_the_next_file_opens(opener):
    begin = time.monotonic()
    assert asked(opener, "small_picture", forms_in_forms(9), page=0, side=300) == "file_unsafe"
    assert time.monotonic() - begin < 30
    [(head, data)] = opener.ask("prepare", picture())
    assert (head["answer"], data[:4]) == ("image/png", b"\x89PNG")


def test_a_picture_of_one_line_is_refused_before_it_is_decoded(opener):
    assert asked(opener, "prepare_image", thin_picture(1, 39_000_000)) == "image_too_big"


@pytest.mark.skipif(WINE, reason="Wine 8 has jobs, but not their limit of memory")
def test_what_asks_for_more_memory_than_allowed_is_refused():
    small = Opener(memory=20 * 1024 * 1024)
    try:
        assert asked(small, "prepare_image", thin_picture(6_000, 6_000)) in (
            "image_unreadable",
            "file_unsafe",
        )
    finally:
        small.close()


def test_what_the_function_refuses_comes_with_its_code_and_values(opener):
    assert asked(opener, "prepare", b"GIF89a" + bytes(40)) == "image_kind"
    assert asked(opener, "page_count", b"%PDF-nothing") == "pdf_unreadable"


def test_one_child_serves_file_after_file_and_is_started_again_where_it_died(opener):
    list(opener.ask("prepare", picture()))
    first = opener.waiting
    list(opener.ask("prepare", picture()))
    assert opener.waiting == first
    opener._waiting.process.kill()
    opener._waiting.process.wait()
    list(opener.ask("prepare", picture()))
    assert opener.waiting not in (None, first)


def test_another_file_is_opened_while_a_long_one_is_read(opener):
    answers = opener.ask("codes_by_page", three_pages())
    next(answers)
    assert len(list(opener.ask("prepare", picture()))) == 1
    assert len(list(answers)) == 2


def test_leaving_a_long_file_in_the_middle_leaves_nothing_behind(opener):
    answers = opener.ask("codes_by_page", three_pages())
    next(answers)
    answers.close()
    assert opener.waiting is None
    assert len(list(opener.ask("codes_by_page", three_pages()))) == 3


def test_the_child_ends_with_its_starter():
    script = (
        "import os, sys\n"
        "from osdesk.documents.apart import OPENER\n"
        "list(OPENER.ask('prepare', sys.stdin.buffer.read()))\n"
        "print(OPENER.waiting, flush=True)\n"
        "os._exit(1)  # as a crash: nothing is tidied up\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script], input=picture(), capture_output=True, check=False
    )
    child, deadline = int(ran.stdout), time.monotonic() + 20
    while is_running(child) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not is_running(child)


def is_running(process: int) -> bool:
    if sys.platform == "win32":
        listed = subprocess.run(
            ["tasklist", "/FI", f"PID eq {process}"], capture_output=True, check=True
        )
        return str(process).encode() in listed.stdout
    status = Path(f"/proc/{process}/status")
    return status.exists() and "State:\tZ" not in status.read_text()


def test_an_answer_longer_than_allowed_is_not_read():
    read, write = os.pipe()
    with os.fdopen(write, "wb") as to, os.fdopen(read, "rb") as source:
        to.write(struct.pack("<II", 10, apart.LARGEST + 1))
        to.flush()
        with pytest.raises(EOFError):
            apart.receive(source)
