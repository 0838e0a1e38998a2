"""Proposals for the know-how: made, changed, withdrawn, and reviewed by a second person."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from namsai_centre.knowhow import draft, queries
from namsai_centre.knowhow.actions import propose as actions
from namsai_centre.knowhow.actions.review import review as review_action
from namsai_centre.knowhow.card import saving_of, title_of
from namsai_centre.knowhow.forms import ProposalForm, ReviewForm, WhyForm
from namsai_centre.knowhow.forms_retire import RetireForm
from namsai_centre.knowhow.lines import name_of, record_name, shown
from namsai_centre.knowhow.policies import PROPOSALS
from namsai_centre.knowhow.views import option_or_404
from namsai_centre.records import Stale
from namsai_centre.rights import guard, who_of
from namsai_centre.ui.errors import stale
from namsai_centre.ui.once import once
from namsai_centre.ui.paging import page_of
from namsai_centre.ui.words import language, say


@guard(PROPOSALS, "browse")
def browse(request: HttpRequest) -> HttpResponse:
    """List proposals, newest first, by state."""
    state, visible = request.GET.get("state", ""), PROPOSALS.visible(who_of(request))
    page, counts, lang = page_of(request, queries.proposals(visible, state)), queries.by_state(visible), language()
    knowhow = queries.current_knowhow()
    facts = {
        "page": page,
        "rows": [(p, name_of(knowhow, p, lang)) for p in page],
        "state": state,
        "states": [(s, counts.get(s, 0)) for s in queries.STATES],
        "tables": draft.EDITABLE,
    }
    return render(request, "knowhow/proposals.html", facts)


@guard(PROPOSALS, "see", "pk")
def see(request: HttpRequest, proposal: Any) -> HttpResponse:
    """Show one proposal: what stands there, what is wanted, why, and what happened."""
    return _shown(request, proposal, ReviewForm(initial={"version": proposal.version}))


def _shown(request: HttpRequest, proposal: Any, form: ReviewForm, status: int = 200) -> HttpResponse:
    knowhow, lang = queries.current_knowhow(), language()
    lines = shown(knowhow, proposal.table, draft.lines_of(proposal), lang)
    facts = {"proposal": proposal, "lines": lines, "steps": queries.steps_of(proposal), "form": form}
    facts["name"] = name_of(knowhow, proposal, lang)
    return render(request, "knowhow/proposal.html", facts, status=status)


@guard(PROPOSALS, "make")
@once
def new(request: HttpRequest, table: str) -> HttpResponse:
    """Propose a new entry."""
    if table not in draft.EDITABLE:
        raise Http404
    return _write(request, table, "", "new")


@guard(PROPOSALS, "make")
@once
def change(request: HttpRequest, table: str, key: str) -> HttpResponse:
    """Propose a change of an entry."""
    if table not in draft.EDITABLE or not draft.exists(queries.current_texts(), table, key):
        raise Http404
    return _write(request, table, key, "change")


def _write(request: HttpRequest, table: str, key: str, kind: str) -> HttpResponse:
    knowhow = queries.current_knowhow()
    cells = draft.cells_of(queries.current_texts(), table, key)
    form = ProposalForm(table, key, cells, knowhow, request.POST or None, old=kind == "change")
    status, now = 200, []
    if request.method == "POST":
        status = 422
        if form.overtaken:
            now = shown(knowhow, table, form.differing(), language())
            form.seen_anew()
            form.add_error(None, say("knowbase.seen_other"))
            status = 409
        elif form.is_valid():
            why, wanted = form.cleaned_data["why"], form.wanted
            try:
                made = actions.propose(
                    who_of(request), table=table, key=form.key_written, kind=kind, wanted=wanted, why=why
                )
            except actions.Refused as problem:
                tell_refused(form, problem)
            else:
                messages.success(request, say("knowbase.proposed_done"))
                return redirect("knowhow_proposal", pk=made.pk)
    facts = {"form": form, "table": table, "knowhow": knowhow, "kind": kind, "lines": now}
    facts["name"] = record_name(knowhow, table, key, language()) if key else ""
    return render(request, "knowhow/propose.html", facts, status=status)


@guard(PROPOSALS, "make")
@once
def approve(request: HttpRequest, option: str) -> HttpResponse:
    """Propose that a recalled number may calculate, with one's own name."""
    knowhow = queries.current_knowhow()
    found = option_or_404(knowhow, option)
    form = WhyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.approve(who_of(request), option=found.id, why=form.cleaned_data["why"])
        except actions.Refused as problem:
            tell_refused(form, problem)
        else:
            messages.success(request, say("knowbase.proposed_done"))
            return redirect("knowhow_proposal", pk=made.pk)
    lang = language()
    facts = {"form": form, "option": found, "title": title_of(found, lang), "number": saving_of(knowhow, found, lang)}
    return render(request, "knowhow/approve.html", facts, status=422 if request.method == "POST" else 200)


@guard(PROPOSALS, "edit", "pk")
def edit(request: HttpRequest, proposal: Any) -> HttpResponse:
    """Change one's own proposal."""
    knowhow, texts = queries.current_knowhow(), queries.current_texts()
    cells = draft.cells_of(texts, proposal.table, proposal.key)
    shown = {t: {**row, **proposal.wanted.get(t, {})} for t, row in cells.items()}
    form: Any
    first = {"why": proposal.why, "version": proposal.version}
    if proposal.kind == "retire":
        first["instead"] = proposal.wanted["retired"].get("instead", "")
        form = RetireForm(knowhow, option_or_404(knowhow, proposal.key), request.POST or None, initial=first)
    elif proposal.kind in draft.STATUS:
        form = WhyForm(request.POST or None, initial=first)
    else:
        form = ProposalForm(
            proposal.table, "" if proposal.kind == "new" else proposal.key, cells, knowhow, request.POST or None,
            old=proposal.kind != "new", shown=shown, initial=first,
        )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        wanted = proposal.wanted if proposal.kind in draft.STATUS else form.wanted
        if proposal.kind == "retire":
            wanted = actions.retiring(data["why"], data["instead"])
        try:
            actions.change(who_of(request), proposal, data["version"] or 0, wanted=wanted, why=data["why"])
        except Stale as problem:
            return stale(request, problem, "knowbase")
        except actions.Refused as problem:
            tell_refused(form, problem)
        else:
            messages.success(request, say("knowbase.proposed_done"))
            return redirect("knowhow_proposal", pk=proposal.pk)
    facts = {"form": form, "table": proposal.table, "knowhow": knowhow, "kind": proposal.kind, "proposal": proposal}
    facts["name"] = name_of(knowhow, proposal, language())
    return render(request, "knowhow/propose.html", facts, status=422 if request.method == "POST" else 200)


@guard(PROPOSALS, "withdraw", "pk")
def withdraw(request: HttpRequest, proposal: Any) -> HttpResponse:
    """Take one's own proposal back, after asking."""
    if request.method == "POST":
        try:
            actions.withdraw(who_of(request), proposal, queries.version_sent(request.POST.get("version")))
        except Stale as problem:
            return stale(request, problem, "knowbase")
        messages.success(request, say("knowbase.withdrawn"))
        return redirect("knowhow_proposals")
    name = name_of(queries.current_knowhow(), proposal, language())
    facts = {"record": proposal, "words": "knowbase.withdraw_proposal", "back": "knowhow_proposals", "name": name}
    return render(request, "knowhow/withdraw.html", facts)


@guard(PROPOSALS, "review", "pk")
def review(request: HttpRequest, proposal: Any) -> HttpResponse:
    """Accept a proposal of somebody else or give it back."""
    form = ReviewForm(request.POST or None, initial={"version": proposal.version})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            review_action(who_of(request), proposal, data["version"] or 0, decision=data["decision"], note=data["note"])
        except Stale as problem:
            return stale(request, problem, "knowbase")
        except actions.Refused as problem:
            tell_refused(form, problem)
        else:
            messages.success(request, say("knowbase.reviewed"))
            return redirect("knowhow_proposal", pk=proposal.pk)
    return _shown(request, proposal, form, 422 if request.method == "POST" else 200)


def tell_refused(form: Any, problem: actions.Refused) -> None:
    """Say in the form why it was refused: the reason, then every finding of the checks."""
    form.add_error(
        None, say(f"knowbase.{problem.slug}", columns=", ".join(say(f"knowbase.col_{c}") for c in problem.columns))
    )
    if isinstance(form, ProposalForm):
        form.add_findings(problem.findings)
    else:
        for said in queries.said_of(problem.findings, language()):
            form.add_error(None, said)
