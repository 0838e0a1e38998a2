"""Open a firm's records in an emergency: with a reason, for a few hours, and every director is told."""

from __future__ import annotations

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction

from namsai_centre import clock
from namsai_centre.accounts.actions.notify import notify
from namsai_centre.accounts.models import BreakGlass
from namsai_centre.accounts.policies import GLASSES
from namsai_centre.accounts.queries import holders, myself
from namsai_centre.action import changing, made
from namsai_centre.enterprises.models import Enterprise
from namsai_centre.ui.words import say
from namsai_centre.who import Who

OPEN_FOR = timedelta(hours=3)
SHORTEST_REASON = 20


def break_glass(who: Who, enterprise: Enterprise, reason: str) -> BreakGlass:
    """Open the firm for this person until OPEN_FOR is over; audited on the firm, so that its owner can read it too."""
    GLASSES.demand("open", who)
    reason = " ".join(reason.split())
    if len(reason) < SHORTEST_REASON:
        raise ValidationError({"reason": say("accounts.glass_reason_short", least=SHORTEST_REASON)})
    with transaction.atomic():
        person = myself(who)
        glass = BreakGlass.objects.create(
            person=person, enterprise=enterprise, reason=reason, expires_at=clock.now() + OPEN_FOR
        )
        made(who, "accounts.break_glass", glass, reason)
        for director in holders("director"):
            if director.pk != person.pk:
                notify(
                    director, "accounts.told_glass", "/people/glasses/", person=person, firm=enterprise, reason=reason
                )
    return glass


def close_glass(who: Who, glass: BreakGlass) -> BreakGlass:
    """End the access before its time."""
    GLASSES.demand("close", who, glass)
    with changing(who, "accounts.close_glass", glass):
        glass.change(glass.version, expires_at=clock.now())
    return glass
