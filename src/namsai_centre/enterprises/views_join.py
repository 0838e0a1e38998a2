"""Duplicates, joining two records, and taking them apart again."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from namsai_centre.enterprises import joining, queries_join
from namsai_centre.enterprises.actions.find_duplicates import start_look
from namsai_centre.enterprises.actions.merge import Refused, merge
from namsai_centre.enterprises.actions.not_same import say_not_same
from namsai_centre.enterprises.actions.undo_merge import undo_merge
from namsai_centre.enterprises.forms_join import MergeForm, NotSameForm, UndoForm, told
from namsai_centre.enterprises.jobs import take_up_stuck
from namsai_centre.enterprises.policies import ENTERPRISES, LOOKALIKES, MERGES
from namsai_centre.records import Stale
from namsai_centre.rights import guard, who_of
from namsai_centre.ui.once import once
from namsai_centre.ui.paging import page_of
from namsai_centre.ui.templatetags.words import named
from namsai_centre.ui.words import say


@guard(ENTERPRISES, "join")
@require_GET
def duplicates(request: HttpRequest) -> HttpResponse:
    """List the pairs that may be one enterprise, most alike first; or those said not to be the same."""
    take_up_stuck()
    look_now = queries_join.open_look()
    if request.headers.get("HX-Request") == "true":  # the state of a search, asked for every 2 s
        if look_now is None or look_now.state == "failed":
            return HttpResponse(headers={"HX-Redirect": reverse("enterprises_duplicates")})
        return render(request, "enterprises/_look.html", {"look": look_now})
    not_same = request.GET.get("show") == "not_same"
    page = page_of(request, queries_join.pairs(who_of(request), not_same), 20)
    for pair in page:
        pair.told = [told(slug, facts) for slug, facts in pair.reasons]
        pair.strength = "strong" if pair.score >= 80 else "fair" if pair.score >= 60 else "weak"
    last = queries_join.last_look()
    crowds = [told(slug, facts) for slug, facts in last.crowds] if last else []
    facts = {"page": page, "not_same": not_same, "last": last, "look": look_now, "crowds": crowds}
    return render(request, "enterprises/duplicates.html", facts)


@guard(ENTERPRISES, "join")
@require_POST
def look(request: HttpRequest) -> HttpResponse:
    """Have the whole registry searched for pairs."""
    _, new = start_look(who_of(request))
    messages.success(request, say("joining.look_begun" if new else "joining.look_open"))
    return redirect("enterprises_duplicates")


@guard(LOOKALIKES, "dismiss", "pk")
@require_POST
def not_same(request: HttpRequest, pair: Any) -> HttpResponse:
    """Keep that the two of a pair are not the same, or take it back."""
    form = NotSameForm(request.POST)
    form.full_clean()
    want = request.POST.get("not_same", "1") == "1"
    try:
        version = form.cleaned_data.get("version") or pair.version
        say_not_same(who_of(request), pair, version, not_same=want, why=form.cleaned_data.get("why", ""))
    except Stale:
        messages.warning(request, say("joining.changed_meanwhile"))
    else:
        messages.success(request, say("joining.kept_apart" if want else "joining.open_again"))
    return redirect("enterprises_duplicates")


@guard(ENTERPRISES, "merge", "pk")
@require_GET
def merge_find(request: HttpRequest, kept: Any) -> HttpResponse:
    """Choose the other record of the same enterprise."""
    text = request.GET.get("q", "")
    found = queries_join.joinable(who_of(request), text, kept.pk)
    facts = {"kept": kept, "found": found, "q": text, "pairs": queries_join.pairs_of(who_of(request), kept)}
    return render(request, "enterprises/merge_find.html", facts)


@guard(ENTERPRISES, "merge", "pk")
@once
def merge_two(request: HttpRequest, kept: Any, other: Any) -> HttpResponse:
    """Show what joining would do, field by field; join."""
    who = who_of(request)
    gone = ENTERPRISES.find(who, other)
    if gone.pk == kept.pk or not ENTERPRISES.allows("merge", who, gone):
        messages.warning(request, say("joining.cannot_join"))
        return redirect("enterprises_merge_find", kept.pk)
    plan = joining.plan(kept, gone)
    form = MergeForm(request.POST or None, plan=plan, kept=kept, gone=gone)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                reason = form.cleaned_data["reason"]
                done = merge(who, kept, gone, form.versions(), take=form.take(), reason=reason)
            except Refused as problem:
                form.refuse(problem.problems)
            except Stale:
                status = 409
                kept, gone = ENTERPRISES.find(who, kept.pk), ENTERPRISES.find(who, gone.pk)
                plan = joining.plan(kept, gone)
                form = MergeForm(plan=plan, kept=kept, gone=gone)
                messages.warning(request, say("joining.changed_meanwhile"))
            else:
                messages.success(request, say("joining.joined", gone=named(gone), kept=named(kept)))
                return redirect("enterprises_merge_see", done.pk)
    facts = {
        "kept": kept,
        "gone": gone,
        "moving": queries_join.lots(plan.moving),
        "staying": plan.staying,
        "form": form,
        "against": [told(slug, facts) for slug, facts in plan.against],
        "people": queries_join.people(kept, gone),
    }
    return render(request, "enterprises/merge_two.html", facts, status=status)


@guard(ENTERPRISES, "join")
@require_GET
def merges(request: HttpRequest) -> HttpResponse:
    """List what was joined, newest first."""
    page = page_of(request, queries_join.merges(who_of(request)))
    return render(request, "enterprises/merge_list.html", {"page": page})


@guard(MERGES, "see", "pk")
@require_GET
def merge_see(request: HttpRequest, done: Any) -> HttpResponse:
    """Show a merge: what moved, and whether it can be undone."""
    return _merge_page(request, done, UndoForm(initial={"version": done.version}), 200)


@guard(MERGES, "undo", "pk")
@require_POST
@once
def undo(request: HttpRequest, done: Any) -> HttpResponse:
    """Take the two apart again."""
    form = UndoForm(request.POST)
    if form.is_valid():
        try:
            version = form.cleaned_data["version"] or done.version
            undo_merge(who_of(request), done, version, reason=form.cleaned_data["reason"])
        except Refused as problem:
            for slug, facts in problem.problems:
                form.add_error(None, told(slug, facts))
            done = MERGES.find(who_of(request), done.pk)
        except Stale:
            messages.warning(request, say("joining.changed_meanwhile"))
            return redirect("enterprises_merge_see", done.pk)
        else:
            messages.success(request, say("joining.undone", gone=named(done.gone), kept=named(done.kept)))
            return redirect("enterprises_merge_see", done.pk)
    return _merge_page(request, done, form, 422)


def _merge_page(request: HttpRequest, done: Any, form: UndoForm, status: int) -> HttpResponse:
    against = [] if done.undone_at else [told(slug, facts) for slug, facts in joining.before_undo(done)]
    facts = {
        "merge": done,
        "form": form,
        "against": against,
        "moved": queries_join.moved(done),
        "fields": queries_join.taken(done),
        "along": [] if done.undone_at or against else queries_join.along(done),
    }
    return render(request, "enterprises/merge_see.html", facts, status=status)
