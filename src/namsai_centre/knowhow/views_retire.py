"""Proposals that an option is no longer suggested, or suggested again."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from namsai_centre.knowhow import queries
from namsai_centre.knowhow.actions import propose as actions
from namsai_centre.knowhow.card import title_of
from namsai_centre.knowhow.forms import WhyForm
from namsai_centre.knowhow.forms_retire import RetireForm
from namsai_centre.knowhow.policies import PROPOSALS
from namsai_centre.knowhow.views import option_or_404
from namsai_centre.knowhow.views_proposals import tell_refused
from namsai_centre.rights import guard, who_of
from namsai_centre.ui.once import once
from namsai_centre.ui.words import language, say


@guard(PROPOSALS, "make")
@once
def retire(request: HttpRequest, option: str) -> HttpResponse:
    """Propose that an option is no longer suggested, with the reason and what to use instead."""
    return _write(request, option, "retire")


@guard(PROPOSALS, "make")
@once
def restore(request: HttpRequest, option: str) -> HttpResponse:
    """Propose that a retired option is suggested again."""
    return _write(request, option, "restore")


def _write(request: HttpRequest, option: str, kind: str) -> HttpResponse:
    knowhow, who = queries.current_knowhow(), who_of(request)
    found = option_or_404(knowhow, option)
    form: Any = RetireForm(knowhow, found, request.POST or None) if kind == "retire" else WhyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            if kind == "retire":
                made = actions.retire(who, option=found.id, why=data["why"], instead=data["instead"])
            else:
                made = actions.restore(who, option=found.id, why=data["why"])
        except actions.Refused as problem:
            tell_refused(form, problem)
        else:
            messages.success(request, say("knowbase.proposed_done"))
            return redirect("knowhow_proposal", pk=made.pk)
    facts = {"form": form, "option": found, "title": title_of(found, language()), "kind": kind}
    return render(request, "knowhow/retire.html", facts, status=422 if request.method == "POST" else 200)
