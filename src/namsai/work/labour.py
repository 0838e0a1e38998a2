"""Labour productivity of lines: minutes paid, minutes earned, minutes lost and what they cost."""

from __future__ import annotations

from namsai.costing.prices import in_case_currency
from namsai.costing.rounding import nearest
from namsai.findings import Finding, NamsaiError, note, warning
from namsai.plant.amounts import Plant
from namsai.plant.records import WorkLine
from namsai.quantity.units import convert
from namsai.work.model import LineResult, Work

_AGREES = 0.01  # difference of efficiency (1 percentage point) between given and computed that is rounding


def labour(plant: Plant, knowhow: object | None = None) -> Work:
    """Work out the labour productivity of every line of the plant.

    Formula: efficiency = earned / paid, earned = standard minutes x pieces; lost = paid - earned (not below zero); cost
    of loss = lost x wage.
    Args: plant - lines with worker-minutes of the period; knowhow - not needed now.
    Returns Work: efficiency [-], minutes [worker-min], cost of loss [whole units of the case currency], per period.
    Validity: an efficiency above 100 % is kept and flagged; without standard minutes and pieces the given efficiency
    counts; unknown stays None. Source: industrial engineering of sewing lines (line efficiency = output x SMV /
    attended minutes).
    """
    del knowhow
    findings: list[Finding] = []
    lines = tuple(line_result(plant, line, findings) for line in plant.case.lines)
    return Work(plant.case.finance.currency, lines, tuple(findings))


def efficiency(standard_minutes: float, pieces: float, paid_minutes: float) -> float:
    """Return the line efficiency.

    Formula: standard_minutes x pieces / paid_minutes. Args: standard_minutes [min/piece]; pieces; paid_minutes
    [worker-min], above zero. Returns efficiency [-], above 1 when more was earned than paid.
    Source: SMV method of garment engineering (published example: 57.08 %).

    >>> round(efficiency(0.8, 350, 480), 4)
    0.5833
    """
    return standard_minutes * pieces / paid_minutes


def line_result(plant: Plant, line: WorkLine, findings: list[Finding]) -> LineResult:
    """Work out one line (see `labour`); what is remarkable is added to the findings.

    Args: plant; line; findings - list that is added to. Returns LineResult.
    """
    path = f"lines/{line.id}"
    paid = line.paid_minutes
    computed: float | None = None
    if line.standard_minutes is not None and line.pieces is not None and paid > 0:
        computed = efficiency(line.standard_minutes, line.pieces, paid)
    given = None if line.efficiency is None else line.efficiency / 100
    rate = computed if given is None else given
    if paid <= 0:
        findings.append(warning("work.no-paid-time", f"{path}/paid_minutes", line=line.id))
    elif rate is None:
        findings.append(note("work.efficiency-unknown", path, line=line.id))
    if given is not None and computed is not None and abs(given - computed) > _AGREES:
        facts = {"given": _percent(given), "computed": _percent(computed)}
        findings.append(warning("work.efficiency-differs", f"{path}/efficiency", line=line.id, **facts))
    for name, value in (("efficiency", rate), ("target", None if line.target is None else line.target / 100)):
        if value is not None and value > 1:
            where = f"{path}/{name}"
            findings.append(warning(f"work.{name}-above-100", where, line=line.id, **{name: _percent(value)}))
    if line.idle_minutes is not None and line.idle_minutes > paid:
        where = f"{path}/idle_minutes"
        findings.append(warning("work.idle-above-paid", where, line=line.id, idle=line.idle_minutes, paid=paid))
    earned = None if rate is None else rate * paid
    lost = None if earned is None else max(0.0, paid - earned)
    return LineResult(
        line=line.id,
        process=line.process,
        efficiency=rate,
        target=None if line.target is None else line.target / 100,
        paid_minutes=paid,
        earned_minutes=earned,
        lost_minutes=lost,
        idle_minutes=line.idle_minutes,
        cost_of_loss=_cost(plant, line, lost, findings),
    )


def _percent(share: float) -> float:
    return round(share * 100, 2)


def _cost(plant: Plant, line: WorkLine, lost: float | None, findings: list[Finding]) -> int | None:
    path = f"lines/{line.id}/wage"
    if line.wage is None:
        findings.append(note("work.no-wage", path, line=line.id))
        return None
    try:
        minutes = convert(1.0, line.wage.per, "min")
    except NamsaiError:
        findings.append(warning("work.wage-unit", path, line=line.id, per=line.wage.per))
        return None
    got = in_case_currency(plant, line.wage.amount / minutes, line.wage.currency, line.wage.date, path)
    findings += got.findings
    return None if got.value is None or lost is None else nearest(got.value * lost)
