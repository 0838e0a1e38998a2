"""Random cases, made from the models themselves: every field of every table is filled at times."""

from __future__ import annotations

import types
from enum import Enum
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from hypothesis import strategies as st

from namsai.plant.case import Case
from namsai.plant.fields import Record

_LETTERS = st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Co", "Cn"))
_TEXTS = st.one_of(
    st.text(_LETTERS, min_size=1, max_size=20),
    st.text(alphabet="ກຂຄງຈສນ້ຳໃສແລະ ໜໝ\u200b", min_size=1, max_size=20),
    st.sampled_from(
        ["=1+1", "#", "#example", "-", "_x0041_", "a\nb", "a | b", "1.234", "007", "2025-01-01", "TRUE", "'x"]
    ),
    st.sampled_from(["namsai:streams", "http://x.la", "a\tb", "&amp;<b>", "\u2028x"]),
).map(str.strip)


def _text(least: int, most: int | None) -> st.SearchStrategy[str]:
    return _TEXTS.filter(lambda t: least <= len(t) <= (most or 300))


def _value(annotation: Any, notes: list[Any]) -> st.SearchStrategy[Any]:
    origin = get_origin(annotation)
    if origin is Annotated:
        inner, *more = get_args(annotation)
        return _value(inner, [*notes, *more])
    if origin in (Union, types.UnionType):
        inner = next(a for a in get_args(annotation) if a is not type(None))
        return st.one_of(st.none(), _value(inner, notes))
    if origin is Literal:
        return st.sampled_from(get_args(annotation))
    if origin is tuple:
        return st.lists(_value(get_args(annotation)[0], []), max_size=3).map(tuple)
    if annotation is bool:
        return st.booleans()
    bounds = {k: v for note in notes for k in ("ge", "gt", "le") if (v := getattr(note, k, None)) is not None}
    bounds |= {
        k: v
        for note in notes
        for part in getattr(note, "metadata", ())
        for k in ("ge", "gt", "le")
        if (v := getattr(part, k, None)) is not None
    }
    if annotation is int:
        return st.integers(bounds.get("ge", -(2**53)), bounds.get("le", 2**53))
    if annotation is float:
        least = bounds.get("ge", bounds.get("gt"))
        return st.floats(least, bounds.get("le"), exclude_min="gt" in bounds, allow_nan=False, allow_infinity=False)
    if annotation is str:
        pattern = next((p for note in notes if (p := getattr(note, "pattern", None))), None)
        if pattern is None:
            pattern = next(
                (p for n in notes for m in getattr(n, "metadata", ()) if (p := getattr(m, "pattern", None))), None
            )
        if pattern and r"\d{4}-" in pattern:
            return st.dates().map(lambda d: d.isoformat()).filter(lambda d: d < "2400")
        if pattern:
            return st.from_regex(pattern.replace("$", r"\Z"), fullmatch=True).filter(
                lambda t: t.isascii() and len(t) <= 60
            )
        least = max((getattr(n, "min_length", None) or 0 for n in notes), default=0)
        most = min((m for n in notes if (m := getattr(n, "max_length", None))), default=300)
        return _text(least, most)
    if issubclass(annotation, Enum):
        return st.sampled_from(list(annotation))
    return records(annotation)


def records(model: type[Record]) -> st.SearchStrategy[Any]:
    """Return a strategy for one record of a model."""
    needed: dict[str, st.SearchStrategy[Any]] = {}
    optional: dict[str, st.SearchStrategy[Any]] = {}
    for name, info in model.model_fields.items():
        found = _value(info.annotation, list(info.metadata))
        (needed if info.is_required() else optional)[info.alias or name] = found
    fields = st.fixed_dictionaries(needed, optional=optional)
    if model.__name__ == "Text":
        fields = fields.filter(lambda f: f.get("lo") is not None or f.get("en") is not None)
    return fields.map(model.model_validate)


def cases() -> st.SearchStrategy[Case]:
    """Return a strategy for whole cases: each table has up to three rows."""
    needed: dict[str, st.SearchStrategy[Any]] = {}
    optional: dict[str, st.SearchStrategy[Any]] = {}
    for name, info in Case.model_fields.items():
        if name == "schema_":
            continue
        if get_origin(info.annotation) is tuple:
            optional[name] = st.lists(records(get_args(info.annotation)[0]), max_size=3).map(tuple)
        else:
            (needed if info.is_required() else optional)[name] = _value(info.annotation, list(info.metadata))
    return st.fixed_dictionaries(needed, optional=optional).map(Case.model_validate)
