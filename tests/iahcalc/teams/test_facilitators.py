"""Who accompanies which team: never more than they can, nobody left out who could be served."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classes_of_people import person
from iahcalc.teams import (
    DuplicatePeople,
    Facilitator,
    Rules,
    Shared,
    UnsuitableValue,
    form_teams,
    placed,
    sentence,
)
from iahcalc.teams._matching import matched

MORNING, EVENING = frozenset(range(32, 40)), frozenset(range(68, 76))


def _worth(chosen: tuple[int | None, ...], columns: int) -> tuple[int, int]:
    loads = [chosen.count(column) for column in range(columns)]
    return sum(loads), -sum(load * load for load in loads)


@settings(max_examples=150, deadline=None)
@given(st.data(), st.integers(1, 5), st.integers(1, 3))
def test_no_assignment_serves_more_teams_or_is_more_equal(
    data: st.DataObject, rows: int, columns: int
) -> None:
    cells = data.draw(st.lists(st.booleans(), min_size=rows * columns, max_size=rows * columns))
    limits = data.draw(st.lists(st.integers(0, 3), min_size=columns, max_size=columns))
    allowed = np.array(cells).reshape(rows, columns)

    chosen = matched(allowed, limits)

    possible = [
        choice
        for choice in product([None, *range(columns)], repeat=rows)
        if all(column is None or allowed[row, column] for row, column in enumerate(choice))
        and all(choice.count(column) <= limit for column, limit in enumerate(limits))
    ]
    assert tuple(chosen) in possible
    assert _worth(tuple(chosen), columns) == max(_worth(choice, columns) for choice in possible)


def test_thousands_of_teams_are_served_as_equally_as_possible() -> None:
    teams = np.arange(5000)
    allowed = (teams[:, None] + np.arange(300)) % 300 < 7

    chosen = matched(allowed, [20] * 300)

    loads = np.bincount([column for column in chosen if column is not None], minlength=300)
    assert None not in chosen
    assert (loads.min(), loads.max()) == (16, 17)


def test_hours_and_language_decide_who_can_accompany_a_team() -> None:
    people = [
        person("ana", free=MORNING, languages={"Serbian": 6}),
        person("besa", free=EVENING, languages={"Albanian": 6, "English": 4}),
        person("carlo"),
    ]
    facilitators = (
        Facilitator(key="dr-a", name="Dr A", teams=2, free=EVENING, attributes={"languages": {"English": 5}}),
        Facilitator(key="dr-b", name="Dr B", teams=1, free=MORNING | EVENING),
    )
    rules = Rules(teams=3, facilitators=facilitators, shared=(Shared(attribute="languages", level=3),))

    result = placed(people, [0, 1, 2], rules=rules)

    assert result.facilitator_of == {1: "dr-b", 2: "dr-a", 3: "dr-a"}
    assert result.violations == ()
    assert "accompanied by Dr A" in sentence(result, 2)


def test_a_team_without_a_facilitator_is_told_why() -> None:
    people = [
        person("ana", free=frozenset({1}), languages="Serbian"),
        person("besa", free=EVENING, languages="Albanian"),
        person("carlo", free=EVENING, languages="English"),
        person("drita", free=EVENING, languages="English"),
    ]
    one = Facilitator(key="a", name="A", teams=1, free=EVENING, attributes={"languages": "English"})
    rules = Rules(teams=4, facilitators=(one,), shared=(Shared(attribute="languages"),))

    result = placed(people, [0, 1, 2, 3], rules=rules)

    assert [(reason.team, reason.code) for reason in result.violations] == [
        (1, "no_facilitator_hours"),
        (2, "no_facilitator_word"),
        (4, "no_facilitator_left"),
    ]
    assert result.facilitator_of == {1: None, 2: None, 3: "a", 4: None}
    assert all(reason.english for reason in result.violations)


def test_the_order_of_facilitators_changes_nothing_and_none_is_no_rule() -> None:
    people = [person(f"p{number}") for number in range(6)]
    facilitators = [Facilitator(key=key, name=key, teams=3) for key in "cab"]

    one = placed(people, range(6), rules=Rules(teams=6, facilitators=tuple(facilitators)))
    other = placed(people, range(6), rules=Rules(teams=6, facilitators=tuple(facilitators[::-1])))

    assert one.facilitator_of == other.facilitator_of
    assert sorted(one.facilitator_of.values(), key=str) == ["a", "a", "b", "b", "c", "c"]
    assert placed(people, range(6), rules=Rules(teams=6)).facilitator_of == {}


@pytest.mark.parametrize(
    ("facilitators", "fault"),
    [
        ([Facilitator(key="a", name="A", teams=1)] * 2, DuplicatePeople),
        ([Facilitator(key="a", name="A", teams=-1)], UnsuitableValue),
        ([Facilitator(key="a", name="A", teams=1, free=frozenset({672}))], UnsuitableValue),
    ],
)
def test_unusable_facilitators_are_refused(facilitators: list[Facilitator], fault: type[Exception]) -> None:
    with pytest.raises(fault):
        form_teams([person("ana")], rules=Rules(teams=1, facilitators=tuple(facilitators)))
