"""Who reviews whom: nobody themselves, everybody exactly one, neighbours from another country where it can be."""

from __future__ import annotations

import random
from collections.abc import Mapping

ATTEMPTS = 200


def review_plan(countries: Mapping[int, str], *, seed: int) -> dict[int, int]:
    """Return, for each institution, the one that reviews it.

    The institutions stand in a ring and each reviews the next one, so that every institution reviews
    exactly one and is reviewed by exactly one, and with three or more no two review each other. Of many
    shuffled rings the one is taken in which most pairs are of different countries.

    Args:
        countries: country code by institution.
        seed: the same seed gives the same plan.

    Returns:
        Empty with fewer than two institutions: nobody reviews themselves.

    >>> plan = review_plan({1: "RS", 2: "AL", 3: "BE"}, seed=1)
    >>> sorted(plan) == sorted(plan.values()), any(own == other for own, other in plan.items())
    (True, False)
    """
    ring = sorted(countries)
    if len(ring) < 2:
        return {}
    chance = random.Random(seed)  # noqa: S311 -- a fair plan, not a secret
    best: list[int] = []
    best_pairs = -1
    for _attempt in range(ATTEMPTS):
        chance.shuffle(ring)
        pairs = sum(
            countries[own] != countries[following]
            for own, following in zip(ring, [*ring[1:], ring[0]], strict=True)
        )
        if pairs > best_pairs:
            best, best_pairs = list(ring), pairs
    return dict(zip([*best[1:], best[0]], best, strict=True))
