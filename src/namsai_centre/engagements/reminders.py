"""Reminders of tasks: three days before, on the day, then every week; once each, however often the job runs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q
from django.urls import reverse

from namsai_centre import clock
from namsai_centre.accounts.actions.notify import day_names, notify
from namsai_centre.accounts.identity import who_is
from namsai_centre.accounts.models import Person
from namsai_centre.engagements.models import Assignment, Task
from namsai_centre.engagements.policies import ENGAGEMENTS
from namsai_centre.savings.queries import due_checks

BEFORE = timedelta(days=3)
AGAIN = timedelta(days=7)
CHECK = "engagements.check_due"
CHECK_AGAIN = timedelta(days=27)


@dataclass(frozen=True, slots=True)
class Reminded:
    """What one run did: tasks and persistence checks told of, and notices written."""

    tasks: int
    notices: int
    checks: int = 0


def last_moment(due: date, day: date) -> date | None:
    """Return the last day up to `day` on which a task was to be reminded of; None before the first.

    >>> last_moment(date(2026, 3, 10), date(2026, 3, 6)) is None
    True
    >>> last_moment(date(2026, 3, 10), date(2026, 3, 8)), last_moment(date(2026, 3, 10), date(2026, 3, 25))
    (datetime.date(2026, 3, 7), datetime.date(2026, 3, 24))
    """
    if day < due - BEFORE:
        return None
    if day < due:
        return due - BEFORE
    return due + ((day - due) // AGAIN) * AGAIN


def remind(day: date) -> Reminded:
    """Tell whoever is to do the open tasks that are due. A second run on the same day tells nobody anything.

    A task given to nobody is told to the experts on the engagement, and without one to the programme officers.
    """
    due = Task.objects.filter(done_on__isnull=True, due__isnull=False, due__lte=day + BEFORE)
    running = due.exclude(engagement__stage__in=("dropped", "alumni"))
    tasks = list(running.select_related("engagement__enterprise", "person").order_by("due"))
    experts = _given(day, {t.engagement_id for t in tasks if t.person_id is None}, "expert")
    staff: list[Person] | None = None
    done = notices = 0
    for task in tasks:
        assert task.due is not None
        moment = last_moment(task.due, day)
        if moment is None or (task.reminded_on is not None and task.reminded_on >= moment):
            continue
        people = [task.person] if task.person and task.person.is_active else experts.get(task.engagement_id, [])
        if not people:
            staff = _staff(day) if staff is None else staff
            people = staff
        with transaction.atomic():
            if not _mark(task, day):
                continue  # another run was faster
            for person in people:
                _notice(person, task, day)
        done, notices = done + 1, notices + len(people)
    checks, told = _remind_checks(day)
    return Reminded(done, notices + told, checks)


def _remind_checks(day: date) -> tuple[int, int]:
    """Tell of persistence checks that are due: verifiers of the engagement, else officers; each every four weeks."""
    done = notices = 0
    checks = list(due_checks(day))
    wanted = {c.measure.engagement_id for c in checks if c.measure.engagement_id}
    verifiers = _given(day, wanted, "verifier")
    for check in checks:
        people = verifiers.get(check.measure.engagement_id) if check.measure.engagement_id else None
        url = reverse("savings_answer", args=[check.pk])
        with transaction.atomic():
            told = 0
            for person in people or _staff(day):
                recent = person.notices.filter(key=CHECK, url=url, at__gte=clock.now() - CHECK_AGAIN)
                if not recent.exists():
                    titles = {"lo": check.measure.title_lo, "en": check.measure.title_en}
                    facts = {"measure": titles, "firm": check.measure.enterprise, "years": check.years}
                    notify(person, CHECK, url, on=day_names(check.due), **facts)
                    told += 1
        done, notices = done + bool(told), notices + told
    return done, notices


def _mark(task: Task, day: date) -> bool:
    """Put down that the task was reminded of; only one of two runs succeeds. The version stays: no content changed."""
    same = Q(reminded_on=task.reminded_on) if task.reminded_on else Q(reminded_on__isnull=True)
    return Task.objects.filter(same, pk=task.pk, done_on__isnull=True).update(reminded_on=day) == 1


def _notice(person: Person, task: Task, day: date) -> None:
    assert task.due is not None
    days = (task.due - day).days
    key = "task_due_soon" if days > 0 else "task_due_today" if days == 0 else "task_overdue"
    there = ENGAGEMENTS.visible(who_is(person, day)).filter(pk=task.engagement_id).exists()
    url = reverse("engagements_see", args=[task.engagement_id]) if there else reverse("home")
    firm = task.engagement.enterprise
    notify(person, f"engagements.{key}", url, task=task.title, firm=firm, days=abs(days), on=day_names(task.due))


def _given(day: date, engagements: set[UUID], role: str) -> dict[UUID, list[Person]]:
    found: dict[UUID, list[Person]] = {}
    given = Assignment.objects.filter(
        Q(ends__isnull=True) | Q(ends__gte=day), engagement__in=engagements, role=role, starts__lte=day
    )
    for a in given.filter(person__is_active=True).select_related("person").order_by("starts"):
        found.setdefault(a.engagement_id, []).append(a.person)
    return found


def _staff(day: date) -> list[Person]:
    holds = Q(grants__ends__isnull=True) | Q(grants__ends__gte=day)
    have = Person.objects.filter(holds, grants__role="officer", grants__starts__lte=day, is_active=True)
    return list(have.distinct().order_by(F("name_lo")))
