"""From checked rows of text to the frozen records of the know-how."""

from __future__ import annotations

from collections.abc import Mapping

from namsai.knowhow.model import (
    Benchmark,
    Computed,
    ExchangeRate,
    Factor,
    Flow,
    GroupStatistic,
    Limit,
    Option,
    Potential,
    ProcessKind,
    Range,
    SourceRecord,
)
from namsai.knowhow.tables import Row, Table


def _num(text: str) -> float | None:
    return float(text) if text else None


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split(";")) if text else ()


def flows(table: Table) -> dict[str, Flow]:
    """Return the flows by key."""
    return {r["key"]: Flow(r["key"], r["parent"] or None, r["en"], r["lo"]) for r in table.rows}


def processes(table: Table) -> dict[str, ProcessKind]:
    """Return the process kinds by key."""
    return {r["key"]: ProcessKind(r["key"], r["sector"], r["en"], r["lo"]) for r in table.rows}


def sources(table: Table) -> dict[str, SourceRecord]:
    """Return the sources by key."""
    return {
        r["key"]: SourceRecord(
            r["key"], r["title"], r["locator"], r["licence"], r["how_used"], reuse=r["reuse"], note=r["note"]
        )
        for r in table.rows
    }


def options(table: Table, titles: Mapping[str, Row]) -> tuple[Option, ...]:
    """Return the options; `titles` are the rows of options_lo.csv by id, an absent one leaves the Lao title empty."""
    nothing: Row = {}
    return tuple(
        Option(
            id=r["id"],
            sector=r["sector"],
            process=r["process"],
            technique=r["technique"],
            title_en=r["title_en"],
            title_lo=titles.get(r["id"], nothing).get("title_lo", ""),
            addresses=r["addresses"],
            flows=_words(r["flows"]),
            mechanism=r["mechanism"],
            saving_kind=r["saving_kind"],
            saving_low=_num(r["saving_low"]),
            saving_high=_num(r["saving_high"]),
            saving_basis=r["saving_basis"],
            evidence_saving=r["evidence_saving"],
            capex_class=r["capex_class"],
            payback_low=_num(r["payback_low"]),
            payback_high=_num(r["payback_high"]),
            evidence_payback=r["evidence_payback"],
            prerequisites=r["prerequisites"],
            tradeoffs=r["tradeoffs"],
            source=r["source"],
            lao_fit=r["lao_fit"],
            heuristic_saving=r["heuristic_saving"],
            heuristic_payback=r["heuristic_payback"],
            review_status=r["review_status"],
            reviewer=r["reviewer"],
            version=r["version"],
            saving_flows=_words(r["saving_flows"]),
            saving_scope=r["saving_scope"],
            text_untraced=r["text_untraced"] == "yes",
        )
        for r in table.rows
    )


def benchmarks(table: Table) -> tuple[Benchmark, ...]:
    """Return the benchmarks."""
    return tuple(
        Benchmark(
            id=r["id"],
            sector=r["sector"],
            process=r["process"],
            per=r["per"],
            indicator=r["indicator"],
            unit=r["unit"],
            best=_num(r["best"]),
            typical=_num(r["typical"]),
            poor=_num(r["poor"]),
            scope_note=r["scope_note"],
            source=r["source"],
            year=r["year"],
            evidence=r["evidence"],
            flow=r["flow"],
        )
        for r in table.rows
    )


def factors(table: Table) -> tuple[Factor, ...]:
    """Return the factors."""
    return tuple(
        Factor(
            id=r["id"],
            category=r["category"],
            name=r["name"],
            value=_num(r["value"]),
            unit=r["unit"],
            low=_num(r["low"]),
            high=_num(r["high"]),
            year=r["year"],
            region=r["region"],
            source=r["source"],
            evidence=r["evidence"],
            note=r["note"],
            purpose=r["purpose"],
            flow=r["flow"],
            valid_from=r["valid_from"],
            valid_to=r["valid_to"],
            use=r["use"],
            range_source=r["range_source"],
            source_id=r["source_id"],
        )
        for r in table.rows
    )


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
    return tuple(
        GroupStatistic(
            sector=r["sector"],
            group=r["group"],
            n=int(r["n"]),
            plants=int(r["plants"]),
            implemented=float(r["implemented"]),
            zero_cost=float(r["zero_cost"]),
            payback_p25=float(r["payback_p25"]),
            payback_median=float(r["payback_median"]),
            payback_p75=float(r["payback_p75"]),
            saving_usd=float(r["saving_usd"]),
            cost_usd=float(r["cost_usd"]),
        )
        for r in table.rows
    )


def potential(table: Table) -> tuple[Potential, ...]:
    """Return the identified electricity saving per plant, by sector."""
    return tuple(
        Potential(
            sector=r["sector"],
            plants=int(r["plants"]),
            measures_per_plant=float(r["measures_per_plant"]),
            p25=float(r["p25"]),
            median=float(r["median"]),
            p75=float(r["p75"]),
            implemented_median=float(r["implemented_median"]),
        )
        for r in table.rows
    )


def computed(table: Table) -> dict[str, Computed]:
    """Return the computed numbers by id."""
    return {
        r["id"]: Computed(
            id=r["id"],
            quantity=r["quantity"],
            value=_num(r["value"]),
            low=_num(r["low"]),
            high=_num(r["high"]),
            unit=r["unit"],
            formula=r["formula"],
            inputs=r["inputs"],
        )
        for r in table.rows
    }


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
    return tuple(ExchangeRate(**{**r, "rate": float(r["rate"])}) for r in table.rows)  # type: ignore[arg-type]


def ranges(table: Table) -> tuple[Range, ...]:
    """Return the plausibility ranges."""
    return tuple(
        Range(
            kind=r["kind"],
            flow=r["flow"],
            unit=r["unit"],
            low=float(r["low"]),
            high=float(r["high"]),
            source=r["source"],
            evidence=r["evidence"],
            note=r["note"],
            valid_from=r["valid_from"],
            valid_to=r["valid_to"],
            region=r["region"],
        )
        for r in table.rows
    )
