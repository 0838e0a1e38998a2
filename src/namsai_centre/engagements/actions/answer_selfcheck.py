"""Keep the answers of a self-check (a new one each time: the earlier ones stay)."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from namsai_centre import clock
from namsai_centre.action import made
from namsai_centre.engagements.models import SelfCheck
from namsai_centre.engagements.policies import CHECKED_FIRMS, ENGAGEMENTS
from namsai_centre.engagements.refusal import Refused
from namsai_centre.engagements.selfcheck import questions
from namsai_centre.enterprises.models import Enterprise
from namsai_centre.who import Who


def answer_selfcheck(who: Who, enterprise: Enterprise, *, answers: Mapping[str, str]) -> SelfCheck:
    """Write the answers; every question must be answered with one of its answers, anything else is refused."""
    CHECKED_FIRMS.demand("check", who, enterprise)
    kept = {}
    for q in questions():
        if answers.get(q.id) not in q.answers:
            raise Refused("selfcheck_incomplete")
        kept[q.id] = answers[q.id]
    running = ENGAGEMENTS.visible(who).filter(enterprise=enterprise).exclude(stage__in=("dropped", "alumni"))
    with transaction.atomic():
        check = SelfCheck.objects.create(
            enterprise=enterprise, engagement=running.first(), by_id=who.person_id, on=clock.today(), answers=kept
        )
        made(who, "engagements.answer_selfcheck", check)
    return check
