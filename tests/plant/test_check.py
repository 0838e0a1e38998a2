"""What must agree in a case: each rule finds its fault, names the place, and is silent on the sound case."""

from __future__ import annotations

from typing import Any

import pytest

from namsai.findings import Severity, has_errors
from namsai.knowhow import load
from namsai.plant.case import Case
from namsai.plant.check import RULES, WORD_RULES, check, inspect
from namsai.texts import LANGS, finding_text, has, room_texts
from tests.plant.cases import sound, told


def changed(**tables: Any) -> dict[str, Any]:
    return sound() | tables


def row(table: str, place: int, **fields: Any) -> dict[str, Any]:
    raw = sound()
    raw[table][place] |= fields
    return raw


def test_the_sound_case_is_sound() -> None:
    case, findings = inspect(sound(), load())
    assert isinstance(case, Case)
    assert findings == []


STREAM = {"value": 5, "unit": "kg", "source": "bill"}
METERS = [{"id": "w", "unit": "kWh"}]
READING = {"meter": "w", "date": "2025-03-01", "value": 1}


@pytest.mark.parametrize(
    ("raw", "code", "path"),
    [
        (row("streams", 1, id="s1"), "plant.duplicate-id", "streams/1/id"),
        (row("streams", 1, id="s1"), "plant.duplicate-id", "streams/0/id"),
        (row("materials", 2, id="fabric"), "plant.duplicate-id", "materials/0/id"),
        (
            changed(sources=[{"key": "bills", "title": "A"}, {"key": "bills", "title": "B"}]),
            "plant.duplicate-id",
            "sources/1/key",
        ),
        (row("processes", 0, id="air"), "plant.reserved-id", "processes/0/id"),
        (row("streams", 0, **{"from": "nowhere"}), "plant.unknown-from", "streams/0/from"),
        (row("streams", 0, **{"from": "sale"}), "plant.unknown-from", "streams/0/from"),
        (row("streams", 3, to="purchase"), "plant.unknown-to", "streams/3/to"),
        (row("streams", 2, to="cutting"), "plant.stream-to-itself", "streams/2/to"),
        (row("streams", 0, to="sale"), "plant.stream-outside", "streams/0"),
        (row("streams", 0, material="fabrik"), "plant.unknown-material", "streams/0/material"),
        (row("materials", 1, value_as="cloth"), "plant.unknown-material", "materials/1/value_as"),
        (row("materials", 0, value_as="offcuts"), "plant.value-loop", "materials/0/value_as"),
        (row("materials", 0, counts_by="fibre"), "plant.unknown-substance", "materials/0/counts_by"),
        (row("measures", 0, stream="s9"), "plant.unknown-stream", "measures/0/stream"),
        (row("measures", 0, process="dyeing"), "plant.unknown-process", "measures/0/process"),
        (row("measures", 0, excludes=["m9"]), "plant.unknown-measure", "measures/0/excludes/0"),
        (row("measures", 0, requires=["m1"]), "plant.measure-itself", "measures/0/requires/0"),
        (row("measures", 0, requires=["m2"], excludes=["m2"]), "plant.excludes-and-requires", "measures/0/excludes"),
        (row("measures", 0, saving_low=9, saving_high=5), "plant.saving-order", "measures/0/saving_low"),
        (row("measures", 0, option="no-such"), "plant.unknown-option", "measures/0/option"),
        (
            changed(meters=[{"id": "w", "unit": "kWh", "equipment": "boiler"}]),
            "plant.unknown-equipment",
            "meters/0/equipment",
        ),
        (changed(readings=[READING]), "plant.unknown-meter", "readings/0/meter"),
        (changed(meters=METERS, readings=[READING | {"date": "2025-02-30"}]), "plant.bad-date", "readings/0/date"),
        (changed(meters=METERS, readings=[READING | {"date": "2568-03-01"}]), "plant.buddhist-date", "readings/0/date"),
        (changed(period={"start": "2568-01-01", "end": "2568-12-31"}), "plant.buddhist-date", "period/start"),
        (changed(period={"start": "2025-12-31", "end": "2025-01-01"}), "plant.end-before-start", "period/end"),
        (row("materials", 0, ref="bill"), "plant.unknown-source", "materials/0/ref"),
        (row("streams", 0, amount=STREAM | {"unit": "kgs"}), "quantity.unknown-unit", "streams/0/amount/unit"),
        (row("streams", 0, amount=STREAM | {"unit": "kWh"}), "plant.unit-does-not-fit", "streams/0/amount/unit"),
        (row("streams", 0, amount=STREAM | {"unit": "kg/h"}), "plant.unit-does-not-fit", "streams/0/amount/unit"),
        (row("streams", 0, amount=STREAM | {"unit": "m"}), "plant.price-unit", "materials/0/price/per"),
        (
            row("streams", 2, material="offcuts", amount=STREAM | {"unit": "m3"}),
            "plant.mixed-units",
            "streams/2/amount/unit",
        ),
        (row("materials", 0, price=None), "plant.missing-price", "materials/0/price"),
        (
            changed(costs=[{"id": "c", "kind": "labour", "amount": {"amount": 1, "currency": "USD"}}]),
            "plant.missing-rate",
            "costs/0/amount/currency",
        ),
        (
            changed(compositions=[{"material": "fabric", "substance": a, "share": 60} for a in ("a", "b")]),
            "plant.shares-over-100",
            "compositions/1/share",
        ),
        (
            changed(
                enterprise={
                    "name": {"en": "x"},
                    "sector": "garment",
                    "workers": 5,
                    "workers_women": 3,
                    "workers_men": 3,
                }
            ),
            "plant.workers-sum",
            "enterprise/workers",
        ),
        (
            changed(equipment=[{"id": "e", "name": {"en": "x"}, "kind": "boiler", "hours": 9000}]),
            "plant.too-many-hours",
            "equipment/0/hours",
        ),
        (row("processes", 1, id="ironing"), "plant.process-without-streams", "processes/1/id"),
        (row("processes", 0, kind="cuttting"), "plant.unknown-process-kind", "processes/0/kind"),
        (row("materials", 0, kind="fabrik"), "plant.unknown-material-kind", "materials/0/kind"),
        (
            changed(enterprise={"name": {"en": "x"}, "sector": "garment", "subsector": "brewry"}),
            "plant.unknown-subsector",
            "enterprise/subsector",
        ),
        (row("processes", 0, name={"en": "=1+1"}), "plant.formula-text", "processes/0/name/en"),
        (row("processes", 0, name={"en": "+cmd|'/c calc'!A0"}), "plant.formula-text", "processes/0/name/en"),
        (row("processes", 0, name={"en": "-1+1|x"}), "plant.formula-text", "processes/0/name/en"),
        (row("processes", 0, name={"en": "@SUM(A1)"}), "plant.formula-text", "processes/0/name/en"),
        (row("processes", 0, name={"en": "a\x00b"}), "plant.control-character", "processes/0/name/en"),
        (row("processes", 0, name={"lo": "¦½®¾¨©ó"}), "plant.old-font", "processes/0/name/lo"),
        (row("processes", 0, name={"lo": ";P'9ao"}), "plant.old-font", "processes/0/name/lo"),
    ],
)
def test_each_fault_is_found_at_its_place(raw: dict[str, Any], code: str, path: str) -> None:
    case, findings = inspect(raw, load())
    assert isinstance(case, Case), told(findings)
    assert (code, path) in told(findings)
    for finding in findings:
        for lang in LANGS:
            assert all(finding_text(finding, lang))


def test_a_mistyped_word_is_answered_with_the_nearest() -> None:
    _, findings = inspect(row("streams", 0, material="fabrik"))
    assert [f.facts["nearest"] for f in findings if f.code == "plant.unknown-material"] == ["fabric"]


def test_a_duplicate_names_both_places() -> None:
    _, findings = inspect(row("streams", 1, id="s1"))
    pairs = {(f.where.path, f.facts["other"]) for f in findings if f.code == "plant.duplicate-id"}
    assert pairs == {("streams/0/id", "streams/1/id"), ("streams/1/id", "streams/0/id")}


def test_a_rate_in_either_direction_is_enough() -> None:
    costs = [{"id": "c", "kind": "labour", "amount": {"amount": 1, "currency": "USD"}}]
    for base, quote, rate in (("USD", "LAK", 21600), ("LAK", "USD", 1 / 21600)):
        rates = [{"base": base, "quote": quote, "rate": rate, "date": "2025-06-30"}]
        case = Case.model_validate(changed(costs=costs, rates=rates))
        assert not has_errors(check(case))


@pytest.mark.parametrize("text", ["- dust and lint", "+856 20 5555 1234", "-5", "+5 %", "100 = all", "a@b.la"])
def test_harmless_texts(text: str) -> None:
    _, findings = inspect(row("processes", 0, name={"en": text}))
    assert findings == []


def test_a_missing_price_warns_but_does_not_stop() -> None:
    _, findings = inspect(row("materials", 0, price=None))
    assert [f.severity for f in findings if f.code == "plant.missing-price"] == [Severity.WARNING]


def test_wrong_fields_and_contradictions_are_told_together() -> None:
    raw = row("streams", 0, amount={"value": -5, "unit": "kWh", "source": "bill"})
    raw["streams"][1]["id"] = "s1"
    raw["materials"][2]["category"] = "thing"
    case, findings = inspect(raw, load())
    assert case is None
    assert told(findings) == {
        ("plant.negative", "streams/0/amount/value"),
        ("plant.wrong-choice", "materials/2/category"),
        ("plant.duplicate-id", "streams/0/id"),
        ("plant.duplicate-id", "streams/1/id"),
        ("plant.unit-does-not-fit", "streams/0/amount/unit"),
        ("plant.unknown-stream", "measures/0/stream"),
        ("plant.unknown-stream", "measures/1/stream"),
    }


def test_a_wrong_id_is_told_once_not_at_every_reference() -> None:
    raw = row("materials", 0, id="cotton fabric")
    raw["streams"][0]["material"] = "cotton fabric"
    raw["materials"][1]["value_as"] = "cotton fabric"
    _, findings = inspect(raw)
    assert {f.code for f in findings} == {"plant.bad-id"}


def test_nothing_is_said_about_the_inside_of_a_wrong_record() -> None:
    _, findings = inspect(row("materials", 0, price="45000 kip per kg"), load())
    assert told(findings) == {("plant.wrong-type-record", "materials/0/price")}


def test_every_rule_says_what_it_rules() -> None:
    for rule in (*RULES, *WORD_RULES):
        assert rule.__doc__
        assert rule.__doc__.rstrip().endswith(".")


def test_every_text_of_the_rooms_is_whole() -> None:
    for room in ("plant", "lao", "workbook"):
        for slug, entry in room_texts(room).items():
            if slug != "_":
                assert set(entry) == {"en", "lo", "fix_en", "fix_lo"}, slug
                assert has(f"{room}.{slug}")
                assert "\u0ecd\u0eb2" not in "".join(entry.values()), slug
