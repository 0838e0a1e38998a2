"""What a section of a case, its differences and what was said in review send and take."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from ninja import Schema
from pydantic import Field

from namsai.assessment import STEPS
from namsai_centre.api.problems import FindingOut, of_data
from namsai_centre.api.schemas.assessments import ChangedInput, RunOut
from namsai_centre.api.schemas.common import In, Number, PersonRef, Word

Row = Annotated[int, Field(ge=0, le=999_999)]
Scalar = str | int | float | bool | None
Cell = Annotated[Scalar | list[str], Field(description="a value; null takes it out")]
Cells = dict[str, Any]


class SectionLine(Schema):
    """A section of the case: its rows, how many of the fields that every row needs are filled, what was found."""

    name: str
    title: str
    about: str
    rows: int
    filled: int
    needed: int
    errors: int
    warnings: int


class OfferedWord(Schema):
    """A word one may write into a field, and how it is shown."""

    value: str
    title: str


class SectionColumn(Schema):
    """A field of a section: its key, heading and kind; `words`: what may stand in it (empty: anything of its kind)."""

    key: str
    title: str
    help: str
    kind: str
    required: bool
    words: list[OfferedWord]


class RowOut(Schema):
    """A row by its number in this version, what it is called, and the fields that hold something."""

    row: int
    title: str
    fields: Cells


class SectionOut(Schema):
    """A section of the newest version (`base`), with everything found in it."""

    base: int
    name: str
    title: str
    columns: list[SectionColumn]
    rows: list[RowOut]
    findings: list[FindingOut]


class RowChange(In):
    """Fields of a row that change (null: taken out); the others stay."""

    row: Row
    fields: dict[str, Cell]


class SectionIn(In):
    """What changes in a section against the version `base`; `over`: the version whose conflicts were seen."""

    base: Number
    changed: Annotated[list[RowChange], Field(max_length=5000)] = Field(default_factory=list)
    removed: Annotated[list[Row], Field(max_length=5000)] = Field(default_factory=list)
    added: Annotated[list[dict[str, Cell]], Field(max_length=5000)] = Field(default_factory=list)
    over: Number | None = None
    note: Annotated[Word, Field(max_length=300)] = ""


class UploadSeen(Schema):
    """A form brought back: what it would change in the newest version, and what was found in it."""

    id: UUID
    assessment_id: UUID
    base: int
    newest: int
    taken: bool
    name: str
    changes: list[ChangedInput]
    findings: list[FindingOut]


class AgainstAsked(Schema):
    """The version to set it against (the one before it when none is named)."""

    against: Number | None = None


class VersionsCompared(Schema):
    """What the later of two versions changed."""

    before: int | None
    after: int
    changes: list[ChangedInput]


class SecondOpinion(Schema):
    """What a second person said of a run."""

    run_id: UUID
    by: PersonRef
    at: datetime
    accepted: bool
    note: str


class RunProgress(RunOut):
    """How far a run is: `done` of the steps named, and why it failed."""

    done: int
    steps: list[str] = Field(default_factory=lambda: list(STEPS))
    findings: list[FindingOut]

    @staticmethod
    def resolve_done(obj: Any) -> int:
        """Return how many steps are done."""
        if obj.state == "done":
            return len(STEPS)
        return STEPS.index(obj.step) if obj.step in STEPS else 0

    @staticmethod
    def resolve_findings(obj: Any) -> Any:
        """Return why it failed, with words."""
        return [of_data(f) for f in obj.findings or ()] if obj.state == "failed" else []
