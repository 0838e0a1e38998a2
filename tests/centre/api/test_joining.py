"""Lists brought in, and two records joined and taken apart, through the API."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from namsai_centre.enterprises.models import Enterprise
from tests.centre.cast import Cast

LIST = "ຊື່ພາສາລາວ,Name,Workers\nໂຮງງານນ້ຳດື່ມ ໃໝ່,Clear Water Plant,14\nໂຮງງານຊາ ໃໝ່,Tea Works,9\n"


def test_case_11_a_list_is_brought_in_once(cast: Cast, caller: Callable[..., Any]) -> None:
    officer = caller("officer")
    files = [SimpleUploadedFile("list.csv", LIST.encode()) for _ in range(2)]
    first, second = (officer.client.post("/api/v1/imports/", {"file": file}) for file in files)
    assert first.status_code == 201, first.json()
    assert first.json()["id"] == second.json()["id"]
    path, version = f"imports/{first.json()['id']}", first.json()["version"]
    body = {"columns": {"0": "name_lo", "1": "name_en", "2": "workers"}, "version": version}
    assert officer("POST", f"{path}/columns/", {**body, "columns": {"9": "name_lo"}}).status_code == 422
    told = officer("POST", f"{path}/columns/", body)
    assert told.status_code == 200, told.json()
    assert told.json()["counts"]["new"] == 2, told.json()["rows"]
    done = officer("POST", f"{path}/apply/", {"version": told.json()["version"]})
    assert (done.status_code, done.json()["state"]) == (200, "done"), done.json()
    assert Enterprise.objects.get(name_en="Tea Works").workers == 9
    again = officer("POST", f"{path}/apply/", {"version": told.json()["version"]})
    assert again.status_code == 404  # a list that was brought in cannot be applied
    assert Enterprise.objects.filter(name_en="Tea Works").count() == 1


def test_a_file_that_is_no_list_is_refused_in_both_languages(cast: Cast, caller: Callable[..., Any]) -> None:
    file = SimpleUploadedFile("x.xlsx", b"PK\x03\x04 nonsense")
    answer = caller("officer").client.post("/api/v1/imports/", {"file": file})
    assert answer.status_code == 422
    assert all(f["text_lo"] != f["text_en"] for f in answer.json()["findings"])


def test_two_records_are_joined_and_taken_apart_again(cast: Cast, caller: Callable[..., Any]) -> None:
    officer = caller("officer")
    kept, gone = cast.records["twin"], cast.records["twin_b"]
    before = officer("GET", f"enterprises/{gone.pk}/").json()
    path = f"merges/of/{kept.pk}/{gone.pk}/"
    seen = officer("GET", path).json()
    assert {c["field"] for c in seen["choices"]} == {"name_lo", "name_en"}
    body = {n: seen[n] for n in ("kept_version", "gone_version")} | {"take": ["name_en"], "reason": "ຊ້ຳ"}
    assert officer("POST", path, {**body, "take": ["status"]}).status_code == 422
    assert officer("POST", path, {**body, "gone_version": 7}).status_code == 409
    assert officer("POST", path, {**body, "reason": " "}).status_code == 422
    made = officer("POST", path, body)
    assert made.status_code == 201, made.json()
    assert officer("GET", f"enterprises/{kept.pk}/").json()["name_en"] == before["name_en"]
    undone = officer("POST", f"merges/{made.json()['id']}/undo/", {"reason": "ຜິດ", "version": made.json()["version"]})
    assert undone.status_code == 200, undone.json()
    after = officer("GET", f"enterprises/{gone.pk}/").json()
    assert {n: v for n, v in after.items() if n not in ("version", "changed_at")} == {
        n: v for n, v in before.items() if n not in ("version", "changed_at")
    }
    assert caller("owner")("GET", path).status_code == 404
