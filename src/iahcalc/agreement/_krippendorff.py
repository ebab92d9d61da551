from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from iahcalc.faults import TooFewAnswers
from iahcalc.samples._codes import codes_of

if TYPE_CHECKING:
    import numpy.typing as npt

__all__ = ["Alpha", "Measure", "krippendorff_alpha"]


class Measure(StrEnum):
    """What the distance of two judgements means."""

    NOMINAL = "nominal"
    ORDINAL = "ordinal"
    INTERVAL = "interval"


@dataclass(frozen=True, slots=True)
class Alpha:
    """Krippendorff's alpha: 1 for full agreement, 0 for what chance would give.

    ``units`` were judged at least twice, ``pairable`` judgements they hold; ``left_out`` judgements stand alone.
    ``low`` and ``high`` come from resampled units and are ``None`` without resampling.
    """

    value: float
    low: float | None
    high: float | None
    level: float
    measure: Measure
    units: int
    pairable: int
    left_out: int


def krippendorff_alpha(
    table: npt.ArrayLike,
    *,
    measure: Measure | str = Measure.NOMINAL,
    level: float = 0.95,
    draws: int = 2_000,
    seed: int = 1,
) -> Alpha:
    """Return Krippendorff's alpha of two or more coders, some of whom may have left things out.

    Args:
        table: shape ``(coders, units)``, numbers (words do for the nominal measure); ``nan``, ``None`` and ``""`` are missing.
        measure: nominal (the same or not), ordinal (by ranks), interval (by squared distance).
        level: level of the interval.
        draws: resamples of units for the interval, e.g. 2,000; 0 leaves it out.
        seed: of the resampling; one seed gives one interval.

    Returns:
        Alpha; its limits are quantiles of alphas of units drawn with replacement, each compared with the
        disagreement by chance of all.

    Raises:
        TooFewAnswers: no unit was judged twice, or all judgements are the same.
        ValueError: the table has not two dimensions, or words with a measure that needs numbers.

    Source:
        Krippendorff (2019), Content Analysis, 4th edition, chapter 12; worked example: Krippendorff (2011),
        Computing Krippendorff's Alpha-Reliability.

    >>> round(krippendorff_alpha([[1, 2, 3, 3], [1, 2, 3, 4]], draws=0).value, 4)
    0.6957
    """
    given = np.asarray(table)
    if given.ndim != 2:
        raise ValueError("Judgements must have the shape (coders, units).")
    measure = Measure(measure)
    labels, codes = codes_of(given.ravel())
    if measure is not Measure.NOMINAL and labels and isinstance(labels[0], str):
        raise ValueError(f"The {measure} measure needs numbers, not words.")
    # counts[u, v]: how many coders gave unit u the v-th value.
    places = codes.reshape(given.shape)
    units = np.tile(np.arange(given.shape[1]), len(given))
    width = len(labels) + 1
    counts = np.bincount(units * width + places.ravel(), minlength=given.shape[1] * width)
    counts = counts.reshape(given.shape[1], width)[:, 1:].astype(np.float64)
    judged = counts.sum(axis=1)
    pairable = counts[judged >= 2]
    if len(pairable) == 0:
        raise TooFewAnswers("Nothing was judged by two coders.")
    total = pairable.sum(axis=0)
    if int((total > 0).sum()) < 2:
        raise TooFewAnswers("All judgements are the same, which leaves alpha undefined.")
    distance = _distance(measure, np.array(labels) if measure is Measure.INTERVAL else total, total)
    n = float(total.sum())
    by_chance = float(total @ distance @ total) / (n * (n - 1))
    # Disagreement inside each unit; equal judgements have no distance, so they need not be taken out.
    own = (pairable @ distance * pairable).sum(axis=1) / (pairable.sum(axis=1) - 1)
    value = 1 - float(own.sum()) / n / by_chance
    low = high = None
    if draws > 0:
        dice = np.random.default_rng(seed)
        sizes = pairable.sum(axis=1)
        alphas = np.empty(draws)
        for draw in range(draws):
            drawn = dice.integers(0, len(own), len(own))
            alphas[draw] = 1 - float(own[drawn].sum()) / float(sizes[drawn].sum()) / by_chance
        tail = (1 - level) / 2
        low, high = (float(limit) for limit in np.quantile(alphas, [tail, 1 - tail]))
    return Alpha(
        value=value,
        low=low,
        high=high,
        level=level,
        measure=measure,
        units=len(pairable),
        pairable=int(n),
        left_out=int(judged.sum() - n),
    )


def _distance(
    measure: Measure, values: npt.NDArray[np.float64], total: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
    """Squared distance of each two values."""
    if measure is Measure.NOMINAL:
        return 1 - np.eye(len(total))
    if measure is Measure.ORDINAL:
        # The judgements between two values, half of their own counted.
        values = np.cumsum(total) - total / 2
    found: npt.NDArray[np.float64] = (values[:, None] - values[None, :]).astype(np.float64) ** 2
    return found
