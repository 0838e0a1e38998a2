"""Pages about people and tasks of an engagement."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from namsai_centre.engagements.actions.assign import assign as do_assign
from namsai_centre.engagements.actions.assign import end_assignment as do_end
from namsai_centre.engagements.actions.tasks import add_task, edit_task, finish_task, reopen_task
from namsai_centre.engagements.conflicts import bookings
from namsai_centre.engagements.forms import AssignForm, EndForm, TaskForm
from namsai_centre.engagements.policies import ASSIGNMENTS, ENGAGEMENTS, TASKS
from namsai_centre.engagements.refusal import Refused
from namsai_centre.records import Stale
from namsai_centre.rights import guard, who_of
from namsai_centre.ui.errors import stale
from namsai_centre.ui.once import once
from namsai_centre.ui.templatetags.words import named
from namsai_centre.ui.words import say


@guard(ENGAGEMENTS, "assign", "pk")
@once
def assign(request: HttpRequest, engagement: Any) -> HttpResponse:
    """Give an expert or verifier; a double booking is shown first and must be confirmed."""
    who = who_of(request)
    role = request.GET.get("role", "")
    role = role if role in ("expert", "verifier") else ""
    form = AssignForm(
        who,
        role,
        request.POST if request.method == "POST" else None,
        initial={"starts": who.day, "role": role or "expert", "paid": True},
    )
    booked: list[Any] = []
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        data.pop("version")
        anyway = data.pop("anyway")
        booked = bookings(data["person"].pk, data["starts"], data["ends"], engagement.pk)
        if not booked or anyway:
            try:
                given = do_assign(who, engagement, **data)
            except Refused as refused:
                form.add_error(refused.field, refused.text)
                booked = []
            else:
                messages.success(request, say("engagements.was_assigned", who=named(given.person)))
                return redirect("engagements_see", engagement.pk)
    facts = {"form": form, "engagement": engagement, "booked": booked, "role": role}
    return render(request, "engagements/assign.html", facts, status=422 if form.errors or booked else 200)


@guard(ASSIGNMENTS, "end", "pk")
def end_assignment(request: HttpRequest, assignment: Any) -> HttpResponse:
    """Set the last day of somebody's work on an engagement."""
    who = who_of(request)
    initial = {"version": assignment.version, "ends": assignment.ends or who.day}
    form = EndForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            do_end(who, assignment, data["version"] or 0, ends=data["ends"], reason=data["reason"])
        except Refused as refused:
            form.add_error(refused.field, refused.text)
        except Stale as problem:
            return stale(request, problem, "engagements")
        else:
            messages.success(request, say("ui.saved"))
            return redirect("engagements_see", assignment.engagement_id)
    facts = {"form": form, "assignment": assignment, "engagement": assignment.engagement}
    return render(request, "engagements/end_assignment.html", facts, status=422 if form.errors else 200)


@guard(ENGAGEMENTS, "work", "pk")
@once
def task_new(request: HttpRequest, engagement: Any) -> HttpResponse:
    """Add a task."""
    form = TaskForm(engagement, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        data.pop("version")
        add_task(who_of(request), engagement, **data)
        messages.success(request, say("engagements.task_added"))
        return redirect("engagements_see", engagement.pk)
    facts = {"form": form, "engagement": engagement, "task": None}
    return render(request, "engagements/task.html", facts, status=422 if form.errors else 200)


@guard(TASKS, "edit", "pk")
def task_edit(request: HttpRequest, task: Any) -> HttpResponse:
    """Change a task."""
    names = ("version", "title", "due", "person")
    form = TaskForm(
        task.engagement,
        request.POST if request.method == "POST" else None,
        initial={n: getattr(task, n) for n in names},
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        expected = data.pop("version") or 0
        try:
            edit_task(who_of(request), task, expected, **data)
        except Stale as problem:
            return stale(request, problem, "engagements")
        messages.success(request, say("ui.saved"))
        return redirect("engagements_see", task.engagement_id)
    facts = {"form": form, "engagement": task.engagement, "task": task}
    return render(request, "engagements/task.html", facts, status=422 if form.errors else 200)


@guard(TASKS, "finish", "pk")
@require_POST
def task_finish(request: HttpRequest, task: Any) -> HttpResponse:
    """Say that a task is done."""
    return _mark(request, task, finish_task, "engagements.task_done")


@guard(TASKS, "finish", "pk")
@require_POST
def task_reopen(request: HttpRequest, task: Any) -> HttpResponse:
    """Take back that a task is done."""
    return _mark(request, task, reopen_task, "engagements.task_open_again")


def _mark(request: HttpRequest, task: Any, action: Any, text: str) -> HttpResponse:
    who = who_of(request)
    version = request.POST.get("version", "")
    try:
        action(who, task, int(version) if version.isascii() and version.isdigit() else task.version)
    except Refused as refused:
        messages.warning(request, refused.text)
    except Stale as problem:
        return stale(request, problem, "engagements")
    else:
        messages.success(request, say(text, title=task.title))
    if request.POST.get("back") == "home" or not ENGAGEMENTS.visible(who).filter(pk=task.engagement_id).exists():
        return redirect("home")
    return redirect("engagements_see", task.engagement_id)
