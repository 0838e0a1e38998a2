"""Keep what became of an option in a firm; change and withdraw it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TypedDict

from django.core.exceptions import PermissionDenied
from django.db import transaction

from namsai_centre import action, clock
from namsai_centre.enterprises.models import Enterprise
from namsai_centre.knowhow import queries
from namsai_centre.knowhow.actions.propose import person_of
from namsai_centre.knowhow.models import Feedback
from namsai_centre.knowhow.policies import FEEDBACK
from namsai_centre.who import Who


class Said(TypedDict):
    """What is said of an option."""

    outcome: str
    reason: str
    note: str
    done_on: date | None
    saving_percent: Decimal | None
    method: str
    saving_kip: int | None
    cost_kip: int | None


class ToldBefore(Exception):
    """The firm has already said what became of this option."""


def tell(who: Who, enterprise: Enterprise, option: str, said: Said) -> Feedback:
    """Keep what became of an option in a firm one may speak for. Errors: ToldBefore; NamsaiError for no such option."""
    FEEDBACK.demand("make", who)
    if not FEEDBACK.firms(who).filter(pk=enterprise.pk).exists():
        raise PermissionDenied("FeedbackPolicy.firms")
    knowhow = queries.current_knowhow()
    knowhow.option(option)
    with transaction.atomic():
        Enterprise.objects.select_for_update().get(pk=enterprise.pk)
        if Feedback.objects.filter(enterprise=enterprise, option=option, withdrawn_at__isnull=True).exists():
            raise ToldBefore
        made = Feedback.objects.create(
            enterprise=enterprise, option=option, knowhow_version=knowhow.version, by_id=person_of(who), **said
        )
        action.made(who, "knowhow.tell", made)
    return made


def change(who: Who, feedback: Feedback, expected: int, said: Said) -> Feedback:
    """Change what was said. Errors: records.Stale."""
    FEEDBACK.demand("edit", who, feedback)
    with transaction.atomic(), action.changing(who, "knowhow.retell", feedback):
        return feedback.change(expected, **said)


def withdraw(who: Who, feedback: Feedback, expected: int) -> Feedback:
    """Withdraw what was said: it no longer counts. Errors: records.Stale."""
    FEEDBACK.demand("withdraw", who, feedback)
    with transaction.atomic(), action.changing(who, "knowhow.untell", feedback):
        return feedback.change(expected, withdrawn_at=clock.now())
