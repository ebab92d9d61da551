"""Why a person is in a team: true sentences, few, the most telling first."""

from __future__ import annotations

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from classes_of_people import class_of, person
from iahcalc.teams import (
    CODES,
    Rules,
    Shared,
    Wish,
    explain_person,
    form_teams,
    person_sentence,
    placed,
)

EVENING = frozenset(range(68, 76))


def test_what_only_a_person_brings_and_whom_they_keep_company_is_said() -> None:
    people = [
        person("ana", country="Italy", profession="nursing", level=6.0, free=EVENING),
        person("besa", country="Italy", profession="medicine", level=2.0, free=EVENING),
        person("carlo", country="Serbia", profession="medicine", level=2.0),
        person("drita", country="Serbia", profession="medicine", level=4.0),
    ]
    wishes = [Wish(attribute="profession", kind="mix"), Wish(attribute="level", kind="balance")]
    rules = Rules(teams=1, at_least_two_of=("country",), locked={"ana": 1})

    result = placed(people, [0] * 4, wishes=wishes, rules=rules)

    assert person_sentence(result, "ana") == (
        "Ana is in team 1: Ana is locked into this team; "
        "without Ana, Besa would be the only one with the country Italy; "
        "only Ana brings the profession nursing; "
        "with level 6, Ana takes the mean from 2.7 to 3.5 (everyone 3.5); "
        "Ana and the others have 2 common hours a week (Mon 17:00-19:00 UTC)."
    )


def test_rules_about_people_come_first() -> None:
    people = [person(key) for key in ("ana", "besa", "carlo")]
    rules = Rules(teams=2, together=(("ana", "besa"),), apart=(("ana", "carlo"),))

    result = placed(people, [0, 0, 1], rules=rules)

    assert person_sentence(result, "ana") == (
        "Ana is in team 1: Ana is to share a team with Besa; Ana is to be in another team than Carlo."
    )
    assert [reason.people for reason in explain_person(result, "ana")] == [("ana", "besa"), ("ana", "carlo")]


def test_what_a_rule_would_lose_without_a_person_is_said() -> None:
    people = [person("ana", country="RS"), person("besa", country="AL"), person("carlo", country="AL")]

    result = placed(people, [0, 0, 0], rules=Rules(teams=1, at_least_different={"country": 2}))

    assert person_sentence(result, "ana") == (
        "Ana is in team 1: without Ana (the country RS) the team would have only 1 country, at least 2 wanted."
    )


def test_shared_values_and_languages_are_said() -> None:
    people = [
        person("ana", topic="heart", languages={"English": 4}, age=30.0),
        person("besa", topic="heart", languages={"English": 5}, age=25.0),
        person("carlo", topic="lung", age=35.0),
    ]
    wishes = [Wish(attribute="topic", kind="gather"), Wish(attribute="age", kind="gather")]

    result = placed(
        people,
        [0, 0, 0],
        wishes=wishes,
        rules=Rules(teams=1, shared=(Shared(attribute="languages", level=3),)),
    )

    assert person_sentence(result, "ana") == (
        "Ana is in team 1: Ana shares the topic heart with Besa; "
        "with age 30, Ana is within what the others have (25 to 35); "
        "Ana, as all the others, can speak English at level 3 or above."
    )


def test_a_spread_and_a_share_are_said() -> None:
    people = [
        person("ana", age=60.0, gender="f"),
        person("besa", age=20.0, gender="m"),
        person("carlo", age=30.0, gender="f"),
        person("drita", age=30.0, gender="m"),
    ]
    wishes = [Wish(attribute="age", kind="mix"), Wish(attribute="gender", kind="balance")]

    result = placed(people, [0, 0, 1, 1], wishes=wishes, rules=Rules(teams=2))

    assert person_sentence(result, "ana") == (
        "Ana is in team 1: Ana has age 60, the others 20; "
        "Ana is the only one with the gender f among 2; in the whole list it is 50%."
    )
    assert "gender" not in person_sentence(result, "ana", unspoken={"gender"})


def test_a_broken_rule_about_the_person_is_not_kept_from_them() -> None:
    people = [person("ana", country="RS"), person("besa", country="AL"), person("carlo", country="RS")]

    result = placed(
        people,
        [0, 0, 1],
        wishes=[Wish(attribute="country", kind="mix")],
        rules=Rules(teams=2, at_least_two_of=("country",)),
    )

    assert person_sentence(result, "ana").endswith("Ana is the only one with the country RS.")
    assert "country" not in person_sentence(result, "ana", unspoken={"country"})


def test_who_is_like_any_other_is_told_so() -> None:
    result = placed([person("ana"), person("besa")], [0, 1], rules=Rules(teams=2))

    assert person_sentence(result, "ana") == (
        "Ana is in team 1: no wish and no rule tells Ana from others who could be here."
    )


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6), st.integers(2, 12), st.sets(st.sampled_from(["country", "gender", "level"])))
def test_everybody_gets_a_few_reasons_that_keep_silent_about_what_is_unspoken(
    seed: int, size: int, unspoken: set[str]
) -> None:
    people = class_of(size, seed=seed)
    wishes = [
        Wish(attribute="country", kind="mix"),
        Wish(attribute="languages", kind="gather"),
        Wish(attribute="gender", kind="balance"),
        Wish(attribute="level", kind="mix"),
    ]
    rules = Rules(
        teams=max(1, size // 4),
        at_least_two_of=("gender",),
        at_least_different={"country": 2},
        minimum_common_hours=1,
        shared=(Shared(attribute="languages"),),
        together=((people[0].key, people[1].key),),
    )

    result = form_teams(people, wishes=wishes, rules=rules)

    for one in people:
        reasons = explain_person(result, one.key, unspoken=unspoken)
        assert 1 <= len(reasons) <= 5
        for reason in reasons:
            assert reason.code in CODES
            assert reason.parameters.get("attribute") not in unspoken
            assert one.key in reason.people
            assert json.loads(json.dumps(dict(reason.parameters))) == reason.parameters
        assert person_sentence(result, one.key, unspoken=unspoken).startswith(f"{one.name} is in team ")
