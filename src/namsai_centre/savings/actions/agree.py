"""The firm agrees to a measure."""

from __future__ import annotations

from collections.abc import Sequence

from namsai_centre.savings.actions.step import Line, Told, take
from namsai_centre.savings.models import Measure, Saving
from namsai_centre.savings.policies import MEASURES
from namsai_centre.who import Who


def agree(who: Who, measure: Measure, lines: Sequence[Line], told: Told) -> list[Saving]:
    """Move savings from identified to agreed, from the day the owner said yes."""
    MEASURES.demand("agree", who, measure)
    return take(who, "agree", measure, lines, told)
