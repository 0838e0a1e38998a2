"""A verifier confirms what was measured."""

from __future__ import annotations

from collections.abc import Sequence

from namsai_centre.savings.actions.step import Line, Told, take
from namsai_centre.savings.models import Measure, Saving
from namsai_centre.savings.policies import MEASURES
from namsai_centre.who import Who


def verify(who: Who, measure: Measure, lines: Sequence[Line], told: Told) -> list[Saving]:
    """Move savings from measured to verified; refused to whoever proposed, was paid for or measured it."""
    MEASURES.demand("verify", who, measure)
    return take(who, "verify", measure, lines, told)
