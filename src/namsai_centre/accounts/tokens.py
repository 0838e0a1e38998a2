"""Who is asking with a token of the API."""

from __future__ import annotations

import hashlib
from datetime import timedelta

from namsai_centre import clock
from namsai_centre.accounts.identity import who_is
from namsai_centre.accounts.models import Token
from namsai_centre.who import Who

SCOPES = ("read", "write", "export")
LONGEST = timedelta(days=366)
PREFIX = "namsai_"


def digest(secret: str) -> str:
    """Return what is kept of a secret (256 bits of chance need no salt and no slow hash)."""
    return hashlib.sha256(secret.encode()).hexdigest()


def who_of_token(secret: str) -> Who | None:
    """Return the person with today's rights and the token's scopes; None if unknown, ended, expired or closed."""
    if not secret.startswith(PREFIX) or len(secret) > 200:
        return None
    token = Token.objects.select_related("person").filter(digest=digest(secret)).first()
    if token is None or token.ended_at is not None or token.expires_on < clock.today():
        return None
    who = who_is(token.person, via="api", scopes=frozenset(token.scopes))
    if not who.known:
        return None
    now = clock.now()
    if token.used_at is None or now - token.used_at > timedelta(minutes=5):
        Token.objects.filter(pk=token.pk).update(used_at=now)
    return who
