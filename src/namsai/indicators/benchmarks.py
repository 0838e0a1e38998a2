"""Where the plant stands against cited benchmarks: only where sector, flow, unit and kind of output match."""

from __future__ import annotations

from namsai.findings import NamsaiError
from namsai.indicators.amounts import Figure, Yearly
from namsai.indicators.model import BenchmarkPosition
from namsai.knowhow.model import Benchmark
from namsai.quantity.units import base_factor, convert

_GAS_FLOWS = ("co2", "emission")


def positions(yearly: Yearly, output: Figure | None, ghg: Figure | None) -> tuple[BenchmarkPosition, ...]:
    """Place the plant against the benchmarks of its subsector.

    Formula: value = yearly input (or waste water, or greenhouse gas) of the benchmark's flow / output, in its unit.
    Args: yearly; output per year; ghg per year [t CO2e]. Returns one position per benchmark that can be compared: the
    subsector is the benchmark's sector, the flow is bought or given off, numerator and denominator have the dimensions
    of the plant's figures, and the "per what" is the same where the case names it. Recalled benchmarks get "unknown".
    """
    sector = yearly.plant.case.enterprise.subsector
    if sector is None or output is None or output.value <= 0:
        return ()
    out: list[BenchmarkPosition] = []
    for benchmark in yearly.knowhow.benchmarks:
        if benchmark.sector != sector or not benchmark.flow:
            continue
        value = _value(yearly, benchmark, output, ghg)
        if value is not None:
            out.append(place(benchmark, value))
    return tuple(out)


def place(benchmark: Benchmark, value: float) -> BenchmarkPosition:
    """Judge a value against one benchmark of specific consumption (less is better).

    Args: benchmark; value in its unit. Returns BenchmarkPosition: "best" at or below the best value, "poor" at or above
    the poor one, else by the typical value; "unknown" when that is not given or the benchmark may not be used in
    calculations.
    """
    scope = f"{benchmark.process}: {benchmark.scope_note}" if benchmark.scope_note else benchmark.process
    return BenchmarkPosition(
        indicator=benchmark.indicator,
        value=value,
        unit=benchmark.unit,
        benchmark=benchmark.id,
        best=benchmark.best,
        typical=benchmark.typical,
        poor=benchmark.poor,
        evidence=benchmark.evidence,
        source=benchmark.source,
        position=_position(benchmark, value) if benchmark.usable else "unknown",
        gap_to_typical=value / benchmark.typical - 1 if benchmark.usable and benchmark.typical else None,
        scope_note=scope,
    )


def _position(benchmark: Benchmark, value: float) -> str:
    if benchmark.best is not None and value <= benchmark.best:
        return "best"
    if benchmark.poor is not None and value >= benchmark.poor:
        return "poor"
    if benchmark.typical is None:
        return "unknown"
    return "better_than_typical" if value <= benchmark.typical else "worse_than_typical"


def _value(yearly: Yearly, benchmark: Benchmark, output: Figure, ghg: Figure | None) -> float | None:
    """Return the plant's figure in the benchmark's unit, or None when the two cannot be compared."""
    given = yearly.plant.case.output
    per = given.per if given else None
    if per is not None and per != benchmark.per:
        return None
    top, _, bottom = benchmark.unit.partition("/")
    produced = _produced(output, bottom, per)
    words = top.split()
    if produced is None or not words:
        return None
    try:
        amount = _amount(yearly, benchmark, words, ghg)
    except NamsaiError:
        return None
    return None if amount is None else amount / produced


def _produced(output: Figure, unit: str, per: str | None) -> float | None:
    """Return the output in the benchmark's unit; a word like "brick" counts pieces, if the case names the same
    thing.
    """
    try:
        return convert(output.value, output.unit, unit)
    except NamsaiError:
        pass
    try:
        base_factor(unit)
    except NamsaiError:
        if per is not None and base_factor(output.unit)[0] == "count":
            return convert(output.value, output.unit, "piece")
    return None


def _amount(yearly: Yearly, benchmark: Benchmark, words: list[str], ghg: Figure | None) -> float | None:
    unit = words[0]
    if len(words) > 1:  # "kg CO2e": a gas, not the flow itself
        wanted = words[1].startswith("CO2") and (benchmark.flow in _GAS_FLOWS or benchmark.indicator.startswith("GHG"))
        return convert(ghg.value, "t", unit) if wanted and ghg is not None else None
    if benchmark.flow == "waste_water":
        figure = yearly.waste_water()
        return None if figure is None else convert(figure.value, figure.unit, unit)
    return yearly.amount_of(benchmark.flow, unit)
