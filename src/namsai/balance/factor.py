"""Factor of the symmetric matrix V = G S G' of the reduced balances: solve, and the entries of its inverse that are
needed."""

from __future__ import annotations

from typing import Any, Protocol

import numpy as np

from namsai.balance.matrices import Floats, Table

FULL = 60  # up to this size the whole inverse is quicker than its selected entries
WIDE = 24  # columns with more entries are solved for
ABSENT = 1e-17  # stands for an entry that is zero but belongs to the pattern


class Factor(Protocol):
    """What the reconciliation needs of V."""

    rank: int

    def solve(self, right: Floats) -> Floats:
        """Return V^-1 right (right [k] or [k, any])."""

    def forms(self, *tables: Table) -> list[Floats]:
        """Return c' V^-1 c for each column c of each table [k, any]."""


class DenseFactor:
    """Cholesky of V scaled to unit diagonal; where V has no full rank (fully correlated data), its pseudo-inverse."""

    def __init__(self, matrix: Floats) -> None:
        size = matrix.shape[0]
        diagonal = matrix.diagonal()
        scale = 1.0 / np.sqrt(np.where(diagonal > 0, diagonal, 1.0))
        scaled = matrix * np.outer(scale, scale)
        try:
            lower = np.linalg.cholesky(scaled)
            full = size == 0 or float(lower.diagonal().min()) > 1e-7
        except np.linalg.LinAlgError:
            full = False
        if full:
            self.rank = size
            root = np.linalg.inv(lower)
        else:
            values, vectors = np.linalg.eigh(scaled)
            keep = values > 1e-12 * max(1.0, float(values.max(initial=0.0)))
            self.rank = int(keep.sum())
            root = (vectors[:, keep] / np.sqrt(values[keep])).T
        self._root = root * scale  # V^-1 = root' root

    def solve(self, right: Floats) -> Floats:
        """Return V^-1 right."""
        return np.asarray(self._root.T @ (self._root @ right))

    def forms(self, *tables: Table) -> list[Floats]:
        """Return c' V^-1 c for each column of each table."""
        halves = [self._root @ columns for columns in tables]
        return [np.asarray(np.einsum("ij,ij->j", half, half)) for half in halves]


class SparseFactor:
    """SuperLU of V in symmetric mode (minimum degree ordering of V' + V)."""

    def __init__(self, matrix: Any, wanted: tuple[Table, ...] = ()) -> None:
        """Factor V; the patterns of the columns of `wanted` are made part of the factor, so that `forms` finds them."""
        from scipy.sparse import csr_array
        from scipy.sparse.linalg import splu

        diagonal = matrix.diagonal()
        self._scale = 1.0 / np.sqrt(np.where(diagonal > 0, diagonal, 1.0))
        self._matrix = matrix
        self.rank = matrix.shape[0]
        scaled = matrix.multiply(self._scale[:, None]).multiply(self._scale[None, :]).tocsc()
        for columns in wanted:
            pattern = _narrow(columns)
            pattern = csr_array((np.ones(pattern.nnz), pattern.indices, pattern.indptr), shape=pattern.shape)
            scaled = scaled - ABSENT * (pattern.T @ pattern)  # far below the last digit of the unit diagonal
        options = {"SymmetricMode": True}
        self._lu = splu(scaled.tocsc(), permc_spec="MMD_AT_PLUS_A", diag_pivot_thresh=0.0, options=options)
        self._inverse: Floats | None = None

    def solve(self, right: Floats) -> Floats:
        """Return V^-1 right, refined once."""
        scale = self._scale if right.ndim == 1 else self._scale[:, None]
        first = self._lu.solve(right * scale) * scale
        return np.asarray(first + self._lu.solve((right - self._matrix @ first) * scale) * scale)

    def forms(self, *tables: Table) -> list[Floats]:
        """Return c' V^-1 c of each table: by the whole inverse when small, else selected."""
        from scipy.sparse import hstack

        csc = hstack(tables, format="csc")
        if self.rank <= FULL:
            if self._inverse is None:
                self._inverse = DenseFactor(self._matrix.toarray()).solve(np.eye(self.rank))
            rows = csc.T.tocsr()
            out = np.asarray(rows.multiply(rows @ self._inverse).sum(axis=1)).ravel()
        else:
            from namsai.balance.selected import forms

            out = np.zeros(csc.shape[1])
            wide = np.diff(csc.indptr) > WIDE
            try:
                out[~wide] = forms(self._lu, self._scale, csc[:, np.flatnonzero(~wide)])
            except LookupError:  # the factor lost an entry of the pattern
                wide[:] = True
            out[wide] = self.forms_by_solving(csc[:, np.flatnonzero(wide)])
        return np.split(out, np.cumsum([columns.shape[1] for columns in tables])[:-1])

    def forms_by_solving(self, columns: Table) -> Floats:
        """Return c' V^-1 c for each column by solving in blocks."""
        csc = columns.tocsc()
        out = np.zeros(csc.shape[1])
        for start in range(0, csc.shape[1], 128):
            block = csc[:, start : start + 128].toarray() * self._scale[:, None]
            out[start : start + 128] = np.einsum("ij,ij->j", block, self._lu.solve(block))
        return out


def _narrow(columns: Table) -> Table:
    """Return the columns with few entries, as rows."""
    rows = columns.T.tocsr()
    rows.eliminate_zeros()
    return rows[np.flatnonzero(np.diff(rows.indptr) <= WIDE)]


def factor(matrix: Table, wanted: tuple[Table, ...] = ()) -> Factor:
    """Return the factor of V [k, k], symmetric and positive semidefinite.

    Args: matrix; wanted - tables [k, any] whose columns are later given to `forms` and are no cliques of V.
    """
    return DenseFactor(matrix) if isinstance(matrix, np.ndarray) else SparseFactor(matrix, wanted)
