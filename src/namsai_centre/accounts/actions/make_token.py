"""Make a token for the API."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from namsai_centre import clock
from namsai_centre.accounts.models import Token
from namsai_centre.accounts.policies import TOKENS
from namsai_centre.accounts.queries import myself
from namsai_centre.accounts.tokens import LONGEST, PREFIX, SCOPES, digest
from namsai_centre.action import made
from namsai_centre.ui.words import say
from namsai_centre.who import Who


def make_token(who: Who, name: str, scopes: Iterable[str], expires_on: date) -> tuple[Token, str]:
    """Make a token with scopes (read, write, export), for at most a year; return it and its secret, once."""
    TOKENS.demand("make", who)
    wanted = sorted(set(scopes))
    if not wanted or not set(wanted) <= set(SCOPES):
        raise ValidationError({"scopes": say("accounts.token_scopes_wrong")})
    if not clock.today() <= expires_on <= clock.today() + LONGEST:
        raise ValidationError({"expires_on": say("accounts.token_day_wrong")})
    secret = PREFIX + secrets.token_urlsafe(32)
    with transaction.atomic():
        token = Token.objects.create(
            person=myself(who), name=name, digest=digest(secret), scopes=wanted, expires_on=expires_on
        )
        made(who, "accounts.make_token", token)
    return token, secret
