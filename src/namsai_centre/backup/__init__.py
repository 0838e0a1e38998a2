"""Back up and restore the whole centre: one archive with every row and file, counted and sealed, for any database."""
