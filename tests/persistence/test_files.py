"""Files are whole or not there, and what is kept under a hash has that hash."""

import hashlib
import os
from pathlib import Path

import pytest

from osdesk.domain.errors import UserError
from osdesk.persistence.files import Files, write_atomic


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    target = tmp_path / "a" / "b.bin"
    write_atomic(target, b"one")
    write_atomic(target, b"two")
    assert target.read_bytes() == b"two"
    assert [entry.name for entry in target.parent.iterdir()] == ["b.bin"]


def test_where_nothing_can_be_written_nothing_changes(tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    with pytest.raises(UserError, match="cannot_write"):
        write_atomic(tmp_path / "taken", b"x")
    with pytest.raises(UserError, match="cannot_write"):
        write_atomic(_below_a_file(tmp_path), b"x")
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["file", "taken"]


def _below_a_file(folder: Path) -> Path:
    (folder / "file").write_bytes(b"")
    return folder / "file" / "below"


def test_content_is_kept_under_its_hash_once(tmp_path: Path) -> None:
    files = Files(tmp_path / "files")
    assert files.names() == []
    sha = files.add(b"picture")
    inode = os.stat(files.path(sha)).st_ino
    assert sha == hashlib.sha256(b"picture").hexdigest() == files.add(b"picture")
    assert os.stat(files.path(sha)).st_ino == inode
    assert files.read(sha) == b"picture"
    assert files.names() == [sha]


def test_a_cut_file_is_mended_by_adding_it_again(tmp_path: Path) -> None:
    files = Files(tmp_path / "files")
    sha = files.add(b"picture")
    files.path(sha).write_bytes(b"pic")
    with pytest.raises(UserError, match="file_damaged"):
        files.read(sha)
    files.add(b"picture")
    assert files.read(sha) == b"picture"


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="file_missing"):
        Files(tmp_path).read("0" * 64)


@pytest.mark.parametrize("name", ["../osdesk.db", "0" * 63, "A" * 64, "0" * 64 + "/x", ""])
def test_only_a_hash_is_a_name(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="SHA-256"):
        Files(tmp_path).read(name)
