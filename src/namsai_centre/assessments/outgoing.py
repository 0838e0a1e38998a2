"""A draft as the form wants it: whatever stands in the document, right or wrong, goes into its cell."""

from __future__ import annotations

from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from namsai.plant.case import Case
from namsai.plant.case_file import to_data
from namsai_centre.assessments.judge import judge
from namsai_centre.assessments.sections import Doc


def loose(document: Doc) -> Case:
    """Return a document as a case that was not checked (for the form alone: never for the engine)."""
    found: Case = _record(Case, document)
    return found


def canonical(document: Doc) -> Doc:
    """Return a document as it is written when it is right (defaults left out); as it stands when it is not."""
    case = judge(document).case
    return to_data(case) if case is not None else document


def _record(model: Any, data: Any) -> Any:
    values = {}
    for name, info in model.model_fields.items():
        found = data.get(info.alias or name) if isinstance(data, dict) else None
        values[name] = _value(info.annotation, found)
    return model.model_construct(**values)


def _value(annotation: Any, found: Any) -> Any:
    kind = _plain(annotation)
    if get_origin(kind) is tuple:
        inner = _plain(get_args(kind)[0])
        rows = found if isinstance(found, list) else [] if found is None else [found]
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            return tuple(_record(inner, row) for row in rows)
        return tuple(map(str, rows)) if found is not None else None
    if found is None:
        return None
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return _record(kind, found)
    return found if kind is not bool or isinstance(found, bool) else None


def _plain(annotation: Any) -> Any:
    while True:
        if get_origin(annotation) is Annotated:
            annotation = get_args(annotation)[0]
        elif get_origin(annotation) in (Union, UnionType):
            annotation = next(a for a in get_args(annotation) if a is not type(None))
        else:
            return annotation
