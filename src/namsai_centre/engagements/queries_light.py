"""Read self-checks and clubs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Prefetch, Q, QuerySet

from namsai_centre.accounts.models import Person
from namsai_centre.engagements.clubs import ModuleKind, modules, size_warning
from namsai_centre.engagements.models import Club, ClubModule, Engagement, SelfCheck
from namsai_centre.engagements.policies import CLUBS, ENGAGEMENTS, SELF_CHECKS
from namsai_centre.who import Who


def checks_of(who: Who, enterprise: UUID) -> list[SelfCheck]:
    """Return the last self-checks of a firm."""
    return list(SELF_CHECKS.visible(who).filter(enterprise=enterprise)[:5])


def clubs(who: Who) -> QuerySet[Club]:
    """Return the clubs with the number of firms and of modules held."""
    return (
        CLUBS.visible(who)
        .select_related("leader")
        .annotate(
            firms=Count("engagements", distinct=True),
            held=Count("modules", filter=Q(modules__present__isnull=False), distinct=True),
        )
        .order_by("-starts", "name_lo", "id")
    )


@dataclass(frozen=True, slots=True)
class ModuleRow:
    """One of the six modules of a club: kind, record (None before it was written), who came."""

    kind: ModuleKind
    record: ClubModule | None
    present: frozenset[UUID]

    @property
    def on(self) -> date | None:
        """Return its day."""
        return self.record.on if self.record else None

    @property
    def held(self) -> bool:
        """Whether somebody was there."""
        return bool(self.present)


@dataclass(frozen=True, slots=True)
class FirmRow:
    """One firm of a club: came (True), was missing (False), or the module was not held yet (None), per module."""

    engagement: Engagement
    came: tuple[bool | None, ...]
    member: bool

    @property
    def count(self) -> int:
        """Return how often it came."""
        return sum(1 for c in self.came if c)


@dataclass(frozen=True, slots=True)
class WholeClub:
    """A club with its modules and firms."""

    club: Club
    modules: tuple[ModuleRow, ...]
    firms: tuple[FirmRow, ...]
    warning: str

    @property
    def members(self) -> int:
        """Return how many firms are members now."""
        return sum(1 for f in self.firms if f.member)

    @property
    def held(self) -> int:
        """Return how many modules were held."""
        return sum(1 for m in self.modules if m.held)

    @property
    def next(self) -> int:
        """Return the number of the next module; 0 when all were held."""
        return next((m.kind.number for m in self.modules if not m.held), 0)


def whole_club(who: Who, club: Club) -> WholeClub:
    """Read a club. A firm or expert sees only the own firms in it; the size counts all."""
    members = list(club.engagements.select_related("enterprise").order_by("enterprise__sorting"))
    written = {m.number: m for m in club.modules.prefetch_related(Prefetch("present", _with_firm()))}
    rows = tuple(ModuleRow(kind, written.get(kind.number), _ids(written.get(kind.number))) for kind in modules())
    now = {e.pk for e in members}
    former = {e.pk: e for m in written.values() for e in m.present.all() if e.pk not in now}
    firms = [
        FirmRow(e, tuple((e.pk in r.present) if r.held else None for r in rows), e.pk in now)
        for e in (*members, *former.values())
    ]
    if not (who.staff or who.has("trainer")):
        own = set(ENGAGEMENTS.visible(who).values_list("pk", flat=True))
        firms = [f for f in firms if f.engagement.pk in own]
    return WholeClub(club, rows, tuple(firms), size_warning(len(members)))


def _with_firm() -> QuerySet[Engagement]:
    return Engagement.objects.select_related("enterprise")


def _ids(module: ClubModule | None) -> frozenset[UUID]:
    return frozenset(e.pk for e in module.present.all()) if module else frozenset()


def can_join(who: Who, club: Club | None) -> QuerySet[Engagement]:
    """Return the running engagements of the light tier (and whoever is a member already)."""
    found = ENGAGEMENTS.visible(who).select_related("enterprise")
    light = Q(tier="light") & ~Q(stage__in=("dropped", "alumni"))
    members = Q(pk__in=club.engagements.values("pk")) if club else Q(pk__in=())
    return found.filter(light | members).order_by("enterprise__sorting")


def can_come(club: Club, number: int) -> QuerySet[Engagement]:
    """Return the firms that may have been present at a module: members, and whoever is written down already."""
    there = Engagement.objects.filter(Q(clubs=club) | Q(pk__in=_present(club, number)))
    return there.select_related("enterprise").distinct().order_by("enterprise__sorting")


def _present(club: Club, number: int) -> Any:
    return ClubModule.present.through.objects.filter(clubmodule__club=club, clubmodule__number=number).values(
        "engagement"
    )


def module_of(club: Club, number: int) -> ClubModule | None:
    """Return a module's record, if it was written already."""
    return club.modules.filter(number=number).first()


def can_lead(day: date) -> QuerySet[Person]:
    """Return who may lead a club: trainers, experts and staff."""
    roles = ("trainer", "expert", "director", "officer")
    holds = Q(grants__ends__isnull=True) | Q(grants__ends__gte=day)
    found = Person.objects.filter(holds, grants__role__in=roles, grants__starts__lte=day, is_active=True)
    return found.distinct().order_by("name_lo", "pk")
