"""Every wrong field at once, in plain words, with its path."""

from __future__ import annotations

import json
from typing import Any

import pytest

from namsai.plant.case import Case
from namsai.plant.parse import MOST_ROWS, parse
from namsai.plant.repair import repaired
from namsai.texts import LANGS, finding_text
from tests.plant.cases import sound, told


def broken(path: str, value: Any) -> dict[str, Any]:
    raw = sound()
    *outer, last = [int(p) if p.isdigit() else p for p in path.split("/")]
    holder: Any = raw
    for part in outer:
        holder = holder[part]
    if value is KeyError:
        del holder[last]
    else:
        holder[last] = value
    return raw


def test_a_sound_case_is_a_case() -> None:
    case, findings = parse(sound())
    assert isinstance(case, Case)
    assert findings == []


@pytest.mark.parametrize(
    ("path", "value", "code", "at"),
    [
        ("id", KeyError, "plant.missing", "id"),
        ("schema", KeyError, "plant.missing", "schema"),
        ("schema", "namsai.case/2", "plant.other-schema", "schema"),
        ("enterprise/name", {}, "plant.missing", "enterprise/name"),
        ("enterprise/name/lo", "   ", "plant.missing", "enterprise/name/lo"),
        ("enterprise/nmae", "x", "plant.unknown-key", "enterprise/nmae"),
        ("streams/0/amout", {}, "plant.unknown-key", "streams/0/amout"),
        ("streams/0/amount/value", "many", "plant.wrong-type-number", "streams/0/amount/value"),
        ("streams/0/amount/value", -5, "plant.negative", "streams/0/amount/value"),
        ("streams/0/amount/value", float("nan"), "plant.wrong-type-number", "streams/0/amount/value"),
        ("streams/0/amount/value", float("inf"), "plant.wrong-type-number", "streams/0/amount/value"),
        ("streams/0/amount", 7, "plant.wrong-type-record", "streams/0/amount"),
        ("streams", "none", "plant.wrong-type-list", "streams"),
        ("streams/0", 3, "plant.wrong-type-record", "streams/0"),
        ("streams/0/id", "two words", "plant.bad-id", "streams/0/id"),
        ("streams/0/id", "ກະແສ", "plant.bad-id", "streams/0/id"),
        ("streams/0/id", "x" * 61, "plant.too-long", "streams/0/id"),
        ("streams/0/id", 5, "plant.wrong-type-text", "streams/0/id"),
        ("streams/0/amount/source", "guess", "plant.wrong-choice", "streams/0/amount/source"),
        ("materials/0/category", "raw", "plant.wrong-choice", "materials/0/category"),
        ("materials/0/price/currency", "kip", "plant.bad-currency", "materials/0/price/currency"),
        ("materials/0/price/date", "30/06/2025", "plant.bad-date", "materials/0/price/date"),
        ("materials/0/price/date", "30/06/2568", "plant.buddhist-date", "materials/0/price/date"),
        ("enterprise/workers", 1.5, "plant.wrong-type-whole-number", "enterprise/workers"),
        ("enterprise/country", "Laos", "plant.bad-form", "enterprise/country"),
        ("finance/discount_rate", 101, "plant.too-large", "finance/discount_rate"),
        ("finance/horizon", 0, "plant.too-small", "finance/horizon"),
        ("measures/0/must", "perhaps", "plant.wrong-type-yes-no", "measures/0/must"),
        ("measures/0/excludes", "m2", "plant.wrong-type-list", "measures/0/excludes"),
        (
            "history",
            [{"year": 2568, "measure": "energy", "value": 1, "unit": "MWh"}],
            "plant.buddhist-date",
            "history/0/year",
        ),
    ],
)
def test_one_wrong_field(path: str, value: Any, code: str, at: str) -> None:
    case, findings = parse(broken(path, value))
    assert case is None
    assert (code, at) in told(findings)
    for finding in findings:
        for lang in LANGS:
            says, fix = finding_text(finding, lang)
            assert says
            assert fix
            assert "{" not in says + fix


def test_all_wrong_fields_are_told_at_once() -> None:
    raw = broken("streams/0/amount/value", -5)
    raw["materials"][1]["category"] = "rubbish"
    raw["enterprise"]["extra"] = 1
    del raw["period"]
    _, findings = parse(raw)
    assert {path for _, path in told(findings)} == {
        "streams/0/amount/value",
        "materials/1/category",
        "enterprise/extra",
        "period",
    }


@pytest.mark.parametrize("raw", [None, 3, "x", [], True])
def test_what_is_no_record_is_no_case(raw: object) -> None:
    case, findings = parse(raw)
    assert case is None
    assert [f.code for f in findings] == ["plant.not-a-case"]


def test_thousands_of_wrong_rows_are_counted_not_all_listed() -> None:
    raw = sound() | {"readings": [{"meter": "m"}] * 6000}
    _, findings = parse(raw)
    assert len(findings) < 6000
    (more,) = [f for f in findings if f.code == "plant.more-errors"]
    assert int(more.facts["number"] or 0) + len(findings) - 1 == 12000


def test_too_many_rows_are_refused() -> None:
    _, findings = parse(sound() | {"readings": [{}] * (MOST_ROWS + 1)})
    assert [f.code for f in findings] == ["plant.too-many-rows"]


def test_nested_a_thousand_deep_is_a_finding() -> None:
    deep: Any = {}
    for _ in range(900):
        deep = {"x": deep}
    case, findings = parse(sound() | {"enterprise": deep})
    assert case is None
    assert findings


@pytest.mark.parametrize(
    "path", ["id", "enterprise", "period", "streams/0/material", "materials/0/price/per", "measures/0/name"]
)
def test_a_repaired_copy_is_a_case(path: str) -> None:
    assert isinstance(repaired(broken(path, KeyError)), Case)
    assert isinstance(repaired(broken(path, {"odd": 1})), Case)
    assert isinstance(repaired(broken(path, -7)), Case)


def test_references_to_a_repaired_id_still_meet() -> None:
    raw = broken("processes/0/id", "cutting room")
    for stream in raw["streams"]:
        for end in ("from", "to"):
            stream[end] = "cutting room" if stream[end] == "cutting" else stream[end]
    copy = repaired(json.loads(json.dumps(raw)))
    assert copy is not None
    assert copy.streams[0].to == copy.processes[0].id
