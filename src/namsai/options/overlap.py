"""How savings on one stream interact: each option saves a share of what the options before it left."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import prod

from namsai.options.model import Proposal, Range

# Prevention before recovery: what is never used need not be recovered.
ORDER = (
    "product_modification",
    "input_change",
    "good_housekeeping",
    "process_control",
    "equipment_modification",
    "technology_change",
    "onsite_reuse",
    "useful_byproduct",
)


def place_in_order(technique: str) -> int:
    """Return the place of a technique in the order of doing, prevention first.

    >>> place_in_order("good_housekeeping") < place_in_order("onsite_reuse")
    True
    """
    return ORDER.index(technique) if technique in ORDER else len(ORDER)


def combined_share(shares: Sequence[float]) -> float:
    """Return the share that several options save together on one stream.

    Formula: 1 - product(1 - share). Args: shares (0..1). Returns share (0..1), never above 1 and never above the sum.

    >>> round(combined_share([0.2, 0.3]), 9)
    0.44
    """
    return 1 - prod(1 - min(1.0, max(0.0, s)) for s in shares)


def in_order(proposals: Iterable[Proposal]) -> list[Proposal]:
    """Return proposals in the order of doing: prevention before recovery, then as given; of options that exclude each
    other only the first stays.
    """
    out: list[Proposal] = []
    for item in sorted(proposals, key=lambda p: place_in_order(p.technique)):
        if not any(item.id in done.excludes or done.id in item.excludes for done in out):
            out.append(item)
    return out


def joint_savings(proposals: Iterable[Proposal]) -> dict[str, Range]:
    """Return the money saved per year on each stream when all calculated options are done.

    Formula: cost x (1 - product(1 - share)), for the low, middle and high shares. Returns stream id -> Range
    [currency of the case per year], never above the cost of the stream.
    """
    rows: dict[str, list[tuple[Range, int]]] = {}
    for item in in_order(p for p in proposals if p.calculated):
        for saving in item.savings:
            rows.setdefault(saving.stream, []).append((saving.share, saving.cost))
    out: dict[str, Range] = {}
    for stream, found in rows.items():
        cost = max(c for _, c in found)
        low, mid, high = (combined_share([getattr(s, name) for s, _ in found]) for name in ("low", "mid", "high"))
        out[stream] = Range(cost * low, cost * mid, cost * high)
    return out
