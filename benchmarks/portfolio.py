"""Choice under a budget with overlapping savings: median time and largest gap.

Tied: 50 and 400 options that all hang together (the solver). Apart: 40 and 400 options on one stream each (no solver).
"""

from __future__ import annotations

import platform
import random
import statistics
import time

from namsai.portfolio.model import Candidate
from namsai.portfolio.solve import solve

STREAMS = 12
RUNS = 5
TARGETS = {("tied", 50): 0.2, ("tied", 400): 3.0, ("apart", 40): 0.01, ("apart", 400): 0.1}  # seconds


def instance(n: int, seed: int, budget_share: float = 0.2) -> tuple[list[Candidate], dict[str, float], float]:
    """Return n options on 12 streams (1 to 3 each), 20 % with an exclusion, 10 % with a prerequisite, and a budget.

    Args: n - options; seed; budget_share - of the total investment [1]. Returns candidates, worth of streams, budget.
    """
    rng = random.Random(seed)
    worth = {f"s{k}": rng.uniform(2e5, 1e6) for k in range(STREAMS)}
    candidates = []
    for i in range(n):
        shares = {f"s{k}": rng.uniform(0.02, 0.35) for k in rng.sample(range(STREAMS), rng.randint(1, 3))}
        alone = sum(worth[k] * s for k, s in shares.items())
        rival, base = rng.randrange(n), rng.randrange(n)
        candidates.append(
            Candidate(
                f"o{i}",
                alone * rng.uniform(0.05, 0.9),
                -alone * rng.uniform(0, 0.02),
                shares,
                excludes=(f"o{rival}",) if rng.random() < 0.2 and rival != i else (),
                requires=(f"o{base}",) if rng.random() < 0.1 and base != i else (),
            )
        )
    return candidates, worth, budget_share * sum(c.investment for c in candidates)


def apart(n: int, seed: int, budget_share: float = 0.2) -> tuple[list[Candidate], dict[str, float], float]:
    """Return n options, each on one of n / 3 streams, and a budget: as `instance`."""
    rng = random.Random(seed)
    worth = {f"s{k}": rng.uniform(2e5, 1e6) for k in range(max(n // 3, 1))}
    candidates = []
    for i in range(n):
        stream, share = rng.choice(list(worth)), rng.uniform(0.02, 0.35)
        candidates.append(Candidate(f"o{i}", worth[stream] * share * rng.uniform(0.05, 0.9), 0.0, {stream: share}))
    return candidates, worth, budget_share * sum(c.investment for c in candidates)


KINDS = {"tied": instance, "apart": apart}


def main() -> None:
    """Print one line per kind and size: median, slowest, largest gap."""
    print(f"portfolio ({platform.processor() or platform.machine()}, one solver thread)")
    solve(*instance(10, 0))  # loads the solver
    for (kind, n), target in TARGETS.items():
        times, gaps = [], []
        for seed in range(RUNS):
            for share in (0.05, 0.2):
                problem = KINDS[kind](n, seed, share)
                start = time.perf_counter()
                found = solve(*problem)
                times.append(time.perf_counter() - start)
                gaps.append(found.gap)
        median, slow = statistics.median(times), max(times)
        print(
            f"  {n:4} options {kind}: median {median:.3f} s, slowest {slow:.3f} s (aim {target}), gap {max(gaps):.1e}"
        )


if __name__ == "__main__":
    main()
