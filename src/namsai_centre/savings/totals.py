"""Totals of the ledger: one figure per kind, carrier where they differ, unit, year of prices and state.

A saving is in exactly one state, so the columns of a row tell of different savings; yet an identified kilowatt-hour
and a verified one are not the same thing, and there is no way here to add them: a row has no total.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import NoReturn

from django.db.models import Case, CharField, Count, F, QuerySet, Sum, Value, When
from django.db.models.functions import ExtractYear

from namsai_centre.savings.kinds import ALIKE, KINDS, places
from namsai_centre.savings.models import STATES, Saving


@dataclass(frozen=True, slots=True, order=True)
class Line:
    """What may stand in one sum: kind, carrier (where carriers differ), unit and, for money, the year of prices."""

    kind: str
    carrier: str
    unit: str
    prices: int | None


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure: amount per year, of how many savings, at how many enterprises. It knows no addition."""

    amount: Decimal
    savings: int
    enterprises: int
    unit: str

    @property
    def places(self) -> int:
        """Return how many decimals are shown."""
        return places(self.amount, self.unit)

    def __add__(self, other: object) -> NoReturn:
        raise TypeError("totals of different states or units are never added")

    __radd__ = __add__


class Totals:
    """The table: rows are lines, columns are states; each figure stands alone."""

    __slots__ = ("_cells",)

    def __init__(self, cells: dict[tuple[Line, str], Cell]) -> None:
        self._cells = cells

    def lines(self) -> list[Line]:
        """Return the rows, in the order of the kinds."""
        found = {line for line, _ in self._cells}
        return sorted(found, key=lambda x: (KINDS.index(x.kind), x.carrier, x.unit, x.prices or 0))

    def cell(self, line: Line, state: str) -> Cell | None:
        """Return one figure; None (not zero) where no saving stands."""
        return self._cells.get((line, state))

    def rows(self) -> Iterator[tuple[Line, list[tuple[str, Cell | None]]]]:
        """Yield each row with its figure in every state."""
        for line in self.lines():
            yield line, [(state, self.cell(line, state)) for state in STATES]

    def __bool__(self) -> bool:
        """Tell whether there is any figure."""
        return bool(self._cells)


def totals(savings: QuerySet[Saving]) -> Totals:
    """Return the totals of these savings, in one query."""
    carrier = Case(
        When(kind__in=sorted(ALIKE), then=Value("")), default=F("carrier"), output_field=CharField(max_length=80)
    )
    rows = (
        savings.order_by()
        .annotate(shown_carrier=carrier, prices=ExtractYear("prices_on"))
        .values("kind", "shown_carrier", "unit", "prices", "state")
        .annotate(total=Sum("amount"), savings=Count("pk"), enterprises=Count("measure__enterprise", distinct=True))
    )
    return Totals(
        {
            (Line(r["kind"], r["shown_carrier"], r["unit"], r["prices"]), r["state"]): Cell(
                Decimal(r["total"]), r["savings"], r["enterprises"], r["unit"]
            )
            for r in rows
        }
    )
