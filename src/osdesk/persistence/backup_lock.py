"""The password of a shop's backups, kept beside its database so that backups need nobody.

It is sealed with the key of the devices' access codes and, as that key, part of no backup. The
former ones stay: the backups that were made with them open by themselves too.
"""

import json
from pathlib import Path

from osdesk.domain.errors import UserError
from osdesk.persistence.files import write_atomic
from osdesk.persistence.folder import PASSWORDS
from osdesk.persistence.secret_box import SecretBox

_BELONGS = "backup passwords"


class BackupLock:
    """Raises UserError ``cannot_read``, ``cannot_write``, and those of the ``SecretBox``: without
    its password a shop that has one makes no backup that anybody could read."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / PASSWORDS
        self._box = SecretBox(folder)

    @property
    def password(self) -> str | None:
        """That of the backups that are made from now on; None where they have none."""
        return self._read()[0]

    @property
    def known(self) -> list[str]:
        """All that there were, the newest first."""
        return self._read()[1]

    def set(self, password: str | None) -> None:
        known = self.known
        if password is not None:
            known = [password, *(word for word in known if word != password)]
        plain = json.dumps({"password": password, "known": known})
        sealed = self._box.seal(plain, belongs_to=_BELONGS)
        write_atomic(self._path, sealed.encode("ascii"))
        self._path.chmod(0o600)

    def _read(self) -> tuple[str | None, list[str]]:
        try:
            sealed = self._path.read_text("ascii")
        except FileNotFoundError:
            return None, []
        except (OSError, ValueError):
            raise UserError("cannot_read", path=self._path) from None
        plain = json.loads(self._box.open(sealed, belongs_to=_BELONGS))
        return plain["password"], list(plain["known"])
