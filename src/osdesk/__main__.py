"""``osdesk`` and ``python -m osdesk``."""

import gc
import sys


def main() -> int:
    """Run one command; or, in the frozen program, be the process that opens strangers' files."""
    if sys.argv[1:2] == ["--open-apart"]:
        from osdesk.documents import apart

        return apart.serve()
    gc.disable()  # nothing that is imported is garbage
    from osdesk.cli.main import main as run

    gc.enable()
    return run()


if __name__ == "__main__":
    sys.exit(main())
