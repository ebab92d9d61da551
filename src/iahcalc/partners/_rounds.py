from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["meetings"]


def meetings(worth: Sequence[Sequence[float | None]], *, rounds: int) -> list[list[tuple[int, int]]]:
    """Return who meets whom in each round, so that nobody meets anybody twice.

    In each round those who have met the fewest choose first, with the strongest remaining pair among them; then
    two pairs exchange partners as long as the round becomes worth more. The same input gives the same plan. It
    is no proof of the best plan over all rounds.

    Args:
        worth: shape ``(people, people)``, symmetric; how much a meeting of two is worth. None: they do not meet.
        rounds: how many at most; rounds in which nobody could meet are left out.

    Returns:
        For each round pairs ``(lower, higher)`` of positions, in order.

    Raises:
        ValueError: the table is not square or not symmetric.

    >>> meetings([[None, 1, 5], [1, None, 2], [5, 2, None]], rounds=3)
    [[(0, 2)], [(1, 2)], [(0, 1)]]
    """
    count = len(worth)
    for one in range(count):
        if len(worth[one]) != count or any(worth[one][other] != worth[other][one] for other in range(count)):
            raise ValueError("The worth of meetings must be a square, symmetric table.")
    met: set[tuple[int, int]] = set()
    seats = [0] * count
    plan = []
    for _number in range(rounds):
        pairs = _improved(_chosen(worth, met, seats), worth, met)
        if not pairs:
            break
        for pair in pairs:
            met.add(pair)
            for person in pair:
                seats[person] += 1
        plan.append(sorted(pairs))
    return plan


def _chosen(
    worth: Sequence[Sequence[float | None]], met: set[tuple[int, int]], seats: Sequence[int]
) -> list[tuple[int, int]]:
    count = len(worth)
    possible = [
        (min(seats[one], seats[other]), seats[one] + seats[other], -value, one, other)
        for one in range(count)
        for other in range(one + 1, count)
        if (value := worth[one][other]) is not None and (one, other) not in met
    ]
    taken: set[int] = set()
    pairs = []
    for _fewest, _both, _value, one, other in sorted(possible):
        if one not in taken and other not in taken:
            taken |= {one, other}
            pairs.append((one, other))
    return pairs


def _improved(
    pairs: list[tuple[int, int]], worth: Sequence[Sequence[float | None]], met: set[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Let two pairs exchange partners while that is worth more; each exchange raises the sum, so it ends."""
    pairs = list(pairs)
    while True:
        better = _better_exchange(pairs, worth, met)
        if better is None:
            return pairs
        here, there, first, second = better
        pairs[here], pairs[there] = first, second


def _better_exchange(
    pairs: list[tuple[int, int]], worth: Sequence[Sequence[float | None]], met: set[tuple[int, int]]
) -> tuple[int, int, tuple[int, int], tuple[int, int]] | None:
    def value(pair: tuple[int, int]) -> float | None:
        return None if pair in met else worth[pair[0]][pair[1]]

    for here, (one, other) in enumerate(pairs):
        for there in range(here + 1, len(pairs)):
            third, fourth = pairs[there]
            now = (worth[one][other] or 0.0) + (worth[third][fourth] or 0.0)
            for left, right in (((one, third), (other, fourth)), ((one, fourth), (other, third))):
                first, second = (min(left), max(left)), (min(right), max(right))
                gains, adds = value(first), value(second)
                if gains is not None and adds is not None and gains + adds > now + 1e-9:
                    return here, there, first, second
    return None
