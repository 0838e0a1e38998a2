"""A measure is not taken up."""

from __future__ import annotations

from collections.abc import Sequence

from namsai_centre.savings.actions.step import Line, Told, take
from namsai_centre.savings.models import Measure, Saving
from namsai_centre.savings.policies import MEASURES
from namsai_centre.who import Who


def reject(who: Who, measure: Measure, lines: Sequence[Line], told: Told) -> list[Saving]:
    """Move savings from identified or agreed to rejected, with the reason."""
    MEASURES.demand("reject", who, measure)
    return take(who, "reject", measure, lines, told)
