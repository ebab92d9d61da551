"""From how often values occur in a team to points: one table per wish, with the best possible.

A wish about words is measured by a *raw* whole number that is a sum over values, each term
depending only on how many team-mates have that value. So a table (value, count) -> term is
the whole definition, and any search can use it without knowing what the wish means.
``zero`` and ``best`` turn raw into points: ``zero`` is a bad team, ``best`` a bound that no team
of this size drawn from these people can pass, whatever the rules and the other teams are.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from iahcalc.teams._model import Kind

Whole = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Measure:
    """One wish about words, for teams of one size.

    ``terms`` has shape (values + 1, size of the largest team + 1); the last row stands for
    "the value is known" and counts the team-mates whose value is known.
    """

    terms: Whole
    zero: int
    best: int


def word_measure(kind: Kind, has: Whole, size: int, counts: int) -> Measure:
    """Return the measure of one wish.

    Args:
        kind: of the wish. Under balance the caller has added "not known" as a value.
        has: shape (people, values), 1 where a person has a value. A person may have several.
        size: of the team.
        counts: length of a row of terms (size of the largest team + 1).
    """
    held = np.asarray(has.sum(axis=0), dtype=np.int64)
    several = bool((has.sum(axis=1) > 1).any())
    team_counts = np.arange(counts, dtype=np.int64)
    terms = np.zeros((held.size + 1, counts), dtype=np.int64)
    if kind == "cover":
        terms[:-1] = team_counts > 0
        richest = np.sort(has.sum(axis=1))[::-1][:size]
        return Measure(terms, 0, int(min((held > 0).sum(), richest.sum())))
    if kind == "balance":
        people = has.shape[0]
        terms[:-1] = -np.abs(team_counts * people - size * held[:, None])
        return Measure(terms, *_balance_range(held, size, people, several=several))
    if several:
        alike = team_counts * (team_counts - 1)
        most = _most_shared(has, held, size)
        terms[:-1] = alike if kind == "gather" else -alike
        return Measure(terms, 0, most) if kind == "gather" else Measure(terms, -most, 0)
    if kind == "gather":
        terms[:-1] = team_counts * team_counts
        return Measure(terms, _squares(_spread(held, size)), _squares(_packed(held, size)))
    terms[:-1] = -team_counts * team_counts
    terms[-1] = team_counts * team_counts
    spread = _spread(held, size)
    return Measure(terms, 0, int(spread.sum()) ** 2 - _squares(spread))


def mean_bound(kind: Kind, has: Whole, sizes: tuple[int, ...], least: int) -> float:
    """Return a bound, 0 to 1, on the mean over all teams together of one wish about words.

    Whatever the teams, a value that N people hold occurs in at most min(N, teams) of them, and
    gives at least as many pairs alike as when it is dealt out evenly. Only for words of which
    each person has one; 1 otherwise. ``least`` is the smaller best of the sizes.
    """
    if kind not in {"mix", "cover"} or least < 1 or (has.sum(axis=1) > 1).any():
        return 1.0
    held, teams = has.sum(axis=0), len(sizes)
    if kind == "cover":
        reach = int(np.minimum(held, teams).sum())
    else:
        each, over = held // teams, held % teams
        alike = int((over * (each + 1) ** 2 + (teams - over) * each**2).sum())
        reach = sum(size * size for size in sizes) - alike
    return min(1.0, reach / (teams * least))


def number_range(kind: Kind, values: Whole, size: int) -> tuple[int, int]:
    """Return (zero, best) of one wish about numbers; see ``Problem.number_raw`` for raw."""
    order = np.sort(values)
    if kind == "balance":
        total, people = int(order.sum()), order.size
        far = max(
            abs(int(order[:size].sum()) * people - size * total),
            abs(int(order[people - size :].sum()) * people - size * total),
        )
        return -far, 0
    widest = max(
        _deviation(np.concatenate([order[:low], order[order.size - (size - low) :]]))
        for low in range(size + 1)
    )
    if kind == "mix":
        return 0, widest
    sums = np.concatenate([[0], np.cumsum(order)])
    squares = np.concatenate([[0], np.cumsum(order * order)])
    window = sums[size:] - sums[:-size]
    return -widest, -int((size * (squares[size:] - squares[:-size]) - window * window).min())


def _deviation(values: Whole) -> int:
    """Return size times the sum of squared deviations from the mean: whole, without rounding."""
    return int(values.size * (values * values).sum() - values.sum() ** 2)


def _squares(counts: Whole) -> int:
    return int((counts * counts).sum())


def _packed(held: Whole, size: int) -> Whole:
    """Return the counts of a team filled with the most frequent values first."""
    return _filled(np.sort(held)[::-1], size)


def _filled(held: Whole, size: int) -> Whole:
    before = np.concatenate([[0], np.cumsum(held)[:-1]]) if held.size else held
    filled: Whole = np.clip(size - before, 0, held)
    return filled


def _spread(held: Whole, size: int) -> Whole:
    """Return the counts of a team as evenly spread over the values as the people allow."""
    counts = np.zeros_like(held)
    for _ in range(size):
        open_values = np.flatnonzero(counts < held)
        if open_values.size:
            counts[open_values[np.argmin(counts[open_values])]] += 1
    return counts


def _most_shared(has: Whole, held: Whole, size: int) -> int:
    """Bound the ordered pairs (two team-mates, a word both have): by value, and by person."""
    most = np.minimum(held, size)
    richest = np.sort(has.sum(axis=1))[::-1][:size]
    return min(int((most * (most - 1)).sum()), int((2 * richest * np.arange(richest.size)).sum()))


def _balance_range(held: Whole, size: int, people: int, *, several: bool) -> tuple[int, int]:
    """Return the raw of a team filled with the rarest values, and of the best rounded shares."""
    share, rest = (size * held) // people, (size * held) % people
    if several:
        best = int(np.minimum(rest, people - rest).sum())
    else:
        # Largest remainders: of all whole counts that add up to the size, nearest to the shares.
        counts = share.copy()
        counts[np.argsort(-rest, kind="stable")[: size - int(share.sum())]] += 1
        best = int(np.abs(counts * people - size * held).sum())
    worst = int(np.abs(_filled(np.sort(held), size) * people - size * np.sort(held)).sum())
    return -max(worst, best), -best
