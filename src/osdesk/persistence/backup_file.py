"""The one file that a backup is: a zip that any program opens, sealed against every flipped bit.

The archive's comment is the SHA-256 of everything before it. ``manifest.json`` names every entry
with its size and hash. Reading trusts nothing: names, counts, sizes and links are looked at before
a byte is unpacked, and our own loop unpacks, never the library's.

With a password every entry but the manifest is encrypted (AES-256, as 7-Zip and others open it);
the manifest tells dates and counts of a backup that nobody can open.
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
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from osdesk.domain.errors import UserError

FORMAT, LOCKED_FORMAT = 1, 2
"""What opens without a password, and what an older program does not know how to open."""
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
AES = 99
"""The compression that an entry with a password says it has."""
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
    locked: bool = False
    """Everything else in the archive opens with a password alone."""
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


def write(
    path: Path, manifest: Manifest, sources: Mapping[str, Path], password: str | None = None
) -> Manifest:
    """Write the archive, sealed and durable; the manifest with its entries. Raises OSError."""
    entries = []
    with _new_archive(path, password) as archive:
        for name, source in sources.items():
            with (
                source.open("rb") as reading,
                archive.open(_info(archive, name, manifest), "w", force_zip64=True) as writing,
            ):
                entries.append(_pour(reading, writing, name))
        damaged = tuple(entry.name for entry in entries if not entry.is_itself)
        whole = replace(
            manifest,
            format=LOCKED_FORMAT if password else FORMAT,
            locked=password is not None,
            entries=tuple(entries),
            damaged=damaged,
        )
        words = json.dumps(asdict(whole), ensure_ascii=False, indent=1)
        if password is not None:  # the manifest stays readable
            archive.encryption = None
            archive.setpassword(None)
        archive.writestr(_info(archive, MANIFEST, manifest), words.encode("utf-8"))
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


def _new_archive(path: Path, password: str | None) -> Any:
    if password is None:
        return zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL)
    import pyzipper  # type: ignore[import-untyped]  # it has no types

    archive = pyzipper.AESZipFile(
        path, "w", pyzipper.ZIP_DEFLATED, compresslevel=LEVEL, encryption=pyzipper.WZ_AES
    )
    archive.setpassword(password.encode("utf-8"))
    return archive


def _info(archive: Any, name: str, manifest: Manifest) -> Any:
    """An entry dated as the backup; a zip knows no year before 1980 nor after 2107."""
    made = manifest.made.astimezone()
    year = min(max(made.year, 1980), 2107)
    kind = getattr(archive, "zipinfo_cls", zipfile.ZipInfo)
    info = kind(name, (year, made.month, made.day, made.hour, made.minute, made.second))
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


def read(
    path: Path, target: Path | None = None, passwords: Sequence[str] = ()
) -> tuple[Manifest, str]:
    """Look at a backup from end to end, and unpack it into ``target`` where one is given.

    ``passwords``: those that may open it, each is tried. Returns the manifest and the whole file's
    SHA-256. Raises UserError: ``cannot_read``, ``backup_foreign``, ``backup_newer``,
    ``backup_damaged``, ``backup_refused``, ``backup_locked`` (no password was given),
    ``backup_password_wrong``; OSError where ``target`` cannot be written.
    """
    with _opened(path) as file:
        digest = _unsealed(file, path)
        try:
            with zipfile.ZipFile(file) as archive:
                manifest = _manifest(archive, path)
                if not manifest.locked:
                    for entry in manifest.entries:
                        _unpack(archive, entry, path, target)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
            raise UserError("backup_damaged", path=path) from None
        if manifest.locked:
            _read_locked(file, manifest, path, target, passwords)
    return manifest, digest


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    try:
        file = path.open("rb") if path.is_file() else None
    except OSError:
        file = None
    if file is None:
        raise UserError("cannot_read", path=path)
    with file:
        yield file


def _read_locked(
    file: IO[bytes], manifest: Manifest, path: Path, target: Path | None, passwords: Sequence[str]
) -> None:
    """The seal was right: what does not open now has another password."""
    import pyzipper

    word = _password_of(file, path, passwords)
    try:
        with pyzipper.AESZipFile(file) as archive:
            archive.setpassword(word.encode("utf-8"))
            for entry in manifest.entries:
                _unpack(archive, entry, path, target)
    except (pyzipper.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
        raise UserError("backup_damaged", path=path) from None


def password_of(path: Path, passwords: Sequence[str]) -> str | None:
    """Which of some passwords opens a backup; None where it needs none. Raises UserError as
    ``read``."""
    manifest = peek(path)
    if manifest is None or not manifest.locked:
        return None
    with _opened(path) as file:
        return _password_of(file, path, passwords)


def _password_of(file: IO[bytes], path: Path, passwords: Sequence[str]) -> str:
    import pyzipper

    if not passwords:
        raise UserError("backup_locked", path=path)
    with pyzipper.AESZipFile(file) as archive:
        for word in passwords:
            archive.setpassword(word.encode("utf-8"))
            if _fits(archive):
                return word
    raise UserError("backup_password_wrong", path=path)


def _fits(archive: Any) -> bool:
    """Whether a password opens an archive. Its own check lets one in 65,536 others pass: the first
    of the readable copies, which is small, is read to its end, where all of it is checked."""
    import pyzipper

    entries = [info for info in archive.infolist() if info.filename != MANIFEST]
    try:
        with archive.open(min(entries, key=lambda info: int(info.file_size))) as reading:
            while reading.read(_BLOCK):
                pass
    except (pyzipper.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError):
        return False
    return True


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
        if int(plain["format"]) > LOCKED_FORMAT:
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
    if (manifest.format == LOCKED_FORMAT) != manifest.locked:
        raise UserError("backup_damaged", path=path)
    if any(_is_locked(info) != manifest.locked for name, info in infos.items() if name != MANIFEST):
        raise UserError("backup_refused", path=path)
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
        locked=plain.get("locked", False) is True,
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
        and (
            (_is_locked(info) and info.compress_type == AES and info.filename != MANIFEST)
            or (
                not _is_locked(info)
                and info.compress_type in (zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED)
            )
        )
    )


def _is_locked(info: zipfile.ZipInfo) -> bool:
    return bool(info.flag_bits & 0x1)


def _unpack(archive: Any, entry: Entry, path: Path, target: Path | None) -> None:
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
