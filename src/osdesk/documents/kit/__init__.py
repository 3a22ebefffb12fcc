"""What all papers are drawn with: sheet, letters, strips, pages."""
