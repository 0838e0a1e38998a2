"""Who is asking: a bearer token with scopes, or the session of a browser (then with the CSRF token), and the rule.

The right is asked before anything else of the request is read: whoever may not do it learns nothing of the rest.
"""

from __future__ import annotations

import logging
from typing import Any

from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from ninja.security import HttpBearer
from ninja.security.apikey import APIKeyBase
from ninja.utils import check_csrf

from namsai_centre import clock
from namsai_centre.accounts.fresh import is_fresh
from namsai_centre.accounts.tokens import who_of_token
from namsai_centre.api.problems import Wrong, found
from namsai_centre.rights import Rule, who_of
from namsai_centre.who import Who

log = logging.getLogger("namsai_centre.rights")
PER_MINUTE = 600  # requests of one person


def admit(request: HttpRequest, who: Who, rule: Rule, scope: str) -> Who:
    """Let the person through to the operation, with the record (`request.record`) where the rule is on one."""
    _count(who)
    if who.scopes is not None and scope not in who.scopes:
        raise Wrong([found("api.scope", scope=scope)], 403)
    if rule.kind == "policy" and rule.policy is not None:
        if not rule.key:
            if not rule.policy.allows(rule.verb, who):
                log.warning("refused %s %s to %s", rule.verb, request.path, who.person_id)
                raise PermissionDenied
            return who
        match = request.resolver_match
        try:
            record = rule.policy.find(who, match.kwargs[rule.key] if match else None)
            if not rule.policy.allows(rule.verb, who, record):
                raise Wrong([found("api.not_now")], 404)  # they see it, but this is not theirs to do, or not now
        except (Http404, Wrong):
            log.warning("refused %s %s to %s", rule.verb, request.path, who.person_id)
            raise
        request.record = record  # type: ignore[attr-defined]
    return who


def _count(who: Who) -> None:
    second = int(clock.now().timestamp())
    key = f"api:{who.person_id}:{second // 60}"
    if not cache.add(key, 1, 120) and cache.incr(key) > PER_MINUTE:
        raise Wrong([found("api.too_many")], 429, wait=60 - second % 60)


class Token(HttpBearer):
    """`Authorization: Bearer namsai_…`; made on the page of tokens, with the scopes read, write, export."""

    def __init__(self, rule: Rule, scope: str) -> None:
        super().__init__()
        self.rule, self.scope = rule, scope

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        """Return who asks; an unknown, ended or expired token is refused (never taken for a browser)."""
        who = who_of_token(token.strip())
        if who is None:
            raise Wrong([found("api.unauthorised")], 401)
        request.who = who  # type: ignore[attr-defined]
        return admit(request, who, self.rule, self.scope)


class Session(APIKeyBase):
    """The session of a browser; what changes something needs the header X-CSRFToken."""

    openapi_in = "cookie"
    param_name = "namsai_session"

    def __init__(self, rule: Rule, scope: str) -> None:
        super().__init__()
        self.rule, self.scope = rule, scope

    def _get_key(self, request: HttpRequest) -> str | None:
        return request.COOKIES.get(self.param_name)

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:
        """Return who asks; nobody is told to log in (401)."""
        who = who_of(request)
        if not who.known or "Authorization" in request.headers:
            return None
        if check_csrf(request):
            raise Wrong([found("api.csrf")], 403)
        if self.scope == "export" and not is_fresh(request):
            raise Wrong([found("api.fresh")], 403)
        return admit(request, who, self.rule, self.scope)
