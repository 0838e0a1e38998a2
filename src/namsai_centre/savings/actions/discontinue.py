"""A measure is no longer in place."""

from __future__ import annotations

from collections.abc import Sequence

from namsai_centre.savings.actions.step import Line, Told, take
from namsai_centre.savings.models import Measure, Saving
from namsai_centre.savings.policies import MEASURES
from namsai_centre.who import Who


def discontinue(who: Who, measure: Measure, lines: Sequence[Line], told: Told) -> list[Saving]:
    """Move savings to discontinued, with the reason; the amount stays as last stated."""
    MEASURES.demand("discontinue", who, measure)
    return take(who, "discontinue", measure, lines, told)
