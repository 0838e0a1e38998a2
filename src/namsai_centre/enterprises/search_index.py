"""What the database needs so that names are found by any part of them.

SQLite: a full-text table of trigrams, kept by triggers on the table of enterprises (any writer keeps it right).
PostgreSQL: pg_trgm and a GIN index. Made after every `migrate` (apps.py): a rebuilt table never loses its triggers.
"""

from __future__ import annotations

import logging
from typing import Any

from django.db import DatabaseError, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

log = logging.getLogger(__name__)
TABLE = "enterprises_enterprise"

_SQLITE = (
    "CREATE TABLE IF NOT EXISTS enterprises_found (number INTEGER PRIMARY KEY, enterprise CHAR(32) NOT NULL UNIQUE)",
    "CREATE VIRTUAL TABLE IF NOT EXISTS enterprises_words USING fts5(search, tokenize='trigram')",
    f"""CREATE TRIGGER IF NOT EXISTS enterprises_words_new AFTER INSERT ON {TABLE} BEGIN
    INSERT INTO enterprises_found (enterprise) VALUES (new.id);
    INSERT INTO enterprises_words (rowid, search)
    SELECT number, new.search FROM enterprises_found WHERE enterprise = new.id;
    END""",
    f"""CREATE TRIGGER IF NOT EXISTS enterprises_words_changed AFTER UPDATE OF search ON {TABLE}
    WHEN old.search <> new.search BEGIN
    UPDATE enterprises_words SET search = new.search
    WHERE rowid = (SELECT number FROM enterprises_found WHERE enterprise = new.id);
    END""",
    f"""CREATE TRIGGER IF NOT EXISTS enterprises_words_gone AFTER DELETE ON {TABLE} BEGIN
    DELETE FROM enterprises_words WHERE rowid = (SELECT number FROM enterprises_found WHERE enterprise = old.id);
    DELETE FROM enterprises_found WHERE enterprise = old.id;
    END""",
    # what was written while a trigger was missing (a table rebuilt by a migration)
    f"""DELETE FROM enterprises_words WHERE rowid IN
    (SELECT number FROM enterprises_found WHERE enterprise NOT IN (SELECT id FROM {TABLE}))""",
    f"DELETE FROM enterprises_found WHERE enterprise NOT IN (SELECT id FROM {TABLE})",
    f"INSERT OR IGNORE INTO enterprises_found (enterprise) SELECT id FROM {TABLE}",
    f"""INSERT OR REPLACE INTO enterprises_words (rowid, search) SELECT f.number, e.search FROM {TABLE} e
    JOIN enterprises_found f ON f.enterprise = e.id LEFT JOIN enterprises_words w ON w.rowid = f.number
    WHERE w.search IS NULL OR w.search <> e.search""",
)
_POSTGRES = (
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    f"CREATE INDEX IF NOT EXISTS enterprises_words ON {TABLE} USING gin (search gin_trgm_ops)",
)


def ensure(connection: BaseDatabaseWrapper) -> None:
    """Make what is missing; doing it again changes nothing."""
    with connection.cursor() as cursor:
        if TABLE not in connection.introspection.table_names(cursor):
            return
        if connection.vendor == "sqlite":
            for statement in _SQLITE:
                cursor.execute(statement)
            return
        try:
            with transaction.atomic(using=connection.alias):
                for statement in _POSTGRES:
                    cursor.execute(statement)
        except DatabaseError as problem:  # the search finds the same without its index, only slower
            log.warning("no index for the search of enterprises: %s", problem)


def after_migrate(sender: Any, using: str, **told: Any) -> None:
    """Answer the signal post_migrate."""
    from django.db import connections

    ensure(connections[using])
