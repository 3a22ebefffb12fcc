"""How many random cases a sweep tries: a few in each run, ``OSDESK_DEEP`` times as many by hand.

``OSDESK_DEEP=100 python3 packaging/dev.py test tests/services`` takes a night.
"""

import os

DEEP = int(os.environ.get("OSDESK_DEEP", "1"))


def examples(few: int) -> int:
    return few * DEEP
