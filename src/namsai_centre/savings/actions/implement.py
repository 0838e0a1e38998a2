"""A measure is in place."""

from __future__ import annotations

from collections.abc import Sequence

from namsai_centre.savings.actions.step import Line, Told, take
from namsai_centre.savings.models import Measure, Saving
from namsai_centre.savings.policies import MEASURES
from namsai_centre.who import Who


def implement(who: Who, measure: Measure, lines: Sequence[Line], told: Told) -> list[Saving]:
    """Move savings from agreed to implemented; the checks after 1, 2 and 4 years are planned."""
    MEASURES.demand("implement", who, measure)
    return take(who, "implement", measure, lines, told)
