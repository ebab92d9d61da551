from __future__ import annotations

from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iahcalc.reviews import allocate


def loads_of(shared: list[tuple[int, ...]], works: int) -> list[int]:
    return [sum(work in mine for mine in shared) for work in range(works)]


def squares(shared: list[tuple[int, ...]], works: int) -> int:
    return sum(load**2 for load in loads_of(shared, works))


def least_squares(forbidden: list[set[int]], works: int, each: int) -> int:
    """The best balance there is, by trying everything."""
    choices = []
    for own in forbidden:
        free = [work for work in range(works) if work not in own]
        choices.append(list(combinations(free, min(each, len(free)))))
    return min(squares(list(one), works) for one in product(*choices))


@st.composite
def small_courses(draw: st.DrawFn) -> tuple[list[set[int]], int, int]:
    works = draw(st.integers(1, 4))
    owns = st.sets(st.integers(0, works - 1), max_size=works)
    return draw(st.lists(owns, min_size=1, max_size=4)), works, draw(st.integers(1, 3))


@settings(max_examples=150, deadline=None)
@given(small_courses(), st.integers(0, 9))
def test_no_allocation_is_more_balanced(course: tuple[list[set[int]], int, int], seed: int) -> None:
    forbidden, works, each = course

    shared = allocate(forbidden, works=works, each=each, seed=seed)

    for own, mine in zip(forbidden, shared, strict=True):
        assert not own & set(mine)
        assert len(mine) == len(set(mine)) == min(each, works - len(own))
    assert squares(shared, works) == least_squares(forbidden, works, each)


@settings(max_examples=60, deadline=None)
@given(st.integers(5, 40), st.integers(1, 4), st.integers(0, 99))
def test_everybody_who_has_a_work_gets_as_many_reviews(people: int, each: int, seed: int) -> None:
    own = [{one} for one in range(people)]

    shared = allocate(own, works=people, each=each, seed=seed)

    assert set(loads_of(shared, people)) == {each}


def test_the_members_of_a_team_never_review_their_own_work() -> None:
    teams = [person // 4 for person in range(24)]

    shared = allocate([{team} for team in teams], works=6, each=3, seed=5)

    assert loads_of(shared, 6) == [12] * 6
    assert all(team not in mine for team, mine in zip(teams, shared, strict=True))


def test_one_seed_gives_one_allocation() -> None:
    own = [{one} for one in range(30)]

    first = allocate(own, works=30, each=3, seed=11)

    assert first == allocate(own, works=30, each=3, seed=11)
    assert first != allocate(own, works=30, each=3, seed=12)


def test_a_late_work_gets_its_share_without_touching_what_is_begun() -> None:
    own = [{one} for one in range(12)]
    before = allocate(own[:11], works=11, each=3, seed=3)
    begun = [{mine[0]} for mine in before] + [set()]
    planned = [set(mine[1:]) for mine in before] + [set()]

    after = allocate(own, works=12, each=3, seed=3, begun=begun, planned=planned)

    assert all(one <= set(mine) for one, mine in zip(begun, after, strict=True))
    assert loads_of(after, 12) == [3] * 12
    moved = sum(len(set(mine) - set(kept)) for mine, kept in zip(after[:11], before, strict=True))
    assert moved == 3


def test_what_is_begun_stays_even_where_more_are_asked_of_nobody() -> None:
    shared = allocate([{0}, {1}], works=3, each=1, seed=1, begun=[{1, 2}, set()], planned=[set(), {0}])

    assert shared == [(1, 2), (0,)]


def test_a_planned_review_of_a_work_that_became_ones_own_goes_back() -> None:
    shared = allocate([{0, 1}], works=3, each=1, seed=1, planned=[{1}])

    assert shared == [(2,)]


def test_nobody_can_review_where_there_is_one_work_only() -> None:
    assert allocate([{0}], works=1, each=3, seed=1) == [()]
    assert allocate([], works=0, each=3, seed=1) == []


def test_ten_thousand_people_are_served_evenly() -> None:
    people = 10_000

    shared = allocate([{one} for one in range(people)], works=people, each=3, seed=1)

    counts = [0] * people
    for mine in shared:
        for work in mine:
            counts[work] += 1
    assert set(counts) == {3}
    # Groups of people who only review one another would make leniency unknowable.
    assert len(set(shared)) > 0.99 * people


@pytest.mark.parametrize(
    ("forbidden", "words"),
    [
        ({"works": -1, "each": 1}, "negative"),
        ({"works": 2, "each": -1}, "negative"),
        ({"works": 2, "each": 1, "begun": []}, "one set"),
        ({"works": 2, "each": 1, "planned": [{2}]}, "numbered"),
    ],
)
def test_a_wrong_call_is_refused(forbidden: dict[str, object], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        allocate([set()], seed=1, **forbidden)  # type: ignore[arg-type]  # wrong on purpose
