"""Periods: first and last day, both included."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from namsai.findings import NamsaiError, error

DAYS_PER_YEAR = 365.25


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """The days from `start` to `end`, both included."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise NamsaiError(error("quantity.period-backwards", start=str(self.start), end=str(self.end)))

    @property
    def days(self) -> int:
        """Number of days.

        >>> Span(date(2024, 1, 1), date(2024, 12, 31)).days
        366
        """
        return (self.end - self.start).days + 1

    @property
    def years(self) -> float:
        """Length in years of 365.25 days."""
        return self.days / DAYS_PER_YEAR

    def overlap(self, other: Span) -> int:
        """Return the number of days that both periods share.

        >>> Span(date(2024, 1, 1), date(2024, 1, 31)).overlap(Span(date(2024, 1, 30), date(2024, 3, 1)))
        2
        """
        return max(0, (min(self.end, other.end) - max(self.start, other.start)).days + 1)
