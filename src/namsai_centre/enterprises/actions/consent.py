"""Keep what an enterprise agreed to, per purpose, and when it took it back."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from namsai_centre import action
from namsai_centre.enterprises.models import Consent, Enterprise
from namsai_centre.enterprises.policies import ENTERPRISES
from namsai_centre.who import Who


class AlreadyGiven(Exception):
    """The enterprise has agreed to this purpose, and did not withdraw."""


def give_consent(
    who: Who, enterprise: Enterprise, *, purpose: str, given_on: date, given_by: str, note: str = ""
) -> Consent:
    """Keep that the enterprise agrees to a purpose. Errors: AlreadyGiven."""
    ENTERPRISES.demand("consent", who, enterprise)
    with transaction.atomic():
        Enterprise.objects.select_for_update().get(pk=enterprise.pk)
        if Consent.objects.filter(enterprise=enterprise, purpose=purpose, withdrawn_on__isnull=True).exists():
            raise AlreadyGiven
        consent = Consent.objects.create(
            enterprise=enterprise, purpose=purpose, given_on=given_on, given_by=given_by, note=note
        )
        action.made(who, "enterprises.give_consent", consent)
    return consent


def withdraw_consent(
    who: Who, enterprise: Enterprise, consent: Consent, expected: int, *, withdrawn_on: date, withdrawn_by: str
) -> Consent:
    """Keep that the enterprise took its consent back. Errors: records.Stale."""
    ENTERPRISES.demand("consent", who, enterprise)
    with action.changing(who, "enterprises.withdraw_consent", consent):
        consent.change(expected, withdrawn_on=withdrawn_on, withdrawn_by=withdrawn_by)
    return consent
