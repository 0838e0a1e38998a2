"""Who is given to an engagement: conflicts of interest, double booking, dates that end access."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from namsai_centre import clock
from namsai_centre.accounts.models import RoleGrant
from namsai_centre.engagements.actions.assign import assign, end_assignment
from namsai_centre.engagements.models import Assignment
from namsai_centre.engagements.refusal import Refused
from namsai_centre.savings.models import Interest
from namsai_centre.who import Who
from tests.centre.cast import Cast, person

AsWho = Callable[[str], Who]
Browser = Callable[[str], Client]


def grant(cast: Cast, name: str, role: str) -> None:
    start = clock.today() - timedelta(days=100)
    RoleGrant.objects.create(person=cast.people[name], role=role, starts=start)


def refused(cast: Cast, who: AsWho, name: str, role: str, record: str = "engagement") -> str:
    with pytest.raises(Refused) as caught:
        assign(who("officer"), cast.records[record], person=cast.people[name], role=role, starts=clock.today())
    return caught.value.slug


@pytest.mark.parametrize("name", ["expert", "former"])
def test_case_03_who_was_expert_on_it_is_refused_as_verifier(cast: Cast, who: AsWho, name: str) -> None:
    grant(cast, name, "verifier")
    assert refused(cast, who, name, "verifier") == "conflict_was_expert"
    cast.records["engagement"].assignments.filter(person=cast.people[name]).update(paid=False)
    assert refused(cast, who, name, "verifier") == "conflict_was_expert"


@pytest.mark.parametrize(("kind", "slug"), [("proposed", "conflict_proposed"), ("paid", "conflict_paid")])
def test_case_03_who_has_an_interest_in_a_measure_is_refused_as_verifier(
    cast: Cast, who: AsWho, kind: str, slug: str
) -> None:
    new = cast.people["new"] = person("new")
    grant(cast, "new", "verifier")
    Interest.objects.create(measure=cast.records["measure"], person=new, kind=kind)
    assert refused(cast, who, "new", "verifier") == slug


def test_a_verifier_does_not_become_the_expert_of_the_same_work(cast: Cast, who: AsWho) -> None:
    grant(cast, "verifier", "expert")
    assert refused(cast, who, "verifier", "expert") == "conflict_is_verifier"


def test_the_firms_own_people_are_refused(cast: Cast, who: AsWho) -> None:
    grant(cast, "owner", "expert")
    assert refused(cast, who, "owner", "expert") == "conflict_own_firm"


def test_without_the_role_nobody_is_given(cast: Cast, who: AsWho) -> None:
    assert refused(cast, who, "trainer", "expert") == "conflict_no_role"
    RoleGrant.objects.filter(person=cast.people["expert"]).update(ends=clock.today() - timedelta(days=1))
    assert refused(cast, who, "expert", "expert", "engagement_b") == "conflict_no_role"


def test_the_same_role_is_not_given_twice_in_the_same_days(cast: Cast, who: AsWho) -> None:
    assert refused(cast, who, "expert", "expert") == "conflict_twice"
    given = assign(
        who("officer"), cast.records["engagement"], person=cast.people["former"], role="expert", starts=clock.today()
    )  # the first time ended yesterday
    assert given.pk


def test_the_page_tells_the_reason_of_a_conflict(cast: Cast, browser: Browser) -> None:
    grant(cast, "expert", "verifier")
    sent = {"role": "verifier", "person": cast.people["expert"].pk, "starts": clock.today().isoformat()}
    response = browser("officer").post(reverse("engagements_assign", args=[cast.records["engagement"].pk]), sent)
    assert response.status_code == 422
    assert "was an expert on this engagement" in response.content.decode()


def test_a_double_booking_is_shown_and_must_be_confirmed(cast: Cast, browser: Browser) -> None:
    url = reverse("engagements_assign", args=[cast.records["engagement_b"].pk])
    sent = {"role": "expert", "person": cast.people["expert"].pk, "starts": clock.today().isoformat(), "paid": "on"}
    response = browser("officer").post(url, sent)
    assert response.status_code == 422
    assert "Garment A" in response.content.decode()
    assert not cast.records["engagement_b"].assignments.exists()
    assert browser("officer").post(url, {**sent, "anyway": "on"}).status_code == 302
    assert cast.records["engagement_b"].assignments.get().person == cast.people["expert"]


def test_days_that_do_not_overlap_are_no_double_booking(cast: Cast, browser: Browser) -> None:
    url = reverse("engagements_assign", args=[cast.records["engagement_b"].pk])
    sent = {"role": "expert", "person": cast.people["former"].pk, "starts": clock.today().isoformat(), "paid": "on"}
    assert browser("officer").post(url, sent).status_code == 302


def test_case_02_access_ends_with_the_last_day(cast: Cast, who: AsWho, browser: Browser) -> None:
    e, given = cast.records["engagement"], cast.records["assignment"]
    url = reverse("engagements_see", args=[e.pk])
    assert browser("expert").get(url).status_code == 200
    end_assignment(who("officer"), given, given.version, ends=clock.today())
    assert browser("expert").get(url).status_code == 200  # the last day is included
    end_assignment(who("officer"), given, given.version, ends=clock.today() - timedelta(days=1))
    assert browser("expert").get(url).status_code == 404
    assert e.pk not in who("expert").assigned


def test_an_assignment_given_by_mistake_today_is_taken_back_today(cast: Cast, who: AsWho) -> None:
    today = clock.today()
    given = assign(
        who("officer"), cast.records["engagement_b"], person=cast.people["expert"], role="expert", starts=today
    )
    assert cast.records["engagement_b"].pk in who("expert").assigned
    with pytest.raises(Refused):
        end_assignment(who("officer"), given, given.version, ends=today - timedelta(days=2))
    end_assignment(who("officer"), given, given.version, ends=today - timedelta(days=1))
    assert cast.records["engagement_b"].pk not in who("expert").assigned


def test_an_assignment_that_begins_later_opens_nothing_today(cast: Cast, who: AsWho) -> None:
    later = clock.today() + timedelta(days=1)
    assign(who("officer"), cast.records["engagement_b"], person=cast.people["expert"], role="expert", starts=later)
    assert cast.records["engagement_b"].pk not in who("expert").assigned


def test_only_staff_give_people(cast: Cast, who: AsWho) -> None:
    for name in ("expert", "verifier", "owner", "rival", "donor"):
        with pytest.raises(PermissionDenied):
            assign(
                who(name),
                cast.records["engagement_b"],
                person=cast.people["expert"],
                role="expert",
                starts=clock.today(),
            )
    assert not Assignment.objects.filter(engagement=cast.records["engagement_b"]).exists()
