"""Proposals for the know-how: list, make, change, withdraw, and the second person's review."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from ninja import Query

from namsai.knowhow.schema import shapes
from namsai_centre.api.asked import checked, expected, part, sent
from namsai_centre.api.problems import Wrong, found
from namsai_centre.api.room import Room
from namsai_centre.api.schemas.common import ListOf, Versioned
from namsai_centre.api.schemas.knowhow import (
    ApprovalIn,
    FormAsked,
    FormOut,
    ProposalChange,
    ProposalIn,
    ProposalLine,
    ProposalOut,
    ProposalReview,
    ProposalsAsked,
    RetireIn,
)
from namsai_centre.knowhow import draft, queries
from namsai_centre.knowhow.actions import propose as actions
from namsai_centre.knowhow.actions.review import review as review_it
from namsai_centre.knowhow.forms import ProposalForm, ReviewForm, WhyForm
from namsai_centre.knowhow.forms_retire import RetireForm
from namsai_centre.knowhow.policies import PROPOSALS
from namsai_centre.rights import who_of
from namsai_centre.who import Who

room = Room("proposals")


def whole(who: Who, proposal: Any) -> dict[str, Any]:
    """Return a proposal with its steps."""
    own = {n: getattr(proposal, n) for n in ProposalOut.model_fields if n != "steps"}
    return own | {"steps": queries.steps_of(proposal)}


@room.get("/", PROPOSALS, "browse", gives=ListOf[ProposalLine])
def browse(request: Any, asked: Query[ProposalsAsked]) -> Any:
    """List the proposals, newest first."""
    return part(queries.proposals(PROPOSALS.visible(who_of(request)), asked.state, asked.table), asked)


@room.get("/form/{slug:table}/", PROPOSALS, "make", gives=FormOut)
def form(request: Any, table: str, asked: Query[FormAsked]) -> Any:
    """Show what a proposal for a table may say: its columns, and what stands in a record now."""
    texts, knowhow = queries.current_texts(), queries.current_knowhow()
    if table not in draft.EDITABLE:
        raise Http404
    if asked.key and not draft.exists(texts, table, asked.key):
        raise Wrong([found("api.not_found", "key")])
    cells = draft.cells_of(texts, table, asked.key)
    columns = []
    for name, field in ProposalForm(table, asked.key, cells, knowhow, old=bool(asked.key)).fields.items():
        own, _, column = name.partition("__")
        if column:
            shape = shapes()[own].columns[column]
            words = [str(v) for v, _ in getattr(field, "choices", ()) if v != ""]
            columns.append(
                {"table": own, "name": column, "title": str(field.label), "means": shape.means, "type": shape.type}
                | {"required": field.required, "words": words}
            )
    return {"table": table, "key": asked.key, "knowhow_version": knowhow.version, "columns": columns, "cells": cells}


@room.post("/", PROPOSALS, "make", gives=ProposalOut, status=201, made=PROPOSALS, shown=whole)
def make(request: Any, body: ProposalIn) -> Any:
    """Propose a new entry or a change of one; the library's own checks must pass."""
    old = body.kind == "change"
    texts = queries.current_texts()
    if old and not draft.exists(texts, body.table, body.key):
        raise Wrong([found("api.not_found", "key")])
    key = body.key if old else ""
    wanted, why, written = _read(body.table, key, draft.cells_of(texts, body.table, key), body.wanted, body.why, old)
    return actions.propose(who_of(request), table=body.table, key=written, kind=body.kind, wanted=wanted, why=why)


@room.post("/approvals/", PROPOSALS, "make", gives=ProposalOut, status=201, made=PROPOSALS, shown=whole)
def approve(request: Any, body: ApprovalIn) -> Any:
    """Propose that a recalled number may calculate, with one's own name."""
    fields = checked(lambda: WhyForm(sent({"why": body.why})))
    return actions.approve(who_of(request), option=body.option, why=fields["why"])


@room.post("/retirements/", PROPOSALS, "make", gives=ProposalOut, status=201, made=PROPOSALS, shown=whole)
def retire(request: Any, body: RetireIn) -> Any:
    """Propose that an option is no longer suggested, and which one to use instead."""
    fields = checked(lambda: _retire_form(body.option, body.why, body.instead))
    return actions.retire(who_of(request), option=body.option, why=fields["why"], instead=fields["instead"])


@room.post("/restorations/", PROPOSALS, "make", gives=ProposalOut, status=201, made=PROPOSALS, shown=whole)
def restore(request: Any, body: ApprovalIn) -> Any:
    """Propose that a retired option is suggested again."""
    fields = checked(lambda: WhyForm(sent({"why": body.why})))
    return actions.restore(who_of(request), option=body.option, why=fields["why"])


def _retire_form(option: str, why: str, instead: str) -> RetireForm:
    knowhow = queries.current_knowhow()
    return RetireForm(knowhow, knowhow.option(option), sent({"why": why, "instead": instead}))


@room.get("/{uuid:pk}/", PROPOSALS, "see", "pk", gives=ProposalOut)
def see(request: Any, proposal: Any) -> Any:
    """Show one proposal."""
    return whole(who_of(request), proposal)


@room.patch("/{uuid:pk}/", PROPOSALS, "edit", "pk", gives=ProposalOut)
def edit(request: Any, proposal: Any, body: ProposalChange) -> Any:
    """Change one's own proposal; it waits for review again."""
    who, version = who_of(request), expected(request, body.version)
    why = proposal.why if body.why is None else body.why
    if proposal.kind == "retire":
        now = proposal.wanted["retired"]
        asked = {"instead": now.get("instead", "")} | (body.wanted or {}).get("retired", {})
        if body.wanted and (set(body.wanted) - {"retired"} or set(asked) - {"instead"}):
            raise Wrong([found("api.unknown_field", "wanted")])
        fields = checked(
            lambda: _retire_form(proposal.key, why, asked["instead"]), {"instead": "wanted/retired/instead"}
        )
        why, wanted = fields["why"], actions.retiring(fields["why"], fields["instead"])
    elif proposal.kind in draft.STATUS:
        if body.wanted:
            raise Wrong([found("api.unknown_field", "wanted")])
        wanted, why = proposal.wanted, checked(lambda: WhyForm(sent({"why": why})))["why"]
    else:
        old = proposal.kind != "new"
        cells = draft.cells_of(queries.current_texts(), proposal.table, proposal.key if old else "")
        asked = proposal.wanted if body.wanted is None else body.wanted
        wanted, why, _ = _read(proposal.table, proposal.key if old else "", cells, asked, why, old)
    return whole(who, actions.change(who, proposal, version, wanted=wanted, why=why))


@room.post("/{uuid:pk}/withdraw/", PROPOSALS, "withdraw", "pk", gives=ProposalOut)
def withdraw(request: Any, proposal: Any, body: Versioned) -> Any:
    """Take one's own proposal back."""
    who = who_of(request)
    return whole(who, actions.withdraw(who, proposal, expected(request, body.version)))


@room.post("/{uuid:pk}/review/", PROPOSALS, "review", "pk", gives=ProposalOut)
def review(request: Any, proposal: Any, body: ProposalReview) -> Any:
    """Accept a proposal of somebody else, or give it back with words."""
    who, version = who_of(request), expected(request, body.version)
    fields = checked(lambda: ReviewForm(sent(body.wanted())))
    return whole(who, review_it(who, proposal, version, decision=fields["decision"], note=fields["note"]))


def _read(
    table: str, key: str, cells: draft.Cells, asked: draft.Cells, why: str, old: bool
) -> tuple[draft.Cells, str, str]:
    """Return (cells, why, key) as the page's form reads them; a table or column it does not have is named."""
    knowhow = queries.current_knowhow()
    values: dict[str, Any] = {f"{t}__{c}": v for t, row in cells.items() for c, v in row.items()}
    values |= {f"{t}__{c}": v for t, row in asked.items() for c, v in row.items()} | {"why": why}

    def form() -> ProposalForm:
        return ProposalForm(table, key, cells, knowhow, sent(values), old=old)

    known = form().fields
    foreign = [f"wanted/{t}/{c}" for t, row in asked.items() for c in row if f"{t}__{c}" not in known]
    if foreign:
        raise Wrong(found("api.unknown_field", path) for path in foreign)
    checked(form, {name: f"wanted/{name.replace('__', '/')}" for name in known if "__" in name})
    read = form()
    read.full_clean()
    return read.wanted, read.cleaned_data["why"], read.key_written
