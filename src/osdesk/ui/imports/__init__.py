"""Bringing data in, as the window shows it."""
