"""Give a role and end it."""

from __future__ import annotations

from datetime import date, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q

from namsai_centre import clock
from namsai_centre.accounts.actions.notify import day_names, notify, role_names
from namsai_centre.accounts.models import FIRM_ROLES, Person, RoleGrant
from namsai_centre.accounts.policies import GRANTS, PEOPLE, may_give
from namsai_centre.action import changing, made
from namsai_centre.enterprises.models import Enterprise
from namsai_centre.ui.words import say
from namsai_centre.who import Who


def grant_role(
    who: Who, person: Person, role: str, *, enterprise: Enterprise | None, starts: date, ends: date | None
) -> RoleGrant:
    """Give a role from a day until a day (the last one included); owner and member name their firm."""
    PEOPLE.demand("grant", who, person)
    return _give(who, person, role, enterprise, starts, ends)


def give_first_role(
    who: Who, person: Person, role: str, enterprise: Enterprise | None, starts: date, ends: date | None
) -> RoleGrant:
    """Give the role of an invitation (part of `invite`, which has asked for the right to invite)."""
    PEOPLE.demand("invite", who)
    return _give(who, person, role, enterprise, starts, ends)


def _give(
    who: Who, person: Person, role: str, enterprise: Enterprise | None, starts: date, ends: date | None
) -> RoleGrant:
    if role not in may_give(who) or (not who.staff and (enterprise is None or enterprise.pk not in who.owned)):
        raise PermissionDenied(f"role {role}")
    if (role in FIRM_ROLES) != (enterprise is not None):
        raise ValidationError({"firm": say("accounts.firm_wanted" if role in FIRM_ROLES else "accounts.firm_not")})
    if ends is not None and ends < starts:
        raise ValidationError({"ends": say("accounts.ends_before")})
    overlap = Q(ends__isnull=True) | Q(ends__gte=starts)
    there = person.grants.filter(overlap, role=role, enterprise=enterprise)
    if ends is not None:
        there = there.filter(starts__lte=ends)
    if there.exists():
        raise ValidationError({"role": say("accounts.role_there")})
    with transaction.atomic():
        grant = RoleGrant.objects.create(
            person=person, role=role, enterprise=enterprise, starts=starts, ends=ends, granted_by_id=who.person_id
        )
        made(who, "accounts.grant", grant, facts={"person_name": str(person)})
        notify(person, "accounts.told_role", "/people/me/", role=role_names(role), starts=day_names(starts))
    return grant


def end_role(who: Who, grant: RoleGrant, version: int, on: date | None = None) -> RoleGrant:
    """End a role with a day as its last one (default: yesterday, so that it holds no more today)."""
    GRANTS.demand("end", who, grant)
    last = on or clock.today() - timedelta(days=1)
    if grant.ends is not None and grant.ends < clock.today():
        raise ValidationError({"ends": say("accounts.role_over")})
    with changing(who, "accounts.end_role", grant):
        grant.change(version, ends=last)
        told = {"role": role_names(grant.role), "ends": day_names(last)}
        notify(grant.person, "accounts.told_role_end", "/people/me/", **told)
    return grant
