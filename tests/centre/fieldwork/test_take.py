"""Taking a visit over: rows the case does not have yet, and each entry with what it does to the case."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from namsai_centre import clock
from namsai_centre.assessments.models import CaseVersion, Upload
from namsai_centre.fieldwork.actions.take_over import take_over
from namsai_centre.fieldwork.models import Entry, Visit
from namsai_centre.fieldwork.plan import read_lines
from namsai_centre.fieldwork.told import read
from namsai_centre.who import Who
from tests.centre.cast import Cast

Browser = Callable[[str], Client]


@pytest.fixture
def visit(cast: Cast) -> Visit:
    found: Visit = cast.records["visit"]
    found.basis, found.per_period = "day", 300
    found.plan = {"added": {"streams": read_lines("ຂີ້ເຖົ່າ; kg", "streams"), "equipment": []}}
    found.save()
    found.entries.all().delete()
    return found


def entry(visit: Visit, kind: str, subject: str, **fields: Any) -> Entry:
    return Entry.objects.create(
        id=visit.slot(subject),
        visit=visit,
        kind=kind,
        subject=subject,
        fields=fields,
        by=visit.by,
        taken_at=clock.now(),
    )


def newest(visit: Visit) -> CaseVersion:
    assert visit.assessment is not None
    return visit.assessment.cases.order_by("-number")[0]


def ash(visit: Visit, **fields: Any) -> Entry:
    return entry(visit, "stream", f"stream:{visit.plan['added']['streams'][0]['id']}", **fields)


def page_of(client: Client, visit: Visit) -> str:
    return client.get(reverse("visits_take", kwargs={"pk": visit.pk})).content.decode()


def test_a_stream_added_by_hand_becomes_a_row_only_as_somebody_chose(visit: Visit, browser: Browser) -> None:
    e = ash(visit, amount=900, unit="kg", how="weighed")
    case = newest(visit).document
    process, material = case["processes"][0]["id"], case["materials"][0]["id"]
    url, name, before = reverse("visits_take", kwargs={"pk": visit.pk}), e.pk.hex, Upload.objects.count()
    client = browser("expert")
    assert f'name="{name}-from"' in page_of(client, visit)
    half = client.post(url, {f"{name}-from": process, f"{name}-material": material})
    assert half.status_code == 422
    assert "Choose this for “ຂີ້ເຖົ່າ” too" in half.content.decode()
    assert f'value="{process}" selected' in half.content.decode(), "what was chosen stays chosen"
    circle = client.post(url, {f"{name}-from": process, f"{name}-to": process, f"{name}-material": material})
    assert circle.status_code == 422
    assert Upload.objects.count() == before
    answer = client.post(url, {f"{name}-from": process, f"{name}-to": "waste", f"{name}-material": material})
    upload = Upload.objects.latest("created_at")
    assert answer["Location"] == reverse("assessments_incoming", kwargs={"pk": upload.pk})
    assert upload.document is not None
    row = upload.document["streams"][-1]
    assert row == {
        "id": e.subject.partition(":")[2], "from": process, "to": "waste", "material": material,
        "amount": {"value": 270_000.0, "unit": "kg", "source": "weighed"}, "note": {"lo": "ຂີ້ເຖົ່າ", "en": "ຂີ້ເຖົ່າ"},
    }  # fmt: skip
    assert newest(visit).document == case, "nothing is saved before the differences were seen"


def test_what_is_left_empty_stays_with_the_visit(visit: Visit, browser: Browser) -> None:
    ash(visit, amount=900, unit="kg", how="weighed")
    client = browser("expert")
    answer = client.post(reverse("visits_take", kwargs={"pk": visit.pk}), {}, follow=True)
    assert "The case says all of it already" in answer.content.decode()
    assert "choose above what it is" in page_of(client, visit)


def test_a_unit_that_is_missing_is_asked_and_never_guessed(visit: Visit, browser: Browser) -> None:
    e = ash(visit, amount=900)
    case = newest(visit).document
    chosen = {"from": case["processes"][0]["id"], "to": "waste", "material": case["materials"][0]["id"]}
    url = reverse("visits_take", kwargs={"pk": visit.pk})
    client = browser("expert")
    assert client.post(url, {f"{e.pk.hex}-{k}": v for k, v in chosen.items()}).status_code == 422
    client.post(url, {f"{e.pk.hex}-{k}": v for k, v in (chosen | {"unit": "t", "how": "counted"}).items()})
    document = Upload.objects.latest("created_at").document
    assert document is not None
    assert document["streams"][-1]["amount"] == {"value": 270_000.0, "unit": "t", "source": "counted"}


def test_what_was_found_in_the_plant_is_named_as_the_phone_named_it(
    visit: Visit, browser: Browser, who: Callable[[str], Who]
) -> None:
    entry(visit, "equipment", "equipment:new-aaaaaaaaaa", name="ພັດລົມ ເຕົາ", power=5.5, number=2.0)
    entry(visit, "reading", "meter:new-bbbbbbbbbb", name="ໝໍ້ໄຟ ຫ້ອງເຢັນ", unit="kWh", value=77)
    client = browser("expert")
    see = client.get(reverse("visits_see", kwargs={"pk": visit.pk})).content.decode()
    assert "ພັດລົມ ເຕົາ" in see
    assert "77 kWh" in see
    kind = newest(visit).document["processes"][0]["kind"]
    upload = take_over(who("expert"), visit, {"equipment:new-aaaaaaaaaa": {"kind": kind}})
    assert upload.document["equipment"][-1] == {
        "id": "new-aaaaaaaaaa", "name": {"lo": "ພັດລົມ ເຕົາ", "en": "ພັດລົມ ເຕົາ"}, "kind": kind, "power": 5.5, "number": 2,
    }  # fmt: skip
    assert upload.document["meters"][-1]["name"]["lo"] == "ໝໍ້ໄຟ ຫ້ອງເຢັນ"
    assert upload.document["readings"][-1]["value"] == 77


def test_the_checks_of_the_case_run_over_what_a_visit_brings(visit: Visit, who: Callable[[str], Who]) -> None:
    e = ash(visit, amount=900, unit="kg", how="weighed")
    row = {"from": "nowhere", "to": "waste", "material": newest(visit).document["materials"][0]["id"]}
    upload = take_over(who("expert"), visit, {e.subject: row})
    assert any("nowhere" in str(f) for f in upload.findings)


def test_each_entry_says_what_it_changes_and_since_which_version_the_case_says_it(
    visit: Visit, browser: Browser
) -> None:
    stream = newest(visit).document["streams"][0]
    entry(visit, "stream", f"stream:{stream['id']}", amount=50, unit="t", how="weighed")
    client = browser("expert")
    assert "would change" in page_of(client, visit)
    client.post(reverse("visits_take", kwargs={"pk": visit.pk}))
    client.post(reverse("assessments_incoming", kwargs={"pk": Upload.objects.latest("created_at").pk}))
    number = newest(visit).number
    assert f"In the case since version {number}" in page_of(client, visit)
    case = CaseVersion.objects.get(pk=newest(visit).pk)
    CaseVersion.objects.create(
        assessment=case.assessment, number=number + 1, document=case.document | {"notes": "x"}, by=case.by
    )
    assert f"In the case since version {number}<" in page_of(client, visit), "a later version did not bring it"


def test_what_the_case_said_before_the_visit_is_not_credited_to_it(visit: Visit, browser: Browser) -> None:
    stream = next(s for s in newest(visit).document["streams"] if "amount" in s)
    case = newest(visit)
    case.document["streams"] = [
        s | ({"amount": {"value": 15_000.0, "unit": "t", "source": "weighed"}} if s["id"] == stream["id"] else {})
        for s in case.document["streams"]
    ]
    for s in case.document["streams"]:
        s.pop("assumption", None)
    case.save()
    CaseVersion.objects.filter(pk=case.pk).update(created_at=visit.created_at)
    entry(visit, "stream", f"stream:{stream['id']}", amount=50, unit="t", how="weighed")
    assert "said the same before" in page_of(browser("expert"), visit)


@pytest.mark.parametrize(("kind", "subject"), [("reading", "meter"), ("stream", "stream"), ("equipment", "equipment")])
def test_a_phone_may_name_what_it_found(kind: str, subject: str) -> None:
    raw = {
        "change": str(uuid4()), "kind": kind, "subject": f"{subject}:new-0123456789", "base": 0, "after": None,
        "fields": {"name": "ໝໍ້ ກ"}, "device": "device-aaaa", "device_time": "", "sent_time": "",
    }  # fmt: skip
    assert read(uuid4(), raw)[1] == []
    assert read(uuid4(), raw | {"kind": "check", "subject": "check:walk:order"})[1] == ["fields.name"]


def test_a_conflict_says_what_each_value_would_mean(visit: Visit, browser: Browser) -> None:
    from datetime import timedelta

    last = visit.on - timedelta(days=10)
    visit.plan = {"added": {"meters": read_lines(f"ໝໍ້ ກ; kWh; 1000; {last}; 20", "meters")}}
    visit.save()
    subject = f"meter:{visit.plan['added']['meters'][0]['id']}"
    url = reverse("visits_send", kwargs={"pk": visit.pk, "entry": visit.slot(subject)})
    for person, device, value in (("expert", "device-aaaa", 1200), ("officer", "device-bbbb", 2100)):
        now = clock.now().isoformat()
        body = {
            "change": str(uuid4()), "kind": "reading", "subject": subject, "base": 0, "after": None,
            "fields": {"value": value}, "device": device, "device_time": now, "sent_time": now,
        }  # fmt: skip
        browser(person).put(url, body, content_type="application/json")
    page = browser("officer").get(reverse("visits_review", kwargs={"pk": visit.pk})).content.decode()
    assert "200 kWh, 20 kWh a day (usual: 20)" in page
    assert "1,100 kWh, 110 kWh a day" in page
