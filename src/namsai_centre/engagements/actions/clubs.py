"""Clubs: make one, change it, write down a module with its day and who came."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction

from namsai_centre import clock
from namsai_centre.accounts.models import Person
from namsai_centre.action import made
from namsai_centre.audit.record import record
from namsai_centre.engagements.clubs import modules, planned_days
from namsai_centre.engagements.models import Club, ClubModule, Engagement
from namsai_centre.engagements.policies import CLUBS, ENGAGEMENTS
from namsai_centre.engagements.refusal import Refused
from namsai_centre.records import snapshot
from namsai_centre.who import Who


def make_club(
    who: Who, *, name_lo: str, name_en: str, starts: date | None, leader: Person | None,
    members: Sequence[Engagement], plan: bool = False,
) -> Club:  # fmt: skip
    """Make a club with its six modules; with `plan`, their usual days are put down from the begin on."""
    CLUBS.demand("make", who)
    _held_to(who, members)
    if plan and starts is None:
        raise Refused("club_plan_needs_start", "starts")
    days = planned_days(starts) if plan and starts else {}
    with transaction.atomic():
        club = Club.objects.create(name_lo=name_lo, name_en=name_en, starts=starts, leader=leader)
        club.engagements.set(members)
        ClubModule.objects.bulk_create(ClubModule(club=club, number=m.number, on=days.get(m.number)) for m in modules())
        made(who, "engagements.make_club", club, facts={"members": _names(members)})
    return club


def edit_club(
    who: Who, club: Club, expected: int, *, name_lo: str, name_en: str, starts: date | None,
    leader: Person | None, members: Sequence[Engagement],
) -> Club:  # fmt: skip
    """Change name, begin, leader and member firms; whoever was present stays in the list of that day."""
    CLUBS.demand("arrange", who, club)
    _held_to(who, members)
    with transaction.atomic():
        before = {**snapshot(club), "members": _names(club.engagements.all())}
        club.change(expected, name_lo=name_lo, name_en=name_en, starts=starts, leader=leader)
        club.engagements.set(members)
        after = {**snapshot(club), "members": _names(members)}
        record(who, "engagements.edit_club", club, before, after)
    return club


def hold_module(
    who: Who, club: Club, number: int, expected: int, *, on: date | None, present: Sequence[Engagement]
) -> ClubModule:
    """Write the day of a module and which firms came; attendance needs a day that is not in the future."""
    CLUBS.demand("edit", who, club)
    if present and on is None:
        raise Refused("module_needs_day", "on")
    if present and on is not None and on > clock.today():
        raise Refused("module_in_future", "on")
    with transaction.atomic():
        module, new = ClubModule.objects.get_or_create(club=club, number=number)
        allowed = set(club.engagements.values_list("pk", flat=True)) | set(module.present.values_list("pk", flat=True))
        if {e.pk for e in present} - allowed:
            raise Refused("module_not_member", "present")
        before: dict[str, Any] = {**snapshot(module), "present": _names(module.present.all())}
        module.change(module.version if new else expected, on=on)
        module.present.set(present)
        record(who, "engagements.hold_module", module, before, {**snapshot(module), "present": _names(present)})
    return module


def _held_to(who: Who, members: Sequence[Engagement]) -> None:
    """Refuse members that do not exist for the person."""
    ids = {e.pk for e in members}
    if ENGAGEMENTS.visible(who).filter(pk__in=ids).count() != len(ids):
        raise Refused("module_not_member", "members")


def _names(engagements: Any) -> list[str]:
    return sorted(str(e.enterprise) for e in engagements)
