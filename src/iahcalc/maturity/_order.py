from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from iahcalc.faults import TooFewAnswers
from iahcalc.maturity._formula import Formula, load_formula
from iahcalc.maturity._index import mean_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy.typing as npt

__all__ = ["RankInterval", "order_under_weights"]


@dataclass(frozen=True, slots=True)
class RankInterval:
    """The place of one institution, 1 being the highest index.

    ``rank`` is the place with the weights as they are, ``low`` to ``high`` the places it takes in the middle
    ``level`` of the draws, ``same`` the share of draws (0 to 1) in which it keeps its place.
    """

    name: str
    rank: int
    low: int
    high: int
    same: float


def order_under_weights(
    dimensions: Mapping[str, Mapping[str, float | None]],
    weights: Mapping[str, float],
    *,
    spread: float = 0.5,
    formula: Formula | None = None,
    draws: int = 10_000,
) -> tuple[RankInterval, ...]:
    """Return how firmly the order of institutions stands when the weights of dimensions are changed.

    Weights are drawn from a Dirichlet distribution around the given ones, so that each draw is again a set of
    weights that adds up to the same whole.

    Args:
        dimensions: by institution, the points of each dimension. Those without a value in some dimension are
            left out.
        weights: weight of each dimension, above 0.
        spread: standard deviation of an average weight, as a share of that weight; 0.5 means that a weight
            is often half as large again, or half as large.
        formula: gives the kind of mean, the seed and the level.
        draws: sets of weights.

    Returns:
        The institutions in their order; equal figures share the better place.

    Raises:
        TooFewAnswers: fewer than 2 institutions have all dimensions.
        ValueError: ``spread`` is not above 0, or so large that no such distribution exists.

    Source:
        Saisana, Saltelli & Tarantola (2005), J. R. Statist. Soc. A 168(2), 307-323,
        doi:10.1111/j.1467-985X.2005.00350.x (the idea: uncertainty of ranks from uncertain weights).

    >>> found = order_under_weights({"a": {"s": 80, "l": 70}, "b": {"s": 30, "l": 60}}, {"s": 1, "l": 1})
    >>> [(row.name, row.low, row.high, row.same) for row in found]
    [('a', 1, 1, 1.0), ('b', 2, 2, 1.0)]
    """
    formula = formula or load_formula()
    codes = list(weights)
    complete = {
        name: [float(row[code]) for code in codes]  # type: ignore[arg-type]  # none of them is None, as the next line says
        for name, row in dimensions.items()
        if all(row.get(code) is not None for code in codes)
    }
    if len(complete) < 2:
        raise TooFewAnswers("An order needs at least 2 institutions with all dimensions.")
    shares = np.array([weights[code] for code in codes], dtype=np.float64)
    shares /= shares.sum()
    figures = np.array(list(complete.values()))
    least = formula.floor * formula.scale
    drawn = np.random.default_rng(formula.seed).dirichlet(shares * _concentration(len(codes), spread), draws)
    points = mean_of(formula.of_dimensions, figures[None, :, :], drawn[:, None, :], least=least)
    places = _ranks(points)
    now = _ranks(mean_of(formula.of_dimensions, figures, shares, least=least)[None, :])[0]
    tails = [(1 - formula.level) / 2, (1 + formula.level) / 2]
    low, high = np.quantile(places, tails, axis=0, method="nearest")
    found = [
        RankInterval(
            name, int(now[at]), int(low[at]), int(high[at]), float((places[:, at] == now[at]).mean())
        )
        for at, name in enumerate(complete)
    ]
    return tuple(sorted(found, key=lambda row: row.rank))


def _concentration(count: int, spread: float) -> float:
    """The sum of the Dirichlet parameters at which an average weight spreads by ``spread`` of itself."""
    # Of a share w the variance is w (1 - w) / (sum + 1); an average share is 1 / count.
    total = (count - 1) / spread**2 - 1 if spread > 0 else 0.0
    if count > 1 and not total > 0:
        raise ValueError("The spread of the weights must be above 0, and no weight can spread so far.")
    return total if count > 1 else 1.0


def _ranks(points: npt.NDArray[np.float64]) -> npt.NDArray[np.int64]:
    """Places within each row, 1 for the highest; equal figures share the better one."""
    # Figures that agree to a billionth are equal: the order of adding up must not part them.
    rounded = np.round(points, 9)
    places: npt.NDArray[np.int64] = 1 + (rounded[:, None, :] > rounded[:, :, None]).sum(axis=2)
    return places
