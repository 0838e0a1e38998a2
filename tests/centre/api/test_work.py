"""Engagements, assessments and the ledger through the API: the pages' rules hold."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from namsai_centre import clock
from namsai_centre.assessments.models import CaseVersion
from namsai_centre.engagements.models import Engagement
from namsai_centre.savings.models import Measure, Saving
from namsai_centre.who import Who
from tests.centre.cast import Cast
from tests.centre.savings.ledger import bring_to, evidence_of


def _verify(cast: Cast, saving: Saving, evidence: Any, **more: Any) -> dict[str, Any]:
    line = {"saving": str(saving.pk), "version": saving.version, "uncertainty": "50"}
    told = {"on": clock.today().isoformat(), "note": "ກວດແລ້ວ", "method": "ipmvp_b", "confidence": 90}
    return {"lines": [line], "evidence": str(evidence.pk), **told, **more}


def test_case_03_nobody_verifies_their_own_measure_through_the_api(
    cast: Cast, caller: Callable[..., Any], who: Callable[[str], Who]
) -> None:
    saving = bring_to("measured", cast.records["saving"], who)
    evidence = evidence_of(who("expert"), saving.measure)
    path = f"measures/{saving.measure_id}/verify/"
    for person in ("proposer", "expert", "owner", "director", "officer"):
        assert caller(person)("POST", path, _verify(cast, saving, evidence)).status_code == 404, person
    saving.refresh_from_db()
    assert saving.state == "measured"
    assert "verify" not in caller("proposer")("GET", f"measures/{saving.measure_id}/").json()["open_steps"]
    done = caller("verifier")("POST", path, _verify(cast, saving, evidence))
    assert done.status_code == 200, done.json()
    assert done.json()["savings"][0]["state"] == "verified"


def test_what_a_step_lacks_is_told_all_at_once_in_both_languages(
    cast: Cast, caller: Callable[..., Any], who: Callable[[str], Who]
) -> None:
    saving = bring_to("implemented", cast.records["saving"], who)
    body = {"lines": [{"saving": str(saving.pk), "version": saving.version}], "on": clock.today().isoformat()}
    answer = caller("expert")("POST", f"measures/{saving.measure_id}/measure/", body)
    assert answer.status_code == 422
    found = answer.json()["findings"]
    assert len(found) == 4
    assert all(f["text_lo"] != f["text_en"] for f in found)
    places = [f["where"]["path"] for f in found]
    assert sorted(places) == ["confidence", "evidence", "lines/uncertainty", "method"]
    assert answer.json()["detail"].startswith(f"{places[0]}: {found[0]['text_en']}")
    assert answer.json()["detail"].endswith("(and 3 more)")


def test_case_12_a_step_from_an_old_version_is_409(
    cast: Cast, caller: Callable[..., Any], who: Callable[[str], Who]
) -> None:
    saving = cast.records["saving"]
    body = {"lines": [{"saving": str(saving.pk), "version": 1}], "on": clock.today().isoformat()}
    assert caller("owner")("POST", f"measures/{saving.measure_id}/agree/", body).status_code == 200
    late = caller("owner")("POST", f"measures/{saving.measure_id}/agree/", body)
    assert late.status_code == 409
    assert late.json()["findings"][0]["facts"] == {"version": 2}


def test_case_04_no_state_is_written_by_a_hidden_field(cast: Cast, caller: Callable[..., Any]) -> None:
    measure = cast.records["measure"]
    body = {"version": 1, "title_lo": "x", "enterprise": str(cast.records["enterprise_b"].pk)}
    answer = caller("expert")("PATCH", f"measures/{measure.pk}/", body)
    assert answer.status_code == 422
    assert answer.json()["findings"][0]["where"] == {"path": "enterprise"}
    line = {"kind": "water", "amount": "5", "unit": "m3", "state": "verified"}
    assert caller("expert")("POST", f"measures/{measure.pk}/savings/", line).status_code == 422
    assert Measure.objects.get(pk=measure.pk).enterprise_id == measure.enterprise_id


def test_an_amount_with_three_decimals_has_one_reading(cast: Cast, caller: Callable[..., Any]) -> None:
    path = f"measures/{cast.records['measure'].pk}/savings/"
    for kind, unit, amount in (("water", "m3", "1.234"), ("material", "kg", "0.125"), ("labour", "h", "1200.5")):
        made = caller("expert")("POST", path, {"kind": kind, "amount": amount, "unit": unit})
        assert made.status_code == 201, made.json()
        assert float(next(s["amount"] for s in made.json()["savings"] if s["kind"] == kind)) == float(amount)


def test_a_measure_is_written_by_hand_once_under_an_id_of_ones_own(cast: Cast, caller: Callable[..., Any]) -> None:
    pk, expert = uuid.uuid4(), caller("expert")
    body = {
        "engagement": str(cast.records["engagement"].pk),
        "title_lo": "ປ່ຽນໄຟ",
        "savings": [{"kind": "energy", "carrier": "electricity", "amount": 900, "unit": "kWh"}],
    }
    answers = [expert("PUT", f"measures/{pk}/", body) for _ in range(2)]
    assert [a.status_code for a in answers] == [201, 200], answers[0].json()
    assert answers[0].json()["savings"][0]["amount"] == "900.0000"
    assert caller("rival")("PUT", f"measures/{pk}/", body).status_code == 422  # no such engagement for them
    wrong = {**body, "savings": [{"kind": "energy", "amount": 1, "unit": "m3"}]}
    refused = expert("POST", "measures/", wrong)
    assert refused.json()["findings"][0]["where"] == {"path": "savings/0/unit"}


def test_a_file_is_brought_and_got_back_as_it_was(cast: Cast, caller: Callable[..., Any]) -> None:
    measure, owner = cast.records["measure"], caller("owner")
    file = SimpleUploadedFile("ໝໍ້.txt", "ອ່ານໄດ້ 12".encode())
    made = owner.client.post(f"/api/v1/measures/{measure.pk}/files/", {"file": file})
    assert made.status_code == 201, made.json()
    got = owner("GET", f"measures/files/{made.json()['id']}/")
    assert b"".join(got.streaming_content) == "ອ່ານໄດ້ 12".encode()
    assert caller("rival")("GET", f"measures/files/{made.json()['id']}/").status_code == 404
    bad = SimpleUploadedFile("x.txt", b"MZ\x90\x00\x03" * 9)
    refused = owner.client.post(f"/api/v1/measures/{measure.pk}/files/", {"file": bad})
    assert refused.status_code == 422
    assert refused.json()["findings"][0]["text_lo"]


def test_totals_stand_apart_by_state(cast: Cast, caller: Callable[..., Any]) -> None:
    rows = caller("owner")("GET", "measures/totals/").json()
    assert [(r["state"], float(r["amount"]), r["unit"]) for r in rows] == [("identified", 1200, "kWh")]


def test_an_engagement_goes_its_way(cast: Cast, caller: Callable[..., Any]) -> None:
    officer, today = caller("officer"), clock.today()
    body = {"enterprise": str(cast.records["enterprise_b"].pk), "on": today.isoformat(), "title_lo": "ໃໝ່"}
    pk = uuid.uuid4()
    assert [officer("PUT", f"engagements/{pk}/", body).status_code for _ in range(2)] == [201, 200]
    assert Engagement.objects.filter(title_lo="ໃໝ່").count() == 1
    step = {"stage": "signed", "on": today.isoformat(), "version": 1}
    moved = officer("POST", f"engagements/{pk}/stage/", step)
    assert (moved.status_code, moved.json()["stage"]) == (200, "signed"), moved.json()
    late = officer("POST", f"engagements/{pk}/stage/", {**step, "stage": "assessed"})
    assert late.status_code == 409
    future = {"stage": "assessed", "on": (today + timedelta(days=2)).isoformat(), "version": 2}
    refused = officer("POST", f"engagements/{pk}/stage/", future)
    assert (refused.status_code, refused.json()["findings"][0]["where"]) == (422, {"path": "on"})
    task = officer("POST", f"engagements/{pk}/tasks/", {"title": "ໂທຫາ"}).json()
    changed = officer("PATCH", f"engagements/tasks/{task['id']}/", {"due": today.isoformat(), "version": 1}).json()
    assert (changed["title"], changed["due"]) == ("ໂທຫາ", today.isoformat())
    done = officer("POST", f"engagements/tasks/{task['id']}/done/", {"version": 2}).json()
    assert done["done_on"] == today.isoformat()
    expert = {"person": str(cast.people["former"].pk), "role": "expert", "starts": today.isoformat()}
    given = officer("POST", f"engagements/{pk}/assignments/", expert)
    assert given.status_code == 201, given.json()
    assert caller("former")("GET", f"engagements/{pk}/").status_code == 200


def test_a_case_is_saved_run_and_handed_on(
    cast: Cast, caller: Callable[..., Any], django_capture_on_commit_callbacks: Any
) -> None:
    assessment, expert = cast.records["assessment"], caller("expert")
    document = CaseVersion.objects.get(assessment=assessment, number=1).document
    changed = {**document, "id": "kiln-two"}
    saved = expert("POST", f"assessments/{assessment.pk}/case/", {"document": changed, "base": 1})
    assert saved.status_code == 200, saved.json()
    assert (saved.json()["number"], saved.json()["complete"], saved.json()["changed"]) == (2, True, True)
    stale = expert("POST", f"assessments/{assessment.pk}/case/", {"document": document, "base": 1})
    assert (stale.status_code, stale.json()["findings"][0]["facts"]) == (409, {"version": 2})
    with django_capture_on_commit_callbacks(execute=True):
        run = expert("POST", f"assessments/{assessment.pk}/runs/")
    assert run.status_code == 201, run.json()
    pk = run.json()["id"]
    assert expert("GET", f"assessments/runs/{pk}/").json()["state"] == "done"
    result = expert("GET", f"assessments/runs/{pk}/result/").json()
    assert result["result"]["knowhow_version"]
    option = result["result"]["proposals"]["items"][0]["id"]
    made = expert("POST", f"assessments/runs/{pk}/measures/", {"options": [option]})
    assert made.status_code == 200, made.json()
    assert expert("POST", f"assessments/runs/{pk}/measures/", {"options": ["NO-1"]}).status_code == 422
    version = expert("GET", f"assessments/{assessment.pk}/").json()["version"]
    handed = expert("POST", f"assessments/{assessment.pk}/submit/", {"version": version})
    assert (handed.status_code, handed.json()["state"]) == (200, "in_review"), handed.json()
    late = {"decision": "accept", "version": version}
    assert caller("officer")("POST", f"assessments/{assessment.pk}/review/", late).status_code == 409
    accepted = {"decision": "accept", "version": handed.json()["version"]}
    released = caller("officer")("POST", f"assessments/{assessment.pk}/review/", accepted)
    assert (released.status_code, released.json()["state"]) == (200, "released"), released.json()
    assert caller("owner")("GET", f"assessments/runs/{pk}/result/").status_code == 200


def test_a_broken_case_is_told_finding_by_finding(cast: Cast, caller: Callable[..., Any]) -> None:
    assessment = cast.records["assessment"]
    body = {"document": {"schema": "namsai.case/1", "streams": [{"amount": "lots"}]}, "base": 1}
    saved = caller("expert")("POST", f"assessments/{assessment.pk}/case/", body)
    assert saved.status_code == 200, saved.json()
    assert saved.json()["complete"] is False
    assert all(f["text_lo"] and f["text_en"] and f["code"] for f in saved.json()["findings"])
    not_one = {"document": {"streams": 3}, "base": 2}
    assert caller("expert")("POST", f"assessments/{assessment.pk}/case/", not_one).status_code == 422


def test_the_description_is_openapi_3_1_and_its_page_needs_nothing_from_elsewhere(
    cast: Cast, browser: Callable[[str], Any]
) -> None:
    schema = browser("stranger").get("/api/openapi.json").json()
    assert schema["openapi"].startswith("3.1")
    for lang in ("lo", "en"):
        page = browser("stranger").get("/api/docs/", headers={"accept-language": lang})
        text = page.content.decode()
        assert page.status_code == 200
        assert all(path in text for path in schema["paths"])
        assert "//cdn" not in text


def test_what_became_of_an_option_is_told_once(cast: Cast, caller: Callable[..., Any]) -> None:
    owner, firm = caller("owner"), cast.records["enterprise"]
    body = {"enterprise": str(firm.pk), "option": "UTI-001", "outcome": "not_applicable"}
    lacking = owner("POST", "feedback/", body)
    assert lacking.json()["findings"][0]["where"] == {"path": "reason"}
    made = owner("POST", "feedback/", {**body, "reason": "too_dear"})
    assert made.status_code == 201, made.json()
    assert owner("POST", "feedback/", {**body, "reason": "too_dear"}).status_code == 422
    assert owner("POST", "feedback/", {**body, "option": "NO-1", "reason": "too_dear"}).status_code == 422
    other = {**body, "enterprise": str(cast.records["enterprise_b"].pk), "reason": "too_dear"}
    assert owner("POST", "feedback/", other).status_code == 422
    gone = owner("POST", f"feedback/{made.json()['id']}/withdraw/", {"version": 1})
    assert gone.status_code == 200
    assert owner("GET", f"feedback/{made.json()['id']}/").status_code == 404
