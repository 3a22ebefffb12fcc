"""Facts of the papers: which there are, when, and what each covers."""
