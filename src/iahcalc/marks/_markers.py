from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from iahcalc.agreement import Kappa, KappaWeights, cohen_kappa
from iahcalc.faults import TooFewAnswers

if TYPE_CHECKING:
    import numpy.typing as npt

__all__ = ["MarkersCompared", "aligned", "compare_markers"]


@dataclass(frozen=True, slots=True, eq=False)
class MarkersCompared:
    """Two markers who marked the same works, in points of 100.

    ``shift`` is how much the second gives above the first, on average, with its interval; ``spread`` is the
    second's standard deviation over the first's (``None`` where the first gave everything the same).
    ``kappa`` is their agreement on bands of points, a near miss counting by its squared distance (``None``
    where it has no value). ``apart`` counts works on which they differ by more than the threshold.
    """

    n: int
    means: tuple[float, float]
    deviations: tuple[float, float]
    shift: float
    low: float
    high: float
    level: float
    spread: float | None
    kappa: Kappa | None
    apart: int


def compare_markers(
    first: npt.ArrayLike,
    second: npt.ArrayLike,
    *,
    threshold: float = 10,
    band: int = 10,
    level: float = 0.95,
) -> MarkersCompared:
    """Compare two markers on works that both marked.

    Args:
        first: shape ``(works,)``, points of the first marker.
        second: points of the second marker for the same works.
        threshold: points beyond which two marks of a work count as apart.
        band: points that make one band for kappa: 10 makes 0-9, 10-19 … 90-100.
        level: level of the interval of the shift (Student's t of the differences).

    Raises:
        TooFewAnswers: fewer than two works.
        ValueError: shapes differ, or points outside 0 to 100.

    >>> found = compare_markers([50, 60, 70, 80], [55, 66, 74, 85])
    >>> found.shift, round(found.spread, 3), found.apart
    (5.0, 0.982, 0)
    """
    from scipy import special

    one, other = np.asarray(first, dtype=np.float64), np.asarray(second, dtype=np.float64)
    if one.ndim != 1 or one.shape != other.shape:
        raise ValueError("Both markers need one mark for each of the same works.")
    if not bool(((one >= 0) & (one <= 100) & (other >= 0) & (other <= 100)).all()):
        raise ValueError("Points go from 0 to 100.")
    n = len(one)
    if n < 2:
        raise TooFewAnswers("Two markers are compared on two works or more.")
    differences = other - one
    reach = float(special.stdtrit(n - 1, (1 + level) / 2) * differences.std(ddof=1) / np.sqrt(n))
    shift = float(differences.mean())
    deviations = (float(one.std(ddof=1)), float(other.std(ddof=1)))
    last = 100 // band - 1
    bands = [np.minimum(points // band, last).astype(np.intp) for points in (one, other)]
    try:
        kappa = cohen_kappa(bands[0], bands[1], weights=KappaWeights.QUADRATIC, level=level)
    except TooFewAnswers:
        kappa = None
    return MarkersCompared(
        n=n,
        means=(float(one.mean()), float(other.mean())),
        deviations=deviations,
        shift=shift,
        low=shift - reach,
        high=shift + reach,
        level=level,
        spread=deviations[1] / deviations[0] if deviations[0] else None,
        kappa=kappa,
        apart=int((np.abs(differences) > threshold).sum()),
    )


def aligned(points: float, compared: MarkersCompared, *, with_spread: bool = True) -> float:
    """Return what the second marker's points are on the first one's scale, kept within 0 to 100.

    Linear equating: the same distance from the marker's mean in standard deviations; without spread, the mean
    alone is moved. For a decision by people, never to be applied unseen.

    Source:
        Kolen & Brennan (2014), Test Equating, Scaling, and Linking, 3rd ed. (linear equating).

    >>> round(aligned(85, compare_markers([50, 60, 70, 80], [55, 66, 74, 85])), 2)
    80.28
    """
    (mean, other_mean), (deviation, other_deviation) = compared.means, compared.deviations
    stretch = deviation / other_deviation if with_spread and other_deviation else 1.0
    return min(max(mean + stretch * (points - other_mean), 0.0), 100.0)
