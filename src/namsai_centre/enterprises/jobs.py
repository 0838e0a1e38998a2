"""The job that searches the registry for duplicates: all pairs are written in one transaction, or none.

A worker may be killed at any moment: a search that stays open too long is taken up again, at most MOST_TRIES times.
"""

from __future__ import annotations

import logging
from datetime import timedelta

from django.db import transaction
from django_tasks import task

from namsai_centre import clock
from namsai_centre.enterprises import duplicates, queries_join
from namsai_centre.enterprises.models import Look, Lookalike

log = logging.getLogger("namsai_centre.jobs")
STUCK = timedelta(minutes=5)  # 13,148 enterprises take some seconds
MOST_TRIES = 3


@task()
def look_for_duplicates(look_id: str) -> str:
    """Do a search (in a worker); returns the state it is in afterwards."""
    return work_on(look_id)


def work_on(look_id: str) -> str:
    """Do a search unless it is done or another worker is at it; returns its state."""
    look = _take(look_id)
    if look is None:
        return Look.objects.values_list("state", flat=True).get(pk=look_id)
    mine = Look.objects.filter(pk=look.pk, state="running", tries=look.tries)
    try:
        firms = queries_join.firms()
        found = duplicates.find(firms)
        with transaction.atomic():
            open_pairs = _keep(found)
            crowds = [[slug, facts] for slug, facts in found.crowds]
            done = {"state": "done", "is_open": None, "finished_at": clock.now(), "crowds": crowds}
            if not mine.update(**done, enterprises=len(firms), pairs=open_pairs):
                transaction.set_rollback(True)  # another worker took it up meanwhile: its pairs count
    except Exception:
        log.exception("search for duplicates %s failed", look.pk)
        mine.update(state="failed", is_open=None, finished_at=clock.now())
    return Look.objects.values_list("state", flat=True).get(pk=look_id)


def _take(look_id: str) -> Look | None:
    """Make the search this worker's own; None when it is over or in somebody else's hands."""
    with transaction.atomic():
        look = Look.objects.select_for_update().get(pk=look_id)
        if look.state in ("done", "failed") or (look.state == "running" and not is_stuck(look)):
            return None
        if look.tries >= MOST_TRIES:
            Look.objects.filter(pk=look.pk).update(state="failed", is_open=None, finished_at=clock.now())
            return None
        look.state, look.started_at, look.tries = "running", clock.now(), look.tries + 1
        look.save(update_fields=["state", "started_at", "tries"])
    return look


def _keep(found: duplicates.Found) -> int:
    """Write the pairs; those that a person said are not the same stay as they are. Returns how many are open."""
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
    return sum(1 for key in now if key not in known or not known[key].not_same)


def is_stuck(look: Look) -> bool:
    """Tell whether a search waits or works for so long that its worker must have died."""
    since = look.started_at if look.state == "running" else look.changed_at
    return look.state in ("waiting", "running") and since is not None and clock.now() - since > STUCK


def take_up_stuck() -> bool:
    """Hand a search that is stuck to a worker again (called by whoever looks at it); returns whether there was one."""
    look = Look.objects.filter(is_open=True).first()
    if look is None or not is_stuck(look):
        return False
    Look.objects.filter(pk=look.pk).update(state="waiting", changed_at=clock.now())  # not again by the next reload
    look_for_duplicates.enqueue(str(look.pk))
    return True
