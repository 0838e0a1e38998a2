"""Invite somebody: an account, perhaps a first role, and a one-time link to set the password."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from namsai_centre.accounts.actions.grant import give_first_role
from namsai_centre.accounts.actions.notify import site
from namsai_centre.accounts.letters import post, words
from namsai_centre.accounts.links import path_of
from namsai_centre.accounts.models import Person
from namsai_centre.accounts.policies import PEOPLE
from namsai_centre.action import made
from namsai_centre.audit.record import record
from namsai_centre.enterprises.models import Enterprise
from namsai_centre.ui.words import say
from namsai_centre.who import Who


def invite(
    who: Who,
    *,
    name_lo: str,
    name_en: str,
    email: str,
    phone: str,
    language: str,
    role: str = "",
    enterprise: Enterprise | None = None,
    starts: date | None = None,
    ends: date | None = None,
) -> Person:
    """Make the account, with its first role if one is named; owners invite members of their own firm only."""
    PEOPLE.demand("invite", who)
    if not who.staff and role != "member":
        raise PermissionDenied("owners invite members")
    if not email and not phone:
        raise ValidationError({"email": say("accounts.email_or_phone")})
    with transaction.atomic():
        person = Person(name_lo=name_lo, name_en=name_en, email=email or None, phone=phone or None, language=language)
        person.set_unusable_password()
        person.save(force_insert=True)
        made(who, "accounts.invite", person)
        if role:
            give_first_role(who, person, role, enterprise, starts or who.day, ends)
    return person


def make_link(who: Who, person: Person) -> str:
    """Make a one-time link to set the password; return its path, and queue a letter with it if there is an address.

    The link is shown once to whoever made it, to hand over; the audit log keeps that it was made, never the link.
    """
    PEOPLE.demand("link", who, person)
    with transaction.atomic():
        path = path_of(person)
        record(who, "accounts.link", person, None, None)
        if person.email and site():
            lang = person.language
            body = words("accounts.letter_invite", lang, name=str(person), by=who.name, where=f"{site()}{path}")
            post(person.email, words("accounts.letter_invite_subject", lang), body)
    return path
