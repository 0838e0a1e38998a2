"""Note who has an interest in a measure: that person never verifies it."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction

from namsai_centre.accounts.models import Person
from namsai_centre.action import made
from namsai_centre.savings.models import Interest, Measure
from namsai_centre.savings.policies import MEASURES
from namsai_centre.ui.words import say
from namsai_centre.who import Who


def declare(who: Who, measure: Measure, person: Person, kind: str) -> Interest:
    """Note that a person proposed the measure or was paid for it; it is never taken away again."""
    MEASURES.demand("declare", who, measure)
    if measure.interests.filter(person=person, kind=kind).exists():
        raise ValidationError(say("savings.interest_known"))
    with transaction.atomic():
        interest = Interest.objects.create(measure=measure, person=person, kind=kind, on=who.day)
        made(who, "savings.declare", interest)
    return interest
