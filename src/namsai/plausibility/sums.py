"""Sums of parts, production against capacity, shares of one base."""

from __future__ import annotations

from itertools import combinations

from namsai.findings import Fact, Finding
from namsai.plausibility.stated import Context, Figure, Group, finding, power_of_ten

SUM_TOLERANCE = 0.005  # besides what rounding of the printed figures explains
CAPACITY_TOLERANCE = 1.1
BASE_TOLERANCE = 1.05


def sums_of_parts(group: Group, context: Context) -> list[Finding]:
    """Flag a total that is not the sum of its parts (parts all listed), or that is below the sum of some of them.

    Rounding of the printed figures is allowed for; counts must agree exactly.
    """
    del context
    out: list[Finding] = []
    for total in group.all("total"):
        parts = [p for p in group.all("part") if p.dimension == total.dimension and _belongs(p, total)]
        some = [p for p in group.all("some_part") if p.dimension == total.dimension and _belongs(p, total)]
        if not parts and not some:
            continue
        added = sum(p.value for p in (*parts, *some))
        steps = total.step + sum(p.step for p in (*parts, *some))
        slack = 0.5 if total.is_count else max(steps, SUM_TOLERANCE * abs(total.value))
        wrong = added - total.value > slack or (not some and total.value - added > slack)
        if wrong:
            ratio = added / total.value if total.value else 0.0
            facts: dict[str, Fact] = {"total": total.value, "sum": added, "unit": _unit(total), "ratio": ratio}
            out.append(finding("sum-of-parts", group, (total, *parts, *some), {**facts, "factor": power_of_ten(ratio)}))
    return out


def _belongs(part: Figure, total: Figure) -> bool:
    return not total.tag or part.tag == total.tag or part.tag.startswith(total.tag + ".")


def _unit(figure: Figure) -> str:
    return figure.claim.currency or figure.claim.unit.partition("/")[0]


def above_capacity(group: Group, context: Context) -> list[Finding]:
    """Flag production above capacity (10 % tolerance); say when a factor of 1,000 would explain it."""
    del context
    out: list[Finding] = []
    for made, able in group.pairs("production", "capacity"):
        if made.dimension != able.dimension or able.value <= 0 or made.value <= CAPACITY_TOLERANCE * able.value:
            continue
        ratio = made.value / able.value
        lost = next((n for n in (1_000, 1_000_000) if 0.05 <= ratio / n <= CAPACITY_TOLERANCE), None)
        facts: dict[str, Fact] = {"production": made.claim.value, "capacity": able.claim.value, "unit": made.claim.unit}
        out.append(finding("above-capacity", group, (made, able), {**facts, "ratio": ratio, "factor": lost}))
    return out


def shares_of_one_base(group: Group, context: Context) -> list[Finding]:
    """Flag shares of one base (same first word of the tag) that imply different bases, beyond printed rounding."""
    del context
    out: list[Finding] = []
    rows: list[tuple[Figure, Figure, float, float]] = []
    for word in ("quantity", "money"):
        for share, part in group.pairs("share", word):
            low_share, high_share = max(share.low, 1e-9), share.high
            if share.dimension == "share" and share.value > 0 and part.value > 0:
                rows.append((share, part, part.low / high_share, part.high / low_share))
    for (s1, p1, low1, high1), (s2, p2, low2, high2) in combinations(rows, 2):
        if s1.flow != s2.flow or p1.dimension != p2.dimension:
            continue
        if low1 > high2 * BASE_TOLERANCE or low2 > high1 * BASE_TOLERANCE:
            first, second = p1.value / s1.value, p2.value / s2.value
            facts: dict[str, Fact] = {"share1": 100 * s1.value, "share2": 100 * s2.value}
            facts["ratio"] = max(first, second) / min(first, second)
            out.append(finding("shares-base", group, (s1, p1, s2, p2), facts))
    for share in group.all("share"):
        if share.dimension == "share" and share.value > 1 + share.step:
            out.append(finding("share-above-100", group, (share,), {"share": 100 * share.value}))
    return out
