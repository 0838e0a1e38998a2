"""What other parts of the house have for one engagement: assessments, measures, clubs, self-checks (read only)."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count

from namsai_centre.assessments.models import Assessment
from namsai_centre.assessments.policies import ASSESSMENTS
from namsai_centre.engagements.models import Club, Engagement, SelfCheck
from namsai_centre.engagements.policies import CLUBS, SELF_CHECKS
from namsai_centre.savings.models import STATES, Measure
from namsai_centre.savings.policies import MEASURES, SAVINGS
from namsai_centre.who import Who


@dataclass(frozen=True, slots=True)
class Around:
    """The neighbours of an engagement, as far as they exist for the person."""

    assessments: list[Assessment]
    measures: list[tuple[Measure, list[str]]]  # each with the states in which its savings stand
    savings_by_state: list[tuple[str, int]]  # how many savings stand in each state (counts; amounts are never added)
    clubs: list[Club]
    checks: list[SelfCheck]
    may_write: bool  # the person may write a measure into it


def around(who: Who, engagement: Engagement) -> Around:
    """Read the neighbours of an engagement."""
    counts = dict(
        SAVINGS.visible(who)
        .filter(measure__engagement=engagement)
        .order_by("state")
        .values_list("state")
        .annotate(count=Count("pk"))
    )
    measures = MEASURES.visible(who).filter(engagement=engagement)
    return Around(
        assessments=list(ASSESSMENTS.visible(who).filter(engagement=engagement).order_by("-created_at")),
        measures=[(m, _states(m)) for m in measures.prefetch_related("savings")],
        savings_by_state=[(state, counts[state]) for state in STATES if state in counts],
        clubs=list(CLUBS.visible(who).filter(engagements=engagement)),
        checks=list(SELF_CHECKS.visible(who).filter(enterprise=engagement.enterprise_id)[:5]),
        may_write=MEASURES.make(who) and MEASURES.make_in(who, engagement.pk, engagement.enterprise_id),
    )


def _states(measure: Measure) -> list[str]:
    found = {s.state for s in measure.savings.all()}
    return [state for state in STATES if state in found]
