"""Sheets about one customer."""
