"""From a case to a balance: layers, what is left out, what is said."""

from __future__ import annotations

from typing import Any

import pytest

from namsai.balance.model import Balance
from namsai.balance.reconcile import balance
from namsai.findings import Finding, Severity
from namsai.plant.amounts import Plant
from namsai.plant.case import Case
from namsai.texts import finding_text

DEFAULTS = {"meter": 2.0, "weighed": 1.0, "bill": 2.0, "counted": 1.0, "estimated": 20.0, "calculated": 10.0}


def _stream(
    id: str,
    start: str,
    to: str,
    material: str,
    value: float | None = None,
    unit: str = "kg",
    uncertainty: float | None = 2.0,
    source: str = "meter",
) -> dict[str, Any]:
    amount = None if value is None else {"value": value, "unit": unit, "source": source, "uncertainty": uncertainty}
    return {"id": id, "from": start, "to": to, "material": material, "amount": amount}


def _process(id: str, *layers: str) -> dict[str, Any]:
    return {"id": id, "name": {"en": id}, "kind": "other", "balance": list(layers)}


def _material(id: str, category: str, kind: str = "material", **more: Any) -> dict[str, Any]:
    return {"id": id, "name": {"en": id}, "kind": kind, "category": category, **more}


def _balance(
    processes: list[Any], materials: list[Any], streams: list[Any], compositions: tuple[Any, ...] = ()
) -> Balance:
    case = Case.model_validate(
        {
            "schema": "namsai.case/1",
            "id": "plant",
            "enterprise": {"name": {"en": "Plant"}, "sector": "general"},
            "period": {"start": "2025-01-01", "end": "2025-12-31"},
            "processes": processes,
            "materials": materials,
            "streams": streams,
            "compositions": compositions,
        }
    )
    found = balance(Plant(case), DEFAULTS)
    for finding in found.findings:  # every finding speaks both languages, with all its facts
        for lang in ("lo", "en"):
            said = "".join(finding_text(finding, lang))
            assert "{" not in said
            assert said
    return found


def _codes(found: Balance) -> list[str]:
    return [f.code for f in found.findings]


def _one(found: Balance, code: str) -> Finding:
    return next(f for f in found.findings if f.code == code)


FABRIC = [_material("fabric", "raw_material"), _material("garment", "product"), _material("offcut", "waste")]


def test_an_unmeasured_loss_follows_from_the_balance() -> None:
    found = _balance(
        [_process("cut", "mass"), _process("sew", "mass")],
        FABRIC,
        [
            _stream("in", "purchase", "cut", "fabric", 100, "t"),
            _stream("off", "cut", "waste", "offcut"),
            _stream("mid", "cut", "sew", "fabric", 82, "t"),
            _stream("out", "sew", "sale", "garment", 80, "t"),
        ],
    )
    assert found.stream("off").value == pytest.approx(100_000 - found.stream("mid").value)  # type: ignore[operator]
    assert found.stream("off").determined_by == ("cut",)
    assert (found.degrees, found.closes, found.layers) == (1, True, ("mass",))
    assert [(g.gap, g.significant) for g in found.gaps] == [(None, False), (2_000, False)]  # 1.7 standard deviations
    # 2 % expanded uncertainty is 1 % standard uncertainty: mid = (82/820^2 + 80/800^2) / (1/820^2 + 1/800^2)
    weights = (1 / 820**2, 1 / 800**2)
    assert found.stream("mid").value == pytest.approx((82e3 * weights[0] + 80e3 * weights[1]) / sum(weights))
    assert found.stream("mid").sd == pytest.approx(sum(weights) ** -0.5)
    assert found.stream("off").sd == pytest.approx((1000**2 + 1 / sum(weights)) ** 0.5)


def test_a_contradiction_names_process_gap_percent_and_meters() -> None:
    found = _balance(
        [_process("cut", "mass"), _process("sew", "mass")],
        FABRIC,
        [
            _stream("in", "purchase", "cut", "fabric", 100, "t"),
            _stream("off", "cut", "waste", "offcut", 10, "t"),
            _stream("mid", "cut", "sew", "fabric", 70, "t"),
            _stream("out", "sew", "sale", "garment", 70, "t"),
        ],
    )
    said = _one(found, "balance.does-not-close")
    assert said.severity is Severity.WARNING
    assert said.where.path == "processes/0"
    assert {k: said.facts[k] for k in ("process", "gap", "unit", "percent")} == {
        "process": "cut",
        "gap": 20_000,
        "unit": "kg",
        "percent": 20.0,
    }
    assert found.suspects[0].streams == ("in", "off")
    assert found.suspects[0].processes == ("cut",)
    assert found.suspects[0].bias == pytest.approx(20_000)
    assert said.facts["suspects"] == "in, off, mid"
    assert _one(found, "balance.leak").facts["amount"] == pytest.approx(20_000)
    assert not found.closes
    cut, sew = found.gaps
    assert (cut.inflow, cut.outflow, cut.gap, cut.significant) == (100_000, 80_000, 20_000, True)
    assert (sew.gap, sew.significant) == (0, False)
    assert found.objective > found.critical


def test_more_out_than_in_is_said_as_such() -> None:
    found = _balance(
        [_process("cut", "mass")],
        FABRIC,
        [_stream("in", "purchase", "cut", "fabric", 70), _stream("out", "cut", "sale", "garment", 100)],
    )
    assert _one(found, "balance.comes-from-nothing").facts["gap"] == 30
    assert _one(found, "balance.unrecorded-input").facts["amount"] == 30


def test_processes_joined_by_an_unmeasured_stream_are_named_together() -> None:
    found = _balance(
        [_process("cut", "mass"), _process("sew", "mass")],
        FABRIC,
        [
            _stream("in", "purchase", "cut", "fabric", 100),
            _stream("mid", "cut", "sew", "fabric"),
            _stream("out", "sew", "sale", "garment", 70),
        ],
    )
    assert [g.gap for g in found.gaps] == [None, None]
    assert _one(found, "balance.joined").facts["processes"] == "cut, sew"
    assert _one(found, "balance.joined").facts["gap"] == 30


def test_layers_of_mass_energy_and_a_substance() -> None:
    found = _balance(
        [_process("boiler", "energy"), _process("wash", "mass", "fibre")],
        [
            _material("coal", "energy", "coal", heating_value=20.0),
            _material("steam", "energy", "steam"),
            _material("power", "energy", "electricity"),
            _material("wet", "raw_material"),
            _material("dry", "product"),
            _material("water", "water", "water", density=1000.0),
            _material("drain", "waste_water", density=1000.0),
        ],
        [
            _stream("c", "purchase", "boiler", "coal", 1, "t"),
            _stream("s", "boiler", "wash", "steam"),
            _stream("p", "purchase", "wash", "power", 10, "kWh"),
            _stream("w", "purchase", "wash", "wet", 1000),
            _stream("h", "purchase", "wash", "water", 2, "m3"),
            _stream("d", "wash", "drain", "drain"),
            _stream("o", "wash", "sale", "dry"),
        ],
        (
            {"material": "wet", "substance": "fibre", "share": 45},
            {"material": "dry", "substance": "fibre", "share": 90},
        ),
    )
    assert found.layers == ("energy", "mass", "fibre")
    assert found.stream("s").value == pytest.approx(20e9)  # 1 t * 20 MJ/kg in J
    assert found.stream("o").value == pytest.approx(500)  # 1000 kg * 45 % / 90 %
    assert found.stream("d").value == pytest.approx(1000 + 2000 - 500)
    assert found.stream("o").determined_by == ("wash",)
    assert _one(found, "balance.share-absent").facts["materials"] == "water, drain"
    assert "balance.not-checked" in _codes(found)
    assert found.closes


@pytest.mark.parametrize(
    ("unit", "category", "code"),
    [
        ("m3", "raw_material", "balance.no-mass-volume"),
        ("piece", "raw_material", "balance.no-mass-piece"),
        ("m2", "raw_material", "balance.no-mass"),
        ("kWh", "raw_material", "balance.no-mass"),
    ],
)
def test_what_has_no_mass_is_named_and_its_balance_left_out(unit: str, category: str, code: str) -> None:
    found = _balance(
        [_process("cut", "mass"), _process("sew", "mass")],
        [*FABRIC, _material("odd", category)],
        [
            _stream("in", "purchase", "cut", "fabric", 100),
            _stream("x", "purchase", "cut", "odd", 5, unit),
            _stream("mid", "cut", "sew", "fabric", 90),
            _stream("out", "sew", "sale", "garment", 90),
        ],
    )
    said = _one(found, code)
    assert (said.facts["stream"], said.facts["processes"], said.where.path) == ("x", "cut", "streams/1")
    assert [g.process for g in found.gaps] == ["sew"]
    assert found.stream("x").value == pytest.approx(found.stream("x").measured)


def test_electricity_has_no_mass_and_fuel_needs_a_heating_value() -> None:
    found = _balance(
        [_process("cut", "mass", "energy")],
        [*FABRIC, _material("power", "energy", "electricity"), _material("wood", "energy", "wood_fuel")],
        [
            _stream("in", "purchase", "cut", "fabric", 100),
            _stream("out", "cut", "sale", "garment", 100),
            _stream("p", "purchase", "cut", "power", 5, "kWh"),
            _stream("f", "purchase", "cut", "wood", 0, "kg", 0.0),
        ],
    )
    assert [(g.layer, g.gap) for g in found.gaps] == [("mass", 0)]
    assert _one(found, "balance.no-heating-value").facts["stream"] == "f"


def test_streams_that_cannot_be_known_say_how_many_meters_are_missing() -> None:
    found = _balance(
        [_process("cut", "mass")],
        FABRIC,
        [
            _stream("in", "purchase", "cut", "fabric", 100),
            _stream("o1", "cut", "waste", "offcut"),
            _stream("o2", "cut", "recycler", "offcut"),
            _stream("out", "cut", "sale", "garment", 80),
            _stream("far", "purchase", "sale", "garment"),
        ],
    )
    said = _one(found, "balance.not-observable")
    assert (said.facts["streams"], said.facts["number"]) == ("o1, o2", 1)
    assert said.facts["meters"] in {"o1", "o2"}
    assert _one(found, "balance.not-measured").facts["streams"] == "far"
    for name in ("o1", "o2", "far"):
        assert (found.stream(name).value, found.stream(name).sd, found.stream(name).observable) == (None, None, False)


def test_backward_streams_are_bounded_and_named() -> None:
    found = _balance(
        [_process("cut", "mass")],
        FABRIC,
        [
            _stream("in", "purchase", "cut", "fabric", 100),
            _stream("out", "cut", "sale", "garment", 101),
            _stream("off", "cut", "waste", "offcut"),
        ],
    )
    assert found.stream("off").value == 0
    assert found.stream("in").value == pytest.approx(found.stream("out").value)
    assert _one(found, "balance.negative").facts["streams"] == "off"
    assert found.closes


def test_defaults_zeros_and_contradicting_exact_values_are_told() -> None:
    found = _balance(
        [_process("cut", "mass"), _process("sew", "mass")],
        FABRIC,
        [
            _stream("in", "purchase", "cut", "fabric", 100, uncertainty=None, source="estimated"),
            _stream("off", "cut", "waste", "offcut", 0),
            _stream("mid", "cut", "sew", "fabric", 100, uncertainty=0),
            _stream("out", "sew", "sale", "garment", 90, uncertainty=0),
        ],
    )
    assert _one(found, "balance.default-estimated").facts["percent"] == 20
    assert found.stream("in").measured_sd == pytest.approx(10)
    assert _one(found, "balance.zero-measured").where.path == "streams/1/amount"
    assert _one(found, "balance.exact-contradiction").facts["gap"] == 10
    assert not found.closes


def test_without_balances_or_streams_everything_stays_as_measured() -> None:
    found = _balance([_process("cut")], FABRIC, [_stream("in", "purchase", "cut", "fabric", 100)])
    assert (found.objective, found.degrees, found.closes, found.gaps) == (0, 0, True, ())
    assert found.stream("in").value == 100
    assert _codes(found) == ["balance.nothing-to-close"]
    assert _balance([], [], []).streams == ()


def test_an_unknown_layer_and_a_missing_default_are_findings() -> None:
    found = _balance([_process("cut", "cotton")], FABRIC, [_stream("in", "purchase", "cut", "fabric", 100)])
    assert _one(found, "balance.unknown-layer").facts["layer"] == "cotton"
    case = Case.model_validate(
        {
            "id": "p",
            "enterprise": {"name": {"en": "P"}, "sector": "general"},
            "period": {"start": "2025-01-01", "end": "2025-12-31"},
            "materials": FABRIC,
            "streams": [_stream("in", "purchase", "sale", "fabric", 1, uncertainty=None)],
        }
    )
    none = balance(Plant(case), {})
    assert [f.severity for f in none.findings if f.code == "balance.no-uncertainty"] == [Severity.ERROR]
