"""What is said about teams, and about exchanging two people."""

from __future__ import annotations

import json

import pytest

from classes_of_people import class_of, person
from iahcalc.teams import (
    CODES,
    Reason,
    Rules,
    UnknownPerson,
    UnknownTeam,
    Wish,
    explain,
    form_teams,
    placed,
    sentence,
    what_if_swapped,
)
from iahcalc.teams._reasons import counted

EVENING = frozenset(range(96 + 68, 96 + 76))
WISHES = (
    Wish(attribute="country", kind="mix"),
    Wish(attribute="level", kind="balance"),
    Wish(attribute="language", kind="gather"),
    Wish(attribute="skills", kind="cover"),
    Wish(attribute="gender", kind="balance"),
    Wish(attribute="age", kind="mix"),
)
PEOPLE = [
    person(
        "ana",
        country="Serbia",
        level=4.0,
        language="English",
        skills=("video",),
        gender="f",
        age=20.0,
        free=EVENING,
    ),
    person(
        "besa",
        country="Albania",
        level=5.0,
        language="English",
        skills=("writing",),
        gender="f",
        age=30.0,
        free=EVENING,
    ),
    person(
        "carlo", country="Italy", level=None, language="Italian", skills=(), gender="m", age=25.0, free=None
    ),
    person(
        "drita",
        country="Albania",
        level=3.0,
        language="English",
        skills=("video",),
        gender="m",
        age=20.0,
        free=frozenset(),
    ),
]


def test_a_team_is_explained_in_one_sentence() -> None:
    rules = Rules(teams=2, at_least_two_of=("country",), minimum_common_hours=1)
    result = placed(PEOPLE, [0, 1, 0, 1], wishes=WISHES, rules=rules)

    assert sentence(result, 1) == (
        "2 members; 2 countries (Italy and Serbia); mean level 4.0 (everyone 4.0); level not known of Carlo; "
        "1 of 2 have the language English; 1 of 2 skills covered (video); skills not known of Carlo; "
        "gender: 1 f and 1 m; age from 20 to 25; 2 common hours a week (Tue 17:00-19:00 UTC); "
        "free hours not known of Carlo; nobody is the only one of a country where it could be avoided; "
        "Ana is the only one in the whole list with the country Serbia; "
        "Carlo is the only one in the whole list with the country Italy."
    )
    assert sentence(result, 2).endswith(
        "nobody is the only one of a country where it could be avoided; 0 common hours a week, the minimum is 1."
    )


@pytest.mark.parametrize(
    ("number", "noun", "phrase"),
    [
        (1, "country", "1 country"),
        (2, "country", "2 countries"),
        (2, "day", "2 days"),
        (0, "skills", "0 skills"),
        (2, "branch", "2 branches"),
        (2, "campus", "2 campuses"),
        (2.5, "common hour", "2.5 common hours"),
    ],
)
def test_english_plurals(number: float, noun: str, phrase: str) -> None:
    assert counted(number, noun) == phrase


def test_every_reason_can_be_sent_as_json_and_read_in_english() -> None:
    rules = Rules(
        teams=4,
        minimum_common_hours=20,
        at_least_two_of=("gender", "country"),
        at_most_different={"country": 1},
        at_least_different={"profession": 4},
        together=(("p0000", "p0001", "p0002", "p0003", "p0004"),),
        apart=(("p0000", "p0001", "p0002", "p0003", "p0004"),),
        locked={f"p000{number}": 1 for number in range(9)},
    )
    result = form_teams(class_of(12), wishes=WISHES, rules=rules)

    reasons = [reason for team in result.teams for reason in explain(result, team.number)]
    reasons += result.violations

    assert {reason.code for reason in reasons} <= set(CODES)
    assert {"not_in_locked_team", "not_together", "too_few_common_hours", "too_few_different"} <= {
        reason.code for reason in reasons
    }
    for reason in reasons:
        assert json.loads(json.dumps(dict(reason.parameters))) == reason.parameters
        assert reason.english


def test_an_exchange_tells_what_it_mends_and_breaks() -> None:
    people = [
        person(key, country=country)
        for key, country in zip("abcd", ["Italy", "Italy", "Serbia", "Serbia"], strict=True)
    ]
    rules = Rules(teams=2, at_least_different={"country": 2}, locked={"a": 1})
    result = placed(people, [0, 0, 1, 1], wishes=[Wish(attribute="country", kind="mix")], rules=rules)

    consequence = what_if_swapped(result, "b", "c")

    assert consequence.better == 1
    assert consequence.before_scores == {1: 0.0, 2: 0.0}
    assert consequence.after_scores == {1: 1.0, 2: 1.0}
    assert [reason.team for reason in consequence.mended] == [1, 2]
    assert consequence.broken == ()
    assert consequence.after.places == (0, 1, 0, 1)
    assert consequence.english.startswith(
        "The teams become better: team 1 goes from 0% to 100% and team 2 goes from 0% to 100%; mended: only 1 country"
    )
    back = what_if_swapped(consequence.after, "b", "c")
    assert back.better == -1
    assert what_if_swapped(result, "a", "c").broken == (
        Reason("not_in_locked_team", {"name": "A", "locked": 1, "placed": 2}, people=("a",)),
    )


def test_exchanging_team_mates_changes_nothing() -> None:
    result = form_teams(class_of(6), rules=Rules(teams=1))

    for other in ("p0001", "p0000"):
        consequence = what_if_swapped(result, "p0000", other)

        assert consequence.better == 0
        assert consequence.english == "The teams stay equally good."


def test_asking_about_nobody_is_told_plainly() -> None:
    result = form_teams(class_of(4), rules=Rules(teams=2))

    with pytest.raises(UnknownPerson, match="zoe"):
        what_if_swapped(result, "p0000", "zoe")
    with pytest.raises(UnknownTeam, match="1 to 2"):
        explain(result, 3)
