"""Take a second factor away so that a new one can be set up."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.db import transaction

from namsai_centre.accounts.actions.end_devices import end_all
from namsai_centre.accounts.actions.notify import doer, notify, notify_all
from namsai_centre.accounts.models import Person
from namsai_centre.accounts.policies import PEOPLE
from namsai_centre.accounts.queries import holders
from namsai_centre.audit.record import record
from namsai_centre.who import Who


def reset_factor(who: Who, person: Person, reason: str) -> None:
    """Take somebody's lost second factor away: their sessions end, they and the other directors are told."""
    PEOPLE.demand("reset_factor", who, person)
    with transaction.atomic():
        Authenticator.objects.filter(user=person).delete()
        end_all(person)
        record(who, "accounts.reset_factor", person, None, None, reason)
        notify(person, "accounts.told_factor_reset", "/people/me/", by=doer(who))
        others = [d for d in holders("director") if d.pk not in (who.person_id, person.pk)]
        notify_all(others, "accounts.told_factor_reset_of", f"/people/{person.pk}/", person=person, by=doer(who))


def renew_factor(who: Who, person: Person, session_key: str) -> None:
    """Take the own second factor away to set up a new one; other sessions end; staff reach no page before that."""
    PEOPLE.demand("edit", who, person)
    with transaction.atomic():
        Authenticator.objects.filter(user=person).delete()
        end_all(person, session_key)
        record(who, "accounts.renew_factor", person, None, None)
