from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from iahcalc.faults import TooFewAnswers, Undefined
from iahcalc.samples._codes import codes_of
from iahcalc.samples._findings import Finding, Method
from iahcalc.samples._means import welch_anova, welch_t
from iahcalc.samples._ranks import kruskal_wallis, mann_whitney

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy.typing as npt

__all__ = ["Comparison", "Groups", "Impossible", "compare", "split"]


# Arrays cannot be compared with one answer, so groups are compared by identity.
@dataclass(frozen=True, slots=True, eq=False)
class Groups:
    """An outcome taken apart by group: ``samples[i]`` are the answers of ``labels[i]``, without gaps."""

    labels: tuple[Any, ...]
    samples: tuple[npt.NDArray[np.float64], ...]
    missing: int


@dataclass(frozen=True, slots=True)
class Impossible:
    """A test that could not be made, and why."""

    method: Method
    reason: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Groups compared by means and by ranks; ``impossible`` names the one that is undefined here, if any."""

    findings: tuple[Finding, ...]
    impossible: tuple[Impossible, ...] = ()


def split(outcome: npt.ArrayLike, by: npt.ArrayLike) -> Groups:
    """Take an outcome apart by group.

    Args:
        outcome: shape ``(respondents,)``, numbers; ``nan`` is missing.
        by: shape ``(respondents,)``, numbers or words; ``nan``, ``None`` and ``""`` are missing.

    Returns:
        Groups in ascending order of their label, none of them empty; ``missing`` counts respondents
        without group or outcome.

    Raises:
        ValueError: shapes differ.

    >>> found = split([1, 2, 3, float("nan")], ["b", "a", "b", "a"])
    >>> found.labels, [sample.tolist() for sample in found.samples], found.missing
    (('a', 'b'), [[2.0], [1.0, 3.0]], 1)
    """
    numbers = np.asarray(outcome, dtype=np.float64)
    labels, codes = codes_of(by)
    if numbers.shape != codes.shape:
        raise ValueError("Every respondent needs one outcome and one group, or gaps.")
    codes = np.where(np.isnan(numbers), 0, codes)
    # One stable sort by group keeps every group's answers together in their own order.
    order = np.argsort(codes.astype(np.int16) if len(labels) < 2**15 else codes, kind="stable")
    sizes = np.bincount(codes, minlength=len(labels) + 1)
    parts = np.split(numbers[order], np.cumsum(sizes)[:-1])
    filled = [place for place, part in enumerate(parts[1:]) if len(part)]
    return Groups(
        labels=tuple(labels[place] for place in filled),
        samples=tuple(parts[place + 1] for place in filled),
        missing=int(sizes[0]),
    )


def compare(samples: Sequence[npt.ArrayLike], *, missing: int = 0, level: float = 0.95) -> Comparison:
    """Compare groups both ways: by means and by ranks.

    Two groups: :func:`welch_t` and :func:`mann_whitney`; more: :func:`welch_anova` and
    :func:`kruskal_wallis`. Arguments, units and missing values are described there.

    Raises:
        TooFewAnswers: fewer than 2 groups, or both tests are undefined.

    >>> [str(finding.method) for finding in compare([[1, 2, 3], [2, 4, 6]]).findings]
    ["Welch's t-test", 'Mann-Whitney test']
    >>> compare([[1, 2, 3], [2, 4, 6], [5, 5, 5]]).impossible[0].method.code
    'welch_anova'
    """
    if len(samples) < 2:
        raise TooFewAnswers("A comparison needs at least 2 groups.")
    tests: dict[Method, Callable[[], Finding]]
    if len(samples) == 2:
        tests = {
            Method.WELCH_T: partial(welch_t, *samples, missing=missing, level=level),
            Method.MANN_WHITNEY: partial(mann_whitney, *samples, missing=missing, level=level),
        }
    else:
        tests = {
            Method.WELCH_ANOVA: partial(welch_anova, samples, missing=missing, level=level),
            Method.KRUSKAL_WALLIS: partial(kruskal_wallis, samples, missing=missing, level=level),
        }
    findings, impossible = [], []
    for method, test in tests.items():
        try:
            findings.append(test())
        except Undefined as undefined:
            impossible.append(Impossible(method=method, reason=str(undefined)))
    if not findings:
        raise TooFewAnswers(impossible[0].reason)
    return Comparison(findings=tuple(findings), impossible=tuple(impossible))
