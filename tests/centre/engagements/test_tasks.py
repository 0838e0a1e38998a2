"""Tasks, and the reminders that tell of them once per day that counts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from namsai_centre import clock
from namsai_centre.accounts.models import Notice
from namsai_centre.engagements.actions.tasks import add_task, edit_task, finish_task
from namsai_centre.engagements.models import Task
from namsai_centre.engagements.reminders import remind
from namsai_centre.records import Stale
from namsai_centre.who import Who
from tests.centre.cast import Cast

AsWho = Callable[[str], Who]
Browser = Callable[[str], Client]


def told(name: str, cast: Cast) -> list[str]:
    notices = Notice.objects.filter(person=cast.people[name], key__startswith="engagements.task_")
    notices = notices.exclude(key__startswith="engagements.task_given")
    return list(notices.order_by("pk").values_list("key", flat=True))


def due_in(cast: Cast, who: AsWho, days: int, name: str = "owner") -> Task:
    Task.objects.all().delete()
    due = clock.today() + timedelta(days=days)
    return add_task(who("expert"), cast.records["engagement"], title="Send bills", due=due, person=cast.people[name])


def test_whoever_a_task_was_given_to_finishes_it_and_nobody_else(cast: Cast, who: AsWho) -> None:
    task = due_in(cast, who, 1)
    for name in ("member", "verifier", "rival", "former", "donor"):
        with pytest.raises(PermissionDenied):
            finish_task(who(name), task, task.version)
    finish_task(who("owner"), task, task.version)
    task.refresh_from_db()
    assert (task.done_on, task.done_by) == (clock.today(), cast.people["owner"])


def test_done_twice_changes_nothing(cast: Cast, browser: Browser, who: AsWho) -> None:
    task = due_in(cast, who, 1)
    url = reverse("engagements_task_finish", args=[task.pk])
    for _ in range(2):
        assert browser("owner").post(url, {"version": task.version, "back": "home"})["Location"] == "/"
    task.refresh_from_db()
    assert task.version == 2


def test_an_owner_does_not_change_a_task(cast: Cast, who: AsWho) -> None:
    task = due_in(cast, who, 1)
    with pytest.raises(PermissionDenied):
        edit_task(who("owner"), task, task.version, title="x", due=None, person=None)
    with pytest.raises(Stale):
        edit_task(who("expert"), task, task.version + 5, title="x", due=None, person=None)


def test_a_task_is_given_only_to_people_around_the_engagement(cast: Cast, browser: Browser) -> None:
    url = reverse("engagements_task_new", args=[cast.records["engagement"].pk])
    for name, status in (
        ("rival", 422),
        ("former", 422),
        ("donor", 422),
        ("owner", 302),
        ("expert", 302),
        ("officer", 302),
    ):
        sent = {"title": f"For {name}", "due": "", "person": cast.people[name].pk}
        assert browser("officer").post(url, sent).status_code == status, name


@pytest.mark.parametrize(
    ("days", "key"),
    [
        (4, None),
        (3, "task_due_soon"),
        (1, "task_due_soon"),
        (0, "task_due_today"),
        (-1, "task_overdue"),
        (-30, "task_overdue"),
    ],
)
def test_a_reminder_comes_from_three_days_before(cast: Cast, who: AsWho, days: int, key: str | None) -> None:
    due_in(cast, who, days)
    remind(clock.today())
    assert told("owner", cast) == ([f"engagements.{key}"] if key else [])


def test_a_second_run_on_the_same_day_tells_nobody(cast: Cast, who: AsWho) -> None:
    due_in(cast, who, 0)
    assert remind(clock.today()).tasks == 1
    assert remind(clock.today()).tasks == 0
    assert len(told("owner", cast)) == 1


def test_reminders_come_on_the_days_that_count_and_a_missed_day_is_made_up(cast: Cast, who: AsWho) -> None:
    due_in(cast, who, 5)
    today = clock.today()
    sent = [n for n in range(30) if remind(today + timedelta(days=n)).tasks]
    assert sent == [2, 5, 12, 19, 26]
    due_in(cast, who, 5)
    assert [n for n in (3, 4, 9) if remind(today + timedelta(days=n)).tasks] == [3, 9]  # days 2 and 5 had no run


def test_nothing_is_told_of_done_tasks_and_dropped_work(cast: Cast, who: AsWho) -> None:
    task = due_in(cast, who, 0)
    finish_task(who("owner"), task, task.version)
    assert remind(clock.today()).tasks == 0
    Task.objects.filter(pk=task.pk).update(done_on=None)
    type(task.engagement).objects.filter(pk=task.engagement_id).update(stage="dropped")
    assert remind(clock.today()).tasks == 0


def test_a_task_of_nobody_is_told_to_the_expert_of_today_else_to_officers(cast: Cast) -> None:
    assert remind(clock.today()).tasks == 1  # the cast's task, given to nobody
    assert (told("expert", cast), told("former", cast), told("officer", cast)) == (
        ["engagements.task_due_today"],
        [],
        [],
    )
    Task.objects.update(reminded_on=None)
    cast.records["engagement"].assignments.all().delete()
    remind(clock.today())
    assert told("officer", cast) == ["engagements.task_due_today"]


def test_another_day_begins_the_reminders_anew(cast: Cast, who: AsWho) -> None:
    task = due_in(cast, who, 0)
    remind(clock.today())
    task.refresh_from_db()
    edit_task(
        who("expert"), task, task.version, title=task.title, due=clock.today() + timedelta(days=2), person=task.person
    )
    assert remind(clock.today()).tasks == 1


def test_the_command_says_how_many(cast: Cast) -> None:
    out = StringIO()
    call_command("remind", stdout=out)
    assert out.getvalue().strip() == "1 tasks and 0 checks due, 1 notices written."


def test_a_notice_leads_home_whom_the_engagement_is_closed_to(cast: Cast) -> None:
    task = cast.records["task"]
    Task.objects.filter(pk=task.pk).update(person=cast.people["former"])
    remind(clock.today())
    assert Notice.objects.get(person=cast.people["former"], key__startswith="engagements.task_").url == "/"


def test_whoever_is_given_a_task_is_told_once_and_not_by_themselves(cast: Cast, who: AsWho) -> None:
    def given(name: str) -> int:
        return Notice.objects.filter(person=cast.people[name], key__startswith="engagements.task_given").count()

    task = due_in(cast, who, 9)
    assert given("owner") == 1
    edit_task(who("expert"), task, task.version, title="Other words", due=task.due, person=task.person)
    assert given("owner") == 1
    edit_task(who("expert"), task, task.version, title=task.title, due=task.due, person=cast.people["expert"])
    assert given("expert") == 0


def test_a_due_persistence_check_is_told_to_the_verifiers_every_four_weeks(cast: Cast) -> None:
    check = cast.records["check"]
    type(cast.records["saving"]).objects.filter(measure=check.measure).update(state="verified")

    def told_of() -> int:
        return Notice.objects.filter(key="engagements.check_due").count()

    assert (remind(clock.today()).checks, told_of()) == (1, 2)  # verifier and proposer are the engagement's verifiers
    assert (remind(clock.today()).checks, told_of()) == (0, 2)
    Notice.objects.filter(key="engagements.check_due").update(at=clock.now() - timedelta(days=28))
    assert (remind(clock.today()).checks, told_of()) == (1, 4)
