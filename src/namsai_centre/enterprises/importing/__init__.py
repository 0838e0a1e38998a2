"""Lists of enterprises brought in: columns to fields, cells to values, rows to what they would do."""
