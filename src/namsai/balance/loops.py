"""Loops of unmeasured streams: do some amounts >= 0 complete the balances, although they cannot be known?"""

from __future__ import annotations

import numpy as np

from namsai.balance.linear import flow_size
from namsai.balance.matrices import Floats, Ints, scale_columns
from namsai.balance.problem import Problem, Solution

Seen = dict[tuple[int, ...], Floats]


def nonnegative_least_squares(matrix: Floats, right: Floats) -> Floats:
    """Return x >= 0 with the smallest |matrix x - right| (Lawson and Hanson 1974)."""
    n = matrix.shape[1]
    x, inside = np.zeros(n), np.zeros(n, dtype=bool)
    gram, pull = matrix.T @ matrix, matrix.T @ right
    limit = 1e-11 * max(float(np.abs(pull).max(initial=0.0)), 1e-300)
    for _ in range(5 * n + 10):
        slope = pull - gram @ x
        slope[inside] = -np.inf
        if inside.all() or slope.max() <= limit:
            break
        inside[int(np.argmax(slope))] = True
        while True:
            trial = np.zeros(n)
            chosen = np.flatnonzero(inside)
            try:
                trial[chosen] = np.linalg.solve(gram[chosen[:, None], chosen], pull[chosen])
            except np.linalg.LinAlgError:
                trial[chosen] = np.linalg.lstsq(matrix[:, chosen], right, rcond=None)[0]
            worst = inside & (trial <= 0)
            if not worst.any():
                break
            down = worst & (x > trial)
            step = float((x[down] / (x[down] - trial[down])).min()) if down.any() else 0.0
            x = x + step * (trial - x)
            inside &= ~(worst & (x <= 1e-14 * max(1.0, float(np.abs(x).max()))))
            if not inside.any():
                break
        x = np.where(inside, trial, 0.0)
    return x


def _pieces(rows: Ints, cols: Ints) -> list[tuple[list[int], list[int]]]:
    """Return the independent pieces (balances, streams) of the entries of a table."""
    root: dict[int, int] = {}

    def find(i: int) -> int:
        while root[i] != i:
            root[i] = root[root[i]]
            i = root[i]
        return i

    pairs = list(zip(rows.tolist(), cols.tolist(), strict=True))
    for r, c in pairs:
        root.setdefault(r, r)
        root.setdefault(-1 - c, -1 - c)
        root[find(-1 - c)] = find(r)
    found: dict[int, tuple[list[int], list[int]]] = {}
    for node in root:
        part = found.setdefault(find(node), ([], []))
        if node >= 0:
            part[0].append(node)
        else:
            part[1].append(-1 - node)
    return list(found.values())


def blocked(problem: Problem, solution: Solution, seen: Seen | None = None) -> tuple[int, ...]:
    """Return streams that cannot be known and must be zero for x >= 0 to be possible; empty when nothing stands in
    the way.

    For each piece of loops the least-squares completion with x >= 0 is sought; where it leaves a remainder, the
    streams that
    the remainder pushes below zero are returned. Args: problem; solution - values of all other streams; seen - filled
    with the pieces that could be completed, which are not tried again while what they must carry stays the same.
    """
    unknown = np.isnan(solution.x)
    if not (unknown & problem.nonneg).any():
        return ()
    matrix = problem.matrix
    held = scale_columns(matrix, (~unknown).astype(float))
    known = np.nan_to_num(solution.x)
    right = problem.b - held @ known
    carried = abs(held) @ np.abs(known) + np.abs(problem.b)
    chosen = unknown[problem.cols]
    rows, cols, values = problem.rows[chosen], problem.cols[chosen], problem.values[chosen]
    entries = {(r, c): v for r, c, v in zip(rows.tolist(), cols.tolist(), values.tolist(), strict=True)}
    by_column: dict[int, list[int]] = {}
    for r, c in entries:
        by_column.setdefault(c, []).append(r)
    rounding = 1e-12 * flow_size(problem)
    out: list[int] = []
    for balances, streams in _pieces(rows, cols):
        target = right[balances]
        if len(streams) == 1 or not np.any(np.abs(target) > rounding):
            continue
        limit = max(1e-9 * float(carried[balances].max()), rounding)
        before = None if seen is None else seen.get(tuple(streams))
        if before is not None and np.abs(before - target).max() <= 0.1 * limit:
            continue
        if len(balances) == 1:  # streams side by side: one in the right direction is enough
            row, gap = balances[0], float(target[0])
            if abs(gap) > limit and not any(not problem.nonneg[c] or entries[(row, c)] * gap > 0 for c in streams):
                out += streams
            continue
        place = {r: i for i, r in enumerate(balances)}
        part = np.zeros((len(balances), len(streams)))
        for k, c in enumerate(streams):
            for r in by_column[c]:
                part[place[r], k] = entries[(r, c)]
        free = ~problem.nonneg[streams]
        both = np.hstack([part, -part[:, free]])
        best = nonnegative_least_squares(both, target)
        left = target - both @ best
        if np.abs(left).max() > limit:
            slope = part.T @ left
            worst = float(-slope[~free].min(initial=0.0))
            out += [
                c for c, v, f in zip(streams, slope.tolist(), free.tolist(), strict=True) if not f and v < -1e-6 * worst
            ]
        elif seen is not None:
            seen[tuple(streams)] = target
    return tuple(out)
