"""Investment, saving and payback; benefit-cost ratio, net present value and internal rate of return."""

from __future__ import annotations

from namsai.findings import Fact, Finding
from namsai.knowhow import KnowHow
from namsai.plausibility.stated import YEAR, Context, Figure, Group, finding

PAYBACK_TOLERANCE = 1.2
PAYBACK_SLACK = 0.05  # years: half a month, what "about a month" leaves open
FASTEST = 0.02  # years: back within a week


def years_of(figure: Figure) -> float:
    """Return a stated payback in years."""
    return figure.value / YEAR if figure.dimension == "time" else figure.value


def slow_quarter(knowhow: KnowHow) -> float | None:
    """Return the payback that three of four measures of any kind in the group statistics beat [years], None without
    them.
    """
    rows = [s.payback_p75 for s in knowhow.statistics if s.n >= 100]
    return max(rows) if rows else None


def low_cost_label(group: Group, context: Context) -> list[Finding]:
    """Flag what is called low-cost although investment / saving is slower than three of four measures of any kind."""
    limit = slow_quarter(context.knowhow)
    out: list[Finding] = []
    for label in group.all("low_cost"):
        for spent, saved in _money_pairs(group, label.tag):
            payback = spent.value / saved.value if saved.value > 0 else float("inf")
            if limit is not None and payback > limit:
                facts: dict[str, Fact] = {"payback": payback, "limit": limit}
                out.append(finding("low-cost-slow", group, (label, spent, saved), facts))
    return out


def stated_payback(group: Group, context: Context) -> list[Finding]:
    """Flag a stated payback that investment / saving contradicts, and note one of less than a week."""
    del context
    out: list[Finding] = []
    for spent, saved in group.pairs("investment", "saving"):
        if spent.dimension != saved.dimension or saved.value <= 0:
            continue
        payback = spent.value / saved.value
        stated = [years_of(f) for word in ("payback", "payback_low") for f in group.all(word, spent.tag)]
        highest = [years_of(f) for word in ("payback", "payback_high") for f in group.all(word, spent.tag)]
        if stated and highest:
            low = min(stated) / PAYBACK_TOLERANCE - PAYBACK_SLACK
            high = max(highest) * PAYBACK_TOLERANCE + PAYBACK_SLACK
            if not low <= payback <= high:
                facts: dict[str, Fact] = {"payback": payback, "stated": min(stated)}
                out.append(finding("payback-contradicts", group, (spent, saved), facts))
        if 0 < payback < FASTEST:
            out.append(finding("payback-very-short", group, (spent, saved), {"days": payback * 365.25}, sure=False))
    return out


def worth_identity(group: Group, context: Context) -> list[Finding]:
    """Flag net present value, benefit-cost ratio and rate of return that cannot all be true.

    Identity: NPV > 0 <=> B/C > 1 <=> IRR > discount rate (for an outlay followed by returns). A printed B/C of 1.00
    stands for 0.995 to 1.005, so NPV > 0 then needs costs worth more than NPV / 0.005.
    """
    del context
    out: list[Finding] = []
    npv, ratio, irr = group.one("npv"), group.one("bc_ratio"), group.one("irr")
    rate = group.one("discount_rate")
    if npv is not None and ratio is not None and npv.value != 0:
        whole = ratio.claim.value == round(ratio.claim.value)
        step = 0.005 if whole else ratio.step  # a ratio is printed with two decimals: 1.00
        near = ratio.claim.value + (step if npv.value > 0 else -step)
        same_side = (near > 1) == (npv.value > 0)
        reached = abs(near - 1)
        if not same_side or abs(ratio.claim.value - 1) <= step:
            facts: dict[str, Fact] = {"ratio": ratio.claim.value, "npv": npv.value, "currency": npv.claim.currency}
            facts["least_cost"] = abs(npv.value) / reached if same_side and reached > 0 else None
            extra = (irr,) if irr is not None else ()
            out.append(finding("worth-identity", group, (ratio, npv, *extra), {**facts, "irr": _percent(irr)}))
    if npv is not None and irr is not None and rate is not None:
        above = _percent(irr) or 0.0
        hurdle = _percent(rate) or 0.0
        if (npv.value > 0 and above < hurdle) or (npv.value < 0 and above > hurdle):
            facts = {"npv": npv.value, "irr": above, "rate": hurdle, "currency": npv.claim.currency}
            out.append(finding("irr-npv", group, (npv, irr, rate), facts))
    return out


def _percent(figure: Figure | None) -> float | None:
    if figure is None:
        return None
    return 100 * figure.value if figure.claim.unit == "%" else figure.claim.value


def _money_pairs(group: Group, tag: str) -> tuple[tuple[Figure, Figure], ...]:
    pairs = group.pairs("investment", "saving")
    return tuple((i, s) for i, s in pairs if i.dimension == s.dimension and (not tag or i.tag == tag))
