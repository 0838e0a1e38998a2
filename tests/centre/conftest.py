"""Fixtures of the centre's tests."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from namsai_centre.accounts.identity import who_is
from namsai_centre.who import Who
from tests.centre.cast import Cast, make_cast


@pytest.fixture
def cast(db: None) -> Cast:
    """Everybody and the two firms."""
    return make_cast()


@pytest.fixture
def browser(cast: Cast) -> Callable[[str], Client]:
    """`browser("owner")`: a browser in which that person is logged in (English pages); "stranger": nobody."""

    def as_person(name: str) -> Client:
        client = Client(headers={"accept-language": "en"})
        if name != "stranger":
            client.force_login(cast.people[name])
        return client

    return as_person


@pytest.fixture
def who(cast: Cast) -> Callable[[str], Who]:
    """`who("owner")`: that person as the rights see them today."""
    return lambda name: who_is(cast.people.get(name))
