"""Units: the cached everyday factors are pint's, conversions go back and forth, wrong ones are refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from namsai.findings import NamsaiError
from namsai.quantity import units


@pytest.mark.parametrize("unit", units.everyday_units())
def test_everyday_factor_is_pints(unit: str) -> None:
    dimension, factor = units._EVERYDAY[unit]
    quantity = units.registry().Quantity(1.0, units._SPELLING.get(unit, unit)).to_base_units()
    assert factor == pytest.approx(quantity.magnitude, rel=1e-12)
    assert units._DIMENSIONS[str(quantity.dimensionality)] == dimension


@given(st.floats(-1e12, 1e12), st.sampled_from(["kg", "t", "g"]), st.sampled_from(["kg", "t", "mg"]))
def test_there_and_back(value: float, unit: str, other: str) -> None:
    assert units.convert(units.convert(value, unit, other), other, unit) == pytest.approx(value, rel=1e-12)


def test_hectolitre_per_hour_is_read_by_pint() -> None:
    assert units.convert(1, "hectoliter/hour", "m**3/s") == pytest.approx(0.1 / 3600)


@pytest.mark.parametrize(
    ("unit", "to", "code"),
    [
        ("kWh", "kg", "quantity.wrong-dimension"),
        ("kg", "furlongs of love", "quantity.unknown-unit"),
        ("degC", "K", "quantity.offset-unit"),
        ("kWh", "", "quantity.wrong-dimension"),
    ],
)
def test_wrong_units_are_named(unit: str, to: str, code: str) -> None:
    with pytest.raises(NamsaiError) as caught:
        units.convert(1, unit, to)
    assert caught.value.findings[0].code == code


@pytest.mark.parametrize(("unit", "to"), [("m3/t", "l/kg"), ("kWh/hl", "MJ/m3"), ("kWh/t", "Btu/lb"), ("hl/hl", "%")])
def test_intensities_agree_with_pint(unit: str, to: str) -> None:
    expected = units._by_pint(unit)[1] / units._by_pint(to)[1]
    assert units.convert(1, unit, to) == pytest.approx(expected, rel=1e-12)
