"""Close and open accounts."""

from __future__ import annotations

from namsai_centre import clock
from namsai_centre.accounts.actions.end_devices import end_all
from namsai_centre.accounts.models import Person
from namsai_centre.accounts.policies import PEOPLE
from namsai_centre.action import changing
from namsai_centre.who import Who


def close_person(who: Who, person: Person, version: int, reason: str) -> Person:
    """Close the account: no log-in, all sessions and tokens end at once, what they did stays under their name."""
    PEOPLE.demand("close", who, person)
    with changing(who, "accounts.close", person, reason):
        person.change(version, is_active=False)
        end_all(person)
        person.tokens.filter(ended_at__isnull=True).update(ended_at=clock.now())
    return person


def reopen_person(who: Who, person: Person, version: int) -> Person:
    """Open a closed account again: roles as their dates say, the old password, no tokens."""
    PEOPLE.demand("close", who, person)
    with changing(who, "accounts.reopen", person):
        person.change(version, is_active=True)
    return person
