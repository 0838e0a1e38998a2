"""Reconciliation of random networks beside Clarabel on the whole problem: time and memory.

The family: m = 0.4 n balances, 70 % of the streams measured (5 % standard deviation), 25 % of them
cross the
boundary, 10 % run backwards (recycle), the others to one of the next processes.
"""

from __future__ import annotations

import platform
import resource
import statistics
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from namsai.balance.gross_errors import examine
from namsai.balance.matrices import Bools, Floats
from namsai.balance.problem import Problem, make_problem
from namsai.balance.reconcile import solve

REACH = 6  # a stream runs to one of the next REACH processes


def network(n: int, seed: int = 3) -> tuple[Any, Floats, Floats, Bools]:
    """Return A (sparse), measured values (NaN = unmeasured), sd, and which are measured, of a random network.

    Every process has an input and an output, true flows are positive and balanced (random split of what passes a
    process).
    """
    from scipy.sparse import coo_array, eye_array
    from scipy.sparse.linalg import spsolve

    rng = np.random.default_rng(seed)
    m = max(int(0.4 * n), 2)
    nodes = np.arange(m)
    source = nodes - rng.integers(1, REACH + 1, m)
    tail, head = np.where(source < 0, m, source), nodes.copy()  # every process is fed, m = the surroundings
    has_output = np.zeros(m + 1, dtype=bool)
    has_output[tail] = True
    ends = np.flatnonzero(~has_output[:m])
    tail, head = np.concatenate([tail, ends]), np.concatenate([head, np.full(len(ends), m)])
    rest = n - len(tail)
    outside = max(int(0.25 * n) - int(((tail == m) | (head == m)).sum()), 0)
    kind = rng.permutation(np.where(np.arange(rest) < outside, 0, np.where(np.arange(rest) < outside + 0.1 * n, 1, 2)))
    start = rng.integers(0, m, rest)
    step = rng.integers(1, REACH + 1, rest)
    end = np.where(kind == 0, m, np.where(kind == 1, start - step, start + step))
    end = np.where((end < 0) | (end > m), m, end)
    inward = (kind == 0) & (rng.random(rest) < 0.5)
    start, end = np.where(inward, end, start), np.where(inward, start, end)
    tail, head = np.concatenate([tail, start]), np.concatenate([head, end])
    # split what passes a process among its outputs
    share = rng.random(n) + 0.05
    total = np.bincount(tail, share, minlength=m + 1)
    share = share / total[tail]
    inside = (tail < m) & (head < m)
    passing = coo_array((share[inside], (head[inside], tail[inside])), shape=(m, m))
    fed = np.where(tail == m, np.exp(rng.normal(4.0, 1.0, n)), 0.0)
    supply = np.bincount(head[tail == m], fed[tail == m], minlength=m + 1)[:m]
    through = spsolve((eye_array(m) - passing).tocsc(), supply)
    true = np.where(tail == m, fed, share * np.append(through, 0.0)[tail])
    columns = np.arange(n)
    rows = np.concatenate([head[head < m], tail[tail < m]])
    cols = np.concatenate([columns[head < m], columns[tail < m]])
    signs = np.concatenate([np.ones(int((head < m).sum())), -np.ones(int((tail < m).sum()))])
    balances = coo_array((signs, (rows, cols)), shape=(m, n)).tocsr()
    measured = rng.random(n) < 0.7
    sd = 0.05 * true
    y = np.where(measured, true + sd * rng.standard_normal(n), np.nan)
    return balances, y, sd, measured


def clarabel_whole(problem: Problem) -> Floats:
    """Solve the same problem by Clarabel alone (unmeasured streams have no weight): the peer."""
    import clarabel
    from scipy.sparse import csc_array, diags_array, vstack

    m, n = problem.shape
    known = problem.measured
    weight = np.where(known, 1.0 / np.where(known, problem.variance, 1.0), 0.0)
    linear = -weight * np.where(known, problem.y, 0.0)
    rows = vstack([csc_array(problem.matrix), -diags_array(np.ones(n))], format="csc")
    settings = clarabel.DefaultSettings()
    settings.verbose = False
    settings.max_threads = 1
    solver = clarabel.DefaultSolver(
        diags_array(weight).tocsc(),
        linear,
        rows,
        np.concatenate([problem.b, np.zeros(n)]),
        [clarabel.ZeroConeT(m), clarabel.NonnegativeConeT(n)],
        settings,
    )
    return np.array(solver.solve().x)


def median(work: Callable[[], object], runs: int) -> float:
    """Return the median time of a few runs in s."""
    work()
    times = []
    for _ in range(runs):
        begin = time.perf_counter()
        work()
        times.append(time.perf_counter() - begin)
    return statistics.median(times)


def cost(problem: Problem, x: Floats) -> float:
    """Return the sum of ((x - y)/sd)^2."""
    known = problem.measured
    return float((((x - problem.y)[known]) ** 2 / problem.variance[known]).sum())


def solved_and_examined(problem: Problem) -> object:
    """Solve and test for gross errors."""
    return examine(solve(problem))


def main() -> None:
    """Print the table."""
    print(f"balance: {platform.processor() or platform.machine()}, Python {platform.python_version()}, medians")
    heads = f"{'streams':>8} {'values':>9} {'+ sd':>9} {'+ tests':>9} {'Clarabel':>9} {'ratio':>6}"
    print(f"{heads}  negative, objective, peer")
    for n, runs in ((60, 21), (100, 21), (1_000, 11), (10_000, 5), (100_000, 3)):
        balances, y, sd, _ = network(n)
        problem = make_problem(balances, y, sd=sd)
        values = median(partial(solve, problem, spread=False), runs)
        full = median(partial(solve, problem), runs)
        tests = median(partial(solved_and_examined, problem), runs)
        peer = median(partial(clarabel_whole, problem), runs)
        found = solve(problem)
        other = cost(problem, clarabel_whole(problem))
        print(
            f"{n:>8} {values:>8.4f}s {full:>8.4f}s {tests:>8.4f}s {peer:>8.4f}s {peer / values:>6.1f}  "
            f"{len(found.negative)}, {found.objective:.4f}, {other:.4f}"
        )
    print(f"largest memory of the process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.2f} GB")


if __name__ == "__main__":
    main()
