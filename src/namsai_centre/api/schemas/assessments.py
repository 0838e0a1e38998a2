"""What assessments, versions of their case and runs send and take."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from ninja import Schema
from pydantic import Field

from namsai_centre.api.asked import Paged
from namsai_centre.api.problems import FindingOut
from namsai_centre.api.schemas.common import Change, FirmRef, In, Number, OneOf, PersonRef, Text, Word
from namsai_centre.assessments.queries import STATES


class AssessmentLine(Schema):
    """One assessment in a list; `case`: the number of the newest version."""

    id: UUID
    version: int
    engagement_id: UUID
    enterprise: FirmRef
    title: str
    sector: str
    state: str
    case: int | None
    complete: bool | None
    last_run: str | None
    released_at: datetime | None
    released_run_id: UUID | None
    created_at: datetime
    changed_at: datetime

    @staticmethod
    def resolve_enterprise(obj: Any) -> Any:
        """Return the enterprise of the engagement."""
        return obj.engagement.enterprise

    @staticmethod
    def resolve_case(obj: Any) -> Any:
        """Return the number of the newest version."""
        return obj.last_number

    @staticmethod
    def resolve_complete(obj: Any) -> Any:
        """Tell whether the engine can run on it."""
        return obj.last_complete


class AssessmentAsked(Paged):
    """Which assessments."""

    q: Word = ""
    state: Annotated[Word, OneOf("", *STATES)] = ""


class AssessmentIn(In):
    """A new assessment: blank, from a case document, or on the base of an earlier one."""

    engagement: UUID
    title: Word
    sector: Word
    earlier: UUID | None = None
    document: dict[str, Any] | None = None


class VersionLine(Schema):
    """A saved version of the case."""

    number: int
    complete: bool
    by: PersonRef
    at: datetime
    note: str
    origin: str


class VersionOut(VersionLine):
    """The same with the document (schema namsai.case/1)."""

    document: dict[str, Any]


class CaseIn(In):
    """A case document; `base`: the number of the version it was made from."""

    document: dict[str, Any]
    base: Number


class CaseSaved(Schema):
    """The newest version after saving, and everything found in it."""

    number: int
    complete: bool
    changed: bool
    findings: list[FindingOut]


class UploadOut(Schema):
    """A form brought back: what was found in it, and how many values it would change."""

    id: UUID
    base: int
    name: str
    changes: int
    findings: list[FindingOut]


class RunOut(Schema):
    """A run of the engine."""

    id: UUID
    assessment_id: UUID
    case: int
    state: str
    step: str
    problem: str
    engine_version: str
    knowhow_version: str
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None

    @staticmethod
    def resolve_case(obj: Any) -> Any:
        """Return the number of the version."""
        return obj.case.number


class RunResult(RunOut):
    """A run with the whole result and its findings."""

    result: dict[str, Any] | None
    findings: list[FindingOut]

    @staticmethod
    def resolve_findings(obj: Any) -> Any:
        """Return the findings with their words."""
        from namsai_centre.api.problems import of_data

        return [of_data(f) for f in obj.findings]


class OptionsIn(In):
    """Options of a run that become measures."""

    options: Annotated[list[Word], Field(min_length=1, max_length=200)]


class ReviewIn(Change):
    """The second person's word: accept, or return with a reason."""

    decision: Word
    review_note: Text = ""


class ReopenIn(Change):
    """Why it goes back to work."""

    reopen_reason: Text


class MeasureRef(Schema):
    """A measure made of an option."""

    id: UUID
    option_id: str
    title_lo: str
    title_en: str


class RunsAsked(Schema):
    """Which two finished runs (the newest two when none are named)."""

    before: UUID | None = None
    after: UUID | None = None


class ChangedInput(Schema):
    """One field of the case that differs, in the reader's language."""

    section: str
    row: str
    how: str
    name: str
    before: str
    after: str


class ChangedResult(Schema):
    """One result in both runs, in the reader's language (`change` in percent; empty where it cannot be said)."""

    name: str
    before: str
    after: str
    change: str
    same: bool


class RunsCompared(Schema):
    """Two runs side by side: what they were made with, and which results differ. `causes`: inputs, knowhow, engine."""

    before: RunOut
    after: RunOut
    causes: list[str]
    inputs: list[ChangedInput]
    five: list[ChangedResult]
    losses: list[ChangedResult]
    options: list[ChangedResult]


class PlanAsked(Schema):
    """Another budget (in the currency of the case), or none at all; without both the plan of the run."""

    budget: Annotated[float, Field(ge=0, lt=1e15, allow_inf_nan=False)] | None = None
    unlimited: bool = False


class PlanOut(Schema):
    """The best set of options under a budget (null: no limit); options that came in and went out against the run's."""

    budget: float | None
    own_budget: float | None
    currency: str
    plan: dict[str, Any] | None
    added: list[str]
    dropped: list[str]
