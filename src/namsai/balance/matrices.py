"""Coefficient tables that are plain arrays while small and compressed sparse rows when large, with the same calls
for both.

Up to `SMALL` columns everything is a NumPy array, so that an ordinary plant never pays for loading SciPy (0.2 s).
"""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Table = Any  # NDArray[float64] of two dimensions, or scipy.sparse.csr_array

SMALL = 200


def table(rows: Ints, cols: Ints, values: Floats, shape: tuple[int, int], dense: bool) -> Table:
    """Return the table of the entries (repeated ones are summed). Args: rows, cols, values of equal length; shape;
    dense."""
    if dense:
        out = np.zeros(shape)
        np.add.at(out, (rows, cols), values)
        return out
    from scipy.sparse import csr_array

    return csr_array((values, (rows, cols)), shape=shape)


def scale_columns(matrix: Table, factors: Floats) -> Table:
    """Return the table with each column multiplied by its factor."""
    if isinstance(matrix, np.ndarray):
        return matrix * factors
    out = matrix.copy()
    out.data = out.data * factors[out.indices]
    return out


def row_sums_of_products(left: Table, right: Table) -> Floats:
    """Return for each row the sum over the columns of left * right (the diagonal of left @ right.T)."""
    if isinstance(left, np.ndarray):
        return np.asarray(np.einsum("ij,ij->i", left, right))
    return np.asarray(left.multiply(right).sum(axis=1)).ravel()


def used_columns(matrix: Table) -> Bools:
    """Tell for each column whether it has an entry different from zero."""
    if isinstance(matrix, np.ndarray):
        return np.asarray((np.abs(matrix) > 0).any(axis=0))
    out = np.zeros(matrix.shape[1], dtype=bool)
    out[matrix.indices[matrix.data != 0]] = True
    return out


def cleaned(matrix: Table, scale: Floats, tolerance: float = 1e-11) -> Table:
    """Return the table with rounding remainders set to zero: entries below tolerance * scale of their column."""
    if isinstance(matrix, np.ndarray):
        return np.where(np.abs(matrix) > tolerance * scale, matrix, 0.0)
    out = matrix.copy()
    out.data[np.abs(out.data) <= tolerance * scale[out.indices]] = 0.0
    out.eliminate_zeros()
    return out


def columns_of(matrix: Table) -> list[tuple[tuple[int, ...], tuple[float, ...]]]:
    """Return each column as (row numbers, values) of its entries."""
    if isinstance(matrix, np.ndarray):
        out = []
        for column in matrix.T:
            where = np.flatnonzero(column)
            out.append((tuple(where.tolist()), tuple(column[where].tolist())))
        return out
    csc = matrix.tocsc()
    csc.sort_indices()
    starts, index, data = csc.indptr.tolist(), csc.indices.tolist(), csc.data.tolist()
    return [(tuple(index[a:b]), tuple(data[a:b])) for a, b in itertools.pairwise(starts)]


def rows_of(matrix: Table) -> list[tuple[tuple[int, ...], tuple[float, ...]]]:
    """Return each row as (column numbers, values) of its entries."""
    return columns_of(matrix.T if isinstance(matrix, np.ndarray) else matrix.T.tocsr())
