"""From how often values occur in a team to points: one table per wish, with the best possible.

A wish about words is measured by a *raw* whole number that is a sum over values, each term
depending only on how many team-mates have that value. So a table (value, count) -> term is
the whole definition, and any search can use it without knowing what the wish means.
``zero`` and ``best`` turn raw into points: ``zero`` is a bad team, ``best`` a bound that no team
of this size drawn from these people can pass, whatever the rules and the other teams are.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from iahcalc.teams._columns import Columns
from iahcalc.teams._model import Kind
from iahcalc.teams._problem import POINTS

Whole = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Measure:
    """One wish about words, for teams of one size.

    ``terms`` has one number for each (value, count) of ``value_counts``; ``known_terms``, shape
    (size + 1,), is what the number of team-mates whose value is known adds.
    """

    terms: Whole
    known_terms: Whole
    zero: int
    best: int


def value_counts(held: Whole, largest: int) -> tuple[Whole, Whole, Whole]:
    """Return where each value starts in a table, and the value and the count of each entry.

    A value that N people have has entries for 0 to min(N, ``largest``) team-mates.
    """
    lengths = np.minimum(held, largest) + 1
    starts = np.concatenate([[0], np.cumsum(lengths)])
    value = np.repeat(np.arange(held.size), lengths)
    return starts, value, np.arange(starts[-1]) - starts[value]


def word_measure(kind: Kind, columns: Columns, size: int, largest: int) -> Measure:
    """Return the measure of one wish for teams of one size.

    Args:
        kind: of the wish. Under balance the caller has added "not known" as a value.
        columns: who has which value; a person may have several.
        size: of the team.
        largest: size of the largest team there may be.
    """
    held, people = columns.held, columns.people
    _, value, count = value_counts(held, largest)
    nothing = np.zeros(size + 1, dtype=np.int64)
    if kind == "cover":
        richest = np.sort(columns.each)[::-1][:size]
        best = int(min((held > 0).sum(), richest.sum()))
        return Measure((count > 0).astype(np.int64), nothing, 0, best)
    if kind == "balance":
        terms = -np.abs(count * people - size * held[value])
        return Measure(terms, nothing, *_balance_range(held, size, people, several=columns.several))
    if columns.several:
        alike = count * (count - 1)
        most = _most_shared(columns, size)
        return Measure(alike, nothing, 0, most) if kind == "gather" else Measure(-alike, nothing, -most, 0)
    if kind == "gather":
        return Measure(count * count, nothing, _squares(_spread(held, size)), _squares(_packed(held, size)))
    spread = _spread(held, size)
    return Measure(-count * count, np.arange(size + 1) ** 2, 0, int(spread.sum()) ** 2 - _squares(spread))


def mean_bound(kind: Kind, columns: Columns, sizes: tuple[int, ...], least: int) -> float:
    """Return a bound, 0 to 1, on the mean over all teams together of one wish about words.

    Whatever the teams, a value that N people hold occurs in at most min(N, teams) of them, and
    gives at least as many pairs alike as when it is dealt out evenly. Only for words of which
    each person has one; 1 otherwise. ``least`` is the smaller best of the sizes.
    """
    if kind not in {"mix", "cover"} or least < 1 or columns.several:
        return 1.0
    held, teams = columns.held, len(sizes)
    if kind == "cover":
        reach = int(np.minimum(held, teams).sum())
    else:
        each, over = held // teams, held % teams
        alike = int((over * (each + 1) ** 2 + (teams - over) * each**2).sum())
        reach = sum(size * size for size in sizes) - alike
    return min(1.0, reach / (teams * least))


def number_range(kind: Kind, values: Whole, size: int) -> tuple[int, int]:
    """Return (zero, best) of one wish about numbers; see ``Problem`` for raw."""
    order = np.sort(values)
    if kind == "balance":
        total, people = int(order.sum()), order.size
        far = max(
            abs(int(order[:size].sum()) * people - size * total),
            abs(int(order[people - size :].sum()) * people - size * total),
        )
        return -far, 0
    sums = np.concatenate([[0], np.cumsum(order)])
    squares = np.concatenate([[0], np.cumsum(order * order)])
    # The widest team takes some of the lowest and the others of the highest.
    low = np.arange(size + 1)
    high = order.size - size + low
    both = sums[low] + sums[-1] - sums[high]
    widest = int((size * (squares[low] + squares[-1] - squares[high]) - both * both).max())
    if kind == "mix":
        return 0, widest
    window = sums[size:] - sums[:-size]
    return -widest, -int((size * (squares[size:] - squares[:-size]) - window * window).min())


def number_mean_bound(kind: Kind, values: Whole, sizes: tuple[int, ...], far: int) -> float:
    """Return a bound, 0 to 1, on the mean over all teams together of one wish about numbers.

    Sums of a team lie on a lattice: with levels from 1 to 6, a mean of 3.3 is out of reach of five people.
    For teams of one size, all sums together are known too, so the least mean distance is that of the two
    lattice points around the mean, taken in the right shares. 1 for other kinds. ``far`` is the distance
    that earns nothing.
    """
    step = int(np.gcd.reduce(values - values.min()))
    if kind != "balance" or step == 0 or far < 1:
        return 1.0
    people, total = values.size, int(values.sum())
    distance = Fraction(0)
    for size in set(sizes):
        # How far the mean is above the lattice point below it, in people times the number.
        above = (size * total - people * size * int(values.min())) % (people * step)
        below = people * step - above
        nearest = Fraction(min(above, below))
        if len(set(sizes)) == 1:
            nearest = Fraction(2 * above * below, people * step)
        distance += sizes.count(size) * nearest
    # Points are rounded, by one at most.
    return min(1.0, float(1 - distance / (len(sizes) * far)) + 1 / POINTS)


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
    low, high = 0, size
    while low < high:
        # The highest level at which all values together do not overfill the team.
        level = (low + high + 1) // 2
        low, high = (level, high) if np.minimum(held, level).sum() <= size else (low, level - 1)
    counts = np.minimum(held, low)
    open_values = np.flatnonzero(held > low)
    counts[open_values[: size - int(counts.sum())]] += 1
    return counts


def _most_shared(columns: Columns, size: int) -> int:
    """Bound the ordered pairs (two team-mates, a word both have): by value, and by person."""
    most = np.minimum(columns.held, size)
    richest = np.sort(columns.each)[::-1][:size]
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
