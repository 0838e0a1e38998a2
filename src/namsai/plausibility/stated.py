"""Stated figures ready to be checked: grouped by what they are about, in base units, with the fineness of their
print.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from namsai.findings import Fact, Finding, NamsaiError, Severity, Where
from namsai.knowhow import KnowHow
from namsai.plant.records import Claim
from namsai.plausibility.roles import split
from namsai.quantity.units import base_factor

YEAR = 31_557_600.0  # s
_PER_YEAR = {"yr": 1.0, "year": 1.0, "a": 1.0, "month": 12.0, "week": 365.25 / 7}


@dataclass(frozen=True, slots=True)
class Figure:
    """A claim with its role split up and its value in base units (money in its currency); `step` is half the last
    printed digit in the same unit; `per` is "yr" for a yearly figure.
    """

    claim: Claim
    word: str
    tag: str
    dimension: str
    value: float
    step: float
    per: str

    @property
    def flow(self) -> str:
        """The first part of the tag: what flows."""
        return self.tag.partition(".")[0]

    @property
    def low(self) -> float:
        """Smallest value that is printed so."""
        return self.value - self.step

    @property
    def high(self) -> float:
        """Largest value that is printed so."""
        return self.value + self.step

    @property
    def is_count(self) -> bool:
        """Tell whether it counts things one by one."""
        return self.dimension == "count" or self.dimension.startswith("of ")


@dataclass(frozen=True, slots=True)
class Group:
    """All figures about one thing."""

    about: str
    figures: tuple[Figure, ...]

    def all(self, word: str, tag: str | None = None) -> tuple[Figure, ...]:
        """Return the figures with a role word (and tag)."""
        return tuple(f for f in self.figures if f.word == word and (tag is None or f.tag == tag))

    def one(self, word: str, tag: str | None = None) -> Figure | None:
        """Return the first figure with a role word (and tag), or None."""
        return next(iter(self.all(word, tag)), None)

    def pairs(self, first: str, second: str) -> tuple[tuple[Figure, Figure], ...]:
        """Return the pairs of figures of two roles that carry the same tag."""
        return tuple((a, b) for a in self.all(first) for b in self.all(second, a.tag))


@dataclass(frozen=True, slots=True)
class Context:
    """What rules look things up in."""

    knowhow: KnowHow
    sector: str = ""


def half_step(value: float) -> float:
    """Return half of the last printed digit of a number; trailing zeros of a whole number count as not printed, but
    never as more than 5 % of it.

    >>> half_step(4.8), half_step(75.0), half_step(1500.0)
    (0.05, 0.5, 50.0)
    """
    if value == 0:
        return 0.5
    digits = repr(float(value))
    if "e" in digits:
        mantissa, exponent = digits.split("e")
        return half_step(float(mantissa)) * 10.0 ** int(exponent)
    if not digits.endswith(".0"):
        return float(f"5e-{len(digits.partition('.')[2]) + 1}")
    whole = digits[:-2]
    zeros = len(whole) - len(whole.rstrip("0"))
    return max(0.5, min(0.5 * 10.0**zeros, 0.05 * abs(value)))


def figure(claim: Claim) -> Figure:
    """Return a claim as a figure in base units; a unit that is not known (factories, workers) counts things of that
    name.

    >>> from namsai.plant.records import Claim
    >>> figure(Claim(id="a", about="x", role="money.coal", value=6.6e6, unit="VND/month", currency="VND")).value
    79200000.0
    """
    word, tag = split(claim.role)
    unit, _, per = claim.unit.rpartition("/")
    if per not in _PER_YEAR or not unit:
        unit, per = claim.unit, ""
    times = _PER_YEAR.get(per, 1.0)
    if claim.currency is not None and unit == claim.currency:
        dimension, factor = f"money {claim.currency}", 1.0
    else:
        try:
            dimension, factor = base_factor(unit)
        except NamsaiError:
            dimension, factor = f"of {unit}", 1.0
    scale = factor * times
    step = half_step(claim.value) * abs(scale)
    result = Figure(claim, word, tag, dimension, claim.value * scale, step, "yr" if per else "")
    return Figure(claim, word, tag, dimension, result.value, 0.5, result.per) if result.is_count else result


def groups(claims: Sequence[Claim]) -> tuple[Group, ...]:
    """Return the claims grouped by what they are about, in the order of first mention."""
    rows: dict[str, list[Figure]] = {}
    for claim in claims:
        rows.setdefault(claim.about, []).append(figure(claim))
    return tuple(Group(about, tuple(found)) for about, found in rows.items())


def finding(
    slug: str, group: Group, figures: Sequence[Figure], facts: Mapping[str, Fact], *, sure: bool = True
) -> Finding:
    """Make the finding of a rule: a warning, or a note where it rests on a recalled range (`sure` False)."""
    ids = ", ".join(dict.fromkeys(f.claim.id for f in figures))
    known: dict[str, Fact] = {"about": group.about, "claims": ids, **facts}
    severity = Severity.WARNING if sure else Severity.NOTE
    return Finding(f"plausibility.{slug}", severity, Where(f"claims/{figures[0].claim.id}"), known)


def power_of_ten(ratio: float, within: float = 0.15) -> int | None:
    """Return 100, 1,000, 1,000,000 ... when a ratio (either way up) is close to it: a unit or a word like million was
    lost.

    >>> power_of_ten(1000), power_of_ten(1 / 990), power_of_ten(3)
    (1000, 1000, None)
    """
    if ratio <= 0:
        return None
    up = max(ratio, 1 / ratio)
    return next((n for n in (100, 1_000, 1_000_000, 1_000_000_000) if abs(up / n - 1) <= within), None)
