"""What the registry sends and takes."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from ninja import Schema

from namsai_centre.api.asked import Paged
from namsai_centre.api.schemas.common import Change, Day, In, Number, OneOf, Reason, Text, Whole, Word
from namsai_centre.engagements.models import STAGES
from namsai_centre.enterprises.models import RISKS, SIZES, STATUSES
from namsai_centre.enterprises.policies import ENTERPRISES
from namsai_centre.enterprises.queries import BANDS, UNKNOWN


class PlaceOut(Schema):
    """A province or district."""

    id: int
    code: str
    name_lo: str
    name_en: str


class PlaceLine(PlaceOut):
    """The same with what it is and where it lies."""

    kind: str
    parent_id: int | None


class GroupOut(Schema):
    """Enterprises under one control."""

    id: UUID
    version: int
    name_lo: str
    name_en: str


class EnterpriseLine(Schema):
    """One enterprise in a list. Missing is null, never 0."""

    id: UUID
    version: int
    name_lo: str
    name_en: str
    sector: str
    province: PlaceOut | None
    district: PlaceOut | None
    village: str
    status: str
    workers: int | None
    women: int | None
    men: int | None
    factory_class: str
    risk_class: str
    created_at: datetime
    changed_at: datetime


class PartOut(Schema):
    """What every part has."""

    id: UUID
    version: int


class ContactOut(PartOut):
    """Somebody to talk to."""

    name_lo: str
    name_en: str
    duty: str
    phone: str
    email: str
    starts: date | None
    ends: date | None


class SiteOut(PartOut):
    """A place where the enterprise works."""

    name_lo: str
    name_en: str
    province: PlaceOut | None
    district: PlaceOut | None
    village: str
    starts: date | None
    ends: date | None


class ActivityOut(PartOut):
    """What it does: an ISIC code with its revision."""

    code: str
    revision: str
    main: bool
    starts: date | None
    ends: date | None


class IdentifierOut(PartOut):
    """A number another office gave."""

    issuer: str
    value: str
    valid_from: date | None
    valid_until: date | None


class AliasOut(PartOut):
    """Another name."""

    kind: str
    name: str
    ends: date | None


class ConsentOut(PartOut):
    """What the enterprise agreed to."""

    purpose: str
    given_on: date
    given_by: str
    withdrawn_on: date | None
    withdrawn_by: str
    note: str


class EnterpriseOut(EnterpriseLine):
    """One enterprise with everything its page shows; `note` for the centre's staff only (else null)."""

    economic_kind: str
    workers_on: date | None
    assets_kip: int | None
    income_kip: int | None
    figures_on: date | None
    group: GroupOut | None
    closed_on: date | None
    merged_into_id: UUID | None
    forgotten_at: datetime | None
    note: str | None
    contacts: list[ContactOut]
    sites: list[SiteOut]
    activities: list[ActivityOut]
    identifiers: list[IdentifierOut]
    aliases: list[AliasOut]
    consents: list[ConsentOut]

    @staticmethod
    def resolve_note(obj: Any, context: Any) -> str | None:
        """Return the note for those who may write it."""
        who = context["request"].who
        return str(obj.note) if who.staff and ENTERPRISES.allows("see", who, obj) else None


class EnterpriseAsked(Paged):
    """Which enterprises (as on the page of the list)."""

    q: Word = ""
    sector: Word = ""
    province: Word = ""
    band: Annotated[Word, OneOf("", *BANDS, UNKNOWN)] = ""
    size_class: Annotated[Word, OneOf("", *SIZES)] = ""
    stage: Annotated[Word, OneOf("", *STAGES, UNKNOWN)] = ""
    risk: Annotated[Word, OneOf("", *RISKS, UNKNOWN)] = ""
    status: Annotated[Word, OneOf("", *STATUSES)] = ""


class EnterpriseIn(In):
    """A new enterprise; a name that another one has is asked back unless `looked`."""

    name_lo: Word = ""
    name_en: Word = ""
    sector: Word = ""
    economic_kind: Word = ""
    province: Number | None = None
    district: Number | None = None
    village: Word = ""
    workers: Whole | None = None
    women: Whole | None = None
    men: Whole | None = None
    workers_on: Day | None = None
    assets_kip: Whole | None = None
    income_kip: Whole | None = None
    figures_on: Day | None = None
    group: UUID | None = None
    factory_class: Word = ""
    risk_class: Word = ""
    note: Text = ""
    looked: bool = False


class EnterpriseChange(Change):
    """Fields to change; the firm's owner may not send those of the centre (group, classes, note)."""

    name_lo: Word | None = None
    name_en: Word | None = None
    sector: Word | None = None
    economic_kind: Word | None = None
    province: Number | None = None
    district: Number | None = None
    village: Word | None = None
    workers: Whole | None = None
    women: Whole | None = None
    men: Whole | None = None
    workers_on: Day | None = None
    assets_kip: Whole | None = None
    income_kip: Whole | None = None
    figures_on: Day | None = None
    group: UUID | None = None
    factory_class: Word | None = None
    risk_class: Word | None = None
    note: Text | None = None
    looked: bool = False


class Close(Reason):
    """From which day it is closed, and why."""

    closed_on: Day


class Forget(Reason):
    """Why the names go, and that it is understood."""

    forget_sure: bool = False


class GroupIn(In):
    """A new group."""

    name_lo: Word
    name_en: Word = ""


class GroupChange(Change):
    """What a group is called."""

    name_lo: Word | None = None
    name_en: Word | None = None


class PartIn(Change):
    """A part, by its kind: contact (name_lo, name_en, duty, phone, email, starts, ends), site (names, province,
    district, village, starts, ends), activity (code, revision, main, starts, ends), identifier (issuer, value,
    valid_from, valid_until), alias (kind, name, ends). A field the kind does not have is refused."""

    name_lo: Word | None = None
    name_en: Word | None = None
    duty: Word | None = None
    phone: Word | None = None
    email: Word | None = None
    province: Number | None = None
    district: Number | None = None
    village: Word | None = None
    code: Word | None = None
    revision: Word | None = None
    main: bool | None = None
    issuer: Word | None = None
    value: Word | None = None
    kind: Word | None = None
    name: Word | None = None
    starts: Day | None = None
    ends: Day | None = None
    valid_from: Day | None = None
    valid_until: Day | None = None


class ConsentIn(In):
    """A consent given."""

    purpose: Word
    given_on: Day
    given_by: Word
    note: Word = ""


class Withdraw(Change):
    """From when it no longer holds."""

    withdrawn_on: Day
    withdrawn_by: Word
