"""Rules of an order: statuses, steps, totals, quotes, instalments, warranty."""
