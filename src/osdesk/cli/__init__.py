"""The commands of the contract: English words, Portuguese sentences, JSON alone on stdout."""

from osdesk.cli.main import main

__all__ = ["main"]
