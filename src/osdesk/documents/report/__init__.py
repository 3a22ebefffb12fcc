"""The report of a month or other days."""
