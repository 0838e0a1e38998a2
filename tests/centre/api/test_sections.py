"""A case edited section by section through the API: merged with what others changed, or told field by field."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from namsai_centre.assessments.models import Assessment, CaseVersion
from tests.centre.cast import Cast

Send = Callable[..., Any]


@pytest.fixture
def assessment(cast: Cast) -> Assessment:
    """The draft of firm A."""
    found: Assessment = cast.records["assessment"]
    return found


@pytest.fixture
def send(assessment: Assessment, caller: Callable[..., Any]) -> Send:
    """`send({"base": 1, ...}, section="streams", person="expert", **headers)`."""
    callers = {name: caller(name) for name in ("expert", "owner")}

    def one(body: dict[str, Any], section: str = "streams", person: str = "expert", **headers: str) -> Any:
        return callers[person]("PATCH", f"assessments/{assessment.pk}/sections/{section}/", body, **headers)

    return one


def streams(assessment: Assessment) -> list[dict[str, Any]]:
    """Return the streams of the newest version."""
    found: CaseVersion = assessment.cases.order_by("-number")[:1].get()
    rows: list[dict[str, Any]] = found.document["streams"]
    return rows


def test_a_section_shows_its_fields_its_rows_and_the_version(
    assessment: Assessment, caller: Callable[..., Any]
) -> None:
    expert = caller("expert", lang="lo")
    lines = {x["name"]: x for x in expert("GET", f"assessments/{assessment.pk}/sections/").json()}
    assert lines["streams"]["rows"] == len(streams(assessment))
    shown = expert("GET", f"assessments/{assessment.pk}/sections/streams/").json()
    assert shown["base"] == 1
    assert shown["rows"][0]["fields"]["id"] == streams(assessment)[0]["id"]
    columns = {c["key"]: c for c in shown["columns"]}
    assert {w["value"] for w in columns["material"]["words"]} >= {shown["rows"][0]["fields"]["material"]}
    assert columns["material"]["title"] != "material"  # in words
    assert expert("GET", f"assessments/{assessment.pk}/sections/moon/").status_code == 404


def test_rows_are_changed_added_and_taken_out_in_one_new_version(assessment: Assessment, send: Send) -> None:
    had = streams(assessment)
    new = {"id": "new-1", "material": had[0]["material"], "from": "outside", "amount.value": "12,5"}
    body = {"base": 1, "note": "seen", "changed": [{"row": 0, "fields": {"amount.value": 77, "note.en": "weighed"}}]}
    done = send({**body, "removed": [1], "added": [new]}, **{"idempotency-key": "s1"})
    assert (done.status_code, done.json()["number"], done.json()["changed"]) == (200, 2, True), done.json()
    now = streams(assessment)
    assert (now[0]["amount"]["value"], now[0]["note"]["en"]) == (77, "weighed")
    assert had[1]["id"] not in [s["id"] for s in now]
    assert now[-1] == {"id": "new-1", "material": had[0]["material"], "from": "outside", "amount": {"value": 12.5}}
    again = send({**body, "removed": [1], "added": [new]}, **{"idempotency-key": "s1"})
    assert (again.status_code, again.json()["number"]) == (200, 2)  # not a second row


def test_null_takes_a_value_out_and_text_that_cannot_be_read_is_kept_and_told(
    assessment: Assessment, send: Send
) -> None:
    told = send({"base": 1, "changed": [{"row": 0, "fields": {"amount.value": "1.234", "amount.unit": None}}]})
    assert told.status_code == 200
    assert told.json()["complete"] is False
    assert streams(assessment)[0]["amount"]["value"] == "1.234"  # two readings: asked back, not guessed
    assert "unit" not in streams(assessment)[0]["amount"]
    assert any(f["where"]["path"].startswith("streams/0/amount") for f in told.json()["findings"])


def test_case_12_two_editors_of_other_fields_are_merged_of_the_same_field_told(
    assessment: Assessment, send: Send, caller: Callable[..., Any]
) -> None:
    assert send({"base": 1, "changed": [{"row": 0, "fields": {"amount.value": 50}}]}).json()["number"] == 2
    other = send({"base": 1, "changed": [{"row": 0, "fields": {"note.en": "seen"}}]}, person="owner")
    assert (other.status_code, other.json()["number"]) == (200, 3)
    assert (streams(assessment)[0]["amount"]["value"], streams(assessment)[0]["note"]["en"]) == (50, "seen")
    late = send({"base": 1, "changed": [{"row": 0, "fields": {"amount.value": 60}}]}, person="owner")
    assert late.status_code == 409
    found = {f["where"]["path"]: f for f in late.json()["findings"]}
    assert found["base"]["facts"] == {"version": 3}
    assert found["streams/0/amount.value"]["facts"] == {"there": "50", "wanted": "60"}
    assert streams(assessment)[0]["amount"]["value"] == 50
    body = {"base": 1, "over": 3, "changed": [{"row": 0, "fields": {"amount.value": 60}}]}
    assert send(body, person="owner").status_code == 200
    assert streams(assessment)[0]["amount"]["value"] == 60
    gone = send({"base": 4, "removed": [0]})
    assert gone.json()["number"] == 5
    lost = send({"base": 4, "changed": [{"row": 0, "fields": {"amount.value": 1}}]})
    assert [f["code"] for f in lost.json()["findings"]] == ["api.stale", "api.row_gone"]


def test_case_04_what_does_not_exist_is_named_and_nothing_is_written(assessment: Assessment, send: Send) -> None:
    wrong = {
        "base": 1, "removed": [9999], "added": [{"moon": 1}],
        "changed": [{"row": 0, "fields": {"state": "released"}}, {"row": 9999, "fields": {"note.en": "x"}}],
    }  # fmt: skip
    answer = send(wrong)
    paths = {f["where"]["path"] for f in answer.json()["findings"]}
    assert paths == {"changed/0/fields/state", "changed/1/row", "removed/0", "added/0/moon"}
    assert send({"base": 99}).json()["findings"][0]["code"] == "api.no_version"
    assert send({"base": 1, "added": [{"id": "x"}]}, section="values").status_code == 422
    assert assessment.cases.count() == 1


def test_versions_are_set_side_by_side_and_a_form_shows_its_differences(
    assessment: Assessment, send: Send, caller: Callable[..., Any], cast: Cast
) -> None:
    expert = caller("expert")
    send({"base": 1, "changed": [{"row": 0, "fields": {"amount.value": 50}}]})
    path = f"assessments/{assessment.pk}/versions/"
    told = expert("GET", f"{path}2/changes/").json()
    assert (told["before"], told["after"], [c["after"] for c in told["changes"]]) == (1, 2, ["50"])
    assert expert("GET", f"{path}1/changes/?against=2").json() == told
    assert expert("GET", f"{path}1/changes/").json()["changes"] == []
    seen = expert("GET", f"assessments/uploads/{cast.records['upload'].pk}/").json()
    assert (seen["base"], seen["newest"], seen["taken"]) == (1, 2, False)
    assert [c["before"] for c in seen["changes"]] == ["50"]  # the form says what stood there before


def test_a_run_says_how_far_it_is_and_why_it_failed(cast: Cast, caller: Callable[..., Any]) -> None:
    run, expert = cast.records["run"], caller("expert")
    done = expert("GET", f"assessments/runs/{run.pk}/").json()
    assert done["done"] == len(done["steps"]) > 3
    type(run).objects.filter(pk=run.pk).update(
        state="failed",
        problem="incomplete",
        findings=[{"code": "plant.missing", "severity": "error", "where": {"path": "streams"}, "facts": {}}],
    )
    failed = expert("GET", f"assessments/runs/{run.pk}/").json()
    assert (failed["state"], failed["findings"][0]["where"]) == ("failed", {"path": "streams"})


def test_why_an_option_was_suggested_and_its_card_to_print(cast: Cast, caller: Callable[..., Any]) -> None:
    run, expert = cast.records["run"], caller("expert")
    option = next(p for p in run.result["proposals"]["items"] if p["knowhow_id"])
    seen = expert("GET", f"knowhow/why/{run.pk}/?option={option['id']}").json()
    assert seen["entry"] == option["knowhow_id"]
    assert seen["matched"]
    assert seen["origins"]
    wrong = expert("GET", f"knowhow/why/{run.pk}/?option=NO-1")
    assert (wrong.status_code, wrong.json()["findings"][0]["where"]) == (422, {"path": "option"})
    card = expert("GET", "knowhow/options/UTI-038/card.lo.pdf")
    assert (card["Content-Type"], card.content[:4]) == ("application/pdf", b"%PDF")
    assert expert("GET", "knowhow/options/UTI-038/card.fr.pdf").status_code == 404


def test_a_proposal_to_retire_an_option_and_what_a_proposal_may_say(cast: Cast, caller: Callable[..., Any]) -> None:
    expert = caller("expert")
    form = expert("GET", "proposals/form/options/?key=UTI-001").json()
    names = {(c["table"], c["name"]) for c in form["columns"]}
    assert ("options", "prerequisites") in names
    assert ("options", "reviewer") not in names
    assert form["cells"]["options"]["prerequisites"]
    assert expert("GET", "proposals/form/options/?key=NO-1").status_code == 422
    made = expert("POST", "proposals/retirements/", {"option": "UTI-001", "why": "found unsafe", "instead": "UTI-005"})
    assert made.status_code == 201, made.json()
    assert made.json()["wanted"]["retired"]["instead"] == "UTI-005"
    path = f"proposals/{made.json()['id']}/"
    changed = expert("PATCH", path, {"version": 1, "wanted": {"retired": {"instead": "UTI-008"}}})
    assert (changed.status_code, changed.json()["wanted"]["retired"]["instead"]) == (200, "UTI-008"), changed.json()
    assert expert("PATCH", path, {"version": 2, "wanted": {"options": {"reviewer": "me"}}}).status_code == 422
    unknown = expert("POST", "proposals/retirements/", {"option": "UTI-002", "why": "x", "instead": "NO-1"})
    assert json.dumps(unknown.json()["findings"]).count("instead") >= 1
    assert expert("POST", "proposals/restorations/", {"option": "UTI-002", "why": "x"}).status_code == 422
