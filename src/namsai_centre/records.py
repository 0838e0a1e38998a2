"""What every record has in common: an id that the client may make, a version against stale edits."""

from __future__ import annotations

import uuid
from typing import Any, Self

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F

from namsai_centre import clock

__all__ = ["Record", "Stale", "snapshot"]


class Stale(Exception):
    """Somebody else changed the record meanwhile; `current` is how it stands now, `changes` what was wanted."""

    def __init__(self, current: models.Model, changes: dict[str, Any]) -> None:
        super().__init__(f"{current._meta.label} {current.pk} was changed meanwhile")
        self.current = current
        self.changes = changes


class Record(models.Model):
    """A record with an id, a version that grows with each change, and the moments of making and last change."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    changed_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        abstract = True

    def change(self, expected: int, **changes: Any) -> Self:
        """Write the changes if the record is at the expected version, else raise Stale (inside a transaction)."""
        done = (
            type(self)
            ._base_manager.filter(pk=self.pk, version=expected)
            .update(version=F("version") + 1, changed_at=clock.now())
        )
        if not done:
            raise Stale(type(self)._base_manager.get(pk=self.pk), changes)
        for name, value in changes.items():
            setattr(self, name, value)
        self.version = expected + 1
        self.changed_at = clock.now()
        self.save()
        return self


def snapshot(record: models.Model) -> dict[str, Any]:
    """Return all fields of a record as JSON-ready values (files by name, relations by id)."""
    import json

    values = {f.attname: f.value_from_object(record) for f in record._meta.concrete_fields if f.name != "password"}
    ready: dict[str, Any] = json.loads(json.dumps(values, cls=DjangoJSONEncoder, default=str))
    return ready
