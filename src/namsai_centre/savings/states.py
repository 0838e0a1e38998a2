"""The one table of states: which step leads where, what each needs, and what may still hold afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from namsai_centre.savings.models import STATES

__all__ = ["FORWARD", "LIVE", "SPANS", "STATES", "TABLE", "WAY", "Need", "Step", "steps_from", "target"]

Need = Literal["reason", "method", "uncertainty", "evidence", "statement"]
PROOF: frozenset[Need] = frozenset({"method", "uncertainty", "evidence"})
WHY: frozenset[Need] = frozenset({"reason"})


@dataclass(frozen=True, slots=True)
class Step:
    """One allowed step. Day and person are always kept; `needs` says what else must be given."""

    verb: str
    frm: str
    to: str
    needs: frozenset[Need] = frozenset()


# The verb is the right in `policies.MeasurePolicy` and the file in `actions/`.
TABLE: tuple[Step, ...] = (
    Step("agree", "identified", "agreed"),
    Step("implement", "agreed", "implemented"),
    Step("measure", "implemented", "measured", PROOF),
    Step("measure", "measured", "measured", PROOF),
    Step("verify", "measured", "verified", PROOF | {"statement"}),
    Step("give_back", "measured", "implemented", WHY),
    Step("reject", "identified", "rejected", WHY),
    Step("reject", "agreed", "rejected", WHY),
    Step("discontinue", "implemented", "discontinued", WHY),
    Step("discontinue", "measured", "discontinued", WHY),
    Step("discontinue", "verified", "discontinued", WHY),
    Step("restate", "identified", "identified", WHY),
    Step("restate", "agreed", "agreed", WHY),
    Step("restate", "implemented", "implemented", WHY),
    Step("correct", "agreed", "identified", WHY),
    Step("correct", "implemented", "agreed", WHY),
    Step("correct", "measured", "implemented", WHY),
    Step("correct", "verified", "implemented", WHY),
    Step("correct", "rejected", "identified", WHY),
    Step("correct", "discontinued", "implemented", WHY),
)
VERBS = ("agree", "implement", "measure", "verify", "give_back", "reject", "discontinue", "restate", "correct")
WAY = STATES[:5]  # the way from found to proven
FORWARD = dict(zip(WAY, ("agree", "implement", "measure", "verify"), strict=False))  # what each state waits for
SPANS = (("hoped", 2), ("in_place", 3), ("given_up", 2))  # what the states, in their order, have in common
LIVE = ("implemented", "measured", "verified")  # the measure is in place
_BY = {(step.verb, step.frm): step for step in TABLE}


def target(verb: str, state: str) -> Step | None:
    """Return the step a verb makes from a state; None where there is none.

    >>> target("verify", "measured").to, target("verify", "identified")
    ('verified', None)
    """
    return _BY.get((verb, state))


def steps_from(state: str) -> tuple[Step, ...]:
    """Return all steps that start in a state, in the order of the table."""
    return tuple(step for step in TABLE if step.frm == state)
