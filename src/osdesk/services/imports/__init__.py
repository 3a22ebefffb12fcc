"""Bringing another system's data in, by batches that can be taken back whole."""
