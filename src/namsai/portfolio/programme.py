"""The mixed-integer programme with tangent cuts: the one door to the solver.

The saving on a stream, a (1 - exp(u)) with u = sum_i x_i ln(1 - s_i), is concave in u: tangents never lie below it. The
programme with tangents in place of the curve gives an upper bound; its set gives a true value. New tangents at that
set are added until bound and value meet, so the answer carries its own proof.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from namsai.portfolio.model import Solution
from namsai.portfolio.problem import Problem

TOLERANCE = 1e-7
_ALL = -46.0  # stands for ln(0): the rest of a stream that is saved whole is exp(-46) = 1e-20
_STARTS = (0.0, 0.3, 1.0)  # first tangents at u = minus these
_RELAXED_ROUNDS = 12  # of placing tangents by the relaxed programme (fractions of options allowed)


def relative_gap(value: float, bound: float, problem: Problem) -> float:
    """Relative gap; a value of zero is measured against the largest amount at stake."""
    if value == -math.inf:
        return math.inf
    scale = max((abs(a) for a in (*problem.worth, *problem.fixed)), default=1.0) or 1.0
    return max(0.0, bound - value) / max(abs(value), 1e-3 * scale)


def proven(problem: Problem, chosen: tuple[int, ...], value: float, bound: float, status: str, rounds: int) -> Solution:
    """Return the answer with its proof: the set by ids, its value, the bound (never below the value) and the gap."""
    ids = tuple(problem.candidates[i].id for i in chosen)
    bound = max(bound, value)
    return Solution(ids, value, bound, relative_gap(value, bound, problem), problem.spent(chosen), status, rounds)


class Programme:
    """The mixed-integer programme in HiGHS: columns x (0/1) for candidates, then t for streams (part saved, 0..1)."""

    def __init__(self, problem: Problem, second: Problem | None = None, least: float = 0.0) -> None:
        """Args: problem; second, least - the same options and streams with another value of which a set must have at
        least this much.
        """
        import highspy
        import numpy as np

        self.problem, self.n, self.second, self.least = problem, len(problem.candidates), second, least
        self.scale = max((abs(a) for a in (*problem.worth, *problem.fixed)), default=1.0) or 1.0
        # The core class, because highspy.Highs() writes a banner to standard output, where --json results go.
        self.highs: Any = highspy._core._Highs()
        for name, setting in (
            ("output_flag", False),
            ("threads", 1),  # the pool of threads is one for the whole process: never another number
            ("random_seed", 1),
            # Tight tangents leave little to find: without these helpers it is 2 to 4 times faster (measured).
            ("presolve", "off"),
            ("mip_heuristic_effort", 0.0),
            ("mip_allow_restart", False),
            ("mip_detect_symmetry", False),
            ("mip_rel_gap", 1e-9),
            ("mip_abs_gap", 1e-10),
            ("mip_feasibility_tolerance", 1e-9),
            ("primal_feasibility_tolerance", 1e-9),
        ):
            self.highs.setOptionValue(name, setting)
        self.logs = [
            [(i, math.log1p(-s) if s < 1 else _ALL) for i, s in row] for row in problem.touching
        ]  # ln(1 - s) of each candidate on each stream
        cost = [f / self.scale for f in problem.fixed] + [a / self.scale for a in problem.worth]
        low = [1.0 if c.must else 0.0 for c in problem.candidates] + [0.0] * len(problem.worth)
        out = problem.barred | (problem.useless if second is None else problem.useless & second.useless)
        high = [0.0 if i in out else 1.0 for i in range(self.n)] + [1.0] * len(problem.worth)
        self.highs.addVars(len(cost), np.array(low), np.array(high))
        columns = np.arange(len(cost), dtype=np.int32)
        self.highs.changeColsCost(len(cost), columns, np.array(cost))
        self.highs.changeObjectiveSense(highspy.ObjSense.kMaximize)
        self._rules()
        for k, row in enumerate(self.logs):
            deepest = sum(w for _, w in row)
            for start in _STARTS:
                if -start >= deepest or start == 0.0:
                    self._tangent(k, -start)
        self._place_tangents()
        self.highs.changeColsIntegrality(self.n, columns[: self.n], np.array([highspy.HighsVarType.kInteger] * self.n))

    def best(self, *, tolerance: float = TOLERANCE, max_rounds: int = 60) -> Solution:
        """Return the best set: solve, add the tangents at the set found, until its value meets the bound.

        Args: tolerance - relative gap at which to stop [1]; max_rounds - of adding tangents.
        """
        problem = self.problem
        best: tuple[int, ...] | None = None
        best_value, bound = -math.inf, math.inf
        seen: set[tuple[int, ...]] = set()
        for rounds in range(1, max_rounds + 1):
            found = self.run(best)
            if found is None:
                if best is None:
                    return Solution((), 0.0, 0.0, 0.0, 0.0, "infeasible", rounds)
                bound = best_value  # every other set was cut off: what we have is all there is
            else:
                chosen, upper = found
                bound = min(bound, upper)
                if problem.feasible(chosen) and (self.second is None or self.second.value(chosen) >= self.least):
                    value = problem.value(chosen)
                    if value > best_value:
                        best, best_value = chosen, value
                    self.add_tangents(chosen)
                    if chosen in seen:  # its tangents are all there: the rest of the gap is the solver's own tolerance
                        self.forbid(chosen)
                    seen.add(chosen)
                elif problem.budget is not None and problem.spent(chosen) > problem.budget:
                    self.forbid_and_larger(chosen)  # the solver's tolerance let it a hair over the budget
                else:
                    self.add_tangents(chosen)
                    self.forbid(chosen)
            gap = relative_gap(best_value, bound, problem)
            if best is not None and gap <= tolerance:
                return proven(problem, best, best_value, bound, "optimal", rounds)
        return proven(problem, best or (), best_value, bound, "limit", max_rounds)

    def _place_tangents(self) -> None:
        """Put tangents where the optimum of the relaxed programme touches the curve: few are needed, and they are
        tight.
        """
        for _ in range(_RELAXED_ROUNDS):
            self.highs.run()
            x = self.highs.getSolution().col_value
            added = 0
            for k, row in enumerate(self.logs):
                u = sum(w * x[i] for i, w in row)
                if u < 0 and x[self.n + k] > -math.expm1(u) + 1e-4:
                    self._tangent(k, u)
                    added += 1
            if not added:
                return

    def _row(self, low: float, high: float, entries: Mapping[int, float]) -> None:
        import numpy as np

        self.highs.addRow(
            low, high, len(entries), np.array(list(entries), dtype=np.int32), np.array(list(entries.values()))
        )

    def _rules(self) -> None:
        """Rows of the budget, the exclusions, the prerequisites and the least amount of the second value."""
        problem, inf = self.problem, self.highs.getInfinity()
        costs = {i: c.investment for i, c in enumerate(problem.candidates) if c.investment}
        if problem.budget is not None and costs:
            unit = problem.budget or max(costs.values())
            self._row(-inf, problem.budget / unit, {i: c / unit for i, c in costs.items()})
        for i, j in problem.exclusions:
            self._row(-inf, 1.0, {i: 1.0, j: 1.0})
        for i, j in problem.requirements:
            self._row(-inf, 0.0, {i: 1.0, j: -1.0})
        if self.second is not None:
            amounts = {i: f for i, f in enumerate((*self.second.fixed, *self.second.worth)) if f}
            unit = max((abs(f) for f in amounts.values()), default=1.0)
            self._row(self.least / unit, inf, {i: f / unit for i, f in amounts.items()})

    def _tangent(self, k: int, u: float) -> None:
        """t <= 1 - e^u0 - e^u0 (u - u0), written as t + e^u0 sum_i w_i x_i <= 1 - e^u0 (1 - u0)."""
        slope = math.exp(u)
        entries = {self.n + k: 1.0} | {i: slope * w for i, w in self.logs[k]}
        self._row(-self.highs.getInfinity(), 1.0 - slope * (1.0 - u), entries)

    def add_tangents(self, chosen: Sequence[int]) -> None:
        """Add the tangent of every stream at a set."""
        inside = set(chosen)
        for k, row in enumerate(self.logs):
            u = sum(w for i, w in row if i in inside)
            if u < 0:
                self._tangent(k, u)

    def forbid(self, chosen: Sequence[int]) -> None:
        """Forbid exactly this set."""
        inside = set(chosen)
        entries = {i: 1.0 if i in inside else -1.0 for i in range(self.n)}
        self._row(-self.highs.getInfinity(), len(inside) - 1.0, entries)

    def forbid_and_larger(self, chosen: Sequence[int]) -> None:
        """Forbid this set and every larger one (it costs more than the budget)."""
        self._row(-self.highs.getInfinity(), len(chosen) - 1.0, dict.fromkeys(chosen, 1.0))

    def run(self, start: Sequence[int] | None) -> tuple[tuple[int, ...], float] | None:
        """Solve; return the set and the proven upper bound [money], or None when there is no set."""
        import highspy
        import numpy as np

        if start is not None:
            columns = np.arange(self.n, dtype=np.int32)
            self.highs.setSolution(self.n, columns, np.array([1.0 if i in set(start) else 0.0 for i in range(self.n)]))
        self.highs.run()
        status = self.highs.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            return None
        if status != highspy.HighsModelStatus.kOptimal:
            from namsai.findings import NamsaiError, error

            raise NamsaiError(error("portfolio.solver-stopped", status=str(self.highs.modelStatusToString(status))))
        x = self.highs.getSolution().col_value
        chosen = tuple(i for i in range(self.n) if x[i] > 0.5)
        return chosen, float(self.highs.getInfo().mip_dual_bound) * self.scale
