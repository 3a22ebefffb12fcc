"""Backups in the window: the list to restore one from, the restore itself, drives by their name."""
