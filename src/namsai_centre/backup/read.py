"""Restore a backup: verify every part, bring the tables to the backup's state, load all or nothing, then migrate up."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.migrations.executor import MigrationExecutor

from namsai import __version__
from namsai_centre.backup.archive import Broken, Manifest, lines, verified
from namsai_centre.backup.write import tables

_BATCH = 500


class Newer(Exception):
    """The backup is of a state of the tables that this Namsai does not know."""

    def __init__(self, there: str) -> None:
        super().__init__(there)
        self.there, self.here = there, __version__


class NotEmpty(Exception):
    """The centre here holds rows already."""

    def __init__(self, rows: int) -> None:
        super().__init__(str(rows))
        self.rows = rows


def rows_here() -> int:
    """Return how many rows the centre holds that nobody gets by installing it (people are the sign of use)."""
    from namsai_centre.accounts.models import Person

    return sum(m._base_manager.count() for m in tables()) if Person.objects.exists() else 0


def restore(path: Path, over: bool = False) -> Manifest:
    """Put the backup in place of what is here; on any failure the database and the files stay as they were.

    Errors: Broken (damaged), Newer (unknown state), NotEmpty (and not `over`).
    """
    head = verified(path)
    executor = MigrationExecutor(connection)
    wanted = [(app, name) for app, name in head.migrations]
    unknown = [node for node in wanted if node not in executor.loader.graph.nodes]
    if unknown:
        raise Newer(head.version)
    here = rows_here()
    if here and not over:
        raise NotEmpty(here)
    with zipfile.ZipFile(path) as archive:
        files = _unpack(archive, head)
        try:
            with transaction.atomic():
                _migrate_to(wanted)
                _load(archive, head, wanted)
            call_command("migrate", verbosity=0, interactive=False)
            _take_files(files)
        finally:
            _remove(files)
    return head


def _migrate_to(wanted: list[tuple[str, str]]) -> None:
    """Bring the tables to the state of the backup (nothing to do for a backup of this version)."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(wanted) or set(executor.loader.applied_migrations) - _ancestors(executor, wanted):
        executor.migrate(wanted)


def _ancestors(executor: MigrationExecutor, wanted: list[tuple[str, str]]) -> set[tuple[str, str]]:
    graph = executor.loader.graph
    return {node for leaf in wanted for node in graph.forwards_plan(leaf)}


def _load(archive: zipfile.ZipFile, head: Manifest, wanted: list[tuple[str, str]]) -> None:
    state = MigrationExecutor(connection).loader.project_state(wanted).apps
    kinds = {m._meta.label_lower: m for m in state.get_models(include_auto_created=True)}
    missing = set(head.rows) - set(kinds)
    if missing:
        raise Broken(", ".join(sorted(missing)))
    with connection.constraint_checks_disabled():
        for label in head.rows:
            kinds[label]._base_manager.all()._raw_delete(using="default")
        for label, count in head.rows.items():
            _load_one(kinds[label], lines(archive, f"rows/{label}.jsonl"), count)
    connection.check_constraints()
    resets = connection.ops.sequence_reset_sql(no_style(), list(kinds.values()))
    with connection.cursor() as cursor:
        for sql in resets:
            cursor.execute(sql)


def _load_one(model: type[models.Model], rows: Iterator[dict[str, Any]], count: int) -> None:
    fields = {f.attname: f for f in model._meta.concrete_fields}
    loaded = 0
    while batch := list(islice(rows, _BATCH)):
        made = [model(**{k: _value(fields[k], v) for k, v in row.items()}) for row in batch]
        model._base_manager.bulk_create(made)
        loaded += len(made)
    if loaded != count or model._base_manager.count() != count:
        raise Broken(model._meta.label_lower)


def _value(field: Any, value: Any) -> Any:
    if value is None or isinstance(field, models.JSONField):
        return value
    target = field.target_field if field.is_relation else field
    return target.to_python(value)


def _unpack(archive: zipfile.ZipFile, head: Manifest) -> Path:
    """Unpack the files beside the place they go to; names that would lead elsewhere are refused."""
    root = Path(settings.MEDIA_ROOT)
    draft = root.with_name(f".{root.name}.{os.getpid()}.restore")
    draft.mkdir(parents=True)
    for name in head.parts:
        if not name.startswith("files/"):
            continue
        goal = (draft / name.removeprefix("files/")).resolve()
        if not goal.is_relative_to(draft.resolve()):
            raise Broken(name)
        goal.parent.mkdir(parents=True, exist_ok=True)
        goal.write_bytes(archive.read(name))
    return draft


def _take_files(draft: Path) -> None:
    """Put the unpacked files in place; those that stood there are kept under a name with `before-restore`."""
    root = Path(settings.MEDIA_ROOT)
    if root.exists() and any(root.iterdir()):
        before = root.with_name(f"{root.name}.before-restore")
        number = 1
        while before.exists():
            number += 1
            before = root.with_name(f"{root.name}.before-restore-{number}")
        root.rename(before)
    elif root.exists():
        root.rmdir()
    draft.rename(root)


def _remove(draft: Path) -> None:
    import shutil

    shutil.rmtree(draft, ignore_errors=True)
