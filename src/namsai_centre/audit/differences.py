"""What an entry changed, as people read it: the field's name from the catalogue, values as words, relations by name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models

from namsai_centre.audit.models import Entry
from namsai_centre.audit.names import Names, names_for
from namsai_centre.audit.words import label, special, spelled, word
from namsai_centre.ui.templatetags.words import day, moment, number

# Fields that the machine keeps for itself; shown last, under a fold.
INNER = frozenset({
    "id", "version", "created_at", "changed_at", "search", "sorting", "looks_lo", "looks_en", "digest", "heads", "file",
    "files", "password", "session_key", "change", "tries", "person_name",
})  # fmt: skip
LONG = 300
# Facts of an entry that are the id of a record (no field of a model): their kind.
MEANT = {"merge": "enterprises.merge", "from": "enterprises.enterprise", "import": "enterprises.importrun"}


@dataclass(frozen=True, slots=True)
class Difference:
    """One field: its name in words, before, after; `inner` for what the machine keeps, `long` for text to fold."""

    name: str
    before: str
    after: str
    inner: bool
    long: bool


def differences(entry: Entry) -> list[Difference]:
    """Return the fields of an entry that hold or held something, those of people first."""
    before, after = entry.before or {}, entry.after or {}
    reader = _Reader(entry.kind, entry.action)
    fields = [n for n in sorted({*before, *after}) if _known(before.get(n)) or _known(after.get(n))]
    names = names_for({pair for n in fields for side in (before, after) for pair in reader.relation(n, side.get(n))})
    found = []
    for name in fields:
        was, now = (reader.words(name, side.get(name), names) for side in (before, after))
        long = max(len(was), len(now)) > LONG or max(was.count("\n"), now.count("\n")) > 3
        found.append(Difference(label(entry.kind, name, entry.action), was, now, name in INNER, long))
    return sorted(found, key=lambda d: d.inner)


def _known(value: Any) -> bool:
    return value not in (None, "", [], {})


class _Reader:
    """Puts the values of one kind of record into words."""

    def __init__(self, kind: str, action: str) -> None:
        self.kind, self.action, self.model = kind, action, _model(kind)

    def field(self, name: str) -> Any:
        """Return the model's field; None where it has none of this name."""
        if self.model is None:
            return None
        for one in (name.removesuffix("_id"), name):
            try:
                return self.model._meta.get_field(one)
            except FieldDoesNotExist:
                continue
        return None

    def relation(self, name: str, value: Any) -> list[tuple[str, str]]:
        """Return (kind, id) of the record a value stands for; nothing where it is none."""
        if value in (None, "") or isinstance(value, dict | list | bool):
            return []
        if name in MEANT and _is_id(value):
            return [(MEANT[name], str(value))]
        field = self.field(name)
        if field is None or not field.is_relation or field.related_model is None:
            return []
        return [(field.related_model._meta.label_lower, str(value))]

    def words(self, name: str, value: Any, names: Names) -> str:
        """Return a value as words."""
        if not _known(value):
            return "–"
        for pair in self.relation(name, value):
            return names[pair].name if pair in names else str(value)
        if isinstance(value, dict | list | bool):
            return spelled(self.kind, name, value, self.action)
        if said := special(self.kind, name, value):
            return said
        if isinstance(value, str) and (said := word(self.kind, name, value, self.action)):
            return said
        return _by_type(self.field(name), value)


def _model(kind: str) -> type[models.Model] | None:
    try:
        return apps.get_model(kind)
    except (LookupError, ValueError):
        return None


def _is_id(value: Any) -> bool:
    try:
        UUID(str(value))
    except ValueError:
        return False
    return True


def _by_type(field: Any, value: Any) -> str:
    try:
        if isinstance(field, models.DateTimeField):
            return moment(datetime.fromisoformat(str(value)))
        if isinstance(field, models.DateField):
            return day(date.fromisoformat(str(value)))
        if isinstance(field, models.DecimalField | models.FloatField):
            return number(value, _decimals(Decimal(str(value))))
        if isinstance(field, models.IntegerField):
            return number(value)
    except (ValueError, InvalidOperation):
        return str(value)
    return str(value)


def _decimals(value: Decimal) -> int:
    """Return how many decimals a number has, without zeros at the end."""
    return max(0, -int(value.normalize().as_tuple().exponent))
