"""What visits send."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from ninja import Schema

from namsai_centre.api.schemas.assessments import ChangedInput
from namsai_centre.api.schemas.common import FirmRef, PersonRef


class VisitRef(Schema):
    """A visit."""

    id: UUID
    version: int
    enterprise: FirmRef
    engagement_id: UUID
    assessment_id: UUID | None
    on: date
    title: str
    basis: str
    per_period: float | None
    by: PersonRef

    @staticmethod
    def resolve_enterprise(obj: Any) -> Any:
        """Return the enterprise of the engagement."""
        return obj.engagement.enterprise


class VisitLine(VisitRef):
    """A visit in a list: how many entries were taken, how many wait, whether some changes are held."""

    taken: int
    waiting: int
    holds: bool


class TakenEntry(Schema):
    """One thing taken in the plant; `mark`: parallel, conflict, forced; `time_mark`: why its time waits."""

    id: UUID
    version: int
    kind: str
    subject: str
    fields: dict[str, Any]
    mark: str
    time_mark: str
    device_time: str
    received_at: datetime
    taken_at: datetime | None
    by: PersonRef


class VisitOut(VisitLine):
    """One visit with its plan and all that was taken."""

    notes: str
    plan: dict[str, Any]
    entries: list[TakenEntry]

    @staticmethod
    def resolve_entries(obj: Any) -> Any:
        """Return what was taken, in the order it came."""
        return list(obj.entries.select_related("by"))


class SaidOut(Schema):
    """A value that was said for a field in conflict (`stands`: the one in the entry), in words."""

    key: str
    words: str
    by: PersonRef
    received_at: datetime


class ConflictOut(Schema):
    """A field of an entry of which two devices said different things."""

    entry: UUID
    name: str
    field: str
    said: list[SaidOut]


class ReviewOut(Schema):
    """What waits for a person: conflicts, times nobody believes, changes out of order, how many are held."""

    conflicts: list[ConflictOut]
    times: list[TakenEntry]
    forced: list[TakenEntry]
    held: int


class LeftOut(Schema):
    """An entry that cannot go into the case, and why."""

    entry: UUID
    subject: str
    why: str


class ProposedOut(Schema):
    """What a visit would change in the newest case of its assessment, and what is left out."""

    assessment_id: UUID | None
    open: bool
    changes: list[ChangedInput]
    left: list[LeftOut]


class TakenOut(Schema):
    """The form that waits to be taken over (assessments/uploads/<id>/take/); null: the case says all of it."""

    upload: UUID | None
