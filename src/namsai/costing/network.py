"""Cost carried through a network of quantity centres, with recycles: one linear system per cost category."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from namsai.findings import Finding, NamsaiError, error

_LARGE = 200  # centres from which the system is solved as a sparse one


@dataclass(frozen=True, slots=True)
class Arc:
    """Mass that goes from one place to another. A target that is no centre is an exit; a source that is none is an
    input.
    """

    source: str
    target: str
    mass: float
    recycle: bool = False
    name: str = ""

    @property
    def label(self) -> str:
        """Name of the arc, or "source->target"."""
        return self.name or f"{self.source}->{self.target}"


@dataclass(frozen=True, slots=True)
class NetworkCost:
    """Cost per mass of each centre, cost of each exit, and cost cut off at each recycle; by category."""

    unit_cost: Mapping[str, Mapping[str, float]]  # category -> centre -> money per mass
    exits: Mapping[str, Mapping[str, float]]  # exit -> category -> money
    recycling_loss: Mapping[str, Mapping[str, float]]  # arc label -> category -> money

    def arc_cost(self, arc: Arc, category: str) -> float:
        """Return the cost that one arc from a centre carries [money]."""
        return self.unit_cost[category][arc.source] * arc.mass


def solve_network(
    centres: Sequence[str],
    arcs: Sequence[Arc],
    direct: Mapping[str, Mapping[str, float]],
    cut_categories: Iterable[str] = (),
) -> NetworkCost:
    """Carry costs through quantity centres to the exits (ISO 14051), recycles included.

    Formula: (diag(M) - Q^T) u = d for each category; M_i mass leaving centre i, Q_ij mass from i to j, d_i cost
    entering centre i from outside; an exit of mass m from i carries u_i m. In a cut category recycled mass is an exit
    called recycling loss (the "value only" view); otherwise it circulates (closed loop).
    Args: centres; arcs - masses, one unit, not negative; direct - centre -> category -> cost [money]; cut_categories.
    Returns NetworkCost [money, money per mass]. Validity: every centre that costs reach must have a way to an exit.
    Errors: NamsaiError ``costing.no-exit`` naming the centres that have none, with ``costing.unbalanced`` for each of
    them that receives more than it sends on. Source: ISO 14051:2011, 14053:2021.

    >>> arcs = [Arc("A", "B", 95), Arc("A", "w", 15), Arc("B", "p", 80), Arc("B", "A", 10, True), Arc("B", "x", 5)]
    >>> round(solve_network(["A", "B"], arcs, {"A": {"material": 1000.0}}).exits["p"]["material"], 6)
    800.0
    """
    negative = [a for a in arcs if not a.mass >= 0]
    if negative:
        raise NamsaiError(*(error("costing.negative-mass", f"streams/{a.label}", stream=a.label) for a in negative))
    cut = frozenset(cut_categories)
    categories = list(dict.fromkeys(c for costs in direct.values() for c in costs))
    exits: dict[str, dict[str, float]] = {}
    lost: dict[str, dict[str, float]] = {}
    units: dict[str, dict[str, float]] = {}
    inside = frozenset(centres)
    leaving = [a for a in arcs if a.source in inside and a.mass > 0]
    for category in categories:
        cost = {c: float(direct.get(c, {}).get(category, 0.0)) for c in centres}
        carried = [a for a in leaving if a.target in inside and not (category in cut and a.recycle)]
        unit = units[category] = _unit_costs(centres, leaving, carried, cost, arcs)
        kept = set(map(id, carried))
        for arc in leaving:
            if id(arc) in kept:
                continue
            book = lost.setdefault(arc.label, {}) if arc.target in inside else exits.setdefault(arc.target, {})
            book[category] = book.get(category, 0.0) + unit[arc.source] * arc.mass
    for label in list(lost):
        lost[label] = {c: lost[label].get(c, 0.0) for c in categories}
    return NetworkCost(units, exits, lost)


def without_exit(centres: Sequence[str], leaving: Iterable[Arc], carried: Iterable[Arc]) -> frozenset[str]:
    """Return the centres from which no mass ever reaches an exit.

    Args: centres; leaving - arcs with mass that leave a centre; carried - those of them that lead to another centre.
    Returns names. Validity: any graph.
    """
    carried = list(carried)
    inner = set(map(id, carried))
    back: dict[str, list[str]] = {}
    for arc in carried:
        back.setdefault(arc.target, []).append(arc.source)
    todo = [a.source for a in leaving if id(a) not in inner]
    good: set[str] = set()
    while todo:
        centre = todo.pop()
        if centre not in good:
            good.add(centre)
            todo += back.get(centre, ())
    return frozenset(c for c in centres if c not in good)


def _unit_costs(
    centres: Sequence[str], leaving: list[Arc], carried: list[Arc], cost: dict[str, float], arcs: Sequence[Arc]
) -> dict[str, float]:
    shut = without_exit(centres, leaving, carried)
    forward: dict[str, list[str]] = {}
    for arc in carried:
        forward.setdefault(arc.source, []).append(arc.target)
    todo = [c for c in centres if cost[c]]
    reached: set[str] = set()
    while todo:
        centre = todo.pop()
        if centre not in reached:
            reached.add(centre)
            todo += forward.get(centre, ())
    if reached & shut:
        raise NamsaiError(*_no_exit([c for c in centres if c in shut], arcs))
    live = [c for c in centres if c in reached]
    solved = _solve(live, leaving, carried, cost) if live else []
    return dict.fromkeys(centres, 0.0) | dict(zip(live, solved, strict=True))


def _no_exit(shut: list[str], arcs: Sequence[Arc]) -> list[Finding]:
    return [error("costing.no-exit", "processes", centres=", ".join(shut), first=shut[0]), *unbalanced(shut, arcs)]


def unbalanced(centres: Sequence[str], arcs: Sequence[Arc], tolerance: float = 1e-9) -> list[Finding]:
    """Return an error for each centre whose mass in and out differ.

    Formula: |in - out| > tolerance x max(in, out). Args: centres; arcs; tolerance [-]. Returns findings
    ``costing.unbalanced``. Validity: stock changes must be given as arcs.

    >>> [f.facts["process"] for f in unbalanced(["A"], [Arc("IN", "A", 10), Arc("A", "p", 8)])]
    ['A']
    """
    out: list[Finding] = []
    for centre in centres:
        into = sum(a.mass for a in arcs if a.target == centre)
        away = sum(a.mass for a in arcs if a.source == centre)
        if abs(into - away) > tolerance * max(into, away):
            out.append(error("costing.unbalanced", f"processes/{centre}", process=centre, inflow=into, outflow=away))
    return out


def _solve(live: list[str], leaving: list[Arc], carried: list[Arc], cost: dict[str, float]) -> list[float]:
    place = {c: i for i, c in enumerate(live)}
    size = len(live)
    mass = [0.0] * size
    for arc in leaving:
        if arc.source in place:
            mass[place[arc.source]] += arc.mass
    entries = [(place[a.target], place[a.source], -a.mass) for a in carried if a.source in place and a.target in place]
    entries += [(i, i, m) for i, m in enumerate(mass)]
    return solve_linear(size, entries, [cost[c] for c in live])


def solve_linear(size: int, entries: Iterable[tuple[int, int, float]], right: Sequence[float]) -> list[float]:
    """Solve a square linear system given by its entries (row, column, value); repeated entries add up.

    Formula: A x = b, by LU; dense for small systems, sparse for large ones. Args: size; entries; right - length size.
    Returns x, length size. Validity: A must not be singular. Errors: numpy's LinAlgError when it is.

    >>> solve_linear(2, [(0, 0, 2.0), (1, 1, 4.0)], [1.0, 1.0])
    [0.5, 0.25]
    """
    import numpy as np

    b = np.asarray(right, dtype=float)
    if size < _LARGE:
        a = np.zeros((size, size))
        for row, column, value in entries:
            a[row, column] += value
        return [float(x) for x in np.linalg.solve(a, b)]
    from scipy.sparse import csc_matrix
    from scipy.sparse.linalg import splu

    rows, columns, values = zip(*entries, strict=True)
    return [float(x) for x in splu(csc_matrix((values, (rows, columns)), shape=(size, size))).solve(b)]
