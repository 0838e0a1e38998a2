"""Duplicates, joining, lists brought in."""
