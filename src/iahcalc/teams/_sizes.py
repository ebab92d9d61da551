"""How many teams, and how large."""

from __future__ import annotations

from iahcalc.teams._check import check_sizes
from iahcalc.teams._model import ImpossibleSizes, Rules


def team_sizes(people: int, rules: Rules) -> tuple[int, ...]:
    """Return the size of every team, the larger ones first; sizes differ by one at most.

    Where the limits leave a choice, the sizes come as near as they can to the middle of the
    limits; of two equally near numbers of teams, the smaller one is taken.

    Raises:
        ImpossibleSizes: no number of teams fits.
    """
    low, high = rules.size_low, rules.size_high
    check_sizes(rules)
    if low is not None and high is not None and low > high:
        raise ImpossibleSizes(f"The smallest size ({low}) is above the largest size ({high}).")
    if rules.teams is None and low is None and high is None:
        raise ImpossibleSizes("Give the number of teams, or the smallest or largest size of a team.")
    possible = numbers_of_teams(people, rules)
    fewest, most = possible.start, possible.stop - 1
    if rules.teams is not None:
        number = _asked_number(people, rules.teams, fewest=fewest, most=most, limits=_limits(low, high))
    elif fewest > most:
        raise ImpossibleSizes(
            f"{people} people cannot be split into teams of {_limits(low, high)}. "
            "Widen the limits, or give the number of teams instead."
        )
    elif low is None:
        number = fewest
    elif high is None:
        number = most
    else:
        number = min(
            possible,
            key=lambda teams: (abs(2 * people - teams * (low + high)) / (2 * teams), teams),
        )
    return equal_sizes(people, number)


def numbers_of_teams(people: int, rules: Rules) -> range:
    """Return every number of teams that the limits of the sizes leave; empty when there is none."""
    fewest = -(-people // rules.size_high) if rules.size_high is not None else 1
    most = people // rules.size_low if rules.size_low is not None else people
    return range(fewest, most + 1)


def allowed_sizes(people: int, teams: int, rules: Rules) -> tuple[int, int]:
    """Return the smallest and the largest size that breaks no rule when there are so many teams.

    Where the rules set no limit of their own, teams are to be as equal as possible.
    """
    equal = equal_sizes(people, teams)
    low = equal[-1] if rules.size_low is None else rules.size_low
    high = equal[0] if rules.size_high is None else rules.size_high
    return low, high


def equal_sizes(people: int, teams: int) -> tuple[int, ...]:
    """Return the sizes of so many teams, the larger ones first; they differ by one at most."""
    size, larger = divmod(people, teams)
    return (size + 1,) * larger + (size,) * (teams - larger)


def _asked_number(people: int, teams: int, *, fewest: int, most: int, limits: str) -> int:
    if teams > people:
        raise ImpossibleSizes(f"{people} people cannot fill {teams} teams: some would be empty.")
    if not fewest <= teams <= most:
        raise ImpossibleSizes(f"{people} people in {teams} teams do not give teams of {limits}.")
    return teams


def _limits(low: int | None, high: int | None) -> str:
    if low is None:
        return f"at most {high}"
    if high is None:
        return f"at least {low}"
    return f"exactly {low}" if low == high else f"{low} to {high}"
