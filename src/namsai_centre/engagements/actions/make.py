"""Begin an engagement with an enterprise."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction

from namsai_centre import clock
from namsai_centre.action import made
from namsai_centre.engagements.models import Engagement, StageStep
from namsai_centre.engagements.policies import ENGAGEMENTS
from namsai_centre.engagements.refusal import Refused
from namsai_centre.enterprises.models import Enterprise
from namsai_centre.enterprises.policies import ENTERPRISES
from namsai_centre.who import Who


def make(
    who: Who,
    enterprise: Enterprise,
    *,
    tier: str,
    on: date,
    title_lo: str = "",
    title_en: str = "",
    project: str = "",
    starts: date | None = None,
    ends: date | None = None,
    id: UUID | None = None,
) -> Engagement:
    """Make an engagement in the stage `aware` since a day (under an id of the client's own, if given)."""
    ENGAGEMENTS.demand("make", who)
    ENTERPRISES.demand("see", who, enterprise)
    if enterprise.status == "merged":
        raise Refused("firm_merged")
    if on > clock.today():
        raise Refused("step_in_future", "on")
    if starts and ends and ends < starts:
        raise Refused("ends_before_start", "ends")
    assert who.person_id is not None  # staff are logged in
    with transaction.atomic():
        engagement = Engagement.objects.create(
            **({"id": id} if id else {}),
            enterprise=enterprise,
            tier=tier,
            title_lo=title_lo,
            title_en=title_en,
            project=project,
            starts=starts or on,
            ends=ends,
            stage_since=on,
        )
        StageStep.objects.create(engagement=engagement, stage="aware", on=on, by_id=who.person_id)
        made(who, "engagements.make", engagement)
    return engagement
