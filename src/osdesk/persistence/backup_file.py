"""The one file that a backup is: a zip that any program opens, sealed against every flipped bit.

The archive's comment is the SHA-256 of everything before it. ``manifest.json`` names every entry
with its size and hash. Reading trusts nothing: names, counts, sizes and links are looked at before
a byte is unpacked, and our own loop unpacks, never the library's.
"""

import contextlib
import hashlib
import json
import os
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from osdesk.domain.errors import UserError

FORMAT = 1
MANIFEST = "manifest.json"
DATABASE = "osdesk.db"
SEAL = 64
"""Length of the comment: a SHA-256 in hexadecimal."""
MOST_ENTRIES = 20_000
MOST_BYTES = 4 << 30
MOST_RATIO = 200
MOST_MANIFEST = 16 << 20
LEVEL = 3
"""A tenth larger than the usual 6, in half the time."""
_BLOCK = 1 << 20
_LISTED = 46 + len(MANIFEST)
"""Bytes of the manifest's line in the archive's list, which is its last."""
_HEAD = 1 << 14
"""More than all of a manifest but its entries."""
_KEPT = re.compile(r"(?:files/[0-9a-f]{64}|papers/[^/\\:\x00-\x1f]{1,180}|export/[a-z]+\.[a-z]+)")
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE)


@dataclass(frozen=True)
class Entry:
    name: str
    size: int
    sha256: str

    @property
    def is_itself(self) -> bool:
        """Whether a kept file, which is named by the hash of its content, still has it."""
        folder, _, name = self.name.partition("/")
        return folder != "files" or name == self.sha256


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself. ``head`` is the newest event's hash, ``sequence`` its number;
    ``first_broken`` names the event where the history was already broken when it was made, and
    ``damaged`` the files whose content was not that of their name any more."""

    format: int
    shop_id: str
    shop: str
    revision: str
    schema: int
    sequence: int
    head: str
    first_broken: int | None
    counts: Mapping[str, int]
    made_at: str
    serial: int = 0
    """Counts the backups of a place, whatever the clock says; 0 in those of older versions."""
    reason: str = ""
    """Before what it was made, where that cannot be taken back; such ones are kept longer."""
    entries: tuple[Entry, ...] = field(default=())
    damaged: tuple[str, ...] = field(default=())

    @property
    def made(self) -> datetime:
        return datetime.fromisoformat(self.made_at)

    @property
    def files(self) -> int:
        return sum(entry.name.startswith(("files/", "papers/")) for entry in self.entries)


def is_safe(name: str) -> bool:
    """A name that a backup may hold: ours, of known shape, and a plain file name everywhere."""
    last = name.rpartition("/")[2]
    if name == DATABASE:
        return True
    return bool(
        _KEPT.fullmatch(name)
        and last not in (".", "..")
        and not last.endswith((".", " "))
        and not _DEVICES.fullmatch(last)
    )


# -- writing --------------------------------------------------------------------------------------


def write(path: Path, manifest: Manifest, sources: Mapping[str, Path]) -> Manifest:
    """Write the archive, sealed and durable; the manifest with its entries. Raises OSError."""
    entries = []
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL) as archive:
        for name, source in sources.items():
            with (
                source.open("rb") as reading,
                archive.open(_info(name, manifest), "w", force_zip64=True) as writing,
            ):
                entries.append(_pour(reading, writing, name))
        damaged = tuple(entry.name for entry in entries if not entry.is_itself)
        whole = replace(manifest, entries=tuple(entries), damaged=damaged)
        words = json.dumps(asdict(whole), ensure_ascii=False, indent=1)
        archive.writestr(_info(MANIFEST, manifest), words.encode("utf-8"))
        archive.comment = b"0" * SEAL
    with contextlib.suppress(OSError):
        path.chmod(0o600)
    with path.open("r+b") as file:
        seal, _ = _hashes(file)
        file.seek(-SEAL, os.SEEK_END)
        file.write(seal.encode("ascii"))
        file.flush()
        os.fsync(file.fileno())
    return whole


def _info(name: str, manifest: Manifest) -> zipfile.ZipInfo:
    """An entry dated as the backup; a zip knows no year before 1980 nor after 2107."""
    made = manifest.made.astimezone()
    year = min(max(made.year, 1980), 2107)
    info = zipfile.ZipInfo(name, (year, made.month, made.day, made.hour, made.minute, made.second))
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o600 << 16
    return info


def _pour(reading: IO[bytes], writing: IO[bytes], name: str) -> Entry:
    digest, size = hashlib.sha256(), 0
    while block := reading.read(_BLOCK):
        writing.write(block)
        digest.update(block)
        size += len(block)
    return Entry(name, size, digest.hexdigest())


def _hashes(file: IO[bytes]) -> tuple[str, str]:
    """SHA-256 of all but the seal, and of the whole file."""
    left = file.seek(0, os.SEEK_END) - SEAL
    file.seek(0)
    digest = hashlib.sha256()
    while left > 0 and (block := file.read(min(_BLOCK, left))):
        digest.update(block)
        left -= len(block)
    sealed = digest.hexdigest()
    digest.update(file.read())
    return sealed, digest.hexdigest()


# -- reading --------------------------------------------------------------------------------------


def read(path: Path, target: Path | None = None) -> tuple[Manifest, str]:
    """Look at a backup from end to end, and unpack it into ``target`` where one is given.

    Returns the manifest and the whole file's SHA-256. Raises UserError: ``cannot_read``,
    ``backup_foreign``, ``backup_newer``, ``backup_damaged``, ``backup_refused``; OSError where
    ``target`` cannot be written.
    """
    try:
        file = path.open("rb") if path.is_file() else None
    except OSError:
        file = None
    if file is None:
        raise UserError("cannot_read", path=path)
    with file:
        digest = _unsealed(file, path)
        try:
            with zipfile.ZipFile(file) as archive:
                manifest = _manifest(archive, path)
                for entry in manifest.entries:
                    _unpack(archive, entry, path, target)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
            raise UserError("backup_damaged", path=path) from None
    return manifest, digest


def peek(path: Path) -> Manifest | None:
    """What a backup says of itself, but its entries; None where that cannot be read.

    The manifest is the last entry and begins with what is asked here, so that a large backup costs
    no more than a small one. Nothing is verified.
    """
    try:
        with path.open("rb") as file:
            file.seek(-SEAL - 22 - _LISTED, os.SEEK_END)
            end = file.read()
            if not end.startswith(b"PK\x01\x02") or end[46:_LISTED] != MANIFEST.encode():
                return None
            if not end.startswith(b"PK\x05\x06", _LISTED):
                return None
            packed, place = struct.unpack_from("<10xH30xI", end)
            file.seek(place + 26)
            file.seek(sum(struct.unpack("<2H", file.read(4))), os.SEEK_CUR)
            words = file.read(_HEAD)
        if packed == zipfile.ZIP_DEFLATED:
            words = zlib.decompressobj(-zlib.MAX_WBITS).decompress(words, _HEAD)
        head, found, _ = words.partition(b',\n "entries": ')
        return _from_plain(json.loads(head + b"}") | {"entries": []}) if found else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError, struct.error, zlib.error):
        return None


def _unsealed(file: IO[bytes], path: Path) -> str:
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    if size < SEAL or file.read(2) != b"PK":
        raise UserError("backup_foreign", path=path)
    file.seek(size - SEAL)
    noted = file.read()
    seal, digest = _hashes(file)
    if noted != seal.encode("ascii"):
        raise UserError("backup_damaged", path=path)
    file.seek(0)
    return digest


def _manifest(archive: zipfile.ZipFile, path: Path) -> Manifest:
    infos = _listed(archive, path)
    if MANIFEST not in infos:
        raise UserError("backup_foreign", path=path)
    if infos[MANIFEST].file_size > MOST_MANIFEST:
        raise UserError("backup_refused", path=path)
    try:
        words = archive.read(MANIFEST)
        plain = json.loads(words)
        if int(plain["format"]) > FORMAT:
            raise UserError("backup_newer", path=path, version=plain["format"])
        manifest = _from_plain(plain)
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
        raise UserError("backup_damaged", path=path) from None
    named = {entry.name: entry.size for entry in manifest.entries}
    there = {name: info.file_size for name, info in infos.items() if name != MANIFEST}
    if named != there or len(named) != len(manifest.entries) or DATABASE not in named:
        raise UserError("backup_damaged", path=path)
    if {entry.name for entry in manifest.entries if not entry.is_itself} != {*manifest.damaged}:
        raise UserError("backup_damaged", path=path)
    return manifest


def _from_plain(plain: Mapping[str, Any]) -> Manifest:
    broken = plain["first_broken"]
    datetime.fromisoformat(plain["made_at"])
    return Manifest(
        format=int(plain["format"]),
        shop_id=str(plain["shop_id"]),
        shop=str(plain["shop"]),
        revision=str(plain["revision"]),
        schema=int(plain["schema"]),
        sequence=int(plain["sequence"]),
        head=str(plain["head"]),
        first_broken=None if broken is None else int(broken),
        counts={str(name): int(count) for name, count in plain["counts"].items()},
        made_at=str(plain["made_at"]),
        serial=int(plain.get("serial", 0)),
        reason=str(plain.get("reason", "")),
        entries=tuple(
            Entry(str(entry["name"]), int(entry["size"]), str(entry["sha256"]))
            for entry in plain["entries"]
        ),
        damaged=tuple(str(name) for name in plain.get("damaged", ())),
    )


def _listed(archive: zipfile.ZipFile, path: Path) -> dict[str, zipfile.ZipInfo]:
    """The archive's entries by name, where all of them are what a backup may hold."""
    infos = archive.infolist()
    found = {info.filename: info for info in infos}
    total = sum(info.file_size for info in infos)
    packed = path.stat().st_size
    if (
        len(infos) > MOST_ENTRIES
        or len(found) != len(infos)
        or total > MOST_BYTES
        or total > MOST_RATIO * packed
        or any(not _is_plain(info) for info in infos)
    ):
        raise UserError("backup_refused", path=path)
    return found


def _is_plain(info: zipfile.ZipInfo) -> bool:
    kind = stat.S_IFMT(info.external_attr >> 16)
    return (
        (info.filename == MANIFEST or is_safe(info.filename))
        and info.filename == info.orig_filename
        and kind in (0, stat.S_IFREG)
        and not info.flag_bits & 0x1
        and info.compress_type in (zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED)
    )


def _unpack(archive: zipfile.ZipFile, entry: Entry, path: Path, target: Path | None) -> None:
    """One entry, counted and hashed while it comes; it never gets larger than it said."""
    digest, left = hashlib.sha256(), entry.size
    place = Path(os.devnull)
    if target is not None:
        place = target / entry.name
        place.parent.mkdir(mode=0o700, exist_ok=True)
    with (
        place.open("wb" if target is None else "xb") as writing,
        archive.open(entry.name) as reading,
    ):
        for block in iter(lambda: reading.read(_BLOCK), b""):
            left -= len(block)
            if left < 0:
                break
            digest.update(block)
            writing.write(block)
        writing.flush()
        if target is not None:
            os.fsync(writing.fileno())
    if left or digest.hexdigest() != entry.sha256:
        raise UserError("backup_damaged", path=path)
