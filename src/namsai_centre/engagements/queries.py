"""Read engagements: who is given today, the list with its filters, and one engagement with all that hangs on it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet

from namsai.lao.normalise import search_key
from namsai_centre.accounts.models import Person
from namsai_centre.engagements.models import STAGES, TIERS, Assignment, Engagement, StageStep, Task
from namsai_centre.engagements.policies import ENGAGEMENTS, TASKS
from namsai_centre.engagements.stages import ORDER, rank
from namsai_centre.engagements.stuck import days_over, stuck_on
from namsai_centre.enterprises.models import Enterprise, Place
from namsai_centre.enterprises.policies import ENTERPRISES
from namsai_centre.who import Who


def assigned_on(person: UUID, day: date) -> list[Assignment]:
    """Return the assignments of a person that hold on the day (first and last day included), with their engagement."""
    found = Assignment.objects.filter(Q(ends__isnull=True) | Q(ends__gte=day), person=person, starts__lte=day)
    return list(found.select_related("engagement").exclude(engagement__stage="dropped"))


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list is narrowed to; "" does not narrow. `reached` keeps those who ever came as far as a stage."""

    q: str = ""
    stage: str = ""
    tier: str = ""
    sector: str = ""
    province: str = ""
    expert: str = ""
    project: str = ""
    year: str = ""
    reached: str = ""
    stuck: bool = False
    late: bool = False

    @classmethod
    def read(cls, asked: dict[str, Any]) -> Filters:
        """Return the filters of a query string; a stage or tier that does not exist does not narrow."""
        text = {k: str(asked.get(k, "")).strip() for k in cls.__slots__ if k not in ("stuck", "late")}
        for name, known in (("stage", STAGES), ("tier", TIERS), ("reached", ORDER)):
            if text[name] not in known:
                text[name] = ""
        return cls(**text, stuck=bool(asked.get("stuck")), late=bool(asked.get("late")))


UNKNOWN = "-"  # in a link: "not known" (an empty value would mean "not narrowed")


def reached(stage: str) -> Q:
    """Return the condition for engagements that came as far as a stage and were not taken back before it.

    One that skipped the stage (light tier) or was moved back before it has not reached it.
    """
    later = [s for s in ORDER if rank(s) >= rank(stage)]
    stands = Q(stage__in=later) | Q(stage="dropped", dropped_from__in=later)
    was = Q(Exists(StageStep.objects.filter(engagement=OuterRef("pk"), stage=stage)))
    return Q(stage=stage) | Q(stage="dropped", dropped_from=stage) | (stands & was)


def narrowed(found: QuerySet[Engagement], filters: Filters, day: date) -> QuerySet[Engagement]:
    """Return the engagements that pass the filters."""
    if filters.q:
        for part in search_key(filters.q).split():
            found = found.filter(enterprise__search__contains=part)
    for name, path in (("stage", "stage"), ("tier", "tier"), ("sector", "enterprise__sector"), ("project", "project")):
        value = getattr(filters, name)
        if value:
            found = found.filter(**{path: "" if value == UNKNOWN else value})
    for name, path in (("province", "enterprise__province"), ("year", "starts__year")):
        value = getattr(filters, name)
        if value == UNKNOWN:
            found = found.filter(**{f"{path.removesuffix('__year')}__isnull": True})
        elif value.isascii() and value.isdigit():
            found = found.filter(**{path: int(value)})
    if filters.expert:
        found = found.filter(_given_to(filters.expert, day))
    if filters.reached:
        found = found.filter(reached(filters.reached))
    if filters.stuck:
        found = found.filter(stuck_on(day))
    if filters.late:
        late = Task.objects.filter(engagement=OuterRef("pk"), done_on__isnull=True, due__lt=day)
        found = found.filter(Exists(late))
    return found


def _given_to(person: str, day: date) -> Q:
    given = Assignment.objects.filter(
        Q(ends__isnull=True) | Q(ends__gte=day), engagement=OuterRef("pk"), starts__lte=day
    )
    if person == UNKNOWN:
        return ~Q(Exists(given.filter(role="expert")))
    try:
        return Q(Exists(given.filter(person=UUID(person))))
    except ValueError:
        return Q(pk__in=())


def listed(found: QuerySet[Engagement], who: Who) -> QuerySet[Engagement]:
    """Add what a row shows: enterprise, place, people given today, open tasks one may see (two queries more)."""
    today = Assignment.objects.filter(Q(ends__isnull=True) | Q(ends__gte=who.day), starts__lte=who.day).select_related(
        "person"
    )
    return found.select_related("enterprise__province").prefetch_related(
        Prefetch("assignments", queryset=today, to_attr="people_today"),
        Prefetch("tasks", queryset=TASKS.visible(who).filter(done_on__isnull=True), to_attr="tasks_open"),
    )


def browse(who: Who, filters: Filters) -> QuerySet[Engagement]:
    """Return the list of what exists for the person, newest step first, narrowed."""
    return listed(narrowed(ENGAGEMENTS.visible(who), filters, who.day), who)


def stuck(who: Who, filters: Filters) -> QuerySet[Engagement]:
    """Return who is stuck, the longest first."""
    found = narrowed(ENGAGEMENTS.visible(who), filters, who.day).filter(stuck_on(who.day))
    return listed(found, who).order_by("stage_since", "id")


def mark_waiting(rows: Iterable[Engagement], day: date) -> list[Engagement]:
    """Put on each row `days` in the stage, `over` (days beyond the usual), numbers of open and late tasks."""
    found: list[Any] = list(rows)
    for e in found:
        e.days = (day - e.stage_since).days
        e.over = days_over(e.tier, e.stage, e.stage_since, day)
        tasks = getattr(e, "tasks_open", ())
        e.open_tasks = len(tasks)
        e.late_tasks = sum(1 for t in tasks if t.due is not None and t.due < day)
    return found


@dataclass(frozen=True, slots=True)
class Choices:
    """What the filters of the list offer: sectors, provinces, experts and projects that occur in what one may see."""

    sectors: list[str]
    provinces: list[Place]
    experts: list[Person]
    projects: list[str]


def choices_for(who: Who) -> Choices:
    """Return the choices of the filters (four queries)."""
    seen = ENGAGEMENTS.visible(who).order_by()
    sectors = seen.exclude(enterprise__sector="").values_list("enterprise__sector", flat=True).distinct()
    experts = Person.objects.filter(
        Exists(Assignment.objects.filter(person=OuterRef("pk"), engagement__in=seen, role="expert"))
    )
    return Choices(
        sectors=sorted(sectors),
        provinces=list(Place.objects.filter(pk__in=seen.values("enterprise__province")).order_by("code")),
        experts=list(experts.order_by("name_lo", "pk")),
        projects=list(seen.exclude(project="").order_by("project").values_list("project", flat=True).distinct()),
    )


@dataclass(slots=True)
class Whole:
    """One engagement with all that its page shows of it."""

    engagement: Engagement
    steps: list[StageStep]
    people: list[Assignment]
    tasks: list[Task]
    late: int
    line: list[tuple[str, StageStep | None, bool]] = field(
        default_factory=list
    )  # stage, its last step, whether it is now


def whole(who: Who, engagement: Engagement) -> Whole:
    """Read one engagement for its page."""
    steps = list(engagement.steps.select_related("by"))
    people = list(engagement.assignments.select_related("person").order_by("role", "starts"))
    tasks = list(
        TASKS.visible(who)
        .filter(engagement=engagement)
        .select_related("person", "done_by")
        .order_by(F("done_on").desc(nulls_first=True), F("due").asc(nulls_last=True), "created_at")
    )
    late = sum(1 for t in tasks if t.done_on is None and t.due is not None and t.due < who.day)
    found = Whole(engagement, steps, people, tasks, late)
    stands = engagement.dropped_from if engagement.stage == "dropped" else engagement.stage
    last = {s.stage: s for s in steps}
    for stage in ORDER:
        step = last.get(stage) if rank(stage) <= rank(stands) else None
        found.line.append((stage, step, stage == engagement.stage))
    return found


def of_enterprise(who: Who, enterprise: UUID) -> QuerySet[Engagement]:
    """Return the engagements with one enterprise that exist for the person, newest first."""
    return ENGAGEMENTS.visible(who).filter(enterprise=enterprise).order_by("-stage_since")


def firms_named(who: Who, text: str, most: int = 20) -> list[Enterprise]:
    """Return the first enterprises whose folded name holds every word of the text."""
    key = search_key(text)
    if not key:
        return []
    found = ENTERPRISES.visible(who).exclude(status="merged")
    for part in key.split():
        found = found.filter(search__contains=part)
    return list(found.select_related("province")[:most])


def can_be_given(role: str, day: date) -> QuerySet[Person]:
    """Return the people who have the role expert or verifier on a day."""
    holds = Q(grants__ends__isnull=True) | Q(grants__ends__gte=day)
    return (
        Person.objects.filter(holds, grants__role=role, grants__starts__lte=day, is_active=True)
        .distinct()
        .order_by("name_lo", "pk")
    )


def can_do_tasks(engagement: Engagement, day: date) -> QuerySet[Person]:
    """Return whom a task of the engagement may be given to: the centre's staff, who works on it, the firm's people."""
    holds = Q(grants__ends__isnull=True) | Q(grants__ends__gte=day)
    staff = Q(grants__role__in=("director", "officer"))
    firm = Q(grants__enterprise=engagement.enterprise_id)
    given = Person.objects.filter(
        Q(assignments__ends__isnull=True) | Q(assignments__ends__gte=day),
        assignments__engagement=engagement,
        assignments__starts__lte=day,
    )
    have = Person.objects.filter(holds, staff | firm, grants__starts__lte=day)
    return Person.objects.filter(Q(pk__in=have.values("pk")) | Q(pk__in=given.values("pk")), is_active=True).order_by(
        "name_lo", "pk"
    )
