"""Widgets of every room: fields, forms, tables, theme, chart; they import no other room."""
