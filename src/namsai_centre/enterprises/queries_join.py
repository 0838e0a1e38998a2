"""Read what joining needs: the firms to compare, pairs, merges, and names of what would move."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from namsai_centre import clock
from namsai_centre.audit.names import names_for
from namsai_centre.enterprises import joining
from namsai_centre.enterprises.comparing import Firm
from namsai_centre.enterprises.forms_join import shown
from namsai_centre.enterprises.models import Alias, Contact, Enterprise, Identifier, Look, Lookalike, Merge
from namsai_centre.enterprises.policies import ENTERPRISES, LOOKALIKES, MERGES
from namsai_centre.enterprises.search import found
from namsai_centre.ui.words import say_or
from namsai_centre.who import Who

NAMED = 5  # of each kind that moves, so many are called by name
ALIVE = Q(forgotten_at__isnull=True) & ~Q(status="merged")


def firms() -> list[Firm]:
    """Return all enterprises that can be compared (not joined ones, none whose names were taken away): four queries."""
    names: dict[UUID, list[tuple[str, str]]] = defaultdict(list)
    numbers: dict[UUID, list[tuple[str, str]]] = defaultdict(list)
    phones: dict[UUID, list[str]] = defaultdict(list)
    for firm, name in Alias.objects.values_list("enterprise_id", "name"):
        names[firm].append(("other", name))
    for firm, issuer, value in Identifier.objects.values_list("enterprise_id", "issuer", "value"):
        numbers[firm].append((issuer, value))
    for firm, phone in Contact.objects.exclude(phone="").values_list("enterprise_id", "phone"):
        phones[firm].append(phone)
    rows = Enterprise.objects.filter(ALIVE).order_by("pk")
    fields = ("pk", "name_lo", "name_en", "province_id", "district_id", "village")
    return [
        Firm(
            id=pk,
            names=(("lo", lo), ("en", en), *names.get(pk, ())),
            province=province,
            district=district,
            village=village,
            numbers=tuple(numbers.get(pk, ())),
            phones=tuple(phones.get(pk, ())),
        )
        for pk, lo, en, province, district, village in rows.values_list(*fields)
    ]


def pairs(who: Who, not_same: bool = False) -> QuerySet[Lookalike]:
    """Return the pairs to look at (or those said not to be the same), most alike first, with both enterprises."""
    both = ("first__province", "first__district", "second__province", "second__district", "said_by")
    alive = {f"{side}__{name}": value for side in ("first", "second") for name, value in (("forgotten_at", None),)}
    return (
        LOOKALIKES.visible(who)
        .filter(not_same=not_same, **alive)
        .exclude(Q(first__status="merged") | Q(second__status="merged"))
        .select_related(*both)
        .prefetch_related("first__identifiers", "second__identifiers", "first__aliases", "second__aliases")
    )


def last_look() -> Look | None:
    """Return the newest search of the registry that came to its end; None if there is none."""
    return Look.objects.filter(state="done").select_related("by").first()


def open_look() -> Look | None:
    """Return the search that waits or works; the newest one if it failed; None where nothing is to be told."""
    newest = Look.objects.select_related("by").first()
    return newest if newest is not None and newest.state != "done" else None


def merges(who: Who) -> QuerySet[Merge]:
    """Return the merges, newest first, with both enterprises and who did it."""
    return MERGES.visible(who).select_related("kept", "gone", "by", "undone_by").defer("moved")


def joinable(who: Who, text: str, but: UUID) -> list[Enterprise]:
    """Return the enterprises a text may mean that can be joined with another one."""
    if not text.strip():
        return []
    alive = ENTERPRISES.visible(who).filter(ALIVE).exclude(pk=but).select_related("province", "district")
    return list(found(alive, text)[:20])


def belongings(enterprise: Enterprise) -> int:
    """Return how much hangs on an enterprise (for proposing which record stays)."""
    kinds = ("engagements", "measures", "identifiers", "contacts", "sites", "aliases", "people")
    counted = Enterprise.objects.filter(pk=enterprise.pk).annotate(
        **{f"n_{kind}": Count(kind, distinct=True) for kind in kinds}
    )
    one = counted.get()
    return sum(int(getattr(one, f"n_{kind}")) for kind in kinds)


@dataclass(frozen=True, slots=True)
class Lot:
    """Records of one kind: the word of the kind, how many, and some names."""

    word: str
    count: int
    names: list[str]


def kind_word(kind: str) -> str:
    """Return the word for a kind of record (`app_model`)."""
    return say_or(f"joining.kind_{kind}", kind)


def _lots(kinds: list[tuple[str, list[str], list[str]]]) -> list[Lot]:
    """Return lots of (kind, ids, names as they were): called as they are today, in the reader's language."""
    names = names_for(((kind, key) for kind, ids, _ in kinds for key in ids[:NAMED]), within=False)
    found = []
    for kind, ids, were in kinds:
        said = [names[kind, key].name for key in ids[:NAMED] if (kind, key) in names] or were[:NAMED]
        found.append(Lot(kind_word(kind.replace(".", "_")), len(ids), said))
    return found


def moved(merge: Merge) -> list[Lot]:
    """Return what a merge moved, by kind."""
    rows = merge.moved["moved"]
    return _lots([(m["model"].lower(), m["ids"], sorted(m["names"].values())) for m in rows])


def lots(moving: list[joining.Moving]) -> list[Lot]:
    """Return what would move, by kind."""
    return _lots([(m.link.key[0], m.ids, m.names) for m in moving])


def along(merge: Merge) -> list[Lot]:
    """Return what was made since and would go back along with what moved, by kind."""
    return _lots([(link.key[0], ids, names) for link, ids, names in joining.followers(merge)])


def pairs_of(who: Who, enterprise: Enterprise) -> list[Enterprise]:
    """Return the enterprises that the search for duplicates found to be like this one, most alike first."""
    mine = pairs(who).filter(Q(first=enterprise) | Q(second=enterprise))[:10]
    return [pair.second if pair.first_id == enterprise.pk else pair.first for pair in mine]


def taken(merge: Merge) -> list[tuple[str, str, str]]:
    """Return the fields of the kept record that the merge changed, before and after, in words."""
    found = []
    for name, (old, new) in merge.moved["kept"].items():
        field = Enterprise._meta.get_field(name.removesuffix("_id"))
        values = [old, new]
        if field.is_relation:
            known = field.related_model._base_manager.in_bulk([v for v in values if v])  # type: ignore[union-attr]
            values = [next((r for pk, r in known.items() if str(pk) == str(v)), None) for v in values]
        else:
            values = [field.to_python(v) for v in values]  # type: ignore[union-attr]
        before, after = (shown(field.name, v) for v in values)
        found.append((say_or(f"enterprises.{field.name}", field.name), before, after))
    return found


def people(kept: Enterprise, gone: Enterprise) -> list[Any]:
    """Return the roles of people in the two enterprises: all of them will see the joined one."""
    from namsai_centre.accounts.models import RoleGrant

    today = clock.today()
    held = Q(ends__isnull=True) | Q(ends__gte=today)
    return list(RoleGrant.objects.filter(held, enterprise__in=(kept, gone)).select_related("person", "enterprise"))
