"""The stored result of a run (plain JSON) back to the engine's values: pages and reports need no new run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel

from namsai.findings import Finding, Severity, Where

T = TypeVar("T")


class OtherShape(Exception):
    """The result was made by an engine whose results had another shape: run again to see it."""


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def revive(kind: type[T], data: Any) -> T:
    """Return the value of a kind (dataclass, record, tuple ...) from the plain data of `namsai.cli.common.as_data`.

    Errors: OtherShape when the data does not fit the kind.
    """
    try:
        found: T = _value(kind, data)
    except OtherShape:
        raise
    except (KeyError, TypeError, ValueError, AttributeError) as problem:
        raise OtherShape(f"{kind.__name__}: {problem}") from problem
    return found


def _value(kind: Any, data: Any) -> Any:
    origin, args = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        return _one_of(args, data)
    if kind is Any or origin is Literal:
        return data
    if origin is tuple:
        if len(args) == 2 and args[1] is Ellipsis:
            return tuple(_value(args[0], item) for item in data)
        return tuple(_value(part, item) for part, item in zip(args, data, strict=True))
    if origin in (list, set, frozenset):
        return origin(_value(args[0], item) for item in data)
    if origin is not None and isinstance(origin, type) and issubclass(origin, Mapping):
        return {_value(args[0], key): _value(args[1], item) for key, item in data.items()}
    if not isinstance(kind, type):
        raise OtherShape(str(kind))
    return _plain(kind, data)


def _one_of(args: tuple[Any, ...], data: Any) -> Any:
    if data is None and NoneType in args:
        return None
    others = [a for a in args if a is not NoneType]
    if len(others) == 1:
        return _value(others[0], data)
    return data  # str | int | float: as it stands


def _plain(kind: type, data: Any) -> Any:
    if kind is Finding:
        where = data["where"]
        return Finding(data["code"], Severity(data["severity"]), Where(**where), data["facts"])
    if issubclass(kind, BaseModel):
        return kind.model_validate(data)
    if is_dataclass(kind):
        hints = _hints(kind)
        names = {f.name for f in fields(kind)}
        if set(data) - names:
            raise OtherShape(f"{kind.__name__}: {sorted(set(data) - names)}")
        return kind(**{name: _value(hints[name], value) for name, value in data.items()})
    if issubclass(kind, Enum):
        return kind(data)
    return kind(data) if kind is float and data is not None else data
