"""Make the first director: from the server's command line, and only while there is none."""

from __future__ import annotations

from django.db import transaction

from namsai_centre import clock
from namsai_centre.accounts.links import path_of
from namsai_centre.accounts.models import Person, RoleGrant
from namsai_centre.action import made
from namsai_centre.who import Who


class Exists(Exception):
    """There is a director already; people are invited in the application."""


def first_director(email: str, name: str) -> str:
    """Make the person and the role; return the path of the one-time link to set the password. Errors: Exists."""
    who = Who(None, "namsai centre first_director", clock.today(), via="command")
    with transaction.atomic():
        if RoleGrant.objects.filter(role="director", ends__isnull=True, person__is_active=True).exists():
            raise Exists
        person = Person.objects.create_user(email, None, name_lo=name)
        made(who, "accounts.invite", person)
        made(who, "accounts.grant", RoleGrant.objects.create(person=person, role="director"))
    return path_of(person)
