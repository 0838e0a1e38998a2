"""Case 14: what devices say of the time is kept and judged by the server's; what cannot be right waits for a person."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from namsai_centre import clock
from namsai_centre.fieldwork.models import Entry
from namsai_centre.fieldwork.times import as_written, judged
from tests.centre.cast import Cast

NOW = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)  # 10:00 in Vientiane


@pytest.mark.parametrize(
    ("taken", "sent", "at", "mark"),
    [
        ("2026-11-25T08:30:00+07:00", "2026-11-25T10:00:20+07:00", "2026-11-25T01:30:00+00:00", ""),
        (
            "2026-11-25T03:30:00+02:00",
            "2026-11-25T10:00:20+07:00",
            "2026-11-25T01:30:00+00:00",
            "",
        ),  # the zone was changed
        ("2023-11-25T08:00:00+07:00", "2023-11-25T10:00:00+07:00", "2026-11-25T01:00:00+00:00", "clock"),  # three years
        ("2029-11-25T08:00:00+07:00", "2029-11-25T10:00:00+07:00", "2026-11-25T01:00:00+00:00", "clock"),
        ("2569-11-25T08:00:00+07:00", "2569-11-25T10:00:00+07:00", None, "buddhist"),
        ("2027-02-29T08:00:00+07:00", "2026-11-25T10:00:00+07:00", None, "unreadable"),
        ("2026-04-31T08:00:00+07:00", "2026-11-25T10:00:00+07:00", None, "unreadable"),
        ("", "2026-11-25T10:00:00+07:00", None, "unreadable"),
        ("2026-11-25T08:00:00", "2026-11-25T10:00:00+07:00", None, "unreadable"),  # no zone
        ("2026-11-26T08:00:00+07:00", "2026-11-25T10:00:00+07:00", None, "future"),
        ("2025-11-25T08:00:00+07:00", "2026-11-25T10:00:00+07:00", None, "old"),
        ("2026-11-20T08:00:00+07:00", "", "2026-11-20T01:00:00+00:00", ""),  # a file without the moment of sending
        ("2023-11-20T08:00:00+07:00", "", "2023-11-20T01:00:00+00:00", "clock"),
    ],
)
def test_case_14_a_time_is_judged_by_both_clocks(taken: str, sent: str, at: str | None, mark: str) -> None:
    found = judged(taken, sent, NOW)
    assert found.mark == mark
    if mark != "buddhist":
        assert found.at == (datetime.fromisoformat(at) if at else None)
    else:
        assert found.at is not None
        assert abs(found.at - NOW) < timedelta(days=1)


def test_case_14_29_february_of_a_leap_year_is_a_day() -> None:
    now = datetime(2028, 2, 29, 3, 0, tzinfo=UTC)
    assert judged("2028-02-29T09:00:00+07:00", "2028-02-29T10:00:00+07:00", now).mark == ""


def test_case_14_a_clock_three_years_wrong_is_kept_beside_the_servers_and_waits_for_a_person(
    cast: Cast, browser: Callable[[str], Client]
) -> None:
    visit, entry = cast.records["visit"], uuid4()
    wrong = (clock.now() - timedelta(days=3 * 365)).isoformat()
    body = {
        "change": str(uuid4()), "kind": "reading", "subject": "meter:m1", "base": 0, "after": None,
        "fields": {"value": 3}, "device": "device-aaaa", "device_time": wrong, "sent_time": wrong,
    }  # fmt: skip
    url = reverse("visits_send", kwargs={"pk": visit.pk, "entry": entry})
    assert browser("expert").put(url, json.dumps(body), content_type="application/json").status_code == 200
    kept = Entry.objects.get(pk=entry)
    assert (kept.fields, kept.device_time, kept.time_mark) == ({"value": 3}, wrong, "clock")
    assert kept.taken_at is not None
    assert abs(kept.taken_at - clock.now()) < timedelta(minutes=1), "the proposal is moved by the clock's error"
    page = browser("officer").get(reverse("visits_review", kwargs={"pk": visit.pk}))
    with translation.override("en"):
        assert as_written(wrong) in page.content.decode()
    at = {"at": "2026-11-24T08:15", "version": 1}
    browser("officer").post(reverse("visits_time", kwargs={"pk": visit.pk, "entry": entry}), at)
    kept.refresh_from_db()
    assert (kept.time_mark, kept.device_time) == ("", wrong)
    assert kept.taken_at == datetime(2026, 11, 24, 1, 15, tzinfo=UTC)
