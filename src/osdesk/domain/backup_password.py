"""The password of backups: made by the program, written on a sheet, typed in again by a person.

A zip's encryption lets a fast computer try many passwords a second. So nobody thinks one up: 25
signs of 32 are more than can ever be tried.
"""

from collections.abc import Callable, Sequence

SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Without what is taken for another sign in writing: 0 and O, 1 and I."""
GROUPS, EACH = 5, 5


def new_password(choice: Callable[[Sequence[str]], str]) -> str:
    """``K7QF9-TRM2H-…``; ``choice`` picks one of some signs, by chance that nobody foresees."""
    return tidy_password("".join(choice(SIGNS) for _ in range(GROUPS * EACH)))


def tidy_password(typed: str) -> str:
    """What was typed as it stands on the sheet: large letters in groups; anything else as it is."""
    signs = "".join(sign for sign in typed.upper() if sign.isalnum())
    if len(signs) != GROUPS * EACH or any(sign not in SIGNS for sign in signs):
        return typed.strip()
    return "-".join(signs[place : place + EACH] for place in range(0, len(signs), EACH))
