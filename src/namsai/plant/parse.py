"""Raw data to a case: every error of every field at once, as findings with a path and plain words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from namsai.findings import Fact, Finding, NamsaiError, error
from namsai.lao.dates import BUDDHIST_OFFSET, is_buddhist_year, parse_date
from namsai.plant.case import SCHEMA, Case

_WRONG_TYPE = {  # code by the first word of pydantic's error type
    "string": "plant.wrong-type-text",
    "int": "plant.wrong-type-whole-number",
    "float": "plant.wrong-type-number",
    "finite": "plant.wrong-type-number",
    "bool": "plant.wrong-type-yes-no",
    "tuple": "plant.wrong-type-list",
    "model": "plant.wrong-type-record",
}
DATE_PATTERN = r"^\d{4}-\d{2}-\d{2}$"
_ID_PATTERN = r"^[A-Za-z0-9][A-Za-z0-9_.-]*$"
CURRENCY_PATTERN = r"^[A-Z]{3}$"
_SHOWN = 60  # characters of a wrong value shown in a finding
_MOST = 5000  # errors listed one by one
_ROWS_SHOWN = 50  # rows of each table whose errors are listed when there are more
MOST_ROWS = 50_000  # rows of all tables together

Location = tuple[str | int, ...]


def path_of(location: Location) -> str:
    """Return the path of a place in the case.

    >>> path_of(("streams", 3, "amount", "value"))
    'streams/3/amount/value'
    """
    return "/".join(str(part) for part in location)


def _show(value: object) -> Fact:
    """Return a wrong value, short enough for a finding."""
    if value is None or (isinstance(value, int | float) and not isinstance(value, bool)):
        return value
    text = value if isinstance(value, str) else type(value).__name__ if isinstance(value, list | dict) else str(value)
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def _pattern(path: str, pattern: str, value: object) -> Finding:
    """Explain a text that does not have the form its field asks for."""
    if pattern == DATE_PATTERN:
        try:
            return error("plant.bad-date", path, value=_show(value), proposal=parse_date(str(value)))
        except NamsaiError as problem:
            found = problem.findings[0]
            code = {"lao.buddhist-date": "plant.buddhist-date"}.get(found.code, "plant.bad-date")
            return error(code, path, value=_show(value), proposal=found.facts.get("proposal"))
    code = {_ID_PATTERN: "plant.bad-id", CURRENCY_PATTERN: "plant.bad-currency"}.get(pattern, "plant.bad-form")
    return error(code, path, value=_show(value))


def _explain(item: Mapping[str, Any]) -> Finding:
    """Turn one of pydantic's errors into a finding."""
    kind: str = item["type"]
    location: Location = item["loc"]
    path, value, context = path_of(location), item["input"], item.get("ctx", {})
    field = str(location[-1]) if location else ""
    if kind == "missing":
        return error("plant.missing", path, name=field)
    if kind == "extra_forbidden":
        return error("plant.unknown-key", path, name=field, value=_show(value))
    if kind in ("greater_than_equal", "greater_than") and isinstance(value, int | float) and value < 0:
        return error("plant.negative", path, name=field, value=_show(value))
    if kind in ("greater_than_equal", "greater_than"):
        return error(
            "plant.too-small", path, name=field, value=_show(value), least=context.get("ge", context.get("gt"))
        )
    if field == "year" and isinstance(value, int) and is_buddhist_year(value):
        return error("plant.buddhist-date", path, value=str(value), proposal=str(value - BUDDHIST_OFFSET))
    if kind in ("less_than_equal", "less_than"):
        return error("plant.too-large", path, name=field, value=_show(value), most=context.get("le", context.get("lt")))
    if kind in ("enum", "literal_error"):
        if path == "schema":
            return error("plant.other-schema", path, value=_show(value), expected=SCHEMA)
        allowed = str(context.get("expected", "")).replace("'", "").replace(" or ", ", ")
        return error("plant.wrong-choice", path, name=field, value=_show(value), allowed=allowed)
    if kind == "string_pattern_mismatch":
        return _pattern(path, str(context.get("pattern", "")), value)
    if kind == "string_too_long":
        return error("plant.too-long", path, name=field, most=context.get("max_length"))
    if kind == "string_too_short":
        return error("plant.missing", path, name=field)
    if kind == "value_error":
        return error("plant.missing", path, name=field)  # Text without Lao and English
    return error(_WRONG_TYPE.get(kind.split("_")[0], "plant.wrong-type-text"), path, name=field, value=_show(value))


def _errors_of(raw: Mapping[str, Any], problem: ValidationError) -> tuple[list[Any], int]:
    """Return pydantic's errors and how many were left out: beyond 5000, those of the first 50 rows of each table."""
    total = problem.error_count()
    if total <= _MOST:
        return problem.errors(include_url=False), 0
    short = {key: value[:_ROWS_SHOWN] if isinstance(value, list | tuple) else value for key, value in raw.items()}
    del problem
    try:
        Case.model_validate(short)
    except ValidationError as fewer:
        shown = fewer.errors(include_url=False)[:_MOST]
        return shown, total - len(shown)
    return [], total


def parse(raw: object) -> tuple[Case | None, list[Finding]]:
    """Make a case of raw data (as read from JSON or from a form), or say everything that is wrong with its fields.

    Args: raw - dict of the shape ``namsai.case/1``. Returns (Case or None, findings): no case when a field is wrong.
    Only single fields are judged here; what must agree between them is judged by `namsai.plant.check`.

    >>> period = {"start": "2025-01-01", "end": "5/1/2025"}
    >>> case, findings = parse({"schema": "namsai.case/1", "id": "x", "period": period})
    >>> case, [f.where.path for f in findings]
    (None, ['enterprise', 'period/end'])
    """
    if not isinstance(raw, Mapping):
        return None, [error("plant.not-a-case", "", value=_show(raw))]
    rows = sum(len(value) for value in raw.values() if isinstance(value, list | tuple))
    if rows > MOST_ROWS:
        return None, [error("plant.too-many-rows", "", rows=rows, most=MOST_ROWS)]
    missing = [] if "schema" in raw else [error("plant.missing", "schema", name="schema")]
    try:
        case = Case.model_validate(raw)
    except ValidationError as problem:
        items, more = _errors_of(raw, problem)
        left = [error("plant.more-errors", "", number=more)] if more else []
        return None, missing + [_explain(item) for item in items] + left
    except RecursionError:
        return None, [error("plant.too-deep", "")]
    return (None, missing) if missing else (case, [])
