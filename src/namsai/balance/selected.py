"""Entries of the inverse of a sparse symmetric matrix that lie on its pattern, without forming the inverse.

Takahashi, Fagan and Chin (1973) by supernodes: the dense block of the inverse that belongs to a supernode of the
factor is
cut out of the block of its parent in the elimination tree, from the root down.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from namsai.balance.matrices import Floats, Ints


class _Pairs(NamedTuple):
    """Entries (row, col) of the inverse that are wanted, col <= row, with factor and the form they add to; sorted by
    col."""

    row: Ints
    col: Ints
    factor: Floats
    form: Ints


def _pairs(columns: Any, place: Ints) -> _Pairs:
    """Return all pairs of entries of each column, in the order of elimination."""
    csc = columns.tocsc()
    counts = np.diff(csc.indptr)
    rows, cols, factors, forms_ = [], [], [], []
    for count in np.unique(counts[counts > 0]).tolist():
        chosen = np.flatnonzero(counts == count)
        at = csc.indptr[chosen][:, None] + np.arange(count)
        index, value = place[csc.indices[at]], csc.data[at]
        i, k = np.triu_indices(count)
        rows.append(np.maximum(index[:, i], index[:, k]).ravel())
        cols.append(np.minimum(index[:, i], index[:, k]).ravel())
        factors.append((value[:, i] * value[:, k] * np.where(i == k, 1.0, 2.0)).ravel())
        forms_.append(np.repeat(chosen, len(i)))
    if not rows:
        none = np.zeros(0, dtype=np.int64)
        return _Pairs(none, none, np.zeros(0), none)
    col = np.concatenate(cols)
    order = np.argsort(col, kind="stable")
    return _Pairs(
        np.concatenate(rows)[order], col[order], np.concatenate(factors)[order], np.concatenate(forms_)[order]
    )


def _spots(wanted: Ints, head: int, tail: int, rows: Ints) -> Ints:
    """Return the places of rows in the block of a supernode: columns head..tail first, then its rows below."""
    if len(rows) == 0:
        if (wanted >= tail).any():
            raise LookupError("an entry is outside the pattern of the factor")
        return wanted - head
    place = np.searchsorted(rows, wanted)
    below = wanted >= tail
    if not np.array_equal(rows[np.minimum(place, len(rows) - 1)][below], wanted[below]):
        raise LookupError("an entry is outside the pattern of the factor")
    return np.where(below, tail - head + place, wanted - head)


def forms(lu: Any, scale: Floats, columns: Any) -> Floats:
    """Return c' V^-1 c for the columns c of a sparse table whose patterns are cliques of V.

    Args: lu - SuperLU of diag(scale) V diag(scale) in symmetric mode; scale [k]; columns [k, n] sparse. Returns [n].
    Errors: LookupError when the factor lost the symmetric order or an entry. Source: Takahashi 1973.
    """
    if not np.array_equal(lu.perm_r, lu.perm_c):
        raise LookupError("rows and columns were permuted differently")
    lower = lu.L.tocsc()
    lower.sort_indices()
    size = lower.shape[0]
    start, index, data = lower.indptr, lower.indices, lower.data
    diagonal = lu.U.diagonal()
    scaled = columns.multiply(scale[:, None]).tocsc()
    want = _pairs(scaled, np.asarray(lu.perm_c, dtype=np.int64))
    out = np.zeros(columns.shape[1])

    counts = np.diff(start)
    chained = np.zeros(size, dtype=bool)  # column j belongs to the supernode of j - 1
    if size > 1:
        second = np.full(size - 1, -1)
        long = np.flatnonzero(counts[:-1] > 1)
        second[long] = index[start[long] + 1]
        chained[1:] = (counts[:-1] == counts[1:] + 1) & (second == np.arange(1, size))
    heads = np.flatnonzero(~chained)
    tails = np.append(heads[1:], size)
    owner = np.cumsum(~chained) - 1
    first_pair = np.searchsorted(want.col, heads).tolist()
    last_pair = np.searchsorted(want.col, tails).tolist()
    below = [index[start[t - 1] + 1 : start[t]] for t in tails.tolist()]
    parent = [int(owner[rows[0]]) if len(rows) else -1 for rows in below]
    children = np.bincount([p for p in parent if p >= 0], minlength=len(heads)).tolist()
    fronts: dict[int, Floats] = {}
    for node in range(len(heads) - 1, -1, -1):
        head, tail, rows = int(heads[node]), int(tails[node]), below[node]
        width = tail - head
        if width == 1:
            inner = np.array([[1.0 / diagonal[head]]])
            link = data[start[head] + 1 : start[head + 1]][:, None]
        else:
            block = np.zeros((width + len(rows), width))
            for k in range(width):
                block[k:, k] = data[start[head + k] : start[head + k + 1]]
            inverse = np.linalg.inv(block[:width])
            inner = inverse.T @ (inverse / diagonal[head:tail, None])
            link = block[width:] @ inverse
        if len(rows):
            up = parent[node]
            top, above = int(heads[up]), int(tails[up])
            spot = _spots(rows, top, above, below[up])
            outer = fronts[up][np.ix_(spot, spot)]
            children[up] -= 1
            if children[up] == 0:
                del fronts[up]
            cross = -(outer @ link)
            front = np.empty((width + len(rows), width + len(rows)))
            front[:width, :width] = inner - link.T @ cross
            front[width:, :width] = cross
            front[:width, width:] = cross.T
            front[width:, width:] = outer
        else:
            front = inner
        a, b = first_pair[node], last_pair[node]
        if b > a:
            r = want.row[a:b]
            at = _spots(r, head, tail, rows)
            np.add.at(out, want.form[a:b], want.factor[a:b] * front[at, want.col[a:b] - head])
        if children[node]:
            fronts[node] = front
    return out
