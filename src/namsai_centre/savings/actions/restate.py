"""An amount is stated anew."""

from __future__ import annotations

from collections.abc import Sequence

from namsai_centre.savings.actions.step import Line, Told, take
from namsai_centre.savings.models import Measure, Saving
from namsai_centre.savings.policies import MEASURES
from namsai_centre.who import Who


def restate(who: Who, measure: Measure, lines: Sequence[Line], told: Told) -> list[Saving]:
    """Change the amount without changing the state, with the reason; the old amount stays in the steps."""
    MEASURES.demand("restate", who, measure)
    return take(who, "restate", measure, lines, told)
