"""The second factor: forced for those who decide, never in the demo, moved to a new phone, taken away when lost."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from namsai_centre.accounts.models import Notice
from namsai_centre.audit.models import Entry
from tests.centre.accounts.help import code_of, give_factor, is_in, log_in
from tests.centre.cast import PASSWORD, Cast

FORCED = ("director", "officer", "expert", "verifier")
FREE = ("owner", "member", "ministry", "donor", "trainer")


@pytest.fixture
def for_real(settings: Any) -> None:
    settings.DEMO = False


@pytest.mark.usefixtures("for_real")
@pytest.mark.parametrize("name", FORCED)
def test_who_decides_reaches_no_page_without_a_second_factor(cast: Cast, name: str) -> None:
    browser, answer = log_in(f"{name}@example.la")
    assert answer.status_code == 302
    for path in ("/", "/people/me/", "/people/", "/audit/", "/people/me/tokens/"):
        assert browser.get(path)["Location"] == "/account/mfa/totp/activate/", path
    page = browser.get("/account/mfa/totp/activate/")
    assert page.status_code == 200
    assert "data:image/svg+xml;base64," in page.content.decode()


@pytest.mark.usefixtures("for_real")
@pytest.mark.parametrize("name", FREE)
def test_others_are_not_forced(cast: Cast, name: str) -> None:
    assert is_in(log_in(f"{name}@example.la")[0])


@pytest.mark.parametrize("name", FORCED)
def test_the_demo_forces_nobody(cast: Cast, name: str) -> None:
    assert is_in(log_in(f"{name}@example.la")[0])


@pytest.mark.usefixtures("for_real")
def test_setting_it_up_opens_the_centre_and_shows_recovery_codes(
    cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    browser, _ = log_in("director@example.la")
    secret = browser.get("/account/mfa/totp/activate/").context["form"].secret
    wrong = browser.post("/account/mfa/totp/activate/", {"code": "000000" if code_of(secret) != "000000" else "1"})
    assert wrong.status_code == 422
    lao = code_of(secret).translate({ord(str(i)): chr(0x0ED0 + i) for i in range(10)})
    with django_capture_on_commit_callbacks(execute=True):
        done = browser.post("/account/mfa/totp/activate/", {"code": lao})
    assert done["Location"] == "/account/mfa/recovery-codes/"
    assert is_in(browser)
    codes = browser.get("/account/mfa/recovery-codes/").context["unused_codes"]
    assert len(codes) == 10
    sheet = browser.get("/account/mfa/recovery-codes/download/").content.decode()
    assert all(c in sheet for c in codes)
    assert Notice.objects.filter(person=cast.people["director"], key="accounts.told_totp_activated").exists()


@pytest.mark.usefixtures("for_real")
def test_the_password_alone_does_not_log_in_any_more(cast: Cast) -> None:
    secret = give_factor(cast.people["director"])
    browser, answer = log_in("director@example.la")
    assert answer["Location"] == "/account/mfa/authenticate/"
    assert not is_in(browser)
    assert browser.post("/account/mfa/authenticate/", {"code": code_of(secret, 50)}).status_code == 422
    assert not is_in(browser)
    assert browser.post("/account/mfa/authenticate/", {"code": code_of(secret)}).status_code == 302
    assert is_in(browser)


@pytest.mark.usefixtures("for_real")
def test_guessing_codes_is_throttled(cast: Cast) -> None:
    secret = give_factor(cast.people["director"])
    browser, _ = log_in("director@example.la")
    for step in range(50, 56):
        browser.post("/account/mfa/authenticate/", {"code": code_of(secret, step)})
    late = browser.post("/account/mfa/authenticate/", {"code": code_of(secret)})
    assert late.status_code == 422
    assert not is_in(browser)


@pytest.mark.usefixtures("for_real")
@pytest.mark.parametrize("name", FORCED)
def test_who_decides_cannot_switch_it_off(cast: Cast, name: str) -> None:
    secret = give_factor(cast.people[name])
    browser, _ = log_in(f"{name}@example.la")
    browser.post("/account/mfa/authenticate/", {"code": code_of(secret)})
    browser.post("/account/mfa/totp/deactivate/")
    assert Authenticator.objects.filter(user=cast.people[name], type="totp").exists()
    assert "ປິດບໍ່ໄດ້" in browser.get("/account/mfa/totp/deactivate/").content.decode()


@pytest.mark.usefixtures("for_real")
def test_an_owner_may_switch_it_off(cast: Cast) -> None:
    secret = give_factor(cast.people["owner"])
    browser, _ = log_in("owner@example.la")
    browser.post("/account/mfa/authenticate/", {"code": code_of(secret)})
    browser.post("/account/mfa/totp/deactivate/")
    assert not Authenticator.objects.filter(user=cast.people["owner"]).exists()


@pytest.mark.usefixtures("for_real")
def test_moving_to_a_new_phone_leaves_no_moment_without_the_wall(cast: Cast) -> None:
    secret = give_factor(cast.people["director"])
    browser, _ = log_in("director@example.la")
    browser.post("/account/mfa/authenticate/", {"code": code_of(secret)})
    assert browser.post("/people/me/factor/renew/")["Location"] == "/account/mfa/totp/activate/"
    assert browser.get("/people/")["Location"] == "/account/mfa/totp/activate/"
    assert Entry.objects.filter(action="accounts.renew_factor").exists()


def test_the_director_takes_a_lost_one_away_and_the_person_is_logged_out_and_told(
    cast: Cast, browser: Callable[[str], Client]
) -> None:
    owner = cast.people["owner"]
    give_factor(owner)
    theirs = browser("owner")
    assert is_in(theirs)
    director, _ = log_in("director@example.la")
    director.post(f"/people/{owner.pk}/factor/", {"reason": "phone fell into the Mekong"})
    assert not Authenticator.objects.filter(user=owner).exists()
    assert not is_in(theirs)
    assert Notice.objects.filter(person=owner, key="accounts.told_factor_reset").exists()
    assert Entry.objects.get(action="accounts.reset_factor").reason == "phone fell into the Mekong"


def test_the_secret_is_not_readable_in_the_database(cast: Cast) -> None:
    secret = give_factor(cast.people["owner"])
    stored = json.dumps(Authenticator.objects.get(user=cast.people["owner"]).data)
    assert secret not in stored


def test_a_link_for_a_new_password_does_not_pass_the_second_factor(cast: Cast) -> None:
    from namsai_centre.accounts.links import path_of

    person = cast.people["verifier"]
    give_factor(person)
    browser = Client()
    form = browser.get(path_of(person), follow=True)
    browser.post(form.redirect_chain[-1][0], {"password1": "nam-sai-taken-over", "password2": "nam-sai-taken-over"})
    _, answer = log_in("verifier@example.la", "nam-sai-taken-over", client=browser)
    assert answer["Location"] == "/account/mfa/authenticate/"
    assert not is_in(browser)
    assert PASSWORD != "nam-sai-taken-over"


def test_the_api_says_so_instead_of_leading_to_a_page(browser: Callable[[str], Client], settings: Any) -> None:
    settings.DEMO = False
    answer = browser("officer").get("/api/v1/enterprises/")
    assert answer.status_code == 403
    assert answer.json()["findings"] == []
    assert browser("owner").get("/api/v1/enterprises/").status_code == 200
