"""My tokens for the API: made after a fresh proof, shown once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from namsai_centre import clock
from namsai_centre.accounts import forms, queries
from namsai_centre.accounts.actions.end_token import end_token
from namsai_centre.accounts.actions.make_token import make_token
from namsai_centre.accounts.fresh import reauthenticated
from namsai_centre.accounts.policies import TOKENS
from namsai_centre.accounts.sealing import seal, unseal
from namsai_centre.accounts.views import sheet
from namsai_centre.rights import for_known, guard, who_of
from namsai_centre.ui.forms import add_errors
from namsai_centre.ui.once import once
from namsai_centre.ui.words import say


@for_known
def browse(request: HttpRequest) -> HttpResponse:
    """List my tokens; a new one's secret is shown once."""
    who = who_of(request)
    secret = request.session.pop("new_token", "")
    rows = [(t, _state(t)) for t in queries.tokens_of(who)]
    return render(request, "accounts/tokens.html", {"rows": rows, "secret": unseal(secret) if secret else ""})


@for_known
@reauthenticated
@once
def make(request: HttpRequest) -> HttpResponse:
    """Make a token."""
    initial = {"expires_on": clock.today() + timedelta(days=90), "scopes": ["read"]}
    form = forms.TokenForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            _, secret = make_token(who_of(request), data["token_name"], data["scopes"], data["expires_on"])
        except ValidationError as problem:
            add_errors(form, problem)
        else:
            request.session["new_token"] = seal(secret)
            messages.success(request, say("accounts.token_made"))
            return redirect("me_tokens")
    return sheet(request, "accounts/token_make.html", form)


@guard(TOKENS, "end", "pk")
def end(request: HttpRequest, token: Any) -> HttpResponse:
    """End a token at once."""
    if request.method == "POST":
        end_token(who_of(request), token)
        messages.success(request, say("accounts.token_ended"))
    return redirect("me_tokens")


def _state(token: Any) -> str:
    if token.ended_at is not None:
        return "ended"
    return "expired" if token.expires_on < clock.today() else "open"
