"""Case 23: the health page shows what does not work."""

from __future__ import annotations

from collections import namedtuple
from datetime import timedelta
from unittest import mock

import pytest
from django.db import DatabaseError
from django.test import Client
from django_tasks_db.models import DBTaskResult

from namsai_centre import clock

pytestmark = pytest.mark.django_db
Usage = namedtuple("Usage", "total used free")


def state() -> tuple[int, dict[str, str]]:
    answer = Client().get("/health/")
    return answer.status_code, answer.json()


def job(status: str, **when: object) -> None:
    made = DBTaskResult.objects.create(
        status=status,
        args_kwargs={},
        task_path="x",
        backend_name="default",
        run_after=clock.now() - timedelta(hours=1),
        exception_class_path="",
        traceback="",
    )
    DBTaskResult.objects.filter(pk=made.pk).update(**when)


def test_all_is_well() -> None:
    assert state() == (200, {"status": "ok", "database": "ok", "cache": "ok", "disk": "ok", "jobs": "ok"})


def test_case_23_a_full_disk_is_shown() -> None:
    with mock.patch("shutil.disk_usage", return_value=Usage(100, 99, 1)):
        code, shown = state()
    assert (code, shown["disk"]) == (503, "failed")


def test_case_23_a_database_that_does_not_answer_is_shown_without_a_trace() -> None:
    with mock.patch("namsai_centre.ui.health.connection.cursor", side_effect=DatabaseError("secret detail")):
        answer = Client().get("/health/")
    assert answer.status_code == 503
    assert answer.json()["database"] == "failed"
    assert b"secret" not in answer.content


def test_case_23_jobs_that_wait_or_failed_are_shown() -> None:
    job("READY", enqueued_at=clock.now() - timedelta(hours=1))
    assert state()[1]["jobs"] == "late"
    DBTaskResult.objects.all().delete()
    job("FAILED", finished_at=clock.now())
    assert state()[1]["jobs"] == "failed"
    DBTaskResult.objects.update(finished_at=clock.now() - timedelta(days=2))
    assert state() == (200, {"status": "ok", "database": "ok", "cache": "ok", "disk": "ok", "jobs": "ok"})
