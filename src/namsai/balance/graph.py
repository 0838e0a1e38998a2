"""One layer as a graph: processes are nodes, streams are edges, the surroundings are one more node (exact rules).

Unmeasured streams join processes to clusters. A measured stream is checked by a balance exactly when its ends lie in
different clusters; an unmeasured stream follows from the balances exactly when it is a bridge of the unmeasured graph
(Mah, Stanley and Downing 1976; bridges after Tarjan 1974, iterative).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from namsai.balance.forest import Forest, spanning_forest
from namsai.balance.matrices import Bools, Floats, Ints, table
from namsai.balance.problem import Group, Problem, Reduction


class Ends(NamedTuple):
    """Both ends of each stream (number of the balance, or m for the surroundings)."""

    first: Ints
    second: Ints
    value: Floats  # coefficient at the first end (the second has the opposite one)


def ends(problem: Problem) -> Ends | None:
    """Return the ends of all streams when every column of A is c (e_i - e_k) or c e_i, otherwise None."""
    m, n = problem.shape
    if problem.covariance is not None:
        return None
    count = np.bincount(problem.cols, minlength=n)
    if (count > 2).any():
        return None
    total = np.bincount(problem.cols, weights=problem.values, minlength=n)
    if (np.abs(total[count == 2]) > 1e-12 * problem.scale[count == 2]).any():
        return None
    key = np.lexsort((problem.rows, problem.cols))
    rows, cols = problem.rows[key], problem.cols[key]
    starts = np.concatenate([[0], np.cumsum(count)])
    first = np.full(n, m, dtype=np.int64)
    second = np.full(n, m, dtype=np.int64)
    has = count > 0
    first[has] = rows[starts[:-1][has]]
    two = count == 2
    second[two] = rows[starts[:-1][two] + 1]
    value = np.zeros(n)
    value[has] = problem.values[key][starts[:-1][has]]
    if len(cols) and (two & (first == second)).any():  # the same balance twice in one column
        return None
    return Ends(first, second, value)


def _groups(forest: Forest, edges: Ints, at: Ends) -> tuple[Group, ...]:
    """Return the streams that cannot be known, by what no bridge separates."""
    tree = forest.parent_edge[forest.parent_edge >= 0]
    bridges = forest.parent_edge[forest.bridge]
    alone = at.first[edges] == at.second[edges]
    loops = np.setdiff1d(edges[~alone], bridges, assume_unique=True)
    in_tree = np.isin(loops, tree).tolist()
    members: dict[int, tuple[list[int], list[int]]] = {}
    for e, block, inside in zip(loops.tolist(), forest.block[at.first[loops]].tolist(), in_tree, strict=True):
        streams, needed = members.setdefault(block, ([], []))
        streams.append(e)
        if not inside:
            needed.append(e)
    found = [Group(tuple(streams), tuple(needed)) for streams, needed in members.values()]
    return tuple(found + [Group((e,), (e,)) for e in edges[alone].tolist()])


def _components(nodes: int, first: Ints, second: Ints) -> Ints:
    """Return a component number for each node of a graph."""
    if len(first) > 5000:
        from scipy.sparse import coo_array
        from scipy.sparse.csgraph import connected_components

        ones = np.ones(len(first))
        return np.asarray(
            connected_components(coo_array((ones, (first, second)), shape=(nodes, nodes)), directed=False)[1]
        )
    root = list(range(nodes))

    def find(i: int) -> int:
        while root[i] != i:
            root[i] = root[root[i]]
            i = root[i]
        return i

    for p, q in zip(first.tolist(), second.tolist(), strict=True):
        root[find(p)] = find(q)
    return np.array([find(i) for i in range(nodes)])


def _recover(forest: Forest, at: Ends) -> tuple[Ints, Ints, Ints, Floats]:
    """Return the observable unmeasured streams and the entries (row, balance, value) that compute them."""
    child = np.flatnonzero(forest.bridge)
    child = child[np.argsort(forest.parent_edge[child])]
    streams = forest.parent_edge[child]
    place = np.empty_like(forest.order)
    place[forest.order] = np.arange(len(forest.order))
    lengths = forest.size[child]
    begin = np.cumsum(lengths) - lengths
    nodes = forest.order[np.repeat(place[child] - begin, lengths) + np.arange(int(lengths.sum()))]
    # the coefficient of the stream in the balance of its child node
    own = np.where(at.first[streams] == child, at.value[streams], -at.value[streams])
    return streams, np.repeat(np.arange(len(streams)), lengths), nodes, np.repeat(1.0 / own, lengths)


def reduce_graph(problem: Problem, at: Ends, *, groups: bool = True) -> Reduction:
    """Remove the unmeasured streams of a one-layer problem by graph rules.

    Args: problem; at - ends of its streams (`ends`); groups - also name the loops that cannot be known.
    Returns Reduction with exact observability. Source: Mah, Stanley & Downing 1976.
    """
    m, _n = problem.shape
    measured, exact = problem.measured, problem.exact
    edges = np.flatnonzero(~measured)
    forest = spanning_forest(m, edges, at.first, at.second)
    cluster = forest.cluster
    sure = np.flatnonzero(measured & ~exact)
    linked = _components(m + 1, cluster[at.first[sure]], cluster[at.second[sure]])
    component = linked[cluster]  # component of each node, joined by unmeasured and inexact measured streams
    grounded = component == component[m]
    heads = np.unique(cluster)
    # one cluster of each component without way to the surroundings is left out; the sum of the component is a check
    loose = [h for h in heads.tolist() if not grounded[h]]
    left_out: dict[int, int] = {}
    for h in loose:
        left_out.setdefault(int(component[h]), h)
    skip = set(left_out.values()) | {int(cluster[m])}
    number = np.full(m + 1, -1, dtype=np.int64)
    rows_kept = [h for h in heads.tolist() if h not in skip]
    number[rows_kept] = np.arange(len(rows_kept))
    node_row = number[cluster[:m]]
    keep = np.flatnonzero(node_row >= 0)
    dense = problem.dense
    projector = table(node_row[keep], keep, np.ones(len(keep)), (len(rows_kept), m), dense)
    check_number = np.full(m + 1, -1, dtype=np.int64)
    check_number[list(left_out)] = np.arange(len(left_out))
    node_check = np.where(grounded[:m], -1, check_number[component[:m]])
    inside = np.flatnonzero(node_check >= 0)
    checks = table(node_check[inside], inside, np.ones(len(inside)), (len(left_out), m), dense)
    streams, row, node, value = _recover(forest, at)
    recover = table(row, node, value, (len(streams), m), dense)
    observable: Bools = measured.copy()
    observable[streams] = True
    loops = _groups(forest, edges, at) if groups else ()
    return Reduction(projector, checks, recover, streams, observable, loops, "graph")
