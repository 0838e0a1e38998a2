"""Engagements: list, one, begin, change, stages, people and tasks."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Count, F
from django.http import Http404
from ninja import Query
from ninja.responses import Status

from namsai_centre.api.asked import checked, expected, part, sent
from namsai_centre.api.problems import Wrong, found
from namsai_centre.api.room import Room
from namsai_centre.api.schemas.common import ListOf, Versioned
from namsai_centre.api.schemas.engagements import (
    AssignmentEnd,
    AssignmentIn,
    AssignmentOut,
    EngagementAsked,
    EngagementChange,
    EngagementIn,
    EngagementLine,
    EngagementOut,
    FunnelAsked,
    FunnelOut,
    StageCount,
    StageIn,
    StuckLine,
    TaskChange,
    TaskIn,
    TaskLine,
    TaskOut,
    TasksAsked,
)
from namsai_centre.engagements import queries
from namsai_centre.engagements.actions.advance import advance as do_advance
from namsai_centre.engagements.actions.assign import assign as do_assign
from namsai_centre.engagements.actions.assign import end_assignment as do_end
from namsai_centre.engagements.actions.edit import edit as do_edit
from namsai_centre.engagements.actions.make import make as do_make
from namsai_centre.engagements.actions.tasks import add_task, edit_task, finish_task, reopen_task
from namsai_centre.engagements.conflicts import bookings
from namsai_centre.engagements.forms import AssignForm, EndForm, EngagementForm, NewForm, StepForm, TaskForm
from namsai_centre.engagements.funnel import funnel as count_all
from namsai_centre.engagements.models import STAGES
from namsai_centre.engagements.policies import ASSIGNMENTS, ENGAGEMENTS, TASKS
from namsai_centre.enterprises.policies import ENTERPRISES
from namsai_centre.rights import who_of
from namsai_centre.who import Who

room = Room("engagements")
_FIELDS = ("tier", "title_lo", "title_en", "project", "starts", "ends")


def whole(who: Who, engagement: Any) -> Any:
    """Return an engagement with what its page shows of it."""
    seen = queries.whole(who, engagement)
    own = {n: getattr(engagement, n) for n in EngagementLine.model_fields}
    own |= {n: getattr(engagement, n) for n in ("dropped_because", "dropped_from")}
    return own | {"steps": seen.steps, "people": seen.people, "tasks": seen.tasks}


@room.get("/", ENGAGEMENTS, "browse", gives=ListOf[EngagementLine])
def browse(request: Any, asked: Query[EngagementAsked]) -> Any:
    """List the engagements one may see, the newest step first."""
    return part(queries.browse(who_of(request), queries.Filters.read(asked.filters())), asked)


@room.get("/stuck/", ENGAGEMENTS, "funnel", gives=ListOf[StuckLine])
def stuck(request: Any, asked: Query[EngagementAsked]) -> Any:
    """List who is longer in a stage than usual, the longest first: days in it, and days beyond the usual."""
    who = who_of(request)
    found_ = queries.stuck(who, queries.Filters.read(asked.filters()))
    return part(found_, asked, lambda rows: queries.mark_waiting(rows, who.day))


@room.get("/stages/", ENGAGEMENTS, "funnel", gives=list[StageCount])
def stages(request: Any, asked: Query[EngagementAsked]) -> Any:
    """Count the engagements by the stage they stand in."""
    found_ = queries.browse(who_of(request), queries.Filters.read(asked.filters()))
    counts = dict(found_.order_by().values_list("stage").annotate(now=Count("pk")))
    return [{"stage": stage, "now": counts.get(stage, 0)} for stage in STAGES]


@room.get("/funnel/", ENGAGEMENTS, "funnel", gives=FunnelOut)
def funnel(request: Any, asked: Query[FunnelAsked]) -> Any:
    """Count the engagements by stage, how many went on, and the same by sector, province, tier, project or year."""
    told = queries.Filters.read({n: v for n, v in asked.filters().items() if n != "by"})
    shown = count_all(who_of(request), told, asked.by)
    rows = []
    for row in shown.rows:
        value = getattr(row.value, "pk", row.value)
        names = {n: getattr(row.value, n, "") or "" for n in ("name_lo", "name_en")}
        stands = [{"stage": s, "now": n.count} for s, n in zip(STAGES, row.stands, strict=True)]
        own = {"value": None if value in (None, "") else str(value), "all": row.all.count, "stands": stands}
        rows.append(own | names)
    reach = [
        {"stage": r.stage, "reached": r.reached.count, "went_on": r.went_on, "percent": r.percent} for r in shown.reach
    ]
    stands = [{"stage": s, "now": n.count} for s, n in shown.stands]
    return {"by": shown.by, "all": shown.all.count, "stands": stands, "reach": reach, "rows": rows}


@room.post("/", ENGAGEMENTS, "make", gives=EngagementOut, status=201, made=ENGAGEMENTS, shown=whole)
def make(request: Any, body: EngagementIn) -> Any:
    """Begin an engagement with an enterprise."""
    return _make(request, body, None)


@room.get("/{uuid:pk}/", ENGAGEMENTS, "see", "pk", gives=EngagementOut)
def see(request: Any, engagement: Any) -> Any:
    """Show one engagement."""
    return whole(who_of(request), engagement)


@room.put("/{uuid:pk}/", ENGAGEMENTS, "browse", gives=EngagementOut)
def put(request: Any, pk: UUID, body: EngagementIn) -> Any:
    """Begin an engagement under an id of the client's own; the same again changes nothing."""
    who = who_of(request)
    there = ENGAGEMENTS.visible(who).filter(pk=pk).first()
    if there is None:
        if not ENGAGEMENTS.allows("make", who):
            raise Http404
        return Status(201, whole(who, _make(request, body, pk)))
    same = there.enterprise_id == body.enterprise and all(
        getattr(there, n) == getattr(body, n) for n in _FIELDS if n != "starts"
    )
    if not same:
        raise Wrong([found("api.id_taken", "id")], 409)
    return whole(who, there)


@room.patch("/{uuid:pk}/", ENGAGEMENTS, "edit", "pk", gives=EngagementOut)
def edit(request: Any, engagement: Any, body: EngagementChange) -> Any:
    """Change titles, tier, project and days."""
    who, version = who_of(request), expected(request, body.version)
    values = {n: getattr(engagement, n) for n in _FIELDS} | body.wanted()
    fields = checked(lambda: EngagementForm(sent(values)))
    return whole(who, do_edit(who, engagement, version, **fields))


@room.post("/{uuid:pk}/stage/", ENGAGEMENTS, "advance", "pk", gives=EngagementOut)
def advance(request: Any, engagement: Any, body: StageIn) -> Any:
    """Move an engagement to another stage."""
    who, version = who_of(request), expected(request, body.version)
    fields = checked(lambda: StepForm(engagement, who, sent(body.wanted())))
    do_advance(who, engagement, version, **fields)
    return whole(who, engagement)


@room.post("/{uuid:pk}/assignments/", ENGAGEMENTS, "assign", "pk", gives=AssignmentOut, status=201, made=ASSIGNMENTS)
def assign(request: Any, engagement: Any, body: AssignmentIn) -> Any:
    """Give an expert or verifier to an engagement."""
    who = who_of(request)
    role = body.role if body.role in ("expert", "verifier") else ""
    fields = checked(lambda: AssignForm(who, role, sent(body.model_dump())))
    anyway = fields.pop("anyway")
    if not anyway and bookings(fields["person"].pk, fields["starts"], fields["ends"], engagement.pk):
        raise Wrong([found("api.booked", "anyway")])
    return do_assign(who, engagement, **fields)


@room.post("/assignments/{uuid:pk}/end/", ASSIGNMENTS, "end", "pk", gives=AssignmentOut)
def end_assignment(request: Any, assignment: Any, body: AssignmentEnd) -> Any:
    """Set the last day of somebody's work on an engagement."""
    version = expected(request, body.version)
    fields = checked(lambda: EndForm(sent(body.wanted())))
    return do_end(who_of(request), assignment, version, **fields)


@room.post("/{uuid:pk}/tasks/", ENGAGEMENTS, "work", "pk", gives=TaskOut, status=201, made=TASKS)
def task_new(request: Any, engagement: Any, body: TaskIn) -> Any:
    """Add a task."""
    fields = checked(lambda: TaskForm(engagement, sent(body.model_dump())))
    return add_task(who_of(request), engagement, **fields)


@room.get("/tasks/", None, gives=ListOf[TaskLine])
def tasks(request: Any, asked: Query[TasksAsked]) -> Any:
    """List the tasks one may see, the one due first on top: open, done or all; of all people or one's own."""
    who = who_of(request)
    found_ = TASKS.visible(who).select_related("person", "engagement__enterprise")
    if asked.mine:
        found_ = found_.filter(person=who.person_id)
    if asked.state:
        found_ = found_.filter(done_on__isnull=asked.state == "open")
    return part(found_.order_by(F("due").asc(nulls_last=True), "created_at", "id"), asked)


@room.patch("/tasks/{uuid:pk}/", TASKS, "edit", "pk", gives=TaskOut)
def task_edit(request: Any, task: Any, body: TaskChange) -> Any:
    """Change a task."""
    version = expected(request, body.version)
    values = {"title": task.title, "due": task.due, "person": task.person_id} | body.wanted()
    fields = checked(lambda: TaskForm(task.engagement, sent(values)))
    return edit_task(who_of(request), task, version, **fields)


@room.post("/tasks/{uuid:pk}/done/", TASKS, "finish", "pk", gives=TaskOut)
def task_finish(request: Any, task: Any, body: Versioned) -> Any:
    """Say that a task is done today."""
    return finish_task(who_of(request), task, expected(request, body.version))


@room.post("/tasks/{uuid:pk}/open/", TASKS, "finish", "pk", gives=TaskOut)
def task_reopen(request: Any, task: Any, body: Versioned) -> Any:
    """Take back that a task is done."""
    return reopen_task(who_of(request), task, expected(request, body.version))


def _make(request: Any, body: EngagementIn, pk: UUID | None) -> Any:
    who = who_of(request)
    try:
        firm = ENTERPRISES.find(who, body.enterprise)
    except Http404:
        raise Wrong([found("api.not_found", "enterprise")]) from None
    fields = checked(lambda: NewForm(sent(body.model_dump(exclude={"enterprise"}))))
    return do_make(who, firm, id=pk, **fields)
