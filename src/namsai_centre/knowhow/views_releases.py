"""Versions of the know-how: which there are, what changed in each, and a new one from what was accepted."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from namsai.knowhow import next_version
from namsai_centre import clock
from namsai_centre.knowhow import draft, queries
from namsai_centre.knowhow.actions.propose import Refused
from namsai_centre.knowhow.actions.release import release
from namsai_centre.knowhow.forms import ReleaseForm
from namsai_centre.knowhow.lines import name_of, record_name, shown
from namsai_centre.knowhow.policies import RELEASES
from namsai_centre.rights import guard, open_to_all, who_of
from namsai_centre.ui.once import once
from namsai_centre.ui.paging import page_of
from namsai_centre.ui.words import language, say

_PUBLIC = "what changed in the know-how is for everybody who relies on it"


@open_to_all(_PUBLIC)
def browse(request: HttpRequest) -> HttpResponse:
    """List the versions, newest first."""
    page = page_of(request, queries.releases())
    facts = {"page": page, "current": queries.current_version(), "newer": queries.files_are_newer()}
    return render(request, "knowhow/releases.html", facts)


@open_to_all(_PUBLIC)
def see(request: HttpRequest, version: str) -> HttpResponse:
    """Show the change log of a version (names for those who are logged in)."""
    found = queries.release_named(version)
    if found is None:
        raise Http404
    knowhow, lang = queries.knowhow_of(version), language()
    log = [
        (e, record_name(knowhow, e["table"], e["key"], lang), shown(knowhow, e["table"], e["columns"], lang))
        for e in found.log
    ]
    return render(request, "knowhow/release_see.html", {"release": found, "log": log})


@guard(RELEASES, "make")
@once
def new(request: HttpRequest) -> HttpResponse:
    """Release what was accepted as a new version."""
    current = queries.current_version()
    form = ReleaseForm(request.POST or None, initial={"base": current})
    if request.method == "POST" and form.is_valid():
        try:
            made = release(who_of(request), expected=form.cleaned_data["base"], note=form.cleaned_data["note"])
        except Refused as problem:
            form.add_error(None, say(f"knowbase.{problem.slug}", columns=", ".join(problem.columns)))
            for said in queries.said_of(problem.findings, language()):
                form.add_error(None, said)
        else:
            messages.success(request, say("knowbase.release_done", version=made.knowhow_version))
            return redirect("knowhow_release_see", version=made.knowhow_version)
    knowhow, lang = queries.current_knowhow(), language()
    waiting = [
        (p, name_of(knowhow, p, lang), shown(knowhow, p.table, draft.lines_of(p), lang)) for p in queries.accepted()
    ]
    facts = {
        "to_review": queries.waiting_count(who_of(request)),
        "form": form,
        "waiting": waiting,
        "next": next_version(current, clock.today().isoformat()),
        "current": current,
    }
    return render(request, "knowhow/release.html", facts, status=422 if request.method == "POST" else 200)
