"""Portuguese words shared by screens, papers and commands: names of codes, sentences of errors.

Codes are stored, words are only shown.
"""

from osdesk.texts.codes import (
    ACCESS_CODE,
    AGE,
    CHARGE_KIND,
    COVERED,
    EVENT,
    FIGURE,
    FILTER,
    FORMAT,
    ITEM_KIND,
    METHOD,
    METHOD_INSIDE,
    METHOD_WITH,
    NOBODY,
    NOTICE_CHANNEL,
    PAPER,
    PART_CONDITION,
    PAYMENT_KIND,
    PRIORITY,
    QUOTE,
    ROLE,
    STATUS,
    STEP_VERB,
    VERIFICATION,
    VIA,
)
from osdesk.texts.errors import sentence
from osdesk.texts.fields import FIELD, field_name, listing, plural
from osdesk.texts.sentences import SENTENCES

__all__ = [
    "ACCESS_CODE",
    "AGE",
    "CHARGE_KIND",
    "COVERED",
    "EVENT",
    "FIELD",
    "FIGURE",
    "FILTER",
    "FORMAT",
    "ITEM_KIND",
    "METHOD",
    "METHOD_INSIDE",
    "METHOD_WITH",
    "NOBODY",
    "NOTICE_CHANNEL",
    "PAPER",
    "PART_CONDITION",
    "PAYMENT_KIND",
    "PRIORITY",
    "QUOTE",
    "ROLE",
    "SENTENCES",
    "STATUS",
    "STEP_VERB",
    "VERIFICATION",
    "VIA",
    "field_name",
    "listing",
    "plural",
    "sentence",
]
