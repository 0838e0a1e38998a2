"""Boxes of a flow chart: loops by depth-first search, columns by longest path, order by barycentre."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

Pair = tuple[str, str]


def back_edges(nodes: Sequence[str], edges: Iterable[Pair]) -> frozenset[Pair]:
    """Return the edges that close a loop, found by depth-first search in the given order.

    Args: nodes - ids, first ones first visited; edges - (from, to). Without the back edges there is no cycle.

    >>> sorted(back_edges(["a", "b"], [("a", "b"), ("b", "a"), ("b", "b")]))
    [('b', 'a'), ('b', 'b')]
    """
    onward: dict[str, list[str]] = {n: [] for n in nodes}
    for source, target in edges:
        onward[source].append(target)
    state = dict.fromkeys(nodes, 0)  # 0 new, 1 on the way, 2 done
    found: set[Pair] = set()
    for start in nodes:
        if state[start]:
            continue
        state[start] = 1
        stack = [(start, iter(onward[start]))]
        while stack:
            node, targets = stack[-1]
            target = next(targets, "")
            if not target:
                state[node] = 2
                stack.pop()
            elif state[target] == 1:
                found.add((node, target))
            elif state[target] == 0:
                state[target] = 1
                stack.append((target, iter(onward[target])))
    return frozenset(found)


def columns(nodes: Sequence[str], edges: Iterable[Pair], backward: frozenset[Pair]) -> dict[str, int]:
    """Return the column of each node: the longest way from a start, loops left out.

    >>> columns(["a", "b", "c"], [("a", "b"), ("b", "c"), ("a", "c")], frozenset())
    {'a': 0, 'b': 1, 'c': 2}
    """
    forward = [e for e in dict.fromkeys(edges) if e not in backward]
    waiting = dict.fromkeys(nodes, 0)
    onward: dict[str, list[str]] = {n: [] for n in nodes}
    for source, target in forward:
        waiting[target] += 1
        onward[source].append(target)
    out = dict.fromkeys(nodes, 0)
    ready = [n for n in nodes if waiting[n] == 0]
    while ready:
        node = ready.pop(0)
        for target in onward[node]:
            out[target] = max(out[target], out[node] + 1)
            waiting[target] -= 1
            if waiting[target] == 0:
                ready.append(target)
    return out


def ordered(column_of: Mapping[str, int], edges: Iterable[tuple[str, str, float]], rounds: int = 4) -> list[list[str]]:
    """Return the nodes of each column from top to bottom, so that few flows cross (weighted barycentres, sweeps).

    Args: column_of - column of each node; edges - (from, to, weight) without loops; rounds - number of sweeps.
    """
    count = max(column_of.values(), default=-1) + 1
    out: list[list[str]] = [[n for n, c in column_of.items() if c == column] for column in range(count)]
    before: dict[str, list[tuple[str, float]]] = {n: [] for n in column_of}
    after: dict[str, list[tuple[str, float]]] = {n: [] for n in column_of}
    for source, target, weight in edges:
        before[target].append((source, weight))
        after[source].append((target, weight))
    for turn in range(rounds):
        sides = before if turn % 2 == 0 else after
        place = {n: (i + 0.5) / len(column) for column in out for i, n in enumerate(column)}
        for column in out if turn % 2 == 0 else reversed(out):
            centre = {}
            for node in column:
                total = sum(w for _, w in sides[node])
                centre[node] = sum(place[n] * w for n, w in sides[node]) / total if total else place[node]
            column.sort(key=lambda n: centre[n])
            place |= {n: (i + 0.5) / len(column) for i, n in enumerate(column)}
    return out
