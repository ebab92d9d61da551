from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from iahcalc.faults import TooFewAnswers
from iahcalc.samples._assumptions import Assumption, assume

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

__all__ = ["EmptyGroup", "Weights", "post_stratify", "rake", "weight_assumptions"]

_MOST_ROUNDS = 500
# Weighted shares this near to those of the population are taken for reached.
_NEAR = 1e-10
# Kish's design effect beyond which half of the answers are lost to weighting.
_COSTLY = 2.0


@dataclass(frozen=True, slots=True)
class EmptyGroup:
    """A group of the population that nobody answered for: question ``column``, category ``code``, its share."""

    column: int
    code: int
    share: float


# Arrays cannot be compared with one answer, so weights are compared by identity.
@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """How many average respondents each respondent stands for.

    ``values`` have the mean 1. ``design_effect`` is Kish's n sum(w^2) / sum(w)^2, at least 1; ``effective_n`` is
    n divided by it. ``rounds`` passes over the margins were made; ``converged`` says whether every weighted
    share ended within 1e-10 of the population's, ``furthest`` how far the worst one is off (it is more than
    that where weights were trimmed). ``trimmed`` counts the weights held down to ``largest``.
    ``empty`` are groups of the population without an answer: their share went to the other groups of the
    same question in proportion.
    """

    values: npt.NDArray[np.float64]
    design_effect: float
    effective_n: float
    rounds: int
    largest: float
    smallest: float
    converged: bool
    furthest: float
    trimmed: int
    empty: tuple[EmptyGroup, ...]
    assumptions: tuple[Assumption, ...]


def rake(
    columns: Sequence[npt.ArrayLike],
    margins: Sequence[npt.ArrayLike],
    *,
    trim: float | None = None,
) -> Weights:
    """Weight respondents so that several questions at once have the shares of the population.

    Args:
        columns: one array of shape ``(respondents,)`` per question, category codes from 0; below 0 is missing.
            A question does not touch the weight of who left it out.
        margins: for each question the population's shares by code, shape ``(categories,)``, at least 0; counts
            of people do as well, they are divided by their sum.
        trim: no weight may pass this many times the mean (e.g. 5); above 1. Shares are then reached as
            nearly as this allows.

    Returns:
        Iterative proportional fitting, from equal weights, until every share is within 1e-10 or for 500 rounds.

    Raises:
        TooFewAnswers: nobody answered, or nobody belongs to any group that the population has.
        ValueError: shapes differ, a code has no share, a share is negative, or ``trim`` is not above 1.

    Source:
        Deming & Stephan (1940), Ann. Math. Stat. 11(4), 427-444; Kish (1965), Survey Sampling, 11.2C.

    >>> found = rake([[0, 0, 0, 1], [0, 1, 1, 1]], [[0.5, 0.5], [0.4, 0.6]])
    >>> found.values.round(4).tolist(), round(found.effective_n, 4), found.converged
    ([1.6, 0.2, 0.2, 2.0], 2.4096, True)
    """
    if trim is not None and not trim > 1:
        raise ValueError("A limit of weights is a multiple of the mean weight, above 1.")
    codes, shares, empty = _checked(columns, margins)
    people = len(codes[0])
    weights = np.ones(people)
    rounds, trimmed = 0, 0
    furthest = _furthest(weights, codes, shares)
    before = np.inf
    # Trimmed weights settle beside the margins: then a round changes nothing more.
    while furthest > _NEAR and rounds < _MOST_ROUNDS and abs(before - furthest) > 1e-14:
        before = furthest
        rounds += 1
        for code, share in zip(codes, shares, strict=True):
            weights = weights * _factors(weights, code, share)
        weights *= people / weights.sum()
        if trim is not None:
            weights, trimmed = _held_down(weights, trim)
        furthest = _furthest(weights, codes, shares)
    return _weights(weights, rounds=rounds, furthest=furthest, trimmed=trimmed, empty=empty)


def post_stratify(cells: npt.ArrayLike, shares: npt.ArrayLike, *, trim: float | None = None) -> Weights:
    """Weight respondents so that one division into cells has the shares of the population.

    Args:
        cells: shape ``(respondents,)``, codes from 0 (e.g. faculty by year of study); below 0 is missing:
            such a respondent keeps the mean weight.
        shares: the population's shares by code, as in :func:`rake`.
        trim: as in :func:`rake`.

    Returns:
        As :func:`rake`; without ``trim`` it is exact after one round.

    Raises:
        TooFewAnswers, ValueError: as in :func:`rake`.

    Source:
        Holt & Smith (1979), J. R. Statist. Soc. A 142(1), 33-46.

    >>> post_stratify([0, 0, 0, 1], [0.5, 0.5]).values.round(4).tolist()
    [0.6667, 0.6667, 0.6667, 2.0]
    """
    return rake([cells], [shares], trim=trim)


def _checked(
    columns: Sequence[npt.ArrayLike], margins: Sequence[npt.ArrayLike]
) -> tuple[list[npt.NDArray[np.intp]], list[npt.NDArray[np.float64]], list[EmptyGroup]]:
    if not columns or len(columns) != len(margins):
        raise ValueError("Every question needs the shares of its categories.")
    codes: list[npt.NDArray[np.intp]] = []
    shares: list[npt.NDArray[np.float64]] = []
    empty: list[EmptyGroup] = []
    for place, (column, margin) in enumerate(zip(columns, margins, strict=True)):
        code = np.asarray(column)
        if code.ndim != 1 or code.dtype.kind not in "iu" or (codes and len(code) != len(codes[0])):
            raise ValueError(
                "Every question needs one whole code per respondent, below 0 where it is missing."
            )
        share = np.array(margin, dtype=np.float64)
        if share.ndim != 1 or not bool((np.isfinite(share) & (share >= 0)).all()) or share.sum() <= 0:
            raise ValueError("Shares of a population are at least 0, and not all 0.")
        if len(code) and int(code.max()) >= len(share):
            raise ValueError(f"Code {int(code.max())} has no share in the population.")
        share /= share.sum()
        code = code.astype(np.intp)
        people = np.bincount(code[code >= 0], minlength=len(share))
        for absent in np.flatnonzero((people == 0) & (share > 0)).tolist():
            empty.append(EmptyGroup(column=place, code=absent, share=float(share[absent])))
            share[absent] = 0.0
        if share.sum() <= 0:
            raise TooFewAnswers("Nobody answered who belongs to any group of the population.")
        codes.append(code)
        shares.append(share / share.sum())
    return codes, shares, empty


def _shares(
    weights: npt.NDArray[np.float64], code: npt.NDArray[np.intp], categories: int
) -> tuple[npt.NDArray[np.float64], float]:
    """Sum of weights by category, and over all who answered."""
    sums = np.bincount(code + 1, weights=weights, minlength=categories + 1)[1:]
    return sums.astype(np.float64), float(sums.sum())


def _factors(
    weights: npt.NDArray[np.float64], code: npt.NDArray[np.intp], share: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
    sums, total = _shares(weights, code, len(share))
    if total <= 0:
        raise TooFewAnswers("The groups of the population that answered do not go together.")
    # Who left the question out keeps the weight: code -1 takes the last factor.
    factors = np.ones(len(share) + 1)
    np.divide(share * total, sums, out=factors[:-1], where=sums > 0)
    found: npt.NDArray[np.float64] = factors[code]
    return found


def _furthest(
    weights: npt.NDArray[np.float64],
    codes: list[npt.NDArray[np.intp]],
    shares: list[npt.NDArray[np.float64]],
) -> float:
    worst = 0.0
    for code, share in zip(codes, shares, strict=True):
        sums, total = _shares(weights, code, len(share))
        worst = max(worst, float(np.abs(sums / total - share).max()) if total > 0 else 1.0)
    return worst


def _held_down(weights: npt.NDArray[np.float64], trim: float) -> tuple[npt.NDArray[np.float64], int]:
    """Weights of mean 1 of which none passes ``trim``: what is cut off goes to the others in proportion."""
    held = np.zeros(len(weights), dtype=bool)
    while True:
        over = ~held & (weights > trim * (1 + 1e-12))
        if not over.any():
            return weights, int(held.sum())
        held |= over
        rest = float(weights[~held].sum())
        weights = np.where(
            held, trim, weights * ((len(weights) - trim * held.sum()) / rest if rest > 0 else 0.0)
        )


def _weights(
    weights: npt.NDArray[np.float64], *, rounds: int, furthest: float, trimmed: int, empty: list[EmptyGroup]
) -> Weights:
    n = len(weights)
    effective = effective_n(weights)
    return Weights(
        values=weights,
        design_effect=n / effective,
        effective_n=effective,
        rounds=rounds,
        largest=float(weights.max()),
        smallest=float(weights.min()),
        converged=furthest <= _NEAR,
        furthest=furthest,
        trimmed=trimmed,
        empty=tuple(empty),
        assumptions=weight_assumptions(n=n, effective=effective),
    )


def effective_n(weights: npt.NDArray[np.float64]) -> float:
    """Kish's effective number of answers, sum(w)^2 / sum(w^2)."""
    squares = float((weights**2).sum())
    if squares <= 0:
        raise TooFewAnswers("All weights are 0.")
    return float(weights.sum()) ** 2 / squares


def weight_assumptions(*, n: int, effective: float) -> tuple[Assumption, ...]:
    """What any weighted figure takes for granted."""
    even = n <= _COSTLY * effective
    return (
        assume("weights_are_right", ok=None),
        assume("weights_even" if even else "weights_uneven", ok=even, n=n, effective_n=effective),
    )


def checked_weights(weights: npt.ArrayLike, *, people: int) -> npt.NDArray[np.float64]:
    """The weights as numbers, or why they cannot be used; ``nan`` (missing) stays."""
    given = np.asarray(weights, dtype=np.float64)
    if given.shape != (people,):
        raise ValueError("Every respondent needs one weight.")
    if bool((given < 0).any()) or bool(np.isinf(given).any()):
        raise ValueError("A weight is negative or infinite.")
    return given
