"""Change what an engagement is called, its tier, project and days (never its stage: see `advance`)."""

from __future__ import annotations

from datetime import date

from namsai_centre.action import changing
from namsai_centre.engagements.models import Engagement
from namsai_centre.engagements.policies import ENGAGEMENTS
from namsai_centre.engagements.refusal import Refused
from namsai_centre.who import Who


def edit(
    who: Who,
    engagement: Engagement,
    expected: int,
    *,
    tier: str,
    title_lo: str,
    title_en: str,
    project: str,
    starts: date | None,
    ends: date | None,
) -> Engagement:
    """Write the changes; raises Stale when somebody else changed it meanwhile."""
    ENGAGEMENTS.demand("edit", who, engagement)
    if starts and ends and ends < starts:
        raise Refused("ends_before_start", "ends")
    with changing(who, "engagements.edit", engagement):
        engagement.change(
            expected, tier=tier, title_lo=title_lo, title_en=title_en, project=project, starts=starts, ends=ends
        )
    return engagement
