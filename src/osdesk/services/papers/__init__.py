"""Issued papers and the signed ones that come back."""
