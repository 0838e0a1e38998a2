"""Unit conversion through pint, with cached factors. Inside Namsai amounts are plain floats in base units.

Base units: mass kg, energy J, volume m3, area m2, length m, time s, count piece, power W; others as pint's SI base.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from namsai.findings import NamsaiError, error

if TYPE_CHECKING:
    import pint

BASE = {
    "mass": "kg",
    "energy": "J",
    "volume": "m3",
    "area": "m2",
    "length": "m",
    "time": "s",
    "count": "piece",
    "power": "W",
    "share": "1",
}

# Spellings of the trade that pint does not know or reads differently (t is the metric ton, hl the hectolitre).
_SPELLING = {
    "%": "percent",
    "m3": "m**3",
    "m³": "m**3",
    "m2": "m**2",
    "m²": "m**2",
    "t": "metric_ton",
    "tonne": "metric_ton",
    "kl": "kiloliter",
    "hl": "hectoliter",
    "pcs": "piece",
    "pieces": "piece",
    "Nm3": "m**3",
    "1": "dimensionless",
    "": "dimensionless",
}


@cache
def registry() -> pint.UnitRegistry[float]:
    """Return the one unit registry (built when first needed: it costs 0.3 s)."""
    import pint

    reg: pint.UnitRegistry[float] = pint.UnitRegistry()
    reg.define("piece = [count]")
    return reg


# Factors of the everyday units, so that ordinary cases never build the registry. A test holds each against pint.
_EVERYDAY: dict[str, tuple[str, float]] = {
    "kg": ("mass", 1.0),
    "g": ("mass", 1e-3),
    "mg": ("mass", 1e-6),
    "t": ("mass", 1e3),
    "tonne": ("mass", 1e3),
    "J": ("energy", 1.0),
    "kJ": ("energy", 1e3),
    "MJ": ("energy", 1e6),
    "GJ": ("energy", 1e9),
    "TJ": ("energy", 1e12),
    "kWh": ("energy", 3.6e6),
    "MWh": ("energy", 3.6e9),
    "GWh": ("energy", 3.6e12),
    "m3": ("volume", 1.0),
    "l": ("volume", 1e-3),
    "hl": ("volume", 0.1),
    "kl": ("volume", 1.0),
    "m2": ("area", 1.0),
    "m": ("length", 1.0),
    "km": ("length", 1e3),
    "s": ("time", 1.0),
    "min": ("time", 60.0),
    "h": ("time", 3600.0),
    "piece": ("count", 1.0),
    "pieces": ("count", 1.0),
    "pcs": ("count", 1.0),
    "W": ("power", 1.0),
    "kW": ("power", 1e3),
    "MW": ("power", 1e6),
    "%": ("share", 0.01),
    "1": ("share", 1.0),
}
_DIMENSIONS = {
    "[mass]": "mass",
    "[mass] * [length] ** 2 / [time] ** 2": "energy",
    "[length] ** 3": "volume",
    "[length] ** 2": "area",
    "[length]": "length",
    "[time]": "time",
    "[count]": "count",
    "[mass] * [length] ** 2 / [time] ** 3": "power",
    "dimensionless": "share",
}


def everyday_units() -> tuple[str, ...]:
    """Return the unit symbols offered in drop-downs."""
    return tuple(_EVERYDAY)


@lru_cache(maxsize=4096)
def base_factor(unit: str) -> tuple[str, float]:
    """Return the dimension of a unit and the factor to its base unit.

    Args: unit - unit symbol or expression ("kWh", "m3", "kg/h"). Returns (dimension or pint dimensionality, factor).
    Errors: NamsaiError ``quantity.unknown-unit``; ``quantity.offset-unit`` for scales with an offset (°C).

    >>> base_factor("t"), base_factor("kWh")
    (('mass', 1000.0), ('energy', 3600000.0))
    """
    if unit in _EVERYDAY:
        return _EVERYDAY[unit]
    top, bar, bottom = unit.partition("/")
    if bar and top in _EVERYDAY and bottom in _EVERYDAY:
        above, below = _EVERYDAY[top], _EVERYDAY[bottom]
        return ("share" if above[0] == below[0] else f"{above[0]}/{below[0]}"), above[1] / below[1]
    return _by_pint(unit)


def _by_pint(unit: str) -> tuple[str, float]:
    spelled = "/".join(_SPELLING.get(part, part) for part in unit.split("/"))
    try:
        quantity = registry().Quantity(1.0, spelled)
        base = quantity.to_base_units()
        zero = registry().Quantity(0.0, quantity.units).to_base_units().magnitude
    except Exception as problem:
        raise NamsaiError(error("quantity.unknown-unit", unit=unit)) from problem
    if zero != 0:
        raise NamsaiError(error("quantity.offset-unit", unit=unit))
    return _DIMENSIONS.get(str(quantity.dimensionality), str(quantity.dimensionality)), float(base.magnitude)


def convert(value: float, unit: str, to: str) -> float:
    """Convert a value from one unit to another of the same dimension.

    Args: value [unit]; unit; to - unit wanted. Returns value [to].
    Errors: ``quantity.wrong-dimension`` when the units measure different things.

    >>> round(convert(1, "MWh", "GJ"), 9)
    3.6
    """
    have, factor = base_factor(unit)
    want, other = base_factor(to)
    if have != want and have.startswith("[") != want.startswith("["):  # one from the table, the other by pint
        (have, factor), (want, other) = _by_pint(unit), _by_pint(to)
    if have != want:
        raise NamsaiError(error("quantity.wrong-dimension", unit=unit, expected=to))
    return value * factor / other
