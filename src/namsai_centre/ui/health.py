"""Does everything work: database, cache, disk, jobs. Each with ok, late or failed, and no content."""

from __future__ import annotations

import shutil
from datetime import timedelta

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection

from namsai_centre import clock

LEAST_DISK = 500_000_000  # bytes left for files and database (assumption: a week of evidence files)
LATE = timedelta(minutes=10)  # a job that waits longer shows that no worker runs


def health() -> dict[str, str]:
    """Return the state of each part."""
    return {"database": _database(), "cache": _cache(), "disk": _disk(), "jobs": _jobs()}


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return "failed"
    return "ok"


def _cache() -> str:
    try:
        cache.set("health", 1, 5)
    except (DatabaseError, OSError):
        return "failed"
    return "ok"


def _disk() -> str:
    try:
        return "ok" if shutil.disk_usage(settings.DATA).free >= LEAST_DISK else "failed"
    except OSError:
        return "failed"


def _jobs() -> str:
    """Return late when a job has waited too long, failed when one of the last day failed."""
    from django_tasks_db.models import DBTaskResult

    now = clock.now()
    try:
        ready = DBTaskResult.objects.ready()  # due now
        waiting = ready.filter(enqueued_at__lt=now - LATE)
        if waiting.exists():
            return "late"
        failed = DBTaskResult.objects.filter(status="FAILED", finished_at__gt=now - timedelta(days=1))
        return "failed" if failed.exists() else "ok"
    except DatabaseError:
        return "failed"
