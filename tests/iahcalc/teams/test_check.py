"""Numbers of the wrong kind or size: a sentence that says what to do, never a bare error, never silence."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from classes_of_people import person
from iahcalc.teams import (
    Facilitator,
    ImpossibleSizes,
    Person,
    Rules,
    Shared,
    UnsuitableValue,
    Wish,
    explain,
    form_teams,
    placed,
    repaired,
)

HUGE = 10**400
NOTHING: Any = None
HALF: Any = 1.5
LIST: Any = [1, 2]
# Longer than Python writes out.
ENDLESS = pytest.param(10**5000, id="endless")
FOUR = [person(key, country=country) for key, country in zip("abcd", ("RS", "AL", "RS", "AL"), strict=True)]
MIX = (Wish(attribute="country", kind="mix"),)


def free(*quarters: Any) -> Person:
    return Person(key="e", name="Emir", free=frozenset(quarters))


@pytest.mark.parametrize("number", [10**26, HUGE, ENDLESS, 2.5, "two", True, -HUGE])
@pytest.mark.parametrize("limit", ["teams", "size_low", "size_high"])
def test_a_size_no_team_can_have_is_refused(limit: str, number: Any) -> None:
    rules = Rules(**{limit: number})

    with pytest.raises(ImpossibleSizes, match=r"^The (number of teams|smallest size|largest size) must be "):
        form_teams(FOUR, rules=rules)
    with pytest.raises(ImpossibleSizes, match=r"^The (number of teams|smallest size|largest size) must be "):
        placed(FOUR, [0, 0, 1, 1], rules=rules)
    with pytest.raises(ImpossibleSizes, match=r"^The (number of teams|smallest size|largest size) must be "):
        repaired(FOUR, {"a": 1, "b": 1, "c": 2, "d": 2}, rules=rules)


def test_a_largest_size_beyond_the_list_limits_nobody() -> None:
    assert len(form_teams(FOUR, rules=Rules(size_high=10**9)).teams) == 1


@pytest.mark.parametrize("number", [2**62, 99999999999999999999999, HUGE, ENDLESS, 1.5, "2", None])
@pytest.mark.parametrize("limit", ["at_least_different", "at_most_different"])
def test_a_number_of_values_that_cannot_be_is_refused(limit: str, number: Any) -> None:
    rules = Rules(teams=2, **{limit: {"country": number}})

    with pytest.raises(UnsuitableValue, match=r"^The number of different values of “country” must be "):
        form_teams(FOUR, rules=rules)


def test_the_largest_number_of_values_is_counted_right() -> None:
    rules = Rules(teams=2, at_least_different={"country": 10**9}, at_most_different={"country": 10**9})

    assert form_teams(FOUR, rules=rules).objective.rules < -(10**9)


@pytest.mark.parametrize("seed", [-1, 1.5, "1", None, pytest.param(-(10**5000), id="endless")])
@pytest.mark.parametrize(
    "ask",
    [
        lambda seed: form_teams(FOUR, rules=Rules(teams=2), seed=seed),
        lambda seed: placed(FOUR, [0, 0, 1, 1], rules=Rules(teams=2), seed=seed),
        lambda seed: repaired(FOUR, {"a": 1, "b": 2}, rules=Rules(teams=2), seed=seed),
    ],
)
def test_a_seed_that_is_no_whole_number_from_0_on_is_refused(ask: Callable[[Any], object], seed: Any) -> None:
    with pytest.raises(UnsuitableValue, match=r"^The seed must be a whole number from 0 on, not "):
        ask(seed)


@pytest.mark.parametrize(
    ("rules", "says"),
    [
        (
            {"shared": (Shared(attribute="country", level=NOTHING),)},
            "The level of a shared “country” must be a number",
        ),
        (
            {"shared": (Shared(attribute="country", level=HUGE),)},
            "The level of a shared “country” must be a number",
        ),
        ({"locked": {"a": "2"}}, "a is locked into “2”; give the number of a team"),
        ({"locked": {"a": None}}, "a is locked into “None”; give the number of a team"),
        ({"minimum_common_hours": None}, "The minimum of common hours must be a number from 0 to 168"),
        ({"minimum_common_hours": HUGE}, "The minimum of common hours must be a number from 0 to 168"),
        ({"at_least_two_of": "country"}, "The rule that nobody is the only one needs a tuple of attributes"),
        ({"facilitators": (Facilitator(key="f", name="Fatos", teams=HUGE),)}, "Fatos cannot accompany"),
        (
            {"facilitators": (Facilitator(key="f", name="Fatos", teams=1, free=frozenset([HALF])),)},
            "free hours",
        ),
    ],
)
def test_a_rule_with_an_unsuitable_number_is_refused(rules: dict[str, Any], says: str) -> None:
    with pytest.raises(UnsuitableValue, match=says):
        form_teams(FOUR, rules=Rules(teams=2, **rules))


@pytest.mark.parametrize("weight", [HUGE, ENDLESS, None, "1", float("nan"), -1])
def test_an_unsuitable_weight_is_refused(weight: Any) -> None:
    with pytest.raises(
        UnsuitableValue, match=r"^The weight of “country” must be a number from 0 to 1000, not "
    ):
        form_teams(FOUR, wishes=[Wish(attribute="country", kind="mix", weight=weight)], rules=Rules(teams=2))


@pytest.mark.parametrize("quarter", [1.5, 1.0, -1, 672, "1", None, HUGE])
def test_free_hours_that_are_no_quarter_hours_are_refused(quarter: Any) -> None:
    with pytest.raises(UnsuitableValue, match=r"^The free hours of Emir must be "):
        form_teams([*FOUR, free(0, quarter)], rules=Rules(teams=2))


def test_free_hours_that_are_no_set_are_refused() -> None:
    emir = Person(key="e", name="Emir", free=LIST)

    with pytest.raises(
        UnsuitableValue, match=r"^The free hours of Emir must be a frozenset of quarter-hours"
    ):
        form_teams([*FOUR, emir], rules=Rules(teams=2))


def test_quarter_hours_of_numpy_are_quarter_hours() -> None:
    five = [Person(key=key, name=key, free=frozenset(np.arange(8))) for key in "abcde"]

    assert not form_teams(five, rules=Rules(teams=2, minimum_common_hours=2)).violations


@pytest.mark.parametrize("value", [HUGE, -HUGE])
def test_a_number_too_large_to_compute_with_is_refused(value: int) -> None:
    with pytest.raises(UnsuitableValue, match=r"^“grade” of E is a number of more than 30 digits, too large"):
        form_teams(
            [person("e", grade=value), person("f", grade=2.0)],
            wishes=[Wish(attribute="grade", kind="balance")],
            rules=Rules(teams=1),
        )


@pytest.mark.parametrize("value", [object(), b"RS", (1, 2), ["RS", 3], np.array(["RS"]), np.bool_(True)])
def test_a_value_that_means_nothing_is_refused(value: Any) -> None:
    with pytest.raises(
        UnsuitableValue, match=r"^“country” of E is “.*”, which cannot be used: give a word, "
    ):
        form_teams([*FOUR, person("e", country=value)], wishes=MIX, rules=Rules(teams=2))


@pytest.mark.parametrize("level", ["B2", (), object()])
def test_a_level_that_is_no_number_is_refused(level: Any) -> None:
    with pytest.raises(UnsuitableValue, match=r"^“languages” of E is “.*”, which cannot be used"):
        form_teams(
            [*FOUR, person("e", languages={"English": level})],
            rules=Rules(teams=2, shared=(Shared(attribute="languages", level=3),)),
        )


@pytest.mark.parametrize(
    "several", [["RS", "AL"], {"RS", "AL"}, frozenset({"AL", "RS"}), {"RS": 3, "AL": None}]
)
def test_words_in_any_sequence_or_set_are_words(several: Any) -> None:
    given = form_teams([*FOUR, person("e", country=several)], wishes=MIX, rules=Rules(teams=2))
    as_tuple = form_teams([*FOUR, person("e", country=("AL", "RS"))], wishes=MIX, rules=Rules(teams=2))

    assert given.places == as_tuple.places
    assert given.objective == as_tuple.objective


@pytest.mark.parametrize("kind", [int, np.int64, np.int16, np.float64, np.float32, Decimal])
def test_a_number_of_any_kind_is_a_number(kind: Callable[[int], Any]) -> None:
    wishes = [Wish(attribute="grade", kind="balance")]
    plain, other = (
        form_teams(
            [person(key, grade=made(grade)) for key, grade in zip("abcd", (1, 9, 5, 5), strict=True)],
            wishes=wishes,
            rules=Rules(teams=2),
        )
        for made in (float, kind)
    )

    assert other.places == plain.places
    assert [outcome.mean for outcome in other.wishes] == [outcome.mean for outcome in plain.wishes]
    assert [reason.english for reason in explain(other, 1)] == [
        reason.english for reason in explain(plain, 1)
    ]


@pytest.mark.parametrize("places", [[0, 0, 1, 10**30], [0, 0, 1, "1"], [0, 0, 1, 1.5]])
def test_a_place_that_is_no_index_is_refused(places: Any) -> None:
    with pytest.raises(UnsuitableValue, match=r"^The places must be whole numbers"):
        placed(FOUR, places, rules=Rules())


def test_a_place_far_beyond_the_list_leaves_teams_empty() -> None:
    with pytest.raises(ImpossibleSizes, match=r"^Nobody is in team 3"):
        placed(FOUR, [0, 0, 1, 10**9], rules=Rules())
