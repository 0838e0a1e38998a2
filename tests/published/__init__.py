"""Published cases: `python -m tests.published DIR` runs every vector file of a known format through the library."""
