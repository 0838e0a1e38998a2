"""Who may do what: a policy class per kind of record, one decorator that puts it in front of a view, and fail-closed.

A view without a rule is never served. A record somebody may not see is "not found" for them (the attempt is logged);
a page somebody may not use says so; a stranger is sent to the log-in.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Generic, Literal, TypeVar

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from namsai_centre.who import Who

log = logging.getLogger("namsai_centre.rights")
M = TypeVar("M", bound=Model)
View = Callable[..., HttpResponseBase]


class Policy(Generic[M]):
    """Rights over one kind of record: `visible` says which exist for somebody, a method per verb what they may do."""

    model: type[M]

    def visible(self, who: Who) -> QuerySet[M]:
        """Return the records that exist for this person."""
        raise NotImplementedError

    def see(self, who: Who, record: M) -> bool:
        """Whoever a record exists for may see it."""
        return True

    def allows(self, verb: str, who: Who, record: M | None = None) -> bool:
        """Tell whether the verb is allowed, on one record or (without one) at all."""
        rule = getattr(self, verb)
        return bool(rule(who) if record is None else rule(who, record))

    def find(self, who: Who, key: object) -> M:
        """Return one record that exists for this person; Http404 for any other."""
        try:
            return self.visible(who).get(pk=key)
        except (ObjectDoesNotExist, ValidationError, ValueError):
            raise Http404 from None

    def demand(self, verb: str, who: Who, record: M | None = None) -> None:
        """Refuse (PermissionDenied) unless the verb is allowed: the first line of every action."""
        if not self.allows(verb, who, record):
            raise PermissionDenied(f"{type(self).__name__}.{verb}")


@dataclass(frozen=True, slots=True)
class Rule:
    """What stands before a view: open to all, anybody logged in, a policy's verb (on one record: `key`), or a wall."""

    kind: Literal["open", "known", "policy", "closed"]
    why: str = ""
    policy: Policy[Any] | None = None
    verb: str = ""
    key: str = ""


def guard(policy: Policy[Any], verb: str, key: str = "") -> Callable[[View], View]:
    """Put a policy's verb in front of a view; with `key`, the view is given the record instead of its id."""

    def wrap(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            who = who_of(request)
            if not who.known:
                return redirect_to_login(request.get_full_path())
            if not key:
                if not policy.allows(verb, who):
                    log.warning("refused %s %s to %s", verb, request.path, who.person_id)
                    raise PermissionDenied
                return view(request, *args, **kwargs)
            record_id = kwargs.pop(key)
            try:
                record = policy.find(who, record_id)
                if not policy.allows(verb, who, record):
                    raise Http404
            except Http404:
                log.warning("refused %s %s to %s", verb, request.path, who.person_id)
                raise
            return view(request, record, *args, **kwargs)

        guarded.rule = Rule("policy", "", policy, verb, key)  # type: ignore[attr-defined]
        return guarded

    return wrap


def for_known(view: View) -> View:
    """Let any person who is logged in use the view (their own things only)."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not who_of(request).known:
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    guarded.rule = Rule("known")  # type: ignore[attr-defined]
    return guarded


def open_to_all(why: str) -> Callable[[View], View]:
    """Let strangers use the view; the reason is part of the rule."""

    def wrap(view: View) -> View:
        view.rule = Rule("open", why)  # type: ignore[attr-defined]
        return view

    return wrap


# Views of packages that cannot be decorated, by the name of their URL.
FOREIGN: dict[str, Rule] = {
    "account_login": Rule("open", "the log-in itself"),
    "account_logout": Rule("open", "ends a session; without one it does nothing"),
    "account_inactive": Rule("open", "says that an account is closed"),
    "account_signup": Rule("open", "says that people are invited"),
    "account_reset_password": Rule("open", "asks for a link to set a new password"),
    "account_reset_password_done": Rule("open", "says that a link was sent, if there is such a person"),
    "account_reset_password_from_key": Rule("open", "the link itself is the proof"),
    "account_reset_password_from_key_done": Rule("open", "says that the password is set"),
    "account_reauthenticate": Rule("known"),
    "account_change_password": Rule("known"),
    "account_set_password": Rule("known"),
    "mfa_index": Rule("known"),
    "mfa_authenticate": Rule("open", "second step of the log-in"),
    "mfa_reauthenticate": Rule("known"),
    "mfa_activate_totp": Rule("known"),
    "mfa_deactivate_totp": Rule("known"),
    "mfa_view_recovery_codes": Rule("known"),
    "mfa_generate_recovery_codes": Rule("known"),
    "mfa_download_recovery_codes": Rule("known"),
    "account_email": Rule("closed", "e-mail addresses are changed by the centre's staff"),
    "account_email_verification_sent": Rule("closed", "people are invited: no address waits for a confirmation"),
    "account_confirm_email": Rule("closed", "as above"),
    "account_confirm_login_code": Rule("closed", "no log-in by code"),
    "set_language": Rule("open", "the reader's language"),
}


def who_of(request: HttpRequest) -> Who:
    """Return who is asking (set by accounts.middleware)."""
    who: Who = request.who  # type: ignore[attr-defined]
    return who


def rule_of(view: View, url_name: str | None) -> Rule | None:
    """Return the rule in front of a view; None when there is none."""
    found = getattr(view, "rule", None) or FOREIGN.get(url_name or "")
    return found if isinstance(found, Rule) else None


class FailClosedMiddleware:
    """Serve no view that has no rule."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: View, args: Any, kwargs: Any) -> HttpResponseBase | None:
        """Refuse a view without a rule, and a foreign view to whom its rule is not for."""
        match = request.resolver_match
        rule = rule_of(view, match.url_name if match else None)
        if rule is None or rule.kind == "closed":
            log.error("no rule for %s", request.path)
            raise Http404
        if rule.kind == "known" and not who_of(request).known:
            return redirect_to_login(request.get_full_path())
        return None
