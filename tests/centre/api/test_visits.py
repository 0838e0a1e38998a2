"""Visits prepared, recorded, settled through the API as at the desk and on the phone; and the log's seal."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from namsai_centre.fieldwork.models import Entry, Visit
from tests.centre.cast import Cast
from tests.centre.savings.files import jpeg


@pytest.fixture
def visit(cast: Cast) -> Visit:
    """The visit of the expert to firm A."""
    found: Visit = cast.records["visit"]
    return found


def told(value: float, base: int = 0, device: str = "phone-aaaa", **more: Any) -> dict[str, Any]:
    """Return a reading as a device sends it."""
    now = "2026-11-25T09:00:00+07:00"
    own = {"change": str(uuid4()), "kind": "reading", "subject": "meter:m1", "base": base, "fields": {"value": value}}
    return own | {"device": device, "device_time": now, "sent_time": now} | more


def test_a_visit_is_prepared_changed_and_given_its_sheets(cast: Cast, caller: Callable[..., Any]) -> None:
    expert, case = caller("expert"), cast.records["assessment"]
    body = {
        "engagement": str(cast.records["engagement"].pk), "assessment": str(case.pk), "on": "2026-11-30",
        "basis": "hour", "per_period": "2.125",
    }  # fmt: skip
    made = [expert("POST", "visits/", body, **{"idempotency-key": "v"}) for _ in range(2)]
    assert made[0].status_code == 201, made[0].json()
    one = made[0].json()
    assert one["id"] == made[1].json()["id"]
    assert (one["per_period"], one["plan"]["checklists"]) == (2.125, ["walk"])
    path = f"visits/{one['id']}/"
    changed = expert("PATCH", path, {"title": "ຮອບ 2", "version": 1})
    assert (changed.status_code, changed.json()["title"], changed.json()["per_period"]) == (200, "ຮອບ 2", 2.125)
    assert expert("PATCH", path, {"title": "x", "version": 1}).status_code == 409
    offered = expert("GET", f"{path}sheets/").json()
    stream = offered["streams"][0]["id"]
    meter = {"name": "ໝໍ້ໃໝ່", "unit": "kWh", "last": "12.125", "last_on": "2026-11-01"}
    plan = {"streams": [stream], "meters": [], "added": {"meters": [meter]}}
    chosen = expert("PATCH", f"{path}sheets/", {**plan, "version": 2})
    assert chosen.status_code == 200, chosen.json()
    kept = chosen.json()["plan"]
    assert (kept["streams"], kept["checklists"]) == ([stream], ["walk"])
    assert [(m["name"], m["last"]) for m in kept["added"]["meters"]] == [("ໝໍ້ໃໝ່", 12.125)]
    title_only = expert("PATCH", f"{path}sheets/", {"checklists": [], "version": 3}).json()["plan"]
    assert title_only["added"]["meters"] == kept["added"]["meters"]  # what was not sent stays
    unknown = expert("PATCH", f"{path}sheets/", {"meters": ["moon"], "version": 4})
    assert [f["where"] for f in unknown.json()["findings"]] == [{"path": "meters"}]
    bad = {"added": {"meters": [{"name": "a", "unit": "moonlight"}]}, "version": 4}
    assert expert("PATCH", f"{path}sheets/", bad).json()["findings"][0]["where"] == {"path": "added/meters"}
    two = {"added": {"meters": [{"name": "a; b", "unit": "kWh"}]}, "version": 4}
    assert expert("PATCH", f"{path}sheets/", two).status_code == 422
    other = {**body, "engagement": str(cast.records["engagement_b"].pk)}
    assert expert("POST", "visits/", other).json()["findings"][0]["where"] == {"path": "engagement"}


def test_two_devices_disagree_and_a_person_settles_it(visit: Visit, caller: Callable[..., Any]) -> None:
    expert, entry = caller("expert"), str(uuid4())
    path = f"visits/{visit.pk}/entries/{entry}/"
    first = told(5)
    assert expert("PUT", path, first).json()["outcome"] == "applied"
    assert expert("PUT", path, first).json()["entry"]["version"] == 1  # the same again
    assert expert("PUT", path, {**first, "fields": {"value": 6}}).status_code == 409
    assert expert("PUT", path, told(7, base=1)).json()["outcome"] == "applied"
    clash = expert("PUT", path, told(8, base=1, device="phone-bbbb")).json()
    assert (clash["outcome"], clash["clash"], clash["entry"]["fields"]) == ("conflict", ["value"], {"value": 7})
    found = expert("GET", f"visits/{visit.pk}/review/").json()["conflicts"]
    keys = [s["key"] for s in found[0]["said"]]
    assert (found[0]["entry"], found[0]["field"], keys[0], len(keys)) == (entry, "value", "stands", 2)
    version = clash["entry"]["version"]
    assert expert("POST", f"{path}settle/", {"choices": {}, "version": version}).status_code == 422
    assert expert("POST", f"{path}settle/", {"choices": {"value": "moon"}, "version": version}).status_code == 422
    assert expert("POST", f"{path}settle/", {"choices": {"value": keys[1]}, "version": 1}).status_code == 409
    done = expert("POST", f"{path}settle/", {"choices": {"value": keys[1]}, "version": version})
    assert (done.status_code, done.json()["conflicts"]) == (200, [])
    assert Entry.objects.get(pk=entry).fields == {"value": 8}
    wrong = expert("PUT", f"visits/{visit.pk}/entries/{uuid4()}/", told(5, fields={"moon": 1}))
    assert wrong.json()["findings"][0]["where"] == {"path": "fields/moon"}


def test_a_change_that_waits_is_let_go_and_a_time_is_said(cast: Cast, visit: Visit, caller: Callable[..., Any]) -> None:
    expert, entry = caller("expert"), str(uuid4())
    path = f"visits/{visit.pk}/entries/{entry}/"
    held = expert("PUT", path, told(9, base=1, after=str(uuid4())))
    assert (held.json()["outcome"], held.json()["entry"]) == ("held", None)
    assert expert("GET", f"visits/{visit.pk}/review/").json()["held"] == 1
    assert expert("POST", f"visits/{visit.pk}/release/").json() == {"released": 1}
    forced = expert("GET", f"visits/{visit.pk}/review/").json()["forced"]
    assert [e["id"] for e in forced] == [entry]
    assert expert("POST", f"{path}settle/", {"version": forced[0]["version"]}).json()["forced"] == []
    one = cast.records["visit_entry"]
    Entry.objects.filter(pk=one.pk).update(time_mark="clock")
    there = f"visits/{visit.pk}/entries/{one.pk}/time/"
    assert expert("POST", there, {"at": "2026-11-25T08:00:00", "version": 9}).status_code == 409
    said = expert("POST", there, {"at": "2026-11-25T08:00:00", "version": one.version})
    assert said.status_code == 200
    assert str(one.pk) not in [e["id"] for e in said.json()["times"]]
    at = Entry.objects.get(pk=one.pk).taken_at
    assert at == datetime.fromisoformat("2026-11-25T08:00:00+07:00")  # without a zone: Vientiane


def test_a_photo_is_brought_once_listed_and_given(visit: Visit, caller: Callable[..., Any]) -> None:
    expert, path = caller("expert"), f"/api/v1/visits/{visit.pk}/photos/"

    def send(content: bytes) -> Any:
        file = SimpleUploadedFile("p.jpg", content)
        return expert.client.post(path, {"file": file, "subject": "meter:m1"}, headers=expert.headers)

    first, again = send(jpeg()), send(jpeg())
    assert (first.status_code, first.json()["subject"]) == (201, "meter:m1"), first.json()
    assert first.json()["id"] == again.json()["id"]
    assert expert("GET", f"visits/{visit.pk}/photos/").json()["total"] == 1
    given = expert("GET", f"visits/{visit.pk}/photos/{first.json()['digest']}/")
    assert b"".join(given.streaming_content) == jpeg()
    assert given["Content-Type"] == "image/jpeg"
    bad = send(b"no photo")
    assert (bad.status_code, bad.json()["findings"][0]["code"]) == (422, "api.photo_not_a_photo")
    assert caller("owner")("GET", f"visits/{visit.pk}/photos/").status_code == 404


def test_a_file_of_a_device_is_brought_and_each_thing_told(visit: Visit, caller: Callable[..., Any]) -> None:
    expert = caller("expert")
    mine = told(4) | {"entry": str(uuid4()), "visit": str(visit.pk)}
    others = told(4) | {"entry": str(uuid4()), "visit": str(uuid4())}
    content = json.dumps({"schema": "namsai.unsent/1", "changes": [mine, others]}).encode()

    def bring(data: bytes) -> Any:
        return expert.client.post("/api/v1/visits/import/", {"file": SimpleUploadedFile("x.json", data)})

    assert [r["became"] for r in bring(content).json()] == ["applied", "refused"]
    assert Entry.objects.get(pk=mine["entry"]).fields == {"value": 4}
    assert bring(b"{}").status_code == 422


def test_what_waits_for_somebody_and_their_own_names(cast: Cast, caller: Callable[..., Any]) -> None:
    officer, owner = caller("officer"), caller("owner")
    waiting = officer("GET", "me/waiting/").json()
    assert waiting["reviews"] == {"count": 1, "first": [str(cast.records["assessment_review"].pk)]}
    own = owner("GET", "me/waiting/").json()
    assert own["firms"][0]["enterprise"]["id"] == str(cast.records["enterprise"].pk)
    assert own["firms"][0]["to_agree"] == [str(cast.records["measure"].pk)]
    assert own["reviews"] is None  # not an owner's business
    assert own["notices"]["count"] == 1
    assert owner("POST", "me/notices/read/").json() == {"read": 1}
    assert owner("PATCH", "me/", {"name_en": "Ms A", "version": 1}).json()["name_en"] == "Ms A"
    assert owner("PATCH", "me/", {"email": "x@y.la", "version": 2}).status_code == 422  # a door into the account
    tasks = officer("GET", "engagements/tasks/?state=open").json()
    assert [t["id"] for t in tasks["items"]] == [str(cast.records["task"].pk)]
    assert officer("GET", "engagements/tasks/?mine=true").json()["total"] == 0


def test_a_self_check_says_what_to_look_at_first(cast: Cast, caller: Callable[..., Any]) -> None:
    owner, firm = caller("owner"), cast.records["enterprise"]
    asked = owner("GET", "selfchecks/questions/").json()
    answers = {q["id"]: "yes" for q in asked} | {asked[0]["id"]: "no"}
    made = owner("POST", f"selfchecks/firm/{firm.pk}/", {"answers": answers})
    assert made.status_code == 201, made.json()
    assert [t["question"] for t in made.json()["first"]] == [asked[0]["id"]]
    assert made.json()["first"][0]["options"]
    assert made.json()["id"] in [c["id"] for c in owner("GET", f"selfchecks/firm/{firm.pk}/").json()]


def test_the_log_is_checked_and_a_changed_entry_is_found(cast: Cast, caller: Callable[..., Any]) -> None:
    officer = caller("officer")
    seal = officer("GET", "audit/check/").json()
    assert (seal["whole"], seal["breaks"]) == (True, [])
    line = seal["keep"]
    assert officer("GET", f"audit/check/?outside={line}").json()["whole"] is True
    assert officer("GET", "audit/check/?outside=nonsense").json()["findings"][0]["where"] == {"path": "outside"}
    assert caller("owner")("GET", "audit/check/").status_code == 403
