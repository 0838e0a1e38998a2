"""Look through the whole registry for enterprises that may be one, and keep the pairs worth a look."""

from __future__ import annotations

from dataclasses import dataclass
from time import perf_counter

from django.core.cache import cache
from django.db import transaction

from namsai_centre import clock
from namsai_centre.enterprises import duplicates, queries_join
from namsai_centre.enterprises.models import Lookalike
from namsai_centre.enterprises.policies import ENTERPRISES
from namsai_centre.who import Who

KEY = "enterprises.duplicates"


@dataclass(frozen=True, slots=True)
class Looked:
    """What a search found: how many enterprises, pairs open now, and how long it took [s]."""

    enterprises: int
    pairs: int
    seconds: float


def find_duplicates(who: Who) -> Looked:
    """Search all enterprises; pairs that a person said are not the same stay as they are. Changes no enterprise."""
    ENTERPRISES.demand("join", who)
    start = perf_counter()
    firms = queries_join.firms()
    found = duplicates.find(firms)
    with transaction.atomic():
        known = {(row.first_id, row.second_id): row for row in Lookalike.objects.all()}
        now = {(pair.first, pair.second): pair for pair in found.pairs}
        gone = [row.pk for key, row in known.items() if key not in now and not row.not_same]
        for place in range(0, len(gone), 500):
            Lookalike.objects.filter(pk__in=gone[place : place + 500]).delete()
        fresh, changed = [], []
        for key, pair in now.items():
            reasons = [[slug, facts] for slug, facts in pair.reasons]
            row = known.get(key)
            if row is None:
                fresh.append(Lookalike(first_id=key[0], second_id=key[1], score=pair.score, reasons=reasons))
            elif (row.score, row.reasons) != (pair.score, reasons):
                row.score, row.reasons = pair.score, reasons
                changed.append(row)
        Lookalike.objects.bulk_create(fresh, batch_size=500)
        Lookalike.objects.bulk_update(changed, ["score", "reasons"], batch_size=200)
    crowds = [[slug, facts] for slug, facts in found.crowds]
    cache.set(KEY, {"at": clock.now(), "enterprises": len(firms), "crowds": crowds}, timeout=None)
    still = sum(1 for key in now if key not in known or not known[key].not_same)
    return Looked(len(firms), still, perf_counter() - start)
