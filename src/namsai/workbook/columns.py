"""The columns of the form, derived from the models of the case: one truth for form, reader and round trip."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cache
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from namsai.plant.case import Case
from namsai.plant.check_links import REFERENCES
from namsai.plant.fields import Currency, Id, IsoDate, Record, Unit

_LAST = ("ref", "assumption", "note")
_PATTERNS = {
    get_args(IsoDate)[1].pattern: "date",
    get_args(Id)[1].pattern: "id",
    get_args(Currency)[1].pattern: "currency",
}
_UNIT_LENGTH = get_args(Unit)[1].max_length


@dataclass(frozen=True, slots=True)
class Column:
    """One field of a table as a column. `key` is its path in the record (``amount.value``).

    `kind`: text, id, currency, unit, date, number, whole, yes_no, choice, ids. `parts` names field and record class of
    each step. `required`: the record cannot be without it; `needed_with`: the outer field it is needed with.
    """

    key: str
    kind: str
    parts: tuple[tuple[str, str], ...]
    choices: tuple[str, ...] = ()
    required: bool = False
    needed_with: str = ""
    empty_default: bool = True


def _plain(annotation: Any) -> tuple[Any, list[Any]]:
    """Take Optional and Annotated off a type; return the type and the constraints found."""
    notes: list[Any] = []
    while True:
        if get_origin(annotation) is Annotated:
            annotation, *more = get_args(annotation)
            notes += more
        elif get_origin(annotation) in (Union, UnionType):
            annotation = next(a for a in get_args(annotation) if a is not type(None))
        else:
            return annotation, notes


def _kind(annotation: Any, notes: list[Any]) -> tuple[str, tuple[str, ...]]:
    """Return the kind of a column and its choices."""
    if get_origin(annotation) is Literal:
        return "choice", tuple(str(a) for a in get_args(annotation))
    if get_origin(annotation) is tuple:
        return "ids", ()
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return "choice", tuple(str(member.value) for member in annotation)
    if annotation is str:
        for note in notes:
            if found := _PATTERNS.get(getattr(note, "pattern", None) or ""):
                return found, ()
        short = any(getattr(note, "max_length", None) == _UNIT_LENGTH for note in notes)
        return ("unit" if short else "text"), ()
    return {bool: "yes_no", int: "whole", float: "number"}[annotation], ()


@cache
def columns(model: type[Record]) -> tuple[Column, ...]:
    """Return the columns of a record: nested records flattened, where a figure comes from last.

    >>> from namsai.plant.records import Stream
    >>> [c.key for c in columns(Stream)][:7]
    ['id', 'from', 'to', 'material', 'amount.value', 'amount.unit', 'amount.source']
    """
    return tuple(_columns(model, "", (), True, ""))


def _columns(
    model: type[Record], prefix: str, parts: tuple[tuple[str, str], ...], needed: bool, outer: str
) -> Iterator[Column]:
    """Walk the fields of a model and of the records in it."""
    names = [n for n in model.model_fields if n not in _LAST] + [n for n in _LAST if n in model.model_fields]
    for name in names:
        info = model.model_fields[name]
        key = info.alias or name
        annotation, notes = _plain(info.annotation)
        notes = [*info.metadata, *notes]
        here = (*parts, (key, model.__name__.lower()))
        must = info.is_required()
        if isinstance(annotation, type) and issubclass(annotation, Record):
            below = "" if needed and must else outer or f"{prefix}{key}"
            yield from _columns(annotation, f"{prefix}{key}.", here, needed and must, below)
            continue
        kind, choices = _kind(annotation, notes)
        empty = kind != "ids" or info.default == ()
        yield Column(f"{prefix}{key}", kind, here, choices, needed and must, outer if must else "", empty)


@cache
def tables() -> dict[str, type[Record]]:
    """Return the tables of the case (lists of records) with their model, in the order of the case."""
    found: dict[str, type[Record]] = {}
    for name, info in Case.model_fields.items():
        annotation, _ = _plain(info.annotation)
        if get_origin(annotation) is tuple:
            found[name] = get_args(annotation)[0]
    return found


@cache
def value_columns() -> tuple[Column, ...]:
    """Return the single values of the case (id, enterprise, period, finance, output) as columns."""
    sections = [n for n in Case.model_fields if n not in tables() and n != "schema_"]
    found = {c.key: c for c in _columns(Case, "", (), True, "") if c.parts[0][0] in sections} if sections else {}
    return tuple(found.values())


@cache
def references() -> dict[tuple[str, str], str]:
    """Return which table the ids of a column point to: (table, key) -> table."""
    found = {(table, field): target for table, field, target in REFERENCES}
    found |= {("measures", "excludes"): "measures", ("measures", "requires"): "measures"}
    found |= {(table, "ref"): "sources" for table in (*tables(), "values")}
    return found


def cell_values(record: Record, fields: tuple[Column, ...]) -> Iterator[tuple[Column, Any]]:
    """Walk the values of a record that a form shows: no empty ones, no "no" that is the default."""
    for column in fields:
        value: Any = record
        for name, _ in column.parts:
            value = getattr(value, name if hasattr(value, name) else f"{name}_", None)
            if value is None:
                break
        if value is None or (value is False and not column.key.endswith("enters_product")):
            continue
        if column.kind == "ids" and value == () and column.empty_default:
            continue
        yield column, value
