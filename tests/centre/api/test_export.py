"""Taking along everything one may see: no limit, counted at the foot, nothing a spreadsheet would run."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from typing import Any

from namsai_centre.api.exported import KINDS
from namsai_centre.audit.models import Entry
from namsai_centre.enterprises.models import Enterprise
from namsai_centre.savings.models import Saving
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
    assert {x["record"] for x in nothing[:-1]} <= {"people", "roles"}


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
