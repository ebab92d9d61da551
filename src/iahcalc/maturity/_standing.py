from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from iahcalc.faults import TooFewAnswers

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["FEWEST_PEERS", "Standing", "standing"]

# With fewer peers the quartiles would give single institutions away.
FEWEST_PEERS = 5


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one institution stands among unnamed peers; points, except ``share_below`` (0 to 1)."""

    value: float
    peers: int
    lower_quartile: float
    median: float
    upper_quartile: float
    share_below: float


def standing(value: float, peers: Sequence[float]) -> Standing:
    """Return the place of one index among those of its peers.

    Args:
        value: index of the institution, in points.
        peers: indices of the others, in points, without the institution itself and without gaps.

    Returns:
        ``share_below``: share of the peers with a lower index, those equal to it counting half.

    Raises:
        TooFewAnswers: fewer than 5 peers, so that quartiles would give single ones away.

    >>> found = standing(50, [30, 40, 50, 60, 70])
    >>> found.median, found.share_below
    (50.0, 0.5)
    """
    others = np.asarray(peers, dtype=np.float64)
    if len(others) < FEWEST_PEERS:
        raise TooFewAnswers(f"A comparison with unnamed peers needs at least {FEWEST_PEERS} of them.")
    lower, median, upper = (float(quartile) for quartile in np.quantile(others, [0.25, 0.5, 0.75]))
    below = float((others < value).sum() + (others == value).sum() / 2) / len(others)
    return Standing(
        value=value,
        peers=len(others),
        lower_quartile=lower,
        median=median,
        upper_quartile=upper,
        share_below=below,
    )
