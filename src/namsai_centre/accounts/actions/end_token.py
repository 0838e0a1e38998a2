"""End a token of the API."""

from __future__ import annotations

from namsai_centre import clock
from namsai_centre.accounts.models import Token
from namsai_centre.accounts.policies import TOKENS
from namsai_centre.action import changing
from namsai_centre.who import Who


def end_token(who: Who, token: Token) -> Token:
    """End the token at once (ending an ended one changes nothing)."""
    TOKENS.demand("end", who, token)
    if token.ended_at is None:
        with changing(who, "accounts.end_token", token):
            token.change(token.version, ended_at=clock.now())
    return token
