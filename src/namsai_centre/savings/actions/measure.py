"""What was really saved is measured."""

from __future__ import annotations

from collections.abc import Sequence

from namsai_centre.savings.actions.step import Line, Told, take
from namsai_centre.savings.models import Measure, Saving
from namsai_centre.savings.policies import MEASURES
from namsai_centre.who import Who


def measure(who: Who, measure: Measure, lines: Sequence[Line], told: Told) -> list[Saving]:
    """State the measured amount with method, uncertainty and evidence (again, when it was measured before)."""
    MEASURES.demand("measure", who, measure)
    return take(who, "measure", measure, lines, told)
