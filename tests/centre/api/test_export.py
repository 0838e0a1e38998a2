"""Taking along everything one may see: no limit, counted at the foot, nothing a spreadsheet would run."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from namsai_centre.api.exported import heading
from namsai_centre.api.exported_kinds import KINDS
from namsai_centre.audit.models import Entry
from namsai_centre.engagements.models import Task
from namsai_centre.enterprises.models import Enterprise
from namsai_centre.fieldwork.models import Entry as Entry_
from namsai_centre.savings.models import Saving
from tests.centre.api.test_api_matrix import OPERATIONS
from tests.centre.cast import Cast


def text_of(answer: Any) -> str:
    return b"".join(answer.streaming_content).decode("utf-8-sig")


def test_case_05_no_cell_of_an_exported_list_is_a_formula(cast: Cast, caller: Callable[..., Any]) -> None:
    firm = cast.records["enterprise"]
    for start in ("=", "+", "-", "@", "\t", "\r"):
        Enterprise.objects.filter(pk=firm.pk).update(village=f"{start}cmd|' /C calc'!A0")
        rows = list(csv.DictReader(io.StringIO(text_of(caller("owner")("GET", "export/enterprises.csv")), newline="")))
        assert rows[0]["village"].startswith(f"'{start}"), start


def test_a_negative_amount_stays_a_number_in_an_export(cast: Cast, caller: Callable[..., Any]) -> None:
    Saving.objects.filter(pk=cast.records["saving"].pk).update(amount="-3")
    rows = list(csv.DictReader(io.StringIO(text_of(caller("owner")("GET", "export/savings.csv")))))
    assert rows[0]["amount"] == "-3.0000"


def test_30001_enterprises_all_come_and_are_counted(cast: Cast, caller: Callable[..., Any]) -> None:
    had = Enterprise.objects.count()
    Enterprise.objects.bulk_create((Enterprise(name_lo=f"ໂຮງງານ {n}") for n in range(30_001 - had)), batch_size=2000)
    officer = caller("officer")
    lines = text_of(officer("GET", "export/enterprises.jsonl")).splitlines()
    assert len(lines) == 30_002
    assert json.loads(lines[-1])["footer"]["count"] == 30_001
    assert len({json.loads(line)["id"] for line in lines[:-1]}) == 30_001
    rows = list(csv.reader(io.StringIO(text_of(officer("GET", "export/enterprises.csv")))))
    assert ["count", "30001"] in rows
    assert sum(len(r) > 10 for r in rows) == 30_002


def test_everything_holds_exactly_what_exists_for_the_person(cast: Cast, caller: Callable[..., Any]) -> None:
    lines = [json.loads(line) for line in text_of(caller("rival")("GET", "export/everything.jsonl")).splitlines()]
    own = str(cast.records["enterprise_b"].pk)
    firms = {x.get("enterprise_id") or x["id"] for x in lines[:-1] if x["record"] in ("enterprises", "engagements")}
    assert str(cast.records["enterprise"].pk) not in json.dumps(lines)
    assert own in firms
    assert set(lines[-1]["footer"]["counts"]) == set(KINDS)
    nothing = [json.loads(x) for x in text_of(caller("donor")("GET", "export/everything.jsonl")).splitlines()]
    public = {"options", "sources", "releases"}  # the know-how is everybody's
    assert {x["record"] for x in nothing[:-1]} <= {"people", "roles", "notices", "tokens"} | public
    assert "secret" not in KINDS["tokens"].fields
    assert "digest" not in KINDS["tokens"].fields


def test_every_list_of_the_api_has_its_export(cast: Cast) -> None:
    """A new list fails here until its records can be taken along whole (or it only counts what others hold)."""
    answers = {n: getattr(op.response_models.get(200), "model_fields", {}) for n, (op, _) in OPERATIONS.items()}
    lists = {n for n, fields in answers.items() if fields and "ListOf" in str(fields["response"].annotation)}
    assert len(lists) > 20
    not_records = {
        "engagements_stuck": "engagements", "measures_to_verify": "savings", "measures_checks": "checks",
        "people_glasses": "emergencies", "me_notices": "notices", "me_tokens": "tokens", "me_devices": "",
        "enterprises_places": "", "knowhow_sources": "sources", "knowhow_releases": "releases",
        "enterprises_groups": "groups", "assessments_versions": "cases", "assessments_runs": "runs",
        "assessments_reviews": "reviews", "duplicates_pairs": "duplicates", "visits_photos": "photos",
        "imports_lists": "imports", "engagements_tasks": "tasks",
    }  # fmt: skip
    for name in lists:
        kind = not_records.get(name, name.removesuffix("_browse"))
        assert kind in KINDS or not kind, f"{name}: nothing takes these records along"


def test_3000_rows_of_any_list_come_out_whole_and_only_the_owners_own(cast: Cast, caller: Callable[..., Any]) -> None:
    visit, expert = cast.records["visit"], cast.people["expert"]
    Entry_.objects.bulk_create(
        Entry_(visit=visit, kind="reading", subject=f"meter:m{n}", fields={"value": n}, by=expert)
        for n in range(3000 - Entry_.objects.count())
    )
    work = cast.records["engagement_b"]
    Task.objects.bulk_create(Task(engagement=work, title=f"ໜ້າວຽກ {n}") for n in range(3000 - Task.objects.count()))
    for kind in ("visit-entries", "tasks"):
        lines = [json.loads(x) for x in text_of(caller("officer")("GET", f"export/{kind}.jsonl")).splitlines()]
        assert len(lines) == 3001
        assert lines[-1]["footer"]["count"] == len({x["id"] for x in lines[:-1]}) == 3000
        rows = list(csv.reader(io.StringIO(text_of(caller("officer")("GET", f"export/{kind}.csv")))))
        assert sum(len(r) > 5 for r in rows) == 3001  # with the head
    named = next(x for x in lines if x.get("engagement_id") == str(work.pk))
    assert (named["enterprise_lo"], named["enterprise_en"]) == ("ໂຮງງານອາຫານ ຂ", "Food B")
    of_expert = [json.loads(x) for x in text_of(caller("expert")("GET", "export/tasks.jsonl")).splitlines()]
    assert {x["engagement_id"] for x in of_expert[:-1]} == {str(cast.records["engagement"].pk)}
    assert text_of(caller("owner")("GET", "export/visit-entries.jsonl")).count("\n") == 1  # the foot alone


def test_a_spreadsheet_has_headings_in_both_languages_and_no_formula(cast: Cast, caller: Callable[..., Any]) -> None:
    firm = cast.records["enterprise"]
    Enterprise.objects.filter(pk=firm.pk).update(village="=1+1")
    answer = caller("owner")("GET", "export/enterprises.xlsx")
    assert answer.status_code == 200
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    head = rows[0]
    assert "ຄົນງານ / Workers" in head
    assert "ຊື່ (ລາວ) / Name (Lao)" in head
    assert rows[1][head.index("ບ້ານ / Village")] == "=1+1"  # a text, not a formula
    assert rows[1][0] == str(firm.pk)
    assert len([r for r in rows if r[0] and str(r[0]).count("-") == 4]) == 1
    big = caller("officer")("GET", "export/runs.xlsx")
    assert (big.status_code, big.json()["findings"][0]["code"]) == (422, "api.too_long_for_excel")


def test_every_field_that_is_taken_along_has_a_heading() -> None:
    for kind, one in KINDS.items():
        for field in (*one.fields, *one.staff):
            assert heading(field.partition("=")[0].replace("__", "_")), f"{kind}: {field}"


def test_an_excel_file_that_would_not_fit_is_refused_in_words(
    cast: Cast, caller: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("namsai_centre.api.exported.MOST_ROWS", 1)
    answer = caller("officer")("GET", "export/enterprises.xlsx")
    assert answer.status_code == 422
    assert "csv" in answer.json()["detail"]


def test_the_counts_told_before_are_those_at_the_foot(cast: Cast, caller: Callable[..., Any]) -> None:
    officer = caller("officer")
    told = {k["kind"]: k for k in officer("GET", "export/").json()}
    for kind in KINDS:
        lines = text_of(officer("GET", f"export/{kind}.jsonl")).splitlines()
        foot = json.loads(lines[-1])["footer"]["count"]
        assert foot == len(lines) - 1
        # each export is itself an entry of the log
        assert foot == told[kind]["count"] or (kind == "audit" and foot > told[kind]["count"])
        if foot:
            assert list(json.loads(lines[0])) == told[kind]["fields"]
    assert "password" not in json.dumps(told)


def test_only_the_centres_staff_take_its_notes_and_peoples_addresses(cast: Cast, caller: Callable[..., Any]) -> None:
    Enterprise.objects.update(note="late payer")
    assert "late payer" in text_of(caller("officer")("GET", "export/enterprises.jsonl"))
    assert "late payer" not in text_of(caller("owner")("GET", "export/everything.jsonl"))


def test_who_took_what_is_in_the_audit_log(cast: Cast, caller: Callable[..., Any]) -> None:
    caller("owner")("GET", "export/savings.csv")
    entry = Entry.objects.filter(action="api.export").latest("pk")
    assert (entry.person_id, entry.via) == (cast.people["owner"].pk, "api")
    assert entry.after == {"kind": "savings", "form": "csv"}
