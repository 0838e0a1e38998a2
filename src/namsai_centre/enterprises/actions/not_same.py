"""Keep that two enterprises are not one (they are not shown as such again), or take that back."""

from __future__ import annotations

from django.db import transaction

from namsai_centre import action
from namsai_centre.enterprises.models import Lookalike
from namsai_centre.enterprises.policies import LOOKALIKES
from namsai_centre.who import Who


def say_not_same(who: Who, pair: Lookalike, expected: int, *, not_same: bool, why: str = "") -> Lookalike:
    """Keep (or take back) that the two are not the same. Errors: records.Stale."""
    LOOKALIKES.demand("dismiss", who, pair)
    with transaction.atomic(), action.changing(who, "enterprises.not_same", pair, why):
        pair.change(expected, not_same=not_same, said_by_id=who.person_id, said_why=why)
    return pair
