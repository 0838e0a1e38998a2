"""Keys for other programs: shown once, kept as a fingerprint, with scopes and an end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from namsai_centre import clock
from namsai_centre.accounts.actions.end_token import end_token
from namsai_centre.accounts.actions.make_token import make_token
from namsai_centre.accounts.identity import who_is
from namsai_centre.accounts.models import Person, RoleGrant, Token
from namsai_centre.accounts.tokens import who_of_token
from namsai_centre.audit.models import Entry
from namsai_centre.who import Who
from tests.centre.accounts.help import log_in
from tests.centre.cast import Cast

WhoOf = Callable[[str], Who]


def test_a_key_acts_with_the_rights_of_the_day_and_its_scopes(cast: Cast, who: WhoOf) -> None:
    _, secret = make_token(who("expert"), "script", ["read"], clock.today())
    found = who_of_token(secret)
    assert found is not None
    assert (found.person_id, found.via, found.scopes) == (cast.people["expert"].pk, "api", frozenset({"read"}))
    assert found.assigned == who("expert").assigned
    RoleGrant.objects.filter(person=cast.people["expert"]).update(ends=clock.today() - timedelta(days=1))
    later = who_of_token(secret)
    assert later is not None
    assert not later.roles


def test_only_a_fingerprint_is_kept(cast: Cast, who: WhoOf) -> None:
    token, secret = make_token(who("owner"), "script", ["read"], clock.today())
    kept = str(list(Token.objects.filter(pk=token.pk).values())) + str(list(Entry.objects.values()))
    assert secret not in kept
    assert len(secret) > 40


@pytest.mark.parametrize("how", ["ended", "expired", "closed", "wrong", "empty"])
def test_a_key_that_does_not_hold_is_nobody(cast: Cast, who: WhoOf, how: str, monkeypatch: pytest.MonkeyPatch) -> None:
    token, secret = make_token(who("owner"), "script", ["read"], clock.today())
    assert who_of_token(secret) is not None
    if how == "ended":
        end_token(who("owner"), token)
    elif how == "expired":
        Token.objects.filter(pk=token.pk).update(expires_on=clock.today() - timedelta(days=1))
    elif how == "closed":
        Person.objects.filter(pk=cast.people["owner"].pk).update(is_active=False)
    given = {"wrong": secret[:-1] + "~", "empty": ""}.get(how, secret)
    assert who_of_token(given) is None


def test_a_key_lasts_a_year_at_most_and_does_something(cast: Cast, who: WhoOf) -> None:
    with pytest.raises(ValidationError):
        make_token(who("owner"), "x", ["read"], clock.today() + timedelta(days=367))
    with pytest.raises(ValidationError):
        make_token(who("owner"), "x", ["read"], clock.today() - timedelta(days=1))
    for scopes in ([], ["admin"], ["read", "root"]):
        with pytest.raises(ValidationError):
            make_token(who("owner"), "x", scopes, clock.today())


def test_a_key_makes_no_key_and_ends_none_of_others(cast: Cast, who: WhoOf) -> None:
    by_key = who_is(cast.people["owner"], via="api", scopes=frozenset({"read", "write", "export"}))
    with pytest.raises(PermissionDenied):
        make_token(by_key, "x", ["read"], clock.today())
    token, _ = make_token(who("owner"), "x", ["read"], clock.today())
    with pytest.raises(PermissionDenied):
        end_token(who("director"), token)


def test_the_page_shows_the_secret_once(cast: Cast) -> None:
    browser, _ = log_in("owner@example.la")
    until = str(clock.today() + timedelta(days=30))
    sent = browser.post(
        "/people/me/tokens/make/", {"token_name": "Excel", "scopes": ["read", "export"], "expires_on": until}
    )
    assert sent.status_code == 302
    secret = browser.get("/people/me/tokens/").context["secret"]
    assert who_of_token(secret) is not None
    assert secret not in str(dict(browser.session.items()))
    assert browser.get("/people/me/tokens/").context["secret"] == ""
    token = Token.objects.get(name="Excel")
    browser.post(f"/people/me/tokens/{token.pk}/end/")
    assert who_of_token(secret) is None


def test_wrong_fields_of_a_key_are_told_at_once(cast: Cast) -> None:
    browser: Client
    browser, _ = log_in("owner@example.la")
    page = browser.post("/people/me/tokens/make/", {"token_name": "", "expires_on": "2999-01-01"})
    assert page.status_code == 422
    assert {"token_name", "scopes"} <= set(page.context["form"].errors)
