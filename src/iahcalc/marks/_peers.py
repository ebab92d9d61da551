from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

__all__ = ["Flag", "FlagKind", "MemberFactor", "PeerFactors", "peer_factors"]

FEWEST_RATERS = 2
# Shares of the scale's length from which something is worth a look.
CAMPS = 0.5
LONE_VOICE = 0.5
OWN_VIEW = 0.3
# All ways to part a team into camps are looked at; beyond this size there are too many.
LARGEST_TEAM = 14


class FlagKind(StrEnum):
    """What a person should look at before the factors are used."""

    ALL_THE_SAME = "all_the_same"  # a rater gave everybody the same throughout
    CAMPS = "camps"  # some rate each other higher, and the rest lower, than the rest do
    LONE_VOICE = "lone_voice"  # one rater judges one member far from how all others do
    OWN_VIEW = "own_view"  # a member's own rating is far from the others'
    SILENT = "silent"  # a member rated nobody
    TOO_FEW = "too_few"  # a member was rated by fewer than two others: the factor stays 1


@dataclass(frozen=True, slots=True)
class Flag:
    """``people`` are positions in the team; of a lone voice, the rater first, then the member."""

    kind: FlagKind
    people: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class MemberFactor:
    """One member. ``factor`` multiplies the team's points; ``score`` is the same before damping and bounds.

    ``received`` is the plain mean of what the others gave, ``fair`` the same without their leniency, ``own``
    what the member gave themselves (on the scale of the ratings; ``None``: nothing given).
    """

    factor: float
    score: float | None
    received: float | None
    fair: float | None
    own: float | None
    raters: int


@dataclass(frozen=True, slots=True)
class PeerFactors:
    """``leniency``: how much each rater gives above the others (``nan``: rated nobody).

    ``reliability`` is the share of the differences between members that is not chance, 0 to 1; ``None`` where the
    ratings are too few to tell, or tell no differences.
    """

    members: tuple[MemberFactor, ...]
    leniency: tuple[float, ...]
    reliability: float | None
    flags: tuple[Flag, ...]


def peer_factors(
    ratings: npt.ArrayLike,
    *,
    low: float = 1,
    high: float = 5,
    weight: float = 1,
    bounds: tuple[float, float] = (0.5, 1.2),
) -> PeerFactors:
    """Return a factor around 1 for each member of a team, from how the members rated one another.

    Args:
        ratings: shape ``(raters, members)`` or ``(raters, members, criteria)``: row i is what member i gave, the
            diagonal what they gave themselves; ``nan`` is not given.
        low: worst rating of the scale.
        high: best rating of the scale.
        weight: how much of the differences counts, 0 (none) to 1.
        bounds: smallest and largest factor.

    Returns:
        For each rating of others, x = member + leniency of the rater, fitted by least squares. A member's score is
        1 + (member - mean of the team) / (high - low); the factor is 1 + weight (score - 1) within ``bounds``.
        A member's own rating counts nowhere. Whoever rates nobody, or everybody lower by the same, changes no
        factor, as far as the ratings follow the model.

    Raises:
        ValueError: shapes do not fit, ratings lie outside the scale, or a bound excludes 1.

    Source:
        The idea, a score of which 1 is average and a weight that damps it, is WebPA's: Loddington, Pond,
        Wilkinson & Willmot (2009), A case study of the development of WebPA, Br. J. Educ. Technol. 40, 329-341,
        doi:10.1111/j.1467-8535.2008.00922.x.
        There each rater's points are divided by their sum and the shares received are added up, with a factor
        for missing raters that always raises the mark of who did not rate. Here instead own ratings are left
        out, leniency is fitted, a missing rater is a gap, and differences are measured by the length of the
        scale, so that the level on which a team rates does not matter. Reliability is one minus error over
        observed variance of the fitted members.

    >>> nan = float("nan")
    >>> given = [[nan, 3, 3, 2], [5, nan, 4, 3], [4, 3, nan, 2], [3, 2, 2, nan]]
    >>> [round(member.factor, 3) for member in peer_factors(given).members]
    [1.2, 1.0, 1.0, 0.75]
    """
    table = _table(ratings, low=low, high=high)
    if not bounds[0] <= 1 <= bounds[1] or not 0 <= weight <= 1:
        raise ValueError("The bounds must hold 1, and the weight lies from 0 to 1.")
    size = len(table)
    own = np.diag(table).copy()
    others = table.copy()
    np.fill_diagonal(others, np.nan)
    given = ~np.isnan(others)
    raters = given.sum(axis=0)
    fair, leniency, reliability = _fitted(others)
    known = (raters >= FEWEST_RATERS) & ~np.isnan(fair)
    middle = float(fair[known].mean()) if known.any() else 0.0
    members = []
    for member in range(size):
        score = 1 + float(fair[member] - middle) / (high - low) if known[member] else None
        factor = 1.0 if score is None else min(max(1 + weight * (score - 1), bounds[0]), bounds[1])
        received = float(np.nanmean(others[:, member])) if raters[member] else None
        members.append(
            MemberFactor(
                factor=factor,
                score=score,
                received=received,
                fair=float(fair[member]) if known[member] else None,
                own=None if np.isnan(own[member]) else float(own[member]),
                raters=int(raters[member]),
            )
        )
    flags = _flags(np.asarray(ratings, dtype=np.float64), others, own, length=high - low)
    return PeerFactors(tuple(members), tuple(float(one) for one in leniency), reliability, flags)


def _table(ratings: npt.ArrayLike, *, low: float, high: float) -> npt.NDArray[np.float64]:
    """The mean over criteria of what each rater gave each member; nan: nothing."""
    cube = np.asarray(ratings, dtype=np.float64)
    if cube.ndim == 2:
        cube = cube[:, :, None]
    if cube.ndim != 3 or cube.shape[0] != cube.shape[1] or not cube.size:
        raise ValueError("Every member needs a row and a column.")
    told = ~np.isnan(cube)
    if bool((told & ((cube < low) | (cube > high))).any()):
        raise ValueError("A rating lies outside the scale.")
    counts = told.sum(axis=2)
    table = np.full(cube.shape[:2], np.nan)
    np.divide(np.nansum(cube, axis=2), counts, out=table, where=counts > 0)
    return table


def _fitted(
    others: npt.NDArray[np.float64],
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64], float | None]:
    """Each member without the raters' leniency, each rater's leniency, and the reliability of the members."""
    size = len(others)
    rater, member = np.nonzero(~np.isnan(others))
    fair, leniency = np.full(size, np.nan), np.full(size, np.nan)
    if not len(rater):
        return fair, leniency, None
    rated, rating = np.unique(member), np.unique(rater)
    design = np.zeros((len(rater), len(rated) + len(rating)))
    rows = np.arange(len(rater))
    design[rows, np.searchsorted(rated, member)] = 1
    design[rows, len(rated) + np.searchsorted(rating, rater)] = 1
    points = others[rater, member]
    # The shortest of all best solutions; where leniency and members can be told apart, their differences are unique.
    inverse: npt.NDArray[np.float64] = np.asarray(np.linalg.pinv(design.T @ design), dtype=np.float64)
    found = inverse @ design.T @ points
    effects, lenient = found[: len(rated)], found[len(rated) :]
    fair[rated] = effects + lenient.mean()
    leniency[rating] = lenient - lenient.mean()
    return fair, leniency, _reliability(design, points, found, inverse, members=len(rated))


def _reliability(
    design: npt.NDArray[np.float64],
    points: npt.NDArray[np.float64],
    found: npt.NDArray[np.float64],
    inverse: npt.NDArray[np.float64],
    *,
    members: int,
) -> float | None:
    freedom = len(points) - int(np.linalg.matrix_rank(design))
    if freedom < 1 or members < 2:
        return None
    noise = float(((points - design @ found) ** 2).sum()) / freedom
    # Differences from the mean of the members, whose errors do not depend on how the fit is pinned down.
    centre = np.eye(members) - 1 / members
    errors = centre @ inverse[:members, :members] @ centre
    observed = float((centre @ found[:members]).var(ddof=1))
    if observed < 1e-12:
        return None
    chance = noise * float(np.trace(errors)) / (members - 1)
    return min(max(1 - chance / observed, 0.0), 1.0)


def _flags(
    ratings: npt.NDArray[np.float64],
    others: npt.NDArray[np.float64],
    own: npt.NDArray[np.float64],
    *,
    length: float,
) -> tuple[Flag, ...]:
    size = len(others)
    flags = []
    for member in range(size):
        given, received = others[member], others[:, member]
        if np.isnan(given).all():
            flags.append(Flag(FlagKind.SILENT, (member,)))
        elif (~np.isnan(given)).sum() > 1 and np.nanmin(
            row := np.delete(ratings[member], member, 0)
        ) == np.nanmax(row):
            flags.append(Flag(FlagKind.ALL_THE_SAME, (member,)))
        told = received[~np.isnan(received)]
        if len(told) < FEWEST_RATERS:
            flags.append(Flag(FlagKind.TOO_FEW, (member,)))
            continue
        if abs(own[member] - told.mean()) >= OWN_VIEW * length:
            flags.append(Flag(FlagKind.OWN_VIEW, (member,)))
        if len(told) > 2:
            flags.extend(
                Flag(FlagKind.LONE_VOICE, (rater, member))
                for rater in range(size)
                if abs(received[rater] - (told.sum() - received[rater]) / (len(told) - 1))
                >= LONE_VOICE * length
            )
    camp = _camp(others, length=length)
    if camp:
        flags.append(Flag(FlagKind.CAMPS, camp))
    return tuple(flags)


def _camp(others: npt.NDArray[np.float64], *, length: float) -> tuple[int, ...]:
    """The group that prefers itself most, above how the rest sees the two; nobody where no group does enough.

    Inside minus outside, as the group rates, minus the same as the rest rates. Both sides of a split have the
    same figure, so the side that rates itself higher is named.
    """
    size = len(others)
    if size > LARGEST_TEAM:
        return ()
    best = CAMPS * length
    found: tuple[int, ...] = ()
    for count in range(2, size // 2 + 1):
        for group in combinations(range(size), count):
            rest = tuple(member for member in range(size) if member not in group)
            if len(rest) < 2:
                continue
            blocks = [others[np.ix_(one, two)] for one in (group, rest) for two in (group, rest)]
            if any(np.isnan(block).all() for block in blocks):
                continue
            inside, outward, inward, among = (float(np.nanmean(block)) for block in blocks)
            gap = inside - outward - inward + among
            if gap >= best and not (gap == best and found):
                best, found = gap, group if inside >= among else rest
    return found
