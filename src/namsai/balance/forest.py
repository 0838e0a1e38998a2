"""Spanning forest of the unmeasured graph with its bridges: depth first while small, by whole levels when large."""

from __future__ import annotations

import itertools
from typing import NamedTuple

import numpy as np

from namsai.balance.matrices import Bools, Ints

LARGE = 2_000  # nodes


class Forest(NamedTuple):
    """A spanning forest over the nodes 0..m (m = the surroundings), arrays [m + 1].

    `order` - nodes so that every subtree is contiguous; `size` of the subtree; `parent_edge` (-1 at a root);
    `bridge` - the
    parent edge is a bridge; `cluster` - root of the tree; `block` - representative of what no bridge separates.
    """

    order: Ints
    size: Ints
    parent_edge: Ints
    bridge: Bools
    cluster: Ints
    block: Ints


def spanning_forest(m: int, edges: Ints, first: Ints, second: Ints) -> Forest:
    """Return the forest of the edges (numbers into first, second: ends of all streams). Loops at one node are
    ignored."""
    edges = edges[first[edges] != second[edges]]
    if m >= LARGE:
        return _by_levels(m, edges, first[edges], second[edges])
    return _depth_first(m, edges.tolist(), first.tolist(), second.tolist())


def _depth_first(m: int, edges: list[int], first: list[int], second: list[int]) -> Forest:
    """Tarjan (1974) without recursion."""
    around: list[list[tuple[int, int]]] = [[] for _ in range(m + 1)]
    for e in edges:
        around[first[e]].append((e, second[e]))
        around[second[e]].append((e, first[e]))
    found = [-1] * (m + 1)
    low, size = [0] * (m + 1), [1] * (m + 1)
    parent_edge, parent, cluster, block = ([-1] * (m + 1) for _ in range(4))
    order: list[int] = []
    for root in (m, *range(m)):
        if found[root] >= 0:
            continue
        found[root] = low[root] = len(order)
        cluster[root] = root
        order.append(root)
        stack = [(root, iter(around[root]))]
        while stack:
            node, rest = stack[-1]
            for e, other in rest:
                if e == parent_edge[node]:
                    continue
                if found[other] < 0:
                    found[other] = low[other] = len(order)
                    order.append(other)
                    parent_edge[other], parent[other], cluster[other] = e, node, root
                    stack.append((other, iter(around[other])))
                    break
                if found[other] < low[node]:
                    low[node] = found[other]
            else:
                stack.pop()
                if stack:
                    up = stack[-1][0]
                    size[up] += size[node]
                    low[up] = min(low[up], low[node])
    bridge = [False] * (m + 1)
    for node in order:
        bridge[node] = parent_edge[node] >= 0 and low[node] == found[node]
        block[node] = node if bridge[node] or parent_edge[node] < 0 else block[parent[node]]
    ordered, sizes, above = (np.array(part, dtype=np.int64) for part in (order, size, parent_edge))
    return Forest(ordered, sizes, above, np.array(bridge), np.array(cluster), np.array(block))


def _by_levels(m: int, edges: Ints, first: Ints, second: Ints) -> Forest:
    """Breadth first in compiled code; an edge is a bridge when no other edge crosses the cut below it.

    Crossings are found by sums of one random 64-bit number for each other edge (+ at one end, - at the other): the
    sum over a subtree is zero exactly when none crosses, up to a chance of 2^-64 for each edge. The numbers are always
    the same.
    """
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import breadth_first_order, connected_components

    top = m + 1  # one root above all trees
    ones = np.ones(len(edges))
    label = connected_components(csr_array((ones, (first, second)), shape=(m + 1, m + 1)), directed=False)[1]
    roots = np.unique(label[::-1], return_index=True)[1]
    roots = m - roots  # the last node of each component: the surroundings are the root of theirs
    tails, heads = np.concatenate([first, np.full(len(roots), top)]), np.concatenate([second, roots])
    graph = csr_array((np.ones(len(tails)), (tails, heads)), shape=(m + 2, m + 2))
    wide, before = breadth_first_order(graph, top, directed=False)
    wide, before = wide.astype(np.int64), before.astype(np.int64)
    # one edge for each step of the tree
    key = np.minimum(first, second) * (m + 2) + np.maximum(first, second)
    unique, at = np.unique(key, return_index=True)
    parent_edge = np.full(m + 2, -1, dtype=np.int64)
    inner = wide[1:][before[wide[1:]] != top]
    step = np.minimum(inner, before[inner]) * (m + 2) + np.maximum(inner, before[inner])
    chosen = at[np.searchsorted(unique, step)]
    parent_edge[inner] = edges[chosen]
    other = np.ones(len(edges), dtype=bool)
    other[chosen] = False
    number = np.random.default_rng(20261124).integers(1, 2**63, int(other.sum()), dtype=np.uint64)
    crossing = np.zeros(m + 2, dtype=np.uint64)
    np.add.at(crossing, first[other], number)
    np.subtract.at(crossing, second[other], number)
    place = np.empty(m + 2, dtype=np.int64)
    place[wide] = np.arange(m + 2)
    above = np.concatenate([[-1], place[before[wide[1:]]]])  # place of the parent, never decreasing
    levels = [0, 1]
    while levels[-1] < m + 2:
        levels.append(int(np.searchsorted(above, levels[-1])))
    parts = [wide[a:b] for a, b in itertools.pairwise(levels[1:])]  # without the root above all
    size = np.ones(m + 2, dtype=np.int64)
    for nodes in reversed(parts):
        np.add.at(size, before[nodes], size[nodes])
        np.add.at(crossing, before[nodes], crossing[nodes])
    position = np.zeros(m + 2, dtype=np.int64)
    cluster, block = np.arange(m + 2), np.arange(m + 2)
    bridge = (crossing == 0) & (parent_edge >= 0)
    for nodes in parts:
        up = before[nodes]
        ahead = np.cumsum(size[nodes]) - size[nodes]
        lead = np.concatenate([[True], up[1:] != up[:-1]])
        position[nodes] = position[up] + 1 + ahead - ahead[lead][np.cumsum(lead) - 1]
        below = up != top
        cluster[nodes[below]] = cluster[up[below]]
        same = below & ~bridge[nodes]
        block[nodes[same]] = block[up[same]]
    order = np.empty(m + 2, dtype=np.int64)
    order[position] = np.arange(m + 2)
    keep = m + 1
    return Forest(order[1:], size[:keep], parent_edge[:keep], bridge[:keep], cluster[:keep], block[:keep])
