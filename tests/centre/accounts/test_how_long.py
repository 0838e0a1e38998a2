"""How long a log-in lasts: firms may be remembered for weeks, whoever sees many firms for a working day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.conf import settings

from namsai_centre import clock
from namsai_centre.accounts.devices import LONGEST
from namsai_centre.accounts.models import Device, RoleGrant
from tests.centre.accounts.help import code_of, give_factor, is_in, log_in
from tests.centre.cast import Cast

THREE_WEEKS = 21 * 24 * 3600  # seconds


def later(monkeypatch: pytest.MonkeyPatch, hours: float) -> None:
    then = clock.now() + timedelta(hours=hours)
    monkeypatch.setattr(clock, "now", lambda: then)
    monkeypatch.setattr(clock, "today", lambda: date.fromordinal(then.toordinal()))


@pytest.mark.parametrize(
    ("name", "kept"),
    [("owner", THREE_WEEKS), ("member", THREE_WEEKS), ("trainer", THREE_WEEKS)]
    + [(n, LONGEST.total_seconds()) for n in ("director", "officer", "expert", "verifier")],
)
def test_the_browser_remembers_a_firm_for_three_weeks_and_others_for_12_hours(
    cast: Cast, name: str, kept: float
) -> None:
    browser, _ = log_in(f"{name}@example.la", remember="on")
    assert int(str(browser.cookies[settings.SESSION_COOKIE_NAME]["max-age"])) == kept


@pytest.mark.parametrize("name", ["owner", "officer"])
def test_without_the_tick_the_browser_forgets_at_its_end(cast: Cast, name: str) -> None:
    browser, _ = log_in(f"{name}@example.la")
    assert browser.cookies[settings.SESSION_COOKIE_NAME]["max-age"] == ""


@pytest.mark.parametrize("tick", ["", "on"])
def test_staff_who_never_stop_working_log_in_again_after_12_hours(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, tick: str
) -> None:
    browser, _ = log_in("officer@example.la", remember=tick)
    session = browser.session
    later(monkeypatch, 11.9)
    assert is_in(browser)
    later(monkeypatch, 0.2)
    answer = browser.get("/people/me/", follow=True)
    assert answer.redirect_chain[0][0].endswith("/account/login/?next=/people/me/")
    assert "ຄົບ 12 ຊົ່ວໂມງ" in answer.content.decode()
    assert not session.exists(str(session.session_key)), "the old session is of no use to a thief"
    assert not Device.objects.filter(person=cast.people["officer"]).exists()


def test_the_second_step_of_the_log_in_keeps_the_12_hours(cast: Cast) -> None:
    secret = give_factor(cast.people["director"])
    browser, _ = log_in("director@example.la", remember="on")
    browser.post("/account/mfa/authenticate/", {"code": code_of(secret)})
    assert is_in(browser)
    assert browser.cookies[settings.SESSION_COOKIE_NAME]["max-age"] == LONGEST.total_seconds()


def test_a_firm_stays_logged_in_and_loses_that_with_a_role_in_the_centre(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser, _ = log_in("owner@example.la", remember="on")
    later(monkeypatch, 13)
    assert is_in(browser)
    RoleGrant.objects.create(person=cast.people["owner"], role="expert", starts=clock.today())
    assert not is_in(browser)
