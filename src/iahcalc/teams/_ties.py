"""Rules about pairs of people, as a sparse list of costs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import combinations

import numpy as np
import numpy.typing as npt

from iahcalc.teams._model import Rules, UnknownPerson
from iahcalc.teams._problem import AGAIN, MATES

Whole = npt.NDArray[np.int64]


def ties_of(rules: Rules, position: Mapping[str, int]) -> tuple[Whole, Whole, Whole, int]:
    """Return ``tie_starts``, ``ties``, ``tie_costs`` and ``mates_cost`` of a ``Problem``.

    Raises:
        UnknownPerson: ``together`` or ``apart`` name a key that nobody has.
    """
    together = _pairs([[known_position(key, position) for key in group] for group in rules.together])
    apart = _pairs([[known_position(key, position) for key in group] for group in rules.apart])
    # Who took part last time and is no longer in the list meets nobody.
    met = _pairs([[position[key] for key in group if key in position] for group in rules.not_again])
    cost: dict[tuple[int, int], int] = defaultdict(int)
    for pairs, price in ((together, -MATES), (apart, MATES), (met, AGAIN)):
        for pair in pairs:
            cost[pair] += price
    pairs_array = np.array(list(cost), dtype=np.int64).reshape(-1, 2)
    costs = np.fromiter(cost.values(), dtype=np.int64, count=len(cost))
    own, mate = np.concatenate([pairs_array, pairs_array[:, ::-1]]).T
    order = np.lexsort((mate, own))
    starts = np.concatenate([[0], np.cumsum(np.bincount(own, minlength=len(position)))])
    return starts, mate[order], np.tile(costs, 2)[order], MATES * len(together)


def known_position(key: str, position: Mapping[str, int]) -> int:
    """Return where a person stands.

    Raises:
        UnknownPerson: nobody has this key.
    """
    if key not in position:
        raise UnknownPerson(f"A rule names “{key}”, but nobody in the list has this key.")
    return position[key]


def _pairs(groups: Iterable[Iterable[int]]) -> set[tuple[int, int]]:
    """Return every pair once: the same pair in two groups is one rule, not two."""
    return {pair for group in groups for pair in combinations(sorted(set(group)), 2)}
