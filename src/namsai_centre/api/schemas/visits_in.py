"""What the preparing, recording and settling of visits take and send."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from ninja import Schema
from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from namsai_centre.api.schemas.common import Change, Day, In, Number, OneOf, PersonRef, Text, Word
from namsai_centre.api.schemas.visits import TakenEntry
from namsai_centre.fieldwork.models import BASES, KINDS, OUTCOMES

Per = Annotated[Decimal, Field(gt=0, le=10_000_000, max_digits=16, decimal_places=6)]
Amount = Annotated[Decimal, Field(ge=0, lt=10**15, max_digits=22, decimal_places=6)]
Basis = Annotated[Word, OneOf(*BASES)]
_LINE = r"[^;\x00-\x1f\x7f]*"
Named = Annotated[str, Field(min_length=1, max_length=120, pattern=rf"^{_LINE}[^;\x00-\x20\x7f]{_LINE}$")]
Unit = Annotated[str, Field(max_length=40, pattern=rf"^{_LINE}$")]


def _of_this_age(moment: datetime) -> datetime:
    if not 1900 <= moment.year <= 2200:
        raise PydanticCustomError("age", "a moment between 1900 and 2200")
    return moment


Moment = Annotated[datetime, AfterValidator(_of_this_age)]


class VisitIn(In):
    """A new visit in an engagement; amounts of the visit are per `basis`, `per_period` of them in the case's period."""

    engagement: UUID
    assessment: UUID | None = None
    on: Day
    title: Annotated[Word, Field(max_length=200)] = ""
    basis: Basis = "day"
    per_period: Per | None = None
    notes: Annotated[Text, Field(max_length=4000)] = ""


class VisitChange(Change):
    """What of a visit changes."""

    on: Day | None = None
    title: Annotated[Word, Field(max_length=200)] | None = None
    basis: Basis | None = None
    per_period: Per | None = None
    notes: Annotated[Text, Field(max_length=4000)] | None = None


class OfferOut(Schema):
    """A sheet or a row of the case that may go along."""

    id: str
    name: str


class AddedMeter(In):
    """A meter that is not in the case."""

    name: Named
    unit: Unit
    last: Amount | None = None
    last_on: Day | None = None
    usual: Amount | None = None
    capacity: Amount | None = None


class AddedStream(In):
    """A stream that is not in the case."""

    name: Named
    unit: Unit = "kg"


class AddedMachine(In):
    """A machine that is not in the case."""

    name: Named


class AddedIn(In):
    """What goes along that is not in the case."""

    meters: Annotated[list[AddedMeter], Field(max_length=400)] = Field(default_factory=list)
    streams: Annotated[list[AddedStream], Field(max_length=400)] = Field(default_factory=list)
    equipment: Annotated[list[AddedMachine], Field(max_length=400)] = Field(default_factory=list)


class SheetsIn(Change):
    """Which sheets go along; what is not sent stays as it is."""

    checklists: Annotated[list[Word], Field(max_length=100)] | None = None
    equipment: Annotated[list[Word], Field(max_length=5000)] | None = None
    meters: Annotated[list[Word], Field(max_length=5000)] | None = None
    streams: Annotated[list[Word], Field(max_length=5000)] | None = None
    added: AddedIn | None = None


class SheetsOut(Schema):
    """The plan of a visit, and what may be chosen for it."""

    version: int
    plan: dict[str, Any]
    checklists: list[OfferOut]
    equipment: list[OfferOut]
    meters: list[OfferOut]
    streams: list[OfferOut]


class EntryIn(In):
    """One change of one entry, as a device sends it (fields by kind); sending the same again changes nothing."""

    change: UUID
    kind: Annotated[Word, OneOf(*KINDS)]
    subject: Annotated[str, Field(max_length=160)]
    base: Annotated[int, Field(ge=0, lt=1_000_000)] = 0
    after: UUID | None = None
    fields: dict[str, str | float | bool | None]
    device: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{8,40}$")]
    device_time: Annotated[Word, Field(max_length=40)] = ""
    sent_time: Annotated[Word, Field(max_length=40)] = ""


class EntryReceived(Schema):
    """What became of a change (held: it waits for one before it), its fields in conflict, the entry as it stands."""

    outcome: Annotated[str, OneOf(*OUTCOMES)]
    clash: list[str]
    entry: TakenEntry | None


class SettleIn(Change):
    """Of each field in conflict the key of the value that shall stand (`stands`: the one that stands)."""

    choices: dict[Annotated[str, Field(max_length=60)], Annotated[str, Field(max_length=60)]] = Field(
        default_factory=dict
    )


class TimeIn(Change):
    """When something was taken (without a zone: Vientiane)."""

    at: Moment


class ReleasedOut(Schema):
    """How many changes were let go."""

    released: Number


class BroughtRow(Schema):
    """What became of one thing in a file that a device exported."""

    visit: UUID | None
    subject: str
    became: str


class PhotoOut(Schema):
    """A photo taken in the plant."""

    id: UUID
    visit_id: UUID
    subject: str
    digest: str
    kind: str
    size: int
    device_time: str
    received_at: datetime
    by: PersonRef
