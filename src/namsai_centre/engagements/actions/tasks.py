"""Tasks of an engagement: add, change, finish, take back."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.urls import reverse

from namsai_centre import clock
from namsai_centre.accounts.actions.notify import day_names, notify
from namsai_centre.accounts.identity import who_is
from namsai_centre.accounts.models import Person
from namsai_centre.action import changing, made
from namsai_centre.engagements.models import Engagement, Task
from namsai_centre.engagements.policies import ENGAGEMENTS, TASKS
from namsai_centre.engagements.refusal import Refused
from namsai_centre.who import Who


def add_task(who: Who, engagement: Engagement, *, title: str, due: date | None, person: Person | None) -> Task:
    """Add something to do until a day, given to somebody (or to nobody yet)."""
    ENGAGEMENTS.demand("work", who, engagement)
    with transaction.atomic():
        task = Task.objects.create(engagement=engagement, title=title, due=due, person=person)
        made(who, "engagements.add_task", task)
        _tell(who, task)
    return task


def _tell(who: Who, task: Task) -> None:
    """Tell whom a task was given to, unless they gave it to themselves."""
    if task.person is None or task.person_id == who.person_id:
        return
    sees = ENGAGEMENTS.visible(who_is(task.person)).filter(pk=task.engagement_id).exists()
    url = reverse("engagements_see", args=[task.engagement_id]) if sees else reverse("home")
    facts = {"task": task.title, "firm": task.engagement.enterprise}
    if task.due is None:
        notify(task.person, "engagements.task_given", url, **facts)
    else:
        notify(task.person, "engagements.task_given_until", url, on=day_names(task.due), **facts)


def edit_task(who: Who, task: Task, expected: int, *, title: str, due: date | None, person: Person | None) -> Task:
    """Change what, until when, by whom; another day begins the reminders anew."""
    TASKS.demand("edit", who, task)
    before = task.person_id
    with changing(who, "engagements.edit_task", task):
        reminded = task.reminded_on if due == task.due else None
        task.change(expected, title=title, due=due, person=person, reminded_on=reminded)
        if task.person_id != before:
            _tell(who, task)
    return task


def finish_task(who: Who, task: Task, expected: int) -> Task:
    """Say that it is done today; doing it twice changes nothing."""
    TASKS.demand("finish", who, task)
    if task.done_on is not None:
        return task
    with changing(who, "engagements.finish_task", task):
        task.change(expected, done_on=clock.today(), done_by_id=who.person_id)
    return task


def reopen_task(who: Who, task: Task, expected: int) -> Task:
    """Take back that it is done."""
    TASKS.demand("finish", who, task)
    if task.done_on is None:
        raise Refused("task_not_done")
    with changing(who, "engagements.reopen_task", task):
        task.change(expected, done_on=None, done_by_id=None, reminded_on=None)
    return task
