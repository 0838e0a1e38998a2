"""Any linear balances (several layers, ratios, relations): unmeasured streams are removed by sparse elimination.

The projection of Crowe, Garcia Campos and Hrymak (1983), computed as a reduced row echelon form with the pivots
chosen for
few fill-ins (Markowitz) among the large ones; the combination of balances behind every row is kept.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from namsai.balance.matrices import Bools, Ints, rows_of, table
from namsai.balance.problem import Group, Problem, Reduction

Row = dict[int, float]
NOISE = 1e-11  # a difference smaller than this share of its terms is rounding
LARGE = 0.05  # a pivot is at least this share of the largest entry of its row (columns scaled)


class _Echelon(NamedTuple):
    pivots: list[tuple[int, int]]  # (row, column) in the order of elimination
    rows: dict[int, Row]
    made_of: dict[int, Row]  # combination of the original balances behind each row
    free: list[int]  # rows without an entry left


def _subtract(row: Row, factor: float, other: Row) -> None:
    for key, value in other.items():
        change = factor * value
        have = row.get(key)
        if have is None:
            row[key] = -change
        elif abs(have - change) <= NOISE * max(abs(have), abs(change)):
            del row[key]
        else:
            row[key] = have - change


def _echelon(rows: dict[int, Row], made_of: dict[int, Row], weight: dict[int, float]) -> _Echelon:
    """Eliminate forward. `weight` scales the columns for the choice of pivots only."""
    where: dict[int, set[int]] = {}
    for r, row in rows.items():
        for c in row:
            where.setdefault(c, set()).add(r)
    by_length: dict[int, set[int]] = {}
    for r, row in rows.items():
        by_length.setdefault(len(row), set()).add(r)
    pivots: list[tuple[int, int]] = []
    free = sorted(by_length.pop(0, set()))
    while by_length:
        shortest = min(by_length)
        r = min(by_length[shortest])
        by_length[shortest].discard(r)
        if not by_length[shortest]:
            del by_length[shortest]
        row = rows[r]
        top = max(abs(v) * weight[c] for c, v in row.items())
        c = min((k for k, v in row.items() if abs(v) * weight[k] >= LARGE * top), key=lambda k: (len(where[k]), k))
        pivots.append((r, c))
        for key in row:
            where[key].discard(r)
        for other in sorted(where[c]):
            target = rows[other]
            before = set(target)
            factor = target[c] / row[c]
            _subtract(target, factor, {k: v for k, v in row.items() if k != c})
            del target[c]
            _subtract(made_of[other], factor, made_of[r])
            for gone in before - target.keys():
                where[gone].discard(other)
            for new in target.keys() - before:
                where.setdefault(new, set()).add(other)
            if len(before) != len(target):
                by_length[len(before)].discard(other)
                if not by_length[len(before)]:
                    del by_length[len(before)]
                if target:
                    by_length.setdefault(len(target), set()).add(other)
                else:
                    free.append(other)
        where.pop(c, None)
    return _Echelon(pivots, rows, made_of, free)


def _back(found: _Echelon) -> None:
    """Turn the echelon form into the reduced one (each pivot column has one entry)."""
    row_of = {c: r for r, c in found.pivots}
    for r, c in reversed(found.pivots):
        row = found.rows[r]
        for key in [k for k in row if k != c and k in row_of]:
            other = row_of[key]
            factor = row[key] / found.rows[other][key]
            _subtract(row, factor, {k: v for k, v in found.rows[other].items() if k != key})
            del row[key]
            _subtract(found.made_of[r], factor, found.made_of[other])


def _loops(found: _Echelon, unmeasured: list[int]) -> tuple[Group, ...]:
    """Return the streams that cannot be known, grouped by what they depend on together."""
    basic = {c for _, c in found.pivots}
    root: dict[int, int] = {}

    def find(i: int) -> int:
        while root.setdefault(i, i) != i:
            root[i] = root.setdefault(root[i], root[i])
            i = root[i]
        return i

    nonbasic = [c for c in unmeasured if c not in basic]
    for c in nonbasic:
        find(c)
    for r, _ in found.pivots:
        keys = list(found.rows[r])
        if len(keys) > 1:
            for key in keys[1:]:
                root[find(key)] = find(keys[0])
    groups: dict[int, list[int]] = {}
    for c in sorted(root):
        groups.setdefault(find(c), []).append(c)
    return tuple(Group(tuple(g), tuple(c for c in g if c not in basic)) for g in groups.values())


def _rows(problem: Problem, wanted: Bools) -> dict[int, Row]:
    out: dict[int, Row] = {r: {} for r in range(problem.shape[0])}
    chosen = wanted[problem.cols]
    triples = zip(
        problem.rows[chosen].tolist(), problem.cols[chosen].tolist(), problem.values[chosen].tolist(), strict=True
    )
    for r, c, v in triples:
        out[r][c] = out[r].get(c, 0.0) + v
    return {r: {c: v for c, v in row.items() if v != 0.0} for r, row in out.items()}


def _table(rows: list[Row], width: int, dense: bool) -> object:
    counts = [len(row) for row in rows]
    at: Ints = np.repeat(np.arange(len(rows)), counts)
    cols = np.array([c for row in rows for c in row], dtype=np.int64)
    values = np.array([v for row in rows for v in row.values()], dtype=float)
    return table(at, cols, values, (len(rows), width), dense)


def reduce_general(problem: Problem) -> Reduction:
    """Remove the unmeasured streams of any linear problem and the balances that repeat others.

    Args: problem. Returns Reduction with exact observability (to rounding 1e-11 of the terms).
    Source: Crowe 1983.
    """
    m, _n = problem.shape
    measured = problem.measured
    size = {j: 1.0 / s for j, s in enumerate(problem.scale.tolist())}
    first = _echelon(_rows(problem, ~measured), {r: {r: 1.0} for r in range(m)}, size)
    _back(first)
    known = [(r, c) for r, c in first.pivots if len(first.rows[r]) == 1]
    recover: list[Row] = []
    for r, c in known:
        pivot = first.rows[r][c]
        recover.append({k: v / pivot for k, v in first.made_of[r].items()})
    observable = measured.copy()
    observable[[c for _, c in known]] = True
    unmeasured = np.flatnonzero(~measured).tolist()

    free = sorted(first.free)
    combined = _table([first.made_of[r] for r in free], m, problem.dense)
    left = combined @ problem.matrix
    inexact = measured & ~problem.exact
    limit = problem.scale.tolist()
    rows: dict[int, Row] = {}
    for r, (cols, values) in zip(free, rows_of(left), strict=True):
        pairs = zip(cols, values, strict=True)
        rows[r] = {c: v for c, v in pairs if inexact[c] and abs(v) > 1e-10 * limit[c]}
    spread = np.sqrt(np.where(inexact, problem.variance, 1.0))
    second = _echelon(rows, {r: {r: 1.0} for r in free}, dict(enumerate(spread.tolist())))
    kept = sorted(r for r, _ in second.pivots)
    checks: list[Row] = []
    for r in second.free:
        total: Row = {}
        for part, factor in second.made_of[r].items():
            _subtract(total, -factor, first.made_of[part])
        checks.append(total)
    return Reduction(
        _table([first.made_of[r] for r in kept], m, problem.dense),
        _table(checks, m, problem.dense),
        _table(recover, m, problem.dense),
        np.array([c for _, c in known], dtype=np.int64),
        observable,
        _loops(first, unmeasured),
        "elimination",
    )
