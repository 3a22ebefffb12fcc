"""A UserError as its sentence, with its facts shown as people read them."""

from datetime import date

from osdesk.domain.calendar import Month, format_date
from osdesk.domain.codes import Paper, PaperFormat
from osdesk.domain.errors import UserError
from osdesk.domain.money import format_brl
from osdesk.domain.orders.status import Status
from osdesk.domain.text import readable
from osdesk.domain.views.shop import Held
from osdesk.texts.codes import FORMAT, PAPER, STATUS
from osdesk.texts.fields import field_name, listing
from osdesk.texts.held import held_words
from osdesk.texts.sentences import SENTENCES


def sentence(error: UserError) -> str:
    """What went wrong and what to do, in one sentence."""
    facts = {key: _shown(key, value) for key, value in error.data.items()}
    if "column" in facts:
        facts["field"] = f"{facts['column']} da linha {facts['row']}"
    template = SENTENCES.get(error.code)
    if template is None:
        return f"Não foi possível concluir ({error.code})."
    text = template.format_map(_Blank(facts))
    return text[0].upper() + text[1:]


class _Blank(dict[str, str]):
    """A fact that an error did not give reads as nothing."""

    def __missing__(self, key: str) -> str:
        return ""


SHOWN = 60
"""Letters of a wrong value or key that a sentence repeats."""
LONGEST_PATH = 160
"""Letters of a path that a sentence shows; beyond it the middle is left out."""
QUOTED = frozenset({"value", "key"})
"""What somebody wrote, and a sentence repeats."""
MONEY_FACTS = frozenset({"amount", "balance", "paid", "lines", "fees"})


def _shown(key: str, value: object) -> str:
    if key in MONEY_FACTS and isinstance(value, int):
        return format_brl(value)
    if isinstance(value, Status):
        return STATUS[value]
    if isinstance(value, Paper):
        return PAPER[value]
    if isinstance(value, PaperFormat):
        return FORMAT[value]
    if key == "formats" and isinstance(value, tuple):
        return "; ".join(FORMAT[form] for form in value)
    if key in ("field", "column"):
        return field_name(value)
    if key in ("fields", "names"):
        return listing(value)
    if key == "row" and isinstance(value, int):
        return str(value + 1)
    if isinstance(value, date):
        return format_date(value)
    if isinstance(value, Held):
        return held_words(value)
    if isinstance(value, Month):
        return value.label()
    text = "" if value is None else readable(str(value))
    if key == "path" and len(text) > LONGEST_PATH:
        half = LONGEST_PATH // 2
        return f"{text[:half]}…{text[-half:]}"
    return text if key not in QUOTED or len(text) <= SHOWN else f"{text[:SHOWN]}…"
