"""Panes at the side, shared by order list and editor: step, payment, notice, notes, quotes."""
