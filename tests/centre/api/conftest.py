"""A client of the API for each person: `caller("owner")`, with a token of all scopes (or those named)."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from namsai_centre import clock
from namsai_centre.accounts.models import Token
from namsai_centre.accounts.tokens import PREFIX, digest
from tests.centre.cast import Cast

ALL = ("read", "write", "export")


class Caller:
    """Sends JSON with a person's token."""

    def __init__(self, token: str, lang: str = "en") -> None:
        self.headers = {"accept-language": lang} | ({"authorization": f"Bearer {token}"} if token else {})
        self.client = Client(headers=self.headers)

    def __call__(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """Send one request to /api/v1/."""
        data = "" if body is None else json.dumps(body)
        return self.client.generic(
            method, f"/api/v1/{path}", data, content_type="application/json", headers={**self.headers, **headers}
        )


def make_token(cast: Cast, name: str, scopes: tuple[str, ...] = ALL) -> str:
    """Make a token for a person of the cast."""
    secret = PREFIX + secrets.token_urlsafe(32)
    Token.objects.create(
        person=cast.people[name], name="test", digest=digest(secret), scopes=list(scopes),
        expires_on=clock.today() + timedelta(days=1),
    )  # fmt: skip
    return secret


@pytest.fixture
def caller(cast: Cast) -> Callable[..., Caller]:
    """Return `caller(name, scopes)`."""
    cache.clear()
    return lambda name, scopes=ALL, lang="en": Caller(
        "" if name == "stranger" else make_token(cast, name, scopes), lang
    )
