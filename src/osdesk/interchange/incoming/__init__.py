"""Files of other systems, read row by row: tables, exported lines, dumps."""
