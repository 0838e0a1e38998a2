"""Run a calculator by its name: check the inputs, call the function, give the outputs in the units wanted."""

from __future__ import annotations

import importlib
from typing import Any

from namsai.calculators.model import Calculator, Function, Output, Values
from namsai.calculators.reading import read_document
from namsai.calculators.table import CALCULATORS
from namsai.findings import Finding, NamsaiError, error


def run(name: str, document: object) -> dict[str, Any]:
    """Run one calculation method.

    Args: name - of the method; document - ``{"inputs": {name: {"value", "unit"}}, "units": {output: unit}}``.
    Returns ``{"outputs": {name: {"value", "unit"}}, "findings": [Finding], "method": {"formula", "source"}}``; with an
    error among the findings there are no outputs. An output that has no value is there with value None and a finding
    says why.
    Errors: NamsaiError ``calculators.unknown-calculator``.

    >>> run("crf", {"inputs": {"rate": {"value": 10, "unit": "%"}, "n": 10}})["outputs"]["crf"]["unit"]
    '1'
    """
    calculator = CALCULATORS.get(name)
    if calculator is None:
        raise NamsaiError(error("calculators.unknown-calculator", name=name))
    values, wanted, wrong = read_document(calculator, document)
    method = {"formula": calculator.formula, "source": calculator.source}
    if wrong:
        return {"outputs": {}, "findings": wrong, "method": method}
    try:
        found, findings = _function(calculator)(values)
        outputs, more = _outputs(calculator, values, found, wanted)
    except NamsaiError as problem:
        return {"outputs": {}, "findings": list(problem.findings), "method": method}
    return {"outputs": outputs, "findings": [*findings, *more], "method": method}


def _function(calculator: Calculator) -> Function:
    module, _, name = calculator.function.partition(":")
    function: Function = getattr(importlib.import_module(module), name)
    return function


def _outputs(
    calculator: Calculator, values: Values, found: dict[str, Any], wanted: dict[str, str]
) -> tuple[dict[str, Any], list[Finding]]:
    """Give each output its unit, converted where another one is wanted."""
    outputs, wrong = {}, []
    for spec in calculator.outputs:
        if spec.name not in found:
            continue
        value, unit = found[spec.name], _unit(spec, values)
        if spec.name in wanted and wanted[spec.name] != unit:
            try:
                value, unit = _converted(value, unit, wanted[spec.name]), wanted[spec.name]
            except NamsaiError as problem:
                wrong += [error(f.code, f"units/{spec.name}", **f.facts) for f in problem.findings]
                continue
        outputs[spec.name] = {"value": value, "unit": unit}
    return outputs, wrong


def _unit(spec: Output, values: Values) -> str:
    unit = spec.unit.replace("money", values.currency or "money")
    for name, given in (values.units | {n: v for n, v in values.numbers.items() if isinstance(v, str)}).items():
        unit = unit.replace(f"{{{name}}}", given)
    return unit if "{" not in unit else unit.split("{")[0].rstrip("/") or "1"


def _converted(value: Any, unit: str, to: str) -> Any:
    from namsai.quantity.units import convert

    if isinstance(value, list | tuple):
        return [_converted(v, unit, to) for v in value]
    if isinstance(value, dict):
        return {k: _converted(v, unit, to) for k, v in value.items()}
    return None if value is None else convert(value, unit, to)
