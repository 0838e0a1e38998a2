"""From checked rows of text to the frozen records of the know-how."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from namsai.knowhow.model import (
    Benchmark,
    Card,
    Computed,
    ExchangeRate,
    Factor,
    Flow,
    GroupStatistic,
    Limit,
    Loss,
    Option,
    Potential,
    ProcessKind,
    Range,
    Retired,
    SourceRecord,
)
from namsai.knowhow.tables import Row, Table

_FROM_TEXT: dict[str, Callable[[str], Any]] = {
    "number": lambda text: float(text) if text else None,
    "integer": int,
    "flag": lambda text: text == "yes",
    "keys": lambda text: tuple(text.split(";")) if text else (),
}


def _records(table: Table) -> Iterator[dict[str, Any]]:
    """Return the cells of each row by the type of their column; columns kept in the file only are left out."""
    columns = [c for c in table.shape.columns.values() if not c.fixed]
    plain = [c.name for c in columns if c.type not in _FROM_TEXT]
    read = [(c.name, _FROM_TEXT[c.type]) for c in columns if c.type in _FROM_TEXT]
    for row in table.rows:
        yield {name: row[name] for name in plain} | {name: as_value(row[name]) for name, as_value in read}


def flows(table: Table) -> dict[str, Flow]:
    """Return the flows by key."""
    return {r["key"]: Flow(r["key"], r["parent"] or None, r["en"], r["lo"]) for r in table.rows}


def processes(table: Table) -> dict[str, ProcessKind]:
    """Return the process kinds by key."""
    return {r["key"]: ProcessKind(**r) for r in _records(table)}


def sources(table: Table) -> dict[str, SourceRecord]:
    """Return the sources by key."""
    return {r["key"]: SourceRecord(**r) for r in _records(table)}


def options(table: Table, titles: Mapping[str, Row]) -> tuple[Option, ...]:
    """Return the options; `titles` are the rows of options_lo.csv by id, an absent one leaves the Lao title empty."""
    nothing: Row = {}
    return tuple(Option(**r, title_lo=titles.get(r["id"], nothing).get("title_lo", "")) for r in _records(table))


def cards(table: Table) -> dict[str, Card]:
    """Return the cards by option."""
    return {r["id"]: Card(**r) for r in _records(table)}


def retired(table: Table) -> dict[str, Retired]:
    """Return why options are no longer suggested, by option."""
    return {r["id"]: Retired(**r) for r in _records(table)}


def losses(table: Table) -> tuple[Loss, ...]:
    """Return the losses one sees."""
    return tuple(Loss(**r) for r in _records(table))


def benchmarks(table: Table) -> tuple[Benchmark, ...]:
    """Return the benchmarks."""
    return tuple(Benchmark(**r) for r in _records(table))


def factors(table: Table) -> tuple[Factor, ...]:
    """Return the factors."""
    return tuple(Factor(**r) for r in _records(table))


def bounds(value: str, limit_type: str) -> tuple[float | None, float | None]:
    """Return a limit as lower and upper bound; (None, None) when the text is no single number or range.

    >>> bounds("6.5-8.5", "range"), bounds("20", "max"), bounds("4.0", "P20"), bounds("20/30/40", "max")
    ((6.5, 8.5), (None, 20.0), (4.0, None), (None, None))
    """
    low, _, high = value.partition("-")
    try:
        if high:
            return float(low), float(high)
        return (float(value), None) if limit_type in ("min", "P20") else (None, float(value))
    except ValueError:
        return None, None


def limits(table: Table) -> tuple[Limit, ...]:
    """Return the limits; a number or range in the value is also given as bounds."""
    out = []
    for r in table.rows:
        low, high = bounds(r["value"], r["limit_type"])
        out.append(Limit(**r, low=low, high=high))
    return tuple(out)


def statistics(table: Table) -> tuple[GroupStatistic, ...]:
    """Return the statistics of groups of measures."""
    return tuple(GroupStatistic(**r) for r in _records(table))


def potential(table: Table) -> tuple[Potential, ...]:
    """Return the identified electricity saving per plant, by sector."""
    return tuple(Potential(**r) for r in _records(table))


def computed(table: Table) -> dict[str, Computed]:
    """Return the computed numbers by id."""
    return {r["id"]: Computed(**r) for r in _records(table)}


def uncertainties(table: Table) -> dict[str, Factor]:
    """Return the default expanded uncertainty in % by how a quantity was observed."""
    return {
        r["source"]: Factor(
            id=f"U-{r['source']}",
            category="uncertainty",
            name=r["source"],
            value=float(r["percent"]),
            unit="%",
            low=None,
            high=None,
            year="",
            region="global",
            source="",
            evidence=r["evidence"],
            note=r["note"],
            purpose="",
            flow="",
            valid_from="",
            valid_to="",
        )
        for r in table.rows
    }


def rates(table: Table) -> tuple[ExchangeRate, ...]:
    """Return the dated exchange rates."""
    return tuple(ExchangeRate(**r) for r in _records(table))


def ranges(table: Table) -> tuple[Range, ...]:
    """Return the plausibility ranges."""
    return tuple(Range(**r) for r in _records(table))


def related(table: Table) -> dict[str, frozenset[str]]:
    """Return the other sectors of each sector."""
    pairs = [(r["sector"], r["other"]) for r in table.rows]
    return {sector: frozenset(other for s, other in pairs if s == sector) for sector, _ in pairs}
