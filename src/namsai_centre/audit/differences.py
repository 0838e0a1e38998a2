"""What an entry changed, as people read it: the field's name from the catalogue, values as words, relations by name."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models

from namsai.texts import has
from namsai_centre.audit.models import Entry
from namsai_centre.audit.names import Names, names_for
from namsai_centre.ui.templatetags.words import day, moment, number
from namsai_centre.ui.words import say

# Fields that the machine keeps for itself; shown last, under a fold.
INNER = frozenset({"id", "version", "created_at", "changed_at", "search", "sorting", "digest", "file"})
LONG = 300


@dataclass(frozen=True, slots=True)
class Difference:
    """One field: its name in words, before, after; `inner` for what the machine keeps, `long` for text to fold."""

    name: str
    before: str
    after: str
    inner: bool
    long: bool


def differences(entry: Entry) -> list[Difference]:
    """Return the fields of an entry, those of people first."""
    before, after = entry.before or {}, entry.after or {}
    model = _model(entry.kind)
    fields = sorted({*before, *after})
    names = names_for(
        {pair for name in fields for side in (before, after) for pair in _relation(model, name, side.get(name))}
    )
    found = []
    for name in fields:
        was, now = (_words(model, entry.kind, name, side.get(name), names) for side in (before, after))
        found.append(Difference(label(entry.kind, name), was, now, name in INNER, max(len(was), len(now)) > LONG))
    return sorted(found, key=lambda d: d.inner)


def label(kind: str, name: str) -> str:
    """Return the name of a field in words: `<app>.<field>` of the catalogue, else of the audit log, else as it is."""
    app, short = kind.partition(".")[0], name.removesuffix("_id")
    for key in (f"{app}.{short}", f"{app}.{name}", f"audit.field_{short}"):
        if has(key):
            return say(key)
    return name


def _model(kind: str) -> type[models.Model] | None:
    try:
        return apps.get_model(kind)
    except (LookupError, ValueError):
        return None


def _field(model: type[models.Model] | None, name: str) -> Any:
    if model is None:
        return None
    try:
        return model._meta.get_field(name.removesuffix("_id") if name.endswith("_id") else name)
    except FieldDoesNotExist:
        try:
            return model._meta.get_field(name)
        except FieldDoesNotExist:
            return None


def _relation(model: type[models.Model] | None, name: str, value: Any) -> list[tuple[str, str]]:
    field = _field(model, name)
    if value in (None, "") or field is None or not field.is_relation or field.related_model is None:
        return []
    return [(field.related_model._meta.label_lower, str(value))]


def _words(model: type[models.Model] | None, kind: str, name: str, value: Any, names: Names) -> str:
    """Return a value as words."""
    if value is None or value == "" or value == [] or value == {}:
        return "–"
    if isinstance(value, bool):
        return say("ui.yes") if value else say("ui.no")
    for pair in _relation(model, name, value):
        return names[pair].name if pair in names else str(value)
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, indent=1)
    app = kind.partition(".")[0]
    if isinstance(value, str) and has(f"{app}.{name}_{value}"):
        return say(f"{app}.{name}_{value}")
    return _by_type(_field(model, name), value)


def _by_type(field: Any, value: Any) -> str:
    try:
        if isinstance(field, models.DateTimeField):
            return moment(datetime.fromisoformat(str(value)))
        if isinstance(field, models.DateField):
            return day(date.fromisoformat(str(value)))
        if isinstance(field, models.DecimalField):
            return number(value, _decimals(Decimal(str(value))))
        if isinstance(field, models.IntegerField):
            return number(value)
    except (ValueError, InvalidOperation):
        return str(value)
    return str(value)


def _decimals(value: Decimal) -> int:
    """Return how many decimals a number has, without zeros at the end."""
    return max(0, -int(value.normalize().as_tuple().exponent))
