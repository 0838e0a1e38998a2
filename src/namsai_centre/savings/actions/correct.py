"""A wrong step is taken back."""

from __future__ import annotations

from collections.abc import Sequence

from namsai_centre.savings.actions.step import Line, Told, take
from namsai_centre.savings.models import Measure, Saving
from namsai_centre.savings.policies import MEASURES
from namsai_centre.who import Who


def correct(who: Who, measure: Measure, lines: Sequence[Line], told: Told) -> list[Saving]:
    """Move savings one step back, with the reason; the wrong step stays in the record."""
    MEASURES.demand("correct", who, measure)
    return take(who, "correct", measure, lines, told)
