"""The first page: what waits for each role, nothing that is not theirs, a fixed number of queries."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from namsai_centre import clock
from namsai_centre.accounts.models import Notice
from namsai_centre.engagements.models import Assignment, Engagement, Task
from namsai_centre.enterprises.models import Enterprise
from namsai_centre.savings.models import Measure, Saving
from namsai_centre.ui.home import home_of
from namsai_centre.who import Who
from tests.centre.cast import LOGGED_IN, Cast

AsWho = Callable[[str], Who]
Browser = Callable[[str], Client]


@pytest.mark.parametrize("name", LOGGED_IN)
@pytest.mark.parametrize("language", ["lo", "en"])
def test_everybody_has_a_first_page(cast: Cast, browser: Browser, name: str, language: str) -> None:
    response = browser(name).get("/", headers={"accept-language": language})
    assert response.status_code == 200
    assert f'<html lang="{language}">' in response.content.decode()


@pytest.mark.parametrize("name", ["director", "officer", "expert", "verifier", "owner", "trainer"])
def test_the_number_of_queries_does_not_grow(cast: Cast, browser: Browser, name: str) -> None:
    client, counts = browser(name), []
    for more in (2, 14):
        for n in range(more):
            firm = Enterprise.objects.create(name_lo=f"ໂຮງງານ {more}-{n}")
            e = Engagement.objects.create(
                enterprise=firm, stage="signed", stage_since=clock.today() - timedelta(days=99)
            )
            for who, role in (("expert", "expert"), ("verifier", "verifier")):
                Assignment.objects.create(engagement=e, person=cast.people[who], role=role)
            m = Measure.objects.create(enterprise=cast.records["enterprise"], engagement=e, title_lo=f"ມ {n}")
            for kind in ("energy", "water"):
                Saving.objects.create(measure=m, kind=kind, amount="1", unit="kWh", state=("measured", "agreed")[n % 2])
            Task.objects.create(engagement=e, title="t", due=clock.today(), person=cast.people[name])
            Notice.objects.create(person=cast.people[name], key="engagements.task_due_today", facts={"task": "t"})
        client.get("/")
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1], counts


def test_my_tasks_are_mine_and_for_an_expert_also_what_nobody_was_given(cast: Cast, who: AsWho) -> None:
    nobodys = cast.records["task"]
    own = Task.objects.create(engagement=cast.records["engagement"], title="Bills", person=cast.people["owner"])
    assert home_of(who("owner")).tasks.rows == [own]
    assert home_of(who("expert")).tasks.rows == [nobodys]
    assert home_of(who("member")).tasks.rows == home_of(who("rival")).tasks.rows == []
    Task.objects.filter(pk=own.pk).update(done_on=clock.today())
    assert home_of(who("owner")).tasks.rows == []


def test_what_waits_is_asked_only_for_those_it_concerns(cast: Cast, who: AsWho) -> None:
    owner, donor, trainer = (home_of(who(n)) for n in ("owner", "donor", "trainer"))
    for home in (owner, donor, trainer):
        assert (home.stuck, home.reviews, home.verify, home.checks, home.counts) == (None,) * 5
    assert donor.overseer
    assert not owner.overseer
    assert [c.club for c in trainer.clubs or []] == [cast.records["club"]]
    assert home_of(who("officer")).counts is None
    assert home_of(who("director")).counts is not None


def test_the_owner_sees_the_firm_the_plan_and_what_to_decide(cast: Cast, who: AsWho) -> None:
    firm = cast.records["enterprise"]
    Measure.objects.filter(enterprise=firm).delete()
    made = {}
    for state in ("identified", "agreed", "verified", "rejected"):
        m = made[state] = Measure.objects.create(enterprise=firm, title_lo=state)
        Saving.objects.create(measure=m, kind="energy", amount="1", unit="kWh", state=state)
    (home,) = home_of(who("owner")).firms
    assert (home.enterprise, home.engagement) == (firm, cast.records["engagement"])
    assert (home.to_agree, home.plan, home.done) == ([made["identified"]], [made["agreed"]], 1)
    assert [h for _, h in home.line] == ["past", "past", "past", "now", "ahead", "ahead"]
    assert home.last_check == cast.records["self_check"]


def test_the_review_of_ones_own_assessment_does_not_wait_for_oneself(cast: Cast, who: AsWho) -> None:
    waiting = cast.records["assessment_review"]
    reviews = home_of(who("officer")).reviews
    assert reviews is not None
    assert waiting in reviews.rows
    type(waiting).objects.filter(pk=waiting.pk).update(by=cast.people["officer"])
    reviews = home_of(who("officer")).reviews
    assert reviews is not None
    assert waiting not in reviews.rows


def test_who_proposed_a_measure_is_not_asked_to_verify_it(cast: Cast, who: AsWho) -> None:
    saving = cast.records["saving"]
    Saving.objects.filter(pk=saving.pk).update(state="measured")
    verifier, proposer = home_of(who("verifier")).verify, home_of(who("proposer")).verify
    assert verifier is not None
    assert proposer is not None
    assert verifier.rows == [saving]
    assert proposer.rows == []


def test_counts_of_the_director_stand_one_by_one(cast: Cast, who: AsWho, browser: Browser) -> None:
    counts = home_of(who("director")).counts
    assert counts is not None
    for stage, n in counts.stages:
        assert n == Engagement.objects.filter(stage=stage).count()
    for state, n in counts.savings:
        assert n == Saving.objects.filter(state=state).count()
    page = browser("director").get("/").content.decode()
    assert reverse("engagements_browse") + "?stage=signed" in page


def test_a_stranger_reads_what_this_is(cast: Cast, browser: Browser) -> None:
    page = browser("stranger").get("/").content.decode()
    assert "Garment A" not in page
    assert reverse("account_login") in page
