"""The customers: list, card, account."""
