from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

__all__ = ["ManyTests", "benjamini_hochberg", "holm", "many"]


# Arrays cannot be compared with one answer, so these are compared by identity.
@dataclass(frozen=True, slots=True, eq=False)
class ManyTests:
    """Many tests made at once: their p values as they are, by Holm and by Benjamini and Hochberg.

    ``tests`` were made. Were there nothing to find in any of them, ``expected_by_chance`` would still pass
    the level on average; ``sure`` pass it after Holm, ``likely`` after Benjamini and Hochberg.
    """

    p: npt.NDArray[np.float64]
    holm: npt.NDArray[np.float64]
    benjamini_hochberg: npt.NDArray[np.float64]
    tests: int
    expected_by_chance: float
    sure: int
    likely: int


def many(p_values: npt.ArrayLike, *, level: float = 0.05) -> ManyTests:
    """Correct the p values of many tests both ways, and say what chance alone would have given.

    Args:
        p_values: as in :func:`holm`; ``nan`` marks a test that could not be made.
        level: chance of a false finding that is accepted, 0 to 1.

    Raises:
        ValueError: a p value outside 0 to 1.

    Source:
        Holm (1979) and Benjamini & Hochberg (1995), as in :func:`holm` and :func:`benjamini_hochberg`.

    >>> found = many([0.001, 0.02, 0.03, 0.2])
    >>> found.tests, found.expected_by_chance, found.sure, found.likely
    (4, 0.2, 1, 3)
    """
    p = np.asarray(p_values, dtype=np.float64)
    strict, shared = holm(p), benjamini_hochberg(p)
    tests = int((~np.isnan(p)).sum())
    return ManyTests(
        p=p,
        holm=strict,
        benjamini_hochberg=shared,
        tests=tests,
        expected_by_chance=tests * level,
        sure=int((strict < level).sum()),
        likely=int((shared < level).sum()),
    )


def holm(p_values: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """Adjust p values so that the chance of even one false finding stays under the level.

    Args:
        p_values: shape ``(tests,)``, each 0 to 1; ``nan`` marks a test that could not be made: it stays
            ``nan`` and is not counted.

    Returns:
        Adjusted p values in the same order, at most 1.

    Raises:
        ValueError: a p value outside 0 to 1.

    Source:
        Holm (1979), Scandinavian Journal of Statistics 6(2), 65-70.

    >>> [round(p, 3) for p in holm([0.01, 0.04, 0.03]).tolist()]
    [0.03, 0.06, 0.06]
    """
    return _adjust(p_values, step_down=True)


def benjamini_hochberg(p_values: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """Adjust p values so that the expected share of false ones among the findings stays under the level.

    Args:
        p_values: as in :func:`holm`.

    Returns:
        Adjusted p values in the same order, at most 1. Valid for independent or positively dependent tests.

    Raises:
        ValueError: a p value outside 0 to 1.

    Source:
        Benjamini & Hochberg (1995), J. R. Statist. Soc. B 57(1), 289-300, doi:10.1111/j.2517-6161.1995.tb02031.x.

    >>> [round(p, 3) for p in benjamini_hochberg([0.01, 0.04, 0.03]).tolist()]
    [0.03, 0.04, 0.04]
    """
    return _adjust(p_values, step_down=False)


def _adjust(p_values: npt.ArrayLike, *, step_down: bool) -> npt.NDArray[np.float64]:
    given = np.asarray(p_values, dtype=np.float64)
    made = given[~np.isnan(given)]
    if bool(((made < 0) | (made > 1)).any()):
        raise ValueError("A p value lies between 0 and 1.")
    tests = len(made)
    order = np.argsort(made, kind="stable")
    if step_down:
        adjusted = np.maximum.accumulate(made[order] * np.arange(tests, 0, -1))
    else:
        scaled = made[order] * tests / np.arange(1, tests + 1)
        adjusted = np.minimum.accumulate(scaled[::-1])[::-1]
    back = np.empty(tests)
    back[order] = np.minimum(adjusted, 1.0)
    result = np.full(given.shape, np.nan)
    result[~np.isnan(given)] = back
    return result
