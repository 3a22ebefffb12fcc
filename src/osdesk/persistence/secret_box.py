"""Secrets under a key that does not lie in the database: a copy of the file alone tells nothing.

AES-256-GCM. The key is 32 random bytes in a file beside the database, made when it is first needed
and readable by its owner alone. It is part of no backup and no export: a backup that is lost or
lent shows no access code. A shop that is restored elsewhere has lost the codes that were stored,
and says so; they are asked again and kept under a new key.
"""

import base64
import contextlib
import os
import secrets
from pathlib import Path

from osdesk.domain.errors import UserError
from osdesk.persistence.files import replace_file

KEY = "osdesk.key"
KEY_BYTES, NONCE_BYTES, TAG_BYTES = 32, 12, 16
BLOCK = 32
"""Secrets are filled up to a multiple of this: their length tells nothing."""


class SecretBox:
    """The key of one shop's folder; nothing is read or made until it is needed."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / KEY

    def seal(self, secret: str, *, belongs_to: str) -> str:
        """The secret as text that may lie anywhere. Raises UserError ``cannot_write``,
        ``code_key_damaged``."""
        from Cryptodome.Cipher import AES

        nonce = secrets.token_bytes(NONCE_BYTES)
        cipher = AES.new(self._key() or self._make(), AES.MODE_GCM, nonce=nonce)
        cipher.update(belongs_to.encode("utf-8"))
        plain = secret.encode("utf-8") + b"\x01"
        body, tag = cipher.encrypt_and_digest(plain.ljust(-(-len(plain) // BLOCK) * BLOCK, b"\0"))
        return base64.b64encode(nonce + tag + body).decode("ascii")

    def open(self, sealed: str, *, belongs_to: str) -> str:
        """The secret again. Raises UserError ``code_key_missing``, ``code_key_damaged``;
        ``code_unreadable`` where it was sealed under another key or for something else."""
        from Cryptodome.Cipher import AES

        key = self._key()
        if key is None:
            raise UserError("code_key_missing")
        try:
            data = base64.b64decode(sealed, validate=True)
            nonce, rest = data[:NONCE_BYTES], data[NONCE_BYTES:]
            cipher = AES.new(key, AES.MODE_GCM, nonce=nonce)
            cipher.update(belongs_to.encode("utf-8"))
            plain = cipher.decrypt_and_verify(rest[TAG_BYTES:], rest[:TAG_BYTES])
        except ValueError:
            raise UserError("code_unreadable") from None
        return plain.rstrip(b"\0")[:-1].decode("utf-8")

    def _key(self) -> bytes | None:
        try:
            key = self.path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError:
            raise UserError("cannot_read", path=self.path) from None
        if len(key) != KEY_BYTES:
            raise UserError("code_key_damaged", path=self.path)
        return key

    def _make(self) -> bytes:
        """A new key, whole and durable before anything is sealed with it."""
        key = secrets.token_bytes(KEY_BYTES)
        temporary = self.path.with_name(f"{KEY}.{os.getpid()}.tmp")
        try:
            with contextlib.suppress(FileNotFoundError):
                temporary.unlink()
            handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "wb") as file:
                file.write(key)
                file.flush()
                os.fsync(file.fileno())
            replace_file(temporary, self.path)
        except OSError:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)
            raise UserError("cannot_write", path=self.path) from None
        return key
