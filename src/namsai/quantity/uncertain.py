"""Values with standard uncertainty, propagated to first order (GUM, JCGM 100:2008, 5.1.2), inputs independent."""

from __future__ import annotations

import math
from dataclasses import dataclass

COVERAGE = 2.0  # expanded uncertainty at about 95 % = 2 standard uncertainties (GUM 6.2.1)


@dataclass(frozen=True, slots=True)
class Uncertain:
    """A value and its standard uncertainty `sd` (k = 1, not below 0) in the same unit.

    >>> (Uncertain(100, 3) - Uncertain(60, 4)).sd
    5.0
    """

    value: float
    sd: float = 0.0

    def __post_init__(self) -> None:
        if not self.sd >= 0:
            raise ValueError("standard uncertainty is not negative")

    @classmethod
    def expanded(cls, value: float, percent: float) -> Uncertain:
        """Return the value with an expanded uncertainty given in % of it (k = 2).

        >>> Uncertain.expanded(200, 10).sd
        10.0
        """
        return cls(value, abs(value) * percent / 100 / COVERAGE)

    def __add__(self, other: Uncertain) -> Uncertain:
        return Uncertain(self.value + other.value, math.hypot(self.sd, other.sd))

    def __sub__(self, other: Uncertain) -> Uncertain:
        return Uncertain(self.value - other.value, math.hypot(self.sd, other.sd))

    def __mul__(self, other: Uncertain) -> Uncertain:
        sd = math.hypot(self.sd * other.value, other.sd * self.value)
        return Uncertain(self.value * other.value, sd)

    def __truediv__(self, other: Uncertain) -> Uncertain:
        ratio = self.value / other.value
        return Uncertain(ratio, math.hypot(self.sd / other.value, ratio * other.sd / other.value))

    def times(self, factor: float) -> Uncertain:
        """Return the value times an exact number."""
        return Uncertain(self.value * factor, self.sd * abs(factor))

    @property
    def interval(self) -> tuple[float, float]:
        """Lower and upper bound at about 95 %."""
        return self.value - COVERAGE * self.sd, self.value + COVERAGE * self.sd
