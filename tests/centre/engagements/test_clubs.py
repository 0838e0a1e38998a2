"""Clubs of eight to ten firms in six modules: members, days, who came."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from namsai.texts import has
from namsai_centre import clock
from namsai_centre.audit.models import Entry
from namsai_centre.engagements.actions.clubs import edit_club, hold_module, make_club
from namsai_centre.engagements.clubs import modules
from namsai_centre.engagements.models import Club, Engagement
from namsai_centre.engagements.queries_light import whole_club
from namsai_centre.engagements.refusal import Refused
from namsai_centre.enterprises.models import Enterprise
from namsai_centre.records import Stale
from namsai_centre.who import Who
from tests.centre.cast import Cast

AsWho = Callable[[str], Who]
Browser = Callable[[str], Client]


def light(count: int) -> list[Engagement]:
    return [
        Engagement.objects.create(
            enterprise=Enterprise.objects.create(name_lo=f"ຮ້ານ {n}", name_en=f"Shop {n}"), tier="light", stage="signed"
        )
        for n in range(count)
    ]


def club_of(who: AsWho, members: list[Engagement], plan: bool = False) -> Club:
    return make_club(
        who("officer"), name_lo="ກຸ່ມ", name_en="Club", starts=clock.today(), leader=None, members=members, plan=plan
    )


def test_a_club_has_six_modules_three_weeks_apart_when_planned(cast: Cast, who: AsWho) -> None:
    club = club_of(who, light(8), plan=True)
    days = [m.on for m in club.modules.all()]
    assert days == [clock.today() + timedelta(days=21 * n) for n in range(6)]
    assert [m.on for m in club_of(who, []).modules.all()] == [None] * 6
    for kind in modules():
        assert has(f"engagements.module_{kind.id}")
        assert kind.assumed == (kind.number > 2)


@pytest.mark.parametrize(("firms", "words"), [(7, "7 firms"), (8, ""), (10, ""), (11, "Think of two clubs")])
def test_fewer_than_eight_and_more_than_ten_are_warned_of(cast: Cast, browser: Browser, firms: int, words: str) -> None:
    sent = {"name_lo": "ກຸ່ມໃໝ່", "members": [e.pk for e in light(firms)]}
    response = browser("officer").post(reverse("clubs_new"), sent, follow=True)
    text = response.content.decode()
    assert ("a club usually has" in text) == bool(words)
    assert words in text
    assert Club.objects.get(name_lo="ກຸ່ມໃໝ່").engagements.count() == firms


def test_attendance_needs_a_day_that_has_come_and_a_member(cast: Cast, who: AsWho) -> None:
    members = light(8)
    club, outsider = club_of(who, members), light(1)[0]
    today = clock.today()
    for on, present, slug in (
        (None, members[:1], "module_needs_day"),
        (today + timedelta(days=1), members[:1], "module_in_future"),
        (today, [outsider], "module_not_member"),
    ):
        with pytest.raises(Refused) as caught:
            hold_module(who("trainer"), club, 1, 1, on=on, present=present)
        assert caught.value.slug == slug
    hold_module(who("trainer"), club, 1, 1, on=today, present=members[:5])
    whole = whole_club(who("trainer"), club)
    assert (whole.held, sorted(f.count for f in whole.firms)) == (1, [0] * 3 + [1] * 5)
    assert {f.came[1] for f in whole.firms} == {None}  # a module not held yet is not "missing"
    entry = Entry.objects.filter(action="engagements.hold_module").latest("pk")
    assert entry.after
    assert len(entry.after["present"]) == 5


def test_case_12_two_people_writing_one_attendance(cast: Cast, who: AsWho) -> None:
    members = light(8)
    club = club_of(who, members)
    hold_module(who("trainer"), club, 1, 1, on=clock.today(), present=members[:5])
    with pytest.raises(Stale):
        hold_module(who("officer"), club, 1, 1, on=clock.today(), present=[])
    assert club.modules.get(number=1).present.count() == 5


def test_a_firm_that_left_stays_in_the_attendance_of_its_days(cast: Cast, who: AsWho) -> None:
    members = light(8)
    club = club_of(who, members)
    hold_module(who("trainer"), club, 1, 1, on=clock.today(), present=members)
    edit_club(
        who("officer"), club, club.version, name_lo="ກຸ່ມ", name_en="", starts=None, leader=None, members=members[1:]
    )
    whole = whole_club(who("officer"), club)
    left = [f for f in whole.firms if not f.member]
    assert [(f.engagement, f.count) for f in left] == [(members[0], 1)]
    assert whole.members == 7
    assert whole.warning == "club_too_few"


def test_a_firm_sees_only_itself_in_its_club(cast: Cast, browser: Browser) -> None:
    club = cast.records["club"]
    club.engagements.add(cast.records["engagement_b"])
    url = reverse("clubs_see", args=[club.pk])
    text = browser("owner").get(url).content.decode()
    assert "Garment A" in text
    assert "Food B" not in text
    text = browser("trainer").get(url).content.decode()
    assert "Garment A" in text
    assert "Food B" in text
    assert reverse("engagements_see", args=[cast.records["engagement"].pk]) not in text  # a trainer cannot open it


def test_a_trainer_writes_attendance_but_does_not_choose_members(cast: Cast, who: AsWho) -> None:
    club = cast.records["club"]
    with pytest.raises(PermissionDenied):
        edit_club(who("trainer"), club, 1, name_lo="x", name_en="", starts=None, leader=None, members=[])
    with pytest.raises(PermissionDenied):
        hold_module(who("owner"), club, 1, 1, on=clock.today(), present=[])


def test_a_module_that_does_not_exist_is_not_found(cast: Cast, browser: Browser) -> None:
    club = cast.records["club"]
    assert browser("trainer").get(reverse("clubs_module", args=[club.pk, 7])).status_code == 404


def test_queries_do_not_grow_with_firms_and_clubs(cast: Cast, who: AsWho, browser: Browser) -> None:
    client, lists, pages = browser("officer"), [], []
    for firms in (2, 9):
        members = light(firms)
        club = club_of(who, members, plan=True)
        hold_module(who("officer"), club, 1, 1, on=clock.today(), present=members)
        client.get(reverse("clubs_browse"))
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("clubs_browse"))
        lists.append(len(queries))
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("clubs_see", args=[club.pk]))
        pages.append(len(queries))
    assert lists[0] == lists[1], lists
    assert pages[0] == pages[1], pages
