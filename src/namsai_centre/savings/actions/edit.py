"""Change what a measure is called, costs and until when it is due."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from namsai_centre.action import changing
from namsai_centre.savings.models import Measure
from namsai_centre.savings.policies import MEASURES
from namsai_centre.ui.words import say
from namsai_centre.who import Who


def edit(
    who: Who,
    measure: Measure,
    expected: int,
    *,
    title_lo: str,
    title_en: str,
    technique: str,
    investment: int | None,
    currency: str,
    prices_on: date | None,
    due: date | None,
) -> Measure:
    """Write these fields and no others; Stale when somebody changed the measure meanwhile."""
    MEASURES.demand("edit", who, measure)
    if investment is not None and prices_on is None:
        raise ValidationError({"prices_on": say("savings.prices_day_needed")})
    with transaction.atomic(), changing(who, "savings.edit", measure):
        return measure.change(
            expected,
            title_lo=title_lo,
            title_en=title_en,
            technique=technique,
            investment=investment,
            currency=currency,
            prices_on=prices_on,
            due=due,
        )
