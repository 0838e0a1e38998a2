"""Look through the whole registry for enterprises that may be one; the work itself is a job (enterprises.jobs)."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import IntegrityError, transaction

from namsai_centre import clock
from namsai_centre.enterprises import jobs
from namsai_centre.enterprises.models import Look
from namsai_centre.enterprises.policies import ENTERPRISES
from namsai_centre.who import Who


@dataclass(frozen=True, slots=True)
class Looked:
    """What a search found: how many enterprises, pairs open now, and how long it took [s]."""

    enterprises: int
    pairs: int
    seconds: float


def start_look(who: Who) -> tuple[Look, bool]:
    """Have the registry searched by the worker; returns (the search, whether it is a new one).

    A second press while one waits or works starts no other: that one is returned. Changes no enterprise.
    """
    ENTERPRISES.demand("join", who)
    look, new = _open(who)
    if new:
        transaction.on_commit(lambda: jobs.look_for_duplicates.enqueue(str(look.pk)))
    else:
        jobs.take_up_stuck()
    return look, new


def find_duplicates(who: Who) -> Looked:
    """Search at once and wait for the end (scripts, the API); one that works already is not begun again."""
    ENTERPRISES.demand("join", who)
    start = clock.now()
    look, _ = _open(who)
    jobs.work_on(str(look.pk))
    look.refresh_from_db()
    return Looked(look.enterprises or 0, look.pairs or 0, (clock.now() - start).total_seconds())


def _open(who: Who) -> tuple[Look, bool]:
    """Return the open search, or make one (the database lets only one be open)."""
    for _ in range(2):
        if look := Look.objects.filter(is_open=True).first():
            return look, False
        try:
            with transaction.atomic():
                return Look.objects.create(by_id=who.person_id), True
        except IntegrityError:  # somebody pressed at the same moment: theirs counts
            continue
    return Look.objects.filter(is_open=True).get(), False
