"""Exact distributions of sums of ranks without ties."""

from __future__ import annotations

import numpy as np

__all__ = ["rank_sum_chance", "signed_rank_chance"]


def rank_sum_chance(statistic: float, *, n_one: int, n_two: int) -> float:
    """Two-sided chance of a Mann-Whitney statistic at least as far from its middle, as R's ``pwilcox`` gives it."""
    # ways[k, s]: how many choices of k of the ranks so far have the sum s.
    most = n_one * (n_one + 2 * n_two + 1) // 2
    ways = np.zeros((n_one + 1, most + 1))
    ways[0, 0] = 1.0
    for rank in range(1, n_one + n_two + 1):
        ways[1:, rank:] += ways[:-1, : most + 1 - rank].copy()
    sums = ways[n_one, n_one * (n_one + 1) // 2 :]
    return _both_sides(sums, statistic)


def signed_rank_chance(statistic: float, *, n: int) -> float:
    """Two-sided chance of a sum of ranks of rises at least as far from its middle, as R's ``psignrank`` gives it."""
    most = n * (n + 1) // 2
    ways = np.zeros(most + 1)
    ways[0] = 1.0
    for rank in range(1, n + 1):
        ways[rank:] += ways[: most + 1 - rank].copy()
    return _both_sides(ways, statistic)


def _both_sides(ways: np.ndarray[tuple[int], np.dtype[np.float64]], statistic: float) -> float:
    place = round(statistic)
    below, above = float(ways[: place + 1].sum()), float(ways[place:].sum())
    return min(2 * min(below, above) / float(ways.sum()), 1.0)
