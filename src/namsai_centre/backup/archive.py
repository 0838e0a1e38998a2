"""What a backup is: a zip with `manifest.json` (versions, rows of each table, digest of each part), rows and files.

Rows are JSON lines per table, independent of the database, so a backup of SQLite is restored into PostgreSQL and back.
Django's own dumpdata holds all in memory, knows no older state of the tables and no files: not used.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

FORMAT = "namsai.backup/1"
# Not kept: who is logged in, what is cached, jobs (an assessment that waits is taken up again).
LEFT_OUT = frozenset(
    {"sessions.session", "django_tasks_db.dbtaskresult", "contenttypes.contenttype", "auth.permission"}
)


class Broken(Exception):
    """The archive is damaged or cut short; nothing of it may be used."""


@dataclass(frozen=True)
class Manifest:
    """The head of a backup."""

    version: str  # of Namsai
    made_at: str
    migrations: list[list[str]]  # the last state of each app: (app, name)
    rows: dict[str, int] = field(default_factory=dict)  # table label -> rows
    parts: dict[str, str] = field(default_factory=dict)  # member of the zip -> SHA-256
    files: int = 0
    audit_head: str = ""

    @property
    def count(self) -> int:
        """Return all rows."""
        return sum(self.rows.values())

    def dump(self) -> str:
        """Return the manifest as JSON."""
        return json.dumps({"format": FORMAT, **asdict(self)}, ensure_ascii=False, indent=1, sort_keys=True)


def read_manifest(archive: zipfile.ZipFile) -> Manifest:
    """Return the head; Broken where there is none or it is of another kind."""
    try:
        raw: dict[str, Any] = json.loads(archive.read("manifest.json"))
    except (KeyError, ValueError, zipfile.BadZipFile) as wrong:
        raise Broken("manifest.json") from wrong
    if raw.pop("format", "") != FORMAT:
        raise Broken("format")
    return Manifest(**raw)


def digest_of(stream: BinaryIO) -> str:
    """Return SHA-256 of a stream, read piece by piece."""
    found = hashlib.sha256()
    while piece := stream.read(1 << 20):
        found.update(piece)
    return found.hexdigest()


def verified(path: Path) -> Manifest:
    """Return the head after every part was read and its digest compared; Broken names the first part that differs."""
    try:
        with zipfile.ZipFile(path) as archive:
            head = read_manifest(archive)
            there = set(archive.namelist()) - {"manifest.json"}
            if there != set(head.parts):
                raise Broken(", ".join(sorted(there ^ set(head.parts))[:3]))
            for name, digest in head.parts.items():
                with archive.open(name) as part:
                    if digest_of(part) != digest:  # type: ignore[arg-type]
                        raise Broken(name)
            return head
    except (zipfile.BadZipFile, EOFError, OSError, TypeError) as wrong:
        raise Broken(path.name) from wrong


def lines(archive: zipfile.ZipFile, name: str) -> Iterator[dict[str, Any]]:
    """Yield the rows of one part."""
    with archive.open(name) as part:
        for line in part:
            yield json.loads(line)
