"""Order of hazard: which hazardous materials to look at first.

The order follows the columns of the German column model for substitution (IFA) on GHS hazard statements: what kills,
causes cancer or harms the unborn child first. It is an order of attention, not a risk assessment.
"""

from __future__ import annotations

from collections.abc import Iterable

TIERS: tuple[tuple[str, ...], ...] = (
    ("H300", "H310", "H330", "H340", "H350", "H360"),
    ("H301", "H311", "H331", "H317", "H318", "H334", "H341", "H351", "H361", "H370", "H372"),
    ("H302", "H312", "H332", "H314", "H304", "H362", "H371", "H373"),
    ("H315", "H319", "H335", "H336"),
)


def tier(statements: Iterable[str]) -> int:
    """Return the column of the worst statement: 0 the worst, 3 the mildest, 4 another hazard (fire, environment).

    >>> tier(["H319", "H350i"]), tier(["H319"]), tier(["H226"])
    (0, 3, 4)
    """
    words = [s.upper()[:4] for s in statements]
    return min((n for n, column in enumerate(TIERS) for w in words if w in column), default=len(TIERS))
