"""What the reconciliation says to people: gaps, suspects and findings."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from namsai.balance.gross_errors import Tests, sidak
from namsai.balance.layers import ENERGY, MASS, Equations
from namsai.balance.matrices import rows_of
from namsai.balance.model import Gap, Suspect
from namsai.balance.problem import Solution
from namsai.findings import Fact, Finding, Severity, Where, note, warning

SHOWN = {"J": ("MJ", 1e-6)}  # unit for the reader and factor from the base unit


def gaps(made: Equations) -> tuple[Gap, ...]:
    """Return the raw balance of every process and layer, from measured values alone.

    `significant`: the gap is larger than measuring errors explain, at 95 % for all balances together (Sidak).
    """
    y, variance = made.problem.y, made.problem.variance
    sums: list[tuple[float | None, float | None, float | None]] = []
    for row in made.rows:
        inflow: float | None = 0.0
        outflow: float | None = 0.0
        spread = 0.0
        for j, factor in row.coefficients.items():
            if np.isnan(y[j]):
                inflow, outflow = (None, outflow) if factor > 0 else (inflow, None)
                continue
            spread += factor**2 * float(variance[j])
            if factor > 0 and inflow is not None:
                inflow += factor * float(y[j])
            elif factor < 0 and outflow is not None:
                outflow -= factor * float(y[j])
        known = inflow is not None and outflow is not None
        sums.append((inflow, outflow, spread**0.5 if known else None))
    critical = sidak(sum(sd is not None for _, _, sd in sums))
    out = []
    for row, (inflow, outflow, sd) in zip(made.rows, sums, strict=True):
        gap = None if inflow is None or outflow is None else inflow - outflow
        share = gap / inflow if gap is not None and inflow else None
        size = max(abs(inflow or 0.0), abs(outflow or 0.0))
        significant = gap is not None and sd is not None and abs(gap) > max(critical * sd, 1e-9 * size)
        out.append(Gap(row.process, row.layer, row.unit, inflow, outflow, gap, share, sd, significant))
    return tuple(out)


def suspects(made: Equations, tests: Tests) -> tuple[Suspect, ...]:
    """Return the classes of meters whose error would explain the gaps, the most likely first.

    A class is listed when its statistic passes the critical value for all meters together (Sidak, 95 %); when the
    global test
    fails and none passes, the most likely class alone is listed.
    """
    limit = tests.z_critical**2
    found: list[Suspect] = []
    for members in tests.classes:
        streams = [j for j in members if j >= 0]
        if streams:
            first = streams[0]
            y, bias = float(made.problem.y[first]), float(tests.bias[first])
            processes = tuple(dict.fromkeys(made.rows[-1 - k].process for k in members if k < 0))
            names = tuple(made.streams[j].id for j in streams)
            found.append(Suspect(names, float(tests.glr[first]), bias, bias / y if y else None, processes))
    found.sort(key=lambda s: (-s.statistic, s.streams))
    passed = tuple(s for s in found if s.statistic > limit)
    if not passed and tests.rejects:
        passed = tuple(found[:1])
    return passed


def _names(items: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(items))


def _shown(unit: str, value: float) -> tuple[float, str]:
    name, factor = SHOWN.get(unit, (unit, 1.0))
    return float(f"{value * factor:.6g}"), name


def _likely(suspect_list: tuple[Suspect, ...], near: set[str]) -> str | None:
    """Return the most suspect streams that touch the balance, or the most suspect of all."""
    close = [s for s in suspect_list if near & set(s.streams)] or list(suspect_list)
    return _names(name for s in close[:3] for name in s.streams) or None


def _slug(layer: str) -> str:
    return {MASS: "", ENERGY: "-energy"}.get(layer, "-substance")


def _open_balances(made: Equations, gap_list: tuple[Gap, ...], suspect_list: tuple[Suspect, ...]) -> list[Finding]:
    out = []
    for row, gap in zip(made.rows, gap_list, strict=True):
        if not gap.significant or gap.gap is None:
            continue
        amount, unit = _shown(gap.unit, gap.gap)
        percent = None if gap.share is None else round(100 * gap.share, 1)
        meters = _likely(suspect_list, {made.streams[j].id for j in row.coefficients})
        slug = "does-not-close" if gap.gap > 0 else "comes-from-nothing"
        out.append(
            warning(
                f"balance.{slug}{_slug(row.layer)}",
                f"processes/{made.numbers[row.process]}",
                process=row.process,
                layer=row.layer,
                gap=abs(amount),
                unit=unit,
                percent=None if percent is None else abs(percent),
                suspects=meters,
            )
        )
    return out


def _joined(made: Equations, solution: Solution, tests: Tests, suspect_list: tuple[Suspect, ...]) -> list[Finding]:
    """Return the open balances of processes that unmeasured streams join together (one layer only)."""
    critical = sidak(max(len(tests.nodal_z), 1))
    out = []
    for k, (rows, factors) in enumerate(rows_of(solution.reduction.projector)):
        layers = {made.rows[r].layer for r in rows}
        same = len(rows) > 1 and len(layers) == 1 and len(set(factors)) == 1
        if same and tests.nodal_z[k] > critical:
            layer = layers.pop()
            amount, unit = _shown(made.rows[rows[0]].unit, float(tests.nodal_gap[k] / factors[0]))
            touching = {made.streams[j].id for r in rows for j in made.rows[r].coefficients}
            out.append(
                warning(
                    f"balance.joined{_slug(layer)}",
                    f"processes/{made.numbers[made.rows[rows[0]].process]}",
                    processes=_names(made.rows[r].process for r in rows),
                    layer=layer,
                    gap=abs(amount),
                    unit=unit,
                    suspects=_likely(suspect_list, touching),
                )
            )
    return out


def _losses(made: Equations, tests: Tests, suspect_list: tuple[Suspect, ...]) -> list[Finding]:
    """Return the losses that nobody recorded and that explain the gap as well as the most suspect meter does."""
    top = max((s.statistic for s in suspect_list), default=0.0)
    out = []
    for members in tests.classes:
        balances = [-1 - k for k in members if k < 0]
        if not balances or not suspect_list:
            continue
        k = balances[0]
        if tests.leak_glr[k] > tests.z_critical**2 and tests.leak_glr[k] >= top * (1 - 1e-6):
            row = made.rows[k]
            amount, unit = _shown(row.unit, float(tests.leak[k]))
            out.append(
                note(
                    f"balance.{'leak' if amount > 0 else 'unrecorded-input'}{_slug(row.layer)}",
                    f"processes/{made.numbers[row.process]}",
                    processes=_names(made.rows[b].process for b in balances),
                    layer=row.layer,
                    amount=abs(amount),
                    unit=unit,
                )
            )
    return out


def verdict(
    made: Equations,
    solution: Solution,
    tests: Tests,
    gap_list: tuple[Gap, ...],
    suspect_list: tuple[Suspect, ...],
    closes: bool,
) -> tuple[Finding, ...]:
    """Return all findings of the reconciliation itself: open balances, contradictions, bounds, streams that cannot
    be known."""
    out: list[Finding] = []
    for rows, left in solution.contradictions:
        amount, unit = _shown(made.rows[rows[0]].unit, left)
        path = f"processes/{made.numbers[made.rows[rows[0]].process]}"
        names = _names(made.rows[r].process for r in rows)
        out.append(warning("balance.exact-contradiction", path, processes=names, gap=amount, unit=unit))
    out += _open_balances(made, gap_list, suspect_list)
    if not closes:
        out += _joined(made, solution, tests, suspect_list)
        if not out:
            meters = _likely(suspect_list, set())
            facts = {"objective": round(solution.objective, 2), "critical": round(tests.critical, 2)}
            out.append(warning("balance.does-not-agree", "streams", suspects=meters, degrees=solution.degrees, **facts))
    out += _losses(made, tests, suspect_list)
    if solution.negative or solution.bounded:
        names = _names(made.streams[j].id for j in solution.negative) or _names(s.id for s in made.streams)
        slug = "negative" if solution.bounded else "impossible"
        place = f"streams/{solution.negative[0]}" if solution.negative else "streams"
        out.append(warning(f"balance.{slug}", place, streams=names))
    for group in solution.reduction.groups:
        names = _names(made.streams[j].id for j in group.streams)
        needed = _names(made.streams[j].id for j in group.needed)
        slug = "not-observable" if len(group.streams) > 1 else "not-measured"
        facts2: dict[str, Fact] = {"streams": names, "number": len(group.needed), "meters": needed}
        out.append(Finding(f"balance.{slug}", Severity.NOTE, Where(f"streams/{group.streams[0]}"), facts2))
    if not made.rows:
        out.append(note("balance.nothing-to-close", "processes"))
    elif solution.degrees == 0:
        out.append(note("balance.not-checked", "streams"))
    return tuple(out)
