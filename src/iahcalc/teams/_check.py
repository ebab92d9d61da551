"""What is asked for, looked at before anything is computed: every number has a kind and a limit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from numbers import Integral, Real

from iahcalc.teams._model import (
    AIMS,
    KINDS,
    QUARTERS_A_WEEK,
    Aim,
    ImpossibleSizes,
    Rules,
    Shared,
    UnsuitableValue,
    Wish,
)

MOST = 1_000_000_000
"""No size, number of teams or number of values is larger, so that nothing computed from them overflows."""

DIGITS_SHOWN = 30
"""A longer number is not written out in a sentence."""


def check(wishes: Sequence[Wish], rules: Rules, aim: Aim) -> None:
    """Accept wishes and rules whose numbers can be used; sizes are looked at by ``check_sizes``.

    Raises:
        UnsuitableValue: a number is of the wrong kind or out of its limits, or a name means nothing.
    """
    if aim not in AIMS:
        raise UnsuitableValue(f"“{aim}” is not an aim; the aims are {', '.join(AIMS)}.")
    for wish in wishes:
        _check_wish(wish)
    for shared in rules.shared:
        _check_level(shared)
    hours = rules.minimum_common_hours
    if not (_is_real(hours) and 0 <= hours <= QUARTERS_A_WEEK / 4):
        raise UnsuitableValue(
            f"The minimum of common hours must be a number from 0 to 168 a week, not {shown(hours)}."
        )
    if isinstance(rules.at_least_two_of, str):
        raise UnsuitableValue(
            f"The rule that nobody is the only one needs a tuple of attributes, not “{rules.at_least_two_of}”."
        )
    _check_limits(rules.at_most_different)
    _check_limits(rules.at_least_different)
    for key, team in rules.locked.items():
        if not is_whole(team):
            raise UnsuitableValue(
                f"{key} is locked into “{shown(team)}”; give the number of a team, from 1 on."
            )


def check_sizes(rules: Rules) -> None:
    """Accept the number of teams and the limits of their sizes.

    Raises:
        ImpossibleSizes: one is not a whole number from 1 to ``MOST``.
    """
    for label, limit in (
        ("number of teams", rules.teams),
        ("smallest size", rules.size_low),
        ("largest size", rules.size_high),
    ):
        if limit is None:
            continue
        if not is_whole(limit):
            raise ImpossibleSizes(f"The {label} must be a whole number, not {shown(limit)}.")
        if limit < 1:
            raise ImpossibleSizes(f"The {label} must be 1 or more, not {shown(limit)}.")
        if limit > MOST:
            raise ImpossibleSizes(
                f"The {label} must be {MOST:,} or less, not {shown(limit)}; leave it out for no limit."
            )


def check_seed(seed: object) -> None:
    """Accept a seed.

    Raises:
        UnsuitableValue: it is not a whole number from 0 on.
    """
    if not is_whole(seed) or seed < 0:  # type: ignore[operator]  # a whole number
        raise UnsuitableValue(f"The seed must be a whole number from 0 on, not {shown(seed)}.")


def check_week(free: Iterable[object], name: str) -> None:
    """Accept the free hours of a person.

    Raises:
        UnsuitableValue: a quarter-hour is not a whole number from 0 to 671.
    """
    for quarter in free:
        if not (is_whole(quarter) and 0 <= quarter < QUARTERS_A_WEEK):  # type: ignore[operator]  # a whole number
            raise UnsuitableValue(
                f"The free hours of {name} must be quarter-hours, whole numbers from 0 to 671, "
                f"not {shown(quarter)}."
            )


def is_whole(value: object) -> bool:
    """Tell whether something is a whole number: of Python or of NumPy, and not “true” or “false”."""
    return isinstance(value, Integral) and not isinstance(value, bool)


def shown(value: object) -> str:
    """Return a value as it is written in a sentence; an endless number only by its length."""
    if isinstance(value, int) and abs(value) >= 10**DIGITS_SHOWN:
        return f"a number of more than {DIGITS_SHOWN} digits"
    text = str(value)
    return text if len(text) <= 2 * DIGITS_SHOWN else f"{text[: 2 * DIGITS_SHOWN]}…"


def _check_wish(wish: Wish) -> None:
    if wish.kind not in KINDS:
        raise UnsuitableValue(f"“{wish.kind}” is not a kind of wish; the kinds are {', '.join(KINDS)}.")
    if not (_is_real(wish.weight) and 0 <= wish.weight <= 1000):
        raise UnsuitableValue(
            f"The weight of “{wish.attribute}” must be a number from 0 to 1000, not {shown(wish.weight)}."
        )


def _check_level(shared: Shared) -> None:
    level = shared.level
    if not (_is_real(level) and -MOST <= level <= MOST):
        raise UnsuitableValue(
            f"The level of a shared “{shared.attribute}” must be a number, not {shown(level)}; "
            "0 asks for no level."
        )


def _check_limits(limits: Mapping[str, int]) -> None:
    for attribute, limit in limits.items():
        if not is_whole(limit):
            raise UnsuitableValue(
                f"The number of different values of “{attribute}” must be a whole number, not {shown(limit)}."
            )
        if limit < 1:
            raise UnsuitableValue(
                f"The number of different values of “{attribute}” must be 1 or more, not {shown(limit)}."
            )
        if limit > MOST:
            raise UnsuitableValue(
                f"The number of different values of “{attribute}” must be {MOST:,} or less, "
                f"not {shown(limit)}; take the rule out if there is to be no limit."
            )


def _is_real(value: object) -> bool:
    return isinstance(value, Real) and not isinstance(value, bool)
