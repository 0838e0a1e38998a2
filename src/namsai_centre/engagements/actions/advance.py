"""Move an engagement to another stage: only along the table of `stages`, dated, with a reason where one is due."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied

from namsai_centre import clock
from namsai_centre.action import changing
from namsai_centre.engagements.models import Engagement, StageStep
from namsai_centre.engagements.policies import ENGAGEMENTS
from namsai_centre.engagements.refusal import Refused
from namsai_centre.engagements.stages import date_fault, step_to
from namsai_centre.savings.models import Saving
from namsai_centre.who import Who


def advance(who: Who, engagement: Engagement, expected: int, *, stage: str, on: date, note: str = "") -> StageStep:
    """Take one step; raises Refused (not in the table, no reason, wrong date, nothing verified) or Stale."""
    ENGAGEMENTS.demand("advance", who, engagement)
    step = step_to(engagement.stage, engagement.tier, stage, engagement.dropped_from)
    if step is None:
        raise Refused("step_not_allowed", "stage")
    if step.staff_only and not who.staff:
        raise PermissionDenied("only staff")
    if step.reason and not note.strip():
        raise Refused("step_needs_reason", "note")
    fault = date_fault(on, engagement.stage_since, clock.today())
    if fault:
        raise Refused(fault, "on")
    if stage == "verified" and step.kind == "forward" and not _something_verified(engagement):
        raise Refused("step_nothing_verified", "stage")
    dropped = stage == "dropped"
    assert who.person_id is not None  # the policy knows them
    with changing(who, "engagements.advance", engagement, note):
        before = engagement.stage
        engagement.change(
            expected,
            stage=stage,
            stage_since=on,
            dropped_because=note if dropped else "",
            dropped_from=before if dropped else "",
        )
        return StageStep.objects.create(engagement=engagement, stage=stage, on=on, by_id=who.person_id, note=note)


def _something_verified(engagement: Engagement) -> bool:
    return Saving.objects.filter(measure__engagement=engagement, state="verified").exists()
