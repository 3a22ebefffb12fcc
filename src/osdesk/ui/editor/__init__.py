"""The order editor: one screen for all of an order."""
