"""The search: what it must find, what must not change what it finds, and what its score must respect."""

from __future__ import annotations

import hashlib
import os
import random
import subprocess
import sys
from collections import Counter
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classes_of_people import class_of, person, team_keys
from iahcalc.teams import AIMS, Aim, Person, Result, Rules, Shared, Wish, form_teams, placed, problem_of
from iahcalc.teams import _search as search
from iahcalc.teams._dealing import dealt
from iahcalc.teams._kernel import search_blocks
from iahcalc.teams._problem import Problem
from iahcalc.teams._regrouping import blocks_of, with_the_worst

SOURCE = Path(__file__).parents[3] / "src"
WISHES = (
    Wish(attribute="country", kind="mix", weight=2),
    Wish(attribute="profession", kind="mix"),
    Wish(attribute="level", kind="balance"),
)


def several_blocks() -> list[Person]:
    """More people than are searched as a whole, with two words that only a few have."""
    people = class_of(510)
    rare = {3: "Iceland", 250: "Iceland", 400: "Malta", 401: "Malta", 402: "Malta"}
    return [
        Person(
            key=one.key,
            name=one.name,
            attributes=dict(one.attributes) | ({"country": rare[number]} if number in rare else {}),
            free=one.free,
        )
        for number, one in enumerate(people)
    ]


RULES_OF_MANY = Rules(
    size_low=4,
    size_high=6,
    minimum_common_hours=1,
    at_least_two_of=("gender",),
    together=(("p0001", "p0300"), ("p0002", "p0200", "p0500")),
    apart=(("p0004", "p0104", "p0204", "p0304"),),
    not_again=tuple(
        tuple(f"p{number:04d}" for number in range(start, start + 5)) for start in range(0, 505, 5)
    ),
    locked={"p0000": 2, "p0300": 7},
)


@pytest.fixture(scope="module")
def many() -> Result:
    return form_teams(several_blocks(), wishes=WISHES, rules=RULES_OF_MANY, seed=3)


def test_many_people_in_several_blocks_are_each_in_one_team_and_the_rules_hold(many: Result) -> None:
    assert sorted(key for keys in team_keys(many) for key in keys) == [
        f"p{number:04d}" for number in range(510)
    ]
    assert Counter(len(keys) for keys in team_keys(many)) == Counter(many.problem.sizes)
    assert many.violations == ()
    assert many.objective.rules == 0
    assert many.team_of("p0000").number == 2
    assert many.team_of("p0001").number == 7


def test_a_rare_word_brings_its_people_together_from_wherever_they_are() -> None:
    result = form_teams(
        several_blocks(), wishes=WISHES, rules=Rules(size_high=5, at_least_two_of=("country",)), seed=1
    )

    assert not [one for one in result.violations if one.parameters["value"] in {"Iceland", "Malta"}]


def test_the_number_of_threads_changes_nothing(many: Result, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "_cores", lambda: 1)

    alone = form_teams(several_blocks(), wishes=WISHES, rules=RULES_OF_MANY, seed=3)

    assert alone.places == many.places


def test_a_fresh_process_finds_the_same_teams() -> None:
    code = (
        "import sys, hashlib; sys.path[:0] = sys.argv[1:]\n"
        "from classes_of_people import class_of\n"
        "from iahcalc.teams import Rules, Wish, form_teams\n"
        "made = form_teams(class_of(40), wishes=[Wish(attribute='country', kind='mix')],"
        " rules=Rules(teams=8, at_least_two_of=('gender',)), seed=5)\n"
        "print(hashlib.sha256(repr(made.places).encode()).hexdigest())"
    )

    printed = subprocess.run(
        [sys.executable, "-c", code, str(SOURCE), str(SOURCE.parent / "tests")],
        check=True,
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONHASHSEED": "7"},
    ).stdout

    here = form_teams(
        class_of(40),
        wishes=[Wish(attribute="country", kind="mix")],
        rules=Rules(teams=8, at_least_two_of=("gender",)),
        seed=5,
    )
    assert printed.strip() == hashlib.sha256(repr(here.places).encode()).hexdigest()


@pytest.mark.parametrize("aim", AIMS)
@pytest.mark.parametrize("seed", range(4))
def test_tiny_classes_get_the_best_teams_under_every_rule_and_either_aim(aim: Aim, seed: int) -> None:
    people = [
        Person(
            key=one.key,
            name=one.name,
            attributes=dict(one.attributes)
            | {"languages": {"English": 1.0 + number % 4, "Serbian": 5.0 - number % 3}},
            free=one.free,
        )
        for number, one in enumerate(class_of(8, seed=seed))
    ]
    rules = Rules(
        size_low=2,
        size_high=3,
        minimum_common_hours=2,
        shared=(Shared(attribute="languages", level=3),),
        at_most_different={"country": 2},
        not_again=(("p0000", "p0001", "p0002"), ("p0003", "p0004")),
        apart=(("p0005", "p0006"),),
        locked={"p0007": 3},
    )
    problem = problem_of(people, WISHES, rules, aim=aim)
    every = max(
        problem.objective(np.array(places))
        for places in product(range(3), repeat=8)
        if sorted(Counter(places).values(), reverse=True) == list(problem.sizes) and places[7] == 2
    )

    assert form_teams(people, wishes=WISHES, rules=rules, seed=seed, aim=aim).objective == every


# The search is a heuristic (with 40 other free quarters each, one case in hundreds is missed): the same cases every run.
@settings(max_examples=30, deadline=None, derandomize=True)
@given(
    st.integers(2, 6),
    st.integers(2, 5),
    st.randoms(use_true_random=False),
    st.sampled_from(["hours", "words", "mates", "last"]),
)
def test_rules_hold_where_teams_are_planted_in_which_they_hold(
    teams: int, size: int, dice: random.Random, by: str
) -> None:
    people: list[Person] = []
    rules: dict[str, Any] = {"teams": teams}
    for number in range(teams * size):
        own = number % teams
        people.append(
            person(
                f"p{number:02d}",
                free=frozenset({own, *dice.sample(range(100, 672), 4)}) if by == "hours" else None,
                languages={f"language {own}": 4.0, "English": 2.0} if by == "words" else None,
            )
        )
    if by == "hours":
        rules["minimum_common_hours"] = 0.25
    elif by == "words":
        rules["shared"] = (Shared(attribute="languages", level=3),)
    elif by == "mates":
        rules["together"] = tuple((f"p{own:02d}", f"p{own + teams:02d}") for own in range(teams))
        rules["apart"] = (tuple(f"p{own:02d}" for own in range(teams)),)
    elif size <= teams:
        rules["not_again"] = tuple(
            tuple(f"p{number:02d}" for number in range(start, start + size))
            for start in range(0, teams * size, size)
        )

    result = form_teams(people, rules=Rules(**rules), seed=dice.randrange(100))

    if by != "last" or size + 1 < teams:
        assert result.objective.rules == 0


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 2), min_size=9, max_size=9), st.integers(0, 50))
def test_a_rule_that_is_taken_away_never_makes_teams_worse(places: list[int], seed: int) -> None:
    people = class_of(9, seed=seed)
    places = [*places, 0, 1, 2]
    people += class_of(12, seed=seed + 1)[9:]
    every = Rules(
        size_low=2,
        size_high=9,
        minimum_common_hours=1,
        at_least_two_of=("gender",),
        at_most_different={"country": 2},
        shared=(Shared(attribute="languages"),),
        apart=(("p0000", "p0001"),),
        not_again=(("p0002", "p0003"),),
    )
    less = Rules(size_low=2, size_high=9, at_least_two_of=("gender",), apart=(("p0000", "p0001"),))

    strict, loose = (placed(people, places, wishes=WISHES, rules=rules).objective for rules in (every, less))

    assert loose >= strict
    assert (strict.worst, strict.total) == (loose.worst, loose.total)


def test_where_everybody_is_locked_everybody_stays() -> None:
    people = class_of(6)
    locked = {f"p{number:04d}": number % 3 + 1 for number in range(6)}

    assert form_teams(people, wishes=WISHES, rules=Rules(teams=3, locked=locked)).places == (0, 1, 2, 0, 1, 2)


@pytest.mark.parametrize("teams", [1, 2])
def test_two_people_are_teams(teams: int) -> None:
    result = form_teams(class_of(2), wishes=WISHES, rules=Rules(teams=teams, at_least_two_of=("gender",)))

    assert len(result.teams) == teams


def test_many_teams_of_one_are_teams() -> None:
    assert form_teams(class_of(420), wishes=WISHES, rules=Rules(teams=420)).objective.worst > 0


def test_many_people_alike_are_as_good_as_can_be() -> None:
    people = [person(f"p{number}", country="Serbia", level=1.0) for number in range(450)]

    result = form_teams(people, wishes=WISHES, rules=Rules(size_high=4))

    assert result.objective == result.problem.perfect


def test_the_worst_teams_meet_in_blocks_and_most_teams_in_none(many: Result) -> None:
    places = np.array(many.places)

    block_of_team = with_the_worst(many.problem, places, 1, 2, 20)
    blocks = blocks_of(block_of_team, places)

    assert np.bincount(block_of_team + 1).tolist() == [len(many.teams) - 40, 20, 20]
    assert block_of_team[int(np.argmin(many.standing.points))] >= 0
    assert blocks.teams.size == 40
    assert set(block_of_team[places[blocks.people]]) == {0, 1}


def annealed(problem: Problem, steps: int, goal: tuple[int, int, int]) -> list[int]:
    """Return places after annealing at one heat, so that more steps only go on where fewer end."""
    effort = search.Effort(steps=steps, heat=3_000, halvings=0, price=100_000, tries=0, shakes=0)
    places, blocks = dealt(problem, 1, 1)
    plan = effort.plan(len(problem.people), goal)
    search_blocks(*search.given(problem), places, *blocks_of(blocks, places), 0, 1, 1, plan)
    return places.tolist()


def test_a_search_stops_inside_where_every_wish_is_at_its_bound() -> None:
    people = [
        person(f"p{number:02}", country=f"C{number % 5}", profession=f"D{number // 5 % 5}")
        for number in range(50)
    ]
    wishes = [Wish(attribute=name, kind="mix") for name in ("country", "profession")]
    problem = problem_of(people, wishes, Rules(teams=10))
    goal = (0, problem.perfect.worst, problem.perfect.total)

    stopped = annealed(problem, 1_000, goal)

    assert problem.objective(dealt(problem, 1, 1)[0]) < problem.perfect
    assert problem.objective(np.array(stopped)) == problem.perfect
    assert annealed(problem, 2_000, goal) == stopped
    assert annealed(problem, 2_000, search.NO_GOAL) != stopped
