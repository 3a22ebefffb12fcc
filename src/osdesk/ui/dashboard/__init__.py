"""The dashboard: the figures of today, what needs somebody, who owes."""
