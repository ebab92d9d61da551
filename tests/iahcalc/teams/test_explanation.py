"""What is said about teams, and about exchanging two people."""

from __future__ import annotations

import json

import pytest

from classes_of_people import class_of, person
from iahcalc.teams import (
    CODES,
    Rules,
    UnknownPerson,
    UnknownTeam,
    Wish,
    explain,
    explain_person,
    form_teams,
    placed,
    sentence,
)
from iahcalc.teams._phrases import counted

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


def test_asking_about_nobody_is_told_plainly() -> None:
    result = form_teams(class_of(4), rules=Rules(teams=2))

    with pytest.raises(UnknownPerson, match="zoe"):
        explain_person(result, "zoe")
    with pytest.raises(UnknownTeam, match="1 to 2"):
        explain(result, 3)
