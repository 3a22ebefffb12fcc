"""Customers: their records, what they owe."""
