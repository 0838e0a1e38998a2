"""Review a proposal: the second person accepts it or gives it back with words."""

from __future__ import annotations

from django.db import transaction

from namsai_centre import action
from namsai_centre.knowhow import draft, queries
from namsai_centre.knowhow.actions.propose import Refused, person_of
from namsai_centre.knowhow.actions.tell import tell_decided
from namsai_centre.knowhow.models import Proposal, ReviewStep
from namsai_centre.knowhow.policies import PROPOSALS
from namsai_centre.who import Who


def review(who: Who, proposal: Proposal, expected: int, *, decision: str, note: str) -> Proposal:
    """Accept a proposal (it must stand with those accepted before) or give it back. Errors: Refused; records.Stale."""
    PROPOSALS.demand("review", who, proposal)
    if decision not in ("accepted", "returned"):
        raise Refused("decision")
    if decision == "returned" and not note.strip():
        raise Refused("need_review_note")
    with transaction.atomic():
        if decision == "accepted":
            try:
                texts = draft.with_all(queries.current_texts(), [*queries.accepted(), proposal], "0")
            except draft.Overtaken as problem:
                raise Refused("overtaken", columns=problem.columns) from None
            found = draft.problems(texts)
            if found:
                raise Refused("checks_wrong", found)
        with action.changing(who, "knowhow.review", proposal, reason=note):
            proposal.change(expected, state=decision)
            ReviewStep.objects.create(proposal=proposal, step=decision, by_id=person_of(who), note=note)
        tell_decided(who, proposal, note)
    return proposal
