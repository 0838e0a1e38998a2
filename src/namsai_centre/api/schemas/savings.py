"""What the savings ledger sends and takes. Amounts are decimal texts; states are never added together."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from ninja import Schema
from pydantic import Field

from namsai_centre.api.asked import Paged
from namsai_centre.api.schemas.common import Change, Day, FirmRef, In, PersonRef, Text, Version, Whole, Word

Amount = Annotated[Decimal, Field(gt=-(10**15), lt=10**15, max_digits=20, decimal_places=4)]


class SavingLine(Schema):
    """One yearly saving in exactly one state."""

    id: UUID
    version: int
    kind: str
    carrier: str
    amount: Decimal
    unit: str
    prices_on: date | None
    state: str
    state_since: date


class MeasureLine(Schema):
    """One measure in a list, with its savings."""

    id: UUID
    version: int
    enterprise: FirmRef
    engagement_id: UUID | None
    assessment_id: UUID | None
    option_id: str
    title_lo: str
    title_en: str
    technique: str
    investment: int | None
    currency: str
    prices_on: date | None
    due: date | None
    savings: list[SavingLine]


class StepOut(Schema):
    """One step of a saving."""

    verb: str
    state: str
    on: date
    by: PersonRef
    amount: Decimal
    uncertainty: Decimal | None
    confidence: int | None
    method: str
    period_from: date | None
    period_until: date | None
    evidence_id: UUID | None
    note: str


class SavingOut(SavingLine):
    """A saving with all its steps."""

    steps: list[StepOut]


class EvidenceOut(Schema):
    """A file that shows something."""

    id: UUID
    name: str
    digest: str
    size: int
    kind: str
    by: PersonRef
    created_at: datetime


class InterestOut(Schema):
    """Who proposed a measure or was paid for it."""

    person: PersonRef
    kind: str
    on: date


class CheckOut(Schema):
    """Is it still in place after 1, 2 and 4 years?"""

    id: UUID
    version: int
    measure_id: UUID
    years: int
    due: date
    done_on: date | None
    answer: str
    note: str


class MeasureOut(MeasureLine):
    """One measure with steps, files, interests and checks, and the steps open to the reader."""

    savings: list[SavingOut]  # type: ignore[assignment]
    evidence: list[EvidenceOut]
    interests: list[InterestOut]
    checks: list[CheckOut]
    open_steps: list[str]


class MeasureAsked(Paged):
    """Which measures."""

    q: Annotated[Word, Field(max_length=100)] = ""
    state: Word = ""
    kind: Word = ""
    due: Word = ""
    enterprise: UUID | None = None
    engagement: UUID | None = None
    assessment: UUID | None = None

    def filters(self) -> dict[str, Any]:
        """Return the filters alone."""
        return self.model_dump(exclude={"page", "size"})


class TotalOut(Schema):
    """One figure: of one kind, unit, year of prices and state; there is no total over states."""

    kind: str
    carrier: str
    unit: str
    prices: int | None
    state: str
    amount: Decimal
    savings: int
    enterprises: int


class SavingIn(In):
    """One yearly saving."""

    kind: Word
    carrier: Word = ""
    amount: Amount
    unit: Word
    prices_on: Day | None = None


class MeasureIn(In):
    """A measure written by hand, with its savings."""

    engagement: UUID
    title_lo: Word = ""
    title_en: Word = ""
    technique: Word = ""
    investment: Whole | None = None
    currency: Word = "LAK"
    prices_on: Day | None = None
    due: Day | None = None
    savings: Annotated[list[SavingIn], Field(min_length=1, max_length=20)]


class MeasureChange(Change):
    """What of a measure changes (never its state: that is a step)."""

    title_lo: Word | None = None
    title_en: Word | None = None
    technique: Word | None = None
    investment: Whole | None = None
    currency: Word | None = None
    prices_on: Day | None = None
    due: Day | None = None


class InterestIn(In):
    """Who has an interest: proposed or paid."""

    person: UUID
    interest: Word


class StepLine(In):
    """A saving that takes the step; without an amount the one that stands there holds."""

    saving: UUID
    version: Version
    amount: Amount | None = None
    uncertainty: Amount | None = None


class StepIn(In):
    """A step: on which day, how and by what it is shown; `note` is the reason or the verifier's statement."""

    lines: Annotated[list[StepLine], Field(min_length=1, max_length=50)]
    on: Day
    note: Text = ""
    method: Word = ""
    confidence: Annotated[int, Field(ge=0, le=100)] | None = None
    evidence: UUID | None = None
    period_from: Day | None = None
    period_until: Day | None = None


class LeftLine(In):
    """What is left of a saving."""

    saving: UUID
    amount: Amount


class AnswerIn(Change):
    """Is it in place: in_place, partly (with what is left) or gone."""

    answer: Word
    on: Day
    note: Text = ""
    amounts: Annotated[list[LeftLine], Field(max_length=50)] = Field(default_factory=list)
