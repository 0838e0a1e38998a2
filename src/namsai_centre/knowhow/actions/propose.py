"""Propose a new entry, a change of one, the approval of a recalled number, that an option is no longer suggested (or
again); change and withdraw a proposal."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction

from namsai.findings import Finding
from namsai.knowhow.schema import shapes
from namsai_centre import action
from namsai_centre.knowhow import draft, queries
from namsai_centre.knowhow.actions.tell import tell_waiting
from namsai_centre.knowhow.models import Proposal, ReviewStep
from namsai_centre.knowhow.policies import PROPOSALS
from namsai_centre.who import Who

_STATUS_ONLY = {"options": frozenset({"review_status"})}
_MAY_SET: dict[str, dict[str, frozenset[str]]] = {  # the columns of a proposal whose kind is about the status
    "approve": {"options": frozenset({"reviewer", "review_status"})},
    "retire": {**_STATUS_ONLY, "retired": frozenset({"why", "instead"})},
    "restore": _STATUS_ONLY,
}


class Refused(Exception):
    """A proposal that cannot be kept: `slug` of the reason, or the findings of the library's checks."""

    def __init__(self, slug: str, findings: list[Finding] | None = None, columns: list[str] | None = None) -> None:
        super().__init__(slug)
        self.slug = slug
        self.findings = findings or []
        self.columns = columns or []


def propose(who: Who, *, table: str, key: str, kind: str, wanted: draft.Cells, why: str) -> Proposal:
    """Keep a proposal that passes the library's checks. Errors: Refused."""
    PROPOSALS.demand("make", who)
    if table not in draft.EDITABLE:
        raise Refused("nothing_changed")
    texts = queries.current_texts()
    one = _checked(texts, Proposal(table=table, key=key, kind=kind, why=why, base=texts["VERSION"].strip()), wanted)
    with transaction.atomic():
        one.by_id = person_of(who)
        one.save()
        _step(one, "proposed", who, "")
        action.made(who, "knowhow.propose", one)
        tell_waiting(who, one)
    return one


def approve(who: Who, *, option: str, why: str) -> Proposal:
    """Propose that the recalled saving of an option may calculate, with one's own name as its reviewer."""
    knowhow = queries.current_knowhow()
    found = knowhow.option(option)
    if found.evidence_saving != "K" or found.reviewer or found.saving_high is None:
        raise Refused("not_recalled")
    cells = {"options": {"reviewer": who.name, "review_status": "approved"}}
    return propose(who, table="options", key=option, kind="approve", wanted=cells, why=why)


def retire(who: Who, *, option: str, why: str, instead: str = "") -> Proposal:
    """Propose that an option is no longer suggested, and which one to use instead. Errors: Refused."""
    PROPOSALS.demand("make", who)
    if not queries.current_knowhow().option(option).in_use:
        raise Refused("retired_before")
    return propose(who, table="options", key=option, kind="retire", wanted=retiring(why, instead), why=why)


def retiring(why: str, instead: str) -> draft.Cells:
    """Return the cells of an option that is no longer suggested."""
    return {"options": {"review_status": "retired"}, "retired": {"why": " ".join(why.split()), "instead": instead}}


def restore(who: Who, *, option: str, why: str) -> Proposal:
    """Propose that a retired option is suggested again. Errors: Refused."""
    PROPOSALS.demand("make", who)
    found = queries.current_knowhow().option(option)
    if found.in_use:
        raise Refused("not_retired")
    cells = {"options": {"review_status": "approved" if found.reviewer else "reviewed"}}
    return propose(who, table="options", key=option, kind="restore", wanted=cells, why=why)


def change(who: Who, proposal: Proposal, expected: int, *, wanted: draft.Cells, why: str) -> Proposal:
    """Change one's own proposal; it waits for review (again). Errors: Refused; records.Stale."""
    PROPOSALS.demand("edit", who, proposal)
    texts = queries.current_texts()
    fresh = Proposal(table=proposal.table, key=proposal.key, kind=proposal.kind, base=texts["VERSION"].strip())
    one = _checked(texts, fresh, wanted)
    returned = proposal.state == "returned"
    with transaction.atomic(), action.changing(who, "knowhow.change", proposal):
        proposal.change(expected, wanted=one.wanted, before=one.before, base=one.base, why=why, state="proposed")
        _step(proposal, "changed", who, "")
        if returned:
            tell_waiting(who, proposal)
    return proposal


def withdraw(who: Who, proposal: Proposal, expected: int) -> Proposal:
    """Take one's own proposal back."""
    PROPOSALS.demand("withdraw", who, proposal)
    with transaction.atomic(), action.changing(who, "knowhow.withdraw", proposal):
        proposal.change(expected, state="withdrawn")
        _step(proposal, "withdrawn", who, "")
    return proposal


def person_of(who: Who) -> UUID:
    """Return the id of somebody who is logged in (a policy has let them through)."""
    assert who.person_id is not None
    return who.person_id


def _checked(texts: dict[str, str], one: Proposal, wanted: draft.Cells) -> Proposal:
    """Fill in what changes against what stands now, and put it to the library's checks. Errors: Refused."""
    allowed = {name: set(shapes()[name].columns) - draft.KEPT for name in (one.table, *draft.BESIDE.get(one.table, ()))}
    allowed = {t: set(columns) for t, columns in _MAY_SET.get(one.kind, {}).items()} or allowed
    named = {t: {c: v for c, v in cells.items() if c in allowed.get(t, ())} for t, cells in wanted.items()}
    one.wanted, one.before = draft.differing(draft.cells_of(texts, one.table, one.key), named)
    if not one.wanted:
        raise Refused("nothing_changed")
    if one.kind == "new" and draft.exists(texts, one.table, one.key):
        raise Refused("key_taken")
    found = draft.problems(draft.applied(_with_waiting_sources(texts, one), one, "0"))
    if found:
        raise Refused("checks_wrong", found)
    return one


def _with_waiting_sources(texts: dict[str, str], one: Proposal) -> dict[str, str]:
    """Return the texts with the new sources that wait or are accepted: a number may rest on one of them."""
    new = Proposal.objects.filter(table="sources", kind="new", state__in=("proposed", "accepted")).exclude(pk=one.pk)
    for source in new:
        if not draft.exists(texts, "sources", source.key) and (one.table, one.key) != ("sources", source.key):
            texts = draft.applied(texts, source, "0")
    return texts


def _step(proposal: Proposal, step: str, who: Who, note: str) -> Any:
    return ReviewStep.objects.create(proposal=proposal, step=step, by_id=person_of(who), note=note)
