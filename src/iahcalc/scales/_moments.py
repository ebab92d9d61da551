from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

# Rows taken at a time: 40 items of 8 bytes then stay inside the second-level cache, and a million
# respondents need no second copy of the whole matrix.
_ROWS_AT_A_TIME = 8192


@dataclass(frozen=True, slots=True)
class Moments:
    """Means and covariances of a set of items, with how many respondents they rest on."""

    means: npt.NDArray[np.float64]
    covariance: npt.NDArray[np.float64]
    n: int
    respondents: int


def as_matrix(answers: npt.ArrayLike) -> npt.NDArray[Any]:
    """Return the answers as a matrix of respondents by items, kept as small numbers where they are."""
    matrix = np.asarray(answers)
    if matrix.ndim != 2:
        raise ValueError(f"Answers must have the shape (respondents, items), not {matrix.ndim} dimensions.")
    if matrix.dtype.kind not in "biuf":
        matrix = matrix.astype(np.float64)
    return matrix


def blocks(matrix: npt.NDArray[Any]) -> Iterator[npt.NDArray[np.float64]]:
    """The answers as floating numbers, some rows at a time, so that no second copy of all is made."""
    for start in range(0, len(matrix), _ROWS_AT_A_TIME):
        yield matrix[start : start + _ROWS_AT_A_TIME].astype(np.float64)


def _complete(block: npt.NDArray[np.float64], ones: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
    """Which rows have no missing answer: one product with BLAS is faster than looking at each cell."""
    complete = np.isfinite(block @ ones)
    if not complete.all() and np.isinf(block[~complete]).any():
        raise ValueError("An answer is infinite.")
    return complete


def complete_moments(answers: npt.ArrayLike) -> Moments:
    """Moments over the respondents who answered every item (listwise deletion), divided by n - 1."""
    matrix = as_matrix(answers)
    items = matrix.shape[1]
    ones = np.ones(items)
    sums = np.zeros(items)
    products = np.zeros((items, items))
    shift = np.zeros(items)
    n = 0
    for whole in blocks(matrix):
        complete = _complete(whole, ones)
        block = whole if complete.all() else whole[complete]
        if not len(block):
            continue
        if n == 0:
            # Products are taken around a first guess of the means: answers such as 1,000,001 and
            # 1,000,002 would otherwise lose their digits.
            shift = block.mean(axis=0)
        block -= shift
        sums += block.sum(axis=0)
        products += block.T @ block
        n += len(block)
    with np.errstate(invalid="ignore", divide="ignore"):
        means = sums / n
        covariance = (products - np.outer(sums, means)) / (n - 1) if n > 1 else np.full_like(products, np.nan)
    return Moments(means=means + shift, covariance=covariance, n=n, respondents=len(matrix))


def pairwise_covariance(answers: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """Covariance of each pair of items over the respondents who answered both, divided by n - 1.

    Means, too, are those of the pair's own respondents, as in R's ``cov(use="pairwise")``. A pair
    answered by fewer than 2 people is ``nan``. The matrix need not be positive definite.
    """
    matrix = as_matrix(answers)
    items = matrix.shape[1]
    counts = np.zeros((items, items))
    sums = np.zeros((items, items))
    products = np.zeros((items, items))
    shift: npt.NDArray[np.float64] | None = None
    for block in blocks(matrix):
        if np.isinf(block).any():
            raise ValueError("An answer is infinite.")
        answered = ~np.isnan(block)
        present = answered.astype(np.float64)
        if shift is None:
            known = np.maximum(present.sum(axis=0), 1)
            shift = np.where(answered, block, 0.0).sum(axis=0) / known
        points = np.where(answered, block - shift, 0.0)
        counts += present.T @ present
        sums += points.T @ present
        products += points.T @ points
    with np.errstate(invalid="ignore", divide="ignore"):
        covariance: npt.NDArray[np.float64] = (products - sums * sums.T / counts) / (counts - 1)
    covariance[counts < 2] = np.nan
    return covariance
