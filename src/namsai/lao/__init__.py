"""Lao text that behaves: numbers and dates never guessed, one spelling, search keys, sort order, old fonts."""
