"""Case 2: an expert assigned until yesterday, and the break-glass."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from namsai_centre import clock
from namsai_centre.accounts.actions.break_glass import OPEN_FOR, break_glass, close_glass
from namsai_centre.accounts.identity import who_is
from namsai_centre.accounts.models import BreakGlass, RoleGrant
from namsai_centre.accounts.queries import open_glass
from namsai_centre.audit.models import Entry
from namsai_centre.enterprises.policies import ENTERPRISES
from namsai_centre.who import Who
from tests.centre.cast import Cast

REASON = "Chemical leak at night, I must know the store"


def test_case_02_an_expert_is_refused_from_the_day_after_the_last(cast: Cast) -> None:
    former, firm, today = cast.people["former"], cast.records["enterprise"], clock.today()
    assert firm in ENTERPRISES.visible(who_is(former, today - timedelta(days=1)))
    assert firm not in ENTERPRISES.visible(who_is(former, today))
    assert not who_is(former).assigned


def test_case_02_without_a_reason_nothing_opens(cast: Cast, browser: Callable[[str], Client]) -> None:
    firm = cast.records["enterprise"]
    for reason in ("", "   ", "urgent", " ".join("x" * 10)[:10]):
        page = browser("former").post("/people/glasses/open/", {"firm_name": "Garment A", "reason": reason})
        assert page.status_code == 422
    assert not open_glass(firm)
    with pytest.raises(ValidationError):
        break_glass(who_is(cast.people["former"]), firm, "urgent")


def test_case_02_the_glass_opens_for_a_reason_is_told_to_the_directors_and_ends_by_itself(
    cast: Cast, browser: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    former, firm = cast.people["former"], cast.records["enterprise"]
    sent = browser("former").post("/people/glasses/open/", {"firm_name": "Garment A", "reason": REASON})
    assert sent.status_code == 302
    assert firm in ENTERPRISES.visible(who_is(former))
    (glass,) = open_glass(firm)
    assert (glass.person, glass.reason) == (former, REASON)
    entry = Entry.objects.get(action="accounts.break_glass")
    assert (entry.enterprise_id, entry.reason, entry.person_id) == (firm.pk, REASON, former.pk)
    notice = cast.people["director"].notices.get(key="accounts.told_glass")
    assert notice.facts["reason"] == REASON
    assert [m.to for m in mail.outbox] == [["director@example.la"]]
    late = clock.now() + OPEN_FOR + timedelta(seconds=1)
    monkeypatch.setattr(clock, "now", lambda: late)
    assert firm not in ENTERPRISES.visible(who_is(former))
    assert not open_glass(firm)


def test_case_02_the_director_ends_it_before_its_time(cast: Cast, who: Callable[[str], Who]) -> None:
    glass = break_glass(who("former"), cast.records["enterprise"], REASON)
    with pytest.raises(PermissionDenied):
        close_glass(who("expert"), glass)
    close_glass(who("director"), glass)
    assert cast.records["enterprise"].pk not in who_is(cast.people["former"]).glass


def test_case_02_who_loses_the_role_loses_the_open_glass(cast: Cast, who: Callable[[str], Who]) -> None:
    break_glass(who("former"), cast.records["enterprise"], REASON)
    RoleGrant.objects.filter(person=cast.people["former"]).update(ends=clock.today() - timedelta(days=1))
    assert not who_is(cast.people["former"]).glass


@pytest.mark.parametrize("name", ["owner", "rival", "member", "ministry", "donor", "trainer", "stranger"])
def test_case_02_others_break_no_glass(cast: Cast, who: Callable[[str], Who], name: str) -> None:
    with pytest.raises(PermissionDenied):
        break_glass(who(name), cast.records["enterprise"], REASON)


def test_case_02_a_token_breaks_no_glass(cast: Cast) -> None:
    who = who_is(cast.people["former"], via="api", scopes=frozenset({"read", "write"}))
    with pytest.raises(PermissionDenied):
        break_glass(who, cast.records["enterprise"], REASON)


def test_the_owner_reads_who_opened_the_firm(
    cast: Cast, who: Callable[[str], Who], browser: Callable[[str], Client]
) -> None:
    break_glass(who("former"), cast.records["enterprise"], REASON)
    line = "Former → Garment A"
    assert line in browser("owner").get("/audit/").content.decode()
    assert line not in browser("rival").get("/audit/").content.decode()


def test_a_list_of_glasses_asks_no_more_for_more(
    cast: Cast, browser: Callable[[str], Client], django_assert_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    director = browser("director")
    director.get("/people/glasses/")
    with CaptureQueriesContext(connection) as few:
        director.get("/people/glasses/")
    for _ in range(6):
        BreakGlass.objects.create(
            person=cast.people["expert"], enterprise=cast.records["enterprise_b"], reason=REASON,
            expires_at=clock.now() + timedelta(hours=1),
        )  # fmt: skip
    with django_assert_num_queries(len(few)):
        director.get("/people/glasses/")


def test_case_02_the_firms_page_is_not_found_until_the_glass_is_broken(
    cast: Cast, browser: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    url = reverse("enterprises_see", args=[cast.records["enterprise"].pk])
    former = browser("former")
    assert former.get(url).status_code == 404
    former.post("/people/glasses/open/", {"firm_name": "Garment A", "reason": REASON})
    assert former.get(url).status_code == 200
    assert former.get(reverse("enterprises_see", args=[cast.records["enterprise_b"].pk])).status_code == 200, (
        "the cast has one open there"
    )
    late = clock.now() + OPEN_FOR + timedelta(seconds=1)
    monkeypatch.setattr(clock, "now", lambda: late)
    assert former.get(url).status_code == 404
