"""A verifier gives a measured saving back."""

from __future__ import annotations

from collections.abc import Sequence

from namsai_centre.savings.actions.step import Line, Told, take
from namsai_centre.savings.models import Measure, Saving
from namsai_centre.savings.policies import MEASURES
from namsai_centre.who import Who


def give_back(who: Who, measure: Measure, lines: Sequence[Line], told: Told) -> list[Saving]:
    """Move savings from measured back to implemented, with the reason; they are measured again."""
    MEASURES.demand("give_back", who, measure)
    return take(who, "give_back", measure, lines, told)
