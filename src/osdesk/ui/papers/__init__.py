"""Printing, and signed sheets that come back."""
