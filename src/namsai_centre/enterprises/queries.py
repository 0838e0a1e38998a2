"""Read the registry: lists with filters, what one page of an enterprise shows, choices, look-alikes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet
from django.db.models.functions import Coalesce

from namsai_centre import clock
from namsai_centre.accounts.models import BreakGlass
from namsai_centre.assessments.models import Assessment
from namsai_centre.assessments.policies import ASSESSMENTS
from namsai_centre.engagements.models import Engagement
from namsai_centre.engagements.policies import ENGAGEMENTS
from namsai_centre.enterprises.models import PURPOSES, Enterprise, Group, Place
from namsai_centre.enterprises.parts import KINDS
from namsai_centre.enterprises.policies import ENTERPRISES
from namsai_centre.enterprises.search import found, similar
from namsai_centre.enterprises.size import of_size
from namsai_centre.savings.models import Measure
from namsai_centre.savings.policies import MEASURES
from namsai_centre.who import Who

# Bands of workers for the list only (the legal class is computed by `size`): the first and last number of each.
BANDS: dict[str, tuple[int, int | None]] = {"1-5": (0, 5), "6-50": (6, 50), "51-99": (51, 99), "100": (100, None)}
UNKNOWN = "none"  # of a filter: the ones of which it is not known
ANY = "any"  # of the status: joined records too


def _plain(text: str) -> str:
    """Return the text without control characters (a database may refuse them) and at most 200 characters of it."""
    return "".join(c if c.isprintable() or c in "\u200b\u200c\u200d" else " " for c in text[:200]).strip()


@dataclass(frozen=True)
class Filters:
    """What is asked of the list; an unknown value of a filter finds nothing (it is never quietly dropped)."""

    q: str = ""
    sector: str = ""
    province: str = ""
    band: str = ""
    size: str = ""
    stage: str = ""
    risk: str = ""
    status: str = ""

    @classmethod
    def of(cls, asked: Any) -> Filters:
        """Read the filters of an address."""
        return cls(**{name: _plain(str(asked.get(name, ""))) for name in cls.__dataclass_fields__})

    @property
    def any(self) -> bool:
        """Whether something is asked."""
        return any(getattr(self, name) for name in self.__dataclass_fields__)

    @property
    def narrowed(self) -> bool:
        """Whether a filter besides the search text is set."""
        return any(getattr(self, name) for name in self.__dataclass_fields__ if name != "q")


def listed(who: Who, filters: Filters) -> QuerySet[Enterprise]:
    """Return the enterprises of the list: of those that exist for the person, the ones asked for, in Lao order."""
    firms = ENTERPRISES.visible(who)
    for name in ("sector", "risk", "status"):
        value = getattr(filters, name)
        if value and value != ANY:
            column = "risk_class" if name == "risk" else name
            firms = firms.filter(**{column: "" if value == UNKNOWN else value})
    if not filters.status:
        firms = firms.exclude(status="merged")
    if filters.province:
        firms = firms.filter(
            **({"province": None} if filters.province == UNKNOWN else {"province__code": filters.province})
        )
    if filters.band:
        firms = _in_band(firms, filters.band)
    if filters.size:
        firms = of_size(firms, filters.size, who.day)
    if filters.stage:
        works = ENGAGEMENTS.visible(who)
        if filters.stage == UNKNOWN:
            firms = firms.exclude(pk__in=works.values("enterprise"))
        else:
            firms = firms.filter(pk__in=works.filter(stage=filters.stage).values("enterprise"))
    return found(firms, filters.q)


def _in_band(firms: QuerySet[Enterprise], band: str) -> QuerySet[Enterprise]:
    if band != UNKNOWN and band not in BANDS:
        return firms.none()
    known = firms.annotate(hands=Coalesce("workers", _sum_of_sexes()))
    if band == UNKNOWN:
        return known.filter(hands__isnull=True)
    least, most = BANDS[band]
    return known.filter(hands__gte=least, **({} if most is None else {"hands__lte": most}))


def _sum_of_sexes() -> Any:
    from django.db.models import F

    return F("women") + F("men")


def with_row(who: Who, firms: QuerySet[Enterprise]) -> QuerySet[Enterprise]:
    """Return the enterprises with what a row of the list shows (two queries for any number of rows)."""
    works = Prefetch("engagements", ENGAGEMENTS.visible(who).order_by("-stage_since"), to_attr="works")
    return firms.select_related("province", "district").defer("note", "search").prefetch_related(works)


def near(who: Who, filters: Filters) -> list[Enterprise]:
    """Return what may have been meant when nothing was found (typing errors), of those that exist for the person."""
    return similar(ENTERPRISES.visible(who).exclude(status="merged").select_related("province", "district"), filters.q)


def picked(who: Who, text: str, most: int = 10) -> list[Enterprise]:
    """Return the first enterprises a text may mean, for choosing one; those with a similar name when none holds it."""
    if not text.strip():
        return []
    firms = ENTERPRISES.visible(who).exclude(status="merged").select_related("province", "district")
    return list(found(firms, text)[:most]) or similar(firms, text, most)


@dataclass
class Around:
    """What belongs to an enterprise and exists for the reader."""

    engagements: list[Engagement] = field(default_factory=list)
    assessments: list[Assessment] = field(default_factory=list)
    measures: list[Measure] = field(default_factory=list)  # each with `states`: those its savings are in


def around(who: Who, enterprise: Enterprise) -> Around:
    """Return the engagements, assessments and measures of the enterprise that exist for the person."""
    measures: list[Any] = list(MEASURES.visible(who).filter(enterprise=enterprise).prefetch_related("savings"))
    for measure in measures:
        measure.states = list(dict.fromkeys(s.state for s in measure.savings.all()))
    return Around(
        list(ENGAGEMENTS.visible(who).filter(enterprise=enterprise)),
        list(ASSESSMENTS.visible(who).filter(engagement__enterprise=enterprise).select_related("engagement")),
        measures,
    )


def whole(enterprise: Enterprise) -> Enterprise:
    """Return the enterprise with everything its page shows."""
    places = ("sites__province", "sites__district")
    parts = ("identifiers", "aliases", "activities", "contacts", "consents", *places)
    return (
        Enterprise.objects.select_related("province", "district", "group", "merged_into")
        .prefetch_related(*parts)
        .get(pk=enterprise.pk)
    )


def open_glass(enterprise: Enterprise) -> list[BreakGlass]:
    """Return who has opened the enterprise in an emergency and still can, with reason and end."""
    return list(BreakGlass.objects.filter(enterprise=enterprise, expires_at__gt=clock.now()).select_related("person"))


def alike(who: Who, name_lo: str, name_en: str, but: UUID | None = None) -> list[Enterprise]:
    """Return the enterprises (that exist for the person) whose name looks the same as one of the two."""
    from namsai_centre.enterprises.keys import looks

    wanted = Q()
    for name, column in ((name_lo, "looks_lo"), (name_en, "looks_en")):
        key = looks(name)
        if key:
            wanted |= Q(**{column: key})
    if not wanted:
        return []
    firms = ENTERPRISES.visible(who).exclude(status="merged").filter(wanted).select_related("province", "district")
    return list((firms.exclude(pk=but) if but else firms)[:10])


def provinces(day: date) -> list[Place]:
    """Return the provinces of the day."""
    return list(_on(day).filter(kind="province").order_by("pk"))


def districts(day: date) -> list[Place]:
    """Return the districts of the day with their province."""
    return list(_on(day).filter(kind="district").select_related("parent").order_by("code"))


def _on(day: date) -> QuerySet[Place]:
    held = Q(valid_from__isnull=True) | Q(valid_from__lte=day)
    return Place.objects.filter(held).filter(Q(valid_until__isnull=True) | Q(valid_until__gte=day))


def groups() -> list[Group]:
    """Return all groups."""
    return list(Group.objects.order_by("name_lo", "name_en"))


@dataclass(frozen=True)
class Purpose:
    """One purpose with the consent that holds (or None) and those that were withdrawn, newest first."""

    purpose: str
    now: Any
    before: list[Any]


def consents(enterprise: Enterprise) -> list[Purpose]:
    """Return every purpose with what the enterprise agreed to; the consents must be prefetched."""
    given = sorted(enterprise.consents.all(), key=lambda c: (c.given_on, c.created_at), reverse=True)
    return [
        Purpose(
            purpose,
            next((c for c in given if c.purpose == purpose and c.withdrawn_on is None), None),
            [c for c in given if c.purpose == purpose and c.withdrawn_on is not None],
        )
        for purpose in PURPOSES
    ]


def open_consent(enterprise: Enterprise, key: UUID) -> Any:
    """Return a consent of this enterprise that holds; None for any other."""
    return enterprise.consents.filter(pk=key, withdrawn_on__isnull=True).first()


def part(enterprise: Enterprise, kind: str, key: UUID) -> Any:
    """Return a part of this enterprise; None for any other."""
    return getattr(enterprise, KINDS[kind].related).filter(pk=key).first()


def has_number(enterprise: Enterprise, issuer: str, value: str, but: UUID | None = None) -> bool:
    """Tell whether the enterprise has this number of this issuer already."""
    same = enterprise.identifiers.filter(issuer=issuer, value=value)
    return (same.exclude(pk=but) if but else same).exists()


def sharing_number(who: Who, enterprise: Enterprise, issuer: str, value: str) -> list[Enterprise]:
    """Return the other enterprises (that exist for the person) with the same number of the same issuer."""
    firms = ENTERPRISES.visible(who).exclude(status="merged").exclude(pk=enterprise.pk)
    return list(firms.filter(identifiers__issuer=issuer, identifiers__value=value).distinct()[:5])


def groups_with_members() -> list[Group]:
    """Return all groups with their enterprises (`members`)."""
    members = Prefetch("enterprises", Enterprise.objects.exclude(status="merged"), to_attr="members")
    return list(Group.objects.order_by("name_lo", "name_en").prefetch_related(members))
