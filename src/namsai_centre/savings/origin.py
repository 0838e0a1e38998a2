"""Where a measure comes from: the run that proposed it, and the entry of the know-how behind it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from namsai_centre.assessments.policies import RUNS
from namsai_centre.knowhow.queries import current_knowhow
from namsai_centre.savings.models import Measure
from namsai_centre.who import Who

MOST_RUNS = 5  # the newest ones are asked; an option that only stood in an older one has no page that explains it


@dataclass(frozen=True, slots=True)
class Origin:
    """The run whose page says why the option was suggested (None: not for this reader), and the entry ("" for none)."""

    run: UUID | None = None
    entry: str = ""


def origin_of(who: Who, measure: Measure) -> Origin:
    """Return where a measure comes from, as far as the reader may follow it there."""
    if not measure.option_id:
        return Origin()
    run, option = _run_of(who, measure)
    entry = (option.get("knowhow_id") or "") if option else measure.option_id
    known = any(o.id == entry for o in current_knowhow().options)
    return Origin(run, entry if known else "")


def _run_of(who: Who, measure: Measure) -> tuple[UUID | None, dict[str, Any]]:
    if measure.assessment_id is None:
        return None, {}
    runs = RUNS.visible(who).filter(assessment=measure.assessment_id, state="done").order_by("-created_at")
    for pk, options in runs.values_list("pk", "result__proposals__items")[:MOST_RUNS]:
        for option in options or []:
            if option.get("id") == measure.option_id:
                return pk, option
    return None, {}
