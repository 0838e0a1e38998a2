"""What may be done with people, roles, notices and tokens: one verb per file."""
