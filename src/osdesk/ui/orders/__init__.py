"""The order list: search, filters, table, and the panel of the chosen order."""
