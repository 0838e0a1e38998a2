"""What the registry says of itself: names, list, schema of a calculator."""

from __future__ import annotations

from typing import Any

from namsai.calculators.model import Input
from namsai.calculators.reading import limits
from namsai.calculators.table import CALCULATORS
from namsai.findings import NamsaiError, error
from namsai.texts import Lang, text

_TYPES: dict[str, dict[str, Any]] = {
    "number": {"type": "number"},
    "integer": {"type": "integer"},
    "list": {"type": "array", "items": {"type": "number"}},
    "table": {"type": "array", "items": {"type": "array", "items": {"type": "number"}}},
    "pairs": {"type": "array", "items": {"type": "array", "items": {"type": "integer"}, "minItems": 2, "maxItems": 2}},
    "indices": {"type": "array", "items": {"type": "integer"}},
    "tree": {"type": "object", "additionalProperties": {"type": "object"}},
    "dates": {"type": "array", "items": {"type": "string", "format": "date"}},
    "names": {"type": "array", "items": {"type": "string"}},
    "flag": {"type": "boolean"},
    "record": {"type": "object", "additionalProperties": {"type": "number"}},
    "records": {"type": "array"},
    "text": {"type": "string"},
    "choice": {"type": "string"},
}


def names() -> tuple[str, ...]:
    """Return the names of all calculators, by group and name."""
    return tuple(CALCULATORS)


def listing(lang: Lang = "en") -> list[dict[str, str]]:
    """Return name, group, title, formula and source of every calculator."""
    return [
        {"name": c.name, "group": c.group, "title": text(c.text_key, lang), "formula": c.formula, "source": c.source}
        for c in CALCULATORS.values()
    ]


def schema(name: str, lang: Lang = "en") -> dict[str, Any]:
    """Return the JSON schema of a calculator's document, with its outputs beside it.

    Errors: NamsaiError ``calculators.unknown-calculator``.
    """
    calculator = CALCULATORS.get(name)
    if calculator is None:
        raise NamsaiError(error("calculators.unknown-calculator", name=name))
    inputs = {i.name: _input(i, lang) for i in calculator.inputs}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": text(calculator.text_key, lang),
        "type": "object",
        "required": ["inputs"],
        "additionalProperties": False,
        "properties": {
            "inputs": {
                "type": "object",
                "additionalProperties": False,
                "required": [i.name for i in calculator.inputs if i.required],
                "properties": inputs,
            },
            "units": {
                "type": "object",
                "additionalProperties": False,
                "properties": {o.name: {"type": "string"} for o in calculator.outputs},
            },
        },
        "outputs": {
            o.name: {"unit": o.unit, "shape": o.shape, "description": text(o.text_key, lang)}
            for o in calculator.outputs
        },
        "method": {"formula": calculator.formula, "source": calculator.source},
    }


def _input(spec: Input, lang: Lang) -> dict[str, Any]:
    plain = dict(_TYPES[spec.shape])
    if spec.shape == "choice":
        plain["enum"] = list(spec.choices)
    quantity = {
        "type": "object",
        "required": ["value"],
        "additionalProperties": False,
        "properties": {"value": plain, "unit": {"type": "string", "examples": [spec.unit]}},
    }
    described: dict[str, Any] = {
        "description": text(spec.text_key, lang),
        "unit": spec.unit,
        "anyOf": [plain, quantity],
    }
    if limits(spec):
        described["range"] = limits(spec)
    if spec.default is not None:
        described["default"] = spec.default
    return described


_PAGE_HEAD = """# Calculators

Every calculation method that stands by itself, by name. List them with `namsai calc --list`, see what one needs with
`namsai calc NAME --schema`, run one with `namsai calc NAME < in.json`:

    {"inputs": {"rate": {"value": 10, "unit": "%"}, "cashflows": {"value": [-1000, 400, 500, 600], "unit": "USD"}}}

- An input is a value with its unit; any unit of the right dimension is accepted. Where the unit is `1` (a share or a
  pure number), `money` (any one currency), `any` or `year`, a bare number is understood. Missing is not zero: a
  required input without a value is an error, and all errors come at once.
- The answer is `{"outputs": ..., "findings": [...], "method": {"formula": ..., "source": ...}}`. Another unit of an
  output is asked for with `"units": {"years": "month"}`.

This page is written by `python -c "from namsai.calculators.describe import page; print(page(), end='')"`; a test
compares.
"""


def page() -> str:
    """Return the page ``docs/calculators.md``: every calculator with its inputs, outputs, formula and source."""
    parts, group = [_PAGE_HEAD], ""
    for c in CALCULATORS.values():
        if c.group != group:
            group = c.group
            parts.append(f"\n## {text(f'calculators.group-{group}', 'en')}\n")
        inputs = ", ".join(f"`{i.name}` [{i.unit}]" + ("" if i.required else "?") for i in c.inputs)
        outputs = ", ".join(f"`{o.name}` [{o.unit}]" for o in c.outputs)
        parts.append(
            f"\n### `{c.name}`: {text(c.text_key, 'en')}\n\n- in (`?` = may be left out): {inputs}\n- out: {outputs}\n"
            f"- formula: {c.formula}\n- source: {c.source}\n"
        )
    return "".join(parts)
