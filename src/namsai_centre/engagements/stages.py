"""The stages of an engagement and the one table of allowed steps between them.

Forward one stage at a time (the light tier may go from signed to implementing without a full assessment); back only
with a reason; dropped from anywhere with a reason; reopened with a reason to a stage it had reached before.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from namsai_centre.who import Who

ORDER = ("aware", "signed", "assessed", "implementing", "verified", "alumni")
RUNNING = ORDER[:-1]  # work goes on; alumni and dropped wait for nothing
Kind = Literal["forward", "back", "drop", "reopen"]


@dataclass(frozen=True, slots=True)
class Step:
    """One allowed step: to which stage, of which kind, whether a reason must be given, whether only staff may do it."""

    to: str
    kind: Kind
    reason: bool
    staff_only: bool


# from stage -> next stages, by tier. Verified and alumni are the centre's word: staff only.
FORWARD: dict[str, dict[str, tuple[str, ...]]] = {
    "full": {
        "aware": ("signed",),
        "signed": ("assessed",),
        "assessed": ("implementing",),
        "implementing": ("verified",),
        "verified": ("alumni",),
        "alumni": (),
    },
    "light": {
        "aware": ("signed",),
        "signed": ("assessed", "implementing"),
        "assessed": ("implementing",),
        "implementing": ("verified",),
        "verified": ("alumni",),
        "alumni": (),
    },
}
STAFF_ONLY = frozenset({"verified", "alumni"})


def rank(stage: str) -> int:
    """Return the place of a stage in the order; -1 for dropped.

    >>> rank("aware"), rank("alumni"), rank("dropped")
    (0, 5, -1)
    """
    return ORDER.index(stage) if stage in ORDER else -1


def steps_from(stage: str, tier: str, dropped_from: str = "") -> tuple[Step, ...]:
    """Return the steps allowed from a stage.

    >>> [s.to for s in steps_from("signed", "full")]
    ['assessed', 'aware', 'dropped']
    >>> [s.to for s in steps_from("signed", "light")]
    ['assessed', 'implementing', 'aware', 'dropped']
    >>> [(s.to, s.kind) for s in steps_from("dropped", "full", "signed")]
    [('signed', 'reopen'), ('aware', 'reopen')]
    """
    if stage == "dropped":
        last = rank(dropped_from) if dropped_from else 0
        return tuple(Step(s, "reopen", True, True) for s in reversed(ORDER[: last + 1]))
    forward = tuple(Step(s, "forward", False, s in STAFF_ONLY) for s in FORWARD[tier][stage])
    back = tuple(Step(s, "back", True, True) for s in reversed(ORDER[: rank(stage)]))
    return (*forward, *back, Step("dropped", "drop", True, False))


def next_stage(engagement: Any, who: Who) -> str:
    """Return the stage that comes next for this person to take; "" for none.

    The light tier goes on without an assessment.
    """
    steps = steps_from(engagement.stage, engagement.tier, engagement.dropped_from)
    forward = [s.to for s in steps if s.kind == "forward" and (who.staff or not s.staff_only)]
    return (forward[-1] if engagement.tier == "light" else forward[0]) if forward else ""


def step_to(stage: str, tier: str, to: str, dropped_from: str = "") -> Step | None:
    """Return the allowed step to a stage; None when there is none.

    >>> step_to("aware", "full", "verified") is None
    True
    """
    return next((s for s in steps_from(stage, tier, dropped_from) if s.to == to), None)


def date_fault(on: date, previous: date | None, today: date) -> str:
    """Return what is wrong with the date of a step ("" nothing): it lies in the future or before the step before.

    >>> date_fault(date(2026, 1, 2), date(2026, 1, 3), date(2026, 2, 1))
    'step_before_last'
    """
    if on > today:
        return "step_in_future"
    if previous is not None and on < previous:
        return "step_before_last"
    return ""
