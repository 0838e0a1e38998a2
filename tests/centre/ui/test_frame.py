"""What surrounds every page, and the filters that write numbers and names."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.template import Context, Template
from django.test import Client
from django.urls import reverse

from namsai_centre.ui.home import DOORS, home_of
from namsai_centre.who import Who
from tests.centre.cast import Cast

Browser = Callable[[str], Client]


def shown(value: object) -> str:
    return Template("{{ value|phone }}").render(Context({"value": value}))


def test_a_phone_number_is_shown_in_groups_and_can_be_dialled() -> None:
    assert shown("+8562055500111") == '<a class="tel" href="tel:+8562055500111">+856 20 5550 0111</a>'
    assert shown(None) == shown("") == "–"
    assert shown("<b>gate</b>") == "&lt;b&gt;gate&lt;/b&gt;"


def test_the_phone_of_the_centre_stands_under_every_page_when_it_is_told(
    cast: Cast, browser: Browser, settings: Any
) -> None:
    assert "tel:" not in browser("stranger").get("/account/login/").content.decode()
    settings.CENTRE_PHONE, settings.CENTRE_MAIL = "021 412345", "help@example.la"
    for name, path in (("stranger", "/account/login/"), ("owner", "/"), ("owner", "/nothing/")):
        page = browser(name).get(path).content.decode()
        assert '<a class="tel" href="tel:+85621412345">+856 21 412 345</a>' in page
        assert 'href="mailto:help@example.la"' in page


def test_the_log_in_page_has_one_way_to_log_in(cast: Cast, browser: Browser) -> None:
    link = f'<a class="button" href="{reverse("account_login")}">'
    assert link not in browser("stranger").get("/account/login/").content.decode()
    assert link in browser("stranger").get("/").content.decode().split("</header>")[0]


@pytest.mark.parametrize("name", ["ministry", "donor", "trainer"])
def test_who_sees_no_firm_is_told_what_they_can_do(
    cast: Cast, browser: Browser, who: Callable[[str], Who], name: str
) -> None:
    client = browser(name)
    page = client.get("/").content.decode()
    assert home_of(who(name)).doors == (("clubs_browse", *DOORS) if name == "trainer" else DOORS)
    for door in home_of(who(name)).doors:
        assert reverse(door) in page
        assert client.get(reverse(door)).status_code == 200
    assert ("Results of the programme" in page) == (name != "trainer")
    assert "Garment A" not in page


@pytest.mark.parametrize("name", ["director", "officer", "expert", "verifier", "owner", "member"])
def test_who_sees_firms_finds_the_parts_of_the_centre(
    cast: Cast, browser: Browser, who: Callable[[str], Who], name: str
) -> None:
    assert home_of(who(name)).doors == ()
    assert reverse("enterprises_browse") in browser(name).get("/").content.decode()


def test_somebody_without_a_role_is_told_so(cast: Cast, browser: Browser) -> None:
    cast.people["donor"].grants.all().delete()
    assert "Your account has no role yet" in browser("donor").get("/").content.decode()
    assert "Your account has no role yet" not in browser("owner").get("/").content.decode()


def test_the_director_reads_in_words_that_the_machine_needs_care(
    cast: Cast, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "looks after the server" not in browser("director").get("/").content.decode()
    states = {"database": "ok", "cache": "failed", "disk": "failed", "jobs": "late"}
    monkeypatch.setattr("namsai_centre.ui.home.health", lambda: states)
    page = browser("director").get("/").content.decode()
    assert "does not work; the disk is nearly full; letters and calculations wait" in page
    assert "nearly full" not in browser("officer").get("/").content.decode()
