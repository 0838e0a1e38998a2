"""Read people, roles, notices, devices, tokens and open glasses."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from namsai.lao.normalise import search_key
from namsai_centre import clock
from namsai_centre.accounts.models import BreakGlass, Device, Notice, Person, RoleGrant, Token
from namsai_centre.accounts.policies import DEVICES, NOTICES, PEOPLE, TOKENS
from namsai_centre.audit.models import Entry
from namsai_centre.audit.queries import Told, told
from namsai_centre.enterprises.models import Enterprise
from namsai_centre.who import Who


def _on(day: Any) -> Q:
    return Q(ends__isnull=True) | Q(ends__gte=day)


def holders(*roles: str) -> list[Person]:
    """Return the people with an open account who hold one of the roles today."""
    day = clock.today()
    found = RoleGrant.objects.filter(_on(day), role__in=roles, starts__lte=day, person=OuterRef("pk"))
    return list(Person.objects.filter(Exists(found), is_active=True).order_by("sorting", "pk"))


def people_for(who: Who, text: str = "", role: str = "", state: str = "") -> QuerySet[Person]:
    """Return the people somebody sees: by folded name, e-mail or phone, role held today, open or closed account."""
    day = clock.today()
    today = RoleGrant.objects.filter(_on(day), starts__lte=day).select_related("enterprise").order_by("role")
    if not who.staff:
        today = today.filter(enterprise__in=who.owned)
    people = PEOPLE.visible(who)
    for part in search_key(text).split():
        people = people.filter(search__contains=part.lstrip("0") if part.isdigit() else part)
    if role:
        people = people.filter(Exists(today.filter(person=OuterRef("pk"), role=role)))
    if state in ("open", "closed"):
        people = people.filter(is_active=state == "open")
    return people.prefetch_related(Prefetch("grants", today, to_attr="today")).order_by("sorting", "pk")


def grants_of(who: Who, person: Person) -> list[RoleGrant]:
    """Return the roles of a person that the reader may know of: what holds first, then what is over."""
    found = person.grants.select_related("enterprise", "granted_by", "person")
    if not who.staff and person.pk != who.person_id:
        found = found.filter(enterprise__in=who.owned)
    day = clock.today()
    rows = list(found.order_by("-starts"))
    for row in rows:
        over = row.ends is not None and row.ends < day
        row.state = "over" if over else "later" if row.starts > day else "now"  # type: ignore[attr-defined]
    return sorted(rows, key=lambda r: ("now", "later", "over").index(r.state))  # type: ignore[attr-defined]


def history_of(who: Who, person: Person, most: int = 20) -> list[Told]:
    """Return the last audit entries on a person and their roles, for staff; others see none."""
    if not who.staff:
        return []
    keys = [str(person.pk), *(str(k) for k in person.grants.values_list("pk", flat=True))]
    return told(list(Entry.objects.filter(subject_id__in=keys).defer("before", "after")[:most]))


def myself(who: Who) -> Person:
    """Return the person who asks; Person.DoesNotExist for nobody."""
    return Person.objects.get(pk=who.person_id or "")


def unread(who: Who) -> int:
    """Return how many notices the person has not read."""
    return NOTICES.visible(who).filter(read_at__isnull=True).count() if who.known else 0


def notices_of(who: Who) -> QuerySet[Notice]:
    """Return the person's notices, newest first."""
    return NOTICES.visible(who).order_by("-at", "-pk")


def devices_of(who: Who) -> list[Device]:
    """Return where the person is logged in: devices whose session still stands."""
    store = import_module(settings.SESSION_ENGINE).SessionStore
    alive = store.get_model_class().objects.filter(session_key=OuterRef("session_key"), expire_date__gt=clock.now())
    return list(DEVICES.visible(who).filter(Exists(alive)))


def tokens_of(who: Who) -> list[Token]:
    """Return the person's tokens: those in use first."""
    return list(TOKENS.visible(who).order_by("ended_at", "-created_at"))


def open_glass(enterprise: Enterprise | UUID) -> list[BreakGlass]:
    """Return who has the firm open by break-glass now (for a banner on its page), with the person."""
    key = enterprise.pk if isinstance(enterprise, Enterprise) else enterprise
    found = BreakGlass.objects.filter(enterprise_id=key, expires_at__gt=clock.now())
    return list(found.select_related("person").order_by("expires_at"))


def glasses_for(glasses: QuerySet[BreakGlass]) -> QuerySet[BreakGlass]:
    """Return glasses, newest first, with person and firm."""
    return glasses.select_related("person", "enterprise").order_by("-created_at")


def firms_named(text: str, among: Iterable[UUID] | None = None, most: int = 11) -> list[Enterprise]:
    """Return active firms by a part of the folded name (at least three characters), at most `most`."""
    wanted = search_key(text)
    if len(wanted) < 3:
        return []
    found = Enterprise.objects.exclude(status="merged").select_related("province")
    if among is not None:
        found = found.filter(pk__in=list(among))
    exact = list(found.filter(Q(name_lo__iexact=text.strip()) | Q(name_en__iexact=text.strip()))[:2])
    if len(exact) == 1:
        return exact
    for part in wanted.split():
        found = found.filter(search__contains=part)
    return list(found[:most])


def firm(key: Any) -> Enterprise | None:
    """Return one firm by id; None if there is none."""
    from django.core.exceptions import ValidationError

    try:
        return Enterprise.objects.exclude(status="merged").filter(pk=key).first()
    except (ValidationError, ValueError):
        return None


def firms_of(who: Who) -> list[Enterprise]:
    """Return the firms somebody owns."""
    return list(Enterprise.objects.filter(pk__in=who.owned))


def is_taken(email: str = "", phone: str = "", but: UUID | None = None) -> Person | None:
    """Return another person who already logs in with this e-mail or phone."""
    wanted = Q()
    if email:
        wanted |= Q(email__iexact=email)
    if phone:
        wanted |= Q(phone=phone)
    if not wanted:
        return None
    return Person.objects.filter(wanted).exclude(pk__in=[but] if but else []).first()


def has_factor(person: Person) -> bool:
    """Tell whether the person has set up a second factor."""
    from allauth.mfa.models import Authenticator
    from allauth.mfa.utils import is_mfa_enabled

    return bool(is_mfa_enabled(person, [Authenticator.Type.TOTP]))
