"""Newcomers get places, who left leaves, and nobody else is moved without need."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classes_of_people import class_of, person
from iahcalc.teams import (
    DuplicatePeople,
    ImpossibleSizes,
    Move,
    Person,
    Rules,
    UnknownPerson,
    UnknownTeam,
    Wish,
    form_teams,
    problem_of,
    repaired,
)

WISHES = (Wish(attribute="country", kind="mix"), Wish(attribute="level", kind="balance"))


def fewest(people: list[Person], before: Mapping[str, int], rules: Rules) -> tuple[int, int]:
    """Return (cost of broken rules, moves) of the best of all teams there could be."""
    ordered = sorted(people, key=lambda one: one.key)
    home = [before.get(one.key) for one in ordered]
    return min(
        (
            -problem.objective(np.array(places)).rules,
            sum(was is not None and numbers[place] != was for was, place in zip(home, places, strict=True)),
        )
        for numbers, problem, every in _all_there_could_be(ordered, before, rules)
        for places in every
    )


def _all_there_could_be(people: list[Person], before: Mapping[str, int], rules: Rules) -> Iterator[tuple]:
    size, known = len(people), sorted(set(before.values()))
    low, high = rules.size_low or 1, rules.size_high or size
    present = {before[one.key] for one in people if one.key in before}
    possible = [rules.teams] if rules.teams else range(-(-size // high), size // low + 1)
    for teams in possible or [len(present)]:
        new = range(max(known) + 1, max(known) + 1 + teams)
        for numbers in combinations([*known, *new], teams):
            if not {*rules.locked.values()} <= {*numbers}:
                continue
            locked = {key: numbers.index(number) for key, number in rules.locked.items()}
            problem = problem_of(
                people,
                WISHES,
                replace(rules, locked={key: team + 1 for key, team in locked.items()}),
                sizes=[size - teams + 1, *[1] * (teams - 1)],
                measured=range(1, size + 1),
            )
            every = [
                places
                for places in product(range(teams), repeat=size)
                if len(set(places)) == teams
                and all(
                    locked.get(one.key, place) == place for one, place in zip(people, places, strict=True)
                )
            ]
            yield numbers, problem, every


@st.composite
def changes(draw: st.DrawFn) -> tuple[list[Person], dict[str, int], Rules]:
    """A few people of whom some are new and some have left, and rules that ask for moves."""
    people = class_of(draw(st.integers(3, 6)), seed=draw(st.integers(0, 10**6)))
    keys = [one.key for one in people]
    new, gone = draw(st.integers(0, 2)), draw(st.integers(0, 1))
    before = {key: draw(st.integers(1, 3)) for key in keys[new:]}
    here = [one for one in people if one.key not in keys[len(keys) - gone :]]
    pairs = st.lists(
        st.lists(st.sampled_from([one.key for one in here]), min_size=2, max_size=2).map(tuple), max_size=1
    )
    sizes = draw(
        st.sampled_from(
            [{"size_low": 2, "size_high": 3}, {"size_low": 1, "size_high": 3}, {"size_high": 4}, {"teams": 2}]
        )
    )
    rules = Rules(
        **sizes,
        minimum_common_hours=draw(st.sampled_from([0, 2])),
        at_least_two_of=draw(st.sampled_from([(), ("gender",)])),
        at_least_different=draw(st.sampled_from([{}, {"country": 2}])),
        apart=tuple(draw(pairs)),
        together=tuple(draw(pairs)),
        not_again=tuple(draw(pairs)),
        locked={
            key: before[key] for key in keys[new : new + 1] if draw(st.booleans()) and here[-1].key >= key
        },
    )
    return here, before, rules


@settings(max_examples=20, deadline=None, derandomize=True)
@given(changes())
def test_no_teams_keep_more_rules_with_fewer_moves(task: tuple[list[Person], dict[str, int], Rules]) -> None:
    people, before, rules = task
    keys = {one.key for one in people}
    rules = replace(rules, locked={key: team for key, team in rules.locked.items() if key in keys})
    if rules.teams and len({*rules.locked.values()}) > rules.teams:
        return

    done = repaired(people, before, wishes=WISHES, rules=rules)

    assert (-done.result.objective.rules, len(done.moved)) == fewest(people, before, rules)
    assert done.number_of.keys() == keys
    assert set(done.joined) == keys - before.keys()
    assert set(done.left) == before.keys() - keys
    assert done.moved == tuple(
        Move(key, before[key], number)
        for key, number in sorted(done.number_of.items())
        if before.get(key, number) != number
    )
    assert all(done.number_of[key] == number for key, number in rules.locked.items())
    assert sorted(done.number_of.values()) == sorted(
        number for number, team in zip(done.numbers, done.result.teams, strict=True) for _ in team.people
    )
    assert done.english


def test_who_joins_gets_a_place_and_nobody_else_is_moved() -> None:
    people = class_of(30)
    before = form_teams(people, wishes=WISHES, rules=Rules(size_low=4, size_high=6)).number_of
    joining = [replace(one, key=f"new {one.key}") for one in class_of(2, seed=7)]

    done = repaired([*people[2:], *joining], before, wishes=WISHES, rules=Rules(size_low=4, size_high=6))

    assert (done.moved, done.joined, done.left) == ((), ("new p0000", "new p0001"), ("p0000", "p0001"))
    assert done.result.violations == ()
    assert {key: done.number_of[key] for key in before if key not in done.left} == {
        key: number for key, number in before.items() if key not in done.left
    }


def test_the_last_one_of_a_team_joins_others_and_the_number_is_gone() -> None:
    people = [person(key) for key in ("ana", "besa", "carlo", "drita", "emir")]
    before = {"ana": 1, "besa": 1, "carlo": 2, "zoe": 2, "drita": 4, "emir": 4}

    done = repaired(people, before, rules=Rules(size_low=2, size_high=3))

    assert (done.numbers, done.dissolved) == ((1, 4), (2,))
    assert done.moved == (Move("carlo", 2, 1),)
    assert done.english == ("Team 2 no longer exists; 1 person left; Carlo moves from team 2 to team 1.")


def test_a_move_says_what_would_be_broken_without_it() -> None:
    people = [person(key, country="RS" if key < "c" else "AL") for key in "abcdef"]
    before = {"a": 1, "c": 1, "d": 1, "b": 2, "e": 2, "f": 2}

    done = repaired(people, before, rules=Rules(teams=2, together=(("a", "b"),), locked={"a": 1}))

    assert Move("b", 2, 1) in done.moved
    assert len(done.moved) == 2
    assert "B moves from team 2 to team 1 (else: A and B should share a team and do not" in done.english


def test_many_newcomers_open_a_new_team() -> None:
    people = [person(key) for key in "abcdefghi"]
    before = dict.fromkeys("abc", 1) | dict.fromkeys("def", 3)

    done = repaired(people, before, rules=Rules(size_low=3, size_high=3))

    assert done.numbers == (1, 3, 4)
    assert [done.number_of[key] for key in "ghi"] == [4, 4, 4]
    assert done.moved == ()


def test_nothing_to_do_changes_nothing() -> None:
    people = class_of(8)
    before = {one.key: number % 2 + 1 for number, one in enumerate(people)}

    done = repaired(people, before, wishes=WISHES, rules=Rules(teams=2))

    assert done.number_of == before
    assert (done.moved, done.joined, done.left, done.english) == ((), (), (), "Nothing changes.")


def test_without_anybody_of_before_teams_are_formed_anew() -> None:
    done = repaired(class_of(6), {"zoe": 3}, wishes=WISHES, rules=Rules(teams=2))

    assert done.numbers == (1, 2)
    assert len(done.joined) == 6
    assert done.left == ("zoe",)


def test_sizes_that_cannot_be_met_are_a_broken_rule_and_not_a_fault() -> None:
    people = [person(key) for key in "abcdefg"]

    done = repaired(people, dict.fromkeys("abcdef", 1), rules=Rules(size_low=4, size_high=5))

    assert [violation.code for violation in done.result.violations] == ["wrong_size"]
    assert done.moved == ()


def test_rules_may_still_name_who_left() -> None:
    people = [person(key) for key in "abc"]
    rules = Rules(teams=2, together=(("a", "zoe"),), apart=(("b", "zoe"),), locked={"zoe": 1})

    done = repaired(people, {"a": 1, "b": 1, "c": 2, "zoe": 2}, rules=rules)

    assert done.moved == ()


def test_the_same_repair_comes_of_the_same_seed_in_any_order() -> None:
    people = class_of(20)
    before = {one.key: number % 4 + 1 for number, one in enumerate(people[:17])}
    rules = Rules(teams=4, at_least_two_of=("gender",), minimum_common_hours=2)

    one = repaired(people, before, wishes=WISHES, rules=rules, seed=3)
    other = repaired(people[::-1], before, wishes=WISHES, rules=rules, seed=3)

    assert one.number_of == other.number_of


def test_hundreds_of_people_are_repaired_around_the_few_who_changed() -> None:
    people = class_of(400)
    before = {one.key: number % 80 + 1 for number, one in enumerate(people)}
    joining = [replace(one, key=f"new {one.key}") for one in class_of(5, seed=7)]

    done = repaired([*people[10:], *joining], before, wishes=WISHES, rules=Rules(size_low=4, size_high=6))

    assert done.moved == ()
    assert set(Counter(done.number_of.values()).values()) <= {4, 5, 6}


@pytest.mark.parametrize(
    ("people", "before", "rules", "fault", "words"),
    [
        ([person("a"), person("a")], {"a": 1}, Rules(teams=1), DuplicatePeople, "more than once"),
        ([person("a")], {"a": 0}, Rules(teams=1), UnknownTeam, "from 1"),
        ([person("a")], {"a": 1}, Rules(teams=2), ImpossibleSizes, "1 people cannot fill 2 teams"),
        ([person("a")], {"a": 1}, Rules(teams=1, locked={"a": 2}), UnknownTeam, "was not there before"),
        ([person("a")], {"a": 1}, Rules(teams=1, apart=(("a", "zoe"),)), UnknownPerson, "zoe"),
        (
            [person("a"), person("b")],
            {"a": 1, "b": 2},
            Rules(teams=1, locked={"a": 1, "b": 2}),
            UnknownTeam,
            "more teams than there are to be",
        ),
    ],
)
def test_what_cannot_be_repaired_is_told_plainly(
    people: list[Person], before: dict[str, int], rules: Rules, fault: type[Exception], words: str
) -> None:
    with pytest.raises(fault, match=words):
        repaired(people, before, rules=rules)
