"""An unforeseen error in words that may be logged and sent: where and of what kind, no values."""

import sys
import traceback

from osdesk import __version__


def details_of(error: BaseException) -> str:
    """Where it happened and of what kind; never the error's own words, which may hold a name."""
    places = traceback.format_list(traceback.extract_tb(error.__traceback__))
    kinds = type(error).__name__
    if error.__cause__ is not None:
        kinds += f" <- {type(error.__cause__).__name__}"
    return f"osdesk {__version__}, Python {sys.version.split()[0]}\n{''.join(places)}{kinds}"
