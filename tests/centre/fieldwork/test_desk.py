"""At the desk: preparing, the pack, taking over, and lists that do not grow in queries."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from namsai_centre import clock
from namsai_centre.assessments.models import CaseVersion, Upload
from namsai_centre.fieldwork.models import Entry, Visit
from namsai_centre.fieldwork.pack import pack, rules_of
from namsai_centre.fieldwork.plan import BadLine, read_lines
from namsai_centre.who import Who
from tests.centre.cast import Cast

Browser = Callable[[str], Client]


@pytest.fixture
def visit(cast: Cast) -> Visit:
    found: Visit = cast.records["visit"]
    return found


def entry(visit: Visit, kind: str, subject: str, **fields: Any) -> Entry:
    return Entry.objects.create(
        visit=visit,
        kind=kind,
        subject=subject,
        fields=fields,
        by=visit.by,
        taken_at=clock.now(),
        id=visit.slot(subject),
    )


def newest(visit: Visit) -> CaseVersion:
    assert visit.assessment is not None
    return visit.assessment.cases.get()


def test_a_visit_is_prepared_with_meters_typed_in(cast: Cast, browser: Browser) -> None:
    client = browser("expert")
    url = reverse("visits_new") + f"?engagement={cast.records['engagement'].pk}"
    client.post(url, {"on": "2026-12-01", "title": "ວັດນ້ຳ", "basis": "day", "assessment": cast.records["assessment"].pk})
    made = Visit.objects.get(title="ວັດນ້ຳ")
    lines = "ໝໍ້ນ້ຳ 1; m3; 1.204,5; 2026-11-01; 30; 90\nໝໍ້ໄຟ; kWh\n"
    answer = client.post(
        reverse("visits_sheets", kwargs={"pk": made.pk}),
        {"version": made.version, "checklists": ["water"], "added_meters": lines},
    )
    assert answer.status_code == 302
    made.refresh_from_db()
    first, second = made.plan["added"]["meters"]
    assert (first["name"], first["last"], first["last_on"], first["usual"]) == ("ໝໍ້ນ້ຳ 1", 1204.5, "2026-11-01", 30)
    assert second["last"] is None, "missing is not zero"


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("ໝໍ້; xyz", "unit"),
        ("ໝໍ້", "unit"),
        ("ໝໍ້; kWh; 1.234", "last"),
        ("ໝໍ້; kWh; 5; 31/04/2026", "last_on"),
        ("; kWh", "name"),
        ("a; kWh\na; m3", "name"),
    ],
)  # fmt: skip
def test_a_line_that_cannot_be_read_is_asked_back(line: str, column: str) -> None:
    with pytest.raises(BadLine) as bad:
        read_lines(line, "meters")
    assert bad.value.column == column


def test_a_bad_line_keeps_what_was_typed_and_names_line_and_column(visit: Visit, browser: Browser) -> None:
    url = reverse("visits_sheets", kwargs={"pk": visit.pk})
    answer = browser("expert").post(url, {"version": visit.version, "added_meters": "ໝໍ້ ກ; kWh; 1.234"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Line 1" in page
    assert "ໝໍ້ ກ; kWh; 1.234" in page


def test_sheets_changed_by_another_meanwhile_are_shown_against_ones_own_and_saved_only_when_meant(
    visit: Visit, browser: Browser
) -> None:
    url = reverse("visits_sheets", kwargs={"pk": visit.pk})
    old = visit.version
    browser("officer").post(url, {"version": old, "checklists": ["water"], "added_meters": "ໝໍ້ ຂ; kWh\nໝໍ້; m3"})
    answer = browser("expert").post(url, {"version": old, "checklists": ["steam"], "added_meters": "ໝໍ້ ກ; kWh\nໝໍ້; m3"})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Only saved now: Water; ໝໍ້ ຂ</p>" in page
    assert "Only in yours: Boiler and steam; ໝໍ້ ກ</p>" in page
    visit.refresh_from_db()
    assert visit.plan["checklists"] == ["water"]
    assert f'name="version" value="{visit.version}"' in page
    browser("expert").post(url, {"version": visit.version, "checklists": ["steam"], "added_meters": "ໝໍ້ ກ; kWh"})
    visit.refresh_from_db()
    assert visit.plan["checklists"] == ["steam"]


def test_the_same_meter_has_the_same_id_on_every_visit_and_brings_its_last_reading(
    cast: Cast, visit: Visit, who: Callable[[str], Who]
) -> None:
    rows = read_lines("ໝໍ້ນ້ຳ 1; m3", "meters")
    visit.plan = {"added": {"meters": rows}}
    visit.save()
    entry(visit, "reading", f"meter:{rows[0]['id']}", value=77)
    later = Visit.objects.create(
        engagement=visit.engagement,
        by=visit.by,
        on=clock.today() + timedelta(days=1),
        plan={"added": {"meters": read_lines("ໝໍ້ນ້ຳ 1; m3", "meters")}},
    )  # fmt: skip
    found = pack(who("expert"), later)["sheets"]["meters"][0]
    assert found["last"]["value"] == 77


def test_the_pack_holds_rules_for_each_meter_of_the_case(visit: Visit, who: Callable[[str], Who]) -> None:
    case = newest(visit)
    case.document |= {
        "equipment": [{"id": "fan", "name": {"en": "fan"}, "kind": "fan", "power": 10, "number": 2}],
        "meters": [{"id": "e1", "equipment": "fan", "unit": "kWh"}],
        "readings": [
            {"meter": "e1", "date": "2026-01-01", "value": 100},
            {"meter": "e1", "date": "2026-01-11", "value": 400},
        ],
    }
    case.save()
    visit.plan = {"meters": ["e1"], "equipment": ["fan"]}
    visit.save()
    meter = pack(who("expert"), visit)["sheets"]["meters"][0]
    assert meter["last"] == {"on": "2026-01-11", "value": 400.0}
    assert meter["usual"] == 30.0
    assert meter["capacity"] == pytest.approx(2 * 10 * 24)


def test_without_a_reading_there_is_no_rule() -> None:
    assert rules_of([]) == {"last": None, "usual": None, "most": 3.0}
    assert rules_of([("2026-01-01", 5.0)])["usual"] is None


def test_readings_and_streams_are_set_against_the_newest_case(visit: Visit, browser: Browser) -> None:
    stream = newest(visit).document["streams"][0]
    visit.basis, visit.per_period = "day", 300
    visit.save()
    entry(visit, "stream", f"stream:{stream['id']}", amount=50, unit="t", how="weighed", uncertainty=2)
    Entry.objects.filter(pk=visit.entries.filter(kind="reading").first().pk).update(taken_at=clock.now())  # type: ignore[union-attr]
    answer = browser("expert").post(reverse("visits_take", kwargs={"pk": visit.pk}))
    upload = Upload.objects.latest("created_at")
    assert answer["Location"] == reverse("assessments_incoming", kwargs={"pk": upload.pk})
    assert upload.document is not None
    row = next(r for r in upload.document["streams"] if r["id"] == stream["id"])
    assert row["amount"] == {"value": 15000.0, "unit": "t", "source": "weighed", "uncertainty": 2}
    assert "assumption" not in row
    assert upload.document["readings"] == [{"meter": "m1", "date": clock.today().isoformat(), "value": 5}]
    assert upload.document["meters"][-1]["id"] == "m1"
    assert "readings" not in newest(visit).document, "nothing is changed before the differences were seen"


@pytest.mark.parametrize(
    ("fields", "change", "why"),
    [
        ({"amount": 5, "unit": "t", "how": "weighed"}, {"per_period": None}, "how many of them the period has"),
        ({"amount": 5, "unit": "t"}, {}, "how it was found"),
        ({"unit": "t", "how": "weighed"}, {}, "no number"),
        ({"amount": -5, "unit": "t", "how": "weighed"}, {}, "below zero"),
    ],
)
def test_what_cannot_go_into_the_case_is_named_with_the_reason(
    fields: dict[str, Any], change: dict[str, Any], why: str, visit: Visit, browser: Browser
) -> None:
    Visit.objects.filter(pk=visit.pk).update(**({"per_period": 300} | change))
    stream = newest(visit).document["streams"][0]["id"]
    entry(visit, "stream", f"stream:{stream}", **fields)
    page = browser("expert").get(reverse("visits_take", kwargs={"pk": visit.pk})).content.decode()
    assert why in page


def test_a_reading_in_conflict_or_with_a_wrong_clock_stays_out(visit: Visit, browser: Browser) -> None:
    visit.entries.update(mark="conflict")
    page = browser("expert").get(reverse("visits_take", kwargs={"pk": visit.pk})).content.decode()
    assert "Two devices disagree" in page
    visit.entries.update(mark="", time_mark="clock")
    page = browser("expert").get(reverse("visits_take", kwargs={"pk": visit.pk})).content.decode()
    assert "The time is not certain" in page


def test_a_released_assessment_is_not_touched(visit: Visit, browser: Browser) -> None:
    assert visit.assessment is not None
    visit.assessment.state = "released"
    visit.assessment.save()
    before = Upload.objects.count()
    answer = browser("expert").post(reverse("visits_take", kwargs={"pk": visit.pk}))
    assert answer.status_code == 200
    assert "not a draft" in answer.content.decode()
    assert Upload.objects.count() == before


def _queries(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(url).status_code == 200
    return len(seen)


def test_the_lists_take_the_same_number_of_queries_for_few_and_many(cast: Cast, visit: Visit, browser: Browser) -> None:
    client = browser("officer")
    urls = [
        reverse("visits_browse"), reverse("visits_see", kwargs={"pk": visit.pk}), reverse("visits_state"),
        reverse("visits_pack", kwargs={"pk": visit.pk}), reverse("visits_review", kwargs={"pk": visit.pk}),
    ]  # fmt: skip
    few = [_queries(client, url) for url in urls]
    for n in range(20):
        other = Visit.objects.create(engagement=visit.engagement, assessment=visit.assessment, by=visit.by)
        Entry.objects.create(visit=other, kind="note", subject="note", fields={"text": "x"}, by=visit.by)
        Entry.objects.create(
            visit=visit, kind="note", subject="note", fields={"text": str(n)}, by=visit.by, time_mark="clock"
        )
        Entry.objects.create(visit=visit, kind="reading", subject=f"meter:gone{n}", fields={"value": n}, by=visit.by)
    assert [_queries(client, url) for url in urls] == few


def test_the_phones_page_and_its_worker_hold_nothing_of_anybody_and_open_for_all(cast: Cast, browser: Browser) -> None:
    pages = [browser(p).get(reverse("visits_phone")).content for p in ("stranger", "expert", "owner")]
    assert pages[0] == pages[1] == pages[2]
    worker = browser("stranger").get(reverse("visits_worker"))
    assert worker["Service-Worker-Allowed"] == "/visits/"
    listed = json.loads(worker.content.decode().split("const KEPT = ")[1].split(";\n")[0])
    assert reverse("visits_phone") in listed
    for address in listed:
        if not address.startswith("/static/"):
            assert browser("stranger").get(address).status_code == 200, address


def test_every_text_of_the_phone_stands_in_the_catalogue() -> None:
    import re
    from importlib.resources import files

    from namsai.texts import room_texts

    folder = files("namsai_centre.fieldwork") / "static" / "fieldwork"
    used = set()
    for path in folder.iterdir():
        if path.name.endswith(".js"):
            used |= set(re.findall(r'\bsay\("([a-z_]+)"', path.read_text(encoding="utf-8")))
    assert len(used) > 60
    assert not sorted(k for k in used if f"p_{k}" not in room_texts("fieldwork"))


def test_the_pack_has_the_same_id_for_a_sheet_on_every_device(visit: Visit, who: Callable[[str], Who]) -> None:
    one, two = (pack(who(name), visit)["sheets"]["meters"][0]["entry"] for name in ("expert", "officer"))
    assert UUID(one) == UUID(two) == visit.slot("meter:m1")


def test_nobody_is_told_of_visits_that_are_not_theirs(cast: Cast, visit: Visit, browser: Browser) -> None:
    other = Visit.objects.create(engagement=cast.records["engagement_b"], by=cast.people["officer"], title="of firm B")
    told = {
        name: browser(name).get(reverse("visits_state")).json()["visits"]
        for name in ("officer", "expert", "former", "owner")
    }
    ids = {name: {v["id"] for v in found} for name, found in told.items()}
    assert ids == {
        "officer": {str(visit.pk), str(other.pk)},
        "expert": {str(visit.pk)},
        "former": set(),
        "owner": set(),
    }
    for name in ("expert", "former"):
        assert "of firm B" not in browser(name).get(reverse("visits_browse")).content.decode()
