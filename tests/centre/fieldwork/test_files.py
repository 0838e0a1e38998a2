"""Case 15: what a phone could not send comes in as a file; photos are kept once by their hash."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from namsai_centre import clock
from namsai_centre.engagements.models import Assignment
from namsai_centre.fieldwork.models import Change, Entry, Photo, Visit
from tests.centre.cast import Cast

Browser = Callable[[str], Client]
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def export(visit: Visit, *values: float, photos: tuple[bytes, ...] = ()) -> bytes:
    now = clock.now().isoformat()
    changes = [
        {
            "visit": str(visit.pk), "entry": str(uuid4()), "change": str(uuid4()), "kind": "reading",
            "subject": "meter:m1", "base": 0, "after": None, "fields": {"value": v},
            "device": "device-aaaa", "device_time": now, "state": "refused",
        }
        for v in values
    ]  # fmt: skip
    pictures = [
        {"visit": str(visit.pk), "subject": "note", "digest": hashlib.sha256(p).hexdigest(), "device_time": now,
         "data": base64.b64encode(p).decode()}
        for p in photos
    ]  # fmt: skip
    return json.dumps({"schema": "namsai.unsent/1", "changes": changes, "photos": pictures}).encode()


def bring(client: Client, content: bytes) -> Any:
    return client.post(reverse("visits_import"), {"file": SimpleUploadedFile("namsai.json", content)})


def test_case_15_an_exported_file_is_brought_in_and_twice_adds_nothing(cast: Cast, browser: Browser) -> None:
    visit = cast.records["visit"]
    before = Entry.objects.count()
    content = export(visit, 1, 2, 3, photos=(PNG,))
    for _ in range(2):
        assert bring(browser("expert"), content).status_code == 200
    assert Entry.objects.count() == before + 3
    assert Photo.objects.filter(visit=visit).count() == 1


def test_case_15_an_expert_whose_assignment_ended_is_refused_and_staff_bring_his_file(
    cast: Cast, browser: Browser
) -> None:
    visit = cast.records["visit"]
    Assignment.objects.filter(person=cast.people["expert"]).update(ends=clock.today() - timedelta(days=1))
    content = export(visit, 41)
    page = bring(browser("expert"), content)
    assert "not given to you" in page.content.decode()
    assert not Change.objects.exists()
    bring(browser("officer"), content)
    assert Change.objects.get().fields == {"value": 41}
    assert Change.objects.get().by == cast.people["officer"]


def test_one_unreadable_line_does_not_stop_the_others(cast: Cast, browser: Browser) -> None:
    content = json.loads(export(cast.records["visit"], 1, 2))
    content["changes"].insert(1, {"visit": str(cast.records["visit"].pk), "fields": {"owner": 1}})
    content["changes"].append("x")
    page = bring(browser("expert"), json.dumps(content).encode())
    assert Change.objects.count() == 2
    assert "cannot be read" in page.content.decode()


@pytest.mark.parametrize("content", [b"", b"{}", b"[1]", b"\xff\xfe", b"[" * 200_000, b'{"schema": "namsai.pack/1"}'])
def test_another_file_is_refused_with_words(content: bytes, cast: Cast, browser: Browser) -> None:
    answer = bring(browser("expert"), content)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()


def put(client: Client, visit: Visit, content: bytes, digest: str | None = None) -> Any:
    url = reverse("visits_photo", kwargs={"pk": visit.pk, "digest": digest or hashlib.sha256(content).hexdigest()})
    return client.put(url, content, content_type="image/png", headers={"X-Subject": "meter:m1"})


def test_a_photo_is_kept_once_and_shown_to_those_who_may(cast: Cast, browser: Browser) -> None:
    visit = cast.records["visit"]
    for _ in range(2):
        assert put(browser("expert"), visit, PNG).status_code == 200
    kept = Photo.objects.get(visit=visit)
    url = reverse("visits_photo", kwargs={"pk": visit.pk, "digest": kept.digest})
    shown = browser("officer").get(url)
    assert b"".join(shown.streaming_content) == PNG  # type: ignore[attr-defined]
    assert shown["X-Content-Type-Options"] == "nosniff"
    for stranger in ("owner", "rival", "former", "verifier"):
        assert browser(stranger).get(url).status_code == 404


@pytest.mark.parametrize(
    ("content", "digest"),
    [(PNG, "0" * 64), (PNG[:-4], None), (PNG + b"<script>", None), (b"<svg/>", None), (b"", None)],
)
def test_what_is_no_whole_photo_is_refused(content: bytes, digest: str | None, cast: Cast, browser: Browser) -> None:
    assert put(browser("expert"), cast.records["visit"], content, digest).status_code == 422
    assert not Photo.objects.exists()
