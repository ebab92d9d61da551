"""Every rule that does not hold is named, with the people it is about; and what holds is said."""

from __future__ import annotations

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from classes_of_people import class_of, person
from iahcalc.teams import CODES, Result, Rules, Shared, explain, form_teams, placed, sentence


def english(result: Result) -> list[str]:
    return [violation.english for violation in result.violations]


def test_a_team_without_a_common_language_names_who_lacks_the_nearest_one() -> None:
    people = [
        person("ana", languages={"English": 4, "Serbian": 6}),
        person("besa", languages={"English": 3, "Albanian": 6}),
        person("carlo", languages={"English": 2, "Italian": 6}),
        person("drita"),
    ]

    result = placed(
        people, [0, 0, 0, 0], rules=Rules(teams=1, shared=(Shared(attribute="languages", level=3),))
    )

    assert english(result) == ["no language that all have at level 3 or above: English is missing for Carlo"]
    assert result.violations[0].people == ("carlo",)
    assert result.objective.rules < 0


def test_a_language_that_nobody_has_at_the_level_names_all_who_have_languages() -> None:
    people = [
        person("ana", languages={"English": 2}),
        person("besa", languages={"English": 1}),
        person("drita"),
    ]

    result = placed(people, [0, 0, 0], rules=Rules(teams=1, shared=(Shared(attribute="languages", level=3),)))

    assert english(result) == ["no language that all have at level 3 or above"]
    assert result.violations[0].people == ("ana", "besa")
    assert result.violations[0].parameters["value"] is None


def test_the_language_all_speak_and_whose_is_not_known_is_said() -> None:
    people = [
        person("ana", languages={"English": 4, "Serbian": 6}),
        person("besa", languages=("English",)),
        person("drita"),
    ]
    shared = (Shared(attribute="languages", level=3), Shared(attribute="tool"))

    result = placed(people, [0, 0, 0], rules=Rules(teams=1, shared=shared))

    assert sentence(result, 1) == (
        "3 members; all speak English at level 3 or above; languages not known of Drita; "
        "tool not known of Ana, Besa and Drita."
    )
    assert result.violations == ()


def test_other_shared_words_are_had_and_not_spoken() -> None:
    people = [person(key, tool=("R", "Stata")) for key in ("ana", "besa")]

    result = placed(people, [0, 0], rules=Rules(teams=1, shared=(Shared(attribute="tool"),)))

    assert "all have the tool R and Stata" in sentence(result, 1)


def test_people_of_last_times_team_who_meet_again_are_named_once() -> None:
    people = [person(key) for key in ("ana", "besa", "carlo", "drita")]
    last = (("ana", "besa", "gone"), ("besa", "ana"), ("carlo", "drita"))

    result = placed(people, [0, 0, 0, 1], rules=Rules(teams=2, not_again=last, size_low=1, size_high=3))

    assert english(result) == ["Ana and Besa were in one team last time"]
    assert (result.violations[0].team, result.violations[0].people) == (1, ("ana", "besa"))
    assert sentence(result, 2) == "1 member; nobody was in one team with another of them last time."


def test_a_team_moved_by_hand_out_of_the_sizes_is_told() -> None:
    people = class_of(6)

    ranged = placed(people, [0, 0, 0, 0, 1, 1], rules=Rules(size_low=3, size_high=3))
    equal = placed(people, [0, 0, 0, 0, 1, 1], rules=Rules(teams=2))

    assert english(ranged) == english(equal) == ["4 members, 3 allowed", "2 members, 3 allowed"]
    assert english(placed(people, [0, 0, 0, 0, 0, 1], rules=Rules(size_low=2, size_high=4))) == [
        "5 members, 2 to 4 allowed",
        "1 member, 2 to 4 allowed",
    ]


def test_a_team_may_have_more_values_than_the_list_has_people() -> None:
    people = [person("ana", skills=("a", "b", "c")), person("besa")]

    result = placed(people, [0, 0], rules=Rules(teams=1, at_least_different={"skills": 2}))

    assert (result.violations, result.objective.rules) == ((), 0)


def test_unspoken_attributes_are_mentioned_neither_in_praise_nor_in_blame() -> None:
    people = [person("ana", gender="f", country="RS"), person("besa", gender="m", country="AL")]
    people += [person("carlo", gender="f"), person("drita", gender="m")]
    rules = Rules(teams=2, at_least_two_of=("gender",), at_least_different={"country": 2})

    result = placed(people, [0, 0, 1, 1], rules=rules)

    assert "gender" in sentence(result, 1)
    assert [reason.code for reason in explain(result, 1, unspoken={"gender"})] == ["people"]
    assert [reason.code for reason in explain(result, 2, unspoken={"gender"})] == [
        "people",
        "too_few_different",
    ]


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6), st.integers(2, 9), st.data())
def test_judging_teams_one_by_one_finds_the_rules_the_objective_counts(
    seed: int, size: int, data: st.DataObject
) -> None:
    people = class_of(size, seed=seed)
    keys = [one.key for one in people]
    group = st.lists(st.sampled_from(keys), max_size=4).map(tuple)
    rules = Rules(
        teams=data.draw(st.integers(1, size)),
        minimum_common_hours=data.draw(st.sampled_from([0, 1, 3])),
        shared=data.draw(st.sampled_from([(), (Shared(attribute="languages"),)])),
        at_least_two_of=data.draw(st.sampled_from([(), ("gender", "languages")])),
        at_most_different=data.draw(st.sampled_from([{}, {"country": 2}])),
        not_again=tuple(data.draw(st.lists(group, max_size=2))),
        apart=tuple(data.draw(st.lists(group, max_size=1))),
        together=tuple(data.draw(st.lists(group, max_size=1))),
    )

    result = form_teams(people, rules=rules)

    assert (result.objective.rules == 0) == (not result.violations)
    for violation in result.violations:
        assert violation.code in CODES
        assert violation.english
        assert json.loads(json.dumps(dict(violation.parameters))) == violation.parameters
        assert set(violation.people) <= set(keys)
        if violation.team is not None:
            assert violation in explain(result, violation.team)
