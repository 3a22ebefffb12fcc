"""``osdesk`` and ``python -m osdesk``."""

import sys


def main() -> int:
    """Run one command; or, in the frozen program, be the process that opens strangers' files."""
    from osdesk.documents import apart

    if sys.argv[1:] == [apart.WORD]:
        return apart.serve()
    from osdesk.cli.main import main as run

    return run()


if __name__ == "__main__":
    sys.exit(main())
