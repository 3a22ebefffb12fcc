"""``osdesk`` and ``python -m osdesk``."""

import sys

from osdesk.cli import main

if __name__ == "__main__":
    sys.exit(main())
