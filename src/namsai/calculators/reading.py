"""Reading the document of a call: every input checked and converted, all mistakes found at once."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from namsai.calculators.model import Calculator, Input, Values
from namsai.findings import Finding, NamsaiError, error

_CURRENCY = re.compile(r"^[A-Z]{3}$")
_PLAIN = ("1", "money", "any", "year")  # a bare number is understood
_NUMBERS = ("number", "integer", "list", "indices", "table", "pairs", "record", "tree")


def read_document(calculator: Calculator, document: object) -> tuple[Values, dict[str, str], list[Finding]]:
    """Check a document ``{"inputs": {...}, "units": {...}}``.

    An input is ``{"value": ..., "unit": "..."}``; a bare value is understood where the unit is 1, money or year.
    Args: calculator; document - as parsed from JSON. Returns the values, the units wanted for outputs, and the mistakes
    (``calculators.*``, ``quantity.*``), all of them; with mistakes the values are not to be used.
    """
    if not isinstance(document, Mapping) or not isinstance(document.get("inputs"), Mapping):
        return Values({}), {}, [error("calculators.no-inputs", "inputs")]
    wrong = [error("calculators.unknown-key", str(k), part=str(k)) for k in document if k not in ("inputs", "units")]
    given, known = document["inputs"], {i.name: i for i in calculator.inputs}
    wrong += [
        error("calculators.unknown-input", f"inputs/{k}", input=str(k), known=", ".join(known))
        for k in given
        if k not in known
    ]
    numbers: dict[str, Any] = {}
    units: dict[str, str] = {}
    currencies: dict[str, str] = {}
    for spec in calculator.inputs:
        path = f"inputs/{spec.name}"
        raw = given.get(spec.name)
        if raw is None:
            if spec.required:
                wrong.append(error("calculators.missing-input", path, input=spec.name))
            numbers[spec.name] = spec.default
            continue
        try:
            numbers[spec.name], units[spec.name] = _read(spec, raw, path)
        except NamsaiError as problem:
            wrong += problem.findings
            continue
        if spec.unit == "money" and units[spec.name]:
            currencies[spec.name] = units[spec.name]
    if len(set(currencies.values())) > 1:
        wrong.append(
            error("calculators.mixed-currency", "inputs", currencies=", ".join(sorted(set(currencies.values()))))
        )
    wanted, more = _wanted(calculator, document.get("units"))
    return Values(numbers, units, next(iter(currencies.values()), "")), wanted, wrong + more


def _wanted(calculator: Calculator, units: object) -> tuple[dict[str, str], list[Finding]]:
    """Read the units wanted for outputs."""
    if units is None:
        return {}, []
    if not isinstance(units, Mapping):
        return {}, [error("calculators.bad-units", "units")]
    known = {o.name for o in calculator.outputs}
    wrong = [
        error("calculators.unknown-output", f"units/{k}", output=str(k), known=", ".join(sorted(known)))
        for k, v in units.items()
        if k not in known or not isinstance(v, str)
    ]
    return {k: v for k, v in units.items() if k in known and isinstance(v, str)}, wrong


def _read(spec: Input, raw: object, path: str) -> tuple[Any, str]:
    """Return the value in the unit of the function and the unit that was given."""
    unit, value = "", raw
    if isinstance(raw, Mapping) and "value" in raw and not set(raw) - {"value", "unit"}:
        value, unit = raw["value"], raw.get("unit") or ""
        if not isinstance(unit, str):
            raise NamsaiError(error("calculators.bad-unit", path, input=spec.name))
    if spec.shape in _NUMBERS and not unit and spec.unit not in _PLAIN:
        raise NamsaiError(error("calculators.unit-missing", path, input=spec.name, unit=spec.unit))
    checked = _shaped(spec, value, path)
    if not unit or spec.shape not in _NUMBERS:
        return _limited(spec, checked, path), unit
    if spec.unit == "money":
        if not _CURRENCY.match(unit):
            raise NamsaiError(error("calculators.no-currency", path, input=spec.name, unit=unit))
        return _limited(spec, checked, path), unit
    if spec.unit == "any":
        return _limited(spec, checked, path), unit
    from namsai.quantity.units import base_factor

    (have, factor), (want, other) = _factor(base_factor, unit, path), base_factor(spec.unit)
    if have != want:
        raise NamsaiError(error("quantity.wrong-dimension", path, unit=unit, expected=spec.unit))
    return _limited(spec, _scaled(checked, factor / other), path), unit


def _factor(base_factor: Any, unit: str, path: str) -> tuple[str, float]:
    try:
        found: tuple[str, float] = base_factor(unit)
    except NamsaiError as problem:
        raise NamsaiError(*(error(f.code, path, **f.facts) for f in problem.findings)) from problem
    return found


def _scaled(value: Any, factor: float) -> Any:
    if value is None or factor == 1:
        return value
    if isinstance(value, list):
        return [_scaled(v, factor) for v in value]
    if isinstance(value, dict):
        return {k: _scaled(v, factor) for k, v in value.items()}
    return value * factor


def _shaped(spec: Input, value: object, path: str) -> Any:
    """Return the value when it has the shape wanted."""
    match spec.shape:
        case "number" | "integer":
            return _number(spec, value, path)
        case "list" | "indices":
            return _each(_list(spec, value, path), path, lambda v, place: _number(spec, v, place))
        case "table" | "pairs":
            return _each(
                _list(spec, value, path),
                path,
                lambda row, place: _each(_list(spec, row, place), place, lambda v, at: _number(spec, v, at)),
            )
        case "record":
            if not isinstance(value, Mapping):
                raise NamsaiError(error("calculators.wrong-shape", path, input=spec.name, shape=spec.shape))
            return _record(spec, value, path)
        case "tree":
            if not isinstance(value, Mapping) or not all(isinstance(row, Mapping) for row in value.values()):
                raise NamsaiError(error("calculators.wrong-shape", path, input=spec.name, shape=spec.shape))
            rows = [(f"{path}/{k}", row) for k, row in value.items()]
            return dict(zip(map(str, value), _each(rows, "", lambda r, _: _record(spec, r[1], r[0])), strict=True))
        case "flag":
            if not isinstance(value, bool):
                raise NamsaiError(error("calculators.wrong-shape", path, input=spec.name, shape=spec.shape))
            return value
        case "choice":
            if value not in spec.choices:
                known = ", ".join(spec.choices)
                raise NamsaiError(error("calculators.bad-choice", path, input=spec.name, value=str(value), known=known))
            return value
        case "dates" | "names" | "records":
            return _list(spec, value, path)
        case _:
            if not isinstance(value, str):
                raise NamsaiError(error("calculators.wrong-shape", path, input=spec.name, shape=spec.shape))
            return value


def _each(items: Sequence[Any], path: str, read: Callable[[Any, str], Any]) -> list[Any]:
    """Read every item; the mistakes of all of them are raised together."""
    out: list[Any] = []
    wrong: list[Finding] = []
    for i, item in enumerate(items):
        try:
            out.append(read(item, f"{path}/{i}"))
        except NamsaiError as problem:
            wrong += problem.findings
    if wrong:
        raise NamsaiError(*wrong)
    return out


def _record(spec: Input, value: Mapping[Any, Any], path: str) -> dict[str, Any]:
    pairs = list(value.items())
    return dict(
        zip(map(str, value), _each(pairs, path, lambda p, _: _number(spec, p[1], f"{path}/{p[0]}")), strict=True)
    )


def _list(spec: Input, value: object, path: str) -> list[Any]:
    if not isinstance(value, list | tuple):
        raise NamsaiError(error("calculators.wrong-shape", path, input=spec.name, shape=spec.shape))
    return list(value)


def _number(spec: Input, value: object, path: str) -> float | int | None:
    if value is None and spec.gaps:
        return None
    whole = spec.shape in ("integer", "indices", "pairs")
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise NamsaiError(error("calculators.not-a-number", path, input=spec.name, value=str(value)))
    if whole and value != int(value):
        raise NamsaiError(error("calculators.not-whole", path, input=spec.name, value=float(value)))
    return int(value) if whole else float(value)


def _limited(spec: Input, value: Any, path: str) -> Any:
    """Return the value when every number of it lies within the limits."""
    todo, wrong = [(path, value)], []
    while todo:
        place, item = todo.pop()
        if isinstance(item, list):
            todo += [(f"{place}/{i}", v) for i, v in enumerate(item)]
        elif isinstance(item, dict):
            todo += [(f"{place}/{k}", v) for k, v in item.items()]
        elif isinstance(item, int | float) and not isinstance(item, bool):
            low = spec.low is not None and item < spec.low
            above = spec.above is not None and item <= spec.above
            if low or above or (spec.high is not None and item > spec.high):
                wrong.append(error("calculators.out-of-range", place, input=spec.name, value=item, range=limits(spec)))
    if wrong:
        raise NamsaiError(*wrong)
    return value


def limits(spec: Input) -> str:
    """Write the range of an input, for example ``> 0``, ``0 ... 1``."""
    if spec.above is not None:
        return f"> {spec.above:g}" if spec.high is None else f"> {spec.above:g} ... {spec.high:g}"
    if spec.low is None:
        return "" if spec.high is None else f"<= {spec.high:g}"
    return f">= {spec.low:g}" if spec.high is None else f"{spec.low:g} ... {spec.high:g}"
