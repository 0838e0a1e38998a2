"""What firms measured, and the rule under which it may be shown: three firms under separate control, nothing below.

Only what a firm measured (not estimated) counts, with the firm's consent to sector figures, and as long as it stands.
A group of firms is one firm. Shown are a rounded middle (the mean of at least three neighbours) and a widened range;
how many is said in steps, so that one joining firm does not show.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from math import ceil, floor

from django.db.models import Exists, OuterRef

from namsai_centre.enterprises.models import Consent
from namsai_centre.knowhow.models import MEASURED, Feedback

FEWEST = 3
STEPS = (3, 5, 10, 20)
WIDTH = 5  # percentage points: the ends of the range are widened to the next multiple


@dataclass(frozen=True, slots=True)
class Local:
    """What may be shown of the firms' measurements: at least so many firms, the middle and the range in %."""

    firms: int
    middle: float
    low: int
    high: int


def local_cases(option: str) -> Local | None:
    """Return what firms measured for an option; None below three firms (then nothing is shown, not even how many)."""
    rows = _counted(option).filter(outcome="done", saving_percent__isnull=False, method__in=MEASURED)
    by_firm: dict[object, list[Decimal]] = defaultdict(list)
    for group, merged, firm, percent in rows.values_list(
        "enterprise__group_id", "enterprise__merged_into_id", "enterprise_id", "saving_percent"
    ):
        by_firm[group or merged or firm].append(percent or Decimal(0))
    return published([float(sum(v) / len(v)) for v in by_firm.values()])


def published(values: Iterable[float]) -> Local | None:
    """Return the protected figures of one value per firm.

    >>> published([10, 12, 20]), published([10, 12])
    (Local(firms=3, middle=14.0, low=10, high=20), None)
    """
    kept = sorted(values)
    n = len(kept)
    if n < FEWEST:
        return None
    half = n // 2
    near = kept[half - 1 : half + 2] if n % 2 else kept[half - 2 : half + 2]
    middle = sum(near) / len(near)
    low, high = floor(kept[0] / WIDTH) * WIDTH, ceil(kept[-1] / WIDTH) * WIDTH
    return Local(max(s for s in STEPS if s <= n), float(f"{middle:.2g}"), low, max(high, low + WIDTH))


def reasons_against(option: str) -> list[str]:
    """Return the reasons why firms could not use an option, each given by at least three firms, most frequent first."""
    rows = _counted(option).filter(outcome="not_applicable").exclude(reason="")
    said = {
        (reason, group or merged or firm)
        for group, merged, firm, reason in rows.values_list(
            "enterprise__group_id", "enterprise__merged_into_id", "enterprise_id", "reason"
        )
    }
    counted = Counter(reason for reason, _ in said)
    return [reason for reason, n in sorted(counted.items(), key=lambda p: (-p[1], p[0])) if n >= FEWEST]


def _counted(option: str):  # type: ignore[no-untyped-def]
    agreed = Consent.objects.filter(enterprise=OuterRef("enterprise"), purpose="benchmark", withdrawn_on__isnull=True)
    return Feedback.objects.filter(Exists(agreed), option=option, withdrawn_at__isnull=True).order_by()
