"""What engagements, tasks, self-checks and clubs send and take."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from ninja import Schema
from pydantic import Field

from namsai_centre.api.asked import Paged
from namsai_centre.api.schemas.common import Change, Day, FirmRef, In, Number, OneOf, PersonRef, Text, Word
from namsai_centre.engagements.funnel import GROUPS
from namsai_centre.engagements.models import STAGES, TIERS
from namsai_centre.engagements.stages import ORDER


class EngagementLine(Schema):
    """One engagement in a list."""

    id: UUID
    version: int
    enterprise: FirmRef
    title_lo: str
    title_en: str
    tier: str
    project: str
    stage: str
    stage_since: date
    starts: date | None
    ends: date | None


class StageStepOut(Schema):
    """One step from stage to stage."""

    stage: str
    on: date
    by: PersonRef
    note: str


class AssignmentOut(Schema):
    """Who is given to an engagement."""

    id: UUID
    version: int
    engagement_id: UUID
    person: PersonRef
    role: str
    starts: date
    ends: date | None
    paid: bool


class TaskOut(Schema):
    """Something to do."""

    id: UUID
    version: int
    engagement_id: UUID
    title: str
    due: date | None
    person: PersonRef | None
    done_on: date | None


class TaskLine(TaskOut):
    """A task in a list, with the enterprise it is about."""

    enterprise: FirmRef

    @staticmethod
    def resolve_enterprise(obj: Any) -> Any:
        """Return the enterprise of the engagement."""
        return obj.engagement.enterprise


class TasksAsked(Paged):
    """Which tasks."""

    state: Annotated[Word, OneOf("", "open", "done")] = "open"
    mine: bool = False


class EngagementOut(EngagementLine):
    """One engagement with its steps, people and the tasks one may see."""

    dropped_because: str
    dropped_from: str
    steps: list[StageStepOut]
    people: list[AssignmentOut]
    tasks: list[TaskOut]


class EngagementAsked(Paged):
    """Which engagements."""

    q: Word = ""
    stage: Annotated[Word, OneOf("", *STAGES)] = ""
    tier: Annotated[Word, OneOf("", *TIERS)] = ""
    sector: Word = ""
    province: Annotated[str, Field(pattern=r"^([0-9]{1,9}|-)?$")] = ""  # the id of a place; "-": not known
    expert: Word = ""
    project: Word = ""
    year: Annotated[str, Field(pattern=r"^([0-9]{4}|-)?$")] = ""
    reached: Annotated[Word, OneOf("", *ORDER)] = ""
    stuck: bool = False
    late: bool = False

    def filters(self) -> dict[str, Any]:
        """Return the filters alone."""
        return self.model_dump(exclude={"page", "size"})


class EngagementIn(In):
    """A new engagement with an enterprise; `on`: the day of the first contact."""

    enterprise: UUID
    tier: Word = "full"
    on: Day
    title_lo: Word = ""
    title_en: Word = ""
    project: Word = ""
    starts: Day | None = None
    ends: Day | None = None


class EngagementChange(Change):
    """What may be changed (never the stage: that is a step)."""

    tier: Word | None = None
    title_lo: Word | None = None
    title_en: Word | None = None
    project: Word | None = None
    starts: Day | None = None
    ends: Day | None = None


class StageIn(Change):
    """A step to another stage."""

    stage: Word
    on: Day
    note: Text = ""


class AssignmentIn(In):
    """Give somebody to an engagement; a double booking is asked back unless `anyway`."""

    person: UUID
    role: Word
    starts: Day
    ends: Day | None = None
    paid: bool = True
    anyway: bool = False


class AssignmentEnd(Change):
    """The last day."""

    ends: Day
    reason: Text = ""


class TaskIn(In):
    """A new task."""

    title: Word
    due: Day | None = None
    person: UUID | None = None


class TaskChange(Change):
    """What of a task changes."""

    title: Word | None = None
    due: Day | None = None
    person: UUID | None = None


class SelfCheckIn(In):
    """The answers: question -> one of its answers."""

    answers: dict[str, Word]


class SelfCheckOut(Schema):
    """A self-check."""

    id: UUID
    enterprise_id: UUID
    on: date
    answers: dict[str, str]


class ThingOut(Schema):
    """Something to look at: the question, the answer given, and the options of the know-how behind it."""

    question: str
    answer: str
    options: list[str]


class SelfCheckResult(SelfCheckOut):
    """A self-check with what follows from it: what to look at first, what else, and what is to be found out."""

    first: list[ThingOut]
    further: list[ThingOut]
    find_out: list[str]


class QuestionOut(Schema):
    """A question of the self-check with its answers."""

    id: str
    answers: list[str]
    text_lo: str
    text_en: str


class ClubLine(Schema):
    """A club in a list."""

    id: UUID
    version: int
    name_lo: str
    name_en: str
    starts: date | None
    leader: PersonRef | None


class ModuleOut(Schema):
    """A module of a club: its day, and the engagements whose firms came."""

    number: int
    version: int
    on: date | None
    present: list[UUID]


class ClubOut(ClubLine):
    """A club with its modules and the engagements of its firms (those one may see)."""

    members: list[UUID]
    modules: list[ModuleOut]


class ClubIn(In):
    """A new club; `plan` puts the usual days of the modules down."""

    name_lo: Word
    name_en: Word = ""
    starts: Day | None = None
    leader: UUID | None = None
    members: list[UUID] = Field(default_factory=list)
    plan: bool = False


class ClubChange(Change):
    """What of a club changes."""

    name_lo: Word | None = None
    name_en: Word | None = None
    starts: Day | None = None
    leader: UUID | None = None
    members: list[UUID] | None = None


class ModuleIn(Change):
    """The day of a module and who came (engagements); version 0 for one not written yet."""

    on: Day | None = None
    present: list[UUID] = Field(default_factory=list)


class FunnelAsked(EngagementAsked):
    """Which engagements are counted, grouped by what."""

    by: Annotated[Word, OneOf(*GROUPS)] = "sector"


class StageCount(Schema):
    """How many engagements stand in a stage now."""

    stage: str
    now: Number


class StuckLine(EngagementLine):
    """An engagement that is longer in its stage (since `stage_since`) than usual."""

    days: int
    over: int


class ReachOut(Schema):
    """A stage: how many came as far, how many of these went on, the share (null of nothing)."""

    stage: str
    reached: Number
    went_on: int | None
    percent: float | None


class FunnelRow(Schema):
    """A group (null: not known; of provinces the id of the place and its names) and its numbers."""

    value: str | None
    name_lo: str
    name_en: str
    stands: list[StageCount]
    all: Number


class FunnelOut(Schema):
    """The funnel: counts of engagements by stage, and the same by group."""

    by: str
    all: Number
    stands: list[StageCount]
    reach: list[ReachOut]
    rows: list[FunnelRow]
