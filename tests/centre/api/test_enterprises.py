"""The registry through the API: as on the pages."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from namsai_centre.audit.models import Entry
from namsai_centre.enterprises.models import Enterprise
from tests.centre.cast import Cast


def test_a_list_has_a_total_and_only_what_is_the_readers(cast: Cast, caller: Callable[..., Any]) -> None:
    everything = caller("officer")("GET", "enterprises/?size=2").json()
    assert everything["total"] == Enterprise.objects.exclude(status="merged").count()
    assert len(everything["items"]) == 2
    own = caller("owner")("GET", "enterprises/").json()
    assert [e["id"] for e in own["items"]] == [str(cast.records["enterprise"].pk)]


def test_the_number_of_queries_does_not_grow_with_the_list(
    cast: Cast, caller: Callable[..., Any], django_assert_max_num_queries: Any
) -> None:
    Enterprise.objects.bulk_create(Enterprise(name_lo=f"ໂຮງງານ {n}") for n in range(60))
    officer = caller("officer")
    officer("GET", "enterprises/")
    with django_assert_max_num_queries(12):
        assert len(officer("GET", "enterprises/?size=60").json()["items"]) == 60


def test_case_04_a_field_that_is_not_asked_for_is_refused_by_its_name(cast: Cast, caller: Callable[..., Any]) -> None:
    firm = cast.records["enterprise"]
    for field in ("status", "merged_into", "sorting", "id", "risk_class"):
        answer = caller("owner")("PATCH", f"enterprises/{firm.pk}/", {"version": firm.version, field: "high"})
        assert answer.status_code == 422, field
        assert field in [f["where"].get("path") for f in answer.json()["findings"]]
    firm.refresh_from_db()
    assert (firm.status, firm.risk_class, firm.version) == ("active", "", 1)


def test_all_errors_come_at_once_in_both_languages(cast: Cast, caller: Callable[..., Any]) -> None:
    answer = caller("officer")("POST", "enterprises/", {"women": 9, "workers": 3, "sector": "moon"})
    assert answer.status_code == 422
    said = answer.json()["findings"]
    assert {f["where"].get("path") for f in said} == {"name_lo", "workers", "women", "sector"} - {"workers"}
    assert all(f["text_lo"] and f["text_en"] and f["text_lo"] != f["text_en"] for f in said)


def test_a_change_from_an_old_version_is_answered_field_by_field(cast: Cast, caller: Callable[..., Any]) -> None:
    firm, owner = cast.records["enterprise"], caller("owner")
    assert owner("PATCH", f"enterprises/{firm.pk}/", {"village": "ໂພນໄຊ", "version": 1}).status_code == 200
    late = owner("PATCH", f"enterprises/{firm.pk}/", {"village": "ນາໄຮ"}, **{"if-match": '"1"'})
    assert late.status_code == 409
    by_path = {f["where"]["path"]: f["facts"] for f in late.json()["findings"]}
    assert by_path["version"] == {"version": 2}
    assert by_path["village"] == {"there": "ໂພນໄຊ", "wanted": "ນາໄຮ"}
    assert owner("PATCH", f"enterprises/{firm.pk}/", {"village": "ນາໄຮ"}).status_code == 422


def test_case_11_put_with_an_id_of_ones_own_makes_one_record(cast: Cast, caller: Callable[..., Any]) -> None:
    officer, pk = caller("officer"), uuid.uuid4()
    body = {"name_lo": "ໂຮງງານໃໝ່", "workers": 12}
    answers = [officer("PUT", f"enterprises/{pk}/", body) for _ in range(3)]
    assert [a.status_code for a in answers] == [201, 200, 200]
    assert Enterprise.objects.filter(name_lo="ໂຮງງານໃໝ່").count() == 1
    assert officer("PUT", f"enterprises/{pk}/", {**body, "workers": 13}).status_code == 409
    assert caller("rival")("PUT", f"enterprises/{pk}/", body).status_code == 404


def test_case_11_the_same_key_twice_makes_one_record(cast: Cast, caller: Callable[..., Any]) -> None:
    officer, body = caller("officer"), {"name_lo": "ໂຮງງານດຽວ"}
    first, second = (officer("POST", "enterprises/", body, **{"idempotency-key": "k 1"}) for _ in range(2))
    assert first.status_code == second.status_code == 201
    assert first.json()["id"] == second.json()["id"]
    assert Enterprise.objects.filter(name_lo="ໂຮງງານດຽວ").count() == 1
    assert officer("POST", "enterprises/", {"name_lo": "ອື່ນ"}, **{"idempotency-key": "k 1"}).status_code == 422
    broken = {"name_lo": "", "name_en": ""}
    assert officer("POST", "enterprises/", broken, **{"idempotency-key": "k 2"}).status_code == 422
    assert officer("POST", "enterprises/", {"name_lo": "ຖືກ"}, **{"idempotency-key": "k 2"}).status_code == 201


def test_a_change_through_the_api_is_in_the_audit_log_as_such(cast: Cast, caller: Callable[..., Any]) -> None:
    firm = cast.records["enterprise"]
    caller("owner")("PATCH", f"enterprises/{firm.pk}/", {"village": "ໂພນໄຊ", "version": 1})
    entry = Entry.objects.filter(action="enterprises.edit", subject_id=str(firm.pk)).first()
    assert entry is not None
    assert (entry.via, entry.person_id) == ("api", cast.people["owner"].pk)


def test_the_centres_note_is_not_shown_to_the_firm(cast: Cast, caller: Callable[..., Any]) -> None:
    Enterprise.objects.filter(pk=cast.records["enterprise"].pk).update(note="late payer")
    path = f"enterprises/{cast.records['enterprise'].pk}/"
    assert caller("officer")("GET", path).json()["note"] == "late payer"
    assert caller("owner")("GET", path).json()["note"] is None


def test_parts_and_consents_are_kept_through_the_api(cast: Cast, caller: Callable[..., Any]) -> None:
    firm, owner = cast.records["enterprise"], caller("owner")
    made = owner("POST", f"enterprises/{firm.pk}/parts/alias/", {"kind": "short", "name": "ກກ"})
    assert made.status_code == 201, made.json()
    alias = made.json()["aliases"][0]
    path = f"enterprises/{firm.pk}/parts/alias/{alias['id']}/"
    assert owner("PATCH", path, {"name": "ຂຂ", "version": alias["version"]}).json()["aliases"][0]["name"] == "ຂຂ"
    assert owner("PATCH", path, {"name": "ຄຄ", "version": alias["version"]}).status_code == 409
    assert owner("POST", f"{path}remove/", {"reason": "ຜິດ"}).json()["aliases"] == []
    assert owner("POST", f"enterprises/{firm.pk}/parts/identifier/", {"issuer": "tax", "value": "9"}).status_code == 404
    consent = {"purpose": "benchmark", "given_on": "2026-01-02", "given_by": "ນາງ ກ"}
    given = owner("POST", f"enterprises/{firm.pk}/consents/", consent)
    assert given.status_code == 201, given.json()
    assert owner("POST", f"enterprises/{firm.pk}/consents/", consent).status_code == 422
