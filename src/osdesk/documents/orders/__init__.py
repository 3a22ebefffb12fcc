"""The papers of an order."""
