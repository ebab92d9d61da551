"""What an exchange or a move would change: the same as judging the changed teams anew."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classes_of_people import class_of, person
from iahcalc.teams import (
    Facilitator,
    ImpossibleSizes,
    Reason,
    Rules,
    Shared,
    UnknownPerson,
    UnknownTeam,
    Wish,
    form_teams,
    placed,
    what_if_moved,
    what_if_swapped,
)

WISHES = (
    Wish(attribute="country", kind="mix"),
    Wish(attribute="level", kind="balance"),
    Wish(attribute="languages", kind="cover"),
)
EVENING = frozenset(range(68, 76))


def rules_of(teams: int, keys: list[str]) -> Rules:
    return Rules(
        teams=teams,
        minimum_common_hours=2,
        at_least_two_of=("gender",),
        at_least_different={"country": 2},
        at_most_different={"profession": 2},
        shared=(Shared(attribute="languages"),),
        together=(tuple(keys[:2]),),
        apart=(tuple(keys[1:4]),),
        not_again=(tuple(keys[3:6]),),
        locked={keys[0]: 1},
        facilitators=(Facilitator(key="f", name="F", teams=1, free=EVENING),),
    )


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6), st.integers(6, 11), st.data())
def test_a_change_is_measured_as_if_all_teams_were_judged_anew(
    seed: int, size: int, data: st.DataObject
) -> None:
    people = class_of(size, seed=seed)
    keys = [one.key for one in people]
    teams = data.draw(st.integers(2, 4))
    rest = data.draw(st.lists(st.integers(0, teams - 1), min_size=size - teams, max_size=size - teams))
    before = placed(people, [*range(teams), *rest], wishes=WISHES, rules=rules_of(teams, keys))
    one, other = data.draw(st.sampled_from(keys)), data.draw(st.sampled_from(keys))

    changes = [what_if_swapped(before, one, other)]
    if len(before.team_of(one).people) > 1:
        changes.append(what_if_moved(before, one, data.draw(st.integers(1, teams))))

    for change in changes:
        anew = placed(people, change.places, wishes=WISHES, rules=before.problem.rules)
        assert change.after.places == anew.places == change.places
        assert change.after_objective == anew.objective
        assert change.before_objective == before.objective
        for found, there, gone in (
            (change.broken, anew, before),
            (change.mended, before, anew),
        ):
            wanted = [reason for reason in there.violations if reason not in gone.violations]
            assert len(found) == len(wanted)
            assert all(reason in wanted for reason in found)
        for number, team in change.after_teams.items():
            assert team == anew.team(number)
            assert change.before_teams[number] == before.team(number)
        assert not (change.better and change.worse)
        assert change.english


def test_an_exchange_tells_what_it_mends_and_breaks() -> None:
    people = [
        person(key, country=country)
        for key, country in zip("abcd", ["Italy", "Italy", "Serbia", "Serbia"], strict=True)
    ]
    rules = Rules(teams=2, at_least_different={"country": 2}, locked={"a": 1})
    result = placed(people, [0, 0, 1, 1], wishes=[Wish(attribute="country", kind="mix")], rules=rules)

    consequence = what_if_swapped(result, "b", "c")

    assert consequence.better
    assert not consequence.worse
    assert consequence.before_scores == {1: 0.0, 2: 0.0}
    assert consequence.after_scores == {1: 1.0, 2: 1.0}
    assert [reason.team for reason in consequence.mended] == [1, 2]
    assert consequence.broken == ()
    assert consequence.after.places == (0, 1, 0, 1)
    assert consequence.english == (
        "The teams become better: team 1 goes from 0% to 100% and team 2 goes from 0% to 100%; "
        "mended: only 1 country, at least 2 wanted (team 1); "
        "mended: only 1 country, at least 2 wanted (team 2)."
    )
    back = what_if_swapped(consequence.after, "b", "c")
    assert (back.better, back.worse) == (False, True)
    locked = what_if_swapped(result, "a", "c")
    assert locked.worse
    assert locked.broken == (
        Reason("not_in_locked_team", {"name": "A", "locked": 1, "placed": 2}, people=("a",)),
    )


def test_a_move_tells_what_happens_to_size_and_common_hours() -> None:
    people = [person(key, free=EVENING) for key in ("ana", "besa", "carlo")]
    people.append(person("drita", free=frozenset(range(72, 80))))
    result = placed(people, [0, 0, 1, 1], rules=Rules(teams=2))

    consequence = what_if_moved(result, "drita", 1)

    assert consequence.worse
    assert consequence.before_slots == {1: tuple(EVENING), 2: tuple(range(72, 76))}
    assert consequence.after_slots == {1: tuple(range(72, 76)), 2: tuple(EVENING)}
    assert consequence.english == (
        "The teams become worse: team 1 goes from 100% to 100% and team 2 goes from 100% to 100%; "
        "team 1 has 1 common hour a week instead of 2; team 2 has 2 common hours a week instead of 1; "
        "newly broken: 3 members, 2 allowed (team 1); newly broken: 1 member, 2 allowed (team 2)."
    )


def test_changing_nothing_changes_nothing() -> None:
    result = form_teams(class_of(6), rules=Rules(teams=1))

    for consequence in (
        what_if_swapped(result, "p0000", "p0001"),
        what_if_swapped(result, "p0000", "p0000"),
        what_if_moved(result, "p0000", 1),
    ):
        assert (consequence.better, consequence.worse) == (False, False)
        assert consequence.after_teams == {}
        assert consequence.english == "The teams stay equally good."


def test_what_cannot_be_asked_is_told_plainly() -> None:
    result = placed([person("ana"), person("besa")], [0, 1], rules=Rules(teams=2))

    with pytest.raises(UnknownPerson, match="zoe"):
        what_if_swapped(result, "ana", "zoe")
    with pytest.raises(UnknownPerson, match="zoe"):
        what_if_moved(result, "zoe", 1)
    with pytest.raises(UnknownTeam, match="1 to 2"):
        what_if_moved(result, "ana", 3)
    with pytest.raises(ImpossibleSizes, match=r"Team 1 would be empty\. Exchange Ana with somebody\."):
        what_if_moved(result, "ana", 2)
