"""On what system the tests run, where it matters."""

import sys


def _is_wine() -> bool:
    if sys.platform != "win32":
        return False
    import ctypes

    return hasattr(ctypes.WinDLL("ntdll"), "wine_get_version")


WINE = _is_wine()
"""Windows programs on Wine: most of Windows, but not all; each use says what is not there."""
