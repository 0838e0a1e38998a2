"""What people, roles, notices, tokens and the audit log send and take."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from ninja import Schema
from pydantic import Field

from namsai_centre.accounts.models import ROLES
from namsai_centre.api.asked import Paged
from namsai_centre.api.schemas.common import Change, Day, FirmRef, OneOf, PersonRef, Text, Word


class PersonLine(PersonRef):
    """Somebody in a list."""

    version: int
    email: str | None
    phone: str | None
    language: str
    is_active: bool


class RoleOut(Schema):
    """A role with its days."""

    id: UUID
    version: int
    role: str
    enterprise: FirmRef | None
    starts: date
    ends: date | None


class PersonOut(PersonLine):
    """Somebody with the roles the reader may know of."""

    roles: list[RoleOut]


class MeOut(PersonOut):
    """Who the token speaks for, with today's rights."""

    today: list[str]
    scopes: list[str] | None
    unread: int


class PeopleAsked(Paged):
    """Which people."""

    q: Word = ""
    role: Annotated[Word, OneOf("", *ROLES)] = ""
    state: Annotated[Word, OneOf("", "open", "closed")] = ""


class PersonChange(Change):
    """Names and language (e-mail, phone and roles are changed on the pages, after a fresh log-in)."""

    name_lo: Word | None = None
    name_en: Word | None = None
    language: Word | None = None


class NoticeOut(Schema):
    """Something a person is told: a key of the catalogue with facts."""

    id: int
    at: datetime
    key: str
    facts: dict[str, Any]
    url: str
    read_at: datetime | None


class TokenOut(Schema):
    """A token (never its secret)."""

    id: UUID
    version: int
    name: str
    scopes: list[str]
    expires_on: date
    ended_at: datetime | None
    used_at: datetime | None


class GlassOut(Schema):
    """A firm opened in an emergency."""

    id: UUID
    person: PersonRef
    enterprise: FirmRef
    reason: str
    expires_at: datetime


class EntryLine(Schema):
    """An entry of the audit log."""

    id: int
    at: datetime
    person_id: UUID | None
    person_name: str
    via: str
    action: str
    kind: str
    subject_id: str
    subject_name: str
    enterprise_id: UUID | None
    reason: str
    previous: str
    digest: str


class EntryOut(EntryLine):
    """The same with what stood there before and after."""

    before: dict[str, Any] | None
    after: dict[str, Any] | None


class EntriesAsked(Schema):
    """Which entries; the next ones are those `older` than the last id."""

    q: Annotated[Word, Field(max_length=100)] = ""
    action: Word = ""
    kind: Word = ""
    since: Day | None = None
    until: Day | None = None
    person: UUID | None = None
    enterprise: UUID | None = None
    subject: Annotated[Word, Field(max_length=64)] = ""
    older: Annotated[int, Field(ge=0, le=2**62)] | None = None
    newer: Annotated[int, Field(ge=0, le=2**62)] | None = None


class Entries(Schema):
    """A slice of the log, newest first."""

    older: int | None
    newer: int | None
    items: list[EntryLine]


class WhyIn(Change):
    """Why something grave is done."""

    reason: Text


class DeviceOut(Schema):
    """A browser in which one is logged in; `here`: the one that asks."""

    id: int
    browser: str
    address: str
    started_at: datetime
    seen_at: datetime
    here: bool


class EndedOut(Schema):
    """How many were ended."""

    ended: int


class ReadOut(Schema):
    """How many notices were marked as read."""

    read: int


class SomeOut(Schema):
    """How many there are, and the ids of the first few."""

    count: int
    first: list[str]


class FirmWaiting(Schema):
    """One's own firm: measures to agree to, measures to carry out, how many are done, the last self-check."""

    enterprise: FirmRef
    engagement_id: UUID | None
    to_agree: list[UUID]
    plan: list[UUID]
    done: int
    last_check_id: UUID | None


class WaitingOut(Schema):
    """What waits for the reader; null: not their business.

    notices, tasks (open, own), engagements stuck or worked on, assessments to review, savings to verify, checks due.
    """

    notices: SomeOut
    tasks: SomeOut
    stuck: SomeOut | None
    reviews: SomeOut | None
    verify: SomeOut | None
    checks: SomeOut | None
    working: SomeOut | None
    late_of_others: int | None
    firms: list[FirmWaiting]


class SealAsked(Schema):
    """An end of the chain that was kept elsewhere (the whole line), to be found on it again."""

    outside: Annotated[Word, Field(max_length=300)] = ""


class BreakOut(Schema):
    """Where the chain does not hold: the entry, and what is wrong (changed, missing, end, signature, outside)."""

    entry: int
    what: str


class SealOut(Schema):
    """Whether the log is whole; `keep`: the line to keep elsewhere (on paper, at the ministry)."""

    whole: bool
    count: int
    keep: str
    breaks: list[BreakOut]
