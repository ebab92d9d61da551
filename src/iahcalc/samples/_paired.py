from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from iahcalc.samples._means import paired_t
from iahcalc.samples._signed_ranks import wilcoxon_signed_rank

if TYPE_CHECKING:
    import numpy.typing as npt

    from iahcalc.samples._findings import Finding

__all__ = ["PairedChange", "paired_change"]


@dataclass(frozen=True, slots=True)
class PairedChange:
    """A change of the same people or institutions, tested by means and by ranks."""

    means: Finding
    ranks: Finding


def paired_change(before: npt.ArrayLike, after: npt.ArrayLike, *, level: float = 0.95) -> PairedChange:
    """Test a change both ways: the paired t-test and Wilcoxon's signed-rank test.

    Arguments, units, missing values and undefined cases as in :func:`paired_t` and
    :func:`wilcoxon_signed_rank`.

    >>> change = paired_change([1, 2, 3, 4], [2, 4, 4, 7])
    >>> round(change.means.p, 4), round(change.ranks.p, 4)
    (0.0354, 0.0975)
    """
    return PairedChange(
        means=paired_t(before, after, level=level), ranks=wilcoxon_signed_rank(before, after, level=level)
    )
