"""Write a backup: one consistent look at the database, every file, then the name: a cut leaves no half archive."""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models, transaction
from django.db.migrations.loader import MigrationLoader

from namsai import __version__
from namsai_centre import clock
from namsai_centre.audit.models import Head
from namsai_centre.backup.archive import LEFT_OUT, Manifest


def tables() -> list[type[models.Model]]:
    """Return every table that is kept, those between two records included."""
    found = [m for m in apps.get_models(include_auto_created=True) if m._meta.managed and not m._meta.proxy]
    return [m for m in found if m._meta.label_lower not in LEFT_OUT]


def leaves() -> list[list[str]]:
    """Return the last migration of each app."""
    return sorted([app, name] for app, name in MigrationLoader(connection).graph.leaf_nodes())


def write_backup(path: Path) -> Manifest:
    """Write the backup of the centre to `path` (must not exist) and return its head."""
    if path.exists():
        raise FileExistsError(17, "a backup never writes over a file", str(path))
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with zipfile.ZipFile(draft, "x", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
            head = _fill(archive)
            archive.writestr("manifest.json", head.dump())
        with draft.open("rb") as written:
            os.fsync(written.fileno())
        draft.rename(path)
    finally:
        draft.unlink(missing_ok=True)
    return head


def _fill(archive: zipfile.ZipFile) -> Manifest:
    rows: dict[str, int] = {}
    parts: dict[str, str] = {}
    with transaction.atomic():
        if connection.vendor == "postgresql":
            connection.cursor().execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        end = Head.objects.filter(pk=1).first()
        for model in tables():
            label = model._meta.label_lower
            rows[label], parts[f"rows/{label}.jsonl"] = _rows(archive, model)
    files = _files(archive, parts)
    made = clock.now().isoformat(timespec="seconds")
    return Manifest(__version__, made, leaves(), rows, parts, files, end.digest if end else "")


def _rows(archive: zipfile.ZipFile, model: type[models.Model]) -> tuple[int, str]:
    digest, count = hashlib.sha256(), 0
    fields = [f.attname for f in model._meta.concrete_fields]
    with archive.open(f"rows/{model._meta.label_lower}.jsonl", "w", force_zip64=True) as part:
        for values in model._base_manager.order_by("pk").values_list(*fields).iterator(chunk_size=2000):
            row: dict[str, Any] = dict(zip(fields, values, strict=True))
            line = (json.dumps(row, cls=_Exact, ensure_ascii=False) + "\n").encode()
            digest.update(line)
            part.write(line)
            count += 1
    return count, digest.hexdigest()


class _Exact(DjangoJSONEncoder):
    """As Django writes JSON, but moments keep their microseconds (the audit seal is over them)."""

    def default(self, o: Any) -> Any:
        return o.isoformat() if hasattr(o, "isoformat") else super().default(o)


def _files(archive: zipfile.ZipFile, parts: dict[str, str]) -> int:
    root = Path(settings.MEDIA_ROOT)
    found = sorted(p for p in root.rglob("*") if p.is_file() and not p.name.startswith(".")) if root.is_dir() else []
    for file in found:
        name = f"files/{file.relative_to(root).as_posix()}"
        digest = hashlib.sha256()
        with file.open("rb") as source, archive.open(name, "w", force_zip64=True) as part:
            while piece := source.read(1 << 20):
                digest.update(piece)
                part.write(piece)
        parts[name] = digest.hexdigest()
    return len(found)
