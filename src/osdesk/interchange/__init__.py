"""Files in and out: CSV, XLSX, JSON and other systems' data."""
