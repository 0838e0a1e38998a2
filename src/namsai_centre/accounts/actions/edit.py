"""Change who somebody is: names, language, e-mail, phone."""

from __future__ import annotations

from typing import Any

from namsai_centre.accounts.actions.notify import doer, notify
from namsai_centre.accounts.models import Person
from namsai_centre.accounts.policies import PEOPLE
from namsai_centre.action import changing
from namsai_centre.who import Who


def edit_person(who: Who, person: Person, version: int, *, name_lo: str, name_en: str, language: str) -> Person:
    """Change names and language."""
    PEOPLE.demand("edit", who, person)
    with changing(who, "accounts.edit", person):
        return person.change(version, name_lo=name_lo, name_en=name_en, language=language)


def reach_person(who: Who, person: Person, version: int, *, email: str, phone: str) -> Person:
    """Change what somebody logs in with; they are told (at the new address, and on their page)."""
    PEOPLE.demand("reach", who, person)
    wanted: dict[str, Any] = {"email": email or None, "phone": phone or None}
    if wanted == {"email": person.email, "phone": person.phone}:
        return person
    with changing(who, "accounts.reach", person):
        person.change(version, **wanted)
        if person.pk != who.person_id:
            notify(person, "accounts.told_reach", "/people/me/", email=email or "–", phone=phone or "–", by=doer(who))
    return person


def set_language(who: Who, person: Person, language: str) -> Person:
    """Keep the language somebody switched to."""
    PEOPLE.demand("edit", who, person)
    if language in ("lo", "en") and language != person.language:
        with changing(who, "accounts.language", person):
            person.change(person.version, language=language)
    return person
