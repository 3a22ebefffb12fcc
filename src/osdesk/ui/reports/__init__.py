"""The reports of a month or other days."""
