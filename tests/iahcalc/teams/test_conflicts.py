"""Contradictions are recognised, with the right people, and nothing is called impossible that is possible."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import fields, replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classes_of_people import class_of, person
from iahcalc.teams import (
    CODES,
    Facilitator,
    Person,
    Rules,
    Shared,
    conflicts,
    form_teams,
    placed,
)
from iahcalc.teams._everyone import Everyone
from iahcalc.teams._violations import Judge, violations_of

MORNING, EVENING = frozenset(range(32, 40)), frozenset(range(68, 76))
SIZES = {"teams", "size_low", "size_high"}


def only(rules: Rules, names: tuple[str, ...]) -> Rules:
    """Return the rules without all but those named; sizes stay."""
    plain = Rules(teams=1)
    return replace(
        rules,
        **{
            field.name: getattr(plain, field.name)
            for field in fields(Rules)
            if field.name not in {*names, *SIZES}
        },
    )


words = st.sampled_from(["a", "b", "c"]) | st.none()
hours = st.none() | st.sampled_from([MORNING, EVENING, MORNING | EVENING, frozenset(range(36, 40))])


@st.composite
def tight_tasks(draw: st.DrawFn) -> tuple[list[Person], Rules, list[int]]:
    """Few people and many rules: contradictions are frequent."""
    size = draw(st.integers(2, 6))
    keys = "abcdefgh"[:size]
    languages = st.dictionaries(st.sampled_from(["E", "S"]), st.integers(1, 4), max_size=2)
    several = st.lists(st.sampled_from("xyz"), max_size=2).map(tuple)
    people = [
        person(key, free=draw(hours), word=draw(words), languages=draw(languages), several=draw(several))
        for key in keys
    ]
    teams = draw(st.integers(1, size))
    places = [
        *range(teams),
        *draw(st.lists(st.integers(0, teams - 1), min_size=size - teams, max_size=size - teams)),
    ]
    group = st.lists(st.sampled_from(keys), min_size=2, max_size=4).map(tuple)
    groups = st.lists(group, max_size=2).map(tuple)
    attribute = st.sampled_from(["word", "several"])
    limits = st.dictionaries(attribute, st.integers(1, 3), max_size=1)
    rules = Rules(
        teams=teams,
        minimum_common_hours=draw(st.sampled_from([0, 1, 2])),
        at_least_two_of=draw(st.sampled_from([(), ("word",), ("several",)])),
        at_most_different=draw(limits),
        at_least_different=draw(limits),
        shared=draw(st.sampled_from([(), (Shared(attribute="languages", level=3),)])),
        together=draw(groups),
        apart=draw(groups),
        not_again=draw(groups),
        locked=draw(st.dictionaries(st.sampled_from(keys), st.integers(1, teams), max_size=3)),
    )
    return people, rules, places


def _groups(people: list[Person], places: tuple[int, ...]) -> list[list[Person]]:
    return [
        [one for one, place in zip(people, places, strict=True) if place == team]
        for team in range(max(places) + 1)
    ]


@settings(max_examples=150, deadline=None)
@given(tight_tasks())
def test_what_is_proved_impossible_is_impossible(task: tuple[list[Person], Rules, list[int]]) -> None:
    people, rules, given_places = task
    sizes = sorted(Counter(given_places).values())
    if max(sizes) - min(sizes) > 1:
        # Teams made by hand: the sizes are allowed, so that only the other rules are judged.
        rules = replace(rules, size_low=1, size_high=len(people))
    result = placed(people, given_places, rules=rules)
    every = [
        places
        for places in product(range(len(sizes)), repeat=len(people))
        if sorted(Counter(places).values()) == sizes
    ]

    found = conflicts(result, trials=0)

    if not result.violations:
        assert found == ()
    for conflict in found:
        assert conflict.english
        assert set(conflict.people) <= {one.key for one in people}
        for reason in conflict.reasons:
            assert reason.code in CODES
            assert json.loads(json.dumps(dict(reason.parameters))) == reason.parameters
        if conflict.proved:
            judge = Judge(Everyone(people), only(rules, conflict.rules), teams=len(sizes))
            assert all(violations_of(_groups(people, places), judge) for places in every), conflict.english


@settings(max_examples=60, deadline=None)
@given(tight_tasks())
def test_every_broken_rule_is_in_a_conflict(task: tuple[list[Person], Rules, list[int]]) -> None:
    people, rules, _ = task

    result = form_teams(people, rules=rules)
    found = conflicts(result, trials=3)

    assert bool(found) == bool(result.violations)
    assert all(conflict.rules and conflict.reasons for conflict in found)


def test_teams_made_by_hand_that_could_keep_all_rules_are_told_to_be_formed_again() -> None:
    people = [
        person(key, country=country) for key, country in zip("abcd", ["RS", "RS", "AL", "AL"], strict=True)
    ]
    rules = Rules(teams=2, at_least_different={"country": 2})

    (conflict,) = conflicts(placed(people, [0, 0, 1, 1], rules=rules))

    assert (conflict.rules, conflict.people, conflict.proved) == (
        ("at_least_different",),
        tuple("abcd"),
        False,
    )
    assert conflict.english == "Other teams keep all these rules (found by trial); form the teams again."


def test_rules_without_a_proof_are_tried_one_by_one() -> None:
    # Three pairs of whom each wants to be with the next: no pair of rules contradicts, all three do.
    people = [person(key, country=country) for key, country in zip("abcdef", "xxyyzz", strict=True)]
    rules = Rules(
        teams=3,
        at_least_two_of=("country",),
        not_again=(("a", "b"),),
        together=(("a", "c"),),
        locked={"b": 1, "d": 1},
    )

    found = conflicts(form_teams(people, rules=rules))

    assert found
    for conflict in found:
        assert "at_least_two_of" in conflict.rules


def test_without_trials_nothing_is_claimed() -> None:
    people = [
        person(key, country=country) for key, country in zip("abcd", ["RS", "RS", "AL", "AL"], strict=True)
    ]
    rules = Rules(teams=2, at_least_different={"country": 2})

    (conflict,) = conflicts(placed(people, [0, 0, 1, 1], rules=rules), trials=0)

    assert not conflict.proved
    assert conflict.english == (
        "“the fewest different values” could not be kept everywhere; that is not proved impossible, "
        "another seed or more time may find it."
    )


def test_a_conflict_about_an_unspoken_attribute_names_nobody() -> None:
    people = [person("ana", gender="f"), *(person(key, gender="m") for key in "bcd")]
    result = form_teams(people, rules=Rules(teams=2, at_least_different={"gender": 2}))

    (conflict,) = conflicts(result, unspoken={"gender"})

    assert conflict.proved
    assert conflict.people == ()
    assert conflict.english == (
        "A rule about something that is not shown here cannot be kept: “the fewest different values”; loosen it."
    )


def test_a_facilitator_without_a_common_hour_is_no_conflict_of_the_search() -> None:
    people = [person("ana", free=MORNING), person("besa", free=MORNING)]
    rules = Rules(teams=1, facilitators=(Facilitator(key="f", name="F", teams=1, free=EVENING),))

    (conflict,) = conflicts(form_teams(people, rules=rules))

    assert (conflict.rules, conflict.proved) == (("facilitators",), False)


def test_a_long_list_is_judged_in_bounded_time() -> None:
    people = class_of(1500)
    keys = [one.key for one in people]
    rules = Rules(
        teams=300,
        minimum_common_hours=30,
        at_least_two_of=("gender",),
        apart=(tuple(keys[:400]),),
        together=(tuple(keys[:7]),),
        not_again=tuple(tuple(keys[start : start + 5]) for start in range(0, 1500, 5)),
    )

    found = conflicts(placed(people, [number % 300 for number in range(1500)], rules=rules))

    assert {conflict.rules for conflict in found} >= {("together",), ("apart",), ("together", "apart")}


def test_a_proof_says_how_many_teams_it_is_about_and_which_other_number_may_hold() -> None:
    people = [person(f"p{number}", country="IT" if number < 2 else "RS") for number in range(8)]
    rules = Rules(size_low=2, size_high=4, at_least_different={"country": 2})

    (conflict,) = conflicts(form_teams(people, rules=rules))

    assert (conflict.rules, conflict.proved, conflict.teams) == (("at_least_different",), True, 3)
    assert conflict.scope == "proved for 3 teams of these sizes"
    assert conflict.english.endswith(
        "; with 2 teams, which the sizes allow as well, nothing is proved against it."
    )
    assert not form_teams(people, rules=replace(rules, teams=2)).violations


@pytest.mark.parametrize(
    "rules",
    [
        # A number was asked for.
        Rules(teams=3, size_low=2, size_high=4, at_least_different={"country": 2}),
        # No other number is possible.
        Rules(size_low=2, size_high=3, at_least_different={"country": 2}),
        # The same rule is proved to break with every other number as well.
        Rules(size_low=2, size_high=4, at_least_different={"country": 3}),
        # A lock needs the third team.
        Rules(size_low=2, size_high=4, at_least_different={"country": 2}, locked={"p7": 3}),
    ],
)
def test_no_other_number_is_named_where_none_may_hold(rules: Rules) -> None:
    people = [person(f"p{number}", country="IT" if number < 2 else "RS") for number in range(8)]

    found = conflicts(form_teams(people, rules=rules))

    assert any(conflict.proved for conflict in found)
    assert all(reason.code != "another_number" for conflict in found for reason in conflict.reasons)
